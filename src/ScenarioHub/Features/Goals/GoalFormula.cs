using System.Text.Json;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Goals;

/// <summary>
/// How a goal's number comes out of the approved book: one of four shapes, not a language.
/// <c>manual</c>: the portal cannot know it, figures are recorded with evidence. <c>sum</c>: a measure's roll-up. <c>count</c>: how many members of a dimension have at least so much.
/// <c>ratio</c>: one sum or count over another.
/// </summary>
/// <param name="Kind">manual, sum, count or ratio.</param>
/// <param name="Measure">Code of the measure (sum, count); SCN_COUNT counts scenarios.</param>
/// <param name="By">sum: the dimension members are picked from: stage, region or keyAction. count: the dimension whose members are counted: organization, sector, region, stage or keyAction.</param>
/// <param name="Members">sum: the members that count; needs <paramref name="By"/>.</param>
/// <param name="AtLeast">count: a member counts from this value on.</param>
/// <param name="Sectors">Only these sectors; several only for measures that add up.</param>
/// <param name="Accumulate">Flows only: month (the month's own amount), trailing12 or cumulative.</param>
/// <param name="From">First month of a cumulative sum; the beginning of the books when left out.</param>
/// <param name="Over">ratio: the numerator.</param>
/// <param name="Under">ratio: the denominator.</param>
/// <param name="MultiplyBy">ratio: 100 for percent.</param>
public sealed record GoalFormula(string Kind, string? Measure = null, string? By = null, IReadOnlyList<string>? Members = null, decimal? AtLeast = null,
    IReadOnlyList<string>? Sectors = null, string? Accumulate = null, string? From = null, GoalFormula? Over = null, GoalFormula? Under = null, int? MultiplyBy = null)
{
    internal const string Manual = "manual", Sum = "sum", Count = "count", Ratio = "ratio";
    internal const string EachMonth = "month", Trailing12 = "trailing12", Cumulative = "cumulative";

    internal static readonly GoalFormula ByHand = new(Manual);

    private static readonly string[] Kinds = [Manual, Sum, Count, Ratio];
    private static readonly string[] SumBy = [Dimension.Stage, Dimension.Region, Dimension.KeyAction];
    private static readonly string[] CountBy = [Dimension.Organization, Dimension.Sector, Dimension.Region, Dimension.Stage, Dimension.KeyAction];
    private static readonly string[] Accumulates = [EachMonth, Trailing12, Cumulative];

    internal bool ReadsLedger => Kind != Manual;

    /// <summary>The part that organizations and sectors contribute to: what is above the line of a ratio.</summary>
    internal GoalFormula Leading => Kind == Ratio ? Over! : this;

    /// <summary>The sum or counts it is made of.</summary>
    internal IEnumerable<GoalFormula> Parts => Kind == Ratio ? [Over!, Under!] : [this];

    /// <summary>Laid out by a dimension, a reading holds one month: as many readings as months.</summary>
    internal bool ReadsMonthByMonth => Parts.Any(p => p.By is not null);

    internal string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    internal static GoalFormula? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize<GoalFormula>(json, Json.Options);

    /// <summary>Everything wrong with it, each with the pointer of the entry.</summary>
    internal IEnumerable<FieldProblem> Problems(ReferenceCatalog catalog, string at = "/formula", bool inner = false)
    {
        if (!Kinds.Contains(Kind) || (inner && Kind is Ratio or Manual))
        {
            yield return Problem("unknown-code", at + "/kind", inner ? new("比率的分子、分母须为 sum 或 count。", "Both sides of a ratio are a sum or a count.") : new($"公式类型须为 {string.Join("、", Kinds)} 之一。", $"A formula is one of {string.Join(", ", Kinds)}."));
            yield break;
        }
        foreach (var (name, given) in Given().Where(g => g.Given && !Allowed(g.Name)))
            yield return Problem("formula-part-unknown", $"{at}/{name}", new($"{Kind} 公式没有 {name}。", $"A {Kind} formula has no {name}."));
        if (Kind == Ratio)
        {
            if (Over is null || Under is null) yield return Problem("required", at + (Over is null ? "/over" : "/under"), new("比率须有分子 over 和分母 under。", "A ratio has both over and under."));
            if (MultiplyBy is { } by && by is not (1 or 100)) yield return Problem("out-of-range", at + "/multiplyBy", new("multiplyBy 须为 1 或 100。", "multiplyBy is 1 or 100."));
            foreach (var problem in (Over?.Problems(catalog, at + "/over", true) ?? []).Concat(Under?.Problems(catalog, at + "/under", true) ?? [])) yield return problem;
        }
        if (Kind is Sum or Count)
            foreach (var problem in MeasureProblems(catalog, at)) yield return problem;
    }

    private IEnumerable<FieldProblem> MeasureProblems(ReferenceCatalog catalog, string at)
    {
        if (catalog.FindMeasure(Measure) is not { RolledUp: true } measure)
        {
            yield return Problem("unknown-measure", at + "/measure", new($"没有可汇总的指标“{Measure}”。", $"There is no measure “{Measure}” that is rolled up."));
            yield break;
        }
        foreach (var (sector, i) in (Sectors ?? []).Select((s, i) => (s, i)))
            if (catalog.FindSector(sector) is not { RolledUp: true }) yield return Problem("unknown-code", $"{at}/sectors/{i}", new($"没有可汇总的行业板块“{sector}”。", $"There is no sector “{sector}” that is rolled up."));
        if (Sectors?.Distinct().Count() != Sectors?.Count) yield return Problem("named-twice", at + "/sectors", new("同一板块只能列一次。", "A sector is named once."));
        if (Kind == Sum && (By is null) != (Members is not { Count: > 0 })) yield return Problem("required", at + "/members", new("by 与 members 须同时给出。", "by and members go together."));
        if (By is not null && !(Kind == Sum ? SumBy : CountBy).Contains(By)) yield return Problem("unknown-code", at + "/by", new($"by 须为 {string.Join("、", Kind == Sum ? SumBy : CountBy)} 之一。", $"by is one of {string.Join(", ", Kind == Sum ? SumBy : CountBy)}."));
        else foreach (var (member, i) in (Members ?? []).Select((m, i) => (m, i)))
            if (!IsMember(catalog, member)) yield return Problem("unknown-code", $"{at}/members/{i}", new($"“{member}”不是 {By} 的代码。", $"“{member}” is no code of {By}."));
        if (Members?.Distinct().Count() != Members?.Count) yield return Problem("named-twice", at + "/members", new("同一成员只能列一次。", "A member is named once."));
        if (Kind == Count && (By is null || AtLeast is null)) yield return Problem("required", at + (By is null ? "/by" : "/atLeast"), new("count 公式须有 by 和 atLeast。", "A count has by and atLeast."));
        // A quotient of sums is not the sum, nor the count by sector, of quotients.
        if (!AddsUp(measure) && (Sectors?.Count > 1 || Members?.Count > 1)) yield return Problem("measure-does-not-add", at + "/measure", new($"{measure.NameZh}是比率,不能把多个板块或成员相加。", $"{measure.NameEn} is a quotient: several sectors or members of it cannot be added."));
        if (Kind == Count && Sectors?.Count > 1) yield return Problem("measure-does-not-add", at + "/sectors", new("count 公式最多限定一个板块。", "A count is of one sector at most."));
        if (Accumulate is not null && !Accumulates.Contains(Accumulate)) yield return Problem("unknown-code", at + "/accumulate", new($"accumulate 须为 {string.Join("、", Accumulates)} 之一。", $"accumulate is one of {string.Join(", ", Accumulates)}."));
        else if (Accumulate is Trailing12 or Cumulative && (measure.Basis != Basis.Range || !AddsUp(measure) || By is not null))
            yield return Problem("measure-does-not-add", at + "/accumulate", new("只有按月发生额且未按成员选取的指标可以累计。", "Only a measure of monthly amounts, not picked by members, is accumulated."));
        if (From is not null && (Accumulate != Cumulative || !Month.TryParse(From, out _))) yield return Problem("bad-period", at + "/from", new("from 须为累计的起始月份,如 2026-01。", "from is the first month of a cumulative sum, such as 2026-01."));
    }

    internal static bool AddsUp(Measure measure) => measure.Kind != MeasureKind.Ratio && measure.RatioNumerator is null;

    private bool IsMember(ReferenceCatalog catalog, string member) => By switch
    {
        Dimension.Stage => catalog.FindItem("stage", member) is not null,
        Dimension.Region => catalog.FindRegion(member) is not null,
        Dimension.KeyAction => catalog.FindKeyAction(member) is not null,
        _ => false
    };

    private (string Name, bool Given)[] Given() => [("measure", Measure is not null), ("by", By is not null), ("members", Members is not null), ("atLeast", AtLeast is not null), ("sectors", Sectors is not null),
        ("accumulate", Accumulate is not null), ("from", From is not null), ("over", Over is not null), ("under", Under is not null), ("multiplyBy", MultiplyBy is not null)];

    private bool Allowed(string part) => Kind switch
    {
        Sum => part is "measure" or "by" or "members" or "sectors" or "accumulate" or "from",
        Count => part is "measure" or "by" or "atLeast" or "sectors",
        Ratio => part is "over" or "under" or "multiplyBy",
        _ => false
    };

    private static FieldProblem Problem(string code, string pointer, Words message) => new(code, pointer, message.ToString());

    /// <summary>In words, for people.</summary>
    internal Words Words(ReferenceCatalog catalog)
    {
        if (Kind == Manual) return new("人工登记(附来源)", "recorded by hand, with its source");
        if (Kind == Ratio)
        {
            var (over, under) = (Over!.Words(catalog), Under!.Words(catalog));
            var times = MultiplyBy is 100 ? ("×100%", " x 100 %") : ("", "");
            return new($"({over.Zh})÷({under.Zh}){times.Item1}", $"({over.En}) / ({under.En}){times.Item2}");
        }
        var measure = catalog.Measure(Measure!);
        var (zh, en) = (measure.NameZh, measure.NameEn);
        if (Sectors is { Count: > 0 }) (zh, en) = ($"{zh}[{string.Join("、", Sectors.Select(s => catalog.Sector(s).NameZh))}]", $"{en} [{string.Join("; ", Sectors.Select(s => catalog.Sector(s).NameEn))}]");
        if (Kind == Count) return new($"{Of(By!).Zh}中{zh}≥{AtLeast:0.######}的个数", $"number of {Of(By!).En} with {en} >= {AtLeast:0.######}");
        if (Members is not null) (zh, en) = ($"{zh}({string.Join("、", Members.Select(m => Name(catalog, m).Zh))})", $"{en} ({string.Join(", ", Members.Select(m => Name(catalog, m).En))})");
        return Accumulate switch
        {
            Cumulative => new($"{zh},{(From is null ? "" : "自 " + From)}累计", $"{en}, cumulative{(From is null ? "" : " from " + From)}"),
            Trailing12 => new($"{zh},近十二个月合计", $"{en}, last twelve months"),
            _ when measure.Basis == Basis.Range => new($"{zh},当月值", $"{en}, of the month"),
            _ => new($"{zh},月末水平", $"{en}, at month's end")
        };
    }

    private Words Name(ReferenceCatalog catalog, string member) => By switch
    {
        Dimension.Stage when catalog.FindItem("stage", member) is { } s => new(s.NameZh, s.NameEn),
        Dimension.Region when catalog.FindRegion(member) is { } r => new(r.NameZh, r.NameEn),
        Dimension.KeyAction when catalog.FindKeyAction(member) is { } k => new(k.NameZh, k.NameEn),
        _ => new(member, member)
    };

    private static Words Of(string by) => by switch
    {
        Dimension.Organization => new("下一级单位", "units directly below"),
        Dimension.Sector => new("行业板块", "sectors"),
        Dimension.Region => new("地区", "regions"),
        Dimension.Stage => new("阶段", "stages"),
        _ => new("重点领域", "key areas")
    };
}
