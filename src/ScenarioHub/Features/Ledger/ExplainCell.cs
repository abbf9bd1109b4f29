using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Ledger;

/// <summary>
/// The entries behind a cell of a roll-up, or behind one kind of change between two moments, page by page; they add up to it exactly.
/// Refused with <c>bad-handle</c>, <c>organization-not-found</c>.
/// </summary>
/// <param name="Handle">Of the cell, unchanged.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ExplainCell(string? Handle, int? Limit, string? After) : IQuery<Explanation>;

/// <param name="Value">The cell again. Null for a change of a quotient: its numerator and denominator changed, see the parts.</param>
/// <param name="Kind">Of a change: added, restated, reclassified, moved or retired; null for a cell of a roll-up.</param>
/// <param name="EntryCount">On all pages, and what stands in <paramref name="Hidden"/>.</param>
/// <param name="Parts">What the formula is made of: every measure with its sum over all entries.</param>
/// <param name="Entries">By measure, then (of the whole tenant) by sector, month and number or (of a subtree) by organization, month and number; changes by number.</param>
/// <param name="Hidden">What stands in the cell and belongs to organizations outside your subtree today (read under an earlier tree), in one line. Entries on all pages and this line give the parts.</param>
public sealed record Explanation(string Measure, string Label, string Unit, string Formula, string Book, string From, string To, long AfterEntry, long ThroughEntry, string Tree, string? DemoData,
    decimal? Value, string? Kind, long EntryCount, IReadOnlyList<ExplainedPart> Parts, IReadOnlyList<ExplainedEntry> Entries, ExplainedRemainder? Hidden, string? Next);

/// <param name="Role">sum, numerator or denominator of the formula.</param>
/// <param name="Factor">How the formula counts it: 1 or -1.</param>
/// <param name="From">First month that counts for this part.</param>
/// <param name="Quantity">Sum of the entries, in the part's unit.</param>
/// <param name="Denominator">Sum of the entries' denominators; only of measures filed as numerator and denominator.</param>
public sealed record ExplainedPart(string Role, string Measure, string Label, string Unit, int Factor, string From, string To, decimal Quantity, decimal? Denominator, long Entries);

public sealed record ExplainedRemainder(long Entries, IReadOnlyList<ExplainedPart> Parts);

/// <param name="EntryNo">Place in the tenant's ledger, without gaps.</param>
/// <param name="Cause">submitted, approved, corrected, returned, reclassified, retired, merged, called, fellDue ...</param>
/// <param name="State">reported, zero, exempt, withheld; missing or notDue where a collection asks for a figure that is not there.</param>
/// <param name="Quantity">In the measure's unit; negative in a reversal.</param>
/// <param name="Reverses">The entry it undoes; null for a posting.</param>
public sealed record ExplainedEntry(long EntryNo, DateTime PostedAt, string Cause, string Measure, string Period, string State, string Grade, decimal Quantity, decimal? Denominator,
    string Sector, string Region, string Stage, string KeyAction, long OrganizationId, string OrganizationName, long ScenarioId, string ScenarioCode, string ScenarioName,
    long? FilingId, int? FilingVersion, long? Reverses);

internal sealed class ExplainCellValidator : AbstractValidator<ExplainCell>
{
    public ExplainCellValidator()
    {
        RuleFor(x => x.Handle).NotEmpty().MaximumLength(1000);
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
    }
}

internal sealed class ExplainCellHandler(Db db, Caller caller, ReferenceCatalog catalog) : IRequestHandler<ExplainCell, Result<Explanation>>
{
    private sealed record Place(string Measure, string Sector, long OrganizationId, string Period, long EntryNo);

    public async Task<Result<Explanation>> Handle(ExplainCell request, CancellationToken ct)
    {
        if (Seal.Open(request.Handle) is not { } opened || catalog.FindMeasure(opened.Cell.Measure) is not { RolledUp: true } measure) return LedgerRefusal.BadHandle;
        if (!Cursor.TryRead<EntryLine, Place>(request.After, out var after)) return Cursor.Bad;
        var (cell, recipe) = (opened.Cell, Recipe.Of(measure));
        var scope = await db.One<CellScope>(LedgerSql.FindScopeOfCell, new { cell.Scope }, ct);
        // Entries beyond the last are those of a ledger that was put back to an earlier day: its pages would come to less than the handle says.
        if (!new Seal(scope.HandleKey, scope.RepairNo).Vouches(opened, recipe) || cell.AsOfEntryNo > scope.LastEntryNo) return LedgerRefusal.BadHandle;
        if (scope.OrganizationId is null && (await db.List<long>(LedgerSql.WasScopeOfCell, new { cell.Scope, cell.Parent, cell.TreeNo, Restated = cell.Restated ? 1 : 0 }, ct)).Count == 0) return LedgerRefusal.OrganizationNotFound;
        var isRoot = scope is { OrganizationId: not null, ParentId: null };   // the root leaves nobody's subtree
        var view = new View(cell.Book, cell.Scope, isRoot, cell.OwnOnly, cell.Sector, cell.Grade, cell.Restated, new(0, 0, cell.AsOfEntryNo, default, cell.TreeNo), cell.Parent, cell.Level);
        var today = scope.OrganizationId is not null && cell.Restated && cell.TreeNo == scope.TreeNow;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var (all, unseen) = cell.Kind is not null ? await SumsOfChange(recipe, cell, view, ct)
            : (recipe.Parts(cell.Asked).Zip(opened.Sums).ToDictionary(p => p.First, p => p.Second), await Unseen(recipe, cell, view, today, ct));
        var rows = cell.Kind is null ? await Entries(recipe, cell, view, today, after, limit + 1, ct) : await EntriesOfChange(recipe, cell, view, after, limit + 1, ct);
        var page = Cursor.Page(rows, limit, r => new Place(r.Measure, r.Sector, r.OrganizationId, r.Period, r.EntryNo));
        var hidden = unseen.Values.Sum(s => s.Entries);
        return new Explanation(measure.Code, Language.Pick(measure.NameZh, measure.NameEn), Language.Pick(measure.UnitZh, measure.UnitEn), Language.Pick(measure.FormulaZh, measure.FormulaEn),
            cell.Book, cell.First, cell.Last, cell.AfterEntryNo, cell.AsOfEntryNo, cell.Restated ? TreeReading.Restated : TreeReading.Filed, caller.DemoData,
            cell.Kind is not null && recipe.IsRatio ? null : recipe.Value(side => SumOf(recipe, cell, side, all)), cell.Kind, all.Values.Sum(s => s.Entries),
            Parts(recipe, cell, all), [.. page.Items.Select(Entry)], hidden == 0 ? null : new(hidden, Parts(recipe, cell, unseen)), page.Next);
    }

    // ---- what they come to: the handle says it of the whole; what of it the caller does not see one by one is added up for him

    private async Task<Dictionary<(string, Period), Sums>> Unseen(Recipe recipe, Cell cell, View view, bool today, CancellationToken ct)
    {
        // At the root everything is the caller's own, and under the tree of today everything below a scope that is his.
        if (view.ScopeIsRoot || today) return [];
        if ((await db.List<long>(LedgerSql.Hidden, new { cell.Scope, cell.TreeNo }, ct)).Count == 0) return [];
        view = view with { Moment = await Moments.AtEntry(db, cell.AsOfEntryNo, default, cell.TreeNo, ct) };
        var hidden = new Reading(db, recipe, cell.Asked, cell.By, view, sumsOnly: true, hidden: true);
        await hidden.Read(ct);
        return recipe.Parts(cell.Asked).ToDictionary(p => p, p => hidden.SumOf(p.Measure, p.Window, cell.By == Dimension.None ? null : cell.Member));
    }

    private async Task<(Dictionary<(string, Period), Sums> All, Dictionary<(string, Period), Sums> Unseen)> SumsOfChange(Recipe recipe, Cell cell, View view, CancellationToken ct)
    {
        var lines = (await db.List<ChangeLine>(LedgerSql.SumChangesOfCell, ChangeArguments(recipe, cell, view), ct)).ToDictionary(l => l.Measure);
        var (all, unseen) = (new Dictionary<(string, Period), Sums>(), new Dictionary<(string, Period), Sums>());
        foreach (var part in recipe.Parts(cell.Asked))
        {
            all[part] = unseen[part] = new();
            if (!lines.TryGetValue(part.Measure, out var line)) continue;
            all[part] = Sums.Of(line.Quantity, line.Denominator, 1, line.Entries);
            unseen[part] = Sums.Of(line.HiddenQuantity, line.HiddenDenominator, 1, line.HiddenEntries);
        }
        return (all, unseen);
    }

    private static Sums SumOf(Recipe recipe, Cell cell, Side side, Dictionary<(string, Period), Sums> sums)
    {
        var total = new Sums();
        foreach (var term in side.Terms) total.Add(term.Factor, sums[(term.Measure, side.Window(cell.Asked, recipe.Measure.Kind))]);
        return total;
    }

    // ---- the entries: measure by measure, each from an index that has them in the page's order

    private async Task<IReadOnlyList<EntryLine>> Entries(Recipe recipe, Cell cell, View view, bool today, Place? after, int take, CancellationToken ct)
    {
        var found = new List<EntryLine>();
        string[] sectors = cell.Sector is { } only ? [only] : [.. catalog.Sectors.Select(s => s.Code).Order(StringComparer.Ordinal)];
        // Of a measure on both sides the longer window holds the shorter: both end with the month asked for.
        foreach (var (measure, first, last) in recipe.Parts(cell.Asked).GroupBy(p => p.Measure).Select(g => (g.Key, g.Min(p => p.Window.First.ToString())!, g.Max(p => p.Window.Last.ToString())!))
            .OrderBy(p => p.Key, StringComparer.Ordinal).SkipWhile(p => after is not null && string.CompareOrdinal(p.Key, after.Measure) < 0))
        {
            var resumed = after is not null && measure == after.Measure ? after : null;
            foreach (var sector in view is { ScopeIsRoot: true, OwnOnly: false } ? (IEnumerable<string?>)sectors.SkipWhile(s => resumed is not null && string.CompareOrdinal(s, resumed.Sector) < 0) : [cell.Sector])
            {
                var here = resumed is not null && (sector is null || sector == resumed.Sector || sector == cell.Sector) ? resumed : null;
                found.AddRange(await db.List<EntryLine>(view is { ScopeIsRoot: true, OwnOnly: false } ? LedgerSql.ExplainTenant : today ? LedgerSql.ExplainSubtreeToday : LedgerSql.ExplainSubtree, new
                {
                    cell.Scope,
                    cell.Book,
                    Measure = measure,
                    Sector = sector,
                    cell.AsOfEntryNo,
                    cell.Grade,
                    OwnOnly = cell.OwnOnly ? 1 : 0,
                    cell.Parent,
                    cell.By,
                    cell.Member,
                    First = first,
                    Last = last,
                    Restated = cell.Restated ? 1 : 0,
                    LevelMonth = cell.Level,
                    cell.TreeNo,
                    AfterOrganizationId = here?.OrganizationId ?? 0,
                    AfterPeriod = here?.Period ?? "",
                    AfterEntryNo = here?.EntryNo ?? 0,
                    Take = take - found.Count
                }, ct));
                if (found.Count == take) return found;
            }
        }
        return found;
    }

    private Task<IReadOnlyList<EntryLine>> EntriesOfChange(Recipe recipe, Cell cell, View view, Place? after, int take, CancellationToken ct) =>
        db.List<EntryLine>(LedgerSql.Changes, ChangeArguments(recipe, cell with { AfterEntryNo = after?.EntryNo ?? cell.AfterEntryNo }, view, take), ct);

    private static object ChangeArguments(Recipe recipe, Cell cell, View view, int take = 0)
    {
        var (over, under) = (recipe.Over, recipe.Under ?? recipe.Over);
        var (window, otherWindow) = (over.Window(cell.Asked, recipe.Measure.Kind), under.Window(cell.Asked, recipe.Measure.Kind));
        var (listed, causes) = ChangeKind.CausesOf(cell.Kind!);
        return new
        {
            cell.Scope,
            cell.Book,
            cell.AfterEntryNo,
            cell.AsOfEntryNo,
            cell.Sector,
            cell.Grade,
            OwnOnly = cell.OwnOnly ? 1 : 0,
            cell.Parent,
            cell.By,
            cell.Member,
            Restated = cell.Restated ? 1 : 0,
            LevelMonth = cell.Level,
            view.Moment.TreeNo,
            Listed = listed ? 1 : 0,
            CauseCodes = SqlList.Of(causes),
            MeasureCodes = SqlList.Of(over.Terms.Select(t => t.Measure).Distinct()),
            First = window.First.ToString(),
            Last = window.Last.ToString(),
            OtherMeasureCodes = SqlList.Of(under.Terms.Select(t => t.Measure).Distinct()),
            OtherFirst = otherWindow.First.ToString(),
            OtherLast = otherWindow.Last.ToString(),
            Take = take
        };
    }

    private List<ExplainedPart> Parts(Recipe recipe, Cell cell, Dictionary<(string, Period), Sums> sums) =>
        [.. recipe.Sides.SelectMany((side, i) => side.Terms.Select(term => Part(recipe.Under is null ? "sum" : i == 0 ? "numerator" : "denominator", term, side.Window(cell.Asked, recipe.Measure.Kind), sums)))];

    private ExplainedPart Part(string role, Term term, Period window, Dictionary<(string, Period), Sums> sums)
    {
        var measure = catalog.Measure(term.Measure);
        var sum = sums[(term.Measure, window)];
        return new(role, measure.Code, Language.Pick(measure.NameZh, measure.NameEn), Language.Pick(measure.UnitZh, measure.UnitEn), term.Factor, window.First.ToString(), window.Last.ToString(),
            Quantity(measure, sum.Quantity), Denominator(measure, sum.Denominator), sum.Entries);
    }

    private ExplainedEntry Entry(EntryLine e)
    {
        var measure = catalog.Measure(e.Measure);
        return new(e.EntryNo, e.PostedAt, e.Cause, e.Measure, e.Period, e.FigureState, e.Grade, Quantity(measure, e.Quantity), Denominator(measure, e.Denominator),
            e.Sector, e.Region, e.Stage, e.KeyAction, e.OrganizationId, e.OrganizationName, e.ScenarioId, e.ScenarioCode, e.ScenarioName, e.FilingId, e.FilingVersion, e.ReversesEntryNo);
    }

    private static decimal Quantity(Measure measure, long quantity) =>
        measure.Numerator is { } numerator ? Units.FromLedger(numerator, quantity) : Units.FromLedger(measure, quantity);

    private static decimal? Denominator(Measure measure, long denominator) =>
        measure.Denominator is { } part ? Units.FromLedger(part, denominator) : null;

    private sealed record CellScope
    {
        public required byte[] HandleKey { get; init; }
        public long RepairNo { get; init; }
        public long LastEntryNo { get; init; }
        public long TreeNow { get; init; }
        public long? OrganizationId { get; init; }
        public long? ParentId { get; init; }
    }

    private sealed record ChangeLine
    {
        public required string Measure { get; init; }
        public long Quantity { get; init; }
        public long Denominator { get; init; }
        public long Entries { get; init; }
        public long HiddenQuantity { get; init; }
        public long HiddenDenominator { get; init; }
        public long HiddenEntries { get; init; }
    }

    private sealed record EntryLine
    {
        public long EntryNo { get; init; }
        public DateTime PostedAt { get; init; }
        public required string Cause { get; init; }
        public required string Measure { get; init; }
        public required string Period { get; init; }
        public required string Sector { get; init; }
        public required string Region { get; init; }
        public required string KeyAction { get; init; }
        public required string Stage { get; init; }
        public required string Grade { get; init; }
        public required string FigureState { get; init; }
        public long OrganizationId { get; init; }
        public required string OrganizationName { get; init; }
        public long ScenarioId { get; init; }
        public required string ScenarioCode { get; init; }
        public required string ScenarioName { get; init; }
        public long? FilingId { get; init; }
        public int? FilingVersion { get; init; }
        public long? ReversesEntryNo { get; init; }
        public long Quantity { get; init; }
        public long Denominator { get; init; }
    }
}
