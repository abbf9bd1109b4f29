using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using ScenarioHub.Features.Reports.Documents;

namespace ScenarioHub.Tests.Features.Reports.Documents;

/// <summary>A written document, read back as what is in the file rather than through the library that wrote it.</summary>
internal sealed class Opened
{
    private static readonly XNamespace S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private Opened(byte[] bytes)
    {
        Bytes = bytes;
        using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
            {
                stream.CopyTo(content);
            }
            Parts.Add(entry.FullName, content.ToArray());
        }
    }

    public byte[] Bytes { get; }

    public Dictionary<string, byte[]> Parts { get; } = [];

    public static Opened Docx(SectorMonthly report) => Of(report, SectorMonthlyDocx.Write);

    public static Opened Xlsx(SectorMonthly report) => Of(report, SectorMonthlyXlsx.Write);

    public IEnumerable<string> Named(string prefix) => Parts.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.Ordinal));

    public XDocument Xml(string part) => XDocument.Parse(Encoding.UTF8.GetString(Parts[part]).TrimStart('\uFEFF'));

    /// <summary>The text of a Word part, paragraph by paragraph.</summary>
    public List<string> Paragraphs(string part = "word/document.xml") =>
        [.. Xml(part).Descendants(W + "p").Select(p => string.Concat(p.Descendants(W + "t").Select(t => t.Value)))];

    /// <summary>Rows of cells of the table in which the given head cell stands.</summary>
    public List<List<string>> Table(string headCell) =>
        Xml("word/document.xml").Descendants(W + "tbl")
            .Select(table => table.Elements(W + "tr").Select(row => row.Elements(W + "tc").Select(cell => string.Concat(cell.Descendants(W + "t").Select(t => t.Value))).ToList()).ToList())
            .Single(table => table[0].Contains(headCell));

    /// <summary>Cells of a sheet (1 = first) by reference: the type attribute and the raw value.</summary>
    public Dictionary<string, (string Type, string Value, int Style)> Cells(int sheet) =>
        Xml($"xl/worksheets/sheet{sheet}.xml").Descendants(S + "c").ToDictionary(
            cell => cell.Attribute("r")!.Value,
            cell => (cell.Attribute("t")?.Value ?? "n", cell.Value, (int)cell.Attribute("s")!));

    /// <summary>The cells of the row whose cell in the column holds the text.</summary>
    public List<(string Type, string Value, int Style)> Row(int sheet, string column, string text)
    {
        var cells = Cells(sheet);
        var row = cells.Single(cell => cell.Key.TrimEnd("0123456789".ToCharArray()) == column && cell.Value.Value == text).Key[column.Length..];
        return [.. cells.Where(cell => cell.Key.TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ".ToCharArray()) == row).Select(cell => cell.Value)];
    }

    private static Opened Of(SectorMonthly report, Action<SectorMonthly, Stream> write)
    {
        using var output = new MemoryStream();
        write(report, output);
        return new Opened(output.ToArray());
    }
}
