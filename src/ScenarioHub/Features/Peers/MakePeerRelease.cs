using System.Data.Common;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Peers;

/// <summary>
/// Works one release off: claims it, pins it to a closing, then measure by measure adds up the enterprises and writes what may be said; nobody reads any of it before all is written.
/// Safe to run twice and to be killed anywhere: the claim is a lease, the closing once pinned stays, and a measure is written under the lease in one transaction or not at all.
/// Not an <see cref="ICommand{T}"/>: its steps must be seen while it runs.
/// </summary>
public sealed record MakePeerRelease(long ReleaseId) : IQuery<Done>;

internal sealed class MakePeerReleaseHandler(Db db, IMediator mediator, ReferenceCatalog catalog, TimeProvider clock) : IRequestHandler<MakePeerRelease, Result<Done>>
{
    public const int AttemptsAllowed = 3;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private readonly string _owner = Guid.NewGuid().ToString("N");

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Result<Done>> Handle(MakePeerRelease request, CancellationToken ct)
    {
        if (!await Claim(request.ReleaseId, ct)) return new Done();
        try
        {
            var run = await db.One<Run>(PeerSql.FindRun, new { request.ReleaseId }, ct);
            if (run.ClosingNo is null)
            {
                var closing = await mediator.CloseBooks(new FoldLedger(), () => db.Run(PeerSql.Renew, new { request.ReleaseId, Owner = _owner, LeaseUntil = Now + Lease }, ct), ct);
                await db.Run(PeerSql.Pin, new { request.ReleaseId, Owner = _owner, closing.ClosingNo, closing.ThroughEntryNo }, ct);
                run = run with { ClosingNo = closing.ClosingNo };
            }
            var done = (await db.List<string>(PeerSql.MeasuresDone, new { request.ReleaseId }, ct)).ToHashSet();
            foreach (var measure in PeerMeasure.All(catalog).Where(m => !done.Contains(m.Code)))
                if (!await Write(request.ReleaseId, measure, run.Period, await ByEnterprise(measure, Period.Parse(run.Period), run.ClosingNo.Value, ct), ct)) return new Done();
            await db.Begin(nameof(MakePeerRelease), ct);
            if (await db.Run(PeerSql.Finish, new { request.ReleaseId, Owner = _owner, Now }, ct) == 1)
                db.Record(new Change("peerRelease", "released", request.ReleaseId, Change.All) { Fields = [Change.Field("period", null, run.Period)] });
            await db.Commit(ct);
            return new Done();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await db.Rollback();
            await db.Run(PeerSql.GiveUp, new { request.ReleaseId, Owner = _owner, Now, Allowed = AttemptsAllowed }, CancellationToken.None);
            throw;
        }
    }

    private async Task<bool> Claim(long releaseId, CancellationToken ct)
    {
        try { return await db.Run(PeerSql.Claim, new { ReleaseId = releaseId, Owner = _owner, LeaseUntil = Now + Lease, Now }, ct) == 1; }
        catch (DbException e) when (UniqueIndex.RefusedIt(e)) { return false; }   // another release of the tenant is being worked off; the clock comes again
    }

    /// <returns>False when the lease went to another worker: what he writes counts.</returns>
    private async Task<bool> Write(long releaseId, PeerMeasure measure, string period, ILookup<string, Contribution> sectors, CancellationToken ct)
    {
        await db.Begin(ct);
        if (await db.Run(PeerSql.Renew, new { ReleaseId = releaseId, Owner = _owner, LeaseUntil = Now + Lease }, ct) == 0) { await db.Rollback(); return false; }
        var past = (await db.List<PublishedRow>(PeerSql.EverPublished, new { Measure = measure.Code, Period = period }, ct)).ToLookup(r => r.Sector);
        var (cells, values) = (new List<object?[]>(), new List<object?[]>());
        foreach (var sector in sectors.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var verdict = Disclosure.Judge([.. sector], measure.MoneyWeighted, period,
                [.. past[sector.Key].GroupBy(r => r.ReleaseId).Select(r => new Published(r.First().Period, r.First().ClosingNo, r.First().P25, r.First().Median, r.First().P75,
                    [.. r.Select(v => new Given(v.OrganizationId, v.ValueMillionths, v.PartOf))]))]);
            cells.Add([releaseId, sector.Key, measure.Code, verdict.Reason is null ? "published" : "withheld", verdict.Reason, verdict.Values.Count, verdict.P25, verdict.Median, verdict.P75]);
            values.AddRange(verdict.Values.Select(v => new object?[] { releaseId, sector.Key, measure.Code, v.OrganizationId, v.ValueMillionths, verdict.Reason is null ? v.PartOf : "" }));
        }
        await db.Append("peer_release_cell", ["release_id", "sector", "measure", "state", "reason", "enterprises", "p25_millionths", "median_millionths", "p75_millionths"], cells, ct);
        await db.Append("peer_release_value", ["release_id", "sector", "measure", "organization_id", "value_millionths", "part_of"], values, ct);
        await db.Commit(ct);
        return true;
    }

    /// <summary>The value of every enterprise that has one, by sector.</summary>
    private async Task<ILookup<string, Contribution>> ByEnterprise(PeerMeasure measure, Period period, long closingNo, CancellationToken ct)
    {
        var over = Sums(measure.Over, await Read(measure.Over, period, closingNo, ct), measure.Telling.ToHashSet());
        var under = Sums(measure.Under, await Read(measure.Under, period, closingNo, ct), []);
        return over.Where(o => o.Value.Told > 0 && under.TryGetValue(o.Key, out var u) && u.Quantity > 0)
            .Select(o => (o.Key.Sector, Of: Value(measure, o.Key.OrganizationId, o.Value.Quantity, under[o.Key].Quantity)))
            .Where(c => c.Of is not null).ToLookup(c => c.Sector, c => c.Of!);
    }

    // A quotient beyond the column (a yuan invested, a billion gained) is nothing to compare by; it must not stop the release of all others.
    private static Contribution? Value(PeerMeasure measure, long organizationId, long over, long under) =>
        Math.Round((decimal)over / under * measure.Scale * 1_000_000m, MidpointRounding.AwayFromZero) is var millionths && Math.Abs(millionths) < long.MaxValue / 1000
            ? new Contribution(organizationId, (long)millionths, under) : null;

    private static Dictionary<(long OrganizationId, string Sector), (long Quantity, long Told)> Sums(PeerSide side, IReadOnlyList<SumRow> rows, HashSet<string> telling)
    {
        var factors = side.Terms.GroupBy(t => t.Measure).ToDictionary(t => t.Key, t => t.Sum(x => x.Factor));
        return rows.GroupBy(r => (r.OrganizationId, r.Sector))
            .ToDictionary(g => g.Key, g => checked((g.Sum(r => factors[r.Measure] * r.Quantity), g.Where(r => telling.Contains(r.Measure)).Sum(r => r.Figures))));
    }

    private Task<IReadOnlyList<SumRow>> Read(PeerSide side, Period period, long closingNo, CancellationToken ct)
    {
        var months = side.Months == Months.OfPeriod ? period : Period.Through(period.Last);
        return db.List<SumRow>(PeerSql.SumByEnterprise, new
        {
            MeasureCodes = SqlList.Of(side.Terms.Select(t => t.Measure).Distinct()),
            StageCodes = SqlList.Of(PeerMeasure.LiveStages),
            ClosingNo = closingNo,
            First = months.First.ToString(),
            Last = months.Last.ToString()
        }, ct);
    }

    private sealed record Run
    {
        public required string Period { get; init; }
        public long? ClosingNo { get; init; }
    }

    private sealed record SumRow
    {
        public long OrganizationId { get; init; }
        public required string Sector { get; init; }
        public required string Measure { get; init; }
        public long Quantity { get; init; }
        public long Figures { get; init; }
    }

    private sealed record PublishedRow
    {
        public required string Sector { get; init; }
        public required string Period { get; init; }
        public long ReleaseId { get; init; }
        public long ClosingNo { get; init; }
        public long? P25 { get; init; }
        public long Median { get; init; }
        public long? P75 { get; init; }
        public long OrganizationId { get; init; }
        public long ValueMillionths { get; init; }
        public required string PartOf { get; init; }
    }
}
