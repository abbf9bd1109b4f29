using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Integration;

/// <summary>
/// Sends one test message now, also of a webhook that is off, and says what came of it; whatever that is, it neither switches the webhook off nor is it tried again.
/// Not an <see cref="ICommand{T}"/>: no transaction may be open while a receiver is waited for. Refused with <c>webhook-not-found</c>, <c>webhook-secret-unreadable</c>.
/// </summary>
public sealed record TestWebhook(long WebhookId) : IQuery<DeliveryView>;

internal sealed class TestWebhookHandler(Db db, Caller caller, WebhookClient client, Sealing sealing, TimeProvider clock) : IRequestHandler<TestWebhook, Result<DeliveryView>>
{
    public async Task<Result<DeliveryView>> Handle(TestWebhook request, CancellationToken ct)
    {
        if (await db.Find<WebhookRow>(WebhookSql.Find, new { request.WebhookId }, ct) is not { } webhook) return WebhookRefusal.NotFound;
        var now = clock.GetUtcNow().UtcDateTime;
        var purpose = WebhookSecret.Purpose(caller.TenantId, request.WebhookId);
        List<string> secrets = [.. (await db.List<string>(WebhookSql.SealedSecrets, new { request.WebhookId, Now = now }, ct)).Select(kept => sealing.Open(purpose, kept)).OfType<string>()];
        if (secrets.Count == 0) return WebhookRefusal.SecretUnreadable;
        var message = new WebhookMessage(WebhookMessage.TestType, now, new(null, "webhook", "test", request.WebhookId, null, webhook.Version, null, ChangeKind.Find("webhook")!.Link(request.WebhookId)));
        var messageId = $"test_{Guid.NewGuid():N}";
        var answer = await client.Send(webhook.Url, secrets, messageId, message.Body(), ct);
        await db.Begin(ct);
        await WebhookLog.Write(db, request.WebhookId, null, messageId, message.Type, 1, now, answer, ct);
        await db.Commit(ct);
        return (await db.One<DeliveryView>(WebhookSql.FindAttempt, new { request.WebhookId, MessageId = messageId }, ct)).Worded();
    }
}
