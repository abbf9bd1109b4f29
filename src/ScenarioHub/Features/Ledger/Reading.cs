using System.Globalization;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Ledger;

/// <summary>What is looked at, and from where.</summary>
/// <param name="Scope">The organization whose subtree is added up.</param>
/// <param name="OwnOnly">Only what is the scope's own.</param>
/// <param name="Restated">Under the tree of the moment for all months; else each month under the tree of its time.</param>
/// <param name="Parent">Only months in which the scope hung directly under this one; null asks for none.</param>
internal sealed record View(string Book, long Scope, bool ScopeIsRoot, bool OwnOnly, string? Sector, string? Grade, bool Restated, AsOf Moment, long? Parent = null);

/// <summary>
/// The sums a roll-up needs, read at one moment of the ledger: balances that held at its closing, plus the entries after it.
/// Both are fixed by their numbers, so the reading is consistent although it takes several statements.
/// </summary>
/// <param name="eachMonth">Keep the months apart, so that they can be looked at one by one (<see cref="Months"/>).</param>
/// <param name="hidden">Only what stands outside the caller's own subtree today.</param>
internal sealed class Reading(Db db, Recipe recipe, Period asked, string by, View view, bool eachMonth = false, bool hidden = false)
{
    private readonly Dictionary<(string Measure, Period Window), List<SumRow>> _rows = [];
    private readonly HashSet<string> _members = [];

    public Recipe Recipe => recipe;
    public Period Asked => asked;
    public string By => by;
    public View View => view;

    public IEnumerable<string> Members => _members;

    public bool Has(string member) => _members.Contains(member);

    public async Task Read(CancellationToken ct)
    {
        foreach (var group in recipe.Sides.SelectMany(side => side.Terms.Select(t => (t.Measure, Window: WindowRead(side)))).Distinct().GroupBy(t => t.Window))
        {
            var args = Arguments(group.Select(t => t.Measure), group.Key);
            foreach (var measure in group.Select(t => t.Measure)) _rows[(measure, group.Key)] = [];
            foreach (var row in await Balances(args, ct)) Keep(row, group.Key);
            if (view.Moment.AsOfEntryNo > view.Moment.ThroughEntryNo)
                foreach (var row in await db.List<SumRow>(by == Dimension.Organization ? LedgerSql.SumTailByOrganization : LedgerSql.SumTail, args, ct)) Keep(row, group.Key);
        }
    }

    /// <summary>The sums of one side for a member; of all members when it is null.</summary>
    public Sums Sum(Side side, string? member)
    {
        var sums = new Sums();
        foreach (var term in side.Terms)
            foreach (var row in _rows[(term.Measure, WindowRead(side))])
                if (Counts(row, member, side.Window(MonthOf(member) ?? asked, recipe.Measure.Kind))) sums.Add(term, row);
        return sums;
    }

    /// <summary>The sums of one measure over a window, whatever sign the formula gives it.</summary>
    public Sums SumOf(string measure, Period window, string? member)
    {
        var sums = new Sums();
        foreach (var side in recipe.Sides.Where(s => s.Terms.Any(t => t.Measure == measure) && s.Window(asked, recipe.Measure.Kind) == window).Take(1))
            foreach (var row in _rows[(measure, WindowRead(side))])
                if (Counts(row, member, side.Window(MonthOf(member) ?? asked, recipe.Measure.Kind))) sums.Add(new Term(measure, 1), row);
        return sums;
    }

    /// <summary>Every measure of the formula with the months that count of it; one that stands on both sides with the same months counts once.</summary>
    public IEnumerable<(string Measure, Period Window)> Parts => recipe.Parts(asked);

    /// <summary>A measure's quantity and number of values or zeros in each month that was read; only of a reading that keeps the months apart.</summary>
    public IEnumerable<(string Month, long Quantity, long Figures)> Months(string measure, string? member) =>
        _rows.Where(r => r.Key.Measure == measure).Take(1).SelectMany(r => r.Value).Where(r => member is null || r.Member == member)
            .Where(r => r.FigureState is "reported" or "zero")
            .GroupBy(r => r.Period).Select(g => (g.Key, g.Aggregate(0L, (sum, r) => checked(sum + r.Quantity)), g.Sum(r => r.Figures)));

    public Cell CellOf(string? member)
    {
        var months = MonthOf(member) ?? asked;
        var organization = by == Dimension.Organization && member is not null ? long.Parse(member, CultureInfo.InvariantCulture) : view.Scope;
        return new(recipe.Measure.Code, view.Book, months.First.ToString(), months.Last.ToString(),
            member is null || by is Dimension.Organization or Dimension.Month or Dimension.Sector or Dimension.Grade ? Dimension.None : by, member ?? "",
            organization, by == Dimension.Organization && organization == view.Scope && member is not null,
            by == Dimension.Sector && member is not null ? member : view.Sector, by == Dimension.Grade && member is not null ? member : view.Grade,
            view.Moment.AsOfEntryNo, view.Restated, view.Moment.TreeNo, view.Restated || organization == view.Scope ? null : view.Scope);
    }

    /// <summary>A level is of one month, and is read under that month's tree, whenever its movements were; laid out by month all are read under that of the last. What flows is read month by month.</summary>
    public static string? LevelMonth(Recipe recipe, Period window) => recipe.Measure.Kind == MeasureKind.Register ? window.Last.ToString() : null;

    public static object Arguments(Recipe recipe, string by, View view, IEnumerable<string> measures, Period window, bool eachMonth = false, bool hidden = false, long afterEntryNo = 0) => new
    {
        By = by,
        Aspect = Dimension.Aspect(by),
        view.Book,
        MeasureCodes = SqlList.Of(measures),
        PeriodCodes = SqlList.Of(window.EachMonth().Select(m => m.ToString())),
        First = window.First.ToString(),
        Last = window.Last.ToString(),
        view.Scope,
        OwnOnly = view.OwnOnly ? 1 : 0,
        view.Parent,
        view.Sector,
        view.Grade,
        Restated = view.Restated ? 1 : 0,
        LevelMonth = LevelMonth(recipe, window),
        view.Moment.TreeNo,
        view.Moment.ClosingNo,
        view.Moment.ThroughEntryNo,
        view.Moment.AsOfEntryNo,
        AfterEntryNo = afterEntryNo,
        EachMonth = eachMonth ? 1 : 0,
        Hidden = hidden ? 1 : 0
    };

    private object Arguments(IEnumerable<string> measures, Period window) => Arguments(recipe, by, view, measures, window, eachMonth, hidden);

    // Laid out by month, one read brings all months that any cell looks at; each cell then takes its own window of them.
    private Period WindowRead(Side side) => by == Dimension.Month
        ? new Period(side.Window(Period.Of(asked.First), recipe.Measure.Kind).First, asked.Last)
        : side.Window(asked, recipe.Measure.Kind);

    private bool Counts(SumRow row, string? member, Period window) => by == Dimension.Month
        ? window.Contains(Month.Parse(row.Member))
        : member is null || row.Member == member;

    private Period? MonthOf(string? member) => by == Dimension.Month && member is not null ? Period.Of(Month.Parse(member)) : null;

    private void Keep(SumRow row, Period window)
    {
        _rows[(row.Measure, window)].Add(row);
        _members.Add(row.Member);
    }

    // The whole tenant has its totals pre-added; a subtree adds its organizations' balances under the tree asked for.
    private Task<IReadOnlyList<SumRow>> Balances(object args, CancellationToken ct) => db.List<SumRow>(
        by == Dimension.Organization ? LedgerSql.SumBalancesByOrganization : view.ScopeIsRoot && !view.OwnOnly && !hidden ? LedgerSql.SumTotals : LedgerSql.SumBalances, args, ct);
}
