using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace ScenarioHub.Features.Reports.Documents;

/// <summary>What every office file needs so that the same model gives the same bytes.</summary>
internal static class DocumentPackage
{
    // The zip format's first day: an entry's own time would make every run another file.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// docProps/core.xml written by hand: the package's own property part gets a random name and relationship id.
    /// </summary>
    public static void WriteCoreProperties(CoreFilePropertiesPart part, SectorMonthly report, string title)
    {
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        const string cp = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
        const string dc = "http://purl.org/dc/elements/1.1/";
        const string terms = "http://purl.org/dc/terms/";
        const string xsi = "http://www.w3.org/2001/XMLSchema-instance";
        var instant = report.AsOfUtc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        xml.WriteStartElement("cp", "coreProperties", cp);
        xml.WriteAttributeString("xmlns", "dc", null, dc);
        xml.WriteAttributeString("xmlns", "dcterms", null, terms);
        xml.WriteAttributeString("xmlns", "xsi", null, xsi);
        xml.WriteElementString("dc", "title", dc, title);
        xml.WriteElementString("dc", "subject", dc, SectorMonthlyWords.Closing(report));
        xml.WriteElementString("dc", "creator", dc, DocumentText.Line(report.ScopeName));
        xml.WriteElementString("cp", "keywords", cp, report.DemoData ? SectorMonthlyWords.DemoLabel : "");
        xml.WriteElementString("dc", "description", dc, SectorMonthlyWords.Receipt(report));
        foreach (var name in (string[])["created", "modified"])
        {
            xml.WriteStartElement("dcterms", name, terms);
            xml.WriteAttributeString("xsi", "type", xsi, "dcterms:W3CDTF");
            xml.WriteString(instant);
            xml.WriteEndElement();
        }
        xml.WriteElementString("dc", "language", dc, "zh-CN");
        xml.WriteEndElement();
    }

    /// <summary>Copies the package entry by entry in a fixed order with a fixed time.</summary>
    public static void Rewrite(Stream package, Stream output)
    {
        package.Position = 0;
        using var source = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true);
        using var target = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        // Readers that stream (and file type sniffers) want the content types and the root relationships first.
        foreach (var entry in source.Entries
            .OrderBy(e => e.FullName switch { "[Content_Types].xml" => 0, "_rels/.rels" => 1, _ => 2 })
            .ThenBy(e => e.FullName, StringComparer.Ordinal))
        {
            var copy = target.CreateEntry(entry.FullName, CompressionLevel.Optimal);
            copy.LastWriteTime = EntryTime;
            using var from = entry.Open();
            using var to = copy.Open();
            from.CopyTo(to);
        }
    }
}
