using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Collections;

/// <summary>
/// Opens a planned collection now. From this moment its scope is fixed; the obligations appear part by part until <c>underWay</c> is null again.
/// Refused with <c>collection-not-found</c>, <c>collection-above-you</c>, <c>collection-not-planned</c>.
/// </summary>
public sealed record OpenCollection(long CollectionId) : ICommand<Done>;

internal sealed class OpenCollectionHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<OpenCollection, Result<Done>>
{
    public async Task<Result<Done>> Handle(OpenCollection request, CancellationToken ct)
    {
        var steps = new CollectionSteps(db, caller, clock);
        var opened = await steps.Open(request.CollectionId, ct);
        if (!opened.Ok) return opened.Why!;
        var now = opened.Value;
        if (now.State != CollectionState.Planned) return CollectionRefusal.NotPlanned(now.State);
        await steps.Save(now with { State = CollectionState.Open, OpensOn = now.OpensOn > steps.Today ? steps.Today : now.OpensOn }, steps.Today, ct);
        await steps.Begin(now.CollectionId, StepKind.Opened, null, ct);
        return new Done();
    }
}
