using System.Globalization;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Rules;

/// <summary>S: what can be true and seldom is, beside the entry's own history, its plan and its peers.</summary>
internal static class StatisticalRules
{
    /// <summary>One-off by nature: a swing of theirs says nothing.</summary>
    private static readonly HashSet<string> Lumpy = [.. HardRules.Invest, "LOSS_AVOID", "ACCIDENTS", "PATENTS", "REPLICATED"];

    // Yuan and 百元 (a point moved), thousands, 万元, 亿元: the slips there are.
    private static readonly decimal[] Slips = [100, 1_000, 10_000, 100_000_000];

    private static readonly RuleParameter MinMonths = new("minMonths", new("至少已有的核定月数", "Approved months needed"), 3, 1, 12);
    private static readonly RuleParameter Percent = new("percent", new("变动幅度(%)", "Change (%)"), 30, 1, 1000);
    private static readonly RuleParameter LeastCount = new("leastCount", new("计数类指标两期均低于此数不判断", "Counts below this in both months are left alone"), 10, 0, 1_000_000);
    private static readonly RuleParameter Tolerance = new("tolerancePercent", new("与整倍数的偏差(%)", "Distance from the exact multiple (%)"), 100, 1, 200);

    public static readonly IReadOnlyList<Rule> All =
    [
        new("S-01", Severity.Error, new("环比波动", "Swing from month to month"),
            new("与上月核定数相比变动过大,须说明原因。", "Far from the month before as approved: say why."),
            new("核对数据;确有变化的,说明发生了什么。", "Check the figure; if it is right, say what happened."), [Percent, MinMonths, LeastCount], (e, p) => Swings(e, p, -1, "上月", "the month before")),

        new("S-02", Severity.Error, new("同比波动", "Swing from year to year"),
            new("与上年同月核定数相比变动过大,须说明原因。", "Far from the same month of last year as approved: say why."),
            new("核对数据;确有变化的,说明发生了什么。", "Check the figure; if it is right, say what happened."), [Percent, MinMonths, LeastCount], (e, p) => Swings(e, p, -12, "上年同月", "the same month last year")),

        new("S-03", Severity.Error, new("累计投资回报率过高", "Return on investment to date"),
            new("(累计净收益-累计一次性投入)/累计一次性投入;未填报投入的按登记的计划投入。", "(Net benefit to date - investment to date) / investment to date; by the plan of the register where no investment was filed."),
            new("补报遗漏的投入,核对效益口径,或说明依据。", "File the investment that was left out, check what counts as benefit, or say what it rests on."),
            [new("percent", new("投资回报率上限(%)", "Highest return (%)"), 300, 10, 100_000)], Return),

        new("S-04", Severity.Warning, new("与目标完全相等", "Exactly the target"),
            new("实际数与目标一分不差,常是照抄目标。", "An actual figure equal to its target to the last digit is often the target copied."),
            new("填报实际发生数。", "The figure as it was."), [], EqualsTarget),

        new("S-05", Severity.Warning, new("与上月完全相同", "Exactly the month before"),
            new("流量和比率与上月一分不差,常是复制上月。", "A flow or ratio equal to the month before to the last digit is often copied."),
            new("填报本月实际发生数。", "This month's own figure."), [], Copied),

        new("S-06", Severity.Error, new("与本场景历史相差整倍数", "A unit slip beside its own history"),
            new("与近 12 个月核定数的中位数相差约 100、1000、1 万或 1 亿倍,常是单位填错。", "About 100, 1,000, 10,000 or 100,000,000 times the median of its last approved months, or that fraction of it: commonly a wrong unit."),
            new("按正确单位重填;确属实情的说明原因。", "File it again in the right unit; if it is right, say why."), [Tolerance, MinMonths], SlipOfHistory),

        new("S-07", Severity.Error, new("与登记计划相差整倍数", "A unit slip beside its plan"),
            new("单月投入达到计划投入的数倍以上,或运行成本与登记的月均相差约 1 万、1 亿倍,常是元与万元之误。", "A month's investment many times the whole plan, or running cost about 10,000 or 100,000,000 times the planned month (or that fraction): commonly yuan for 万元."),
            new("按正确单位重填,或更正登记的计划。", "File it again in the right unit, or correct the plan in the register."),
            [Tolerance, new("factor", new("单月投入为计划投入的倍数", "A month's investment in whole plans"), 10, 2, 1000)], SlipOfPlan),

        new("S-08", Severity.Warning, new("与同行业相差整倍数", "A unit slip beside its peers"),
            new("与同行业同指标近 12 个月平均每条数据相差千倍以上。", "A thousand times the sector's average figure of the measure over twelve months, or a ten-thousandth of it."),
            new("核对单位。", "Check the unit."),
            [new("factor", new("高于平均的倍数", "Times the average"), 1000, 10, 1_000_000), new("inverse", new("低于平均的倍数", "Below the average by"), 10_000, 10, 100_000_000), new("minFigures", new("至少有的同行业数据条数", "Figures of the sector needed"), 30, 5, 100_000)], SlipOfPeers),

        new("S-09", Severity.Warning, new("效益为负", "A benefit below zero"),
            new("与基线相比变差,或本月效益不抵运行成本的,应知其原因。", "Worse than the baseline, or a month that cost more than it brought: the reason should be known."),
            new("核对正负号;属实的无须修改。", "Check the sign; if it is right nothing is to be changed."), [], Negative),

        new("S-10", Severity.Warning, new("降本额远超运行成本", "A saving far above the running cost"),
            new("降本额达到本月运行成本的上百倍,常是单位或口径有误。", "A saving of a hundred times the month's running cost: commonly a unit or a scope."),
            new("核对降本额和运行成本的单位、口径。", "Check unit and scope of both."), [new("factor", new("降本额为运行成本的倍数", "Saving in running costs"), 100, 2, 100_000)], AbsurdSaving),

        new("S-11", Severity.Error, new("节约工时超过人员总工时", "More hours saved than people have"),
            new("节约工时大于应用对象人数在一个月内的最大工时。", "Hours saved beyond what the people it is meant for could work in a month."),
            new("核对应用对象人数和节约工时。", "Check the number of people and the hours."), [new("hoursPerPerson", new("每人每月最大工时", "Most hours a person works in a month"), 250, 100, 744)], Hours),

        new("S-12", Severity.Warning, new("工时折算额重复计入降本额", "The same hours counted as cost saved"),
            new("降本额恒等于节约工时乘以同一单价,说明降本额只是工时的折算,不得与工时重复计。", "The saving is the hours saved times one and the same rate, month after month: the same hour is counted twice."),
            new("降本额不含工时折算额,或说明计算方法。", "A saving without the hours' worth, or how it was worked out."), [new("tolerancePercent", new("单价偏差(%)", "Distance between the rates (%)"), 0.5m, 0, 10)], HoursTwice),

        new("S-13", Severity.Warning, new("运行成本远超月均计划", "Running cost far above the planned month"),
            new("本月运行成本达到登记月均的数倍。", "The month's running cost is several times what the register plans for one."),
            new("核对是否一次计入多个月的费用。", "See whether the cost of several months stands in one."), [new("factor", new("为月均计划的倍数", "Times the planned month"), 3, 1, 100)], OpexHigh)
    ];

    private static IEnumerable<Found> Swings(Entry e, RuleValues p, int months, string zh, string en)
    {
        foreach (var f in e.Reported.Where(f => !Lumpy.Contains(f.Measure.Code) && f.Past.Count >= p["minMonths"]))
        {
            if (f.In(e.Period.AddMonths(months)) is not { } then) continue;
            var (now, before) = (f.Value, f.ValueOf(then.Quantity, then.Denominator));
            if (before == 0 || (f.Measure.Quantity == "count" && Math.Max(Math.Abs(now), Math.Abs(before)) < p["leastCount"])) continue;
            var change = (now - before) / Math.Abs(before) * 100;
            if (Math.Abs(change) <= p["percent"]) continue;
            yield return new(f.Measure.Code, f.About,
                new($"{f.Measure.NameZh} {f.Shown.Zh},{zh}({then.Month})为 {f.Show(before).Zh},变动 {Signed(change)}%。", $"{f.Measure.NameEn} is {f.Shown.En}; {en} ({then.Month}) it was {f.Show(before).En}, a change of {Signed(change)} %."),
                new($"变动在 ±{Text.Number(p["percent"])}% 以内,否则须说明。", $"Within ±{Text.Number(p["percent"])} %, or explained."));
        }
    }

    private static IEnumerable<Found> Return(Entry e, RuleValues p)
    {
        if (!e.Reported.Any(f => HardRules.Benefits.Contains(f.Measure.Code))) yield break;
        var spent = e.ToDate(HardRules.Invest);
        var stake = spent > 0 ? spent : e.CapexTotalFen ?? 0;
        if (stake <= 0) yield break;
        var net = (decimal)e.ToDate(HardRules.Benefits) - e.ToDate(HardRules.Opex);
        var percent = (net - stake) / stake * 100;
        if (percent <= p["percent"]) yield break;
        yield return new("ROI", HardRules.Sum(e, HardRules.Benefits),
            new($"累计净收益 {Text.Number(net / 100)} 元,{(spent > 0 ? "累计" : "计划")}投入 {HardRules.Yuan(stake)} 元,投资回报率 {Text.Number(percent)}%。", $"Net benefit to date {Text.Number(net / 100)} yuan over {(spent > 0 ? "an investment" : "a planned investment")} of {HardRules.Yuan(stake)} yuan: a return of {Text.Number(percent)} %."),
            new($"不超过 {Text.Number(p["percent"])}%,否则须说明依据。", $"At most {Text.Number(p["percent"])} %, or explained."));
    }

    private static IEnumerable<Found> EqualsTarget(Entry e, RuleValues p) => e.Reported.Where(f => f.Value != 0 && TargetsOf(f).Contains(f.Value)).Select(f => new Found(f.Measure.Code, f.About,
        new($"{f.Measure.NameZh} {f.Shown.Zh},与目标完全相等。", $"{f.Measure.NameEn} is {f.Shown.En}, exactly its target."), new("实际发生数。", "The figure as it was.")));

    private static IEnumerable<decimal> TargetsOf(EntryFigure f)
    {
        if (f.Target is { } own) yield return Units.FromLedger(f.Measure, own);
        if (f.Promised is { TargetQuantity: { } promised } with) yield return f.IsRatio && with.TargetDenominator is { } under ? f.ValueOf(promised, under) : Units.FromLedger(f.Measure, promised);
    }

    private static IEnumerable<Found> Copied(Entry e, RuleValues p) => e.Reported
        .Where(f => f.Measure.Kind != MeasureKind.Stock && f.Quantity != 0 && f.In(e.Period.AddMonths(-1)) is { } then && (then.Quantity, then.Denominator) == (f.Quantity, f.Denominator))
        .Select(f => new Found(f.Measure.Code, f.About, new($"{f.Measure.NameZh} {f.Shown.Zh},与上月完全相同。", $"{f.Measure.NameEn} is {f.Shown.En}, exactly as the month before."), new("本月实际发生数。", "This month's own figure.")));

    private static IEnumerable<Found> SlipOfHistory(Entry e, RuleValues p)
    {
        foreach (var f in e.Reported.Where(f => !HardRules.Invest.Contains(f.Measure.Code) && f.Past.Count >= p["minMonths"]))
        {
            var median = Median([.. f.Past.Select(x => f.ValueOf(x.Quantity, x.Denominator))]);
            if (Slip(f.Value, median, p["tolerancePercent"], Slips) is not { } slip) continue;
            yield return new(f.Measure.Code, f.About,
                new($"{f.Measure.NameZh} {f.Shown.Zh},近月核定数的中位数为 {f.Show(median).Zh},约为其 {slip.Zh}。", $"{f.Measure.NameEn} is {f.Shown.En}, about {slip.En} the median of its approved months, {f.Show(median).En}."),
                new($"若是单位填错,应约为 {f.Show(f.Value / slip.Factor).Zh}。", $"If the unit slipped, about {f.Show(f.Value / slip.Factor).En}."));
        }
    }

    private static IEnumerable<Found> SlipOfPlan(Entry e, RuleValues p)
    {
        if (e.CapexTotalFen is > 0 and var capex)
            foreach (var f in e.Reported.Where(f => HardRules.Invest.Contains(f.Measure.Code) && f.Quantity >= capex * p["factor"]))
                yield return new(f.Measure.Code, f.About,
                    new($"{f.Measure.NameZh} {f.Shown.Zh},是登记的一次性投入合计 {HardRules.Yuan(capex)} 元的 {Text.Number((decimal)f.Quantity / capex)} 倍。", $"{f.Measure.NameEn} is {f.Shown.En}, {Text.Number((decimal)f.Quantity / capex)} times the {HardRules.Yuan(capex)} yuan of the register."),
                    new("核对单位(元、万元)。", "Check the unit (yuan, 万元)."));
        if (e.OpexYearFen is > 0 and var year)
        {
            var month = e.Reported.Where(f => HardRules.Opex.Contains(f.Measure.Code)).Sum(f => f.Quantity);
            if (Slip(month, year / 12m, p["tolerancePercent"], [10_000, 100_000_000]) is { } slip)
                yield return new("OPEX", HardRules.Sum(e, HardRules.Opex),
                    new($"本月运行成本合计 {HardRules.Yuan(month)} 元,约为登记月均 {HardRules.Yuan(year / 12)} 元的 {slip.Zh}。", $"This month's running cost is {HardRules.Yuan(month)} yuan, about {slip.En} the planned month, {HardRules.Yuan(year / 12)} yuan."),
                    new("核对单位(元、万元、亿元)。", "Check the unit (yuan, 万元, 亿元)."));
        }
    }

    private static IEnumerable<Found> SlipOfPeers(Entry e, RuleValues p)
    {
        foreach (var f in e.Reported.Where(f => !f.IsRatio && f.Value > 0 && f.Peers is { Average: > 0 }))
        {
            if (f.Peers!.Figures < p["minFigures"]) continue;
            var times = f.Value / f.Peers.Average;
            if (times < p["factor"] && times > 1 / p["inverse"]) continue;
            var (zh, en) = times >= 1 ? ($"{Text.Number(times)} 倍", $"{Text.Number(times)} times") : ($"1/{Text.Number(1 / times)}", $"1/{Text.Number(1 / times)} of");
            yield return new(f.Measure.Code, f.About,
                new($"{f.Measure.NameZh} {f.Shown.Zh},是同行业平均 {f.Show(f.Peers.Average).Zh}的 {zh}。", $"{f.Measure.NameEn} is {f.Shown.En}, {en} the sector's average of {f.Show(f.Peers.Average).En}."),
                new("核对单位;属实的无须修改。", "Check the unit; if it is right nothing is to be changed."));
        }
    }

    private static IEnumerable<Found> Negative(Entry e, RuleValues p)
    {
        foreach (var f in e.Reported.Where(f => f.Quantity < 0))
            yield return new(f.Measure.Code, f.About, new($"{f.Measure.NameZh}为 {f.Shown.Zh},低于零。", $"{f.Measure.NameEn} is {f.Shown.En}, below zero."), new("核对正负号。", "Check the sign."));
        if (!e.Reported.Any(f => HardRules.Benefits.Contains(f.Measure.Code))) yield break;
        decimal Of(string[] measures) => e.Reported.Where(f => measures.Contains(f.Measure.Code)).Sum(f => (decimal)f.Quantity);
        var net = Of(HardRules.Benefits) - Of(HardRules.Opex);
        if (net < 0)
            yield return new("NET_BENEFIT", $"{HardRules.Sum(e, HardRules.Benefits)}-{HardRules.Sum(e, HardRules.Opex)}", new($"本月净收益 {Text.Number(net / 100)} 元,效益不抵运行成本。", $"Net benefit of the month is {Text.Number(net / 100)} yuan: it cost more than it brought."),
                new("属实的无须修改。", "If it is right nothing is to be changed."));
    }

    private static IEnumerable<Found> AbsurdSaving(Entry e, RuleValues p)
    {
        if (e.Find("COST_SAVE") is not { IsReported: true, Quantity: > 0 } saving) yield break;
        var running = e.Reported.Where(f => HardRules.Opex.Contains(f.Measure.Code)).Sum(f => f.Quantity);
        if (running > 0 && saving.Quantity > running * p["factor"])
            yield return new("COST_SAVE", $"{saving.About}-{HardRules.Sum(e, HardRules.Opex)}", new($"降本额 {saving.Shown.Zh},是本月运行成本 {HardRules.Yuan(running)} 元的 {Text.Number((decimal)saving.Quantity / running)} 倍。", $"The saving is {saving.Shown.En}, {Text.Number((decimal)saving.Quantity / running)} times the month's running cost of {HardRules.Yuan(running)} yuan."),
                new($"通常不到 {Text.Number(p["factor"])} 倍。", $"Commonly below {Text.Number(p["factor"])} times."));
    }

    private static IEnumerable<Found> Hours(Entry e, RuleValues p)
    {
        if (e.Find("HOURS_SAVED") is not { IsReported: true } hours || e.Find("ADOPT_RATE") is not { IsReported: true } users) yield break;
        var people = Units.FromLedger(users.Measure.Denominator!, users.Denominator);
        var most = people * p["hoursPerPerson"];
        if (hours.Value > most)
            yield return new("HOURS_SAVED", $"{hours.About}@{users.Denominator}", new($"节约工时 {hours.Shown.Zh},而应用对象 {Text.Number(people)} 人一个月最多 {Text.Number(most)} 小时。", $"Hours saved are {hours.Shown.En}; the {Text.Number(people)} people it is meant for have at most {Text.Number(most)} in a month."),
                new($"不超过 {Text.Number(most)} 小时。", $"At most {Text.Number(most)} hours."));
    }

    private static IEnumerable<Found> HoursTwice(Entry e, RuleValues p)
    {
        if (e.Find("COST_SAVE") is not { IsReported: true } saving || e.Find("HOURS_SAVED") is not { IsReported: true, Quantity: > 0 } hours) yield break;
        // Two rates meet by chance in one month of thirty; three do not. A month that repeats the other to the digit is another finding's business.
        for (var back = 1; back <= 2; back++)
        {
            if (saving.In(e.Period.AddMonths(-back)) is not { Quantity: > 0 } money || hours.In(e.Period.AddMonths(-back)) is not { Quantity: > 0 } time || money.Quantity == saving.Quantity) yield break;
            if (Math.Abs((decimal)saving.Quantity / hours.Quantity * time.Quantity / money.Quantity - 1) * 100 > p["tolerancePercent"]) yield break;
        }
        var rate = saving.Value / hours.Value;
        yield return new("COST_SAVE", $"{saving.About}@{hours.About}", new($"本月和前两个月的降本额都等于节约工时乘以 {Text.Number(rate)} 元/小时。", $"The saving of this month and of the two before is the hours saved times {Text.Number(rate)} yuan an hour."),
            new("降本额不得与节约工时折算额重复计。", "A saving that does not count the same hours again."));
    }

    private static IEnumerable<Found> OpexHigh(Entry e, RuleValues p)
    {
        if (e.OpexYearFen is not > 0) yield break;
        var (month, plan) = (e.Reported.Where(f => HardRules.Opex.Contains(f.Measure.Code)).Sum(f => f.Quantity), e.OpexYearFen.Value / 12m);
        if (month > plan * p["factor"])
            yield return new("OPEX", HardRules.Sum(e, HardRules.Opex), new($"本月运行成本合计 {HardRules.Yuan(month)} 元,是登记月均 {Text.Number(plan / 100)} 元的 {Text.Number(month / plan)} 倍。", $"This month's running cost is {HardRules.Yuan(month)} yuan, {Text.Number(month / plan)} times the planned month of {Text.Number(plan / 100)} yuan."),
                new($"月均约 {Text.Number(plan / 100)} 元。", $"About {Text.Number(plan / 100)} yuan a month."));
    }

    /// <summary>The slip that brings a value from what it should be to what it is; null when it is none of them.</summary>
    /// <param name="tolerancePercent">100: up to twice, and down to half, of the exact multiple.</param>
    private static (decimal Factor, string Zh, string En)? Slip(decimal value, decimal usual, decimal tolerancePercent, decimal[] slips)
    {
        if (value <= 0 || usual <= 0) return null;
        // Compared as logarithms: 1/200 of a hundredth is as far off as 200 hundreds.
        var (size, reach) = (Math.Log10((double)value) - Math.Log10((double)usual), Math.Log10(1 + (double)tolerancePercent / 100));
        foreach (var k in slips)
        {
            var text = k.ToString("#,0", CultureInfo.InvariantCulture);
            if (Math.Abs(size - Math.Log10((double)k)) <= reach) return (k, $"{text} 倍", $"{text} times");
            if (Math.Abs(size + Math.Log10((double)k)) <= reach) return (1 / k, $"1/{text}", $"1/{text} of");
        }
        return null;
    }

    private static decimal Median(decimal[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }

    private static string Signed(decimal percent) => percent.ToString("+#,0.#;-#,0.#", CultureInfo.InvariantCulture);
}
