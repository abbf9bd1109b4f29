using System.Globalization;
using System.Runtime.InteropServices;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Ledger;

/// <summary>What is looked at, and from where.</summary>
/// <param name="Scope">The organization whose subtree is added up.</param>
/// <param name="OwnOnly">Only what is the scope's own.</param>
/// <param name="Restated">Under the tree of the moment for all months; else each month under the tree of its time.</param>
/// <param name="Parent">Only months in which the scope hung directly under this one; null asks for none.</param>
/// <param name="Level">Of a level: the month whose tree it is read under where that is not the last of those asked for.</param>
internal sealed record View(string Book, long Scope, bool ScopeIsRoot, bool OwnOnly, string? Sector, string? Grade, bool Restated, AsOf Moment, long? Parent = null, string? Level = null);

/// <summary>
/// The sums a roll-up needs, read at one moment of the ledger: balances that held at its closing, plus the entries after it.
/// Both are fixed by their numbers, so the reading is consistent although it takes several statements.
/// </summary>
/// <param name="sumsOnly">What it comes to and nothing else: months and grades need not be told apart.</param>
/// <param name="hidden">Only what stands outside the caller's own subtree today.</param>
internal sealed class Reading(Db db, Recipe recipe, Period asked, string by, View view, bool sumsOnly = false, bool hidden = false)
{
    private readonly record struct Key(string Period, string Grade, string FigureState);

    private readonly Dictionary<(string Measure, Period Window), Dictionary<string, Dictionary<Key, Amounts>>> _rows = [];
    private readonly Dictionary<(string Measure, Period Window, string? Member), Sums> _sums = [];
    private readonly HashSet<string> _members = [];

    public Recipe Recipe => recipe;
    public Period Asked => asked;
    public string By => by;
    public View View => view;

    public IEnumerable<string> Members => _members;

    public bool Has(string member) => _members.Contains(member);

    public async Task Read(CancellationToken ct)
    {
        var homes = by == Dimension.Organization ? await Homes(ct) : null;
        foreach (var group in recipe.Sides.SelectMany(side => side.Terms.Select(t => (t.Measure, Window: WindowRead(side)))).Distinct().GroupBy(t => t.Window))
        {
            var args = Arguments(recipe, by, view, group.Select(t => t.Measure), group.Key, sumsOnly, hidden);
            foreach (var measure in group.Select(t => t.Measure)) _rows[(measure, group.Key)] = [];
            await foreach (var row in db.Stream<SumRow>(Balances(), args, ct)) Keep(row, group.Key, homes);
            if (view.Moment.AsOfEntryNo > view.Moment.ThroughEntryNo)
                await foreach (var row in db.Stream<SumRow>(LedgerSql.TailRows, args, ct)) Keep(row, group.Key, homes);
        }
    }

    /// <summary>The sums of one side for a member; of all members when it is null.</summary>
    public Sums Sum(Side side, string? member)
    {
        var sums = new Sums();
        foreach (var term in side.Terms) sums.Add(term.Factor, One(term.Measure, side, member));
        return sums;
    }

    /// <summary>The sums of one measure over a window, whatever sign the formula gives it.</summary>
    public Sums SumOf(string measure, Period window, string? member) =>
        recipe.Sides.FirstOrDefault(s => s.Terms.Any(t => t.Measure == measure) && s.Window(asked, recipe.Measure.Kind) == window) is { } side ? One(measure, side, member) : new();

    /// <summary>Every measure of the formula with the months that count of it; one that stands on both sides with the same months counts once.</summary>
    public IEnumerable<(string Measure, Period Window)> Parts => recipe.Parts(asked);

    /// <summary>A measure's quantity and number of values or zeros in each month that was read. Not of a reading for sums only.</summary>
    public IEnumerable<(string Month, long Quantity, long Figures)> Months(string measure, string? member)
    {
        var all = _rows.First(r => r.Key.Measure == measure).Value;
        IEnumerable<Dictionary<Key, Amounts>> asked = member is null ? all.Values : all.TryGetValue(member, out var own) ? [own] : [];
        return asked.SelectMany(o => o).Where(r => r.Key.FigureState is "reported" or "zero")
            .GroupBy(r => r.Key.Period).Select(g => (g.Key, g.Aggregate(0L, (sum, r) => checked(sum + r.Value.Quantity)), g.Sum(r => r.Value.Figures)));
    }

    /// <summary>Whether <see cref="Months"/> holds exactly these months of every measure.</summary>
    public bool HasMonths(Period months) => !sumsOnly && by != Dimension.Month && _rows.Keys.All(k => k.Window == months);

    public Cell CellOf(string? member)
    {
        var months = MonthOf(member) ?? asked;
        var organization = by == Dimension.Organization && member is not null ? long.Parse(member, CultureInfo.InvariantCulture) : view.Scope;
        return new(recipe.Measure.Code, view.Book, months.First.ToString(), months.Last.ToString(),
            member is null || by is Dimension.Organization or Dimension.Month or Dimension.Sector or Dimension.Grade ? Dimension.None : by, member ?? "",
            organization, by == Dimension.Organization && organization == view.Scope && member is not null,
            by == Dimension.Sector && member is not null ? member : view.Sector, by == Dimension.Grade && member is not null ? member : view.Grade,
            view.Moment.AsOfEntryNo, view.Restated, view.Moment.TreeNo, view.Restated || organization == view.Scope ? null : view.Scope, LevelMonth(recipe, asked));
    }

    /// <summary>What a member comes to, measure by measure, in the order of its recipe's parts.</summary>
    public IReadOnlyList<Sums> PartsOf(string? member)
    {
        var months = MonthOf(member) ?? asked;
        return [.. recipe.Sides.SelectMany(side => side.Terms.Select(t => (t.Measure, Window: side.Window(months, recipe.Measure.Kind), Side: side)))
            .DistinctBy(p => (p.Measure, p.Window)).Select(p => One(p.Measure, p.Side, member))];
    }

    /// <summary>A level is of one month, and is read under that month's tree, whenever its movements were; laid out by month all are read under that of the last. What flows is read month by month.</summary>
    public static string? LevelMonth(Recipe recipe, Period window) => recipe.Measure.Kind == MeasureKind.Register ? window.Last.ToString() : null;

    public static object Arguments(Recipe recipe, string by, View view, IEnumerable<string> measures, Period window, bool sumsOnly = false, bool hidden = false, long afterEntryNo = 0) => new
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
        LevelMonth = view.Level ?? LevelMonth(recipe, window),
        view.Moment.TreeNo,
        view.Moment.ClosingNo,
        view.Moment.ThroughEntryNo,
        view.Moment.AsOfEntryNo,
        AfterEntryNo = afterEntryNo,
        SumsOnly = sumsOnly ? 1 : 0,
        Hidden = hidden ? 1 : 0
    };

    // The whole tenant has its totals pre-added.
    private bool Pre => view is { ScopeIsRoot: true, OwnOnly: false } && !hidden && by != Dimension.Organization;

    // A subtree adds its organizations' balances under the tree asked for.
    private SqlText Balances() => !Pre ? sumsOnly && by != Dimension.Organization ? LedgerSql.SumBalances : LedgerSql.BalanceRows : sumsOnly || Dimension.Aspect(by) != Dimension.Sector ? LedgerSql.SumTotals : LedgerSql.TotalRows;

    // Laid out by month, one read brings all months that any cell looks at; each cell then takes its own window of them.
    private Period WindowRead(Side side) => by == Dimension.Month
        ? new Period(side.Window(Period.Of(asked.First), recipe.Measure.Kind).First, asked.Last)
        : side.Window(asked, recipe.Measure.Kind);

    // Every cell asks for its sums several times, for its value, its grades, its coverage and its bound.
    private Sums One(string measure, Side side, string? member)
    {
        var window = side.Window(MonthOf(member) ?? asked, recipe.Measure.Kind);
        if (_sums.TryGetValue((measure, window, member), out var sums)) return sums;
        _sums.Add((measure, window, member), sums = new());
        var all = _rows[(measure, WindowRead(side))];
        if (member is not null && by != Dimension.Month)
        {
            if (all.TryGetValue(member, out var own)) Add(own);
        }
        else
            foreach (var (key, own) in all)
                if (by != Dimension.Month || window.Contains(Month.Parse(key))) Add(own);
        return sums;

        void Add(Dictionary<Key, Amounts> own)
        {
            foreach (var (what, amounts) in own) sums.Add(what.Grade, what.FigureState, amounts);
        }
    }

    private Period? MonthOf(string? member) => by == Dimension.Month && member is not null ? Period.Of(Month.Parse(member)) : null;

    private void Keep(SumRow row, Period window, Dictionary<long, List<HomeRow>>? homes)
    {
        var member = homes is null ? row.Member : Home(row, window, homes);
        ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows[(row.Measure, window)], member, out var there);
        if (!there) _members.Add(member);
        CollectionsMarshal.GetValueRefOrAddDefault(own ??= [], new Key(row.Period, row.Grade, row.FigureState), out _) += new Amounts(row.Quantity, row.Denominator, row.Figures, row.Entries);
    }

    private string Home(SumRow row, Period window, Dictionary<long, List<HomeRow>> homes)
    {
        var month = LevelMonth(recipe, window) ?? row.Period;
        foreach (var home in homes.TryGetValue(row.OrganizationId, out var all) ? all : [])
            if (view.Restated || (string.CompareOrdinal(home.FromPeriod, month) <= 0 && string.CompareOrdinal(month, home.UntilPeriod) < 0)) return home.Name;
        return view.Scope.ToString(CultureInfo.InvariantCulture);   // under no child: the scope's own
    }

    private async Task<Dictionary<long, List<HomeRow>>> Homes(CancellationToken ct) =>
        (await db.List<HomeRow>(LedgerSql.Homes, new { view.Scope, view.Moment.TreeNo, Restated = view.Restated ? 1 : 0 }, ct)).GroupBy(h => h.OrganizationId).ToDictionary(g => g.Key, g => g.ToList());

    private sealed record HomeRow
    {
        private readonly long _member;

        public long OrganizationId { get; init; }
        public long Member { get => _member; init => (_member, Name) = (value, value.ToString(CultureInfo.InvariantCulture)); }
        public required string FromPeriod { get; init; }
        public required string UntilPeriod { get; init; }
        public string Name { get; private init; } = "";
    }
}
