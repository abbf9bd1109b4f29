using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports.Formats;

namespace ScenarioHub.Tests.Features.Imports;

/// <summary>The workbook to fill in, and the same read again. Broken once by hand: a list range one row short, code columns without the text format.</summary>
public class ImportTemplateTests
{
    private static readonly ReferenceCatalog Catalog = ReferenceCatalog.Load();
    private static readonly byte[] Template = Written();

    [Fact]
    public void It_is_a_valid_workbook()
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(Template), false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath} {e.Description}"));
    }

    [Fact]
    public void Every_column_of_it_is_read_back_as_the_column_it_was_written_for()
    {
        using var file = SourceFile.Open(new MemoryStream(Template), "template.xlsx").Value;
        var table = new SourceTable(file, ImportColumns.OfAll(Catalog));
        Assert.Empty(table.Rows(TestContext.Current.CancellationToken));
        Assert.Empty(table.Notices.Where(n => n.Blocks).Select(n => n.Message.Zh));
        Assert.Equal([ImportSubject.Scenarios, ImportSubject.Figures], table.Sheets.Select(s => s.Subject));
        var registered = table.Sheets[0].Columns.Select(c => c!.Match!.Column.Key).ToHashSet();
        Assert.Empty(Catalog.Fields.Where(f => f.Storage is FieldStorage.Column or FieldStorage.Document && f.Required != Requirement.System && !registered.Contains(f.Json)).Select(f => f.Json));
        var filed = table.Sheets[1].Columns.Select(c => c!.Match!.Column).ToArray();
        Assert.Equal(Catalog.Measures.Where(m => m.Filed).Select(m => m.Code).Order(StringComparer.Ordinal), filed.Where(c => c.Measure is not null).Select(c => c.Measure!.Code).Distinct().Order(StringComparer.Ordinal));
        Assert.All(table.Sheets[1].Columns.Where(c => c!.Match!.Column.Units is not null), c => Assert.Equal(c!.Match!.Column.Units!.Own, c.Match.Unit));
    }

    [Fact]
    public void Every_choice_of_every_drop_down_is_understood()
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(Template), false);
        var workbook = document.WorkbookPart!;
        WorksheetPart Part(string name) => (WorksheetPart)workbook.GetPartById(workbook.Workbook!.Descendants<Sheet>().Single(s => s.Name == name).Id!);
        var lists = Part(ImportTemplate.ListsSheet).Worksheet!.Descendants<Cell>().ToDictionary(c => c.CellReference!.Value!, c => c.InnerText);
        var choices = 0;
        foreach (var (sheet, columns) in new[] { (ImportTemplate.ScenariosSheet, ImportColumns.Scenarios(Catalog)), (ImportTemplate.FiguresSheet, ImportColumns.Figures(Catalog)) })
        {
            var heads = Part(sheet).Worksheet!.Descendants<Row>().Single(r => r.RowIndex! == 2).Elements<Cell>().Select(c => columns.Match(c.InnerText!, out _)!.Column).ToArray();
            foreach (var check in Part(sheet).Worksheet!.Descendants<DataValidation>().Where(v => v.Type?.Value == DataValidationValues.List && v.Formula1!.Text[0] == '\''))
            {
                var column = heads.Single(h => check.SequenceOfReferences!.InnerText!.StartsWith(CellPlace.Of(3, Array.IndexOf(heads, h)) + ":", StringComparison.Ordinal));
                var range = check.Formula1!.Text.Split('!')[1].Replace("$", "", StringComparison.Ordinal).Split(':');
                var letters = range[0].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
                var codes = Enumerable.Range(2, int.Parse(range[1][letters.Length..], System.Globalization.CultureInfo.InvariantCulture) - 1).Select(r => CellText.One(new SourceCell(0, lists[letters + r], CellKind.Text, CellSource.Xlsx), column.Names!)).ToArray();
                Assert.Equal(column.Names!.Items.Select(i => i.Code), codes.Select(c => c.Value));
                choices += codes.Length;
            }
        }
        Assert.True(choices > 250);
    }

    [Fact]
    public void Columns_of_codes_are_text_so_that_18_digits_stay()
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(Template), false);
        var workbook = document.WorkbookPart!;
        var formats = workbook.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToArray();
        var sheet = ((WorksheetPart)workbook.GetPartById(workbook.Workbook!.Descendants<Sheet>().Single(s => s.Name == ImportTemplate.ScenariosSheet).Id!)).Worksheet!;
        var columns = ImportColumns.Scenarios(Catalog).All.Where(c => c.Kind != ColumnKind.Known).ToArray();
        var styles = sheet.Descendants<Column>().ToArray();
        foreach (var key in (string[])["organization", "code", "externalKey", "region", "industryDivision", "erpProjectNo", "contactPhone"])
            Assert.Equal(49u, formats[(int)styles[Array.FindIndex(columns, c => c.Key == key)].Style!.Value].NumberFormatId!.Value);
    }

    private static byte[] Written()
    {
        using var output = new MemoryStream();
        ImportTemplate.Write(output, Catalog);
        return output.ToArray();
    }
}
