using System.Text.Json;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Integration;

internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks");
        webhooks.MapGet("/", List).Needs(Permission.WebhookRead).Produces<Page<WebhookView>>();
        webhooks.MapPost("/", Add).Needs(Permission.WebhookManage).Produces<WebhookCreated>(201);
        webhooks.MapGet("/{id:long}", Get).Needs(Permission.WebhookRead).Produces<WebhookView>();
        webhooks.MapPatch("/{id:long}", Revise).Needs(Permission.WebhookManage).Produces<WebhookView>();
        webhooks.MapDelete("/{id:long}", Remove).Needs(Permission.WebhookManage).Produces(204);
        webhooks.MapGet("/{id:long}/deliveries", Deliveries).Needs(Permission.WebhookRead).Produces<Page<DeliveryView>>();
        webhooks.MapPost("/{id:long}/test", Test).Needs(Permission.WebhookManage).Produces<DeliveryView>();
        webhooks.MapPost("/{id:long}/replay", Replay).Needs(Permission.WebhookManage).Produces<WebhookReplayed>(202);
        webhooks.MapPost("/{id:long}/secrets", Rotate).Needs(Permission.WebhookManage).Produces<NewWebhookSecret>(201);
    }

    /// <summary>Webhooks of your subtree.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListWebhooks query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Has changes of your subtree sent to an address from now on, after the Standard Webhooks convention; the secret is shown here and never again.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Add(WebhookContent body, HttpResponse response, IMediator mediator, Caller caller, Sealing sealing, CancellationToken ct) =>
        (await mediator.Send(new AddWebhook(body), ct)).Or(added =>
        {
            response.Headers.ETag = Versions.Tag(added.Version);
            return TypedResults.Created($"/api/v1/webhooks/{added.Id}", new WebhookCreated(added.Id, added.Version, Open(added.Id, added.SealedSecret, caller, sealing)));
        });

    /// <summary>One webhook: where it sends, how far it is, why it is off.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetWebhook(id), ct)).Or(w => response.Versioned(w, w.Version));

    /// <summary>Changes a webhook or switches it on or off (JSON Merge Patch, If-Match); switched on, it goes on where it stopped.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Revise(long id, JsonElement body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new ReviseWebhook(id, request.IfMatch(), body), ct);
        return outcome.Ok ? await Get(id, response, mediator, ct) : outcome.OrOk();
    }

    /// <summary>Ends a webhook (If-Match).</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Remove(long id, HttpRequest request, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RemoveWebhook(id, request.IfMatch()), ct)).Or(_ => TypedResults.NoContent());

    /// <summary>Every attempt of the last 30 days, newest first: status, duration, what was answered, when it is tried again.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Deliveries(long id, long? change, bool? failed, int? limit, string? after, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListDeliveries(id, change, failed, limit, after), ct)).OrOk();

    /// <summary>Sends one test message now and says what came of it; waits at most 15 seconds.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Test(long id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new TestWebhook(id), ct)).OrOk();

    /// <summary>Sends again, with the same webhook-id: everything from a change on, one change, or what failed for good.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Replay(long id, WebhookReplay body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ReplayWebhook(id, body.From, body.Change, body.FailedSince), ct)).Or(replayed => TypedResults.Accepted($"/api/v1/webhooks/{id}/deliveries", replayed));

    /// <summary>Gives a webhook a new secret, shown here and never again; those before sign beside it for 24 hours, or end at once with endOthers.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Rotate(long id, WebhookRotation? body, IMediator mediator, Caller caller, Sealing sealing, CancellationToken ct) =>
        (await mediator.Send(new RotateWebhookSecret(id, body?.EndOthers ?? false), ct)).Or(rotated =>
            TypedResults.Created($"/api/v1/webhooks/{id}", new NewWebhookSecret(rotated.No, Open(id, rotated.SealedSecret, caller, sealing), rotated.OthersEndAt)));

    private static string Open(long id, string sealedSecret, Caller caller, Sealing sealing) =>
        sealing.Open(WebhookSecret.Purpose(caller.TenantId, id), sealedSecret) ?? throw new InvalidOperationException("A secret that was sealed just now does not open.");
}

/// <param name="Secret"><c>whsec_…</c>; keep it where it verifies signatures, it is not shown again.</param>
public sealed record WebhookCreated(long Id, int Version, string Secret);

/// <param name="From">Everything from this change of the feed on, in order.</param>
/// <param name="Change">This change alone.</param>
/// <param name="FailedSince">All changes that failed for good at this instant or later.</param>
public sealed record WebhookReplay(long? From = null, long? Change = null, DateTimeOffset? FailedSince = null);

/// <param name="EndOthers">True ends the secrets before at once: for one that has leaked.</param>
public sealed record WebhookRotation(bool EndOthers = false);

/// <param name="No">2 for the second secret of the webhook, and so on.</param>
/// <param name="Secret"><c>whsec_…</c>; not shown again.</param>
/// <param name="OthersEndAt">Until when the secrets before sign beside it.</param>
public sealed record NewWebhookSecret(long No, string Secret, DateTime OthersEndAt);
