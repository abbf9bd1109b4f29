using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>How much a finding matters; the colour of its cell.</summary>
internal enum FindingWeight { Info, Warning, Error, Blocker }

/// <summary>One finding at its place in the file.</summary>
/// <param name="Sheet">As <see cref="SourceRow.Sheet"/>: empty for CSV and JSON, and for what is of the whole file.</param>
/// <param name="Row">As <see cref="SourceRow.Row"/>; 0: of the whole sheet or file.</param>
/// <param name="Column">As <see cref="SourceCell.Column"/>; null: of the whole row.</param>
/// <param name="Message">In the reader's language.</param>
internal sealed record CellFinding(string Sheet, int Row, int? Column, FindingWeight Weight, string Code, string Message);

/// <summary>
/// The file somebody sent, as a workbook, with every finding at its cell: the cell coloured and with a note, and a sheet of all findings with links. Of a workbook nothing else
/// changes: parts without findings are copied byte by byte, sheets with findings node by node (which is why the package is written here and not by the SDK, whose editing
/// mode holds whole sheets in memory).
/// </summary>
internal static class AnnotatedCopy
{
    public const string ContentType = ImportTemplate.ContentType;

    private const int SheetRows = 1_048_576;

    /// <summary>Excel opens no sheet with more links, and slowly one with more notes.</summary>
    private const int MostLinks = 60_000, MostNotes = 20_000;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    private const string OfficeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships", Types = "http://schemas.openxmlformats.org/package/2006/content-types";

    /// <summary>In the order of <see cref="FindingWeight"/>.</summary>
    private static readonly string[] Fills = ["FFDDEBF7", "FFFFEB9C", "FFFFC7CE", "FFFF9999"];

    private static readonly string[] WeightNames = ["提示 info", "警告 warning", "须解释 error", "强制 blocker"];

    /// <summary>Children of a worksheet that come after a legacyDrawing.</summary>
    private static readonly HashSet<string> AfterDrawing = ["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"];

    /// <summary>What to call the copy of a file: a workbook with macros stays one.</summary>
    public static string NameOf(string? fileName)
    {
        var name = Path.GetFileName(fileName ?? "");
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        var plain = Path.GetFileNameWithoutExtension(name);
        return $"{(plain.Length > 0 ? plain : "import")}-问题清单{(name.EndsWith(".xlsm", StringComparison.OrdinalIgnoreCase) ? ".xlsm" : ".xlsx")}";
    }

    /// <param name="source">What was uploaded; seekable, stays open.</param>
    /// <param name="findings">Held in memory; whoever cuts them short says so in <paramref name="notice"/>.</param>
    /// <param name="notice">Stands above the list; null for none.</param>
    /// <returns>The refusal of a file that cannot be read; what was written of the copy is to be thrown away then.</returns>
    public static Refusal? Write(Stream source, string? fileName, IReadOnlyList<CellFinding> findings, Stream output, string? notice = null, SourceOptions? options = null, CancellationToken ct = default)
    {
        var opened = SourceFile.Open(source, fileName, null, options);
        if (!opened.Ok) return opened.Why;
        using var file = opened.Value;
        try { Write(file, source, findings, output, notice, ct); }
        catch (UnreadableException e) { return SourceFile.Refuse(e.Code, e.Words); }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            return SourceFile.Refuse(FileProblem.WorkbookBroken, new("工作簿文件已损坏，无法标注；请按问题清单修改原文件。", "The workbook is broken and cannot be marked; go by the list of findings."));
        }
        return null;
    }

    private static void Write(SourceFile file, Stream source, IReadOnlyList<CellFinding> findings, Stream output, string? notice, CancellationToken ct)
    {
        if (file is { Format: SourceFormat.Xlsx, Gzipped: false })
        {
            source.Position = 0;
            using var zip = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
            Annotate(zip, [.. findings.Select(f => (f, f.Sheet, f.Row))], output, notice, ct);
            return;
        }
        // Anything else becomes a plain workbook first, and is then marked as one.
        using var plain = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        var books = PlainCopy(file, plain, ct);
        plain.Position = 0;
        using (var zip = new ZipArchive(plain, ZipArchiveMode.Read, leaveOpen: true))
        {
            var shift = file.Format is SourceFormat.Json or SourceFormat.Ndjson ? 1 : 0;
            Annotate(zip, [.. findings.Select(f => file.Format == SourceFormat.Xlsx || f.Row == 0 ? (f, f.Sheet.Length > 0 ? f.Sheet : books[0], f.Row)
                : (f, books[Math.Min(books.Count - 1, (f.Row + shift - 1) / SheetRows)], (f.Row + shift - 1) % SheetRows + 1))], output, notice, ct);
        }
    }

    /// <summary>Writes the rows as text under the numbers they have in the file; rows of JSON stand one lower, below a header of their pointers.</summary>
    /// <returns>Names of the sheets: a sheet has so many rows and no more.</returns>
    private static List<string> PlainCopy(SourceFile file, Stream output, CancellationToken ct)
    {
        var names = new List<string>();
        var json = file.Format is SourceFormat.Json or SourceFormat.Ndjson;
        // The header of JSON is known when all was read once.
        if (json) foreach (var _ in file.Rows(ct)) { }
        string[] pointers = [.. file.Pointers];
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        XmlWriter? xml = null;
        string? sheetOfFile = null;
        var written = 0;

        void Begin(string name)
        {
            End();
            names.Add(name);
            xml = XmlWriter.Create(zip.CreateEntry($"xl/worksheets/sheet{names.Count}.xml", CompressionLevel.Fastest).Open(), Writing);
            xml.WriteStartDocument();
            xml.WriteStartElement("worksheet", Main);
            xml.WriteStartElement("sheetData");
            written = 0;
        }

        void End()
        {
            if (xml is null) return;
            xml.WriteEndDocument();
            xml.Dispose();
            xml = null;
        }

        void Row(int number, IEnumerable<(int Column, string Text)> cells)
        {
            // A row twice, or backwards, would break the sheet; neither reader gives any.
            if (number <= written) return;
            written = number;
            xml!.WriteStartElement("row");
            xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
            foreach (var (column, text) in cells) WriteText(xml, number, column, text, null);
            xml.WriteEndElement();
        }

        foreach (var row in file.Rows(ct))
        {
            var number = row.Row + (json ? 1 : 0);
            var name = row.Sheet.Length > 0 ? row.Sheet : (number - 1) / SheetRows is var part && part == 0 ? "数据" : $"数据 {part + 1}";
            if (name != sheetOfFile)
            {
                Begin(sheetOfFile = name);
                if (json && names.Count == 1) Row(1, pointers.Select((p, i) => (i, p)));
            }
            Row((number - 1) % SheetRows + 1, row.Cells.Where(c => c.Column < 16_384).Select(c => (c.Column, c.Text)));
        }
        if (names.Count == 0) Begin("数据");
        End();

        Part(zip, "[Content_Types].xml", new XElement(XName.Get("Types", Types), Default("rels", "application/vnd.openxmlformats-package.relationships+xml"), Default("xml", "application/xml"),
            Override("/xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), names.Select((_, i) => Override($"/xl/worksheets/sheet{i + 1}.xml", SheetType))));
        Part(zip, "_rels/.rels", new XElement(XName.Get("Relationships", PackageRelations), Relation("rId1", OfficeRelations + "/officeDocument", "xl/workbook.xml")));
        Part(zip, "xl/workbook.xml", new XElement(XName.Get("workbook", Main), new XAttribute(XNamespace.Xmlns + "r", OfficeRelations), new XElement(XName.Get("sheets", Main), names.Select((n, i) =>
            new XElement(XName.Get("sheet", Main), new XAttribute("name", n), new XAttribute("sheetId", i + 1), new XAttribute(XName.Get("id", OfficeRelations), $"rId{i + 1}"))))));
        Part(zip, "xl/_rels/workbook.xml.rels", new XElement(XName.Get("Relationships", PackageRelations), names.Select((_, i) => Relation($"rId{i + 1}", OfficeRelations + "/worksheet", $"worksheets/sheet{i + 1}.xml"))));
        return names;
    }

    private static void Annotate(ZipArchive from, List<(CellFinding Finding, string Sheet, int Row)> findings, Stream output, string? notice, CancellationToken ct)
    {
        var book = new Book(from);
        using var to = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var styles = new MarkedStyles(book);
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (sheet, marks) in findings.Where(f => f.Row > 0).GroupBy(f => f.Sheet).Select(g => (g.Key, g.ToList())))
        {
            if (!book.SheetParts.TryGetValue(sheet, out var part) || !done.Add(part)) continue;
            ct.ThrowIfCancellationRequested();
            Marked(book, to, part, marks, styles, done, ct);
        }
        styles.Write(to, done);
        Listed(book, to, findings, styles, notice);
        done.UnionWith(["[Content_Types].xml", book.WorkbookPart, book.WorkbookRelationsPart]);
        Part(to, "[Content_Types].xml", book.ContentTypes.Root!);
        Part(to, book.WorkbookPart, book.Workbook.Root!);
        Part(to, book.WorkbookRelationsPart, book.WorkbookRelations.Root!);
        foreach (var entry in from.Entries)
        {
            if (done.Contains(entry.FullName) || entry.FullName.EndsWith('/')) continue;
            ct.ThrowIfCancellationRequested();
            using var read = entry.Open();
            using var write = to.CreateEntry(entry.FullName).Open();
            read.CopyTo(write);
        }
    }

    /// <summary>Copies a sheet node by node; of cells with findings the style changes, and where there is no cell one is put in.</summary>
    private static void Marked(Book book, ZipArchive to, string part, List<(CellFinding Finding, string Sheet, int Row)> marks, MarkedStyles styles, HashSet<string> done, CancellationToken ct)
    {
        var byRow = marks.GroupBy(m => m.Row).ToDictionary(g => g.Key, g => new SortedDictionary<int, FindingWeight>(g.GroupBy(m => m.Finding.Column ?? -1).ToDictionary(c => c.Key, c => c.Max(m => m.Finding.Weight))));
        var notes = NotesOf(book, to, part, marks, done);
        var content = book.Entry(part)!;
        using var xml = XmlReader.Create(content.Open(), Copying);
        using var writer = XmlWriter.Create(to.CreateEntry(part).Open(), Writing);
        var (row, inData) = (0, false);
        while (!xml.EOF)
        {
            if (xml.ReadState == ReadState.Initial && !xml.Read()) break;
            var element = xml.NodeType == XmlNodeType.Element;
            if (element && xml.Depth == 1 && AfterDrawing.Contains(xml.LocalName)) Drawing();
            if (xml is { Depth: 0, NodeType: XmlNodeType.EndElement }) Drawing();
            if (element && xml.LocalName == "row" && inData)
            {
                ct.ThrowIfCancellationRequested();
                row = int.TryParse(xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var number) ? number : row + 1;
                if (!byRow.Remove(row, out var cells))
                {
                    writer.WriteNode(xml, defattr: false);
                    continue;
                }
                RowOf(xml, writer, row, cells, styles);
                continue;
            }
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    inData |= xml.LocalName == "sheetData" && !xml.IsEmptyElement;
                    Start(xml, writer);
                    break;
                case XmlNodeType.EndElement:
                    if (xml.LocalName == "sheetData") inData = false;
                    writer.WriteFullEndElement();
                    break;
                default:
                    Other(xml, writer);
                    break;
            }
            xml.Read();
        }

        void Drawing()
        {
            if (notes is null) return;
            writer.WriteStartElement("legacyDrawing", book.Namespace);
            writer.WriteAttributeString("id", book.RelationNamespace, notes);
            writer.WriteEndElement();
            notes = null;
        }
    }

    private static void RowOf(XmlReader xml, XmlWriter writer, int row, SortedDictionary<int, FindingWeight> marks, MarkedStyles styles)
    {
        var empty = xml.IsEmptyElement;
        var rowStyle = xml.GetAttribute("customFormat") is "1" or "true" && int.TryParse(xml.GetAttribute("s"), CultureInfo.InvariantCulture, out var said) ? said : 0;
        Start(xml, writer, leaveOpen: true);
        // What is of the whole row stands at its first cell.
        FindingWeight? whole = marks.Remove(-1, out var weight) ? weight : null;
        var last = -1;
        if (!empty)
        {
            xml.Read();
            while (xml.NodeType != XmlNodeType.EndElement)
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
                {
                    var column = ColumnOf(xml.GetAttribute("r")) ?? last + 1;
                    Insert(column);
                    last = column;
                    var found = marks.Remove(column, out var here) ? here : (FindingWeight?)null;
                    if (whole is { } all) (found, whole) = (found is { } f && f > all ? f : all, null);
                    if (found is { } mark) CellOf(xml, writer, styles, mark);
                    else writer.WriteNode(xml, defattr: false);
                }
                else if (xml.NodeType == XmlNodeType.Element) writer.WriteNode(xml, defattr: false);
                else
                {
                    Other(xml, writer);
                    xml.Read();
                }
            }
        }
        if (whole is { } left && !marks.ContainsKey(0)) marks[0] = left;
        Insert(int.MaxValue);
        writer.WriteEndElement();
        xml.Read();

        void Insert(int before)
        {
            while (marks.Count > 0 && marks.First() is { } next && next.Key < before)
            {
                marks.Remove(next.Key);
                if (next.Key <= last) continue;
                writer.WriteStartElement(xml.Prefix, "c", writer.LookupPrefix(Main) is not null ? Main : Strict);
                writer.WriteAttributeString("r", CellPlace.Of(row, next.Key));
                writer.WriteAttributeString("s", styles.Of(rowStyle, next.Value).ToString(CultureInfo.InvariantCulture));
                writer.WriteEndElement();
            }
        }
    }

    private static void CellOf(XmlReader xml, XmlWriter writer, MarkedStyles styles, FindingWeight mark)
    {
        var style = int.TryParse(xml.GetAttribute("s"), CultureInfo.InvariantCulture, out var said) ? said : 0;
        var empty = xml.IsEmptyElement;
        writer.WriteStartElement(xml.Prefix, xml.LocalName, xml.NamespaceURI);
        while (xml.MoveToNextAttribute())
            if (xml.Name != "s") writer.WriteAttributeString(xml.Prefix, xml.LocalName, xml.NamespaceURI, xml.Value);
        xml.MoveToElement();
        writer.WriteAttributeString("s", styles.Of(style, mark).ToString(CultureInfo.InvariantCulture));
        xml.Read();
        if (!empty)
        {
            while (xml.NodeType != XmlNodeType.EndElement) writer.WriteNode(xml, defattr: false);
            xml.Read();
        }
        writer.WriteEndElement();
    }

    private static void Start(XmlReader xml, XmlWriter writer, bool leaveOpen = false)
    {
        writer.WriteStartElement(xml.Prefix, xml.LocalName, xml.NamespaceURI);
        writer.WriteAttributes(xml, defattr: false);
        if (xml.IsEmptyElement && !leaveOpen) writer.WriteEndElement();
    }

    private static void Other(XmlReader xml, XmlWriter writer)
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Text: writer.WriteString(xml.Value); break;
            case XmlNodeType.CDATA: writer.WriteCData(xml.Value); break;
            case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace: if (xml.Depth > 0) writer.WriteWhitespace(xml.Value); break;
            case XmlNodeType.Comment: writer.WriteComment(xml.Value); break;
            case XmlNodeType.ProcessingInstruction: writer.WriteProcessingInstruction(xml.Name, xml.Value); break;
        }
    }

    /// <summary>Writes the notes of a sheet and says which relation its drawing has; null for a sheet that has notes of its own already: those stay as they are.</summary>
    private static string? NotesOf(Book book, ZipArchive to, string part, List<(CellFinding Finding, string Sheet, int Row)> marks, HashSet<string> done)
    {
        var relationsPart = Book.RelationsOf(part);
        var relations = book.Xml(relationsPart) ?? new XDocument(new XElement(XName.Get("Relationships", PackageRelations)));
        if (relations.Root!.Elements().Any(r => (string?)r.Attribute("Type") is { } type && (type.EndsWith("/comments", StringComparison.Ordinal) || type.EndsWith("/vmlDrawing", StringComparison.Ordinal)))) return null;
        var cells = marks.GroupBy(m => (m.Row, Column: m.Finding.Column ?? 0)).OrderBy(g => g.Key).Take(MostNotes).Select(g => (g.Key.Row, g.Key.Column, Text: string.Join("\n", g.Select(m => m.Finding.Message)))).ToList();
        var number = 1;
        while (done.Contains($"xl/findingNotes{number}.xml") || book.Entry($"xl/findingNotes{number}.xml") is not null) number++;
        var (notesPart, drawingPart) = ($"xl/findingNotes{number}.xml", $"xl/findingNotes{number}.vml");
        done.UnionWith([notesPart, drawingPart, relationsPart]);
        using (var xml = XmlWriter.Create(to.CreateEntry(notesPart).Open(), Writing))
        {
            xml.WriteStartElement("comments", Main);
            xml.WriteStartElement("authors");
            xml.WriteElementString("author", "ScenarioHub");
            xml.WriteEndElement();
            xml.WriteStartElement("commentList");
            foreach (var (row, column, text) in cells)
            {
                xml.WriteStartElement("comment");
                xml.WriteAttributeString("ref", CellPlace.Of(row, column));
                xml.WriteAttributeString("authorId", "0");
                xml.WriteStartElement("text");
                xml.WriteStartElement("t");
                xml.WriteAttributeString("xml", "space", null, "preserve");
                xml.WriteString(Safe(text, 2_000));
                xml.WriteEndElement();
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        using (var drawing = new StreamWriter(to.CreateEntry(drawingPart).Open(), new UTF8Encoding(false)))
        {
            drawing.Write("""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>""");
            for (var i = 0; i < cells.Count; i++)
            {
                var (row, column, text) = cells[i];
                var lines = Math.Clamp(text.Length / 18 + 2, 3, 12);
                drawing.Write(string.Create(CultureInfo.InvariantCulture, $"""<v:shape id="_x0000_s{1025 + i}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{column + 1}, 15, {row - 1}, 4, {column + 4}, 15, {row - 1 + lines}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""));
            }
            drawing.Write("</xml>");
        }
        var (notesId, drawingId) = (Book.FreeId(relations, "findingNotes"), Book.FreeId(relations, "findingDrawing"));
        relations.Root.Add(Relation(notesId, OfficeRelations + "/comments", "/" + notesPart), Relation(drawingId, OfficeRelations + "/vmlDrawing", "/" + drawingPart));
        Part(to, relationsPart, relations.Root);
        book.ContentTypes.Root!.Add(Override("/" + notesPart, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"));
        if (!book.ContentTypes.Root.Elements().Any(e => string.Equals((string?)e.Attribute("Extension"), "vml", StringComparison.OrdinalIgnoreCase))) book.ContentTypes.Root.AddFirst(Default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"));
        return drawingId;
    }

    /// <summary>The sheet of all findings, behind all others.</summary>
    private static void Listed(Book book, ZipArchive to, List<(CellFinding Finding, string Sheet, int Row)> findings, MarkedStyles styles, string? notice)
    {
        var name = "问题清单";
        for (var i = 2; book.SheetParts.ContainsKey(name); i++) name = $"问题清单 {i}";
        var part = "xl/worksheets/findings.xml";
        for (var i = 2; book.Entry(part) is not null; i++) part = $"xl/worksheets/findings{i}.xml";
        var links = new List<(string Cell, string To)>();
        using (var xml = XmlWriter.Create(to.CreateEntry(part).Open(), Writing))
        {
            xml.WriteStartElement("worksheet", book.Namespace);
            xml.WriteStartElement("sheetPr");
            xml.WriteStartElement("tabColor");
            xml.WriteAttributeString("rgb", "FFC00000");
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteStartElement("cols");
            foreach (var (width, i) in ((double, int)[])[(7, 1), (14, 2), (22, 3), (10, 4), (90, 5), (30, 6)])
            {
                xml.WriteStartElement("col");
                xml.WriteAttributeString("min", i.ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("max", i.ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("width", width.ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("customWidth", "1");
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
            xml.WriteStartElement("sheetData");
            var row = 0;
            if (notice is not null) Line([notice], null);
            Line(["序 #", "级别 severity", "位置：表 sheet", "位置：格 cell", "问题 finding", "规则 rule"], null);
            foreach (var (finding, sheet, at) in findings.OrderBy(f => f.Row == 0 ? 0 : 1).ThenBy(f => book.PlaceOf(f.Sheet)).ThenBy(f => f.Row).ThenBy(f => f.Finding.Column ?? -1).Take(SheetRows - 2))
            {
                var place = at == 0 ? "" : finding.Column is { } column ? CellPlace.Of(at, column) : at.ToString(CultureInfo.InvariantCulture);
                Line([(row - (notice is null ? 0 : 1)).ToString(CultureInfo.InvariantCulture), WeightNames[(int)finding.Weight], sheet, place, finding.Message, finding.Code], finding.Weight);
                if (at > 0 && links.Count < MostLinks && book.SheetParts.ContainsKey(sheet)) links.Add((CellPlace.Of(row, 3), $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'!{CellPlace.Of(at, finding.Column ?? 0)}"));
            }
            xml.WriteEndElement();
            if (links.Count > 0)
            {
                xml.WriteStartElement("hyperlinks");
                foreach (var (cell, target) in links)
                {
                    xml.WriteStartElement("hyperlink");
                    xml.WriteAttributeString("ref", cell);
                    xml.WriteAttributeString("location", target);
                    xml.WriteEndElement();
                }
                xml.WriteEndElement();
            }
            xml.WriteEndElement();

            void Line(string[] texts, FindingWeight? weight)
            {
                row++;
                xml.WriteStartElement("row");
                xml.WriteAttributeString("r", row.ToString(CultureInfo.InvariantCulture));
                for (var i = 0; i < texts.Length; i++) WriteText(xml, row, i, texts[i], i == 1 && weight is { } w ? styles.Of(0, w) : null);
                xml.WriteEndElement();
            }
        }
        book.Add(part, name);
    }

    private static void WriteText(XmlWriter xml, int row, int column, string text, int? style)
    {
        if (text.Length == 0 && style is null) return;
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", CellPlace.Of(row, column));
        if (style is { } s) xml.WriteAttributeString("s", s.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is");
        xml.WriteStartElement("t");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(Safe(text, 32_767));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>What XML cannot hold as U+FFFD, and what Excel would take for an escape escaped.</summary>
    private static string Safe(string text, int most)
    {
        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length && safe.Length < most - 8; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) safe.Append(c).Append(text[++i]);
            else if (c == '_' && i + 6 < text.Length && text[i + 1] == 'x' && text[i + 6] == '_') safe.Append("_x005F_");
            else if (c == '\r') { if (i + 1 == text.Length || text[i + 1] != '\n') safe.Append('\n'); }
            else safe.Append(XmlConvert.IsXmlChar(c) ? c : '\uFFFD');
        }
        return safe.ToString();
    }

    private static int? ColumnOf(string? place)
    {
        if (place is null) return null;
        var column = 0;
        foreach (var c in place)
        {
            if (!char.IsAsciiLetter(c)) break;
            column = column * 26 + (c | 0x20) - 'a' + 1;
        }
        return column - 1;
    }

    private const string SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

    private static readonly XmlWriterSettings Writing = new() { Encoding = new UTF8Encoding(false), CloseOutput = true, CheckCharacters = false, NewLineHandling = NewLineHandling.Entitize };

    private static readonly XmlReaderSettings Copying = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false, CloseInput = true };

    private static XElement Default(string extension, string type) => new(XName.Get("Default", Types), new XAttribute("Extension", extension), new XAttribute("ContentType", type));

    private static XElement Override(string part, string type) => new(XName.Get("Override", Types), new XAttribute("PartName", part), new XAttribute("ContentType", type));

    private static XElement Relation(string id, string type, string target) => new(XName.Get("Relationship", PackageRelations), new XAttribute("Id", id), new XAttribute("Type", type), new XAttribute("Target", target));

    private static void Part(ZipArchive zip, string name, XElement root)
    {
        using var xml = XmlWriter.Create(zip.CreateEntry(name).Open(), Writing);
        new XDocument(root).Save(xml);
    }

    /// <summary>The small parts of a workbook, which are changed in memory.</summary>
    private sealed class Book
    {
        private readonly Dictionary<string, ZipArchiveEntry> _entries;
        private readonly List<string> _order = [];

        public Book(ZipArchive zip)
        {
            _entries = zip.Entries.GroupBy(e => e.FullName, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
            WorkbookPart = Targets("", "_rels/.rels").FirstOrDefault(t => t.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Part ?? "xl/workbook.xml";
            WorkbookRelationsPart = RelationsOf(WorkbookPart);
            ContentTypes = Xml("[Content_Types].xml")!;
            Workbook = Xml(WorkbookPart)!;
            WorkbookRelations = Xml(WorkbookRelationsPart)!;
            Namespace = Workbook.Root!.Name.NamespaceName;
            RelationNamespace = Namespace == Strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships" : OfficeRelations;
            var targets = Targets(WorkbookPart, WorkbookRelationsPart).ToDictionary(t => t.Id, StringComparer.Ordinal);
            foreach (var sheet in Workbook.Descendants(XName.Get("sheet", Namespace)))
                if ((string?)sheet.Attribute(XName.Get("id", RelationNamespace)) is { } id && targets.TryGetValue(id, out var target) && (string?)sheet.Attribute("name") is { } name)
                {
                    SheetParts[name] = target.Part;
                    _order.Add(name);
                }
            StylesPart = targets.Values.FirstOrDefault(t => t.Type.EndsWith("/styles", StringComparison.Ordinal)).Part;
        }

        public string WorkbookPart { get; }
        public string WorkbookRelationsPart { get; }
        public XDocument ContentTypes { get; }
        public XDocument Workbook { get; }
        public XDocument WorkbookRelations { get; }
        public string Namespace { get; }
        public string RelationNamespace { get; }
        public string? StylesPart { get; private set; }
        public Dictionary<string, string> SheetParts { get; } = new(StringComparer.Ordinal);

        public ZipArchiveEntry? Entry(string part) => _entries.GetValueOrDefault(part);

        public int PlaceOf(string sheet) => _order.IndexOf(sheet);

        public XDocument? Xml(string part)
        {
            if (Entry(part) is not { } entry) return null;
            using var xml = XmlReader.Create(entry.Open(), Copying);
            return XDocument.Load(xml, LoadOptions.PreserveWhitespace);
        }

        public static string RelationsOf(string part) => part.LastIndexOf('/') is var at && at < 0 ? $"_rels/{part}.rels" : $"{part[..at]}/_rels/{part[(at + 1)..]}.rels";

        public string AddStyles()
        {
            StylesPart = "xl/findingStyles.xml";
            WorkbookRelations.Root!.Add(Relation("findingStyles", OfficeRelations + "/styles", "/" + StylesPart));
            ContentTypes.Root!.Add(Override("/" + StylesPart, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"));
            return StylesPart;
        }

        /// <summary>A copy that is sent again has been marked before.</summary>
        public static string FreeId(XDocument relations, string wanted)
        {
            var used = relations.Root!.Elements().Select(r => (string?)r.Attribute("Id")).ToHashSet();
            for (var i = 1; ; i++)
                if (!used.Contains(wanted + i)) return wanted + i;
        }

        public void Add(string part, string name)
        {
            var sheets = Workbook.Root!.Element(XName.Get("sheets", Namespace))!;
            var id = sheets.Elements().Max(s => (int?)s.Attribute("sheetId") ?? 0) + 1;
            var relation = FreeId(WorkbookRelations, "findings");
            sheets.Add(new XElement(XName.Get("sheet", Namespace), new XAttribute("name", name), new XAttribute("sheetId", id), new XAttribute(XName.Get("id", RelationNamespace), relation)));
            WorkbookRelations.Root!.Add(Relation(relation, OfficeRelations + "/worksheet", "/" + part));
            ContentTypes.Root!.Add(Override("/" + part, SheetType));
        }

        private List<(string Id, string Type, string Part)> Targets(string of, string relations) =>
            [.. (Xml(relations)?.Root!.Elements() ?? []).Where(r => (string?)r.Attribute("TargetMode") != "External").Select(r => ((string?)r.Attribute("Id") ?? "", (string?)r.Attribute("Type") ?? "",
                XlsxSource.Resolved(of.LastIndexOf('/') is >= 0 and var at ? of[..(at + 1)] : "", (string?)r.Attribute("Target") ?? "")))];
    }

    /// <summary>For each style that a cell with a finding has, the same in the colour of the finding.</summary>
    private sealed class MarkedStyles
    {
        private readonly string _part;
        private readonly XDocument _styles;
        private readonly XElement _formats, _fills;
        private readonly Dictionary<(int, FindingWeight), int> _marked = [];
        private readonly int[] _fillOf = new int[Fills.Length];
        private readonly int _known;

        public MarkedStyles(Book book)
        {
            var ns = book.Namespace;
            XElement Of(string name, params object[] content) => new(XName.Get(name, ns), content);
            _part = book.StylesPart ?? book.AddStyles();
            _styles = book.Xml(_part) ?? new XDocument(Of("styleSheet",
                Of("fonts", Of("font", Of("sz", new XAttribute("val", "11")), Of("name", new XAttribute("val", "宋体")))),
                Of("fills", Of("fill", Of("patternFill", new XAttribute("patternType", "none"))), Of("fill", Of("patternFill", new XAttribute("patternType", "gray125")))),
                Of("borders", Of("border", Of("left"), Of("right"), Of("top"), Of("bottom"), Of("diagonal"))),
                Of("cellStyleXfs", Of("xf")), Of("cellXfs", Of("xf", new XAttribute("xfId", "0")))));
            _formats = _styles.Root!.Element(XName.Get("cellXfs", ns)) ?? throw new UnreadableException(FileProblem.WorkbookBroken, new("工作簿的样式不完整。", "The styles of the workbook are incomplete."));
            _fills = _styles.Root.Element(XName.Get("fills", ns)) ?? throw new UnreadableException(FileProblem.WorkbookBroken, new("工作簿的样式不完整。", "The styles of the workbook are incomplete."));
            _known = _formats.Elements().Count();
            for (var i = 0; i < Fills.Length; i++)
            {
                _fillOf[i] = _fills.Elements().Count();
                _fills.Add(Of("fill", Of("patternFill", new XAttribute("patternType", "solid"), Of("fgColor", new XAttribute("rgb", Fills[i])), Of("bgColor", new XAttribute("indexed", "64")))));
            }
        }

        public int Of(int style, FindingWeight weight)
        {
            if (style < 0 || style >= _known) style = 0;
            if (_marked.TryGetValue((style, weight), out var marked)) return marked;
            var format = new XElement(_formats.Elements().ElementAt(style));
            format.SetAttributeValue("fillId", _fillOf[(int)weight]);
            format.SetAttributeValue("applyFill", "1");
            _formats.Add(format);
            return _marked[(style, weight)] = _known + _marked.Count;
        }

        public void Write(ZipArchive to, HashSet<string> done)
        {
            // The list's own colours may be asked for after this: make them now.
            foreach (var weight in Enum.GetValues<FindingWeight>()) Of(0, weight);
            if (_fills.Attribute("count") is { } fills) fills.Value = _fills.Elements().Count().ToString(CultureInfo.InvariantCulture);
            if (_formats.Attribute("count") is { } formats) formats.Value = _formats.Elements().Count().ToString(CultureInfo.InvariantCulture);
            done.Add(_part);
            Part(to, _part, _styles.Root!);
        }
    }
}
