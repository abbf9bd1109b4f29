using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Integration;

/// <summary>
/// Gives a webhook a new secret; those before sign beside it for 24 hours, so that a receiver may change over at any time in between.
/// Refused with <c>webhook-not-found</c>, <c>too-many-secrets</c>.
/// </summary>
/// <param name="EndOthers">True ends the secrets before at once: for one that has leaked.</param>
public sealed record RotateWebhookSecret(long WebhookId, bool EndOthers) : ICommand<WebhookSecretRotated>;

/// <param name="No">2 for the second secret of the webhook, and so on.</param>
/// <param name="SealedSecret">As of <see cref="WebhookAdded"/>.</param>
/// <param name="OthersEndAt">Until when the secrets before sign beside it.</param>
public sealed record WebhookSecretRotated(long No, string SealedSecret, DateTime OthersEndAt);

internal sealed class RotateWebhookSecretHandler(Db db, Caller caller, Sealing sealing, TimeProvider clock) : IRequestHandler<RotateWebhookSecret, Result<WebhookSecretRotated>>
{
    public async Task<Result<WebhookSecretRotated>> Handle(RotateWebhookSecret request, CancellationToken ct)
    {
        if (await db.Find<WebhookRow>(WebhookSql.Find, new { request.WebhookId }, ct) is not { } webhook) return WebhookRefusal.NotFound;
        var now = clock.GetUtcNow().UtcDateTime;
        var live = await db.List<WebhookSecretView>(WebhookSql.Secrets, new { request.WebhookId, Now = now }, ct);
        if (live.Count >= WebhookRule.MostSecrets && !request.EndOthers) return WebhookRefusal.TooManySecrets;
        var (no, endsAt) = (await db.One<long>(WebhookSql.LastSecretNo, new { request.WebhookId }, ct) + 1, request.EndOthers ? now : now + WebhookRule.Overlap);
        await db.Run(WebhookSql.EndSecrets, new { request.WebhookId, EndsAt = endsAt }, ct);
        var secret = sealing.Seal(WebhookSecret.Purpose(caller.TenantId, request.WebhookId), WebhookSignature.NewSecret());
        await db.Run(WebhookSql.InsertSecret, new { request.WebhookId, SecretNo = no, Sealed = secret, caller.UserId, Now = now }, ct);
        await db.Run(WebhookSql.Touch, new { request.WebhookId }, ct);
        db.Record(new Change("webhook", "secretRotated", request.WebhookId, webhook.OrganizationId, webhook.Version));
        return new WebhookSecretRotated(no, secret, endsAt);
    }
}
