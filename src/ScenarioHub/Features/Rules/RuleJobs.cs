using Hangfire;
using MediatR;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Rules;

/// <summary>The clock and the retry of rehearsals; what is to be run stands in <c>rehearsal</c>.</summary>
public sealed class RuleJobs(IServiceScopeFactory scopes, IBackgroundJobClient jobs, TimeProvider clock)
{
    [AutomaticRetry(Attempts = 2, DelaysInSeconds = [5, 30], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Rehearse(long tenantId, long rehearsalId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RunRehearsal(tenantId, rehearsalId), ct);
    }

    /// <summary>Enqueues every rehearsal that nobody works on: what a process left when it died, could not enqueue before, or gave back after its turn.</summary>
    [DisableConcurrentExecution(60), AutomaticRetry(Attempts = 0)]
    public async Task PickUp(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var run in await scope.ServiceProvider.GetRequiredService<Db>().List<Unfinished>(RuleSql.UnfinishedRehearsals, new { Now = clock.GetUtcNow().UtcDateTime }, ct))
            jobs.Enqueue<RuleJobs>(job => job.Rehearse(run.TenantId, run.RehearsalId, CancellationToken.None));
    }

    /// <summary>On start of the embedded database: its one process has just begun, so no lease on a rehearsal is anybody's.</summary>
    public async Task DropLeases(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Run(RuleSql.DropLeases, new { Now = clock.GetUtcNow().UtcDateTime }, ct);
    }

    private sealed record Unfinished
    {
        public long TenantId { get; init; }
        public long RehearsalId { get; init; }
    }
}
