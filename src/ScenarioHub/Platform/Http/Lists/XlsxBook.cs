using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ScenarioHub.Platform.Http.Lists;

internal enum XlsxKind { Other, Money, Day, Instant }

/// <summary>
/// Writes one table as a workbook (ECMA-376, Office Open XML), straight into a stream that cannot go back, in memory that does not grow.
/// Ours because the two libraries at hand cannot: the Open XML SDK keeps a part whole in memory until the package is closed, and the streaming spreadsheet
/// writers escape characters beyond the BMP. Every cell with text is of type text, so nothing in it is ever a formula.
/// </summary>
internal sealed class XlsxBook : IAsyncDisposable
{
    /// <summary>Rows a sheet can hold; the table goes on in the next sheet under the same header.</summary>
    public const int MaxRows = 1_048_576;

    private const int FlushAt = 128 << 10;
    private const string Ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly DateOnly Epoch = new(1899, 12, 30);

    private readonly ZipArchive _zip;
    private readonly string _name;
    private readonly IReadOnlyList<(string Label, XlsxKind Kind)> _columns;
    private readonly byte[][] _references;
    private readonly ArrayBufferWriter<byte> _out = new(FlushAt * 2);
    private Stream? _sheet;
    private int _sheets, _row, _column;

    private XlsxBook(ZipArchive zip, string name, IReadOnlyList<(string, XlsxKind)> columns) =>
        (_zip, _name, _columns, _references) = (zip, name, columns, [.. columns.Select((_, i) => Encoding.ASCII.GetBytes(Letters(i)))]);

    public static async Task<XlsxBook> Begin(Stream to, string name, IReadOnlyList<(string, XlsxKind)> columns, CancellationToken ct)
    {
        var book = new XlsxBook(await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct), name, columns);
        await book.BeginSheet(ct);
        return book;
    }

    public void Cell(object? value)
    {
        if (_column == 0) BeginRow();
        var at = _column++;
        if (value is null) return;
        switch (value)
        {
            case DateOnly day: Number(at, 3, day.DayNumber - Epoch.DayNumber); break;
            // Beijing's time, as people read it.
            case DateTime instant: Number(at, 4, Math.Round((instant + ChinaTime.Offset - Epoch.ToDateTime(default, DateTimeKind.Utc)).TotalDays, 8)); break;
            // A spreadsheet keeps 15 digits of a number: what has more stays whole as text.
            case long and (> 999_999_999_999_999 or < -999_999_999_999_999): Text(at, 0, ListNumber(value)); break;
            case decimal d when d > 999_999_999_999m || d < -999_999_999_999m: Text(at, 0, ListNumber(value)); break;
            case long or int or decimal: Number(at, _columns[at].Kind == XlsxKind.Money ? 2 : 0, value); break;
            case string text: Text(at, 0, text); break;
            default: Text(at, 0, ListColumns.Text(value)); break;
        }
    }

    public async ValueTask EndRow(CancellationToken ct)
    {
        _out.Write("</row>"u8);
        _column = 0;
        if (_row == MaxRows) { await EndSheet(ct); await BeginSheet(ct); }
        else if (_out.WrittenCount > FlushAt) await Flush(ct);
    }

    public async Task End(CancellationToken ct)
    {
        await EndSheet(ct);
        await Part("xl/workbook.xml", $"""<workbook xmlns="{Ns}" xmlns:r="{Rel}"><sheets>{string.Concat(Enumerable.Range(1, _sheets).Select(i => $"""<sheet name="{_name}{(i > 1 ? $" ({i})" : "")}" sheetId="{i}" r:id="s{i}"/>"""))}</sheets></workbook>""", ct);
        await Part("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(Enumerable.Range(1, _sheets).Select(i => $"""<Relationship Id="s{i}" Type="{Rel}/worksheet" Target="worksheets/sheet{i}.xml"/>"""))}<Relationship Id="styles" Type="{Rel}/styles" Target="styles.xml"/></Relationships>""", ct);
        await Part("xl/styles.xml", $"""
            <styleSheet xmlns="{Ns}"><numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.00"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="166" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE6F0FF"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" applyFont="1" applyFill="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/><xf numFmtId="166" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
            """, ct);
        await Part("_rels/.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="book" Type="{Rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>""", ct);
        await Part("[Content_Types].xml", $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{string.Concat(Enumerable.Range(1, _sheets).Select(i => $"""<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"""))}</Types>""", ct);
        await _zip.DisposeAsync();
    }

    // Only End closes the archive: what broke off before must not look like a workbook.
    public async ValueTask DisposeAsync() { if (_sheet is not null) await _sheet.DisposeAsync(); }

    private async Task BeginSheet(CancellationToken ct)
    {
        _sheet = await _zip.CreateEntry($"xl/worksheets/sheet{++_sheets}.xml", CompressionLevel.Fastest).OpenAsync(ct);
        Write($"""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{Ns}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>""");
        for (var i = 0; i < _columns.Count; i++)
            Write($"""<col min="{i + 1}" max="{i + 1}" width="{_columns[i].Kind switch { XlsxKind.Money => 18, XlsxKind.Day => 12, XlsxKind.Instant => 20, _ => Math.Clamp(_columns[i].Label.Length * 2 + 4, 12, 40) }}" customWidth="1"/>""");
        Write("</cols><sheetData>");
        _row = 0;
        BeginRow();
        foreach (var (label, _) in _columns) Text(_column++, 1, label);
        _out.Write("</row>"u8);
        _column = 0;
    }

    private async Task EndSheet(CancellationToken ct)
    {
        Write($"""</sheetData><autoFilter ref="A1:{Letters(_columns.Count - 1)}{_row}"/></worksheet>""");
        await Flush(ct);
        await _sheet!.DisposeAsync();
        _sheet = null;
    }

    private void BeginRow()
    {
        _out.Write("<row r=\""u8);
        Digits(++_row);
        _out.Write("\">"u8);
    }

    private void Open(int at, int style, ReadOnlySpan<byte> type)
    {
        _out.Write("<c r=\""u8);
        _out.Write(_references[at]);
        Digits(_row);
        _out.Write(type);
        if (style > 0) { _out.Write("\" s=\""u8); Digits(style); }
        _out.Write("\">"u8);
    }

    private void Number(int at, int style, object value)
    {
        Open(at, style, default);
        _out.Write("<v>"u8);
        var room = _out.GetSpan(40);
        ((IUtf8SpanFormattable)value).TryFormat(room, out var written, default, CultureInfo.InvariantCulture);
        _out.Advance(written);
        _out.Write("</v></c>"u8);
    }

    private void Text(int at, int style, string text)
    {
        Open(at, style, "\" t=\"inlineStr"u8);
        _out.Write("<is><t xml:space=\"preserve\">"u8);
        for (var rest = text.AsSpan(); ;)
        {
            var next = rest.IndexOfAny(Special);
            Encoding.UTF8.GetBytes(next < 0 ? rest : rest[..next], _out);
            if (next < 0) break;
            _out.Write(rest[next] switch { '&' => "&amp;"u8, '<' => "&lt;"u8, '>' => "&gt;"u8, '\r' => "&#13;"u8, _ => "\uFFFD"u8 });
            rest = rest[(next + 1)..];
        }
        _out.Write("</t></is></c>"u8);
    }

    // What XML must not hold as it is, or cannot hold at all.
    private static readonly SearchValues<char> Special = SearchValues.Create([.. "&<>\r\uFFFE\uFFFF", .. Enumerable.Range(0, 32).Select(c => (char)c).Except("\t\n\r")]);

    private static string ListNumber(object value) => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);

    private void Digits(int number)
    {
        number.TryFormat(_out.GetSpan(11), out var written, default, CultureInfo.InvariantCulture);
        _out.Advance(written);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _out);

    private async Task Flush(CancellationToken ct)
    {
        await _sheet!.WriteAsync(_out.WrittenMemory, ct);
        _out.ResetWrittenCount();
    }

    private async Task Part(string path, string xml, CancellationToken ct)
    {
        await using var part = await _zip.CreateEntry(path, CompressionLevel.Fastest).OpenAsync(ct);
        await part.WriteAsync(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8"?>""" + xml), ct);
    }

    private static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + (char)('A' + column % 26);
}
