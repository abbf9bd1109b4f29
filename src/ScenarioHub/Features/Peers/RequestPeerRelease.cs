using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Peers;

/// <summary>
/// Starts the release of a period's benchmarks; they are worked out in the background. Asked for again while one is under way, or when nothing was posted since, it answers that one.
/// Refused with <c>peer-release-root-only</c>, <c>period-not-ended</c>, <c>peer-grain-taken</c>.
/// </summary>
/// <param name="Period">A period that has ended: 2026-08, 2026Q3 or 2026. One year is released by one of them only.</param>
public sealed record RequestPeerRelease(string Period) : ICommand<PeerReleaseRequested>;

/// <summary>The clock's turn: starts the latest period that ended long enough ago and was never begun.</summary>
public sealed record BeginDuePeerRelease : ICommand<PeerReleaseRequested>;

/// <param name="Id">0 when nothing was due.</param>
public sealed record PeerReleaseRequested(long Id, long TenantId);

internal sealed class RequestPeerReleaseValidator : AbstractValidator<RequestPeerRelease>
{
    public RequestPeerReleaseValidator() => RuleFor(x => x.Period).Must(p => Period.TryParse(p, out _)).WithErrorCode("bad-period")
        .WithMessage((_, text) => PeerRefusal.BadPeriod("/period", text).Errors![0].Message);
}

internal sealed class RequestPeerReleaseHandler(Db db, Caller caller, TimeProvider clock)
    : IRequestHandler<RequestPeerRelease, Result<PeerReleaseRequested>>, IRequestHandler<BeginDuePeerRelease, Result<PeerReleaseRequested>>
{
    /// <summary>How long after a period's end the clock waits: what is released first stands, so filings and their review come first.</summary>
    public const int SettleDays = 30;

    public async Task<Result<PeerReleaseRequested>> Handle(RequestPeerRelease request, CancellationToken ct)
    {
        var period = Period.Parse(request.Period);
        if (await db.One<long>(PeerSql.IsRoot, null, ct) == 0) return PeerRefusal.RootOnly;
        if (period.Last >= Month.Of(clock.Today())) return PeerRefusal.NotEnded(request.Period);
        return await Begin(period, caller.UserId, ct);
    }

    public async Task<Result<PeerReleaseRequested>> Handle(BeginDuePeerRelease request, CancellationToken ct)
    {
        var settled = Month.Of(clock.Today().AddDays(-SettleDays)).AddMonths(-1);   // ended at least so many days ago
        Period Latest(int months)
        {
            var last = settled;
            while (last.Number % months != 0) last = last.AddMonths(-1);
            return new(last.AddMonths(1 - months), last);
        }
        foreach (var period in new[] { Latest(1), Latest(3), Latest(12) })
        {
            // A year that nobody decided about is released by quarter.
            var grain = await db.Find<string>(PeerSql.FindGrain, new { period.First.Year }, ct) ?? Grain.Quarter;
            if (grain != Grain.Of(period) || await db.One<long>(PeerSql.CountOfPeriod, new { Period = period.ToString() }, ct) > 0) continue;
            return await Begin(period, null, ct);
        }
        return new PeerReleaseRequested(0, caller.TenantId);
    }

    private async Task<Result<PeerReleaseRequested>> Begin(Period period, long? userId, CancellationToken ct)
    {
        var args = new { Period = period.ToString(), period.First.Year, Grain = Grain.Of(period) };
        await db.Run(PeerSql.InsertYear, args, ct);
        await db.Run(PeerSql.HoldYear, args, ct);
        if (await db.List<string>(PeerSql.OtherGrains, args, ct) is [var other, ..]) return PeerRefusal.GrainTaken(args.Year, other);
        await db.Run(PeerSql.SetGrain, args, ct);
        if (await db.One<long>(PeerSql.FindSame, args, ct) is var same and > 0) return new PeerReleaseRequested(same, caller.TenantId);
        var releaseId = await db.NextId(ct);
        await db.Run(PeerSql.Insert, new { ReleaseId = releaseId, args.Period, args.Year, args.Grain, UserId = userId, Now = clock.GetUtcNow().UtcDateTime }, ct);
        db.Record(new Change("peerRelease", "requested", releaseId, Change.All) { Fields = [Change.Field("period", null, args.Period)] });
        return new PeerReleaseRequested(releaseId, caller.TenantId);
    }
}
