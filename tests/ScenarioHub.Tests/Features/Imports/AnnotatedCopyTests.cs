using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using ScenarioHub.Features.Imports.Formats;

namespace ScenarioHub.Tests.Features.Imports;

/// <summary>The file that comes back with its findings. Broken once by hand: the fill of a style that two cells share, a cell put in at the wrong place, a part not copied.</summary>
public class AnnotatedCopyTests
{
    private const string Body = """
        <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="1" max="3" width="20" customWidth="1"/></cols><sheetData><row r="1" ht="30" customHeight="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>乙</t></is></c></row><row r="2"><c r="A2" s="1"><v>45870</v></c><c r="C2" s="1"><f>SUM(A2:A2)*1</f><v>45870</v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve"> 𠮷 &amp;
        </t></is></c></row></sheetData><mergeCells count="1"><mergeCell ref="D1:E1"/></mergeCells><conditionalFormatting sqref="A2"><cfRule type="cellIs" priority="1" operator="lessThan"><formula>0</formula></cfRule></conditionalFormatting><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>
        """;

    private static readonly byte[] Book = Workbooks.Of([("一 '表'", Body, null), ("二", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", null)], ["甲"], more: [("custom/kept.xml", "<kept/>")]);

    private static readonly CellFinding[] Findings =
    [
        new("一 '表'", 2, 0, FindingWeight.Error, "cell-not-a-number", "第一个"), new("一 '表'", 2, 0, FindingWeight.Blocker, "b", "第二个"), new("一 '表'", 2, 1, FindingWeight.Warning, "w", "空格"),
        new("一 '表'", 3, null, FindingWeight.Info, "i", "=整行 \u0001 𠮷"), new("", 0, null, FindingWeight.Blocker, "f", "整个文件"),
    ];

    [Fact]
    public void Every_finding_is_at_its_cell_in_a_note_and_in_the_list_with_a_link()
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(Copy(Book, Findings, "只列出前 5 条")), false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath} {e.Description}"));
        var sheet = Sheet(document, "一 '表'");
        Assert.Equal(["A2 FFFF9999", "B2 FFFFEB9C", "A3 FFDDEBF7"], sheet.Worksheet!.Descendants<Cell>().Select(c => $"{c.CellReference} {Fill(document, c)}").Where(c => !c.EndsWith(' ')));
        Assert.Equal(["A2 第一个\n第二个", "B2 空格", "A3 =整行 \uFFFD 𠮷"], sheet.WorksheetCommentsPart!.Comments!.CommentList!.Elements<Comment>().Select(c => $"{c.Reference} {c.InnerText}"));
        var list = Sheet(document, "问题清单").Worksheet!;
        Assert.Equal(["只列出前 5 条", "序 #", "1", "2", "3", "4", "5"], list.Descendants<Row>().Select(r => r.Elements<Cell>().First().InnerText));
        Assert.Equal(["D4 '一 ''表'''!A2", "D5 '一 ''表'''!A2", "D6 '一 ''表'''!B2", "D7 '一 ''表'''!A3"], list.Descendants<Hyperlink>().Select(h => $"{h.Reference} {h.Location}"));
    }

    [Fact]
    public void Nothing_else_changes()
    {
        var copy = Copy(Book, Findings);
        using var before = new ZipArchive(new MemoryStream(Book));
        using var after = new ZipArchive(new MemoryStream(copy));
        foreach (var part in (string[])["custom/kept.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"]) Assert.Equal(Text(before, part), Text(after, part));
        var (rows, original) = (Rows(copy).Where(r => r.Sheet == "一 '表'").ToList(), Rows(Book).Where(r => r.Sheet == "一 '表'").ToList());
        Assert.Equal(original.Select(r => string.Join('|', r.Cells)), rows.Select(r => string.Join('|', r.Cells)));
        var xml = Text(after, "xl/worksheets/sheet1.xml");
        foreach (var kept in (string[])["<f>SUM(A2:A2)*1</f>", "ht=\"30\" customHeight=\"1\"", "<mergeCell ref=\"D1:E1\"", "<cfRule type=\"cellIs\"", "<col min=\"1\" max=\"3\" width=\"20\""]) Assert.Contains(kept, xml, StringComparison.Ordinal);
        // The date keeps its format under the colour, and the other cell of that style its look.
        using var document = SpreadsheetDocument.Open(new MemoryStream(copy), false);
        var marked = Sheet(document, "一 '表'").Worksheet!.Descendants<Cell>().Single(c => c.CellReference == "A2");
        Assert.Equal(14u, document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ElementAt((int)marked.StyleIndex!.Value).NumberFormatId!.Value);
        Assert.Equal(1u, Sheet(document, "一 '表'").Worksheet!.Descendants<Cell>().Single(c => c.CellReference == "C2").StyleIndex!.Value);
    }

    [Fact]
    public void A_copy_can_be_sent_and_marked_again()
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(Copy(Copy(Book, Findings), Findings)), false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath} {e.Description}"));
        Assert.Equal(["一 '表'", "二", "问题清单", "问题清单 2"], document.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(s => s.Name!.Value!));
    }

    [Theory]
    [InlineData("a,b\n\"=1+1\",x\n\n,最后\n", "x.csv", 0)]
    [InlineData("{\"a\":\"=1+1\",\"b\":\"x\"}\n\n{\"c\":\"最后\"}\n", "x.ndjson", 1)]
    public void Text_files_come_back_as_a_workbook_of_their_rows(string text, string name, int lower)
    {
        var copy = Copy(Encoding.UTF8.GetBytes(text), [new("", 4 - lower, 1, FindingWeight.Error, "c", "错"), new("", 2 - lower, 0, FindingWeight.Error, "c", "错")], null, name);
        using var document = SpreadsheetDocument.Open(new MemoryStream(copy), false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath} {e.Description}"));
        var cells = Sheet(document, "数据").Worksheet!.Descendants<Cell>().ToArray();
        Assert.All(cells, c => Assert.Null(c.CellFormula));
        Assert.Equal(("A2", "=1+1"), cells.Where(c => Fill(document, c).Length > 0).Select(c => (c.CellReference!.Value!, c.InnerText)).First());
        Assert.Equal(lower == 0 ? "B4" : "B4", cells.Last(c => Fill(document, c).Length > 0).CellReference!.Value);
    }

    [Fact]
    public void What_cannot_be_read_is_refused()
    {
        using var output = new MemoryStream();
        var broken = Workbooks.One("<row r=\"1\"><c r=\"A1\"><v>1</c></row>");
        Assert.Equal(FileProblem.WorkbookBroken, AnnotatedCopy.Write(new MemoryStream(broken), "x.xlsx", [new("Sheet1", 1, 0, FindingWeight.Error, "c", "错")], new MemoryStream())?.Code);
        Assert.Equal(FileProblem.Pdf, AnnotatedCopy.Write(new MemoryStream("%PDF"u8.ToArray()), "x.pdf", Findings, output)?.Code);
        Assert.Equal(0, output.Length);
    }

    [Theory]
    [InlineData("八月.xlsx", "八月-问题清单.xlsx")]
    [InlineData("macro.XLSM", "macro-问题清单.xlsm")]
    [InlineData("a.csv.gz", "a-问题清单.xlsx")]
    [InlineData(null, "import-问题清单.xlsx")]
    public void The_copy_has_a_name_that_says_what_it_is(string? name, string expected) => Assert.Equal(expected, AnnotatedCopy.NameOf(name));

    private static byte[] Copy(byte[] book, CellFinding[] findings, string? notice = null, string name = "x.xlsx")
    {
        using var output = new MemoryStream();
        Assert.Null(AnnotatedCopy.Write(new MemoryStream(book), name, findings, output, notice, ct: TestContext.Current.CancellationToken));
        return output.ToArray();
    }

    private static List<SourceRow> Rows(byte[] book)
    {
        using var file = SourceFile.Open(new MemoryStream(book), "x.xlsx").Value;
        return [.. file.Rows(TestContext.Current.CancellationToken)];
    }

    private static WorksheetPart Sheet(SpreadsheetDocument document, string name) =>
        (WorksheetPart)document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook!.Descendants<Sheet>().Single(s => s.Name == name).Id!);

    private static string Fill(SpreadsheetDocument document, Cell cell)
    {
        var styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;
        var format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)(cell.StyleIndex?.Value ?? 0));
        return styles.Fills!.Elements<Fill>().ElementAt((int)(format.FillId?.Value ?? 0)).PatternFill?.ForegroundColor?.Rgb?.Value ?? "";
    }

    private static string Text(ZipArchive zip, string part)
    {
        using var reader = new StreamReader(zip.GetEntry(part)!.Open());
        return reader.ReadToEnd();
    }
}
