using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ScenarioHub.Features.Reports.Documents;

namespace ScenarioHub.Tests.Features.Reports.Documents;

/// <summary>What both formats owe.</summary>
public sealed class SectorMonthlyFilesTests
{
    private const string Rare = "䶮𠮷🤖";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Office_finds_no_error_in_either_file(bool demo)
    {
        foreach (var report in (SectorMonthly[])[SampleSectorMonthly.Build(demo), Bare(demo)])
        {
            using var docx = WordprocessingDocument.Open(new MemoryStream(Opened.Docx(report).Bytes), isEditable: false);
            using var xlsx = SpreadsheetDocument.Open(new MemoryStream(Opened.Xlsx(report).Bytes), isEditable: false);
            foreach (var document in (OpenXmlPackage[])[docx, xlsx])
            {
                var errors = new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken)
                    .Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}");
                Assert.Empty(errors);
            }
        }
    }

    [Fact]
    public void The_same_figures_give_the_same_bytes_whenever_and_wherever_the_clock_stands()
    {
        var culture = CultureInfo.CurrentCulture;
        var (docx, xlsx) = (Opened.Docx(SampleSectorMonthly.Build()).Bytes, Opened.Xlsx(SampleSectorMonthly.Build()).Bytes);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            // Zip entries carry two-second stamps: without a pause two runs would agree by luck.
            Thread.Sleep(2_100);
            Assert.True(docx.AsSpan().SequenceEqual(Opened.Docx(SampleSectorMonthly.Build()).Bytes));
            Assert.True(xlsx.AsSpan().SequenceEqual(Opened.Xlsx(SampleSectorMonthly.Build()).Bytes));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Another_closing_gives_other_bytes()
    {
        var report = SampleSectorMonthly.Build();
        Assert.NotEqual(Opened.Docx(report).Bytes, Opened.Docx(report with { ClosingNo = report.ClosingNo + 1 }).Bytes);
    }

    [Fact]
    public void Rare_characters_and_emoji_stay_the_characters_they_are()
    {
        var report = SampleSectorMonthly.Build();
        report = report with
        {
            ScopeName = Rare + "集团",
            Rows = [report.Rows[0] with { SectorZh = Rare }, .. report.Rows.Skip(1)],
            Highlights = [report.Highlights[0] with { ScenarioName = Rare + "质检" }],
        };
        var docx = Opened.Docx(report);
        var xlsx = Opened.Xlsx(report);

        Assert.Contains(docx.Table("降本额合计"), row => row[0] == Rare);
        Assert.Contains(docx.Paragraphs(), paragraph => paragraph.Contains(Rare + "质检", StringComparison.Ordinal));
        Assert.Equal(Rare, xlsx.Row(1, "A", "MFG")[1].Value);
        Assert.Contains(xlsx.Cells(5).Values, cell => cell.Value == Rare + "质检");
        foreach (var part in docx.Parts.Concat(xlsx.Parts))
        {
            Assert.DoesNotContain("_xD8", System.Text.Encoding.UTF8.GetString(part.Value), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Characters_no_xml_may_hold_are_replaced_and_the_files_open()
    {
        var report = SampleSectorMonthly.Build();
        report = report with
        {
            TenantName = "a\u0001b",
            ScopeName = "甲\uD83D乙",
            Rows = [report.Rows[0] with { SectorZh = "制\uDC00造\uFFFE" }, .. report.Rows.Skip(1)],
            MethodNotes = ["第一\r\n行\u0000"],
            Receipt = new ReportReceipt(1, "v\u000B1"),
        };
        var docx = Opened.Docx(report);
        var xlsx = Opened.Xlsx(report);

        foreach (var file in (Opened[])[docx, xlsx])
        {
            foreach (var part in file.Parts.Keys.Where(name => name.EndsWith(".xml", StringComparison.Ordinal)))
            {
                Assert.NotNull(file.Xml(part).Root);
            }
        }
        Assert.Contains(docx.Paragraphs(), paragraph => paragraph.Contains("甲\uFFFD乙", StringComparison.Ordinal));
        Assert.Equal("制\uFFFD造\uFFFD", xlsx.Row(1, "A", "MFG")[1].Value);
        Assert.NotEmpty(SectorChart.Png(report));
    }

    [Fact]
    public void Nothing_filed_is_a_dash_and_a_reported_zero_is_zero()
    {
        var report = SampleSectorMonthly.Build();
        report = report with { Rows = [report.Rows[0] with { CostSaveFen = 0 }, .. report.Rows.Skip(1)] };
        var docx = Opened.Docx(report);
        var xlsx = Opened.Xlsx(report);

        var silent = docx.Table("节约工时（小时）").Single(row => row[0] == "教育");
        Assert.All(silent.Skip(1), cell => Assert.Equal("—", cell));
        Assert.Equal("0.00", docx.Table("节约工时（小时）").Single(row => row[0] == "工业制造")[5]);

        var cells = xlsx.Row(1, "A", SampleSectorMonthly.SilentSector);
        Assert.All(cells.Skip(3).Take(10), cell => Assert.Equal(("inlineStr", "—"), (cell.Type, cell.Value)));
        Assert.Equal(("n", "0"), (xlsx.Row(1, "A", "MFG")[7].Type, xlsx.Row(1, "A", "MFG")[7].Value));
        Assert.Equal("—", xlsx.Row(4, "A", "2026-01")[1].Value);
    }

    [Fact]
    public void Totals_are_exact_to_the_fen_in_the_workbook_and_rounded_half_away_from_zero_in_the_document()
    {
        var report = SampleSectorMonthly.Build();
        // 12,345,678,901,234.55 yuan; in 万元 the third decimal is a 5 that has to go up.
        const long fen = 1_234_567_890_125_000;
        report = report with { Total = report.Total with { CostSaveFen = fen, OpexFen = -fen, NetBenefitFen = fen - 1, InvestSpentFen = 1_234_567_890_123_455 } };
        var xlsx = Opened.Xlsx(report).Row(1, "B", "合计");
        Assert.Equal("12345678901234.55", xlsx[5].Value);
        Assert.Equal("-12345678901250", xlsx[6].Value);
        Assert.Equal("12345678901250", xlsx[7].Value);
        Assert.Equal("12345678901249.99", xlsx[9].Value);
        Assert.Equal(report.Rows.Sum(row => row.RevGainFen ?? 0), decimal.Parse(xlsx[8].Value, CultureInfo.InvariantCulture) * 100);

        var docx = Opened.Docx(report).Table("节约工时（小时）")[^1];
        Assert.Equal("合计", docx[0]);
        Assert.Equal("-1,234,567,890.13", docx[4]);
        Assert.Equal("1,234,567,890.13", docx[5]);
        Assert.Equal("1,234,567,890.12", docx[7]);
    }

    [Fact]
    public void Each_yuan_of_the_ladder_is_printed_also_on_a_rung_nobody_knows()
    {
        var report = SampleSectorMonthly.Build();
        report = report with { Total = report.Total with { Grades = new Dictionary<string, long> { ["financeConfirmed"] = 150, ["new-rung"] = 50 }, CostSaveFen = 200 } };
        var total = Opened.Xlsx(report).Row(2, "B", "合计").Select(cell => cell.Value);
        Assert.Equal(["", "合计", "—", "—", "1.5", "—", "—", "0.5", "2"], total);
        Assert.Contains("new-rung", Opened.Docx(report).Table("降本额合计")[0]);
    }

    [Fact]
    public void Generated_figures_say_so_on_every_page_and_sheet_and_real_ones_nowhere()
    {
        var demo = SampleSectorMonthly.Build();
        var (docx, xlsx) = (Opened.Docx(demo), Opened.Xlsx(demo));
        Assert.Equal(2, docx.Named("word/header").Count());
        Assert.All(docx.Named("word/header"), header => Assert.Contains("演示数据", string.Concat(docx.Paragraphs(header)), StringComparison.Ordinal));
        Assert.Contains("演示数据", docx.Paragraphs().SkipWhile(line => !line.EndsWith("月报", StringComparison.Ordinal)).Skip(2).First(), StringComparison.Ordinal);
        for (var sheet = 1; sheet <= 6; sheet++)
        {
            Assert.Contains("演示数据", xlsx.Cells(sheet)["A2"].Value, StringComparison.Ordinal);
            Assert.Contains("演示数据", xlsx.Xml($"xl/worksheets/sheet{sheet}.xml").Descendants().Single(e => e.Name.LocalName == "oddHeader").Value, StringComparison.Ordinal);
        }

        var real = SampleSectorMonthly.Build(demo: false);
        foreach (var file in (Opened[])[Opened.Docx(real), Opened.Xlsx(real)])
        {
            Assert.All(file.Named(""), part => Assert.DoesNotContain("演示", file.Xml(part).ToString(), StringComparison.Ordinal));
        }
    }

    /// <summary>The least a report can hold: no sector, no trend, no case, no note, nothing known.</summary>
    private static SectorMonthly Bare(bool demo) => new()
    {
        TenantName = "上海市国资委",
        ScopeName = "申能（集团）有限公司",
        Month = "2026-01",
        YearToDate = true,
        ClosingNo = 0,
        ThroughEntryNo = 0,
        AsOfUtc = new DateTime(2026, 2, 28, 16, 0, 0, DateTimeKind.Utc),
        RecordDate = new DateOnly(2026, 1, 31),
        DemoData = demo,
        Rows = [],
        Total = new SectorFigures { SectorCode = "", SectorZh = "合计" },
        Receipt = new ReportReceipt(1, "1"),
    };
}
