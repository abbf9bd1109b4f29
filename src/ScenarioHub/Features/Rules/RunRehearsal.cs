using System.Text.Json;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Rules;

/// <summary>
/// Works a rehearsal off, chunk by chunk: counts and cursor of a chunk are written in one transaction, so whatever is killed, every filing is counted once.
/// Not an <see cref="ICommand{T}"/>: its steps must be seen while it runs.
/// </summary>
/// <param name="ChunkSize">Filings judged at a time: what is held in memory.</param>
/// <param name="MaxChunks">After so many it goes back to the queue and lets others have the worker.</param>
public sealed record RunRehearsal(long TenantId, long RehearsalId, int ChunkSize = 1_000, int MaxChunks = 200) : IQuery<Done>;

internal sealed class RunRehearsalHandler(Db db, Judging judging, Caller caller, TimeProvider clock) : IRequestHandler<RunRehearsal, Result<Done>>
{
    public const int AttemptsAllowed = 1_000, ExamplesPerRule = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private readonly string _owner = Guid.NewGuid().ToString("N");

    public async Task<Result<Done>> Handle(RunRehearsal request, CancellationToken ct)
    {
        var id = request.RehearsalId;
        if (await db.Find<Asked>(RuleSql.FindRun, new { RunTenantId = request.TenantId, request.RehearsalId }, ct) is not { } asked) return RuleRefusal.RehearsalNotFound;
        if (!await Session.Assume(asked.RequestedBy, db, caller, ct))
        {
            // Whoever asked may no longer see anything; left queued it would be picked up for ever.
            caller.BecomeJob(asked.TenantId);
            if (await Write(RuleSql.Claim, id, ct) == 1) await Write(RuleSql.EndRun, id, ct, allowed: 0);
            return new Done();
        }
        if (await Write(RuleSql.Claim, id, ct) == 0) return new Done();   // finished, cancelled, or another worker has it
        try
        {
            await Work(request, ct);
            return new Done();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await db.Rollback();
            await Write(RuleSql.EndRun, id, CancellationToken.None);
            throw;
        }
    }

    private async Task Work(RunRehearsal request, CancellationToken ct)
    {
        var key = new { request.RehearsalId, Owner = _owner };
        var run = await db.One<Run>(RuleSql.ReadRun, key, ct);
        if (run.Filings is null)
        {
            await db.Begin(ct);
            var filings = await db.One<int>(RuleSql.CountLive, new { From = run.FirstPeriod, To = run.LastPeriod, run.OrganizationId }, ct);
            await db.Run(RuleSql.SetTotal, new { request.RehearsalId, Owner = _owner, Filings = filings }, ct);
            await db.Commit(ct);
        }
        var (rehearsed, inForce) = (Rules(run.Rules), Rules(run.RulesInForce));
        var examples = (await db.List<Amount>(RuleSql.ExamplesByRule, new { request.RehearsalId }, ct)).ToDictionary(a => a.Code, a => a.Examples, StringComparer.Ordinal);
        var (chunk, after) = (run.Chunks, run.CursorFilingId);
        for (var month = Month.Parse(run.CursorPeriod ?? run.FirstPeriod); month <= Month.Parse(run.LastPeriod); month = month.AddMonths(1), after = 0)
            while (true)
            {
                var ids = await db.List<long>(RuleSql.LiveOfMonth, new { Period = month.ToString(), After = after, run.OrganizationId, Take = request.ChunkSize }, ct);
                if (ids.Count == 0) break;
                var tally = new Tally(examples);
                var children = (await db.List<Child>(RuleSql.ChildrenOver, new { run.OrganizationId, FilingIds = SqlList.Of(ids) }, ct)).ToDictionary(c => c.OrganizationId, c => c.ChildId);
                foreach (var entry in await judging.Entries(ids, live: true, ct)) tally.Add(entry, children.GetValueOrDefault(entry.OrganizationId, run.OrganizationId), rehearsed, inForce);
                after = ids[^1];
                if (!await HandIn(request.RehearsalId, ++chunk, month, after, ids.Count, tally, ct)) return;   // cancelled, or the lease went to another worker
                if (chunk - run.Chunks >= request.MaxChunks)
                {
                    await Write(RuleSql.YieldRun, request.RehearsalId, ct);
                    return;
                }
            }
        await Finish(request.RehearsalId, run.OrganizationId, ct);
    }

    private async Task<bool> HandIn(long id, int chunk, Month month, long after, int judged, Tally tally, CancellationToken ct)
    {
        await db.Begin(ct);
        var written = await db.Run(RuleSql.AdvanceRun, new
        {
            RehearsalId = id,
            Owner = _owner,
            ChunkNo = chunk,
            Judged = judged,
            tally.Refused,
            tally.RefusedInForce,
            Period = month.ToString(),
            CursorFilingId = after,
            LeaseUntil = Now + Lease
        }, ct);
        if (written == 0) { await db.Rollback(); return false; }
        await db.Append("rehearsal_count", ["rehearsal_id", "chunk_no", "rule_id", "severity", "sector", "organization_id", "found", "found_in_force", "newly", "no_longer"],
            [.. tally.Counts.Select(c => new object?[] { id, chunk, c.Key.Rule, c.Key.Severity, c.Key.Sector, c.Key.Organization, c.Value.Found, c.Value.FoundInForce, c.Value.Newly, c.Value.NoLonger })], ct);
        await db.Append("rehearsal_example", ["rehearsal_id", "rule_id", "example_no", "filing_id", "filing_version", "measure", "severity", "difference", "found_zh", "found_en"],
            [.. tally.Examples.Select(x => new object?[] { id, x.By.Rule.Id, x.Number, x.FilingId, x.Version, x.Found.Measure, x.By.Severity, x.Difference, x.Found.What.Zh, x.Found.What.En })], ct);
        await db.Commit(ct);
        return true;
    }

    private async Task Finish(long id, long organizationId, CancellationToken ct)
    {
        await db.Begin(nameof(RunRehearsal), ct, onBehalfOf: caller.UserId);
        if (await db.Run(RuleSql.FinishRun, new { RehearsalId = id, Owner = _owner, Now }, ct) == 0) { await db.Rollback(); return; }
        await db.Run(RuleSql.AddUpCounts, new { RehearsalId = id }, ct);
        await db.Run(RuleSql.DropChunks, new { RehearsalId = id }, ct);
        db.Record(new Change("rehearsal", "made", id, organizationId));
        await db.Commit(ct);
    }

    private static RulesInForce Rules(string written) => new(null, 0, null,
        RuleSetChanges.Apply(RulesInForce.BuiltIn.Items, JsonSerializer.Deserialize<Dictionary<string, RuleChange>>(written, Json.Options)).Value);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<int> Write(SqlText statement, long id, CancellationToken ct, int allowed = AttemptsAllowed)
    {
        await db.Begin(ct);
        var written = await db.Run(statement, new { RehearsalId = id, Owner = _owner, Now, LeaseUntil = Now + Lease, Allowed = allowed }, ct);
        await db.Commit(ct);
        return written;
    }

    /// <summary>Counts and examples of one chunk.</summary>
    private sealed class Tally(Dictionary<string, int> examples)
    {
        public Dictionary<(string Rule, string Severity, string Sector, long Organization), Count> Counts { get; } = [];
        public List<(long FilingId, int Version, SetRule By, Found Found, int Number, string Difference)> Examples { get; } = [];
        public int Refused { get; private set; }
        public int RefusedInForce { get; private set; }

        public void Add(Entry entry, long child, RulesInForce rehearsed, RulesInForce inForce)
        {
            var (now, then) = (rehearsed.Judge(entry).ToArray(), inForce.Judge(entry).ToArray());
            var (keys, before) = (now.Select(Key).ToHashSet(), then.Select(Key).ToHashSet());
            foreach (var f in now)
            {
                var kept = before.Contains(Key(f));
                var count = Of(f.By);
                (count.Found, count.Newly) = (count.Found + 1, count.Newly + (kept ? 0 : 1));
                Show(f, kept ? "kept" : "newly");
            }
            foreach (var f in then)
            {
                var gone = !keys.Contains(Key(f));
                var count = Of(f.By);
                (count.FoundInForce, count.NoLonger) = (count.FoundInForce + 1, count.NoLonger + (gone ? 1 : 0));
                if (gone) Show(f, "noLonger");
            }
            if (now.Any(f => Severity.Hinders(f.By.Severity, FindingState.Open))) Refused++;
            if (then.Any(f => Severity.Hinders(f.By.Severity, FindingState.Open))) RefusedInForce++;

            static (string, string) Key((SetRule By, Found Found) f) => (f.By.Rule.Id, f.Found.Measure);

            Count Of(SetRule by)
            {
                var key = (by.Rule.Id, by.Severity, entry.Sector, child);
                return Counts.TryGetValue(key, out var count) ? count : Counts[key] = new();
            }

            void Show((SetRule By, Found Found) f, string difference)
            {
                var shown = examples.GetValueOrDefault(f.By.Rule.Id);
                if (shown >= ExamplesPerRule) return;
                examples[f.By.Rule.Id] = shown + 1;
                Examples.Add((entry.FilingId, entry.Version, f.By, f.Found, shown + 1, difference));
            }
        }
    }

    private sealed class Count
    {
        public int Found { get; set; }
        public int FoundInForce { get; set; }
        public int Newly { get; set; }
        public int NoLonger { get; set; }
    }

    private sealed record Asked
    {
        public long TenantId { get; init; }
        public long RequestedBy { get; init; }
    }

    private sealed record Run
    {
        public required string Rules { get; init; }
        public required string RulesInForce { get; init; }
        public long OrganizationId { get; init; }
        public required string FirstPeriod { get; init; }
        public required string LastPeriod { get; init; }
        public int? Filings { get; init; }
        public int Chunks { get; init; }
        public string? CursorPeriod { get; init; }
        public long CursorFilingId { get; init; }
    }

    private sealed record Amount
    {
        public required string Code { get; init; }
        public int Examples { get; init; }
    }

    private sealed record Child
    {
        public long OrganizationId { get; init; }
        public long ChildId { get; init; }
    }
}
