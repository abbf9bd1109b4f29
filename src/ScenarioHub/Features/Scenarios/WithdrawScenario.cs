using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Takes a submitted scenario back before it was decided; it may then be revised and submitted again.
/// Refused with <c>scenario-not-found</c>, <c>scenario-not-submitted</c>, <c>if-match-missing</c>, <c>stale-version</c>.
/// </summary>
/// <param name="Version">The version that was submitted.</param>
public sealed record WithdrawScenario(long ScenarioId, int? Version) : ICommand<ScenarioSaved>;

internal sealed class WithdrawScenarioHandler(Db db, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<WithdrawScenario, Result<ScenarioSaved>>
{
    public async Task<Result<ScenarioSaved>> Handle(WithdrawScenario request, CancellationToken ct)
    {
        var opened = await ScenarioStep.Open(db, request.ScenarioId, request.Version, [ScenarioState.Submitted], ScenarioRefusal.NotSubmitted, ct);
        if (!opened.Ok) return opened.Why!;
        var taken = await ScenarioStep.Take(db, caller, clock.GetUtcNow().UtcDateTime, opened.Value, ScenarioState.Withdrawn, ScenarioEvent.Withdrawn, null, ScenarioRefusal.NotSubmitted, ct);
        if (taken.Ok) await mediator.Publish(new ScenarioChanged([request.ScenarioId], ScenarioCause.Withdrawn), ct);
        return taken;
    }
}
