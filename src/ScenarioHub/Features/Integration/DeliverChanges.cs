using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Integration;

/// <summary>
/// One turn of a webhook: claims it, sends what is due in the order of the feed, and writes each attempt down with where it has got to, in one transaction.
/// Safe to run twice and to be killed anywhere: the claim is a lease, and what was sent and not written down is sent again with the same webhook-id.
/// Not an <see cref="ICommand{T}"/>: no transaction may be open while a receiver is waited for.
/// </summary>
internal sealed record DeliverChanges(long WebhookId) : IQuery<Done>;

internal sealed class DeliverChangesHandler(Db db, Caller caller, WebhookClient client, WebhookFeed feed, Sealing sealing, TimeProvider clock) : IRequestHandler<DeliverChanges, Result<Done>>
{
    /// <summary>How many numbers of the feed are looked at in one statement.</summary>
    private const int Window = 2000;
    private const int RetriesAtOnce = 100;
    // Longer than an attempt can take, with room to write it down; each attempt renews it.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    // A webhook that has much to send lets others have its place after so long.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);
    private readonly string _owner = Guid.NewGuid().ToString("N");

    private long _webhookId, _began;
    private ToSend _hook = null!;
    private List<string> _secrets = [];

    public async Task<Result<Done>> Handle(DeliverChanges request, CancellationToken ct)
    {
        _webhookId = request.WebhookId;
        _began = clock.GetTimestamp();
        if (await Alone(WebhookSql.Claim, ct) == 0) return new Done();   // off, or another worker has it
        try { await Deliver(ct); }
        finally
        {
            await db.Rollback();
            await Alone(WebhookSql.Release, CancellationToken.None);
        }
        return new Done();
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private bool IsOver => clock.GetElapsedTime(_began) > Turn;

    private async Task Deliver(CancellationToken ct)
    {
        _hook = await db.One<ToSend>(WebhookSql.FindToSend, new { WebhookId = _webhookId }, ct);
        var purpose = WebhookSecret.Purpose(caller.TenantId, _webhookId);
        _secrets = [.. (await db.List<string>(WebhookSql.SealedSecrets, new { WebhookId = _webhookId, Now }, ct)).Select(kept => sealing.Open(purpose, kept)).OfType<string>()];
        if (_secrets.Count == 0)
        {
            await Stop(WebhookOff.SecretUnreadable, ct);
            return;
        }
        while (!IsOver)
        {
            var now = Now;
            var retries = await db.List<Retry>(WebhookSql.Retries, new { WebhookId = _webhookId, Now = now, Take = RetriesAtOnce }, ct);
            Retry[] due = [.. retries.Where(r => r.NextAt <= now)];
            foreach (var retry in due)
                if (IsOver || !await TryAgain(retry, ct)) return;
            if (due.Length > 0) continue;                                       // a success may have made others due
            if (retries.Any(r => r.State == RetryState.Holding)) return;        // those after it wait
            if (!await GoOn(ct)) return;
        }
    }

    /// <summary>The next window of the feed, up to its end or the first failure. False when there is nothing more to do in this turn.</summary>
    private async Task<bool> GoOn(CancellationToken ct)
    {
        // The head first: all up to it are committed, so none of them can be missing from the window.
        var ends = await db.One<Ends>(ChangeFeedSql.Ends, null, ct);
        if (ends.Last <= _hook.CheckpointNo) return false;
        if (_hook.CheckpointNo + 1 < ends.First) return await Stop(WebhookOff.Cut, ct);
        var through = Math.Min(ends.Last, _hook.CheckpointNo + Window);
        foreach (var change in await feed.Read(_hook.OrganizationId, _hook.Kinds, _hook.Actions, _hook.CheckpointNo, through, ct))
        {
            if (IsOver) return false;
            var attempted = await Attempt(change, null, ct);
            if (!attempted.IsOurs) return false;
            if (!attempted.Answer.IsSuccess) return true;
        }
        return _hook.CheckpointNo >= through || await Advance(through, ct);
    }

    private async Task<bool> TryAgain(Retry retry, CancellationToken ct)
    {
        if (await feed.Read(_hook.OrganizationId, _hook.Kinds, _hook.Actions, retry.ChangeNo - 1, retry.ChangeNo, ct) is [var change])
            return (await Attempt(change, retry, ct)).IsOurs;
        // It is none of this webhook's any more: the filter or the tree was changed.
        await db.Begin(ct);
        var ours = await Settle(Math.Max(_hook.CheckpointNo, retry.ChangeNo), _hook.FailingSince, _hook.LastSuccessAt, ct);
        if (ours) await db.Run(WebhookSql.DropRetry, new { WebhookId = _webhookId, retry.ChangeNo }, ct);
        await db.Commit(ct);
        return ours;
    }

    private async Task<bool> Advance(long through, CancellationToken ct)
    {
        await db.Begin(ct);
        var ours = await Settle(through, _hook.FailingSince, _hook.LastSuccessAt, ct);
        await db.Commit(ct);
        return ours;
    }

    private async Task<(WebhookAnswer Answer, bool IsOurs)> Attempt(FeedRow change, Retry? retry, CancellationToken ct)
    {
        var messageId = WebhookMessage.IdOf(caller.TenantId, change.ChangeNo);
        var answer = await client.Send(_hook.Url, _secrets, messageId, change.Message.Body(), ct);
        return (answer, await WriteDown(change, messageId, retry, answer));
    }

    // It was sent, whoever asks us to stop by now: from here on nothing is cancelled.
    private async Task<bool> WriteDown(FeedRow change, string messageId, Retry? retry, WebhookAnswer answer)
    {
        var (now, ct, failed) = (Now, CancellationToken.None, (retry?.Attempts ?? 0) + 1);
        var inLine = retry is null or { State: RetryState.Holding };
        await db.Begin(ct);
        await WebhookLog.Write(db, _webhookId, change.ChangeNo, messageId, change.Message.Type, failed, now, answer, ct);

        string? state = null, off = null;
        DateTime? nextAt = null;
        if (!answer.IsSuccess)
        {
            var delay = WebhookRule.DelayAfter(failed, now - (_hook.FailingSince ?? now), answer.RetryAfter, Random.Shared.NextDouble());
            off = answer.IsGone ? WebhookOff.Gone
                : delay is null && !(_hook.LastSuccessAt > (retry?.FirstAt ?? now)) ? WebhookOff.Failing : null;
            // Switched on again, a webhook goes on with what it stopped at.
            (state, nextAt) = off is null && delay is null ? (RetryState.Failed, (DateTime?)null)
                : (inLine && failed < WebhookRule.AttemptsHolding ? RetryState.Holding : RetryState.Aside, off is null ? now + delay!.Value : now);
        }
        var failingSince = _hook.FailingSince;
        var ours = await Settle(
            inLine && state != RetryState.Holding ? Math.Max(_hook.CheckpointNo, change.ChangeNo) : _hook.CheckpointNo,
            !inLine ? _hook.FailingSince : answer.IsSuccess ? null : _hook.FailingSince ?? now,
            answer.IsSuccess ? now : _hook.LastSuccessAt, ct);
        if (ours)
        {
            var row = new { WebhookId = _webhookId, change.ChangeNo, State = state, Attempts = failed, Now = now, NextAt = nextAt };
            if (state is null) { if (retry is not null) await db.Run(WebhookSql.DropRetry, row, ct); }
            else if (retry is null || await db.Run(WebhookSql.UpdateRetry, row, ct) == 0) await db.Run(WebhookSql.InsertRetry, row, ct);
            // It had failed itself, so it was not the change but the receiver; one that only the change before could not pass says nothing of that one.
            if (answer.IsSuccess && retry is { State: RetryState.Holding } && failingSince is { } since) await db.Run(WebhookSql.PullRetries, new { WebhookId = _webhookId, SinceAt = since, Now = now }, ct);
            if (off is not null) await SwitchOff(off, ct);
        }
        await db.Commit(ct);
        return ours && off is null;
    }

    private async Task<bool> Settle(long checkpointNo, DateTime? failingSince, DateTime? lastSuccessAt, CancellationToken ct)
    {
        var written = await db.Run(WebhookSql.Settle, new
        {
            WebhookId = _webhookId,
            Owner = _owner,
            _hook.EditionNo,
            CheckpointNo = checkpointNo,
            FailingSince = failingSince,
            LastSuccessAt = lastSuccessAt,
            LeaseUntil = Now + Lease
        }, ct);
        if (written == 1) _hook = _hook with { CheckpointNo = checkpointNo, FailingSince = failingSince, LastSuccessAt = lastSuccessAt };
        return written == 1;
    }

    private async Task<bool> Stop(string reason, CancellationToken ct)
    {
        await db.Begin(ct);
        await SwitchOff(reason, ct);
        await db.Commit(ct);
        return false;
    }

    private async Task SwitchOff(string reason, CancellationToken ct)
    {
        if (await db.Run(WebhookSql.SwitchOff, new { WebhookId = _webhookId, Owner = _owner, _hook.EditionNo, OffReason = reason, Now }, ct) == 1)
            db.Record(new Change("webhook", "switchedOff", _webhookId, _hook.OrganizationId, _hook.Version + 1) { Fields = [Change.Field("offReason", null, reason)] });
    }

    private async Task<int> Alone(SqlText statement, CancellationToken ct)
    {
        await db.Begin(ct);
        var written = await db.Run(statement, new { WebhookId = _webhookId, Owner = _owner, Now, LeaseUntil = Now + Lease }, ct);
        await db.Commit(ct);
        return written;
    }

    private sealed record ToSend
    {
        public long OrganizationId { get; init; }
        public required string Url { get; init; }
        public string? Kinds { get; init; }
        public string? Actions { get; init; }
        public long CheckpointNo { get; init; }
        public long EditionNo { get; init; }
        public DateTime? FailingSince { get; init; }
        public DateTime? LastSuccessAt { get; init; }
        public int Version { get; init; }
    }

    private sealed record Ends
    {
        public long First { get; init; }
        public long Last { get; init; }
    }

    private sealed record Retry
    {
        public long ChangeNo { get; init; }
        public required string State { get; init; }
        public int Attempts { get; init; }
        public DateTime FirstAt { get; init; }
        public DateTime? NextAt { get; init; }
    }
}
