using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>Locks a collection that has fallen due: its months take only corrections from now on. Refused with <c>collection-not-found</c>, <c>collection-above-you</c>, <c>collection-not-due</c>.</summary>
public sealed record LockCollection(long CollectionId) : ICommand<Done>;

/// <summary>Lifts the lock again; it is due, and locked anew only by hand or by a new lock day. Refused with <c>collection-not-found</c>, <c>collection-above-you</c>, <c>collection-not-locked</c>, <c>invalid</c> (reason).</summary>
/// <param name="Reason">1 to 500 characters.</param>
public sealed record UnlockCollection(long CollectionId, string? Reason) : ICommand<Done>;

internal sealed class LockCollectionHandler(Db db, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<LockCollection, Result<Done>>, IRequestHandler<UnlockCollection, Result<Done>>
{
    public async Task<Result<Done>> Handle(LockCollection request, CancellationToken ct)
    {
        var steps = new CollectionSteps(db, caller, clock);
        var opened = await steps.Open(request.CollectionId, ct);
        if (!opened.Ok) return opened.Why!;
        if (opened.Value.State != CollectionState.Due) return CollectionRefusal.NotDue(opened.Value.State);
        await Lock(opened.Value, steps, mediator, ct);
        return new Done();
    }

    public async Task<Result<Done>> Handle(UnlockCollection request, CancellationToken ct)
    {
        var steps = new CollectionSteps(db, caller, clock);
        var opened = await steps.Open(request.CollectionId, ct);
        if (!opened.Ok) return opened.Why!;
        var now = opened.Value;
        if (now.State != CollectionState.Locked) return CollectionRefusal.NotLocked(now.State);
        var reason = CollectionSteps.Reason(request.Reason);
        if (!reason.Ok) return reason.Why!;
        // The lock day is over; left in place, the clock would lock it again the next minute.
        await steps.Save(now with { State = CollectionState.Due, LocksOn = null }, steps.Today, ct);
        await steps.Done(now.CollectionId, StepKind.Unlocked, reason.Value, 0, ct);
        return await mediator.Send(new UnlockFilings(now.CollectionId), ct);
    }

    /// <summary>By a person or by the clock.</summary>
    public static async Task Lock(CollectionRow now, CollectionSteps steps, IMediator mediator, CancellationToken ct)
    {
        await steps.Save(now with { State = CollectionState.Locked }, steps.Today, ct);
        await steps.Done(now.CollectionId, StepKind.Locked, null, 0, ct);
        _ = (await mediator.Send(new LockFilings(now.CollectionId, now.OrganizationId, CodeText.Codes(now.Sectors), Month.Parse(now.FirstPeriod), Month.Parse(now.LastPeriod)), ct)).Value;
    }
}
