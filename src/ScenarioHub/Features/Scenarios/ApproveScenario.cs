using System.Text.Json.Nodes;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Accepts a submitted scenario: its facts now stand (<c>scenario_standing</c>, <c>scenario_stage</c>, <c>scenario_measure</c>) and the ledger posts by them.
/// Refused with <c>scenario-not-found</c>, <c>scenario-not-submitted</c>, <c>if-match-missing</c>, <c>stale-version</c>.
/// </summary>
/// <param name="Version">The version that was reviewed.</param>
public sealed record ApproveScenario(long ScenarioId, int? Version) : ICommand<ScenarioSaved>;

internal sealed class ApproveScenarioHandler(Db db, ReferenceCatalog catalog, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<ApproveScenario, Result<ScenarioSaved>>
{
    private static readonly string[] From = [ScenarioState.Submitted];

    public async Task<Result<ScenarioSaved>> Handle(ApproveScenario request, CancellationToken ct)
    {
        var opened = await ScenarioStep.Open(db, request.ScenarioId, request.Version, From, ScenarioRefusal.NotSubmitted, ct);
        if (!opened.Ok) return opened.Why!;
        var (row, now) = (opened.Value, clock.GetUtcNow().UtcDateTime);
        if (await db.Run(ScenarioSql.Approve, new { row.ScenarioId, row.Version, Now = now }, ct) == 0) return await ScenarioStep.Lost(db, row, From, ScenarioRefusal.NotSubmitted, ct);

        var content = row.Content();
        var sector = catalog.SectorOf(row.IndustryDivision).Code;
        await Stand(row, sector, ct);
        await ReplaceMeasures(row.ScenarioId, content, ct);
        await ScenarioHistory.Append(db, caller, now, row.ScenarioId, row.Version + 1, ScenarioEvent.Approved, ScenarioState.Approved, null, new JsonArray(), content, ct);
        var moved = row.ApprovedSector is not null
            && (row.ApprovedSector, row.ApprovedRegion, row.ApprovedKeyAction, row.ApprovedOrganizationId) != (sector, row.Region, row.KeyAction, row.OrganizationId);
        await mediator.Publish(new ScenarioChanged([row.ScenarioId], moved ? ScenarioCause.Reclassified : ScenarioCause.Approved), ct);
        return new ScenarioSaved(row.ScenarioId, row.Code, row.Version + 1, ScenarioState.Approved, ScenarioSaved.Updated);
    }

    private async Task Stand(ScenarioRow row, string sector, CancellationToken ct)
    {
        var standing = new
        {
            row.ScenarioId,
            Version = row.Version + 1,
            row.OrganizationId,
            row.IndustryDivision,
            Sector = sector,
            row.Region,
            row.KeyAction,
            row.Stage,
            row.StageSince,
            row.CapexTotalFen,
            // Figures are owed from the month it went live; what is not live yet owes nothing.
            FirstPeriod = row.GoLiveOn is { } live && Stage.IsLive(row.Stage) ? Month.Of(live).ToString() : null
        };
        if (await db.Run(ScenarioSql.UpdateStanding, standing, ct) == 0) await db.Run(ScenarioSql.InsertStanding, standing, ct);
        await db.Run(ScenarioSql.InsertStage, new { row.ScenarioId, row.StageSince, row.Stage }, ct);
    }

    private async Task ReplaceMeasures(long scenarioId, ScenarioContent content, CancellationToken ct)
    {
        await db.Run(ScenarioSql.DeleteMeasures, new { ScenarioId = scenarioId }, ct);
        var measures = ScenarioMeasures.Read(catalog, content.Measures, static (at, code, _) => throw new InvalidOperationException($"{at} passed the submission and is {code} at the approval."));
        foreach (var m in measures)
            await db.Run(ScenarioSql.InsertMeasure, new
            {
                ScenarioId = scenarioId,
                m.Measure,
                m.BaselineQuantity,
                m.BaselineDenominator,
                m.BaselinePeriod,
                m.TargetQuantity,
                m.TargetDenominator,
                m.TargetOn,
                m.Note
            }, ct);
    }
}
