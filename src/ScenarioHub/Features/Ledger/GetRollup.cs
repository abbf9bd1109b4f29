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
public sealed record GetRollup(string? Measure, string? By, string? From, string? To, string? Book, string? Sector, long? Organization, string? Grade, string? AsOf) : IQuery<Rollup>;

/// <summary>A roll-up and what it stands on.</summary>
/// <param name="Unit">Unit of every value, in the caller's language.</param>
/// <param name="Basis">range: the months asked for; level: as of the last month; cumulative and trailing12: up to the last month, from the beginning or for twelve months.</param>
/// <param name="Closing">The last closing all of whose entries are in it; the entries after it, up to <paramref name="ThroughEntry"/>, were added to its balances.</param>
/// <param name="ThroughEntry">All entries up to this one, none after it.</param>
/// <param name="AsOf">The instant asked for, or that of the answer.</param>
/// <param name="DemoData">演示数据 when the tenant's figures are generated for demonstration, else null.</param>
/// <param name="Cells">In the dimension's own order. Every sector, stage, grade, key action, month or child organization has its cell, also when nothing was filed.</param>
/// <param name="Total">All of it in one cell; for sums exactly the sum of the cells.</param>
public sealed record Rollup(string Measure, string Label, string Unit, string Kind, string Basis, string Formula, string By, string Book, string From, string To,
    RollupScope Organization, long Closing, long ThroughEntry, DateTime AsOf, string? DemoData, IReadOnlyList<RollupCell> Cells, RollupCell Total);

public sealed record RollupScope(long Id, string Name);

/// <param name="Key">Code or id of the member; <c>total</c>.</param>
/// <param name="Value">In the roll-up's unit; null when nothing was filed, or where a quotient is undefined. Never 0 for missing.</param>
/// <param name="Grades">The value by rung of the savings ladder; only of measures that add up. They sum to the value.</param>
/// <param name="Handle">Give it to /rollups/explain to see the entries behind it.</param>
public sealed record RollupCell(string Key, string Label, decimal? Value, IReadOnlyDictionary<string, decimal>? Grades, RollupCoverage? Coverage, string Handle);

/// <summary>How many figures a cell expected and has. A figure is one measure of one scenario in one month.</summary>
/// <param name="Expected">Owed by the scenarios as now registered: reported, zero and missing. Null in a reading of the past, whose register is not kept yet, and in the cells of a stage or a grade, of which nothing is owed beforehand.</param>
/// <param name="Missing">未报. Null like <paramref name="Expected"/>.</param>
/// <param name="NotDue">未到期: the month has not ended, or lies before go-live or after retirement.</param>
public sealed record RollupCoverage(long? Expected, long Reported, long Zero, long? Missing, long Exempt, long? NotDue, long Withheld);

internal sealed class GetRollupValidator : AbstractValidator<GetRollup>
{
    public GetRollupValidator(ReferenceCatalog catalog)
    {
        RuleFor(x => x.Measure).NotEmpty();
        RuleFor(x => x.By).Must(by => Dimension.All.Contains(by)).WithErrorCode("unknown-code")
            .WithMessage(x => new Words($"by 须为 {string.Join("、", Dimension.All)} 之一。", $"by is one of {string.Join(", ", Dimension.All)}.").ToString());
        RuleFor(x => x.From).NotEmpty();
        RuleFor(x => x.Book).Must(book => book is null || Ledger.Book.All.Contains(book)).WithErrorCode("unknown-code")
            .WithMessage(x => new Words("book 须为 approved(核定账)或 filed(申报账)。", "book is approved or filed.").ToString());
        RuleFor(x => x.Sector).Must(s => s is null || catalog.FindSector(s) is not null).WithErrorCode("unknown-code")
            .WithMessage(x => new Words($"没有代码为“{x.Sector}”的行业板块。", $"There is no sector “{x.Sector}”.").ToString());
        RuleFor(x => x.Grade).Must(g => g is null || catalog.FindItem("grade", g) is not null).WithErrorCode("unknown-code")
            .WithMessage(x => new Words($"没有代码为“{x.Grade}”的核实等级。", $"There is no grade “{x.Grade}”.").ToString());
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
        if (await db.Find<ScopeRow>(LedgerSql.FindScope, new { Scope = request.Organization ?? caller.OrganizationId }, ct) is not { } scope) return LedgerRefusal.OrganizationNotFound;
        var moment = await Moment(request.AsOf, ct);
        if (!moment.Ok) return moment.Why!;

        var asked = new Period(from.First, to.Last);
        var reading = new Reading(db, Recipe.Of(measure), asked, request.By!, request.Book ?? Ledger.Book.Approved, scope.OrganizationId, scope.ParentId is null, request.Sector, request.Grade, moment.Value);
        await reading.Read(ct);
        var owed = moment.Value.IsPresent && measure.Kind != MeasureKind.Register && request.Grade is null ? await Owed(reading, ct) : null;
        var members = await Members(request.By!, asked, scope, measure, request.Grade, reading, ct);
        var cells = members.Where(m => request.Sector is null || request.By != Dimension.Sector || m.Key == request.Sector)
            .Select(m => MakeCell(m.Key, m.Label, reading, owed)).ToList();
        return new Rollup(measure.Code, Language.Pick(measure.NameZh, measure.NameEn), Language.Pick(measure.UnitZh, measure.UnitEn), Camel(measure.Kind.ToString()), Camel(measure.Basis.ToString()),
            Language.Pick(measure.FormulaZh, measure.FormulaEn), request.By!, reading.Book, asked.First.ToString(), asked.Last.ToString(),
            new(scope.OrganizationId, scope.Name), moment.Value.ClosingNo, moment.Value.AsOfEntryNo, moment.Value.At, caller.DemoData,
            cells, MakeCell(null, Language.Pick("合计", "Total"), reading, owed));
    }

    /// <summary>Which entries count, and which closing is the nearest before them.</summary>
    private async Task<Result<AsOf>> Moment(string? asOf, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (asOf is null)
        {
            var head = await db.One<Posting.Head>(LedgerSql.ReadHead, null, ct);
            return new AsOf(head.LastClosingNo, head.ThroughEntryNo, head.LastEntryNo, now, true);
        }
        if (long.TryParse(asOf, NumberStyles.None, CultureInfo.InvariantCulture, out var closingNo))
            return await db.Find<ClosingRow>(LedgerSql.FindClosing, new { ClosingNo = closingNo }, ct) is { } closing
                ? new AsOf(closing.ClosingNo, closing.ThroughEntryNo, closing.ThroughEntryNo, closing.ClosedAt, (await db.One<Posting.Head>(LedgerSql.ReadHead, null, ct)).LastClosingNo == closingNo)
                : LedgerRefusal.BadAsOf(asOf);
        if (!TryInstant(asOf, out var at) || at > now) return LedgerRefusal.BadAsOf(asOf);
        var entryNo = await db.One<long>(LedgerSql.LastEntryAt, new { At = at }, ct);
        var last = await db.One<ClosingRow>(LedgerSql.LastClosingThrough, new { AsOfEntryNo = entryNo }, ct);
        return new AsOf(last.ClosingNo, last.ThroughEntryNo, entryNo, at, false);
    }

    // ISO 8601 with its zone and nothing else: 11/12/2026 is two days, and a day without a zone ends at two moments.
    private static bool TryInstant(string text, out DateTime at)
    {
        var read = DateTimeOffset.TryParseExact(text, ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant);
        at = instant.UtcDateTime;
        return read && (text.EndsWith('Z') || text[^6] is '+' or '-');
    }

    private RollupCell MakeCell(string? member, string label, Reading reading, Obligations? owed)
    {
        var recipe = reading.Recipe;
        var value = recipe.Value(side => reading.Sum(side, member));
        var over = reading.Sum(recipe.Over, member);
        IReadOnlyDictionary<string, decimal>? grades = recipe.IsRatio || recipe.Measure.Kind == MeasureKind.Register || value is null ? null
            : catalog.List("grade").ToDictionary(g => g.Code, g => recipe.Measure.Sum is null
                ? Units.FromLedger(recipe.Measure, over.ByGrade.GetValueOrDefault(g.Code)) : Units.OfTerms(recipe.Measure, over.ByGrade.GetValueOrDefault(g.Code)));
        return new(member ?? "total", label, value, grades, Coverage(member, reading, owed), reading.CellOf(member).Handle);
    }

    private static RollupCoverage? Coverage(string? member, Reading reading, Obligations? owed)
    {
        if (reading.Recipe.Measure.Kind == MeasureKind.Register) return null;
        // A measure on both sides of a quotient (ROI's investment) is one figure, not two.
        var sums = new Sums();
        foreach (var (measure, window) in reading.Recipe.Sides.SelectMany(s => s.Terms.Select(t => (t.Measure, Window: s.Window(reading.Asked, reading.Recipe.Measure.Kind)))).Distinct())
            reading.AddFigures(sums, measure, window, member);
        // What is owed has no grade before it is filed, and a month stays in the stage of its time while the register knows only the present one.
        if (owed is null || (member is not null && reading.By is Dimension.Grade or Dimension.Stage)) return new(null, sums.Reported, sums.Zero, null, sums.Exempt, null, sums.Withheld);
        var (due, notDue) = owed.Of(member);
        var missing = Math.Max(0, due - sums.Reported - sums.Zero - sums.Exempt - sums.Withheld);
        return new(sums.Reported + sums.Zero + missing, sums.Reported, sums.Zero, missing, sums.Exempt, notDue, sums.Withheld);
    }

    private async Task<Obligations> Owed(Reading reading, CancellationToken ct)
    {
        var ended = Month.Of(clock.Today()).AddMonths(-1);
        var owed = new Obligations(reading.By, reading.Asked);
        foreach (var group in reading.Recipe.Sides.SelectMany(s => s.Terms.Select(t => (t.Measure, Window: s.Window(reading.Asked, reading.Recipe.Measure.Kind)))).Distinct().GroupBy(t => t.Window))
            owed.Add(await db.List<ObligationRow>(LedgerSql.Obligations, reading.Arguments(group.Select(t => t.Measure), group.Key), ct), group.Key, ended);
        return owed;
    }

    private async Task<IReadOnlyList<(string Key, string Label)>> Members(string by, Period asked, ScopeRow scope, Measure measure, string? grade, Reading reading, CancellationToken ct) => by switch
    {
        Dimension.Sector => [.. catalog.Sectors.Where(s => s.RolledUp).Select(s => (s.Code, Language.Pick(s.NameZh, s.NameEn)))],
        Dimension.Stage => Codes("stage"),
        Dimension.Grade => [.. Codes("grade").Where(g => grade is null || g.Key == grade)],
        Dimension.KeyAction => [.. catalog.KeyActions.Select(k => (k.Code, Language.Pick(k.NameZh, k.NameEn)))],
        Dimension.Month => [.. asked.EachMonth().Select(m => (m.ToString(), m.ToString()))],
        Dimension.Region => [.. catalog.Regions.Where(r => reading.Has(r.Code)).Select(r => (r.Code, Language.Pick(r.NameZh, r.NameEn)))],
        _ => [.. (await db.List<ScopeRow>(LedgerSql.Children, new { Scope = scope.OrganizationId }, ct))
            .Where(o => o.OrganizationId != scope.OrganizationId || reading.Has(Text(o.OrganizationId)))
            .Select(o => (Text(o.OrganizationId), o.OrganizationId == scope.OrganizationId ? Language.Pick(o.Name + "(本级)", o.Name + " (own)") : o.Name))]
    };

    private IReadOnlyList<(string Key, string Label)> Codes(string list) => [.. catalog.List(list).Select(c => (c.Code, Language.Pick(c.NameZh, c.NameEn)))];

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    internal sealed record ScopeRow
    {
        public long OrganizationId { get; init; }
        public long? ParentId { get; init; }
        public required string Name { get; init; }
    }

    internal sealed record ClosingRow
    {
        public long ClosingNo { get; init; }
        public long ThroughEntryNo { get; init; }
        public DateTime ClosedAt { get; init; }
    }
}

/// <summary>A moment of the ledger: the closing to start from, and the entries to add to it.</summary>
/// <param name="IsPresent">Now, or the last closing: the register as it stands is the register of that moment.</param>
internal sealed record AsOf(long ClosingNo, long ThroughEntryNo, long AsOfEntryNo, DateTime At, bool IsPresent);

internal sealed record ObligationRow
{
    public required string Member { get; init; }
    public string? FirstPeriod { get; init; }
    public string? RetiredPeriod { get; init; }
    public long Pairs { get; init; }
}

/// <summary>Figures owed and not due, by member.</summary>
internal sealed class Obligations(string by, Period asked)
{
    private readonly Dictionary<string, (long Due, long NotDue)> _of = [];
    private long _due, _notDue;

    public (long Due, long NotDue) Of(string? member) => member is null ? (_due, _notDue) : _of.GetValueOrDefault(member);

    public void Add(IReadOnlyList<ObligationRow> rows, Period window, Month lastEnded)
    {
        // What is asked for begins with the register's first month; a window that reaches back to the beginning of time owes nothing there.
        foreach (var row in rows)
        {
            var first = row.FirstPeriod is null ? (Month?)null : Month.Parse(row.FirstPeriod);
            var last = row.RetiredPeriod is null ? lastEnded : Min(Month.Parse(row.RetiredPeriod), lastEnded);
            foreach (var month in window.First == Month.First ? new Period(Min(first ?? asked.First, window.Last), window.Last).EachMonth() : window.EachMonth())
            {
                var due = first is { } f && month >= f && month <= last ? row.Pairs : 0;
                _due += due;
                _notDue += row.Pairs - due;
                var member = by == Dimension.Month ? month.ToString() : row.Member;
                var old = _of.GetValueOrDefault(member);
                _of[member] = (old.Due + due, old.NotDue + row.Pairs - due);
            }
        }
    }

    private static Month Min(Month a, Month b) => a < b ? a : b;
}
