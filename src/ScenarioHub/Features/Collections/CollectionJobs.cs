using Hangfire;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Jobs;

namespace ScenarioHub.Features.Collections;

/// <summary>The clock of collections: opens, reminds, lets fall due, locks, and goes on with whatever was left half done. What is to be done stands in <c>collection</c> and <c>collection_step</c>.</summary>
public sealed class CollectionJobs(IServiceScopeFactory scopes, TimeProvider clock)
{
    [DisableConcurrentExecution(60), AutomaticRetry(Attempts = 0)]   // the next minute is the retry
    public async Task Advance(CancellationToken ct)
    {
        var failed = new List<Exception>();
        foreach (var waiting in await Waiting(ct))
            // One that fails keeps no other from its turn; it is thrown when all had theirs.
            try { await AdvanceOne(waiting.TenantId, waiting.CollectionId, ct); }
            catch (Exception e) when (e is not OperationCanceledException) { failed.Add(e); }
        if (failed.Count > 0) throw new AggregateException(failed);
    }

    [AutomaticRetry(Attempts = 0)]
    public async Task AdvanceOne(long tenantId, long collectionId, CancellationToken ct)
    {
        while ((await scopes.AsTenant(tenantId, new AdvanceCollection(collectionId), ct)).Value.More) ct.ThrowIfCancellationRequested();
    }

    private async Task<IReadOnlyList<WaitingRow>> Waiting(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().List<WaitingRow>(CollectionSql.Waiting, new { Today = clock.Today() }, ct);
    }

    private sealed record WaitingRow
    {
        public long TenantId { get; init; }
        public long CollectionId { get; init; }
    }
}
