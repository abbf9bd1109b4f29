using System.Globalization;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Goals;

/// <summary>A formula's number in a month, with the coverage, bounds and grades of the cells it came from.</summary>
/// <param name="Low">Lower bound; null where there is none.</param>
/// <param name="High">Upper bound; null where there is none.</param>
/// <param name="LowHolds">True: no completion can bring it below; false: the roll-up's estimate from other months.</param>
/// <param name="Open">Figures asked for and not due yet, or withheld: they will move the number and nobody bounds them.</param>
/// <param name="Known">False where nobody can say what is missing: no collection called for all of it.</param>
/// <param name="SelfReported">So much of <paramref name="Graded"/> is only self-reported; both are sums of absolute values, so what cancels out still counts.</param>
/// <param name="GradesKnown">False for quotients, whose value has no rungs.</param>
internal sealed record Figure(decimal? Value, decimal? Low, decimal? High, bool LowHolds, bool HighHolds, long Expected, long Reported, long Missing, long Open, bool Known, decimal SelfReported, decimal Graded, bool GradesKnown)
{
    public static readonly Figure None = new(null, 0, 0, true, true, 0, 0, 0, 0, true, 0, 0, true);

    public bool IsComplete => Known && Missing == 0 && Open == 0;

    /// <summary>Reported by half at least, as far as is known; a month below that says more about filing than about the goal.</summary>
    public bool IsUsable => Value is not null && (!Known || Expected == 0 || Reported * 2 >= Expected);

    /// <summary>0 to 1; what is unknown counts as missing.</summary>
    public decimal MissingShare => !Known ? 1 : Expected > 0 ? (decimal)Missing / Expected : 0;

    public decimal LowGradeShare => !GradesKnown ? 1 : Graded > 0 ? SelfReported / Graded : 0;

    public Figure Plus(Figure other) => new(Value is null ? other.Value : other.Value is null ? Value : Value + other.Value, Low + other.Low, High + other.High, LowHolds && other.LowHolds, HighHolds && other.HighHolds,
        Expected + other.Expected, Reported + other.Reported, Missing + other.Missing, Open + other.Open,
        Known && other.Known, SelfReported + other.SelfReported, Graded + other.Graded, GradesKnown && other.GradesKnown);

    /// <param name="onlyAdds">No figure of the measure is negative: what is missing can only add, so what is filed is the floor, whatever an estimate would add to it.</param>
    public static Figure Of(RollupCell cell, Rollup rollup, bool onlyAdds)
    {
        // The register is what is registered: nothing of it is missing, and nobody grades it.
        if (rollup.Kind == "register") return None with { Value = cell.Value ?? 0, Low = cell.Value ?? 0, High = cell.Value ?? 0 };
        var coverage = cell.Coverage;
        var figure = new Figure(cell.Value, null, null, onlyAdds, false, coverage?.Expected ?? 0, (coverage?.Reported ?? 0) + (coverage?.Zero ?? 0), coverage?.Missing ?? 0, (coverage?.NotDue ?? 0) + (coverage?.Withheld ?? 0),
            coverage is { Expected: not null, Missing: not null, NotDue: not null }, Math.Abs(cell.Grades?.GetValueOrDefault("selfReported") ?? 0), cell.Grades?.Values.Sum(Math.Abs) ?? 0, cell.Grades is not null || cell.Value is null);
        var filed = cell.Value ?? 0;
        if (figure.IsComplete) return figure with { Low = filed, High = filed, LowHolds = true, HighHolds = true };
        return figure with { Low = onlyAdds ? filed : figure.Open == 0 && cell.Bound is { } below ? Math.Min(below.Low, filed) : null, High = figure.Open == 0 && cell.Bound is { } above ? Math.Max(above.High, filed) : null };
    }
}

/// <summary>A goal's numbers as read at one moment.</summary>
/// <param name="Months">Oldest first.</param>
/// <param name="Current">Index of the month that stands for now; -1 where there is none.</param>
internal sealed record GoalSeries(IReadOnlyList<Month> Months, IReadOnlyList<Figure> Figures, int Current)
{
    public Month? CurrentMonth => Current < 0 ? null : Months[Current];
    public Figure? Now => Current < 0 ? null : Figures[Current];
    public Figure? In(Month month) => Months.Select((m, i) => (m, i)).Where(x => x.m == month).Select(x => Figures[x.i]).FirstOrDefault();

    /// <summary>What a forecast may stand on: usable months up to the current one, from the last of the empty months before the first figure on.</summary>
    public IReadOnlyList<Level> Levels => [.. Months.Zip(Figures).Take(Current + 1).Where(x => x.Second.IsUsable)
        .Select(x => new Level(x.First.LastDay, x.Second.Value!.Value)).ToArray() is var all && Array.FindIndex(all, l => l.Value != 0) is var first and > 0 ? all[(first - 1)..] : all];
}

/// <summary>Reads goals' formulas from roll-ups, as whoever the caller is. One a scope: what several goals read alike at one closing is read once.</summary>
internal sealed class GoalReading(Db db, IMediator mediator, ReferenceCatalog catalog, TimeProvider clock)
{
    public const int MonthsAtOnce = 24, MonthsOneByOne = 12, Deciding = 10;
    private const int CellsKept = 20_000;

    private readonly Dictionary<GetRollup, Rollup> _kept = [];
    private readonly Dictionary<long, IReadOnlyList<CallRow>> _calls = [];
    private int _cellsKept;

    /// <param name="organization">Whose subtree.</param>
    /// <param name="alsoOn">A month that must be among those read: the due month of a goal that is past due.</param>
    /// <param name="asOf">Closing number, or null for the present.</param>
    public async Task<GoalSeries> Series(GoalFormula formula, long organization, Month? alsoOn, string? asOf, CancellationToken ct)
    {
        var thisMonth = Month.Of(clock.Today());
        // A month's figures are filed once it is over; the register stands as of today.
        var last = formula.Parts.All(p => catalog.Measure(p.Measure!).Kind == MeasureKind.Register) ? thisMonth : thisMonth.AddMonths(-1);
        var count = formula.ReadsMonthByMonth ? MonthsOneByOne : MonthsAtOnce;
        var months = Enumerable.Range(0, count).Select(i => last.AddMonths(i - count + 1)).Where(m => m >= Month.First).ToList();
        if (alsoOn is { } also && also < months[0] && also >= Month.First) months.Insert(0, also);
        var figures = formula.Kind == GoalFormula.Ratio
            ? (await Each(formula.Over!, organization, months, asOf, ct)).Zip(await Each(formula.Under!, organization, months, asOf, ct), (over, under) => Quotient(formula, over, under)).ToList()
            : await Each(formula, organization, months, asOf, ct);
        var current = figures.FindLastIndex(f => f.IsUsable);
        if (current < 0) current = figures.FindLastIndex(f => f.Value is not null);
        var first = months.Count > count ? 1 : 0;
        return current >= first && await WithGrades(formula, organization, months[current], figures[current], asOf, ct) is { } graded
            ? new(months, [.. figures.Select((f, i) => i == current ? graded : f)], current)
            : new(months, figures, current < first ? -1 : current);
    }

    public static Measured Bounded(Figure figure, DateOnly on) => figure.Value is null ? new(on, null, null, null) : new(on, figure.Value, figure.Low, figure.High, figure.LowHolds, figure.HighHolds);

    /// <summary>What no forecast goes below, whatever a line says: what a cumulative sum of amounts that only add has reached, zero for counts and levels.</summary>
    public decimal? Floor(GoalFormula formula, Figure figure) =>
        formula.Accumulate == GoalFormula.Cumulative && OnlyAdds(catalog.Measure(formula.Measure!)) ? figure.Low
        : formula.Parts.All(p => p.Kind == GoalFormula.Count || catalog.Measure(p.Measure!).Kind is MeasureKind.Register or MeasureKind.Stock) ? 0 : null;

    // Savings against a baseline (efficiency, green) may honestly be negative, and so may what is derived.
    private static bool OnlyAdds(Measure measure) => measure.Kind is MeasureKind.Register or MeasureKind.Stock || (measure.Kind == MeasureKind.Flow && measure.Group is not ("efficiency" or "green"));

    /// <summary>The organizations and sectors that contribute most, and those with most missing; of a count, the members that do not count yet.</summary>
    public async Task<GoalDecides> Decides(GoalFormula formula, long organization, Month month, Figure whole, string? asOf, CancellationToken ct)
    {
        var part = formula.Leading;
        var measure = catalog.Measure(part.Measure!);
        var window = Window(part, month);
        var adds = GoalFormula.AddsUp(measure);
        var total = part.Kind == GoalFormula.Sum && formula.Kind == GoalFormula.Sum && adds ? whole.Value : null;
        var organizations = new Dictionary<string, Figure>();
        foreach (var sector in SectorsOf(part))
        {
            var rollup = await Read(measure.Code, Dimension.Organization, window, sector, organization, asOf, ct);
            foreach (var cell in rollup.Cells.Where(c => c.Key != rollup.Organization.Id.ToString(CultureInfo.InvariantCulture))) organizations[cell.Key] = organizations.GetValueOrDefault(cell.Key, Figure.None).Plus(Of(cell, rollup));
        }
        var laidOut = await Read(measure.Code, Dimension.Sector, window, null, organization, asOf, ct);
        var sectors = laidOut.Cells.Where(c => part.Sectors is not { Count: > 0 } named || named.Contains(c.Key)).ToDictionary(c => c.Key, c => Of(c, laidOut));

        // A roll-up has one dimension: who leads overall is looked at again by the stages, regions or key areas that count.
        Task<Figure> Again(string key, bool isSector) => Picked(part, isSector ? organization : long.Parse(key, CultureInfo.InvariantCulture), isSector ? key : null, month, asOf, ct);
        async Task<IReadOnlyList<GoalDeciding>> Most(Dictionary<string, Figure> of, bool isSector)
        {
            var leading = of.Where(x => x.Value.Value is > 0).OrderByDescending(x => x.Value.Value).ThenBy(x => x.Key, StringComparer.Ordinal).Take(Deciding).ToList();
            if (part.Members is not null)
                for (var i = 0; i < leading.Count; i++) leading[i] = new(leading[i].Key, await Again(leading[i].Key, isSector));
            return [.. leading.Where(x => x.Value.Value is > 0).OrderByDescending(x => x.Value.Value).ThenBy(x => x.Key, StringComparer.Ordinal).Select(x => Line(x.Key, x.Value, total))];
        }
        IReadOnlyList<GoalDeciding> Lacking(Dictionary<string, Figure> of) =>
            [.. of.Where(x => x.Value.Missing > 0).OrderByDescending(x => x.Value.Missing).ThenBy(x => x.Key, StringComparer.Ordinal).Take(Deciding).Select(x => Line(x.Key, x.Value, total))];

        IReadOnlyList<GoalDeciding> notYet = [];
        if (part.Kind == GoalFormula.Count)
        {
            var rollup = await Read(measure.Code, part.By!, window, part.Sectors is { Count: 1 } ? part.Sectors[0] : null, organization, asOf, ct);
            notYet = [.. Members(rollup).Where(c => c.Value is null || c.Value < part.AtLeast).OrderByDescending(c => c.Value ?? 0).ThenBy(c => c.Key, StringComparer.Ordinal).Take(Deciding).Select(c => Line(c.Key, Of(c, rollup), null))];
        }
        return new(await Most(organizations, false), Lacking(organizations), await Most(sectors, true), Lacking(sectors), part.Kind == GoalFormula.Count ? part.By : null, notYet);
    }

    private Figure Of(RollupCell cell, Rollup rollup) => Figure.Of(cell, rollup, OnlyAdds(catalog.Measure(rollup.Measure)));

    private static GoalDeciding Line(string key, Figure figure, decimal? total) =>
        new(key, null, figure.Value, total is > 0 && figure.Value is { } value ? Math.Round(value / total.Value, 6, MidpointRounding.AwayFromZero) : null, figure.Known && figure.Expected > 0 ? figure.Missing : null);

    private static Figure Quotient(GoalFormula formula, Figure over, Figure under)
    {
        var both = formula.Over!.Measure == formula.Under!.Measure ? over : over.Plus(under);
        decimal? value = over.Value is { } o && under.Value is { } u && u != 0 ? Math.Round(o / u * (formula.MultiplyBy ?? 1), 6, MidpointRounding.AwayFromZero) : null;
        var complete = over.IsComplete && under.IsComplete;
        return both with
        {
            Value = value,
            Low = complete ? value : null,
            High = complete ? value : null,
            LowHolds = complete,
            HighHolds = complete,
            Known = over.Known && under.Known,
            GradesKnown = over.GradesKnown && under.GradesKnown
        };
    }

    private async Task<List<Figure>> Each(GoalFormula part, long organization, List<Month> months, string? asOf, CancellationToken ct)
    {
        if (part.By is not null)
        {
            var each = new List<Figure>();
            foreach (var month in months) each.Add(await Picked(part, organization, null, month, asOf, ct));
            return await WhereCalled(part, organization, months, each, ct);
        }
        // Without members to pick, one roll-up by month brings them all.
        var begins = months.Select(m => Window(part, m).First).Min();
        var byMonth = new Dictionary<string, Figure>();
        foreach (var sector in SectorsOf(part))
        {
            var rollup = await Read(part.Measure!, Dimension.Month, new(begins, months[^1]), sector, organization, asOf, ct);
            foreach (var cell in rollup.Cells) byMonth[cell.Key] = byMonth.GetValueOrDefault(cell.Key, Figure.None).Plus(Of(cell, rollup));
        }
        var all = new Period(begins, months[^1]).EachMonth().ToList();
        var known = await WhereCalled(part, organization, all, [.. all.Select(m => byMonth.GetValueOrDefault(m.ToString(), Figure.None))], ct);
        for (var i = 0; i < all.Count; i++) byMonth[all[i].ToString()] = known[i];
        var from = part.From is null ? Month.First : Month.Parse(part.From);
        return [.. months.Select(m => m < from ? Figure.None : Window(part, m).EachMonth().Select(each => byMonth.GetValueOrDefault(each.ToString(), Figure.None)).Aggregate(Figure.None, (a, b) => a.Plus(b)))];
    }

    // Before the first figure there was nothing to call for. From then on, where nobody called for all of it, what is filed is what it is and what is missing nobody knows.
    private async Task<List<Figure>> WhereCalled(GoalFormula part, long organization, List<Month> months, List<Figure> figures, CancellationToken ct)
    {
        var measure = catalog.Measure(part.Measure!);
        var first = figures.FindIndex(f => f.Value is not null || f.Expected > 0);
        if (measure.Kind == MeasureKind.Register || first < 0) return figures;
        if (!_calls.TryGetValue(organization, out var calls)) _calls[organization] = calls = await db.List<CallRow>(GoalSql.Called, new { OrganizationId = organization }, ct);
        string[] filed = measure.Sum is { } sum ? [.. sum.Terms.Select(t => t.Measure)] : measure.RatioNumerator is { } over ? [.. over.Terms.Concat(measure.RatioDenominator!.Terms).Select(t => t.Measure)] : [measure.Code];
        static bool All(string? named, IEnumerable<string> wanted) => named is null || wanted.All(named.Split(' ').Contains);
        var covering = calls.Where(c => All(c.Measures, filed) && (c.Sectors is null || (part.Sectors is { Count: > 0 } sectors && All(c.Sectors, sectors)))).ToList();
        return [.. figures.Select((figure, i) => i < first || covering.Any(c => string.CompareOrdinal(c.FirstPeriod, months[i].ToString()) <= 0 && string.CompareOrdinal(months[i].ToString(), c.LastPeriod) <= 0) ? figure
            : figure with { Known = false, High = null, HighHolds = false, Low = figure.LowHolds && OnlyAdds(measure) ? figure.Low : null })];
    }

    // One month laid out by the formula's dimension: its members that count added up, or counted.
    private async Task<Figure> Picked(GoalFormula part, long organization, string? onlySector, Month month, string? asOf, CancellationToken ct)
    {
        var figure = Figure.None;
        IReadOnlyList<string?> sectors = onlySector is null ? SectorsOf(part) : [onlySector];
        foreach (var sector in sectors)
        {
            var rollup = await Read(part.Measure!, part.By!, Period.Of(month), sector, organization, asOf, ct);
            if (part.Kind == GoalFormula.Count)
            {
                var total = Of(rollup.Total, rollup);
                var counted = total.Value is null ? (decimal?)null : Members(rollup).Count(c => c.Value >= part.AtLeast);
                var floor = total.IsComplete || OnlyAdds(catalog.Measure(part.Measure!));
                return total with { Value = counted, Low = floor ? counted : null, High = total.IsComplete ? counted : null, LowHolds = floor, HighHolds = total.IsComplete };
            }
            if (rollup.Kind == "register" && figure.Value is null) figure = figure with { Value = 0 };   // regions without a scenario have no cell
            foreach (var cell in rollup.Cells.Where(c => part.Members!.Contains(c.Key))) figure = figure.Plus(Of(cell, rollup));
        }
        return figure;
    }

    // A scope's own line among those below it is no unit below it.
    private static IEnumerable<RollupCell> Members(Rollup rollup) => rollup.By == Dimension.Organization
        ? rollup.Cells.Where(c => c.Key != rollup.Organization.Id.ToString(CultureInfo.InvariantCulture)) : rollup.Cells;

    // The value of a quotient has no rungs, but its figures have: how many of them are only self-reported.
    private async Task<Figure?> WithGrades(GoalFormula formula, long organization, Month month, Figure figure, string? asOf, CancellationToken ct)
    {
        if (figure.GradesKnown || formula.Kind != GoalFormula.Sum || formula.By is not null) return null;
        var rollup = await Read(formula.Measure!, Dimension.Grade, Period.Of(month), formula.Sectors is { Count: 1 } ? formula.Sectors[0] : null, organization, asOf, ct);
        return figure with
        {
            SelfReported = rollup.Cells.Where(c => c.Key == "selfReported").Sum(c => c.Coverage?.Reported ?? 0),
            Graded = rollup.Cells.Sum(c => c.Coverage?.Reported ?? 0),
            GradesKnown = true
        };
    }

    private static Period Window(GoalFormula part, Month month) => part.Accumulate switch
    {
        GoalFormula.Trailing12 => new(month.AddMonths(-11) < Month.First ? Month.First : month.AddMonths(-11), month),
        GoalFormula.Cumulative => (part.From is null ? Month.First : Month.Parse(part.From)) is var from && from <= month ? new(from, month) : Period.Of(month),
        _ => Period.Of(month)
    };

    private sealed record CallRow
    {
        public required string FirstPeriod { get; init; }
        public required string LastPeriod { get; init; }
        public string? Sectors { get; init; }
        public string? Measures { get; init; }
    }

    private static IReadOnlyList<string?> SectorsOf(GoalFormula part) => part.Sectors is { Count: > 0 } sectors ? [.. sectors] : [null];

    private async Task<Rollup> Read(string measure, string by, Period period, string? sector, long organization, string? asOf, CancellationToken ct)
    {
        var query = new GetRollup(measure, by, period.First.ToString(), period.Last.ToString(), Book.Approved, sector, organization, null, asOf);
        if (asOf is not null && _kept.TryGetValue(query, out var kept)) return kept;
        var rollup = (await mediator.Send(query, ct)).Value;
        // Only a closing's readings may be given again: the present moves on. And only so many: a national layout by organization has thousands of cells.
        if (asOf is null) return rollup;
        if (_cellsKept + rollup.Cells.Count > CellsKept) { _kept.Clear(); _cellsKept = 0; }
        (_kept[query], _cellsKept) = (rollup, _cellsKept + rollup.Cells.Count);
        return rollup;
    }
}

/// <summary>What decides a goal, as of its evaluation.</summary>
/// <param name="Organizations">Units directly below the goal's scope that contribute most, largest first; at most 10.</param>
/// <param name="OrganizationsMissing">Those with most figures missing.</param>
/// <param name="Sectors">Sectors that contribute most.</param>
/// <param name="SectorsMissing">Those with most figures missing.</param>
/// <param name="MembersBy">Of a count: the dimension whose members are counted; else null.</param>
/// <param name="MembersNotYet">Of a count: members that do not count yet, nearest first.</param>
public sealed record GoalDecides(IReadOnlyList<GoalDeciding> Organizations, IReadOnlyList<GoalDeciding> OrganizationsMissing, IReadOnlyList<GoalDeciding> Sectors, IReadOnlyList<GoalDeciding> SectorsMissing,
    string? MembersBy, IReadOnlyList<GoalDeciding> MembersNotYet);

/// <param name="Key">Id of the organization, or code.</param>
/// <param name="Label">Its name, as of now.</param>
/// <param name="Value">In the unit of the formula's measure; null when nothing was filed.</param>
/// <param name="Share">Of the goal's number, 0 to 1; null where shares do not add up.</param>
/// <param name="Missing">Figures missing; null where nothing is owed or it is unknown.</param>
public sealed record GoalDeciding(string Key, string? Label, decimal? Value, decimal? Share, long? Missing);
