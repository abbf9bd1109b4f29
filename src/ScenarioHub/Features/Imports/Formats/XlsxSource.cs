using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Imports.Formats;

/// <summary>
/// The visible sheets of a workbook (ECMA-376, transitional and strict), read forwards by an XML reader: the SDK's own reader makes an object of every cell, and the spreadsheet
/// readers tried lose characters beyond the BMP, or what a cell was before they converted it. What a sheet says of its own size is not believed.
/// </summary>
internal sealed class XlsxSource : IDisposable
{
    /// <summary>Packed; beyond it a workbook could not be read in the memory there is.</summary>
    private const int MaxSharedBytes = 256 << 20;

    private const int MaxColumns = 16_384;

    internal static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CheckCharacters = false,
        CloseInput = true,
    };

    private readonly ZipArchive _zip;
    private readonly SourceOptions _options;
    private readonly List<(SourceSheet Sheet, ZipArchiveEntry Entry)> _sheets = [];
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private CellStyle[] _styles = [];
    private ZipArchiveEntry? _sharedEntry;
    private SharedTexts? _shared;
    private bool _from1904;

    private XlsxSource(ZipArchive zip, SourceOptions options)
    {
        (_zip, _options) = (zip, options);
        _entries = zip.Entries.GroupBy(e => e.FullName.Replace('\\', '/').TrimStart('/'), StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All sheets, hidden ones too, in their order.</summary>
    public IReadOnlyList<SourceSheet> Sheets => [.. _sheets.Select(s => s.Sheet)];

    /// <param name="content">Seekable; stays open.</param>
    public static XlsxSource Open(Stream content, SourceOptions options)
    {
        content.Position = 0;
        ZipArchive zip;
        try { zip = new(content, ZipArchiveMode.Read, leaveOpen: true); }
        catch (InvalidDataException e) { throw Broken(e); }
        try
        {
            var source = new XlsxSource(zip, options);
            source.ReadWorkbook();
            return source;
        }
        catch (Exception e)
        {
            zip.Dispose();
            throw e is XmlException or InvalidDataException or FormatException or OverflowException ? Broken(e) : e;
        }
    }

    public void Dispose() => _zip.Dispose();

    public IEnumerable<SourceRow> Rows(CancellationToken ct)
    {
        if (_shared is null && _sharedEntry is not null) _shared = Named(() => ReadShared(_sharedEntry, ct), null);
        foreach (var (sheet, entry) in _sheets)
        {
            if (sheet.Hidden) continue;
            using var xml = Named(() => XmlReader.Create(Part(entry), Settings), null);
            var rows = new RowReader(xml, sheet.Name, _styles, _shared ?? SharedTexts.None, _from1904 ? CellSource.Xlsx1904 : CellSource.Xlsx);
            while (Named(rows.Read, rows))
            {
                ct.ThrowIfCancellationRequested();
                if (rows.Row is { } row) yield return row;
            }
        }
    }

    private static T Named<T>(Func<T> read, RowReader? rows)
    {
        try { return read(); }
        catch (Exception e) when (e is XmlException or InvalidDataException or FormatException or OverflowException)
        {
            throw rows is null ? Broken(e) : new UnreadableException(FileProblem.WorkbookBroken, new(
                $"工作表“{rows.Sheet}”在第 {rows.LastRow} 行之后已损坏；请用 Excel 或 WPS 打开并另存为 .xlsx 后再传。", $"The sheet '{rows.Sheet}' is broken after row {rows.LastRow}; open the workbook in Excel or WPS, save it as .xlsx and send it again."), e);
        }
    }

    private static UnreadableException Broken(Exception e) => new(FileProblem.WorkbookBroken,
        new("工作簿文件不完整或已损坏；请用 Excel 或 WPS 打开并另存为 .xlsx 后再传。", "The workbook is cut short or broken; open it in Excel or WPS, save it as .xlsx and send it again."), e);

    private static UnreadableException No(string code, string zh, string en) => new(code, new(zh, en));

    private BoundedStream Part(ZipArchiveEntry entry) => new(entry.Open(), _options.MaxExpandedBytes, SourceFile.TooExpanded);

    private void ReadWorkbook()
    {
        var workbook = Relations("").FirstOrDefault(r => r.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Target ?? "xl/workbook.xml";
        if (workbook.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)) throw No(FileProblem.Binary, "这是二进制工作簿（.xlsb）；请另存为“Excel 工作簿（.xlsx）”后再传。", "This is a binary workbook (.xlsb); save it as an Excel workbook (.xlsx) and send it again.");
        if (workbook.Contains("word/", StringComparison.Ordinal) || workbook.Contains("ppt/", StringComparison.Ordinal)) throw No(FileProblem.Word, "这是 Word 或 PowerPoint 文件，不是工作簿；请传 XLSX、CSV、JSON 或 NDJSON。", "This is a Word or PowerPoint file, no workbook; send XLSX, CSV, JSON or NDJSON.");
        if (!_entries.TryGetValue(workbook, out var entry))
            throw _entries.ContainsKey("mimetype") && _entries.ContainsKey("content.xml")
                ? No(FileProblem.OpenDocument, "这是 OpenDocument 表格（.ods）；请另存为 .xlsx 后再传。", "This is an OpenDocument spreadsheet (.ods); save it as .xlsx and send it again.")
                : No(FileProblem.Archive, "这是 zip 压缩包，不是工作簿；请解压后再传，或改用 gzip。", "This is a zip archive, no workbook; unpack it, or use gzip.");
        var relations = Relations(workbook).ToDictionary(r => r.Id, StringComparer.Ordinal);
        using (var xml = XmlReader.Create(Part(entry), Settings))
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element) continue;
                if (xml.LocalName == "workbookPr") _from1904 = xml.GetAttribute("date1904") is "1" or "true" or "on";
                if (xml.LocalName != "sheet") continue;
                var (name, state, id) = (xml.GetAttribute("name") ?? "", xml.GetAttribute("state"), "");
                while (xml.MoveToNextAttribute()) if (xml.LocalName == "id" && xml.Prefix.Length > 0) id = xml.Value;
                // Charts and macros have sheets of their own kind.
                if (!relations.TryGetValue(id, out var relation) || !relation.Type.EndsWith("/worksheet", StringComparison.Ordinal)) continue;
                if (!_entries.TryGetValue(relation.Target, out var sheet)) throw new InvalidDataException($"The sheet {name} is missing.");
                _sheets.Add((new(name, state is "hidden" or "veryHidden"), sheet));
            }
        if (_sheets.Count == 0) throw new InvalidDataException("There is no sheet.");
        foreach (var relation in relations.Values)
        {
            if (relation.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)) _sharedEntry = _entries.GetValueOrDefault(relation.Target);
            if (relation.Type.EndsWith("/styles", StringComparison.Ordinal) && _entries.GetValueOrDefault(relation.Target) is { } styles) _styles = ReadStyles(styles);
        }
    }

    private List<(string Id, string Type, string Target)> Relations(string part)
    {
        var folder = part.LastIndexOf('/') is >= 0 and var at ? part[..(at + 1)] : "";
        var found = new List<(string, string, string)>();
        if (!_entries.TryGetValue($"{folder}_rels/{part[folder.Length..]}.rels", out var entry)) return found;
        using var xml = XmlReader.Create(Part(entry), Settings);
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("TargetMode") != "External")
                found.Add((xml.GetAttribute("Id") ?? "", xml.GetAttribute("Type") ?? "", Resolved(folder, xml.GetAttribute("Target") ?? "")));
        return found;
    }

    internal static string Resolved(string folder, string target)
    {
        if (target.StartsWith('/')) return target[1..];
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var step in target.Split('/'))
            if (step == "..") { if (parts.Count > 0) parts.RemoveAt(parts.Count - 1); }
            else if (step is not ("." or "")) parts.Add(step);
        return string.Join('/', parts);
    }

    private CellStyle[] ReadStyles(ZipArchiveEntry entry)
    {
        var formats = new Dictionary<int, string>();
        var styles = new List<CellStyle>();
        using var xml = XmlReader.Create(Part(entry), Settings);
        var inCells = false;
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs") inCells = xml.NodeType == XmlNodeType.Element;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var id)) formats[id] = xml.GetAttribute("formatCode") ?? "";
            if (inCells && xml.LocalName == "xf") styles.Add(CellStyle.Of(int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var format) ? format : 0, formats));
        }
        return [.. styles];
    }

    private SharedTexts ReadShared(ZipArchiveEntry entry, CancellationToken ct)
    {
        var texts = new SharedTexts();
        using var xml = XmlReader.Create(Part(entry), Settings);
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "si" }) continue;
            ct.ThrowIfCancellationRequested();
            texts.Add(RichText(xml));
            if (texts.Bytes > MaxSharedBytes) throw No(FileProblem.TooExpanded, "工作簿里的文字过多，无法读取；请拆分后再传，或改用 CSV。", "There is too much text in the workbook; split it, or send CSV.");
        }
        return texts;
    }

    /// <summary>The text of an si or is element: its runs without the reading aids of Japanese. Leaves the reader on its end.</summary>
    private static string RichText(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (depth, text, more) = (xml.Depth, "", default(StringBuilder));
        var skip = 0;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh", IsEmptyElement: false }) skip++;
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "rPh" }) skip--;
            else if (skip == 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                if (text.Length == 0) text = xml.Value;
                else (more ??= new StringBuilder(text)).Append(xml.Value);
            }
        }
        return Unescaped(more?.ToString() ?? text);
    }

    /// <summary>Characters XML cannot hold are written <c>_x000D_</c> (ECMA-376, ST_Xstring).</summary>
    internal static string Unescaped(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '_' && i + 6 < text.Length && text[i + 1] == 'x' && text[i + 6] == '_' && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append((char)code);
                i += 6;
            }
            else plain.Append(text[i]);
        return plain.ToString();
    }

    /// <summary>What the look of a number says of its meaning.</summary>
    private readonly record struct CellStyle(bool Date, string? Format)
    {
        private static readonly SearchValues<char> Elapsed = SearchValues.Create("hHmMsS");

        public static CellStyle Of(int format, Dictionary<int, string> custom)
        {
            if (!custom.TryGetValue(format, out var code))
                // Built in: dates of all languages, percents; all others show the number as it is.
                return format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) ? new(true, null) : new(false, format is 9 or 10 ? "0%" : null);
            if (IsDate(code)) return new(true, null);
            var shape = NumberFormat.Of(code);
            var zeros = code.Length > 1 && code.AsSpan().IndexOfAnyExcept('0') < 0;
            return new(false, zeros || shape.Percent || shape.Scaled || shape.Literal.Length > 0 ? code : null);
        }

        /// <summary>Whether letters of a date stand in it outside quotes and colours.</summary>
        private static bool IsDate(string code)
        {
            for (var i = 0; i < code.Length; i++)
                switch (code[i])
                {
                    case '"': if ((i = code.IndexOf('"', i + 1)) < 0) return false; break;
                    case '\\' or '!' or '_' or '*': i++; break;
                    case '[':
                        var close = code.IndexOf(']', i);
                        if (close < 0) return false;
                        // [h]: hours above 24 are a length of time.
                        if (close > i + 1 && code.AsSpan(i + 1, close - i - 1).IndexOfAnyExcept(Elapsed) < 0) return true;
                        i = close;
                        break;
                    case 'G' when code.AsSpan(i).StartsWith("General", StringComparison.OrdinalIgnoreCase): i += 6; break;
                    case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S': return true;
                }
            return false;
        }
    }

    /// <summary>The shared texts in UTF-8, a third of what as many strings would take; those used most, at the start, are kept as strings too.</summary>
    private sealed class SharedTexts
    {
        private const int Chunk = 1 << 20, Kept = 1 << 16;

        public static readonly SharedTexts None = new();

        private readonly List<byte[]> _chunks = [];
        private readonly List<long> _places = [];
        private readonly string?[] _kept = new string?[Kept];
        private int _used = Chunk;

        public long Bytes { get; private set; }

        public void Add(string text)
        {
            var length = Encoding.UTF8.GetByteCount(text);
            if (_used + length + 4 > Chunk || _chunks.Count == 0)
            {
                _chunks.Add(new byte[Math.Max(Chunk, length + 4)]);
                _used = 0;
            }
            var chunk = _chunks[^1];
            BitConverter.TryWriteBytes(chunk.AsSpan(_used), length);
            Encoding.UTF8.GetBytes(text, chunk.AsSpan(_used + 4));
            _places.Add(((long)(_chunks.Count - 1) << 32) | (uint)_used);
            _used = chunk.Length > Chunk ? Chunk : _used + length + 4;
            Bytes += length + 12;
        }

        public string Get(int index)
        {
            if ((uint)index >= (uint)_places.Count) throw new InvalidDataException($"There is no shared text {index}.");
            if (index < Kept && _kept[index] is { } kept) return kept;
            var place = _places[index];
            var chunk = _chunks[(int)(place >> 32)];
            var at = (int)(place & 0xFFFF_FFFF);
            var text = Encoding.UTF8.GetString(chunk, at + 4, BitConverter.ToInt32(chunk, at));
            if (index < Kept) _kept[index] = text;
            return text;
        }
    }

    /// <summary>One row after another.</summary>
    private sealed class RowReader
    {
        private readonly XmlReader _xml;
        private readonly CellStyle[] _styles;
        private readonly SharedTexts _shared;
        private readonly CellSource _source;
        private readonly char[] _value = new char[64];
        private readonly string _row, _c, _v, _f, _is, _r, _s, _t, _sheetData;

        public RowReader(XmlReader xml, string sheet, CellStyle[] styles, SharedTexts shared, CellSource source)
        {
            (_xml, Sheet, _styles, _shared, _source) = (xml, sheet, styles, shared, source);
            string Name(string name) => xml.NameTable.Add(name);
            (_row, _c, _v, _f, _is, _r, _s, _t, _sheetData) = (Name("row"), Name("c"), Name("v"), Name("f"), Name("is"), Name("r"), Name("s"), Name("t"), Name("sheetData"));
        }

        public string Sheet { get; }

        public int LastRow { get; private set; }

        /// <summary>Null when the row that was read is empty.</summary>
        public SourceRow? Row { get; private set; }

        public bool Read()
        {
            while (_xml.Read())
            {
                var name = _xml.LocalName;
                if (_xml.NodeType == XmlNodeType.EndElement && ReferenceEquals(name, _sheetData)) return false;
                if (_xml.NodeType != XmlNodeType.Element || !ReferenceEquals(name, _row)) continue;
                LastRow++;
                var empty = _xml.IsEmptyElement;
                while (_xml.MoveToNextAttribute())
                    if (ReferenceEquals(_xml.LocalName, _r) && Integer() is > 0 and var number) LastRow = number;
                Row = empty ? null : Cells();
                return true;
            }
            return false;
        }

        private SourceRow? Cells()
        {
            List<SourceCell>? cells = null;
            var (last, width, ordered) = (-1, 0, true);
            while (_xml.Read() && _xml.NodeType != XmlNodeType.EndElement)
            {
                if (_xml.NodeType != XmlNodeType.Element) continue;
                if (!ReferenceEquals(_xml.LocalName, _c))
                {
                    if (!_xml.IsEmptyElement) _xml.Skip();
                    continue;
                }
                var empty = _xml.IsEmptyElement;
                var (column, style, type) = (last + 1, 0, 'n');
                while (_xml.MoveToNextAttribute())
                {
                    var name = _xml.LocalName;
                    if (ReferenceEquals(name, _r)) column = ColumnOf();
                    else if (ReferenceEquals(name, _s)) style = Integer();
                    else if (ReferenceEquals(name, _t)) type = TypeOf();
                }
                if (column is < 0 or >= MaxColumns) throw new InvalidDataException("A cell beyond the last column.");
                ordered &= column > last;
                last = column;
                if (empty) continue;
                if (Value(column, style, type) is not { } cell) continue;
                (cells ??= new(Math.Max(8, width))).Add(cell);
                width = Math.Max(width, column + 1);
            }
            if (cells is null) return null;
            SourceProblem? problem = null;
            if (!ordered)
            {
                cells.Sort((a, b) => a.Column.CompareTo(b.Column));
                for (var i = 1; i < cells.Count; i++)
                    if (cells[i].Column == cells[i - 1].Column) problem = new(FileProblem.CellTwice, new("同一个单元格在文件里出现两次，无法判断以哪个为准。", "The file holds the same cell twice; it cannot be told which counts."), Column: cells[i].Column);
            }
            return new(Sheet, LastRow, width, cells, problem);
        }

        /// <summary>Leaves the reader on the end of the cell.</summary>
        private SourceCell? Value(int column, int style, char type)
        {
            var (formula, given) = (false, false);
            string? text = null;
            while (_xml.Read() && _xml.NodeType != XmlNodeType.EndElement)
            {
                if (_xml.NodeType != XmlNodeType.Element) continue;
                var name = _xml.LocalName;
                if (ReferenceEquals(name, _v))
                {
                    given = true;
                    text = type == 's' ? Shared() : Content();
                }
                else if (ReferenceEquals(name, _is)) text = RichText(_xml);
                else
                {
                    formula |= ReferenceEquals(name, _f);
                    PassOver();
                }
            }
            if (formula && !given) return new(column, "", CellKind.Uncalculated, _source);
            if (string.IsNullOrEmpty(text) || CellText.IsBlank(text)) return null;
            switch (type)
            {
                case 's' or 'i': return new(column, text, CellKind.Text, _source);
                case 'S': return new(column, Unescaped(text), CellKind.Text, _source);
                case 'b': return new(column, text is "1" or "true" ? "true" : "false", CellKind.Bool, _source);
                case 'e': return new(column, text, CellKind.Error, _source);
                case 'd': return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? new(column, Iso(instant), CellKind.Date, _source) : new(column, text, CellKind.Text, _source);
            }
            var look = (uint)style < (uint)_styles.Length ? _styles[style] : default;
            if (!look.Date) return new(column, text, CellKind.Number, _source, look.Format);
            // A date Excel shows as ##### is none.
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial) || serial is < 0 or >= 2_958_466) return new(column, "#####", CellKind.Error, _source);
            return new(column, DateText(serial), CellKind.Date, _source);
        }

        private string DateText(double serial)
        {
            var days = (int)Math.Floor(serial);
            var seconds = (int)Math.Round((serial - days) * 86_400);
            if (seconds == 86_400) (days, seconds) = (days + 1, 0);
            var time = seconds == 0 ? "" : "T" + TimeSpan.FromSeconds(seconds).ToString("c", CultureInfo.InvariantCulture);
            if (_source == CellSource.Xlsx1904) return CellText.FromSerial(days, true).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + time;
            if (days == 0) return time.Length > 0 ? time : "T00:00:00";
            // The 1900 calendar has a 29 February that never was.
            if (days == 60) return "1900-02-29" + time;
            return CellText.FromSerial(days < 60 ? days + 1 : days, false).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + time;
        }

        private static string Iso(DateTime instant) => instant.ToString(instant.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

        private void PassOver()
        {
            if (_xml.IsEmptyElement) return;
            var depth = _xml.Depth;
            while (_xml.Read() && _xml.Depth > depth) { }
        }

        /// <summary>The text of a v element; leaves the reader on its end.</summary>
        private string Content()
        {
            if (_xml.IsEmptyElement) return "";
            var text = "";
            while (_xml.Read() && _xml.NodeType != XmlNodeType.EndElement)
                if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace) text = text.Length == 0 ? _xml.Value : text + _xml.Value;
            return text;
        }

        private string Shared()
        {
            if (_xml.IsEmptyElement) return "";
            var text = "";
            while (_xml.Read() && _xml.NodeType != XmlNodeType.EndElement)
                if (_xml.NodeType is XmlNodeType.Text) text = _shared.Get(Integer());
            return text;
        }

        private ReadOnlySpan<char> Chunk() => _value.AsSpan(0, _xml.ReadValueChunk(_value, 0, _value.Length));

        private int Integer() => int.TryParse(Chunk().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidDataException("A number is wanted.");

        private int ColumnOf()
        {
            var column = 0;
            foreach (var c in Chunk())
            {
                if (!char.IsAsciiLetter(c)) break;
                column = column * 26 + (c | 0x20) - 'a' + 1;
                if (column > MaxColumns) break;
            }
            return column - 1;
        }

        /// <summary>s, i (inline), S (result of a formula), b, e, d or n.</summary>
        private char TypeOf() => Chunk() switch
        {
            "s" => 's',
            "inlineStr" => 'i',
            "str" => 'S',
            "b" => 'b',
            "e" => 'e',
            "d" => 'd',
            _ => 'n'
        };
    }
}
