using System.Diagnostics;
using System.Text.Json;
using Hangfire;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Collections;

internal static class CollectionEndpoints
{
    public static void MapCollections(this IEndpointRouteBuilder api)
    {
        var collections = api.MapGroup("/collections").WithTags("Collections");
        collections.MapGet("/", List).Needs(Permission.CollectionRead).Produces<Page<CollectionView>>();
        collections.MapPost("/", Add).Needs(Permission.CollectionManage).Produces<CollectionAdded>(201);
        collections.MapGet("/due", Due).Needs(Permission.CollectionRead).Produces<Page<DueLine>>();
        collections.MapGet("/{id:long}", Get).Needs(Permission.CollectionRead).Produces<CollectionView>();
        collections.MapPatch("/{id:long}", Revise).Needs(Permission.CollectionManage).Produces<CollectionView>();
        collections.MapPost("/{id:long}/open", Open).Needs(Permission.CollectionManage).Produces<CollectionView>();
        collections.MapPost("/{id:long}/remind", Remind).Needs(Permission.CollectionManage).Produces<CollectionView>();
        collections.MapPost("/{id:long}/lock", Lock).Needs(Permission.CollectionManage).Produces<CollectionView>();
        collections.MapPost("/{id:long}/unlock", Unlock).Needs(Permission.CollectionManage).Produces<CollectionView>();
        collections.MapPost("/{id:long}/cancel", Cancel).Needs(Permission.CollectionManage).Produces<CollectionView>();
        collections.MapPost("/{id:long}/exempt", Exempt).Needs(Permission.CollectionManage).Produces<CollectionView>();
        collections.MapPost("/{id:long}/unexempt", Unexempt).Needs(Permission.CollectionManage).Produces<CollectionView>();
        collections.MapGet("/{id:long}/coverage", Coverage).Needs(Permission.CollectionRead).Produces<CollectionCoverage>();
        collections.MapGet("/{id:long}/missing", Missing).Needs(Permission.CollectionRead).Produces<Page<MissingFiling>>();
        collections.MapGet("/{id:long}/reminders", Reminders).Needs(Permission.CollectionRead).Produces<Page<ReminderLine>>();
        collections.MapGet("/{id:long}/history", History).Needs(Permission.CollectionRead).Produces<Page<CollectionStepLine>>();
    }

    /// <summary>Collections whose scope overlaps your subtree, newest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListCollections query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Plans a collection; the clock opens it on its day.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Add(CollectionContent body, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AddCollection(body), ct)).Or(added =>
        {
            response.Headers.ETag = Versions.Tag(added.Version);
            return TypedResults.Created($"/api/v1/collections/{added.Id}", added);
        });

    /// <summary>What your subtree owes in open and due collections, the earliest due day first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Due([AsParameters] ListDue query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>One collection.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetCollection(id), ct)).Or(c => response.Versioned(c, c.Version));

    /// <summary>Changes a collection (JSON Merge Patch, If-Match); once open only name, note, a later due day, lock day and reminders.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Revise(long id, JsonElement body, HttpRequest request, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct) =>
        await Stepped(id, await mediator.Send(new ReviseCollection(id, request.IfMatch(), body), ct), response, mediator, jobs, ct);

    /// <summary>Opens a planned collection now; while underWay is opened, its obligations are still being written.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Open(long id, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct) =>
        await Stepped(id, await mediator.Send(new OpenCollection(id), ct), response, mediator, jobs, ct);

    /// <summary>Reminds every organization that still owes; see reminders.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Remind(long id, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct) =>
        await Stepped(id, await mediator.Send(new RemindCollection(id), ct), response, mediator, jobs, ct);

    /// <summary>Locks a collection that has fallen due: its months take only corrections from now on.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Lock(long id, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct) =>
        await Stepped(id, await mediator.Send(new LockCollection(id), ct), response, mediator, jobs, ct);

    /// <summary>Lifts the lock again, with a reason.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Unlock(long id, CollectionReason body, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct) =>
        await Stepped(id, await mediator.Send(new UnlockCollection(id, body.Reason), ct), response, mediator, jobs, ct);

    /// <summary>Calls a collection off, with a reason: nothing is owed any more, what was filed stays.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Cancel(long id, CollectionReason body, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct) =>
        await Stepped(id, await mediator.Send(new CancelCollection(id, body.Reason), ct), response, mediator, jobs, ct);

    /// <summary>Exempts scenarios, or an organization and all below it, from what they owe in the collection.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Exempt(long id, ExemptionBody body, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct) =>
        await Stepped(id, await mediator.Send(new ExemptObligations(id, true, body), ct), response, mediator, jobs, ct);

    /// <summary>Takes an exemption back: they owe again as the collection stands now.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Unexempt(long id, ExemptionBody body, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct) =>
        await Stepped(id, await mediator.Send(new ExemptObligations(id, false, body), ct), response, mediator, jobs, ct);

    /// <summary>How complete and how timely an organization and each of its children is.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Coverage(long id, long? organization, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetCoverage(id, organization), ct)).OrOk();

    /// <summary>Who owes what is not there: scenario and month, organization by organization.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Missing(long id, long? organization, int? limit, string? after, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListMissing(id, organization, limit, after), ct)).OrOk();

    /// <summary>Whom the collection was called to the mind of in your subtree, the latest day first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Reminders(long id, int? limit, string? after, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListReminders(id, limit, after), ct)).OrOk();

    /// <summary>Everything that was done with the collection, by people and by the clock, newest first.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> History(long id, int? limit, string? after, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListSteps(id, limit, after), ct)).OrOk();

    // The step is committed. A small one is worked off before the answer; of a large one this is the first part, and the rest goes on in the background.
    private static async Task<Microsoft.AspNetCore.Http.IResult> Stepped<T>(long id, Result<T> outcome, HttpResponse response, IMediator mediator, IBackgroundJobClient jobs, CancellationToken ct)
    {
        if (!outcome.Ok) return outcome.OrOk();
        var advanced = (await mediator.Send(new AdvanceCollection(id), ct)).Value;
        if (advanced.More)
            // Should this fail, or the process die before it, the minute's pick-up goes on.
            try { jobs.Enqueue<CollectionJobs>(job => job.AdvanceOne(advanced.TenantId, id, CancellationToken.None)); }
            catch (BackgroundJobClientException e) { Activity.Current?.AddException(e); }
        return await Get(id, response, mediator, ct);
    }
}

/// <param name="Reason">1 to 500 characters.</param>
public sealed record CollectionReason(string? Reason = null);
