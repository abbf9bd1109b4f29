using System.IO.Compression;
using System.Text;
using ScenarioHub.Features.Imports.Formats;

namespace ScenarioHub.Tests.Features.Imports;

/// <summary>Cells of workbooks as they are in the file. Broken once by hand: hidden sheets read, phonetic runs kept, rows numbered without their r.</summary>
public class WorkbookReadingTests
{
    [Fact]
    public void Texts_numbers_dates_and_truth_come_out_as_what_they_are()
    {
        var rows = Rows(Workbooks.One("""
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>行内 𠮷</t></is></c><c r="C1"><v>1234.5</v></c><c r="D1" s="1"><v>45870</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#N/A</v></c></row>
            <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c><c r="C3" s="2"><v>0.125</v></c><c r="D3" s="5"><v>45870.4375</v></c><c r="E3" s="4"><v>12</v></c><c r="F3" s="3"><v>12.3</v></c></row>
            """, ["共享 🤖", "<r><rPr><b/></rPr><t>富</t></r><r><t>文本</t></r><rPh sb=\"0\" eb=\"1\"><t>フ</t></rPh>", "行_x000D_\n二_x005F_x0041_"]));
        Assert.Equal([1, 3], rows.Select(r => r.Row));
        Assert.Equal(["Text:共享 🤖", "Text:行内 𠮷", "Number:1234.5", "Date:2025-08-01", "Bool:true", "Error:#N/A"], Cells(rows[0]));
        Assert.Equal(["Text:富文本", "Text:行\r\n二_x0041_", "Number:0.125 [0%]", "Date:2025-08-01T10:30:00", "Number:12 [000000]", "Number:12.3 [0.00\"万元\"]"], Cells(rows[1]));
    }

    [Fact]
    public void A_formula_counts_by_its_result_and_one_without_is_told_apart()
    {
        var row = Rows(Workbooks.One("""<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c><c r="C1" t="str"><f>A1&amp;""</f><v></v></c><c r="D1" t="str"><f>"a"</f><v>a</v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>""")).Single();
        Assert.Equal(["Number:2", "Uncalculated:", "Text:a", "Error:#DIV/0!"], Cells(row));
        Assert.Equal([0, 1, 3, 4], row.Cells.Select(c => c.Column));
    }

    [Theory]
    [InlineData(false, "45870", "2025-08-01")]
    [InlineData(true, "45870", "2029-08-02")]
    [InlineData(false, "1", "1900-01-01")]
    [InlineData(false, "59", "1900-02-28")]
    [InlineData(false, "61", "1900-03-01")]
    [InlineData(false, "45870.999999999", "2025-08-02")]
    public void Both_calendars_of_workbooks_are_known(bool from1904, string serial, string day) =>
        Assert.Equal(["Date:" + day], Cells(Rows(Workbooks.One($"""<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>""", from1904: from1904)).Single()));

    [Fact]
    public void Cells_without_a_place_follow_the_one_before_and_cells_out_of_order_are_put_right()
    {
        var rows = Rows(Workbooks.One("""<row><c><v>1</v></c><c r="D1"><v>4</v></c><c><v>5</v></c></row><row><c r="C2"><v>3</v></c><c r="A2"><v>1</v></c></row><row r="9"><c r="A9"><v>1</v></c><c r="A9"><v>2</v></c></row>"""));
        Assert.Equal([0, 3, 4], rows[0].Cells.Select(c => c.Column));
        Assert.Equal([0, 2], rows[1].Cells.Select(c => c.Column));
        Assert.Equal(2, rows[1].Row);
        Assert.Equal(FileProblem.CellTwice, rows[2].Problem?.Code);
    }

    [Fact]
    public void Empty_rows_and_a_dimension_that_lies_cost_nothing()
    {
        var styled = string.Concat(Enumerable.Range(2, 50_000).Select(r => $"<row r=\"{r}\" s=\"1\"><c r=\"A{r}\" s=\"1\"/><c r=\"B{r}\" s=\"6\" t=\"inlineStr\"><is><t> \u3000</t></is></c></row>"));
        Assert.Equal([1, 1_048_576], Rows(Workbooks.One($"""<row r="1"><c r="A1"><v>1</v></c></row>{styled}<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>""")).Select(r => r.Row));
    }

    [Fact]
    public void Hidden_sheets_are_named_and_not_read()
    {
        using var file = Open(Workbooks.Of([("一", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", null), ("二", "<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>", "hidden"), ("三", "<row r=\"1\"><c r=\"A1\"><v>3</v></c></row>", "veryHidden"), ("四 & <", "<row r=\"1\"><c r=\"A1\"><v>4</v></c></row>", "visible")]));
        Assert.Equal([("一", false), ("二", true), ("三", true), ("四 & <", false)], file.Sheets.Select(s => (s.Name, s.Hidden)));
        Assert.Equal(["一", "四 & <"], file.Rows(TestContext.Current.CancellationToken).Select(r => r.Sheet));
    }

    [Fact]
    public void A_sheet_broken_in_its_middle_ends_with_a_problem_and_never_just_ends()
    {
        var rows = Rows(Workbooks.One("""<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</c></row>"""));
        Assert.Equal(2, rows.Count);
        Assert.True(rows[1].Problem is { Code: FileProblem.WorkbookBroken, EndsFile: true });
        var missing = Rows(Workbooks.One("""<row r="1"><c r="A1" t="s"><v>7</v></c></row>"""));
        Assert.True(missing.Single().Problem is { Code: FileProblem.WorkbookBroken, EndsFile: true });
    }

    [Theory]
    [InlineData("half", FileProblem.WorkbookBroken)]
    [InlineData("zip", FileProblem.Archive)]
    [InlineData("docx", FileProblem.Word)]
    [InlineData("xlsb", FileProblem.Binary)]
    [InlineData("ods", FileProblem.OpenDocument)]
    [InlineData("nosheet", FileProblem.WorkbookBroken)]
    [InlineData("dtd", FileProblem.WorkbookBroken)]
    public void What_is_no_workbook_is_refused_by_name(string what, string code)
    {
        var book = Workbooks.One("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
        static byte[] Office(string target) => Workbooks.Zip([("_rels/.rels", Encoding.UTF8.GetBytes($"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{target}"/></Relationships>""")), (target, [1])]);
        var bytes = what switch
        {
            "half" => book[..(book.Length / 2)],
            "zip" => Workbooks.Zip([("a.csv", [65])]),
            "docx" => Office("word/document.xml"),
            "xlsb" => Office("xl/workbook.bin"),
            "ods" => Workbooks.Zip([("mimetype", [65]), ("content.xml", [65])]),
            "dtd" => Workbooks.Zip([("xl/workbook.xml", Encoding.UTF8.GetBytes("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><workbook>&a;</workbook>"))]),
            _ => Workbooks.Of([])
        };
        Assert.Equal(code, SourceFile.Open(new MemoryStream(bytes), "x.xlsx").Why?.Code);
    }

    [Fact]
    public void A_zip_bomb_is_stopped_at_its_limit()
    {
        var bomb = Workbooks.One("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>" + string.Concat(Enumerable.Repeat("<row><c/></row>", 400_000)));
        Assert.True(bomb.Length < 100_000);
        using var file = SourceFile.Open(new MemoryStream(bomb), null, null, new SourceOptions(MaxExpandedBytes: 1 << 20)).Value;
        Assert.True(file.Rows(TestContext.Current.CancellationToken).Last().Problem is { Code: FileProblem.TooExpanded, EndsFile: true });
    }

    [Fact]
    public void A_workbook_inside_a_gzip_is_read_too()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) gzip.Write(Workbooks.One("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"));
        Assert.Equal(["Number:1"], Cells(Rows(packed.ToArray()).Single()));
    }

    [Fact]
    public void Rows_can_be_read_again_from_the_start()
    {
        using var file = Open(Workbooks.One("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", ["文"]));
        Assert.Equal(Cells(file.Rows(default).Single()), Cells(file.Rows(default).Single()));
    }

    private static SourceFile Open(byte[] bytes)
    {
        var opened = SourceFile.Open(new MemoryStream(bytes), "x.xlsx");
        Assert.True(opened.Ok, opened.Why?.Detail.En);
        Assert.Equal(SourceFormat.Xlsx, opened.Value.Format);
        return opened.Value;
    }

    private static List<SourceRow> Rows(byte[] bytes)
    {
        using var file = Open(bytes);
        return [.. file.Rows(TestContext.Current.CancellationToken)];
    }

    private static IEnumerable<string> Cells(SourceRow row) => row.Cells.Select(c => $"{c.Kind}:{c.Text}{(c.Format is { } f ? $" [{f}]" : "")}");
}
