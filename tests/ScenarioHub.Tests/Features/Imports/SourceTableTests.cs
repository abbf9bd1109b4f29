using System.Text;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports.Formats;

namespace ScenarioHub.Tests.Features.Imports;

/// <summary>Which row is the header and which column is what. Broken once by hand: a repeated header taken as data, an unknown column passed over in silence, a unit of another family accepted.</summary>
public class SourceTableTests
{
    private static readonly ReferenceCatalog Catalog = ReferenceCatalog.Load();

    [Theory]
    [InlineData("降本额(万元)", "COST_SAVE", "CNY10K")]
    [InlineData("降本额（单位：万元）", "COST_SAVE", "CNY10K")]
    [InlineData(" * 降 本 额 【亿元】", "COST_SAVE", "CNY100M")]
    [InlineData("降本额/万元", "COST_SAVE", "CNY10K")]
    [InlineData("降本额_元", "COST_SAVE", "CNY")]
    [InlineData("COST_SAVE", "COST_SAVE", null)]
    [InlineData("cost saving (yuan)", "COST_SAVE", "CNY")]
    [InlineData("降本额（元）\nCost saving (yuan)", "COST_SAVE", "CNY")]
    [InlineData("节约工时（人年）", "HOURS_SAVED", "PERSON_YEAR")]
    [InlineData("自动化/替代率·分子", "AUTO_RATE/numerator", null)]
    [InlineData("自动化/替代率分母（件）", "AUTO_RATE/denominator", "PIECE")]
    [InlineData("AUTO_RATE/numerator", "AUTO_RATE/numerator", null)]
    [InlineData("智能算力规模（EFLOPS（FP16））", "COMPUTE_EF", "EFLOPS")]
    [InlineData("报告期", "period", null)]
    [InlineData("/period", "period", null)]
    [InlineData("scn_code", "scenario", null)]
    public void A_header_is_known_in_both_languages_by_code_and_with_its_unit(string header, string key, string? unit)
    {
        var match = ImportColumns.Figures(Catalog).Match(header, out var problem);
        Assert.Null(problem);
        Assert.Equal((key, unit), (match?.Column.Key, match?.Unit?.Code));
    }

    [Theory]
    [InlineData("降本额（小时）", FileProblem.HeaderUnit)]
    [InlineData("降本额（千元）", FileProblem.HeaderUnit)]
    [InlineData("实际值（万元）", FileProblem.HeaderUnit)]
    [InlineData("节约额", null)]
    [InlineData("", null)]
    public void A_unit_that_does_not_fit_is_refused_and_an_unknown_name_is_unknown(string header, string? code)
    {
        Assert.Null(ImportColumns.Figures(Catalog).Match(header, out var problem));
        Assert.Equal(code, problem?.Code);
    }

    [Fact]
    public void Every_column_is_known_by_its_own_names()
    {
        foreach (var columns in ImportColumns.OfAll(Catalog))
        {
            Assert.True(columns.All.Count > 50);
            foreach (var column in columns.All)
                foreach (var name in (string[])[column.Key, column.NameZh, column.Header, column.Header.Split('\n')[0]])
                {
                    // A name that two columns share is refused, never guessed; the template's header says which.
                    var match = columns.Match(name, out var problem);
                    Assert.True(match?.Column == column || column.Kind == ColumnKind.Known || problem?.Code == FileProblem.HeaderAmbiguous, $"{name} is {match?.Column.Key}, wanted {column.Key} {problem?.Code}");
                }
        }
    }

    [Fact]
    public void Titles_and_group_names_above_the_header_are_passed_over_and_a_repeated_header_too()
    {
        var (rows, table) = Read("2026年8月降本情况,,,\n制表单位：某公司,,,\n,,成效,成效\n场景编号,报告期,降本额（万元）,节约工时\nS-1,2026-08,1,2\n场景编号,报告期,降本额(万元),节约工时\nS-2,2026-08,3,4\n");
        Assert.Equal([5, 7], rows.Select(r => r.Row));
        Assert.Equal(4, table.Sheets.Single().HeaderRow);
        var notice = Assert.Single(table.Notices);
        Assert.Equal((FileProblem.HeaderRepeated, 6, false), (notice.Code, notice.Row, notice.Blocks));
    }

    [Fact]
    public void Unknown_double_and_missing_columns_block_the_file_and_say_where_they_stand()
    {
        var (_, table) = Read("场景编号,,降本额,降本额（万元）,节约额\nS-1,4,1,2,3\n");
        Assert.Equal([(FileProblem.HeaderTwice, (int?)3), (FileProblem.HeaderUnknown, 4), (FileProblem.ColumnMissing, null), (FileProblem.ColumnUnnamed, 1)], table.Notices.Select(n => (n.Code, n.Column)));
        Assert.All(table.Notices, n => Assert.True(n.Blocks));
    }

    [Fact]
    public void A_mapping_kept_for_a_source_names_foreign_columns_and_their_unit()
    {
        var (rows, table) = Read("WBS,期间,节约额,经办人\nS-1,2026-08,12.5,略\n", [new("wbs", "scenario"), new("节约额", "COST_SAVE", "万元"), new("经办人", null)]);
        Assert.Empty(table.Notices);
        Assert.Equal(["scenario ", "period ", "COST_SAVE CNY10K"], rows.Single().Known().Select(k => $"{k.Match.Column.Key} {k.Match.Unit?.Code}"));
        Assert.Contains(Read("WBS,期间\nS-1,2026-08\n", [new("WBS", "nothing")]).Table.Notices, n => n.Code == FileProblem.HeaderUnknown && n.Blocks);
    }

    [Theory]
    [InlineData("S-1,2026-08\n", FileProblem.RowShort)]
    [InlineData("S-1,2026-08,1,2\n", FileProblem.RowLong)]
    [InlineData("S-1,2026-08,1,\n", null)]
    [InlineData("S-1,2026-08,\n", null)]
    public void A_row_of_another_width_than_the_header_is_not_taken_in(string row, string? code) =>
        Assert.Equal(code, Read("场景编号,报告期,降本额\n" + row).Rows.Single().Problem?.Code);

    [Fact]
    public void A_file_without_a_header_is_refused_by_name()
    {
        var (rows, table) = Read("甲,乙\n1,2\n");
        Assert.Empty(rows);
        Assert.Equal((FileProblem.HeaderMissing, true), table.Notices.Select(n => (n.Code, n.Blocks)).Single());
    }

    [Fact]
    public void A_second_reading_says_the_same_as_the_first()
    {
        using var file = SourceFile.Open(new MemoryStream("{\"scenario\":\"S-1\",\"period\":\"2026-08\"}\n{\"scenario\":\"S-2\",\"periode\":\"2026-08\"}\n"u8.ToArray()), "x").Value;
        (int, int?, string)[] Said()
        {
            var table = new SourceTable(file, ImportColumns.OfAll(Catalog));
            Assert.Equal(2, table.Rows(TestContext.Current.CancellationToken).Count());
            return [.. table.Notices.Select(n => (n.Row, n.Column, n.Code))];
        }
        Assert.Equal([(2, 2, FileProblem.HeaderUnknown)], Said());
        Assert.Equal([(2, 2, FileProblem.HeaderUnknown)], Said());
    }

    [Fact]
    public void A_workbook_may_hold_both_subjects_and_sheets_that_are_none()
    {
        static string Row(int r, params string[] texts) => $"<row r=\"{r}\">{string.Concat(texts.Select(t => $"<c t=\"inlineStr\"><is><t>{t}</t></is></c>"))}</row>";
        using var file = SourceFile.Open(new MemoryStream(Workbooks.Of([
            ("封面", Row(1, "某集团") + Row(2, "二〇二六年"), null),
            ("登记", Row(1, "场景编号", "场景名称", "阶段") + Row(2, "S-1", "质检", "试点"), null),
            ("八月", Row(1, "场景编号", "报告期", "降本额（元）") + Row(2, "S-1", "2026-08", "5"), null),
            ("隐藏", Row(1, "场景编号", "报告期", "降本额（元）") + Row(2, "S-9", "2026-08", "5"), "hidden")])), "x.xlsx").Value;
        var table = new SourceTable(file, ImportColumns.OfAll(Catalog));
        Assert.Equal([("登记", ImportSubject.Scenarios), ("八月", ImportSubject.Figures)], table.Rows(default).Select(r => (r.Sheet.Name, r.Sheet.Subject)));
        Assert.Equal([("隐藏", FileProblem.SheetHidden), ("封面", FileProblem.SheetSkipped)], table.Notices.Select(n => (n.Sheet, n.Code)));
    }

    private static (List<TableRow> Rows, SourceTable Table) Read(string csv, IReadOnlyList<ColumnMapping>? mapping = null)
    {
        var file = SourceFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "x.csv").Value;
        var table = new SourceTable(file, ImportColumns.OfAll(Catalog), mapping);
        return ([.. table.Rows(TestContext.Current.CancellationToken)], table);
    }
}
