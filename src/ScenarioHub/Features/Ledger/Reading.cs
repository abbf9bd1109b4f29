using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Ledger;

/// <summary>
/// The sums a roll-up needs, read at one moment of the ledger: balances that held at its closing, plus the entries after it.
/// Both are fixed by their numbers, so the reading is consistent although it takes several statements.
/// </summary>
internal sealed class Reading(Db db, Recipe recipe, Period asked, string by, string book, long scope, bool scopeIsRoot, string? sector, string? grade, AsOf moment)
{
    private readonly Dictionary<(string Measure, Period Window), List<SumRow>> _rows = [];
    private readonly HashSet<string> _members = [];

    public Recipe Recipe => recipe;
    public Period Asked => asked;
    public string By => by;
    public string Book => book;

    public bool Has(string member) => _members.Contains(member);

    public async Task Read(CancellationToken ct)
    {
        foreach (var group in recipe.Sides.SelectMany(side => side.Terms.Select(t => (t.Measure, Window: WindowRead(side)))).Distinct().GroupBy(t => t.Window))
        {
            var args = Arguments(group.Select(t => t.Measure), group.Key);
            foreach (var measure in group.Select(t => t.Measure)) _rows[(measure, group.Key)] = [];
            foreach (var row in await Balances(args, ct)) Keep(row, group.Key);
            if (moment.AsOfEntryNo > moment.ThroughEntryNo)
                foreach (var row in await db.List<SumRow>(by == Dimension.Organization ? LedgerSql.SumTailByOrganization : LedgerSql.SumTail, args, ct)) Keep(row, group.Key);
        }
    }

    public object Arguments(IEnumerable<string> measures, Period window) => new
    {
        By = by,
        Aspect = Dimension.Aspect(by),
        Book = book,
        MeasureCodes = SqlList.Of(measures),
        First = window.First.ToString(),
        Last = window.Last.ToString(),
        Scope = scope,
        OwnOnly = 0,
        Sector = sector,
        Grade = grade,
        moment.ClosingNo,
        moment.ThroughEntryNo,
        moment.AsOfEntryNo
    };

    /// <summary>The sums of one side for a member; of all members when it is null.</summary>
    public Sums Sum(Side side, string? member)
    {
        var sums = new Sums();
        foreach (var term in side.Terms)
            foreach (var row in _rows[(term.Measure, WindowRead(side))])
                if (Counts(row, member, side.Window(MonthOf(member) ?? asked, recipe.Measure.Kind))) sums.Add(term, row);
        return sums;
    }

    /// <summary>Counts the figures of one measure, whatever sign the formula gives it.</summary>
    public void AddFigures(Sums sums, string measure, Period window, string? member)
    {
        foreach (var side in recipe.Sides.Where(s => s.Terms.Any(t => t.Measure == measure) && s.Window(asked, recipe.Measure.Kind) == window).Take(1))
            foreach (var row in _rows[(measure, WindowRead(side))])
                if (Counts(row, member, side.Window(MonthOf(member) ?? asked, recipe.Measure.Kind))) sums.Add(new Term(measure, 1), row);
    }

    public Cell CellOf(string? member)
    {
        var months = MonthOf(member) ?? asked;
        var organization = by == Dimension.Organization && member is not null ? long.Parse(member, System.Globalization.CultureInfo.InvariantCulture) : scope;
        return new(recipe.Measure.Code, book, months.First.ToString(), months.Last.ToString(),
            member is null || by is Dimension.Organization or Dimension.Month or Dimension.Sector or Dimension.Grade ? Dimension.None : by, member ?? "",
            organization, by == Dimension.Organization && organization == scope && member is not null,
            by == Dimension.Sector && member is not null ? member : sector, by == Dimension.Grade && member is not null ? member : grade, moment.AsOfEntryNo);
    }

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

    // The whole tenant has its totals pre-added; a subtree adds its organizations' balances under the present tree.
    private Task<IReadOnlyList<SumRow>> Balances(object args, CancellationToken ct) => db.List<SumRow>(
        by == Dimension.Organization ? LedgerSql.SumBalancesByOrganization : scopeIsRoot ? LedgerSql.SumTotals : LedgerSql.SumBalances, args, ct);
}
