using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Filings;

/// <summary>
/// Locks months (锁定): from then on nothing is filed for them but as a correction with a reason. Runs in the transaction of whoever sends it, and asks for no rights:
/// the sender has asked. The same again changes nothing.
/// </summary>
/// <param name="LockId">The sender's name of this lock, to lift it by; two locks over one month are two.</param>
/// <param name="OrganizationId">All scenarios of this organization and below.</param>
/// <param name="Sectors">Only of these sectors; null or empty is all.</param>
public sealed record LockFilings(long LockId, long OrganizationId, IReadOnlyList<string>? Sectors, Month First, Month Last) : IRequest<Result<Done>>;

/// <summary>Lifts a lock; months that another lock covers stay locked. Runs in the transaction of whoever sends it.</summary>
public sealed record UnlockFilings(long LockId) : IRequest<Result<Done>>;

internal sealed class LockFilingsHandler(Db db, TimeProvider clock) : IRequestHandler<LockFilings, Result<Done>>, IRequestHandler<UnlockFilings, Result<Done>>
{
    private static readonly string[] Columns = ["organization_id", "period", "sector", "lock_id", "locked_at"];

    public async Task<Result<Done>> Handle(LockFilings request, CancellationToken ct)
    {
        await db.Run(FilingSql.Unlock, new { request.LockId }, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        IReadOnlyList<string> sectors = request.Sectors is { Count: > 0 } some ? some : [""];
        await db.Append("filing_lock", Columns, [.. new Period(request.First, request.Last).EachMonth().SelectMany(month =>
            sectors.Select(sector => new object?[] { request.OrganizationId, month.ToString(), sector, request.LockId, now }))], ct);
        return new Done();
    }

    public async Task<Result<Done>> Handle(UnlockFilings request, CancellationToken ct)
    {
        await db.Run(FilingSql.Unlock, new { request.LockId }, ct);
        return new Done();
    }
}
