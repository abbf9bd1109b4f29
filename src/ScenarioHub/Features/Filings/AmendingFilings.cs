using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Filings;

/// <summary>A filing with its newest version, as a change of what is approved needs it.</summary>
internal sealed record FilingAsItStands
{
    public long FilingId { get; init; }
    public long OrganizationId { get; init; }
    public long ScenarioId { get; init; }
    public required string Period { get; init; }
    public required string State { get; init; }
    public int Version { get; init; }
    public int Revision { get; init; }
    public int? ApprovedVersion { get; init; }
    public bool IsCorrection { get; init; }
    public string? Reason { get; init; }
    public long SavedBy { get; init; }
    public DateTime SavedAt { get; init; }

    public bool UnderReview => State == FilingState.Submitted;

    /// <summary>A correction is being written: a draft, or one that was returned.</summary>
    public bool InCorrection => State is FilingState.Draft or FilingState.Returned && ApprovedVersion is not null;
}

/// <summary>
/// Puts a new approved version in the place of the one that stands, a correction with its reason: history is kept, and the ledger posts the difference.
/// The caller holds the row (<see cref="FilingSql.HoldOne"/>), and the filing is not under review.
/// </summary>
internal sealed class AmendingFilings(Db db, IMediator mediator, Caller caller, TimeProvider clock)
{
    private static readonly string[] VersionColumns =
        ["filing_id", "version", "state", "is_correction", "reason", "saved_by", "saved_at", "submitted_by", "submitted_at", "decided_by", "decided_at"];

    /// <param name="change">What becomes of a figure; asked for the approved ones and for those of a correction that is being written.</param>
    /// <returns>The number of the new approved version.</returns>
    public async Task<int> Run(FilingAsItStands filing, Func<Figure, Figure> change, string reason, string cause, CancellationToken ct)
    {
        var which = new { FilingIds = SqlList.Of([filing.FilingId]), filing.FilingId };
        var approved = await db.List<FigureRow>(FilingSql.ApprovedFigures, which, ct);
        var written = filing.InCorrection ? await db.List<FigureRow>(FilingSql.WorkingFigures, which, ct) : [];
        // What was being written is lost to nobody: it goes on as a draft above the new version. A draft has never been looked at by anyone and may change its number;
        // what was returned keeps its own, and goes on as a draft of the same figures.
        await db.Run(FilingSql.DropDraftFigures, which, ct);
        await db.Run(FilingSql.DropDraftVersions, which, ct);
        var version = filing.State == FilingState.Draft ? filing.Version : filing.Version + 1;
        var newest = filing.InCorrection ? version + 1 : version;
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Run(FilingSql.Amend, new
        {
            filing.FilingId,
            State = filing.InCorrection ? FilingState.Draft : FilingState.Approved,
            Version = newest,
            ApprovedVersion = version,
            DecisionId = await db.NextId(ct),
            Now = now
        }, ct);
        List<object?[]> versions = [[filing.FilingId, version, FilingState.Approved, true, reason, caller.UserId, now, caller.UserId, now, caller.UserId, now]];
        if (filing.InCorrection) versions.Add([filing.FilingId, newest, FilingState.Draft, true, filing.Reason, filing.SavedBy, filing.SavedAt, null, null, null, null]);
        await db.Append("filing_version", VersionColumns, versions, ct);
        await db.Append("filing_figure", FigureRow.Columns,
            [.. approved.Select(g => FigureRow.Of(filing.FilingId, version, change(g.Figure))), .. written.Select(g => FigureRow.Of(filing.FilingId, newest, change(g.Figure)))], ct);
        var differing = approved.Select(g => (g.Measure, From: g.Figure.Grade, To: change(g.Figure).Grade)).Where(g => g.From != g.To);
        db.Record(new Change("filing", cause, filing.FilingId, filing.OrganizationId, version, filing.Period)
        {
            Fields = [.. differing.Select(g => Change.Field($"figures/{g.Measure}/grade", g.From, g.To)), Change.Field("reason", null, reason)]
        });
        await mediator.Publish(new FilingsChanged([filing.FilingId], cause), ct);
        return version;
    }
}
