using System.Globalization;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports.Formats;

namespace ScenarioHub.Tests.Features.Imports;

/// <summary>
/// What people and systems write into cells, each with the one value it has or the code it is refused for. The first sign of an expectation: <c>=</c> a value, <c>!</c> a problem,
/// <c>∅</c> an empty cell. Broken once by hand: brackets no minus, the comma of a semicolon file, the serial of 1904.
/// </summary>
public class HostileCellTests
{
    private static readonly ReferenceCatalog Catalog = ReferenceCatalog.Load();
    private static readonly ImportColumns Scenarios = ImportColumns.Scenarios(Catalog);

    public static TheoryData<string, string, string> Written => new()
    {
        // column, what stands in a CSV, what it is
        { "money", "1234.5", "=1234.5" }, { "money", "1,234.5", "=1234.5" }, { "money", "1,234,567.89", "=1234567.89" }, { "money", "12,34,567", "!cell-number-grouping" },
        { "money", "1,23", "!cell-number-grouping" }, { "money", "1234,5", "!cell-number-grouping" }, { "money", "1.234,56", "!cell-number-grouping" }, { "money", "0,123", "!cell-number-grouping" },
        { "money", "1 234,5", "!cell-number-grouping" }, { "money", "1 234.5", "!cell-number-grouping" }, { "money", "1\u00A0234.5", "=1234.5" }, { "money", "1\u202F234\u202F567", "=1234567" },
        { "money", "1'234.50", "=1234.5" }, { "money", "1，234．5", "=1234.5" }, { "money", "１２３", "=123" }, { "money", "１２３．４５", "=123.45" }, { "money", "\u0663\u0664", "!cell-foreign-digits" },
        { "money", "一百二十", "!cell-foreign-digits" }, { "money", "壹佰万元整", "!cell-foreign-digits" }, { "money", "①", "!cell-foreign-digits" }, { "money", "1E+05", "!cell-number-scientific" },
        { "money", "1.2e6", "!cell-number-scientific" }, { "money", "9.14E+17", "!cell-number-scientific" }, { "money", "(1,234)", "=-1234" }, { "money", "（1,234.50）", "=-1234.5" }, { "money", "(-5)", "!cell-not-a-number" },
        { "money", "(5", "!cell-not-a-number" }, { "money", "-5", "=-5" }, { "money", "\u22125", "=-5" }, { "money", "－5", "=-5" }, { "money", "–5.00", "=-5" }, { "money", "5-", "=-5" }, { "money", "+5", "=5" },
        { "money", "--5", "!cell-not-a-number" }, { "money", "- 5", "=-5" }, { "money", "-0", "=0" }, { "money", " 5 ", "=5" }, { "money", "\u00A05\u00A0", "=5" }, { "money", "\u30005\u3000", "=5" },
        { "money", "\u200B5\uFEFF", "=5" }, { "money", "5\t", "=5" }, { "money", "5\n6", "!cell-control-character" }, { "money", "5 6", "!cell-number-grouping" }, { "money", "100万元", "=1000000" }, { "money", "1.5 亿元", "=150000000" },
        { "money", "1.5万", "=15000" }, { "money", "3亿", "=300000000" }, { "money", "3千元", "!cell-unit-unknown" }, { "money", "2百万元", "!cell-unit-unknown" }, { "money", "500元", "=500" }, { "money", "500 元", "=500" },
        { "money", "1200(万元)", "=12000000" }, { "money", "￥1,234.50", "=1234.5" }, { "money", "¥-12", "=-12" }, { "money", "-¥12", "=-12" }, { "money", "CNY 12", "=12" }, { "money", "人民币12元", "=12" }, { "money", "RMB12万元", "=120000" },
        { "money", "$12", "!cell-foreign-money" }, { "money", "12美元", "!cell-foreign-money" }, { "money", "US$12", "!cell-foreign-money" }, { "money", "12.5%", "!cell-percent-not-here" }, { "money", "约500", "!cell-number-not-exact" },
        { "money", "500左右", "!cell-number-not-exact" }, { "money", "500余", "!cell-number-not-exact" }, { "money", "500+", "!cell-several-numbers" }, { "money", ">100", "!cell-number-not-exact" }, { "money", "100-200", "!cell-several-numbers" },
        { "money", "100~200", "!cell-several-numbers" }, { "money", "1/2", "!cell-several-numbers" }, { "money", "3*4", "!cell-several-numbers" }, { "money", "无", "!cell-placeholder" }, { "money", "/", "!cell-placeholder" }, { "money", "-", "!cell-placeholder" },
        { "money", "——", "!cell-placeholder" }, { "money", "N/A", "!cell-placeholder" }, { "money", "待定", "!cell-placeholder" }, { "money", "abc", "!cell-not-a-number" }, { "money", ".5", "!cell-not-a-number" }, { "money", "5.", "!cell-not-a-number" },
        { "money", "1.2.3", "!cell-number-grouping" }, { "money", "0.005", "!value-too-precise" }, { "money", "99999999999999999999", "!value-too-large" }, { "money", "1e400", "!cell-number-scientific" }, { "money", "=1+1", "!cell-not-a-number" },
        { "money", "'123", "=123" }, { "money", "   ", "∅" }, { "money", "\u200B", "∅" }, { "money", "工时12", "!cell-not-a-number" }, { "money", "12工时", "!cell-unit-unknown" }, { "money", "007", "=7" },
        { "money@万元", "12.5", "=125000" }, { "money@万元", "12.5万元", "=125000" }, { "money@万元", "500元", "=500" }, { "money@万元", "1.2亿元", "=120000000" }, { "money@万元", "1.5万", "!cell-unit-unclear" }, { "money@万元", "3亿", "!cell-unit-unclear" },
        { "money@万元", "¥12", "!cell-unit-unclear" }, { "money@亿元", "0.000000001", "=0.1" }, { "money@亿元", "0.00000000001", "!value-too-precise" },
        { "percent", "12.5", "=12.5" }, { "percent", "12.5%", "=12.5" }, { "percent", "12.5 ％", "=12.5" }, { "percent", "3个百分点", "!cell-percentage-points" }, { "percent", "3成", "!cell-tenths" }, { "percent", "5‰", "!cell-tenths" },
        { "percent", "2倍", "!cell-tenths" }, { "percent", "100.0000001", "!value-too-precise" },
        { "hours", "2人年", "=4000" }, { "hours", "12小时", "=12" }, { "hours", "12 hours", "=12" }, { "hours", "12h", "=12" }, { "hours", "1.5万", "=15000" }, { "hours", "90分钟", "!cell-unit-unknown" },
        { "integer", "3", "=3" }, { "integer", "3.0", "=3" }, { "integer", "3.5", "!cell-not-whole" }, { "integer", "99999999999", "!cell-too-large" }, { "integer", "3级", "!cell-unit-unknown" }, { "integer", "三级", "!cell-foreign-digits" },
        { "date", "2026-08-01", "=2026-08-01" }, { "date", "2026/8/1", "=2026-08-01" }, { "date", "2026.8.1", "=2026-08-01" }, { "date", "20260801", "=2026-08-01" }, { "date", "2026年8月1日", "=2026-08-01" }, { "date", "2026 年 8 月 1 日", "=2026-08-01" },
        { "date", "２０２６－０８－０１", "=2026-08-01" }, { "date", "2026-08-01 10:30", "=2026-08-01" }, { "date", "2026-08-01T00:00:00", "=2026-08-01" }, { "date", "2026-08-01T16:00:00Z", "!cell-date-unclear" }, { "date", "2026-08-01T00:00:00+08:00", "!cell-date-unclear" },
        { "date", "8/1/2026", "!cell-date-unclear" }, { "date", "01.08.2026", "!cell-date-unclear" }, { "date", "26-8-1", "!cell-date-unclear" }, { "date", "2026-08", "!cell-date-unclear" }, { "date", "2026年8月", "!cell-date-unclear" }, { "date", "45870", "!cell-date-unclear" },
        { "date", "2026-02-30", "!cell-date-impossible" }, { "date", "2026-13-01", "!cell-date-impossible" }, { "date", "20260230", "!cell-date-impossible" }, { "date", "2026-8/1", "!cell-not-a-date" }, { "date", "Aug 1, 2026", "!cell-not-a-date" }, { "date", "长期", "!cell-not-a-date" },
        { "date", "2026", "!cell-not-a-date" }, { "date", "无", "!cell-placeholder" }, { "date", "2026年8日", "!cell-not-a-date" }, { "date", "1026-08-01", "!cell-date-impossible" },
        { "month", "2026-08", "=2026-08" }, { "month", "2026-8", "=2026-08" }, { "month", "2026/8", "=2026-08" }, { "month", "2026.08", "=2026-08" }, { "month", "202608", "=2026-08" }, { "month", "2026年8月", "=2026-08" }, { "month", "2026年08月份", "=2026-08" },
        { "month", "08/2026", "=2026-08" }, { "month", "2026-08-01", "=2026-08" }, { "month", "2026-08-31", "=2026-08" }, { "month", "2026-08-15", "!cell-date-unclear" }, { "month", "2026.1", "!cell-date-unclear" }, { "month", "2026.10", "=2026-10" }, { "month", "2026Q3", "!cell-not-a-month" },
        { "month", "2026年三季度", "!cell-not-a-month" }, { "month", "8月", "!cell-not-a-month" }, { "month", "2026", "!cell-not-a-month" }, { "month", "2026-13", "!cell-date-impossible" }, { "month", "2009-08", "!cell-date-impossible" }, { "month", "Aug-26", "!cell-not-a-month" },
        { "bool", "是", "=true" }, { "bool", "否", "=false" }, { "bool", "√", "=true" }, { "bool", "×", "=false" }, { "bool", "Ｙ", "=true" }, { "bool", "n", "=false" }, { "bool", "TRUE", "=true" }, { "bool", "1", "=true" }, { "bool", "0", "=false" },
        { "bool", "x", "!cell-not-yes-or-no" }, { "bool", "有", "!cell-not-yes-or-no" }, { "bool", "是否", "!cell-not-yes-or-no" }, { "bool", "-", "!cell-not-yes-or-no" },
        { "code", " S-1 ", "=S-1" }, { "code", "Ｓ－００１", "=S-001" }, { "code", "S\u200B-1", "=S-1" }, { "code", "0012", "=0012" }, { "code", "'0012", "=0012" }, { "code", "=\"0012\"", "=0012" }, { "code", "1E+05", "!cell-digits-lost" }, { "code", "914E17", "=914E17" },
        { "code", "9.14E+17", "!cell-digits-lost" }, { "code", "S-1\nS-2", "!cell-control-character" }, { "code", "无", "!cell-placeholder" }, { "code", "123456789012345678", "=123456789012345678" },
        { "credit", "91110000100000015A", "=91110000100000015A" }, { "credit", "9111 0000 1000 0001 5a", "=91110000100000015A" }, { "credit", "９１１１００００１０００００１５Ｗ", "!cell-credit-code" }, { "credit", "91110000100000015X", "!cell-credit-code" },
        { "credit", "9.1110000100000E+17", "!cell-digits-lost" }, { "credit", "9111000010000001", "!cell-credit-code" }, { "credit", "9I110000100000015W", "!cell-credit-code" },
        { "stage", "pilot", "=pilot" }, { "stage", "PILOT", "=pilot" }, { "stage", "试点", "=pilot" }, { "stage", " 试 点 ", "=pilot" }, { "stage", "pilot 试点", "=pilot" }, { "stage", "Scaled", "=scaled" }, { "stage", "试点中", "!cell-unknown-code" }, { "stage", "4", "!cell-unknown-code" },
        { "kind", "需求场景", "=demand" }, { "kind", "需求场景（机会清单）", "=demand" }, { "kind", "Demand (scenario opportunity)", "=demand" },
        { "techs", "语言大模型、视觉", "=llm,vision" }, { "techs", "llm；vision;llm", "=llm,vision" }, { "techs", "语言大模型/视觉\n其他", "=llm,vision,other" }, { "techs", "语言大模型、视力", "!cell-unknown-code" },
        { "region", "110000", "=110000" }, { "region", "北京市", "=110000" }, { "region", "110000 北京市", "=110000" }, { "region", "Beijing", "=110000" }, { "region", "北京", "!cell-unknown-code" },
        { "division", "44", "=44" }, { "division", "农业", "=01" }, { "division", "01", "=01" }, { "division", "1", "!cell-leading-zeros-lost" }, { "division", "A", "!cell-unknown-code" },
        { "figure", "零报", "=zero" }, { "figure", "免报", "=exempt" }, { "figure", "Withheld", "=withheld" }, { "figure", "0", "=0" }, { "figure", "未报", "!cell-placeholder" }, { "figure", "12.5", "=12.5" },
        { "text", "  你好\u00A0世界 ", "=你好\u00A0世界" }, { "text", "\uFEFF=1+1", "==1+1" }, { "text", "𠮷野家 🤖 䶮", "=𠮷野家 🤖 䶮" }, { "text", "a\u0007b", "!cell-control-character" }, { "text", "一行\r\n二行", "=一行\n二行" }, { "text", "1E+05", "=1E+05" },
        { "list", "一\n二\n\n三", "=一|二|三" },
    };

    public static TheoryData<string, string, string, string, string?, string> InWorkbooks => new()
    {
        // column, kind, text, source, number format, what it is
        { "money", "Number", "100000", "Xlsx", null, "=100000" }, { "money", "Number", "1E5", "Xlsx", null, "=100000" }, { "money", "Number", "1234.5599999999999", "Xlsx", null, "=1234.56" }, { "money", "Number", "0.30000000000000004", "Xlsx", null, "=0.3" },
        { "money", "Number", "1234.5599999999999", "Json", null, "!value-too-precise" }, { "money", "Number", "1e30", "Json", null, "!value-too-large" }, { "money", "Number", "12.3", "Xlsx", "0.00\"万元\"", "=123000" }, { "money", "Number", "12.3", "Xlsx", "0.00\"万元\";-0.00\"万元\"", "=123000" },
        { "money", "Number", "123000", "Xlsx", "0!.0,\"万元\"", "!cell-number-shown-scaled" }, { "money", "Number", "123000", "Xlsx", "#,##0,", "!cell-number-shown-scaled" }, { "money", "Number", "1234", "Xlsx", "\"¥\"#,##0.00", "=1234" }, { "money", "Number", "12", "Xlsx", "[$$-409]#,##0", "!cell-foreign-money" },
        { "money", "Number", "0.125", "Xlsx", "0.0%", "!cell-percent-not-here" }, { "percent", "Number", "0.125", "Xlsx", "0.0%", "=12.5" }, { "percent", "Number", "12.5", "Xlsx", null, "=12.5" }, { "money", "Date", "2026-08-01", "Xlsx", null, "!cell-is-a-date" },
        { "money", "Bool", "true", "Xlsx", null, "!cell-not-a-number" }, { "money", "Error", "#N/A", "Xlsx", null, "!cell-error" }, { "money", "Uncalculated", "", "Xlsx", null, "!cell-formula-not-calculated" }, { "text", "Error", "#REF!", "Xlsx", null, "!cell-error" }, { "bool", "Bool", "true", "Xlsx", null, "=true" },
        { "date", "Number", "45870", "Xlsx", null, "=2025-08-01" }, { "date", "Number", "45870", "Xlsx1904", null, "=2029-08-02" }, { "date", "Number", "45870.75", "Xlsx", null, "=2025-08-01" }, { "date", "Number", "20260801", "Xlsx", null, "=2026-08-01" }, { "date", "Number", "45870", "Json", null, "!cell-not-a-date" },
        { "date", "Date", "2026-08-01T10:30:00", "Xlsx", null, "=2026-08-01" }, { "date", "Date", "T10:30:00", "Xlsx", null, "!cell-not-a-date" }, { "date", "Number", "12", "Xlsx", null, "!cell-not-a-date" }, { "month", "Date", "2026-08-01", "Xlsx", null, "=2026-08" }, { "month", "Number", "202608", "Xlsx", null, "=2026-08" },
        { "month", "Number", "2026.1", "Xlsx", null, "!cell-date-unclear" }, { "month", "Number", "45870", "Xlsx", null, "=2025-08" }, { "code", "Number", "12", "Xlsx", "000000", "=000012" }, { "code", "Number", "12", "Xlsx", null, "=12" }, { "code", "Number", "1.1", "Xlsx", null, "!cell-digits-lost" },
        { "code", "Number", "9.1110000100000014E+17", "Xlsx", null, "!cell-digits-lost" }, { "code", "Number", "1234567890123456", "Xlsx", null, "!cell-digits-lost" }, { "code", "Date", "2026-02-01", "Xlsx", null, "!cell-is-a-date" }, { "code", "Bool", "true", "Xlsx", null, "!cell-code-is-a-number" },
        { "credit", "Number", "9.1110000100000014E+17", "Xlsx", null, "!cell-digits-lost" }, { "credit", "Number", "911100001000000155", "Json", null, "!cell-digits-lost" }, { "region", "Number", "110000", "Xlsx", null, "=110000" }, { "division", "Number", "1", "Xlsx", null, "!cell-leading-zeros-lost" }, { "division", "Number", "1", "Xlsx", "00", "=01" },
        { "techs", "List", "[\"llm\",\"视觉\"]", "Json", null, "=llm,vision" }, { "techs", "List", "[]", "Json", null, "=" }, { "stage", "List", "[\"pilot\",\"idea\"]", "Json", null, "!cell-not-a-list" }, { "list", "List", "[\"a\\nb\",\"c\"]", "Json", null, "=a\nb|c" }, { "text", "List", "[]", "Json", null, "!cell-not-a-list" },
        { "text", "Number", "0.1", "Json", null, "=0.1" }, { "money", "Empty", "", "Json", null, "∅" }, { "month", "Text", "2026.1", "Xlsx", null, "=2026-01" }, { "money", "Text", "1,234", "CsvSemicolon", null, "!cell-number-grouping" }, { "money", "Text", "1,234.5", "CsvSemicolon", null, "=1234.5" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void A_written_cell_has_one_meaning_or_is_refused_by_name(string column, string text, string expected) =>
        Assert.Equal(expected, Read(column, new SourceCell(0, text, CellKind.Text, CellSource.Csv)));

    [Theory]
    [MemberData(nameof(InWorkbooks))]
    public void A_cell_of_a_workbook_or_of_JSON_means_what_a_person_sees(string column, string kind, string text, string source, string? format, string expected) =>
        Assert.Equal(expected, Read(column, new SourceCell(0, text, Enum.Parse<CellKind>(kind), Enum.Parse<CellSource>(source), format)));

    [Fact]
    public void There_are_more_than_two_hundred_hostile_cells() => Assert.True(Written.Count + InWorkbooks.Count > 200);

    [Fact]
    public void Every_problem_says_in_both_languages_what_was_found_and_what_would_be_right()
    {
        foreach (var row in Written)
            if (Problem(row.Data.Item1, new SourceCell(0, row.Data.Item2, CellKind.Text, CellSource.Csv)) is { } problem)
            {
                Assert.Contains(problem.Message.Zh, c => c > 0x4E00);
                Assert.DoesNotContain(problem.Message.Zh, c => char.IsControl(c));
                Assert.NotEqual(problem.Message.Zh, problem.Message.En);
                Assert.True(problem.Message.Zh.Length > 8, problem.Message.Zh);
            }
    }

    private static CellProblem? Problem(string column, SourceCell cell) { _ = Read(column, cell, out var problem); return problem; }

    private static string Read(string column, SourceCell cell) => Read(column, cell, out _);

    private static string Read(string column, SourceCell cell, out CellProblem? problem)
    {
        var money = Catalog.Measure("COST_SAVE").Units;
        var (text, why) = column switch
        {
            "money" => Shown(CellText.Decimal(cell, money), Number),
            "money@万元" => Shown(CellText.Decimal(cell, money, money.Find("万元")), Number),
            "money@亿元" => Shown(CellText.Decimal(cell, money, money.Find("亿元")), Number),
            "percent" => Shown(CellText.Decimal(cell, Catalog.UnitsOf("PERCENT")), Number),
            "hours" => Shown(CellText.Decimal(cell, Catalog.Measure("HOURS_SAVED").Units), Number),
            "integer" => Shown(CellText.Integer(cell), i => i.ToString(CultureInfo.InvariantCulture)),
            "date" => Shown(CellText.Date(cell), d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            "month" => Shown(CellText.Month(cell), m => m.ToString()),
            "bool" => Shown(CellText.Bool(cell), b => b ? "true" : "false"),
            "code" => Shown(CellText.Code(cell), x => x),
            "credit" => Shown(CellText.CreditCode(cell), x => x),
            "stage" => Shown(CellText.One(cell, Scenarios.Find("stage")!.Names!), x => x),
            "kind" => Shown(CellText.One(cell, Scenarios.Find("kind")!.Names!), x => x),
            "region" => Shown(CellText.One(cell, Scenarios.Find("region")!.Names!), x => x),
            "division" => Shown(CellText.One(cell, Scenarios.Find("industryDivision")!.Names!), x => x),
            "techs" => Shown(CellText.Many(cell, Scenarios.Find("techTypes")!.Names!), x => string.Join(',', x)),
            "list" => Shown(CellText.List(cell), x => string.Join('|', x)),
            "figure" => Shown(CellText.Figure(cell, money), f => f.State ?? f.Number.Text),
            _ => Shown(CellText.Text(cell), x => x)
        };
        problem = why;
        return text;
    }

    private static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static (string, CellProblem?) Shown<T>(Understood<T> read, Func<T, string> value) =>
        !read.Given ? ("∅", null) : read.Problem is { } problem ? ("!" + problem.Code, problem) : ("=" + value(read.Value), null);
}
