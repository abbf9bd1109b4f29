using Hangfire;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Jobs;

namespace ScenarioHub.Features.Peers;

/// <summary>The clock and the retry of benchmarks; what is to be worked out stands in <c>peer_release</c>.</summary>
public sealed class PeerJobs(IServiceScopeFactory scopes, IBackgroundJobClient jobs, TimeProvider clock)
{
    [AutomaticRetry(Attempts = MakePeerReleaseHandler.AttemptsAllowed - 1, DelaysInSeconds = [5, 30], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Make(long tenantId, long releaseId, CancellationToken ct) => await scopes.AsTenant(tenantId, new MakePeerRelease(releaseId), ct);

    /// <summary>Starts, for every tenant, what has ended long enough ago and was never begun.</summary>
    [DisableConcurrentExecution(60), AutomaticRetry(Attempts = 0)]   // the next day is the retry
    public async Task BeginDue(CancellationToken ct)
    {
        IReadOnlyList<long> tenants;
        await using (var scope = scopes.CreateAsyncScope()) tenants = await scope.ServiceProvider.GetRequiredService<Db>().List<long>(PeerSql.TenantsWithFigures, null, ct);
        foreach (var tenantId in tenants) await scopes.AsTenant(tenantId, new BeginDuePeerRelease(), ct);
    }

    /// <summary>Enqueues every release that nobody works on: what a process left when it died, or could not enqueue before, or had to wait for another.</summary>
    [DisableConcurrentExecution(60), AutomaticRetry(Attempts = 0)]
    public async Task PickUp(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var run in await scope.ServiceProvider.GetRequiredService<Db>().List<Unfinished>(PeerSql.Unfinished, new { Now = clock.GetUtcNow().UtcDateTime }, ct))
            jobs.Enqueue<PeerJobs>(job => job.Make(run.TenantId, run.ReleaseId, CancellationToken.None));
    }

    /// <summary>On start of the embedded database: its one process has just begun, so no lease on a release is anybody's.</summary>
    public async Task DropLeases(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Run(PeerSql.DropLeases, new { Now = clock.GetUtcNow().UtcDateTime }, ct);
    }

    private sealed record Unfinished
    {
        public long TenantId { get; init; }
        public long ReleaseId { get; init; }
    }
}
