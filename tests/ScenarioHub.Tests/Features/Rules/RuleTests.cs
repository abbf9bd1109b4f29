using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Rules;

namespace ScenarioHub.Tests.Features.Rules;

/// <summary>Every rule: a case that it finds, and one just short of that. Broken by hand: every comparison of both files moved by its boundary; a case of each rule said so.</summary>
public class RuleTests
{
    private static readonly ReferenceCatalog Catalog = ReferenceCatalog.Load();
    private static readonly Month August = Month.Parse("2026-08");

    [Fact]
    public void Every_rule_has_a_case_here_and_says_in_both_languages_what_it_asks()
    {
        Assert.Equal(Rule.All.Select(r => r.Id), Rule.All.Select(r => r.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Rule.All.Select(r => r.Id), Cases.Select(c => c.Rule).Distinct().Order(StringComparer.Ordinal));
        foreach (var rule in Rule.All)
        {
            foreach (var words in rule.Parameters.Select(p => p.Label).Concat([rule.Name, rule.Why, rule.Right])) Assert.True(words.Zh.Length > 1 && words.En.Length > 1, rule.Id);
            Assert.Contains(rule.Severity, Severity.All);
            Assert.All(rule.Parameters, p => Assert.InRange(p.Default, p.Min, p.Max));
        }
    }

    [Fact]
    public void Rules_find_what_is_wrong_and_leave_alone_what_just_is_not()
    {
        var wrong = new List<string>();
        foreach (var (rule, what, entry, expected) in Cases)
        {
            var found = Rule.Find(rule)!.Judge(entry, new RuleValues(Rule.Find(rule)!, null)).ToArray();
            if (found.Length != expected) wrong.Add($"{rule} {what}: found {found.Length}, not {expected}: {string.Join("; ", found.Select(f => f.What.En))}");
            foreach (var f in found)
                if (Catalog.FindMeasure(f.Measure) is null || f.About.Length is 0 or > 400 || f.What.Zh.Length is 0 or > 1000 || f.What.En.Length > 1000 || f.Right.Zh.Length == 0 || f.Right.En.Length == 0) wrong.Add($"{rule} {what}: {f}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [InlineData(100, true), InlineData(190, true), InlineData(55, true), InlineData(1_000, true), InlineData(10_000, true), InlineData(100_000_000, true)]
    [InlineData(0.01, true), InlineData(0.001, true), InlineData(0.0001, true), InlineData(0.00000001, true)]
    [InlineData(1, false), InlineData(30, false), InlineData(210, false), InlineData(0.03, false), InlineData(1_000_000, false)]
    public void A_unit_slip_is_one_of_the_four_multiples_or_its_inverse_within_twice(double times, bool slips)
    {
        var usual = 20_000_000_00L;
        var f = Figure("COST_SAVE", (long)(usual * times)) with { Past = Months(usual, usual, usual) };
        Assert.Equal(slips, Rule.Find("S-06")!.Judge(Of(f), new RuleValues(Rule.Find("S-06")!, null)).Any());
    }

    [Fact]
    public void A_rule_set_changes_numbers_and_weight_and_switches_rules_off()
    {
        var entry = Of(Figure("COST_SAVE", 140_00) with { Past = Months(100_00, 100_00, 100_00) });
        Assert.Equal("S-01", Assert.Single(RulesInForce.BuiltIn.Judge(entry)).By.Rule.Id);
        Assert.Empty(With("S-01", new(Parameters: new Dictionary<string, decimal> { ["percent"] = 41 })).Judge(entry));
        Assert.Empty(With("S-01", new(Enabled: false)).Judge(entry));
        Assert.Equal("warning", Assert.Single(With("S-01", new(Severity: "warning")).Judge(entry)).By.Severity);

        var wrong = RuleSetChanges.Apply(RulesInForce.BuiltIn.Items, new Dictionary<string, RuleChange>
        {
            ["X-9"] = new(),
            ["S-01"] = new("fatal", null, new Dictionary<string, decimal> { ["percent"] = 0, ["percents"] = 30 }),
            ["S-04"] = new(null, null, new Dictionary<string, decimal> { ["percent"] = 30 })
        });
        Assert.Equal(["parameter-out-of-range", "unknown-code", "unknown-parameter", "unknown-parameter", "unknown-rule"], wrong.Why!.Errors!.Select(e => e.Code).Order(StringComparer.Ordinal));

        static RulesInForce With(string rule, RuleChange change) => new(null, 2, null, RuleSetChanges.Apply(RulesInForce.BuiltIn.Items, new Dictionary<string, RuleChange> { [rule] = change }).Value);
    }

    private static readonly (string Rule, string What, Entry Entry, int Expected)[] Cases =
    [
        ("H-01", "a fen above plan and tolerance", Of(Figure("INVEST_HW", 100_00)) with { CapexTotalFen = 1000_00, Before = new Dictionary<string, long> { ["INVEST_SW"] = 1000_01 } }, 1),
        ("H-01", "plan and tolerance used up", Of(Figure("INVEST_HW", 100_00)) with { CapexTotalFen = 1000_00, Before = new Dictionary<string, long> { ["INVEST_SW"] = 1000_00 } }, 0),
        ("H-01", "nothing invested this month", Of(Figure("COST_SAVE", 1)) with { CapexTotalFen = 1000_00, Before = new Dictionary<string, long> { ["INVEST_SW"] = 5000_00 } }, 0),
        ("H-01", "no plan", Of(Figure("INVEST_HW", 100_00)), 0),
        ("H-02", "two costs together above the year", Of(Figure("OPEX_COMPUTE", 700_00), Figure("OPEX_MAINT", 501_00)) with { OpexYearFen = 1200_00 }, 1),
        ("H-02", "just the year", Of(Figure("OPEX_COMPUTE", 700_00), Figure("OPEX_MAINT", 500_00)) with { OpexYearFen = 1200_00 }, 0),
        ("H-03", "more conforming than inspected", Of(Ratio("YIELD", 101, 100)), 1),
        ("H-03", "all conforming", Of(Ratio("YIELD", 100, 100)), 0),
        ("H-03", "a gain is no share", Of(Ratio("EFF_UP", 300, 100)), 0),
        ("H-04", "a target of 101 %", Of(Ratio("YIELD", 1, 2) with { Target = 101_000_000 }), 1),
        ("H-04", "a baseline below 0", Of(Ratio("YIELD", 1, 2) with { Baseline = -1 }), 1),
        ("H-04", "0 and 100 %", Of(Ratio("YIELD", 1, 2) with { Baseline = 0, Target = 100_000_000 }), 0),
        ("H-05", "the baseline's quarter holds the month", Of(Figure("COST_SAVE", 1) with { Promised = new("2026Q3", null, null, null) }), 1),
        ("H-05", "the baseline is the month itself", Of(Figure("COST_SAVE", 1) with { Promised = new("2026-08", null, null, null) }), 1),
        ("H-05", "the baseline's quarter is over", Of(Figure("COST_SAVE", 1) with { Promised = new("2026Q2", null, null, null) }), 0),
        ("H-06", "due on the last day of the baseline", Of(Figure("COST_SAVE", 1) with { Promised = new("2025", null, null, new DateOnly(2025, 12, 31)) }), 1),
        ("H-06", "due on the day after", Of(Figure("COST_SAVE", 1) with { Promised = new("2025", null, null, new DateOnly(2026, 1, 1)) }), 0),
        ("H-07", "live the day after the month", Of(Figure("COST_SAVE", 1)) with { GoLiveOn = new DateOnly(2026, 9, 1) }, 1),
        ("H-07", "live on its last day", Of(Figure("COST_SAVE", 1)) with { GoLiveOn = new DateOnly(2026, 8, 31) }, 0),
        ("H-07", "investing before going live", Of(Figure("INVEST_HW", 1), Figure("OPEX_MAINT", 1)) with { GoLiveOn = new DateOnly(2027, 1, 1) }, 0),
        ("H-08", "CO2 beyond the factor", Of(Figure("CO2_CUT", 1_210_000), Figure("ENERGY_SAVE", 1000_000_000)), 1),
        ("H-08", "CO2 at the factor", Of(Figure("CO2_CUT", 1_200_000), Figure("ENERGY_SAVE", 1000_000_000)), 0),
        ("H-08", "CO2 of coal", Of(Figure("CO2_CUT", 3_000_000), Figure("COAL_SAVE", 1_000_000)), 0),
        ("H-08", "CO2 alone", Of(Figure("CO2_CUT", 9_000_000)), 0),
        ("H-09", "confirmed by finance, by what?", Of(Figure("COST_SAVE", 1) with { Grade = "financeConfirmed" }), 1),
        ("H-09", "with a voucher", Of(Figure("COST_SAVE", 1) with { Grade = "financeConfirmed", Note = "凭证 2026-08-113" }), 0),
        ("H-09", "measured", Of(Figure("COST_SAVE", 1) with { Grade = "measured" }), 0),

        ("S-01", "31 % up", Of(Figure("COST_SAVE", 131_00) with { Past = Months(100_00, 100_00, 100_00) }), 1),
        ("S-01", "30 % up", Of(Figure("COST_SAVE", 130_00) with { Past = Months(100_00, 100_00, 100_00) }), 0),
        ("S-01", "31 % down", Of(Figure("COST_SAVE", 69_00) with { Past = Months(100_00, 100_00, 100_00) }), 1),
        ("S-01", "two months of history", Of(Figure("COST_SAVE", 500_00) with { Past = Months(100_00, 100_00) }), 0),
        ("S-01", "the month before not filed", Of(Figure("COST_SAVE", 500_00) with { Past = [.. Months(100_00, 100_00, 100_00, 100_00).Take(3)] }), 0),
        ("S-01", "investment comes in lumps", Of(Figure("INVEST_HW", 500_00) with { Past = Months(100_00, 100_00, 100_00) }), 0),
        ("S-01", "nine served after four", Of(Figure("PEOPLE_SERVED", 9_000_000) with { Past = Months(4_000_000, 4_000_000, 4_000_000) }), 0),
        ("S-01", "fourteen served after ten", Of(Figure("PEOPLE_SERVED", 14_000_000) with { Past = Months(10_000_000, 10_000_000, 10_000_000) }), 1),
        ("S-01", "a ratio, not its parts", Of(Ratio("YIELD", 900, 1000) with { Past = [.. Months(1, 2, 3).Select(m => m with { Quantity = 90_000_000, Denominator = 100_000_000 })] }), 0),
        ("S-02", "31 % above last August", Of(Figure("COST_SAVE", 131_00) with { Past = [At("2025-08", 100_00), .. Months(120_00, 125_00)] }), 1),
        ("S-02", "30 % above last August", Of(Figure("COST_SAVE", 130_00) with { Past = [At("2025-08", 100_00), .. Months(120_00, 125_00)] }), 0),
        ("S-03", "a return of 301 %", Of(Figure("COST_SAVE", 401_00)) with { CapexTotalFen = 100_00 }, 1),
        ("S-03", "a return of 300 %", Of(Figure("COST_SAVE", 400_00)) with { CapexTotalFen = 100_00 }, 0),
        ("S-03", "running cost counts against it", Of(Figure("COST_SAVE", 401_00), Figure("OPEX_MAINT", 1_00)) with { CapexTotalFen = 100_00 }, 0),
        ("S-03", "what was spent before what was planned", Of(Figure("COST_SAVE", 401_00)) with { CapexTotalFen = 100_00, Before = new Dictionary<string, long> { ["INVEST_HW"] = 200_00 } }, 0),
        ("S-03", "all the months before", Of(Figure("COST_SAVE", 1_00)) with { CapexTotalFen = 100_00, Before = new Dictionary<string, long> { ["REV_GAIN"] = 400_00 } }, 1),
        ("S-04", "its own target", Of(Figure("COST_SAVE", 100_00) with { Target = 100_00 }), 1),
        ("S-04", "the registered target", Of(Figure("COST_SAVE", 100_00) with { Promised = new(null, 100_00, null, null) }), 1),
        ("S-04", "the registered ratio", Of(Ratio("YIELD", 99, 100) with { Promised = new(null, 990_000_000, 1000_000_000, null) }), 1),
        ("S-04", "a fen short of it", Of(Figure("COST_SAVE", 99_99) with { Target = 100_00 }), 0),
        ("S-05", "the same again", Of(Figure("COST_SAVE", 100_00) with { Past = Months(100_00) }), 1),
        ("S-05", "a fen more", Of(Figure("COST_SAVE", 100_01) with { Past = Months(100_00) }), 0),
        ("S-05", "a level stays", Of(Figure("COMPUTE_EF", 100_00) with { Past = Months(100_00) }), 0),
        ("S-06", "yuan for 万元", Of(Figure("COST_SAVE", 1_000_000_00) with { Past = Months(100_00, 90_00, 110_00) }), 1),
        ("S-06", "万元 for yuan", Of(Figure("HOURS_SAVED", 100) with { Past = Months(1_000_000, 900_000, 1_100_000) }), 1),
        ("S-06", "forty times", Of(Figure("COST_SAVE", 4_000_00) with { Past = Months(100_00, 90_00, 110_00) }), 0),
        ("S-07", "a month of ten plans", Of(Figure("INVEST_HW", 1000_00)) with { CapexTotalFen = 100_00 }, 1),
        ("S-07", "a month below ten plans", Of(Figure("INVEST_HW", 999_99)) with { CapexTotalFen = 100_00 }, 0),
        ("S-07", "running cost a ten-thousandth of the planned month", Of(Figure("OPEX_MAINT", 1_00)) with { OpexYearFen = 120_000_00 }, 1),
        ("S-07", "running cost a hundredth of it", Of(Figure("OPEX_MAINT", 100_00)) with { OpexYearFen = 120_000_00 }, 0),
        ("S-08", "a thousand times the sector's average", Of(Figure("COST_SAVE", 100_000_00) with { Peers = new(100, 30) }), 1),
        ("S-08", "just below", Of(Figure("COST_SAVE", 99_999_00) with { Peers = new(100, 30) }), 0),
        ("S-08", "a ten-thousandth", Of(Figure("COST_SAVE", 1) with { Peers = new(100, 30) }), 1),
        ("S-08", "too few peers", Of(Figure("COST_SAVE", 100_000_00) with { Peers = new(100, 29) }), 0),
        ("S-09", "hours lost", Of(Figure("HOURS_SAVED", -1)), 1),
        ("S-09", "a month that cost more than it brought", Of(Figure("COST_SAVE", 1_00), Figure("OPEX_MAINT", 1_01)), 1),
        ("S-09", "a month that broke even", Of(Figure("COST_SAVE", 1_00), Figure("OPEX_MAINT", 1_00)), 0),
        ("S-10", "a saving above a hundred running costs", Of(Figure("COST_SAVE", 100_01), Figure("OPEX_MAINT", 1_00)), 1),
        ("S-10", "a saving of a hundred", Of(Figure("COST_SAVE", 100_00), Figure("OPEX_MAINT", 1_00)), 0),
        ("S-11", "251 hours for one person", Of(Figure("HOURS_SAVED", 251_000_000), Ratio("ADOPT_RATE", 1, 1)), 1),
        ("S-11", "250 hours for one person", Of(Figure("HOURS_SAVED", 250_000_000), Ratio("ADOPT_RATE", 1, 1)), 0),
        ("S-12", "the same rate an hour for three months", Of(Figure("COST_SAVE", 80_00) with { Past = Months(240_00, 160_00) }, Figure("HOURS_SAVED", 1_000_000) with { Past = Months(3_000_000, 2_000_000) }), 1),
        ("S-12", "one per cent beside it", Of(Figure("COST_SAVE", 80_80) with { Past = Months(240_00, 160_00) }, Figure("HOURS_SAVED", 1_000_000) with { Past = Months(3_000_000, 2_000_000) }), 0),
        ("S-12", "for two months", Of(Figure("COST_SAVE", 80_00) with { Past = Months(250_00, 160_00) }, Figure("HOURS_SAVED", 1_000_000) with { Past = Months(3_000_000, 2_000_000) }), 0),
        ("S-13", "more than three planned months", Of(Figure("OPEX_MAINT", 300_01)) with { OpexYearFen = 1200_00 }, 1),
        ("S-13", "three planned months", Of(Figure("OPEX_MAINT", 300_00)) with { OpexYearFen = 1200_00 }, 0),
        ("S-13", "a zero is no cost", Of(Figure("OPEX_MAINT", 0) with { State = FigureState.Zero }) with { OpexYearFen = 1200_00 }, 0)
    ];

    private static Entry Of(params EntryFigure[] figures) => new() { Period = August, Figures = figures };

    private static EntryFigure Figure(string measure, long quantity) => new() { Measure = Catalog.Measure(measure), State = FigureState.Reported, Quantity = quantity };

    private static EntryFigure Ratio(string measure, long numerator, long denominator) => Figure(measure, numerator * 1_000_000) with { Denominator = denominator * 1_000_000 };

    private static PastFigure At(string month, long quantity) => new(Month.Parse(month), quantity, 0);

    /// <summary>The months up to the one before August, the last given last.</summary>
    private static PastFigure[] Months(params long[] quantities) => [.. quantities.Select((q, i) => new PastFigure(August.AddMonths(i - quantities.Length), q, 0))];
}

/// <summary>What explains and what does not.</summary>
public class ExplanationTests
{
    [Theory]
    [InlineData("核实无误"), InlineData("情况属实。"), InlineData("数据无误"), InlineData("经核实,数据无误,情况属实。"), InlineData("核实无误核实无误核实无误核实无误核实无误")]
    [InlineData("核-实-无-误!!!!!!!!!!"), InlineData("  核 实  无 误  "), InlineData("核​实​无​误,情况属实"), InlineData("核實無誤,情況屬實,數據準確"), InlineData("以上数据经我单位财务部门再次认真核对,真实有效,准确无误")]
    [InlineData("啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊"), InlineData("核实无误1234567890"), InlineData("12345678901234567890"), InlineData("……………………………………"), InlineData("无"), InlineData(""), InlineData("设备检修停机"), InlineData("设备检修停机八天"), InlineData("属于正常波动,请领导审核")]
    [InlineData("confirmed correct"), InlineData("CONFIRMED, CORRECT!!!"), InlineData("ｃｏｎｆｉｒｍｅｄ　ｃｏｒｒｅｃｔ"), InlineData("The data has been checked and is correct. No error."), InlineData("We have verified all the figures and they are correct"), InlineData("ok ok ok ok ok ok ok ok"), InlineData("aaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Says_nothing(string text) => Assert.True(Explanation.SaysNothing(text), text);

    [Theory]
    [InlineData("2 号机组 9 月检修 12 天,发电量减少四成"), InlineData("本月新增三条产线投用,业务量翻番"), InlineData("经核实:7 月起电价下调 0.05 元,节电折算降本额减少,数据无误"), InlineData("上月漏报子公司数据,本月一并补报"), InlineData("平台迁移停用两周,工时节约相应减少")]
    [InlineData("Unit 2 stood still for 12 days of repairs"), InlineData("Confirmed: two new production lines went live in August"), InlineData("Power price fell by 8 %")]
    public void Says_something(string text) => Assert.False(Explanation.SaysNothing(text), text);

    [Fact]
    public void Repeating_the_finding_is_noticed_in_either_language_and_quoting_it_beside_a_reason_is_not()
    {
        const string Zh = "降本额 40,000元,上月(2026-07)为 98,000元,变动 -59.2%。", En = "Cost saving is 40,000 yuan; the month before (2026-07) it was 98,000 yuan, a change of -59.2 %.";
        Assert.True(Explanation.Repeats(Zh, Zh, En));
        Assert.True(Explanation.Repeats("降本额40,000元,上月为98,000元".Replace("上月为", "上月(2026-07)为", StringComparison.Ordinal), Zh, En));
        Assert.True(Explanation.Repeats(En + " ok.", Zh, En));
        Assert.False(Explanation.Repeats(Zh + "原因是 2 号机组检修停机 12 天,恢复后回升。", Zh, En));
        Assert.Equal(Explanation.Key("检修 12 天。"), Explanation.Key("检修12天!"));
    }
}
