using Hangfire;
using MediatR;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Imports;

/// <summary>The clock and the retry of imports; what is to be done stands in <c>import_run</c>.</summary>
public sealed class ImportJobs(IServiceScopeFactory scopes, IBackgroundJobClient jobs, TimeProvider clock)
{
    [AutomaticRetry(Attempts = RunImportHandler.AttemptsAllowed - 1, DelaysInSeconds = [5, 30], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Run(long tenantId, long importId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RunImport(tenantId, importId), ct);
    }

    /// <summary>Enqueues every import that nobody works on: what a process left when it died, or could not enqueue before.</summary>
    [DisableConcurrentExecution(60), AutomaticRetry(Attempts = 0)]
    public async Task PickUp(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var run in await scope.ServiceProvider.GetRequiredService<Db>().List<Unfinished>(ImportSql.Unfinished, new { Now = clock.GetUtcNow().UtcDateTime }, ct))
            jobs.Enqueue<ImportJobs>(job => job.Run(run.TenantId, run.ImportId, CancellationToken.None));
    }

    /// <summary>On start of the embedded database: its one process has just begun, so no lease on an import is anybody's.</summary>
    public async Task DropLeases(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Run(ImportSql.DropLeases, new { Now = clock.GetUtcNow().UtcDateTime }, ct);
    }

    /// <summary>Forgets files that no import came to name.</summary>
    [DisableConcurrentExecution(60), AutomaticRetry(Attempts = 0)]
    public async Task SweepFiles(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var before = new { Before = clock.GetUtcNow().UtcDateTime - ImportRule.UnclaimedFileKept };
        await db.Begin(ct);
        await db.Run(ImportSql.DropUnclaimedParts, before, ct);
        await db.Run(ImportSql.DropUnclaimedFiles, before, ct);
        await db.Commit(ct);
    }

    private sealed record Unfinished
    {
        public long TenantId { get; init; }
        public long ImportId { get; init; }
    }
}
