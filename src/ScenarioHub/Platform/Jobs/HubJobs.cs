using Hangfire;
using Hangfire.InMemory;
using Hangfire.SqlServer;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Platform.Jobs;

/// <summary>
/// Hangfire is the clock and the retry, never the ledger: what must happen is a row, and a job works the row off. So its own storage may be
/// lost with the process (in memory beside SQLite) and nothing is: on start, and every minute, unfinished rows are enqueued again.
/// </summary>
internal static class HubJobs
{
    public static IServiceCollection AddJobs(this IServiceCollection services, HubSettings settings)
    {
        // The library's own registration takes whatever storage the process named last; two hosts in one process would share, and one would outlive it.
        services.AddSingleton<JobStorage>(_ => settings.Provider == Dialect.Sqlite ? new InMemoryStorage()
            : new SqlServerStorage(settings.ConnectionString, new SqlServerStorageOptions { SchemaName = "hangfire", PrepareSchemaIfNecessary = true }));
        services.AddHangfire((sp, c) => c.UseRecommendedSerializerSettings().UseSimpleAssemblyNameTypeSerializer().UseStorage(sp.GetRequiredService<JobStorage>()));
        if (settings.JobWorkers > 0)
            services.AddHangfireServer(o =>
            {
                o.WorkerCount = settings.JobWorkers;
                o.SchedulePollingInterval = TimeSpan.FromSeconds(5);
                o.CancellationCheckInterval = TimeSpan.FromSeconds(2);
                o.ShutdownTimeout = TimeSpan.FromSeconds(20);
            });
        return services;
    }

    /// <summary>Runs one command in a scope of its own, as a tenant's clockwork: it may do what the command does and sees no organization's rows.</summary>
    public static async Task<T> AsTenant<T>(this IServiceScopeFactory scopes, long tenantId, IRequest<T> request, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().BecomeJob(tenantId);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}
