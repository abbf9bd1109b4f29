using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>Every version of a month's filing, oldest first: who, when, what. Refused with <c>scenario-not-found</c>, <c>period-not-a-month</c>, <c>filing-not-found</c>.</summary>
public sealed record ListFilingVersions(long ScenarioId, string Period) : IQuery<FilingVersions>;

public sealed record FilingVersions(long Id, long ScenarioId, string Period, string State, int Version, int? ApprovedVersion, IReadOnlyList<FilingVersionView> Versions, string? DemoData);

/// <summary>One version; frozen once submitted.</summary>
/// <param name="State">draft, submitted, approved or returned.</param>
/// <param name="Submitted">Null while a draft.</param>
/// <param name="Decided">Who approved or returned it; null until then.</param>
public sealed record FilingVersionView(
    int Version, string State, bool IsCorrection, string? Reason, string? ReturnReason, Act Saved, Act? Submitted, Act? Decided, IReadOnlyList<FigureView> Figures);

/// <summary>Who did it and when.</summary>
public sealed record Act(long UserId, string? DisplayName, DateTime At);

internal sealed class ListFilingVersionsHandler(Db db, Caller caller, ReferenceCatalog catalog) : IRequestHandler<ListFilingVersions, Result<FilingVersions>>
{
    public async Task<Result<FilingVersions>> Handle(ListFilingVersions request, CancellationToken ct)
    {
        var which = new { ScenarioIds = SqlList.Of([request.ScenarioId]), PeriodCodes = SqlList.Of([request.Period]) };
        if (await db.Find<FilingScenario>(FilingSql.Scenarios, which, ct) is null) return FilingRefusal.ScenarioNotFound;
        if (!Month.TryParse(request.Period, out _)) return Refusal.Invalid([FilingRefusal.PeriodNotAMonth("?period", request.Period)]);
        if (await db.Find<WorkingFiling>(FilingSql.Working, which, ct) is not { } filing) return FilingRefusal.NotFound;
        var versions = await db.List<Row>(FilingSql.Versions, new { filing.FilingId }, ct);
        var figures = (await db.List<FigureRow>(FilingSql.FiguresOfVersions, new { filing.FilingId }, ct)).ToLookup(f => f.Version, f => FigureView.Of(catalog, f.Figure));
        return new FilingVersions(filing.FilingId, filing.ScenarioId, filing.Period, filing.State, filing.Version, filing.ApprovedVersion, [.. versions.Select(v => new FilingVersionView(
            v.Version, v.State, v.IsCorrection, v.Reason, v.ReturnReason, new(v.SavedBy, v.SavedByName, v.SavedAt),
            v.SubmittedBy is { } submitter && v.SubmittedAt is { } submittedAt ? new(submitter, v.SubmittedByName, submittedAt) : null,
            v.DecidedBy is { } decider && v.DecidedAt is { } decidedAt ? new(decider, v.DecidedByName, decidedAt) : null,
            [.. figures[v.Version]]))], caller.DemoData);
    }

    private sealed record Row
    {
        public int Version { get; init; }
        public required string State { get; init; }
        public bool IsCorrection { get; init; }
        public string? Reason { get; init; }
        public string? ReturnReason { get; init; }
        public long SavedBy { get; init; }
        public string? SavedByName { get; init; }
        public DateTime SavedAt { get; init; }
        public long? SubmittedBy { get; init; }
        public string? SubmittedByName { get; init; }
        public DateTime? SubmittedAt { get; init; }
        public long? DecidedBy { get; init; }
        public string? DecidedByName { get; init; }
        public DateTime? DecidedAt { get; init; }
    }
}
