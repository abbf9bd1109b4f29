using System.Xml.Linq;
using ScenarioHub.Features.Reports.Documents;

namespace ScenarioHub.Tests.Features.Reports.Documents;

public sealed class SectorMonthlyXlsxTests
{
    private static readonly XNamespace S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Theory]
    [InlineData("=HYPERLINK(\"http://example.invalid\")")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    public void Text_that_begins_like_a_formula_stays_text(string typed)
    {
        var report = SampleSectorMonthly.Build();
        report = report with { Highlights = [report.Highlights[0] with { ScenarioName = typed }], MethodNotes = [typed], Rows = [report.Rows[0] with { SectorZh = typed }, .. report.Rows.Skip(1)] };
        var xlsx = Opened.Xlsx(report);
        var quoted = xlsx.Xml("xl/styles.xml").Descendants(S + "cellXfs").Single().Elements(S + "xf").Select((xf, i) => (xf, i)).Where(x => (string?)x.xf.Attribute("quotePrefix") == "1").Select(x => x.i).ToList();

        foreach (var sheet in (int[])[1, 2, 3, 5, 6])
        {
            var cell = Assert.Single(xlsx.Cells(sheet).Values, c => c.Value == typed);
            Assert.Equal("inlineStr", cell.Type);
            Assert.Contains(cell.Style, quoted);
        }
        Assert.All(xlsx.Named("xl/worksheets/"), sheet => Assert.Empty(xlsx.Xml(sheet).Descendants(S + "f")));
    }

    [Fact]
    public void What_looks_like_an_escape_of_Excels_is_read_back_as_it_was_typed()
    {
        var report = SampleSectorMonthly.Build();
        report = report with { Highlights = [report.Highlights[0] with { ScenarioName = "型号_x0041_改" }] };
        Assert.Contains(Opened.Xlsx(report).Cells(5).Values, cell => cell.Value == "型号_x005F_x0041_改");
    }

    [Fact]
    public void A_text_longer_than_a_cell_is_cut_between_characters()
    {
        var report = SampleSectorMonthly.Build();
        report = report with { Highlights = [report.Highlights[0] with { PublishedBenefit = "a" + string.Concat(Enumerable.Repeat("🤖", 20_000)) }] };
        var cell = Opened.Xlsx(report).Cells(5).Values.Single(c => c.Value.Length > 10_000);
        Assert.True(cell.Value.Length <= DocumentText.CellLength);
        Assert.EndsWith("🤖…", cell.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_sheet_has_a_frozen_head_and_prints_on_landscape_A4()
    {
        var xlsx = Opened.Xlsx(SampleSectorMonthly.Build());
        Assert.Equal(["板块汇总", "核实等级", "覆盖情况", "月度趋势", "公开案例", "口径说明"], xlsx.Xml("xl/workbook.xml").Descendants(S + "sheet").Select(s => s.Attribute("name")!.Value));
        for (var sheet = 1; sheet <= 6; sheet++)
        {
            var xml = xlsx.Xml($"xl/worksheets/sheet{sheet}.xml");
            Assert.Equal(("frozen", "5"), (xml.Descendants(S + "pane").Single().Attribute("state")!.Value, xml.Descendants(S + "pane").Single().Attribute("ySplit")!.Value));
            Assert.Equal(("9", "landscape"), (xml.Descendants(S + "pageSetup").Single().Attribute("paperSize")!.Value, xml.Descendants(S + "pageSetup").Single().Attribute("orientation")!.Value));
            Assert.NotEmpty(xml.Descendants(S + "col"));
        }
    }

    [Fact]
    public void Figures_are_numbers_with_a_format_and_the_picture_is_on_the_first_sheet()
    {
        var report = SampleSectorMonthly.Build();
        var xlsx = Opened.Xlsx(report);
        Assert.All(xlsx.Row(1, "A", "MFG").Skip(3), cell => Assert.Equal("n", cell.Type));
        Assert.Equal((report.Rows[0].CostSaveFen!.Value / 100m).ToString(System.Globalization.CultureInfo.InvariantCulture), xlsx.Row(1, "A", "MFG")[7].Value);
        Assert.NotEmpty(xlsx.Xml("xl/worksheets/sheet1.xml").Descendants(S + "drawing"));
        Assert.Equal(SectorChart.Png(report), xlsx.Parts.Single(part => part.Key.EndsWith(".png", StringComparison.Ordinal)).Value);
    }
}
