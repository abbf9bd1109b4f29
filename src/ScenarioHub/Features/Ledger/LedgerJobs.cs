using Hangfire;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Jobs;

namespace ScenarioHub.Features.Ledger;

/// <summary>The clock of the ledger.</summary>
public sealed class LedgerJobs(IServiceScopeFactory scopes)
{
    /// <summary>Closes the books of every tenant that has entries since its last closing.</summary>
    [DisableConcurrentExecution(60), AutomaticRetry(Attempts = 0)]   // the next minute is the retry
    public async Task FoldAll(CancellationToken ct)
    {
        foreach (var tenantId in await Tenants(LedgerSql.OpenLedgers, ct))
            while ((await scopes.AsTenant(tenantId, new FoldLedger(), ct)).Value.Folded == FoldLedgerHandler.MostEntries) ct.ThrowIfCancellationRequested();
    }

    internal async Task<IReadOnlyList<long>> Tenants(SqlText which, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().List<long>(which, null, ct);
    }
}
