using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>
/// Reminds everyone who still owes (催报): a row per organization with how many filings are missing; a second time on the same day by the same person adds nothing.
/// Refused with <c>collection-not-found</c>, <c>collection-above-you</c>, <c>collection-not-running</c>.
/// </summary>
public sealed record RemindCollection(long CollectionId) : ICommand<Done>;

internal sealed class RemindCollectionHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<RemindCollection, Result<Done>>
{
    public async Task<Result<Done>> Handle(RemindCollection request, CancellationToken ct)
    {
        var steps = new CollectionSteps(db, caller, clock);
        var opened = await steps.Open(request.CollectionId, ct);
        if (!opened.Ok) return opened.Why!;
        var now = opened.Value;
        if (now.State is not (CollectionState.Open or CollectionState.Due)) return CollectionRefusal.NotRunning(now.State);
        await steps.Begin(now.CollectionId, StepKind.Reminded, null, ct);
        return new Done();
    }
}
