using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>
/// Calls a collection off: its obligations go, part by part; what was filed stays. A locked one is unlocked first.
/// Refused with <c>collection-not-found</c>, <c>collection-above-you</c>, <c>collection-ended</c>, <c>invalid</c> (reason).
/// </summary>
/// <param name="Reason">1 to 500 characters.</param>
public sealed record CancelCollection(long CollectionId, string? Reason) : ICommand<Done>;

internal sealed class CancelCollectionHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<CancelCollection, Result<Done>>
{
    public async Task<Result<Done>> Handle(CancelCollection request, CancellationToken ct)
    {
        var steps = new CollectionSteps(db, caller, clock);
        var opened = await steps.Open(request.CollectionId, ct);
        if (!opened.Ok) return opened.Why!;
        var now = opened.Value;
        if (now.State is CollectionState.Locked or CollectionState.Cancelled) return CollectionRefusal.Ended(now.State);
        var reason = CollectionSteps.Reason(request.Reason);
        if (!reason.Ok) return reason.Why!;
        await steps.Save(now with { State = CollectionState.Cancelled }, steps.Today, ct);
        // Whatever was under way needs no end any more: an opening would go on to write what is taken away.
        await db.Run(CollectionSql.EndSteps, new { now.CollectionId, steps.Now }, ct);
        await steps.Begin(now.CollectionId, StepKind.Cancelled, reason.Value, ct);
        return new Done();
    }
}
