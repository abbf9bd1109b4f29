using Hangfire;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Integration;

/// <summary>A webhook that has something to send.</summary>
public sealed record DueWebhook
{
    public long TenantId { get; init; }
    public long WebhookId { get; init; }
}

/// <summary>What the clock does with webhooks; what is to be sent stands in the change feed, in the checkpoint of each webhook and in <c>webhook_retry</c>.</summary>
public sealed class WebhookJobs(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int ForgottenAtOnce = 2000;

    /// <summary>Webhooks with something to send that no worker has, the one that was served longest ago first.</summary>
    public async Task<IReadOnlyList<DueWebhook>> Due(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().List<DueWebhook>(WebhookSql.Due, new { Now = clock.GetUtcNow().UtcDateTime }, ct);
    }

    /// <summary>One turn of one webhook.</summary>
    public async Task Deliver(DueWebhook due, CancellationToken ct)
    {
        await using var scope = As(due.TenantId);
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new DeliverChanges(due.WebhookId), ct);
    }

    /// <summary>On start of the embedded database: its one process has just begun, so no lease is anybody's.</summary>
    public async Task DropLeases(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Run(WebhookSql.DropLeases, null, ct);
    }

    /// <summary>Forgets attempts and final failures older than <see cref="WebhookRule.Kept"/>, and all of webhooks that were removed; each part in a transaction of its own.</summary>
    [DisableConcurrentExecution(60), AutomaticRetry(Attempts = 0)]   // the next day is the retry
    public async Task Forget(CancellationToken ct)
    {
        IReadOnlyList<ToForget> all;
        await using (var scope = scopes.CreateAsyncScope())
            all = await scope.ServiceProvider.GetRequiredService<Db>().List<ToForget>(WebhookSql.AllToForget, null, ct);
        foreach (var webhook in all)
        {
            await using var scope = As(webhook.TenantId);
            await Forget(scope.ServiceProvider.GetRequiredService<Db>(), webhook, clock.GetUtcNow().UtcDateTime - WebhookRule.Kept, ct);
        }
    }

    private static async Task Forget(Db db, ToForget webhook, DateTime before, CancellationToken ct)
    {
        var (webhookId, wholly) = (webhook.WebhookId, webhook.State == WebhookState.Removed);
        while (true)
        {
            var oldest = await db.List<Logged>(WebhookSql.OldestAttempts, new { WebhookId = webhookId, Take = ForgottenAtOnce }, ct);
            var old = oldest.TakeWhile(a => wholly || a.At < before).ToArray();
            if (old.Length > 0) await Alone(WebhookSql.DeleteAttempts, new { WebhookId = webhookId, ThroughNo = old[^1].No });
            if (old.Length < ForgottenAtOnce) break;
        }
        if (!wholly) await Alone(WebhookSql.DeleteFailed, new { WebhookId = webhookId, BeforeAt = before });
        else
        {
            await Alone(WebhookSql.DropRetriesFrom, new { WebhookId = webhookId, ChangeNo = 0L });
            await Alone(WebhookSql.DeleteSecrets, new { WebhookId = webhookId });
            await Alone(WebhookSql.Delete, new { WebhookId = webhookId });
        }

        async Task Alone(SqlText statement, object args)
        {
            await db.Begin(ct);
            await db.Run(statement, args, ct);
            await db.Commit(ct);
        }
    }

    private AsyncServiceScope As(long tenantId)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().BecomeJob(tenantId);
        return scope;
    }

    private sealed record ToForget
    {
        public long TenantId { get; init; }
        public long WebhookId { get; init; }
        public required string State { get; init; }
    }

    private sealed record Logged
    {
        public long No { get; init; }
        public DateTime At { get; init; }
    }
}

/// <summary>
/// Sends as long as the process runs: every second it asks what is due and gives each webhook a turn of its own, beside all others. Not a job of Hangfire's: its few workers would be held
/// by a few receivers that answer late, and reports and closings would wait for strangers. It keeps nothing; killed, the next process finds the same rows.
/// </summary>
internal sealed class WebhookDispatch(WebhookJobs jobs, TimeProvider clock, ILogger<WebhookDispatch> log) : BackgroundService
{
    /// <summary>How many webhooks are sent for at once; each costs a connection to the database now and then, and a socket.</summary>
    private const int AtOnce = 64;
    private readonly Dictionary<long, Task> _turns = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            do await Begin(stoppingToken);
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { /* asked to stop */ }
        finally { await Task.WhenAll(_turns.Values); }
    }

    private async Task Begin(CancellationToken ct)
    {
        foreach (var over in _turns.Where(t => t.Value.IsCompleted).Select(t => t.Key).ToArray()) _turns.Remove(over);
        if (_turns.Count >= AtOnce) return;
        try
        {
            foreach (var due in await jobs.Due(ct))
                if (_turns.Count < AtOnce && !_turns.ContainsKey(due.WebhookId)) _turns.Add(due.WebhookId, Turn(due, ct));
        }
        // The database is away for a while; the host must not end for it.
        catch (Exception e) when (e is not OperationCanceledException) { log.LogError(e, "Could not ask which webhooks have something to send."); }
    }

    private async Task Turn(DueWebhook due, CancellationToken ct)
    {
        await Task.Yield();   // SQLite answers in the asking thread; the round must not wait for it
        try { await jobs.Deliver(due, ct); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { /* asked to stop */ }
        catch (Exception e) { log.LogError(e, "The turn of webhook {WebhookId} broke off; the next one goes on.", due.WebhookId); }
    }
}
