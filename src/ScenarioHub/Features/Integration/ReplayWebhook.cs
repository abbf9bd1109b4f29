using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Integration;

/// <summary>
/// Sends again what was sent or has failed, with the same webhook-id: everything from a change on, one change, or all that failed for good. Exactly one of the three is given.
/// Refused with <c>webhook-not-found</c>, <c>change-not-found</c>, <c>invalid</c> (<c>replay-one-of</c>, <c>replay-from-ahead</c>).
/// </summary>
/// <param name="From">Everything from this change of the feed on, in order.</param>
/// <param name="Change">This change alone.</param>
/// <param name="FailedSince">All changes whose last attempt was made then or later, and failed.</param>
public sealed record ReplayWebhook(long WebhookId, long? From, long? Change, DateTimeOffset? FailedSince) : ICommand<WebhookReplayed>;

/// <param name="Changes">How many are sent again; null of a replay from a change on, which is not counted.</param>
public sealed record WebhookReplayed(int? Changes);

internal sealed class ReplayWebhookHandler(Db db, WebhookFeed feed, TimeProvider clock) : IRequestHandler<ReplayWebhook, Result<WebhookReplayed>>
{
    public async Task<Result<WebhookReplayed>> Handle(ReplayWebhook request, CancellationToken ct)
    {
        if (await db.Find<WebhookRow>(WebhookSql.Find, new { request.WebhookId }, ct) is not { } webhook) return WebhookRefusal.NotFound;
        if (new[] { request.From is not null, request.Change is not null, request.FailedSince is not null }.Count(given => given) != 1) return WebhookRefusal.ReplayWhat;
        var now = clock.GetUtcNow().UtcDateTime;
        int? changes = null;
        if (request.From is { } from)
        {
            if (from < 1 || from > webhook.CheckpointNo) return WebhookRefusal.FromAhead(webhook.CheckpointNo);
            await db.Run(WebhookSql.SetBack, new { request.WebhookId, CheckpointNo = from - 1 }, ct);
            await db.Run(WebhookSql.DropRetriesFrom, new { request.WebhookId, ChangeNo = from }, ct);   // the line comes by them again
        }
        else if (request.Change is { } one)
        {
            if (one > webhook.CheckpointNo || (await feed.Read(webhook.OrganizationId, webhook.Kinds, webhook.Actions, one - 1, one, ct)).Count == 0) return WebhookRefusal.ChangeNotFound;
            var again = new { request.WebhookId, ChangeNo = one, State = RetryState.Aside, Attempts = 0, Now = now, NextAt = now };
            if (await db.Run(WebhookSql.ResetRetry, again, ct) == 0) await db.Run(WebhookSql.InsertRetry, again, ct);
            changes = 1;
        }
        else changes = await db.Run(WebhookSql.ReplayFailed, new { request.WebhookId, SinceAt = request.FailedSince!.Value.UtcDateTime, Now = now }, ct);
        await db.Run(WebhookSql.Touch, new { request.WebhookId }, ct);
        db.Record(new Change("webhook", "replayed", request.WebhookId, webhook.OrganizationId, webhook.Version)
        {
            Fields = [Change.Field("replay", null, new { request.From, request.Change, request.FailedSince })]
        });
        return new WebhookReplayed(changes);
    }
}
