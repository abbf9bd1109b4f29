using System.Globalization;
using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Ledger;

/// <summary>
/// One measure added up over a subtree of organizations and a run of months, laid out by one dimension.
/// Exact the moment a command returns: balances of the last closing plus the entries since.
/// </summary>
/// <param name="Measure">Code of the measure, filed or derived.</param>
/// <param name="By">sector, organization (the organizations directly below the scope), region, stage, grade, month or keyAction.</param>
/// <param name="From">First period: 2026-08, 2026Q3 or 2026.</param>
/// <param name="To">Last period; the same as <paramref name="From"/> when left out.</param>
/// <param name="Book">approved (核定账, the default) or filed (申报账).</param>
/// <param name="Sector">Only this sector.</param>
/// <param name="Organization">Only the subtree of this organization (id); the caller's own when left out.</param>
/// <param name="Grade">Only figures of this grade.</param>
/// <param name="AsOf">A closing number, or an instant such as 2026-08-31T16:00:00Z; now when left out.</param>
/// <param name="Tree">restated (the default): all months under the tree of organizations known at that moment. filed: each month under the tree of its time. The tenant's totals are the same under both.</param>
public sealed record GetRollup(string? Measure, string? By, string? From, string? To, string? Book, string? Sector, long? Organization, string? Grade, string? AsOf, string? Tree = null) : IQuery<Rollup>;

/// <summary>A roll-up and what it stands on.</summary>
/// <param name="Unit">Unit of every value, in the caller's language.</param>
/// <param name="Basis">range: the months asked for; level: as of the last month; cumulative and trailing12: up to the last month, from the beginning or for twelve months.</param>
/// <param name="Closing">The last closing all of whose entries are in it; the entries after it, up to <paramref name="ThroughEntry"/>, were added to its balances.</param>
/// <param name="ThroughEntry">All entries up to this one, none after it.</param>
/// <param name="AsOf">The instant asked for; when the closing asked for was made; else when this was worked out, and nothing it holds has changed since.</param>
/// <param name="Tree">restated or filed.</param>
/// <param name="TreeNo">The number of the tree it was read under.</param>
/// <param name="DemoData">演示数据 when the tenant's figures are generated for demonstration, else null.</param>
/// <param name="Cells">In the dimension's own order. Every sector, stage, grade, key action, month or child organization has its cell, also when nothing was filed.</param>
/// <param name="Total">All of it in one cell; for sums exactly the sum of the cells.</param>
public sealed record Rollup(string Measure, string Label, string Unit, string Kind, string Basis, string Formula, string By, string Book, string From, string To,
    RollupScope Organization, long Closing, long ThroughEntry, DateTime AsOf, string Tree, long TreeNo, string? DemoData, IReadOnlyList<RollupCell> Cells, RollupCell Total);

public sealed record RollupScope(long Id, string Name);

/// <param name="Key">Code or id of the member; <c>total</c>.</param>
/// <param name="Value">In the roll-up's unit; null when nothing was filed, or where a quotient is undefined. Never 0 for missing.</param>
/// <param name="Grades">The value by rung of the savings ladder; only of measures that add up. They sum to the value.</param>
/// <param name="Bound">Only where something is missing and the measure adds up.</param>
/// <param name="Handle">Give it to /rollups/explain, unchanged, to see the entries behind it. It vouches for what the cell came to, and opens nothing that is not its reader's.</param>
public sealed record RollupCell(string Key, string Label, decimal? Value, IReadOnlyDictionary<string, decimal>? Grades, RollupCoverage? Coverage, RollupBound? Bound, string Handle);

/// <summary>How many figures a cell expected and has: sums of entries, like its value. A figure is one measure of one scenario in one month.</summary>
/// <param name="Expected">Reported, zero and missing. Null, like <paramref name="Missing"/> and <paramref name="NotDue"/>, in the cells of a grade: a figure has none before it is filed.</param>
/// <param name="Missing">未报: a collection fell due and the figure is not in the book.</param>
/// <param name="NotDue">未到期: a collection asks for it and has not fallen due.</param>
public sealed record RollupCoverage(long? Expected, long Reported, long Zero, long? Missing, long Exempt, long? NotDue, long Withheld);

/// <summary>Between what the value would lie if the missing figures were there. A bound, never a figure.</summary>
/// <param name="Method">How it was found, in the caller's language.</param>
public sealed record RollupBound(decimal Low, decimal High, string Method);

internal sealed class GetRollupValidator : AbstractValidator<GetRollup>
{
    public GetRollupValidator(ReferenceCatalog catalog)
    {
        RuleFor(x => x.Measure).NotEmpty();
        RuleFor(x => x.From).NotEmpty();
        RollupWords.Rules(this, catalog, x => (x.By, x.Book, x.Sector, x.Grade, x.Tree));
    }
}

/// <summary>What the parameters of roll-ups and of their differences may be.</summary>
internal static class RollupWords
{
    public static void Rules<T>(AbstractValidator<T> rules, ReferenceCatalog catalog, Func<T, (string? By, string? Book, string? Sector, string? Grade, string? Tree)> of)
    {
        One("By", x => of(x).By, by => Dimension.All.Contains(by), _ => new($"by 须为 {string.Join("、", Dimension.All)} 之一。", $"by is one of {string.Join(", ", Dimension.All)}."));
        One("Book", x => of(x).Book, book => book is null || Book.All.Contains(book), _ => new("book 须为 approved(核定账)或 filed(申报账)。", "book is approved or filed."));
        One("Sector", x => of(x).Sector, s => s is null || catalog.FindSector(s) is not null, s => new($"没有代码为“{s}”的行业板块。", $"There is no sector “{s}”."));
        One("Grade", x => of(x).Grade, g => g is null || catalog.FindItem("grade", g) is not null, g => new($"没有代码为“{g}”的核实等级。", $"There is no grade “{g}”."));
        One("Tree", x => of(x).Tree, t => t is null || TreeReading.All.Contains(t), _ => new("tree 须为 restated(现行口径)或 filed(当期口径)。", "tree is restated or filed."));

        void One(string name, Func<T, string?> value, Func<string?, bool> may, Func<string?, Words> words) =>
            rules.RuleFor(x => x).Must(x => may(value(x))).OverridePropertyName(name).WithErrorCode("unknown-code").WithMessage(x => words(value(x)).ToString());
    }
}

internal sealed class GetRollupHandler(Db db, Caller caller, ReferenceCatalog catalog, TimeProvider clock) : IRequestHandler<GetRollup, Result<Rollup>>
{
    public async Task<Result<Rollup>> Handle(GetRollup request, CancellationToken ct)
    {
        if (catalog.FindMeasure(request.Measure) is not { } measure) return LedgerRefusal.UnknownMeasure(request.Measure!);
        if (!measure.RolledUp) return LedgerRefusal.NotRolledUp(measure);
        if (measure.Kind == MeasureKind.Register && (request.By == Dimension.Grade || request.Grade is not null)) return LedgerRefusal.ByNotForMeasure(measure);
        if (!Period.TryParse(request.From, out var from)) return LedgerRefusal.BadPeriod("from", request.From!);
        if (!Period.TryParse(request.To ?? request.From, out var to)) return LedgerRefusal.BadPeriod("to", request.To!);
        if (to.Last < from.First) return LedgerRefusal.PeriodsCrossed;
        var moments = new Moments(db, clock);
        var moment = await moments.Of(request.AsOf, "asOf", ct);
        if (!moment.Ok) return moment.Why!;
        if (await db.Find<ScopeRow>(LedgerSql.FindScope, new { Scope = request.Organization ?? caller.OrganizationId, moment.Value.TreeNo }, ct) is not { } scope) return LedgerRefusal.OrganizationNotFound;

        var asked = new Period(from.First, to.Last);
        var view = new View(request.Book ?? Book.Approved, scope.OrganizationId, scope.ParentId is null, false, request.Sector, request.Grade, request.Tree != TreeReading.Filed, moment.Value);
        var recipe = Recipe.Of(measure);
        var reading = new Reading(db, recipe, asked, request.By!, view, sumsOnly: recipe.IsRatio || measure.Kind == MeasureKind.Register);
        await reading.Read(ct);
        var members = await new Members(db, catalog).Of(reading, scope, ct);
        var bounds = await Bounds.Of(db, reading, ct);
        return new Rollup(measure.Code, Language.Pick(measure.NameZh, measure.NameEn), Language.Pick(measure.UnitZh, measure.UnitEn), Camel(measure.Kind.ToString()), Camel(measure.Basis.ToString()),
            Language.Pick(measure.FormulaZh, measure.FormulaEn), request.By!, view.Book, asked.First.ToString(), asked.Last.ToString(),
            new(scope.OrganizationId, scope.Name), moment.Value.ClosingNo, moment.Value.AsOfEntryNo, moment.Value.At,
            view.Restated ? TreeReading.Restated : TreeReading.Filed, moment.Value.TreeNo, caller.DemoData,
            [.. members.Select(m => MakeCell(m.Key, m.Label, reading, bounds, moments.Seal))], MakeCell(null, Language.Pick("合计", "Total"), reading, bounds, moments.Seal));
    }

    private RollupCell MakeCell(string? member, string label, Reading reading, Bounds? bounds, Seal seal)
    {
        var recipe = reading.Recipe;
        var value = recipe.Value(side => reading.Sum(side, member));
        var over = reading.Sum(recipe.Over, member);
        IReadOnlyDictionary<string, decimal>? grades = recipe.IsRatio || recipe.Measure.Kind == MeasureKind.Register || value is null ? null
            : catalog.List("grade").ToDictionary(g => g.Code, g => recipe.InUnit(over.ByGrade.GetValueOrDefault(g.Code)));
        return new(member ?? "total", label, value, grades, Coverage(member, reading), bounds?.OfCell(member), seal.Handle(reading.CellOf(member), recipe, reading.PartsOf(member)));
    }

    private static RollupCoverage? Coverage(string? member, Reading reading)
    {
        if (reading.Recipe.Measure.Kind == MeasureKind.Register) return null;
        long reported = 0, zero = 0, missing = 0, exempt = 0, notDue = 0, withheld = 0;
        foreach (var (measure, window) in reading.Parts)
        {
            var sums = reading.SumOf(measure, window, member);
            (reported, zero, missing, exempt, notDue, withheld) = (reported + sums.Reported, zero + sums.Zero, missing + sums.Missing, exempt + sums.Exempt, notDue + sums.NotDue, withheld + sums.Withheld);
        }
        // What is missing has no grade: nobody can say on which rung it would have stood.
        var graded = reading.View.Grade is not null || (reading.By == Dimension.Grade && member is not null);
        return new(graded ? null : reported + zero + missing, reported, zero, graded ? null : missing, exempt, graded ? null : notDue, withheld);
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

internal sealed record ScopeRow
{
    public long OrganizationId { get; init; }
    public long? ParentId { get; init; }
    public required string Name { get; init; }
}

/// <summary>The members of a layout, in its own order, with the names they had in the tree that is read.</summary>
internal sealed class Members(Db db, ReferenceCatalog catalog)
{
    public async Task<IReadOnlyList<(string Key, string Label)>> Of(Reading reading, ScopeRow scope, CancellationToken ct) => reading.By switch
    {
        Dimension.Sector => [.. catalog.Sectors.Where(s => s.RolledUp && (reading.View.Sector is null || s.Code == reading.View.Sector)).Select(s => (s.Code, Language.Pick(s.NameZh, s.NameEn)))],
        Dimension.Stage => Codes("stage"),
        Dimension.Grade => [.. Codes("grade").Where(g => reading.View.Grade is null || g.Key == reading.View.Grade)],
        Dimension.KeyAction => [.. catalog.KeyActions.Select(k => (k.Code, Language.Pick(k.NameZh, k.NameEn)))],
        Dimension.Month => [.. reading.Asked.EachMonth().Select(m => (m.ToString(), m.ToString()))],
        Dimension.Region => [.. catalog.Regions.Where(r => reading.Has(r.Code)).Select(r => (r.Code, Language.Pick(r.NameZh, r.NameEn)))],
        _ => [.. (await db.List<ChildRow>(LedgerSql.Children, new
            {
                Scope = scope.OrganizationId,
                reading.View.Moment.TreeNo,
                // Under the tree of now only what is still there; else whoever stood there in one of the months.
                UntilAfter = reading.View.Restated ? "9999-98" : reading.Asked.First.ToString(),
                Last = reading.View.Restated ? "9999-99" : reading.Asked.Last.ToString()
            }, ct))
            .Where(o => o.Depth == 1 || reading.Has(Text(o.OrganizationId)))
            .Select(o => (Text(o.OrganizationId), o.Depth == 0 ? Language.Pick(o.Name + "(本级)", o.Name + " (own)") : o.Name))]
    };

    private IReadOnlyList<(string Key, string Label)> Codes(string list) => [.. catalog.List(list).Select(c => (c.Code, Language.Pick(c.NameZh, c.NameEn)))];

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record ChildRow
    {
        public long OrganizationId { get; init; }
        public int Depth { get; init; }
        public required string Name { get; init; }
    }
}

/// <summary>
/// Bounds where something is missing: each missing figure is taken to lie between the smallest and the largest monthly average per figure of the same cell over
/// the twelve months that end with the last one asked for; a cell without history takes that of the whole. What no month says anything about has no bound.
/// </summary>
internal sealed class Bounds
{
    private readonly Dictionary<string, RollupBound> _of = [];
    private RollupBound? _total;

    public RollupBound? OfCell(string? member) => member is null ? _total : _of.GetValueOrDefault(member);

    /// <returns>Null when there is nothing to bound, and then nothing was read for it.</returns>
    public static async Task<Bounds?> Of(Db db, Reading reading, CancellationToken ct)
    {
        var recipe = reading.Recipe;
        // A share of figures nobody filed cannot be bounded without their weights; a grade's missing figures are nobody's.
        if (recipe.IsRatio || recipe.Measure.Kind == MeasureKind.Register || reading.View.Grade is not null || reading.By == Dimension.Grade) return null;
        var parts = reading.Parts.ToList();
        var missing = reading.Members.Where(m => parts.Any(p => reading.SumOf(p.Measure, p.Window, m).Missing > 0)).ToList();
        if (missing.Count == 0) return null;

        var year = Period.Trailing12(reading.Asked.Last);
        var history = reading;
        if (!reading.HasMonths(year))
        {
            history = new Reading(db, recipe.Over12(), year, reading.By == Dimension.Month ? Dimension.None : reading.By, reading.View);
            await history.Read(ct);
        }
        var bounds = new Bounds();
        foreach (var member in missing) if (Bound(reading, history, member, year) is { } bound) bounds._of[member] = bound;
        bounds._total = Bound(reading, history, null, year);
        return bounds;
    }

    private static RollupBound? Bound(Reading reading, Reading history, string? member, Period year)
    {
        var recipe = reading.Recipe;
        checked
        {
            long low = 0, high = 0;
            foreach (var term in recipe.Over.Terms)
            {
                var sums = reading.SumOf(term.Measure, recipe.Over.Window(reading.Asked, recipe.Measure.Kind), member);
                (low, high) = (low + term.Factor * sums.Quantity, high + term.Factor * sums.Quantity);
                if (sums.Missing == 0) continue;
                var months = history.Months(term.Measure, history.By == reading.By ? member : null).Where(m => m.Figures > 0).ToList();
                if (months.Count == 0) months = [.. history.Months(term.Measure, null).Where(m => m.Figures > 0)];
                if (months.Count == 0) return null;
                var least = sums.Missing * months.Min(m => (long)Math.Floor((decimal)m.Quantity / m.Figures));
                var most = sums.Missing * months.Max(m => (long)Math.Ceiling((decimal)m.Quantity / m.Figures));
                (low, high) = term.Factor > 0 ? (low + term.Factor * least, high + term.Factor * most) : (low + term.Factor * most, high + term.Factor * least);
            }
            return new(recipe.InUnit(low), recipe.InUnit(high), Language.Pick(
                $"每项未报数按同一口径 {year.First} 至 {year.Last} 各月平均每项数值的最小值与最大值估算;仅为上下界,不是统计数。",
                $"Each missing figure is taken to lie between the smallest and the largest monthly average per figure of the same cell from {year.First} to {year.Last}; a bound, not a figure."));
        }
    }
}
