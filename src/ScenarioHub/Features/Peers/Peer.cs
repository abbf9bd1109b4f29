using System.Globalization;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Peers;

/// <summary>Which months of the ledger a side of a measure adds up.</summary>
internal enum Months
{
    /// <summary>Those of the period.</summary>
    OfPeriod,
    /// <summary>All through the period's last: a total to date, or the register's level.</summary>
    ToDate
}

internal sealed record PeerSide(IReadOnlyList<Term> Terms, Months Months);

/// <summary>What enterprises are compared by: the quotient of two sums over the approved book, each enterprise with its whole subtree in one sector.</summary>
/// <param name="Scale">What the quotient of ledger quantities (fen, millionths) is multiplied by to give the unit.</param>
/// <param name="MoneyWeighted">The denominator is money, so that one or two may hold nearly all of it.</param>
internal sealed record PeerMeasure(string Code, Words Name, Words Unit, Direction Direction, PeerSide Over, PeerSide Under, decimal Scale, bool MoneyWeighted, Words Formula)
{
    /// <summary>Measures whose figures make the numerator: whoever filed none of them for these months has no value, not a value of zero.</summary>
    public IEnumerable<string> Telling => Over.Terms.Select(t => t.Measure).Except(Under.Terms.Select(t => t.Measure));

    /// <summary>Stages whose scenarios run and file; ideas and building sites neither cost nor save by the scenario.</summary>
    public static readonly string[] LiveStages = ["pilot", "scaled", "replicated"];

    /// <summary>
    /// No measure here is a sum or difference of others: saving less running cost per scenario would be one, and its quartile subtracted from theirs would speak of those in between.
    /// </summary>
    public static IReadOnlyList<PeerMeasure> All(ReferenceCatalog catalog)
    {
        PeerSide Sum(string code, Months months) => new(catalog.Measure(code).Sum?.Terms ?? [new Term(code, 1)], months);
        var (roi, invested, scenarios) = (catalog.Measure("ROI"), Sum("INVEST_SPENT", Months.ToDate), new PeerSide([new Term("SCN_COUNT", 1)], Months.ToDate));
        const decimal YuanPerScenario = 10_000m, HoursPerScenario = 1m;   // fen over millionths of a scenario; millionths over millionths
        return
        [
            new("ROI", new(roi.NameZh, roi.NameEn), new(roi.UnitZh, roi.UnitEn), Direction.Up, new(roi.RatioNumerator!.Terms, Months.ToDate), invested, roi.MultiplyBy, true, new(roi.FormulaZh, roi.FormulaEn)),
            new("BENEFIT_PER_YUAN", new("每元投入净收益", "Net benefit per yuan invested"), new("元/元", "yuan per yuan"), Direction.Up, Sum("NET_BENEFIT", Months.OfPeriod), invested, 1m, true,
                new("本期净收益/累计一次性投入", "net benefit of the period / one-off investment to date")),
            new("SAVING_PER_SCENARIO", new("单场景降本额", "Cost saving per scenario"), new("元/场景", "yuan per scenario"), Direction.Up, Sum("COST_SAVE", Months.OfPeriod), scenarios, YuanPerScenario, false,
                new("本期降本额/期末在用场景数(试点、规模化、推广)", "cost saving of the period / scenarios in pilot, scaled or replicated at its end")),
            new("HOURS_PER_SCENARIO", new("单场景节约工时", "Hours saved per scenario"), new("小时/场景", "hours per scenario"), Direction.Up, Sum("HOURS_SAVED", Months.OfPeriod), scenarios, HoursPerScenario, false,
                new("本期节约工时/期末在用场景数;登记表不含人数,故不按人均", "hours saved in the period / live scenarios at its end; the register holds no head count, so not per person")),
            new("COST_PER_SCENARIO", new("单场景运行成本", "Running cost per scenario"), new("元/场景", "yuan per scenario"), Direction.Down, Sum("OPEX", Months.OfPeriod), scenarios, YuanPerScenario, false,
                new("本期运行成本/期末在用场景数", "running cost of the period / live scenarios at its end")),
            new("INVEST_PER_SCENARIO", new("单场景一次性投入", "One-off investment per scenario"), new("元/场景", "yuan per scenario"), Direction.Down, Sum("INVEST_SPENT", Months.ToDate), scenarios, YuanPerScenario, false,
                new("累计一次性投入/期末在用场景数", "one-off investment to date / live scenarios at the period's end"))
        ];
    }
}

/// <summary>How finely a year is released; codes are those of <c>ck_peer_year_grain</c>.</summary>
internal static class Grain
{
    public const string Month = "month", Quarter = "quarter", Year = "year";

    public static string Of(Period period) => period.Months switch { 1 => Month, 3 => Quarter, _ => Year };

    public static Words Name(string grain) => grain switch { Month => new("月", "month"), Quarter => new("季度", "quarter"), _ => new("年", "year") };
}

/// <summary>Why a cell shows no quartiles; what <see cref="Shown"/> makes of them is part of the API.</summary>
internal static class Withheld
{
    public const string TooFew = "too-few", Dominance = "dominance", TooAlike = "too-alike", ChangedTooLittle = "changed-too-little", Unchanged = "unchanged",
        NotReleased = "not-released", OtherGrain = "other-grain", SeenTooMuch = "seen-too-much", EarlierStands = "earlier-stands";

    /// <summary>A reason must not tell what the number would: told that all are alike, an enterprise would know the others' values from its own.</summary>
    public static string Shown(string reason) => reason == TooAlike ? Dominance : reason;

    public static Words Why(string reason, string? grain) => reason switch
    {
        TooFew => new($"该板块本期有数据的企业不足 {Disclosure.LeastEnterprises} 家,不公布分位数。", $"Fewer than {Disclosure.LeastEnterprises} enterprises of the sector have figures in this period, so no quartiles are shown."),
        Dominance => new("数值过于集中(少数企业占比过高,或各家过于接近),公布分位数会显露个别企业。", "The values are too concentrated (in a few enterprises, or on one level): quartiles would show single enterprises."),
        ChangedTooLittle => new("与已公布的结果相比变化的企业太少,两次结果相减会显露个别企业,故不另行公布。", "Too few enterprises changed against what is published already; the two subtracted would show one of them."),
        EarlierStands => new("此后又计算过,未满足另行公布的条件,本结果继续有效。", "It was worked out again later, but not so that it could be published anew; this one stands."),
        OtherGrain => new($"该年度按{Grain.Name(grain!).Zh}公布;同一年度只按一种粒度公布,以免相减。", $"This year is released by {Grain.Name(grain!).En}; one year is never released in two ways that could be subtracted."),
        SeenTooMuch => new("除您管辖的企业外所余企业太少,公布分位数会显露其数值。", "So few enterprises are outside your view that quartiles would show their values to you."),
        _ => new("该板块本期尚未公布对标结果。", "No benchmark of this sector and period has been released.")
    };
}

/// <summary>Where an enterprise stands against the published quartiles, better first, whichever way the measure runs.</summary>
internal static class Position
{
    public const string Top = "topQuarter", Second = "secondQuarter", Third = "thirdQuarter", Bottom = "bottomQuarter", UpperHalf = "upperHalf", LowerHalf = "lowerHalf";

    /// <summary>From published numbers alone: a true rank would say more than the quartiles do.</summary>
    public static string Of(long value, long? p25, long median, long? p75, Direction better)
    {
        var up = better == Direction.Up;
        if (p25 is not { } low || p75 is not { } high) return (up ? value >= median : value <= median) ? UpperHalf : LowerHalf;
        var (best, worst) = up ? (value >= high, value < low) : (value <= low, value > high);
        return best ? Top : worst ? Bottom : (up ? value >= median : value <= median) ? Second : Third;
    }

    public static Words Name(string position) => position switch
    {
        Top => new("前四分之一", "top quarter"),
        Second => new("中上四分之一", "second quarter"),
        Third => new("中下四分之一", "third quarter"),
        Bottom => new("后四分之一", "bottom quarter"),
        UpperHalf => new("上半区", "upper half"),
        _ => new("下半区", "lower half")
    };
}

internal static class PeerReleaseState
{
    public const string Queued = "queued", Running = "running", Done = "done", Failed = "failed";
}

/// <summary>Refusals of Peers; the codes are part of the API.</summary>
internal static class PeerRefusal
{
    public static Refusal UnknownSector(string? sector) => Refusal.Field("unknown-code", "?sector", new(
        $"“{sector}”不是参与汇总的行业板块;GET /api/v1/catalog/sectors 列出全部板块。", $"“{sector}” is not a sector that is rolled up; GET /api/v1/catalog/sectors lists all."));

    public static Refusal BadPeriod(string pointer, string? text) => Refusal.Field("bad-period", pointer, new(
        $"“{text}”不是报告期;应为 2026-08、2026Q3 或 2026(2015 至 2099 年)。", $"“{text}” is not a period; write 2026-08, 2026Q3 or 2026 (years 2015 to 2099)."));

    public static Refusal NotEnded(string period) => Refusal.Field("period-not-ended", "/period", new(
        $"{period} 尚未结束,不能公布对标结果。", $"{period} has not ended; its benchmarks cannot be released."));

    public static readonly Refusal RootOnly = new(RefusalKind.Forbidden, "peer-release-root-only", new(
        "对标结果覆盖全部企业,只能由根单位的监管人员发起公布。", "Benchmarks are over all enterprises: only a regulator at the root may start a release."));

    public static Refusal GrainTaken(int year, string grain) => new Refusal(RefusalKind.Conflict, "peer-grain-taken", new(
        string.Create(CultureInfo.InvariantCulture, $"{year} 年已按{Grain.Name(grain).Zh}公布对标结果;同一年度只按一种粒度公布,以免相减显露个别企业。"),
        string.Create(CultureInfo.InvariantCulture, $"Benchmarks of {year} are released by {Grain.Name(grain).En}; one year is never released in two ways that could be subtracted."))).At("/period");
}
