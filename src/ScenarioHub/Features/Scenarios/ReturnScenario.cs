using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Returns a submitted scenario to the enterprise with a reason; it may then be revised and submitted again.
/// Refused with <c>scenario-not-found</c>, <c>scenario-not-submitted</c>, <c>if-match-missing</c>, <c>stale-version</c>, <c>invalid</c> (no reason).
/// </summary>
/// <param name="Reason">1 to 500 characters.</param>
/// <param name="Version">The version that was reviewed.</param>
public sealed record ReturnScenario(long ScenarioId, string? Reason, int? Version) : ICommand<ScenarioSaved>;

internal sealed class ReturnScenarioHandler(Db db, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<ReturnScenario, Result<ScenarioSaved>>
{
    public async Task<Result<ScenarioSaved>> Handle(ReturnScenario request, CancellationToken ct)
    {
        var opened = await ScenarioStep.Open(db, request.ScenarioId, request.Version, [ScenarioState.Submitted], ScenarioRefusal.NotSubmitted, ct);
        if (!opened.Ok) return opened.Why!;
        if (ScenarioStep.ReasonMissing(request.Reason) is { } missing) return missing;
        var taken = await ScenarioStep.Take(db, caller, clock.GetUtcNow().UtcDateTime, opened.Value, ScenarioState.Returned, ScenarioEvent.Returned, request.Reason, ScenarioRefusal.NotSubmitted, ct);
        if (taken.Ok) await mediator.Publish(new ScenarioChanged([request.ScenarioId], ScenarioCause.Returned), ct);
        return taken;
    }
}
