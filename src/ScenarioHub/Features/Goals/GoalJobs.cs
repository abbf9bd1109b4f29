using Hangfire;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Goals;

/// <summary>
/// The clock of goals. What is due stands in the rows: a goal whose inputs changed, whose ledger has a new closing, or that was not looked at today (Beijing).
/// Each is evaluated in a transaction of its own, so a pass may be killed anywhere and the next one goes on; evaluating what is not due changes nothing but its time.
/// </summary>
public sealed class GoalJobs(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int AtOnce = 100;

    [DisableConcurrentExecution(60), AutomaticRetry(Attempts = 0)]   // the next pass is the retry
    public async Task EvaluateDue(CancellationToken ct)
    {
        var failed = new List<Exception>();
        foreach (var tenant in await Tenants(ct)) await EvaluateDue(tenant, failed, ct);
        if (failed.Count > 0) throw new AggregateException("Some goals could not be evaluated; the others were.", failed);
    }

    private async Task<IReadOnlyList<DueTenant>> Tenants(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().List<DueTenant>(GoalSql.DueTenants, new { Today = clock.Today() }, ct);
    }

    private async Task EvaluateDue(DueTenant tenant, List<Exception> failed, CancellationToken ct)
    {
        // One scope a tenant: what its goals read alike at one closing is read once.
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        // A goal is about a subtree, so its clock must see one: the tenant's whole tree.
        services.GetRequiredService<Caller>().Become(tenant.TenantId, 0, "job", "job", tenant.RootId, new HashSet<string>(), new HashSet<string>());
        var (db, mediator) = (services.GetRequiredService<Db>(), services.GetRequiredService<IMediator>());
        for (var after = 0L; ;)
        {
            var due = await db.List<long>(GoalSql.Due, new { AfterId = after, Today = clock.Today(), Take = AtOnce }, ct);
            if (due.Count == 0) return;
            foreach (var goalId in due)
            {
                try { await mediator.Send(new EvaluateGoal(goalId, Fold: false), ct); }
                catch (Exception e) when (e is not OperationCanceledException) { failed.Add(e); }   // one goal that cannot be read must not keep the others from being judged
                after = goalId;
            }
        }
    }

    private sealed record DueTenant
    {
        public long TenantId { get; init; }
        public long RootId { get; init; }
    }
}
