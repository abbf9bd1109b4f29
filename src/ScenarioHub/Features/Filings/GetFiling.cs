using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>One scenario's figures for a month, with every measure it files; also where nothing was filed yet. Refused with <c>scenario-not-found</c>, <c>period-not-a-month</c>.</summary>
public sealed record GetFiling(long ScenarioId, string Period) : IQuery<FilingView>;

/// <summary>A month's filing: its newest version.</summary>
/// <param name="Id">Null while nothing was filed.</param>
/// <param name="State">draft, submitted, approved, returned; <c>missing</c> or <c>notDue</c> while nothing was filed.</param>
/// <param name="Version">Of the figures below; 0 while nothing was filed.</param>
/// <param name="Revision">Counts every change; the ETag.</param>
/// <param name="ApprovedVersion">The version that stands in the approved book.</param>
/// <param name="IsCorrection">The version changes what was approved before, or was saved after the month was locked.</param>
/// <param name="IsLocked">The month is locked: saving needs a reason and is a correction.</param>
/// <param name="Reason">Why it was filed so; always there in a correction.</param>
/// <param name="ReturnReason">Why it was returned.</param>
/// <param name="Figures">By the measures' codes.</param>
/// <param name="DemoData">演示数据 when the figures are generated for demonstration, else null.</param>
public sealed record FilingView(
    long? Id, long ScenarioId, string Period, string State, int Version, int Revision, int? ApprovedVersion, bool IsCorrection, bool IsLocked,
    string? Reason, string? ReturnReason, DateTime? UpdatedAt, IReadOnlyList<FigureView> Figures, string? DemoData);

internal sealed class GetFilingHandler(Db db, Caller caller, ReferenceCatalog catalog, TimeProvider clock) : IRequestHandler<GetFiling, Result<FilingView>>
{
    public async Task<Result<FilingView>> Handle(GetFiling request, CancellationToken ct)
    {
        var which = new { ScenarioIds = SqlList.Of([request.ScenarioId]), PeriodCodes = SqlList.Of([request.Period]), request.ScenarioId };
        if (await db.Find<FilingScenario>(FilingSql.Scenarios, which, ct) is not { } scenario) return FilingRefusal.ScenarioNotFound;
        if (!Month.TryParse(request.Period, out var month)) return Refusal.Invalid([FilingRefusal.PeriodNotAMonth("?period", request.Period)]);
        var filing = await db.Find<WorkingFiling>(FilingSql.Working, which, ct);
        var figures = filing is null ? [] : await db.List<FigureRow>(FilingSql.WorkingFigures, new { FilingIds = SqlList.Of([filing.FilingId]) }, ct);
        var locked = (await db.List<SavingFilings.LockedRow>(FilingSql.Locked, which, ct)).Count > 0;
        var asked = await db.List<string>(FilingSql.MeasuresOfScenario, which, ct);

        var none = FilingRule.IsDue(month, FilingRule.ThisMonth(clock), scenario.FirstPeriod, scenario.RetiredPeriod) ? FilingState.Missing : FilingState.NotDue;
        IEnumerable<FigureView> views = [
            .. figures.Select(f => FigureView.Of(catalog, f.Figure)),
            .. asked.Except(figures.Select(f => f.Measure)).Select(m => FigureView.Empty(catalog.Measure(m), none))];
        return new FilingView(filing?.FilingId, scenario.ScenarioId, request.Period, filing?.State ?? none, filing?.Version ?? 0, filing?.Revision ?? 0, filing?.ApprovedVersion,
            filing?.IsCorrection ?? false, locked, filing?.Reason, filing?.ReturnReason, filing?.UpdatedAt, [.. views.OrderBy(v => v.Measure, StringComparer.Ordinal)], caller.DemoData);
    }
}
