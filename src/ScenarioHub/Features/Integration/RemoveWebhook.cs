using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Integration;

/// <summary>Ends a webhook: nothing more is sent, its secrets are gone at once, its log a day later. Refused with <c>webhook-not-found</c>, <c>if-match-missing</c>, <c>stale-version</c>.</summary>
/// <param name="Version">The version the caller saw.</param>
public sealed record RemoveWebhook(long WebhookId, int? Version) : ICommand<Done>;

internal sealed class RemoveWebhookHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<RemoveWebhook, Result<Done>>
{
    public async Task<Result<Done>> Handle(RemoveWebhook request, CancellationToken ct)
    {
        if (await db.Find<WebhookRow>(WebhookSql.Find, new { request.WebhookId }, ct) is not { } was) return WebhookRefusal.NotFound;
        if (request.Version is not { } version) return Refusal.VersionMissing;
        if (await db.Run(WebhookSql.Remove, new { request.WebhookId, Version = version, caller.UserId, Now = clock.GetUtcNow().UtcDateTime }, ct) == 0) return Refusal.Stale(was.Version);
        await db.Run(WebhookSql.DeleteSecrets, new { request.WebhookId }, ct);
        db.Record(new Change("webhook", "removed", request.WebhookId, was.OrganizationId));
        return new Done();
    }
}
