using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Retires an approved scenario from a day on (停用); it stays, with all it filed, and owes nothing after that month.
/// Refused with <c>scenario-not-found</c>, <c>scenario-not-approved</c>, <c>if-match-missing</c>, <c>stale-version</c>, <c>invalid</c> (day or reason).
/// </summary>
/// <param name="RetiredOn">Not after today, not before the present stage began.</param>
/// <param name="Reason">1 to 500 characters.</param>
/// <param name="Version">The version that is retired.</param>
public sealed record RetireScenario(long ScenarioId, DateOnly? RetiredOn, string? Reason, int? Version) : ICommand<ScenarioSaved>;

internal sealed class RetireScenarioHandler(Db db, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<RetireScenario, Result<ScenarioSaved>>
{
    private static readonly string[] From = [ScenarioState.Approved];

    public async Task<Result<ScenarioSaved>> Handle(RetireScenario request, CancellationToken ct)
    {
        var opened = await ScenarioStep.Open(db, request.ScenarioId, request.Version, From, ScenarioRefusal.NotApproved, ct);
        if (!opened.Ok) return opened.Why!;
        var (row, now) = (opened.Value, clock.GetUtcNow().UtcDateTime);
        var findings = new List<FieldProblem>();
        if (ScenarioStep.ReasonMissing(request.Reason) is { } missing) findings.AddRange(missing.Errors!);
        var today = clock.Today();
        if (request.RetiredOn is not { } day) findings.Add(new(ScenarioFinding.Required, "/retiredOn", new Words("请填写停用日期。", "Give the day it was retired.").ToString()));
        else if (day > today || day < row.StageSince) findings.Add(new(ScenarioFinding.DateOutOfRange, "/retiredOn", new Words(
            $"停用日期为 {day:yyyy-MM-dd},须在当前阶段起始日期 {row.StageSince:yyyy-MM-dd} 与今天 {today:yyyy-MM-dd} 之间。",
            $"It was retired on {day:yyyy-MM-dd}; that must lie between {row.StageSince:yyyy-MM-dd}, when the present stage began, and today, {today:yyyy-MM-dd}.").ToString()));
        if (findings.Count > 0) return Refusal.Invalid(findings);

        var retiredOn = request.RetiredOn!.Value;
        if (await db.Run(ScenarioSql.Retire, new { row.ScenarioId, row.Version, RetiredOn = retiredOn, Now = now }, ct) == 0) return await ScenarioStep.Lost(db, row, From, ScenarioRefusal.NotApproved, ct);
        await db.Run(ScenarioSql.RetireStanding, new { row.ScenarioId, Version = row.Version + 1, RetiredOn = retiredOn, RetiredPeriod = Month.Of(retiredOn).ToString() }, ct);
        await db.Run(ScenarioSql.InsertStage, new { row.ScenarioId, StageSince = retiredOn, Stage = Stage.Retired }, ct);
        var (before, after) = (row.Content(), row.Content() with { Stage = Stage.Retired, StageSince = retiredOn });
        await ScenarioHistory.Append(db, caller, now, row.ScenarioId, row.Version + 1, ScenarioEvent.Retired, ScenarioState.Retired, request.Reason, ScenarioChanges.Between(before, after), after, ct);
        await mediator.Publish(new ScenarioChanged([row.ScenarioId], ScenarioCause.Retired), ct);
        return new ScenarioSaved(row.ScenarioId, row.Code, row.Version + 1, ScenarioState.Retired, ScenarioSaved.Updated);
    }
}
