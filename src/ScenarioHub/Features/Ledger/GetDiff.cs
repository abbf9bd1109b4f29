using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Ledger;

/// <summary>
/// What became of a roll-up between two moments: each difference taken apart, exactly, into figures added, restated (订正), reclassified (重分类), moved (划转) and retired (停用), with cause and entries.
/// Refused with <c>bad-as-of</c>, <c>moments-crossed</c>, and as a roll-up is.
/// </summary>
/// <param name="From">The earlier moment: a closing number or an instant.</param>
/// <param name="To">The later one; now when left out.</param>
/// <param name="Measure">Code of the measure.</param>
/// <param name="By">The layout, as of a roll-up.</param>
/// <param name="First">First period of the figures: 2026-08, 2026Q3 or 2026.</param>
/// <param name="Last">Last period; the same as <paramref name="First"/> when left out.</param>
/// <param name="Tree">restated (the default): each moment under the tree known then, and what the change of the tree alone did is <c>moved</c>. filed: each month under the tree of its time.</param>
public sealed record GetDiff(string? From, string? To, string? Measure, string? By, string? First, string? Last, string? Book = null, string? Sector = null, long? Organization = null, string? Grade = null, string? Tree = null) : IQuery<RollupDiff>;

/// <param name="Unit">Of before and after in the cells. The sides of a quotient have units of their own.</param>
/// <param name="Cells">In the dimension's own order; organizations that stood there at either moment.</param>
public sealed record RollupDiff(string Measure, string Label, string Unit, string By, string Book, string First, string Last, RollupScope Organization, string Tree,
    DiffMoment From, DiffMoment To, string? DemoData, IReadOnlyList<DiffCell> Cells, DiffCell Total);

/// <param name="Closing">The last closing all of whose entries are in it.</param>
/// <param name="ThroughEntry">All entries up to this one, none after it.</param>
public sealed record DiffMoment(long Closing, long ThroughEntry, DateTime AsOf, long TreeNo);

/// <param name="Before">The cell at the earlier moment, as its roll-up gives it; and so <paramref name="After"/>.</param>
/// <param name="Sides">One of a measure that adds up; numerator and denominator of a quotient, whose own change is no sum of parts.</param>
public sealed record DiffCell(string Key, string Label, decimal? Before, decimal? After, IReadOnlyList<DiffSide> Sides);

/// <param name="Role">sum, numerator or denominator.</param>
/// <param name="Change">After less before; exactly the sum of the parts.</param>
/// <param name="Parts">Only kinds that occurred.</param>
public sealed record DiffSide(string Role, string Unit, decimal Before, decimal After, decimal Change, IReadOnlyList<DiffPart> Parts);

/// <param name="Kind">added (also negative: taken back), restated, reclassified, moved or retired.</param>
/// <param name="Causes">The causes the entries were posted with; <c>treeChanged</c> for what moved without an entry because the tree is another.</param>
/// <param name="Handle">Give it to /rollups/explain to see the entries; null where there are none.</param>
public sealed record DiffPart(string Kind, decimal Change, long Entries, IReadOnlyList<DiffCause> Causes, string? Handle);

public sealed record DiffCause(string Cause, decimal Change, long Entries);

internal sealed class GetDiffValidator : AbstractValidator<GetDiff>
{
    public GetDiffValidator(ReferenceCatalog catalog)
    {
        RuleFor(x => x.From).NotEmpty();
        RuleFor(x => x.Measure).NotEmpty();
        RuleFor(x => x.First).NotEmpty();
        RollupWords.Rules(this, catalog, x => (x.By, x.Book, x.Sector, x.Grade, x.Tree));
    }
}

internal sealed class GetDiffHandler(Db db, Caller caller, ReferenceCatalog catalog, TimeProvider clock) : IRequestHandler<GetDiff, Result<RollupDiff>>
{
    private const string TreeChanged = "treeChanged";

    public async Task<Result<RollupDiff>> Handle(GetDiff request, CancellationToken ct)
    {
        if (catalog.FindMeasure(request.Measure) is not { } measure) return LedgerRefusal.UnknownMeasure(request.Measure!);
        if (!measure.RolledUp) return LedgerRefusal.NotRolledUp(measure);
        if (measure.Kind == MeasureKind.Register && (request.By == Dimension.Grade || request.Grade is not null)) return LedgerRefusal.ByNotForMeasure(measure);
        if (!Period.TryParse(request.First, out var first)) return LedgerRefusal.BadPeriod("first", request.First!);
        if (!Period.TryParse(request.Last ?? request.First, out var last)) return LedgerRefusal.BadPeriod("last", request.Last!);
        if (last.Last < first.First) return LedgerRefusal.PeriodsCrossed;
        var moments = new Moments(db, clock);
        var (from, to) = (await moments.Of(request.From, "from", ct), await moments.Of(request.To, "to", ct));
        if (!from.Ok) return from.Why!;
        if (!to.Ok) return to.Why!;
        if (to.Value.AsOfEntryNo < from.Value.AsOfEntryNo || to.Value.TreeNo < from.Value.TreeNo) return LedgerRefusal.MomentsCrossed;
        if (await db.Find<ScopeRow>(LedgerSql.FindScope, new { Scope = request.Organization ?? caller.OrganizationId, to.Value.TreeNo }, ct) is not { } scope) return LedgerRefusal.OrganizationNotFound;

        var asked = new Period(first.First, last.Last);
        var recipe = Recipe.Of(measure);
        var view = new View(request.Book ?? Book.Approved, scope.OrganizationId, scope.ParentId is null, false, request.Sector, request.Grade, request.Tree != TreeReading.Filed, to.Value);
        var before = await Read(view with { Moment = from.Value });
        var after = await Read(view);
        // What the earlier moment would have been under the later tree: the rest of the way is entries.
        var under = from.Value.TreeNo == to.Value.TreeNo ? before : await Read(view with { Moment = from.Value with { TreeNo = to.Value.TreeNo } });
        var changes = await Changes(recipe, asked, request.By!, view, from.Value.AsOfEntryNo, ct);

        var members = (await new Members(db, catalog).Of(after, scope, ct)).Concat(await new Members(db, catalog).Of(before, scope, ct)).DistinctBy(m => m.Key).ToList();
        return new RollupDiff(measure.Code, Language.Pick(measure.NameZh, measure.NameEn), Language.Pick(measure.UnitZh, measure.UnitEn), request.By!, view.Book, asked.First.ToString(), asked.Last.ToString(),
            new(scope.OrganizationId, scope.Name), view.Restated ? TreeReading.Restated : TreeReading.Filed, MomentOf(from.Value), MomentOf(to.Value), caller.DemoData,
            [.. members.Select(m => CellOf(m.Key, m.Label))], CellOf(null, Language.Pick("合计", "Total")));

        async Task<Reading> Read(View at)
        {
            var reading = new Reading(db, recipe, asked, request.By!, at, sumsOnly: true);
            await reading.Read(ct);
            return reading;
        }

        DiffCell CellOf(string? member, string label)
        {
            var handle = after.CellOf(member) with { AfterEntryNo = from.Value.AsOfEntryNo };
            var sides = measure.Kind == MeasureKind.Ratio
                ? [Side("numerator", measure.Numerator!.Units.Own, recipe.Over, s => s.Quantity, c => c.Quantity), Side("denominator", measure.Denominator!.Units.Own, recipe.Over, s => s.Denominator, c => c.Denominator)]
                : recipe.Under is null ? [Side("sum", null, recipe.Over, s => s.Quantity, c => c.Quantity)]
                : new[] { Side("numerator", null, recipe.Over, s => s.Quantity, c => c.Quantity), Side("denominator", null, recipe.Under, s => s.Quantity, c => c.Quantity) };
            return new(member ?? "total", label, recipe.Value(side => before.Sum(side, member)), recipe.Value(side => after.Sum(side, member)), sides);

            DiffSide Side(string role, MeasureUnit? unit, Side side, Func<Sums, long> ofSums, Func<ChangeRow, long> ofChange)
            {
                var window = side.Window(request.By == Dimension.Month && member is not null ? Period.Of(Month.Parse(member)) : asked, measure.Kind);
                var (old, moved, now) = (ofSums(before.Sum(side, member)), ofSums(under.Sum(side, member)), ofSums(after.Sum(side, member)));
                var causes = side.Terms.SelectMany(term => changes.Where(c => c.Measure == term.Measure && c.Counts(request.By!, member, window)).Select(c => (c.Cause, Quantity: checked(term.Factor * ofChange(c)), c.Entries)))
                    .GroupBy(c => c.Cause).Select(g => (Cause: g.Key, Quantity: g.Aggregate(0L, (sum, c) => checked(sum + c.Quantity)), Entries: g.Sum(c => c.Entries))).ToList();
                if (moved != old) causes.Add((TreeChanged, checked(moved - old), 0));
                var parts = causes.GroupBy(c => c.Cause == TreeChanged ? ChangeKind.Moved : ChangeKind.Of(c.Cause)).OrderBy(g => Array.IndexOf(ChangeKind.All, g.Key)).Select(g =>
                {
                    var entries = g.Sum(c => c.Entries);
                    return new DiffPart(g.Key, InUnit(g.Aggregate(0L, (sum, c) => checked(sum + c.Quantity))), entries,
                        [.. g.OrderBy(c => c.Cause, StringComparer.Ordinal).Select(c => new DiffCause(c.Cause, InUnit(c.Quantity), c.Entries))], entries == 0 ? null : moments.Seal.Handle(handle with { Kind = g.Key }, recipe, []));
                });
                return new(role, unit is null ? UnitOf() : Language.Pick(unit.NameZh, unit.NameEn), InUnit(old), InUnit(now), InUnit(checked(now - old)), [.. parts]);

                decimal InUnit(long quantity) => unit is not null ? (decimal)quantity / unit.LedgerScale
                    : recipe.Under is null ? recipe.InUnit(quantity) : Units.FromLedger(catalog.Measure(side.Terms[0].Measure), quantity);

                string UnitOf()
                {
                    var of = recipe.Under is null ? measure : catalog.Measure(side.Terms[0].Measure);
                    return Language.Pick(of.UnitZh, of.UnitEn);
                }
            }
        }
    }

    private async Task<List<ChangeRow>> Changes(Recipe recipe, Period asked, string by, View view, long afterEntryNo, CancellationToken ct)
    {
        var all = new List<ChangeRow>();
        if (afterEntryNo == view.Moment.AsOfEntryNo) return all;
        // A month's cell may look back further than the months laid out; the widest window of a measure holds its others.
        foreach (var group in recipe.Sides.SelectMany(s => s.Terms.Select(t => (t.Measure, Window: new Period(s.Window(Period.Of(asked.First), recipe.Measure.Kind).First, asked.Last), Exact: s.Window(asked, recipe.Measure.Kind))))
            .Select(t => (t.Measure, Window: by == Dimension.Month ? t.Window : t.Exact)).Distinct().GroupBy(t => t.Window))
            foreach (var row in await db.List<ChangeRow>(LedgerSql.SumChanges, Reading.Arguments(recipe, by, view, group.Select(t => t.Measure), group.Key, afterEntryNo: afterEntryNo), ct))
                all.Add(row with { Window = group.Key });
        return all;
    }

    private static DiffMoment MomentOf(AsOf at) => new(at.ClosingNo, at.AsOfEntryNo, at.At, at.TreeNo);

    private sealed record ChangeRow
    {
        public required string Member { get; init; }
        public required string Measure { get; init; }
        public required string Cause { get; init; }
        public long Quantity { get; init; }
        public long Denominator { get; init; }
        public long Entries { get; init; }
        public Period Window { get; init; }

        public bool Counts(string by, string? member, Period window) => by == Dimension.Month
            ? window.Contains(Month.Parse(Member)) && Window.Contains(window.Last)
            : (member is null || Member == member) && Window == window;
    }
}
