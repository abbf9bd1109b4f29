using Hangfire;
using MediatR;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Reports;

/// <summary>The clock and the retry of reports; what is to be made stands in <c>report_run</c>.</summary>
public sealed class ReportJobs(IServiceScopeFactory scopes, IBackgroundJobClient jobs, TimeProvider clock)
{
    [AutomaticRetry(Attempts = MakeReportHandler.AttemptsAllowed - 1, DelaysInSeconds = [5, 30], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Make(long tenantId, long reportId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new MakeReport(tenantId, reportId), ct);
    }

    /// <summary>Enqueues every run that nobody works on: what a process left when it died, or could not enqueue before.</summary>
    [DisableConcurrentExecution(60), AutomaticRetry(Attempts = 0)]
    public async Task PickUp(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var run in await scope.ServiceProvider.GetRequiredService<Db>().List<Unfinished>(ReportSql.Unfinished, new { Now = clock.GetUtcNow().UtcDateTime }, ct))
            jobs.Enqueue<ReportJobs>(job => job.Make(run.TenantId, run.ReportId, CancellationToken.None));
    }

    /// <summary>On start of the embedded database: its one process has just begun, so no lease on a run is anybody's.</summary>
    public async Task DropLeases(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Run(ReportSql.DropLeases, new { Now = clock.GetUtcNow().UtcDateTime }, ct);
    }

    private sealed record Unfinished
    {
        public long TenantId { get; init; }
        public long ReportId { get; init; }
    }
}
