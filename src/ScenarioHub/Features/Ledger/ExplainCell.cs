using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Ledger;

/// <summary>The entries behind a cell of a roll-up, page by page; they add up to it exactly. Refused with <c>bad-handle</c>, <c>organization-not-found</c>.</summary>
/// <param name="Handle">Of the cell, unchanged.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ExplainCell(string? Handle, int? Limit, string? After) : IQuery<Explanation>;

/// <param name="Value">The cell again, made this time from its entries alone.</param>
/// <param name="Parts">What the formula is made of: every measure with its sum over all entries, on all pages.</param>
/// <param name="Entries">By measure, sector, month and number. Summed by measure over all pages they give the parts.</param>
public sealed record Explanation(string Measure, string Label, string Unit, string Formula, string Book, string From, string To, long ThroughEntry, string? DemoData,
    decimal? Value, long EntryCount, IReadOnlyList<ExplainedPart> Parts, IReadOnlyList<ExplainedEntry> Entries, string? Next);

/// <param name="Role">sum, numerator or denominator of the formula.</param>
/// <param name="Factor">How the formula counts it: 1 or -1.</param>
/// <param name="From">First month that counts for this part.</param>
/// <param name="Quantity">Sum of the entries, in the part's unit.</param>
/// <param name="Denominator">Sum of the entries' denominators; only of measures filed as numerator and denominator.</param>
public sealed record ExplainedPart(string Role, string Measure, string Label, string Unit, int Factor, string From, string To, decimal Quantity, decimal? Denominator, long Entries);

/// <param name="EntryNo">Place in the tenant's ledger, without gaps.</param>
/// <param name="Cause">submitted, approved, corrected, returned, reclassified, retired ...</param>
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
    private sealed record Place(string Measure, string Sector, string Period, long EntryNo);

    public async Task<Result<Explanation>> Handle(ExplainCell request, CancellationToken ct)
    {
        if (!Cell.TryRead(request.Handle, out var cell) || catalog.FindMeasure(cell.Measure) is not { RolledUp: true } measure) return LedgerRefusal.BadHandle;
        if (!Cursor.TryRead<EntryLine, Place>(request.After, out var after)) return Cursor.Bad;
        if (await db.Find<GetRollupHandler.ScopeRow>(LedgerSql.FindScope, new { cell.Scope }, ct) is null) return LedgerRefusal.OrganizationNotFound;
        var recipe = Recipe.Of(measure);
        var (over, under) = (recipe.Over, recipe.Under ?? recipe.Over);
        var (window, otherWindow) = (over.Window(cell.Asked, measure.Kind), under.Window(cell.Asked, measure.Kind));
        var limit = request.Limit ?? Cursor.DefaultLimit;
        string[] measures = [.. over.Terms.Concat(under.Terms).Select(t => t.Measure).Distinct()];
        string[] sectors = cell.Sector is { } only ? [only] : [.. catalog.Sectors.Select(s => s.Code)];
        var args = new
        {
            cell.Scope,
            cell.Book,
            cell.AsOfEntryNo,
            cell.Grade,
            OwnOnly = cell.OwnOnly ? 1 : 0,
            cell.By,
            cell.Member,
            AnyMeasureCodes = SqlList.Of(measures),
            SectorCodes = SqlList.Of(sectors),
            Earliest = Min(window.First, otherWindow.First).ToString(),
            Latest = Max(window.Last, otherWindow.Last).ToString(),
            MeasureCodes = SqlList.Of(over.Terms.Select(t => t.Measure).Distinct()),
            First = window.First.ToString(),
            Last = window.Last.ToString(),
            OtherMeasureCodes = SqlList.Of(under.Terms.Select(t => t.Measure).Distinct()),
            OtherFirst = otherWindow.First.ToString(),
            OtherLast = otherWindow.Last.ToString(),
            AfterMeasure = after?.Measure ?? "",
            AfterSector = after?.Sector ?? "",
            AfterPeriod = after?.Period ?? "",
            AfterEntryNo = after?.EntryNo ?? 0,
            Take = limit + 1
        };
        var sums = (await db.List<SumLine>(LedgerSql.ExplainSums, args, ct)).ToDictionary(s => s.Measure);
        var rows = await db.List<EntryLine>(LedgerSql.ExplainEntries, args, ct);
        var page = Cursor.Page(rows, limit, r => new Place(r.Measure, r.Sector, r.Period, r.EntryNo));
        var parts = recipe.Sides.SelectMany((side, i) => side.Terms.Select(term => Part(recipe.Under is null ? "sum" : i == 0 ? "numerator" : "denominator", term, side.Window(cell.Asked, measure.Kind), sums))).ToList();
        return new Explanation(measure.Code, Language.Pick(measure.NameZh, measure.NameEn), Language.Pick(measure.UnitZh, measure.UnitEn), Language.Pick(measure.FormulaZh, measure.FormulaEn),
            cell.Book, cell.First, cell.Last, cell.AsOfEntryNo, caller.DemoData,
            recipe.Value(side => SumOf(side, sums)), sums.Values.Sum(s => s.Entries), parts, [.. page.Items.Select(Entry)], page.Next);
    }

    private static Sums SumOf(Side side, Dictionary<string, SumLine> sums)
    {
        var total = new Sums();
        foreach (var term in side.Terms)
            if (sums.TryGetValue(term.Measure, out var line))
                total.Add(term, new SumRow { Member = "", Measure = term.Measure, Grade = "", FigureState = "reported", Quantity = line.Quantity, Denominator = line.Denominator, Figures = line.Figures });
        return total;
    }

    private ExplainedPart Part(string role, Term term, Period window, Dictionary<string, SumLine> sums)
    {
        var measure = catalog.Measure(term.Measure);
        var line = sums.GetValueOrDefault(term.Measure);
        return new(role, measure.Code, Language.Pick(measure.NameZh, measure.NameEn), Language.Pick(measure.UnitZh, measure.UnitEn), term.Factor, window.First.ToString(), window.Last.ToString(),
            Quantity(measure, line?.Quantity ?? 0), Denominator(measure, line?.Denominator ?? 0), line?.Entries ?? 0);
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

    private static Month Min(Month a, Month b) => a < b ? a : b;

    private static Month Max(Month a, Month b) => a > b ? a : b;

    private sealed record SumLine
    {
        public required string Measure { get; init; }
        public long Quantity { get; init; }
        public long Denominator { get; init; }
        public long Figures { get; init; }
        public long Entries { get; init; }
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
