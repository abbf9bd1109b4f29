using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>
/// The sheet of a month: every scenario of the caller's subtree that owes figures for it, by id, with its measures, what is filed, and the figures of the month before and of the year before.
/// Refused with <c>period-not-a-month</c>.
/// </summary>
/// <param name="Period">A month such as <c>2026-08</c>; the last full month when not given.</param>
/// <param name="Organization">Only of this organization and all below it.</param>
/// <param name="Limit">1 to 500, 50 when not given.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record GetSheet(string? Period, long? Organization, int? Limit, string? After) : IQuery<Page<SheetRow>>;

/// <summary>One scenario's month.</summary>
/// <param name="FilingId">Null while nothing was filed.</param>
/// <param name="State">draft, submitted, approved, returned or missing.</param>
/// <param name="Version">Of the figures; 0 while nothing was filed.</param>
/// <param name="Revision">Counts every change of the filing.</param>
/// <param name="IsLocked">The month is locked: saving needs a reason and is a correction.</param>
/// <param name="Reason">Why it was filed so.</param>
/// <param name="ReturnReason">Why it was returned.</param>
/// <param name="Measures">Codes of the measures it promised to file, in the catalog's order.</param>
/// <param name="Figures">What is filed for the month; nothing is here of a measure that is missing.</param>
/// <param name="LastMonth">The figures of the month before, of its newest version.</param>
/// <param name="LastYear">The figures of the same month a year before.</param>
public sealed record SheetRow(
    long ScenarioId, string ScenarioCode, string ScenarioName, string Stage, bool StateSecret, long OrganizationId, string OrganizationName,
    long? FilingId, string State, int Version, int Revision, bool IsCorrection, bool IsLocked, string? Reason, string? ReturnReason,
    IReadOnlyList<string> Measures, IReadOnlyList<FigureView> Figures, IReadOnlyList<FigureView> LastMonth, IReadOnlyList<FigureView> LastYear);

internal sealed class GetSheetValidator : AbstractValidator<GetSheet>
{
    public GetSheetValidator()
    {
        RuleFor(x => x.Limit).InclusiveBetween(1, Cursor.MaxLimit);
        FilingChoice.Rules(this, x => (null, x.Period, null, null));
    }
}

internal sealed class GetSheetHandler(Db db, Caller caller, ReferenceCatalog catalog, TimeProvider clock) : IRequestHandler<GetSheet, Result<Page<SheetRow>>>
{
    public async Task<Result<Page<SheetRow>>> Handle(GetSheet request, CancellationToken ct)
    {
        if (!Cursor.TryRead<SheetRow, long>(request.After, out var after)) return Cursor.Bad;
        var limit = request.Limit ?? Cursor.DefaultLimit;
        var month = request.Period is { } asked ? Month.Parse(asked) : FilingRule.ThisMonth(clock).AddMonths(-1);
        var period = month.ToString();
        var (lastMonth, lastYear) = (month.AddMonths(-1).ToString(), month.AddMonths(-12).ToString());
        var scenarios = await db.List<ScenarioRow>(FilingSql.SheetScenarios, new
        {
            Period = period,
            OrganizationId = request.Organization ?? caller.OrganizationId,
            After = after,
            Take = limit + 1
        }, ct);
        var which = new { ScenarioIds = SqlList.Of(scenarios.Take(limit).Select(s => s.ScenarioId)), PeriodCodes = SqlList.Of([period, lastMonth, lastYear]) };
        var filings = (await db.List<WorkingFiling>(FilingSql.Working, which, ct)).ToDictionary(f => (f.ScenarioId, f.Period));
        var figures = (await db.List<FigureRow>(FilingSql.WorkingFigures, new { FilingIds = SqlList.Of(filings.Values.Select(f => f.FilingId)) }, ct)).ToLookup(g => g.FilingId);
        var measures = (await db.List<MeasureRow>(FilingSql.MeasuresOfScenarios, which, ct)).ToLookup(m => m.ScenarioId, m => m.Measure);
        var locked = (await db.List<SavingFilings.LockedRow>(FilingSql.Locked, which, ct)).Where(l => l.Period == period).Select(l => l.ScenarioId).ToHashSet();
        var order = catalog.Measures.Select((m, i) => (m.Code, i)).ToDictionary(m => m.Code, m => m.i);

        return Cursor.Page(scenarios.Select(Row).ToList(), limit, r => r.ScenarioId);

        SheetRow Row(ScenarioRow s)
        {
            var filing = filings.GetValueOrDefault((s.ScenarioId, period));
            return new(s.ScenarioId, s.ScenarioCode, s.ScenarioName, s.Stage, s.StateSecret, s.OrganizationId, s.OrganizationName,
                filing?.FilingId, filing?.State ?? FilingState.Missing, filing?.Version ?? 0, filing?.Revision ?? 0, filing?.IsCorrection ?? false, locked.Contains(s.ScenarioId),
                filing?.Reason, filing?.ReturnReason, [.. measures[s.ScenarioId].OrderBy(m => order[m])],
                Figures(s, period), Figures(s, lastMonth), Figures(s, lastYear));
        }

        IReadOnlyList<FigureView> Figures(ScenarioRow s, string period) =>
            filings.TryGetValue((s.ScenarioId, period), out var filing) ? [.. figures[filing.FilingId].Select(g => FigureView.Of(catalog, g.Figure))] : [];
    }

    private sealed record ScenarioRow
    {
        public long ScenarioId { get; init; }
        public required string ScenarioCode { get; init; }
        public required string ScenarioName { get; init; }
        public required string Stage { get; init; }
        public bool StateSecret { get; init; }
        public long OrganizationId { get; init; }
        public required string OrganizationName { get; init; }
    }

    private sealed record MeasureRow
    {
        public long ScenarioId { get; init; }
        public required string Measure { get; init; }
    }
}
