using System.Diagnostics;
using Hangfire;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Peers;

internal static class PeerEndpoints
{
    public static void MapPeers(this IEndpointRouteBuilder api)
    {
        var peers = api.MapGroup("/peers").WithTags("Peers");
        peers.MapGet("/", Compare).Needs(Permission.PeerRead).Produces<PeerComparison>();
        peers.MapGet("/releases", Releases).Needs(Permission.PeerRead).Produces<Page<PeerReleaseView>>();
        peers.MapPost("/releases", Request).Needs(Permission.CollectionManage).Produces<PeerReleaseView>(202);
    }

    /// <summary>Where your enterprises stand among their peers in a sector and period, as released.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Compare([AsParameters] ComparePeers query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Releases of benchmarks, newest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Releases([AsParameters] ListPeerReleases query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Starts the release of a period's benchmarks now; for a regulator at the root.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Request(RequestPeerRelease body, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct)
    {
        var outcome = await mediator.Send(body, ct);
        if (!outcome.Ok) return outcome.OrOk();
        var requested = outcome.Value;
        // The row is committed: should the next line fail, or this process die before it, the minute's pick-up enqueues it.
        try { jobs.Enqueue<PeerJobs>(job => job.Make(requested.TenantId, requested.Id, CancellationToken.None)); }
        catch (BackgroundJobClientException e) { Activity.Current?.AddException(e); }
        response.Headers.RetryAfter = "2";
        return (await mediator.Send(new GetPeerRelease(requested.Id), ct)).Or(view => TypedResults.Accepted("/api/v1/peers/releases", view));
    }
}
