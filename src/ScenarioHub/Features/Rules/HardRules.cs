using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Rules;

/// <summary>H: what contradicts itself or its registration, whatever other months and others say.</summary>
internal static class HardRules
{
    public static readonly string[] Invest = ["INVEST_HW", "INVEST_SW", "INVEST_DATA", "INVEST_INTEGR", "INVEST_TRAIN", "INVEST_LABOUR"];
    public static readonly string[] Opex = ["OPEX_COMPUTE", "OPEX_MAINT", "OPEX_MODEL", "OPEX_LABOUR"];
    public static readonly string[] Benefits = ["COST_SAVE", "REV_GAIN", "LOSS_AVOID"];

    /// <summary>Ratios whose numerator is a part of the denominator. COMPLAINT may fall below 0 and not rise above 100 %; it is judged by its upper end alone.</summary>
    private static readonly HashSet<string> Shares =
        ["AUTO_RATE", "ADOPT_RATE", "ACCEPT_RATE", "YIELD", "FORECAST_ACC", "DETECT_ACC", "RECALL", "FALSE_ALARM", "HALLUCINATION", "CSAT", "COMPLAINT", "VIOLATION_CLOSE", "GREEN_SHARE", "COMPUTE_UTIL"];

    private static readonly string[] High = [Filings.Grade.FinanceConfirmed, Filings.Grade.ThirdParty, Filings.Grade.RegulatorVerified];

    public static readonly IReadOnlyList<Rule> All =
    [
        new("H-01", Severity.Error, new("累计投入不超过计划投入", "Investment to date within the plan"),
            new("各月一次性投入之和应与登记的一次性投入合计相符;超出说明漏登追加投资或重复填报。", "The months' one-off investment adds up to the total in the register; more of it is an addition that was not registered, or counted twice."),
            new("修改投入金额,或先在场景登记中更新一次性投入合计,或说明追加投资的批复。", "Correct the amount, or bring the register's total up to date first, or say who decided on the addition."),
            [new("tolerancePercent", new("允许超出(%)", "Tolerance (%)"), 10, 0, 500)], InvestToDate),

        new("H-02", Severity.Error, new("单月运行成本不超过年度计划", "A month's running cost within the year's plan"),
            new("一个月的运行成本合计大于登记的全年运行成本。", "The running cost of one month is more than the register plans for a whole year."),
            new("核对单位(元、万元)和金额,或更新登记的年度运行成本。", "Check unit and amount, or bring the register's yearly running cost up to date."), [], OpexOfMonth),

        new("H-03", Severity.Blocker, new("占比须在 0 至 100% 之间", "A share lies between 0 and 100 %"),
            new("分子是分母的一部分,不可能大于分母。", "The numerator is a part of the denominator and cannot be larger."),
            new("分子不大于分母;请核对两项是否填反或单位不同。", "A numerator no larger than the denominator; see whether the two were swapped or differ in unit."), [], Share),

        new("H-04", Severity.Blocker, new("占比的基线和目标须在 0 至 100% 之间", "Baseline and target of a share lie between 0 and 100 %"),
            new("占比类指标的基线、目标也是占比。", "Baseline and target of a share are shares too."),
            new("0 至 100 之间的百分数;“提升 2 倍”不是占比。", "A percentage from 0 to 100; “twice as much” is no share."), [], Levels),

        new("H-05", Severity.Error, new("基线期早于填报月份", "The baseline period is over before the month filed"),
            new("基线是应用前的水平,基线期不能包含或晚于填报月份。", "A baseline is the level without the scenario; its period cannot hold the month that is compared with it."),
            new("在场景登记中更正基线期。", "Correct the baseline period in the register."), [], BaselineBefore),

        new("H-06", Severity.Warning, new("目标日期晚于基线期", "The target's date is after the baseline period"),
            new("目标须在基线期之后达成。", "A target is reached after the baseline period."),
            new("在场景登记中更正目标日期或基线期。", "Correct the target's date or the baseline period in the register."), [], TargetAfter),

        new("H-07", Severity.Error, new("上线后才有效益", "Benefits begin with going live"),
            new("登记的上线日期在该月之后,却已有效益数据。", "The register has the scenario go live after this month, and yet it brings something."),
            new("更正上线日期,或将上线前的效益删除。", "Correct the date of going live, or leave the benefit out."), [], BeforeLive),

        new("H-08", Severity.Warning, new("减碳量与节能量相称", "CO2 cut fits the energy saved"),
            new("减碳量由节电、节煤折算;按排放因子上限折算仍不足时,两者至少一项有误。", "CO2 cut is converted from electricity and coal saved; beyond the highest factors one of them is wrong."),
            new("核对单位(吨、千克、万千瓦时)和排放因子。", "Check units (t, kg, 10,000 kWh) and emission factors."),
            [new("kgPerKwh", new("电力排放因子上限(kgCO2/kWh)", "Highest factor of power (kgCO2/kWh)"), 1.2m, 0.1m, 5), new("tonnePerTce", new("标准煤排放因子上限(tCO2/tce)", "Highest factor of standard coal (tCO2/tce)"), 3, 1, 10)], Carbon),

        new("H-09", Severity.Info, new("较高核实等级宜注明依据", "A high grade names what it rests on"),
            new("财务确认及以上等级未注明凭证、报告或文号。", "A grade of finance-confirmed or above without a word on voucher, report or number."),
            new("在备注中写明凭证号、报告名称或文号。", "Name the voucher, the report or its number in the note."), [], GradeWithoutGround)
    ];

    private static IEnumerable<Found> InvestToDate(Entry e, RuleValues p)
    {
        if (e.CapexTotalFen is not > 0 || !e.Reported.Any(f => Invest.Contains(f.Measure.Code))) yield break;
        var (spent, plan) = (e.ToDate(Invest), e.CapexTotalFen.Value);
        if (spent <= plan * (1 + p["tolerancePercent"] / 100)) yield break;
        yield return new("INVEST_SPENT", Sum(e, Invest), new($"累计一次性投入 {Yuan(spent)} 元,超过登记的 {Yuan(plan)} 元。", $"One-off investment to date is {Yuan(spent)} yuan, above the {Yuan(plan)} yuan of the register."),
            new($"至本月累计不超过 {Yuan(plan)} 元。", $"At most {Yuan(plan)} yuan through this month."));
    }

    private static IEnumerable<Found> OpexOfMonth(Entry e, RuleValues p)
    {
        if (e.OpexYearFen is not > 0) yield break;
        var (month, plan) = (e.Reported.Where(f => Opex.Contains(f.Measure.Code)).Sum(f => f.Quantity), e.OpexYearFen.Value);
        if (month > plan)
            yield return new("OPEX", Sum(e, Opex), new($"本月运行成本合计 {Yuan(month)} 元,超过登记的全年 {Yuan(plan)} 元。", $"This month's running cost is {Yuan(month)} yuan, above the {Yuan(plan)} yuan planned for the year."),
                new($"月均约 {Yuan(plan / 12)} 元。", $"About {Yuan(plan / 12)} yuan a month."));
    }

    private static IEnumerable<Found> Share(Entry e, RuleValues p) => e.Reported.Where(f => Shares.Contains(f.Measure.Code) && f.Value > 100).Select(f => new Found(f.Measure.Code, f.About,
        new($"{f.Measure.NameZh}为 {f.Shown.Zh}:{f.Measure.Numerator!.NameZh}大于{f.Measure.Denominator!.NameZh}。", $"{f.Measure.NameEn} is {f.Shown.En}: {f.Measure.Numerator.NameEn} above {f.Measure.Denominator.NameEn}."),
        new($"{f.Measure.Numerator.NameZh}不大于{f.Measure.Denominator.NameZh}。", $"{f.Measure.Numerator.NameEn} no larger than {f.Measure.Denominator.NameEn}.")));

    private static IEnumerable<Found> Levels(Entry e, RuleValues p)
    {
        foreach (var f in e.Figures.Where(f => Shares.Contains(f.Measure.Code)))
        {
            var wrong = new[] { (Zh: "基线", En: "baseline", Level: f.Baseline), (Zh: "目标", En: "target", Level: f.Target) }.Where(x => x.Level is { } level && Units.FromLedger(f.Measure, level) is < 0 or > 100).ToArray();
            if (wrong.Length == 0) continue;
            yield return new(f.Measure.Code, $"{f.Baseline}/{f.Target}",
                new($"{f.Measure.NameZh}的{string.Join("、", wrong.Select(w => $"{w.Zh} {Text.Number(Units.FromLedger(f.Measure, w.Level!.Value))}%"))}不在 0 至 100% 之间。",
                    $"{f.Measure.NameEn}: {string.Join(", ", wrong.Select(w => $"{w.En} {Text.Number(Units.FromLedger(f.Measure, w.Level!.Value))} %"))}, outside 0 to 100 %."),
                new("0 至 100。", "0 to 100."));
        }
    }

    private static IEnumerable<Found> BaselineBefore(Entry e, RuleValues p) => e.Reported.Where(f => Baseline(f) is { } period && period.Last >= e.Period).Select(f => new Found(f.Measure.Code, $"{f.Promised!.BaselinePeriod}",
        new($"{f.Measure.NameZh}的基线期为 {f.Promised.BaselinePeriod},不早于填报月份 {e.Period}。", $"The baseline period of {f.Measure.NameEn} is {f.Promised.BaselinePeriod}, not before the month filed, {e.Period}."),
        new($"{e.Period} 之前的期间。", $"A period before {e.Period}.")));

    private static IEnumerable<Found> TargetAfter(Entry e, RuleValues p) => e.Reported.Where(f => Baseline(f) is { } period && f.Promised!.TargetOn is { } on && on <= period.Last.LastDay).Select(f => new Found(f.Measure.Code, $"{f.Promised!.BaselinePeriod}/{f.Promised.TargetOn:yyyy-MM-dd}",
        new($"{f.Measure.NameZh}的目标日期 {f.Promised.TargetOn:yyyy-MM-dd} 不晚于基线期 {f.Promised.BaselinePeriod}。", $"The target of {f.Measure.NameEn} is due {f.Promised.TargetOn:yyyy-MM-dd}, not after the baseline period {f.Promised.BaselinePeriod}."),
        new("晚于基线期的日期。", "A date after the baseline period.")));

    private static IEnumerable<Found> BeforeLive(Entry e, RuleValues p) => e.GoLiveOn is not { } live || e.Period.LastDay >= live ? []
        : e.Reported.Where(f => f.Measure.Direction == Direction.Up && f.Measure.Group is "economic" or "efficiency" or "production" or "green" or "livelihood").Select(f => new Found(f.Measure.Code, $"{f.About}@{live:yyyy-MM-dd}",
            new($"登记的上线日期为 {live:yyyy-MM-dd},{e.Period} 却报{f.Measure.NameZh} {f.Shown.Zh}。", $"The register has it go live on {live:yyyy-MM-dd}, yet {e.Period} reports {f.Measure.NameEn} of {f.Shown.En}."),
            new($"{Month.Of(live)} 起才有效益。", $"Benefits from {Month.Of(live)} on.")));

    private static IEnumerable<Found> Carbon(Entry e, RuleValues p)
    {
        if (e.Find("CO2_CUT") is not { IsReported: true, Quantity: > 0 } cut || !e.Reported.Any(f => f.Measure.Code is "ENERGY_SAVE" or "COAL_SAVE")) yield break;
        decimal Of(string measure) => e.Find(measure) is { IsReported: true } f ? f.Value : 0;
        var most = Of("ENERGY_SAVE") * p["kgPerKwh"] / 1000 + Of("COAL_SAVE") * p["tonnePerTce"];
        if (cut.Value > most)
            yield return new("CO2_CUT", $"{cut.About}@{Sum(e, ["ENERGY_SAVE", "COAL_SAVE"])}", new($"减碳量 {cut.Shown.Zh},而本月节电、节煤折算最多 {Text.Number(most)} 吨。", $"CO2 cut is {cut.Shown.En}; the electricity and coal saved this month make at most {Text.Number(most)} t."),
                new($"不超过 {Text.Number(most)} 吨。", $"At most {Text.Number(most)} t."));
    }

    private static IEnumerable<Found> GradeWithoutGround(Entry e, RuleValues p) => e.Reported.Where(f => High.Contains(f.Grade) && f.Note is null).Select(f => new Found(f.Measure.Code, $"{f.About}@{f.Grade}",
        new($"{f.Measure.NameZh}的核实等级较高({f.Grade}),但未注明依据。", $"{f.Measure.NameEn} is graded {f.Grade} without naming what it rests on."),
        new("在备注中注明凭证、报告或文号。", "A note with voucher, report or number.")));

    private static Period? Baseline(EntryFigure f) => Period.TryParse(f.Promised?.BaselinePeriod, out var period) ? period : null;

    /// <summary>The figures of these measures, as what a finding over several of them is about.</summary>
    public static string Sum(Entry e, string[] measures) => string.Join('+', e.Figures.Where(f => measures.Contains(f.Measure.Code)).OrderBy(f => f.Measure.Code, StringComparer.Ordinal).Select(f => f.Quantity));

    public static string Yuan(long fen) => Text.Number(fen / 100m);
}
