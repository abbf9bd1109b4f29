using MediatR;
using ScenarioHub.Features.Collections;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Features.Tenants;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Ledger;

/// <summary>Posts within the very transaction of the command that changed a figure: there is no moment in which one is seen without the other.</summary>
internal sealed class PostChanges(Posting posting, Db db, TimeProvider clock) :
    INotificationHandler<FilingsChanged>, INotificationHandler<ScenarioChanged>, INotificationHandler<ObligationsChanged>, INotificationHandler<TenantAdded>
{
    public Task Handle(FilingsChanged changed, CancellationToken ct) => posting.AgreeWithFilings(changed.FilingIds, changed.Cause, ct);

    public Task Handle(ScenarioChanged changed, CancellationToken ct) => posting.AgreeWithScenarios(changed.ScenarioIds, changed.Cause, ct);

    public Task Handle(ObligationsChanged changed, CancellationToken ct) => posting.AgreeWithObligations(changed.ScenarioIds, changed.Periods, changed.Cause, ct);

    public Task Handle(TenantAdded added, CancellationToken ct) =>
        db.Run(LedgerSql.InsertHead, new { NewTenantId = added.TenantId, HandleKey = Cell.NewKey(), Now = clock.GetUtcNow().UtcDateTime }, ct);
}
