using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Imports.Formats;
using ScenarioHub.Features.Rules;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Hosting;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Imports;

/// <summary>
/// Works an import off, chunk by chunk. Checking is committing undone: the same code in a transaction that is rolled back, so a dry run finds what the real one finds.
/// A committed chunk is marked in the transaction that wrote it; whatever is killed, every entry is written once. Not an <see cref="ICommand{T}"/>: its steps must be seen while it runs.
/// </summary>
public sealed record RunImport(long TenantId, long ImportId) : IQuery<Done>;

internal sealed class RunImportHandler(Db db, IMediator mediator, Judging judging, ReferenceCatalog catalog, IValidator<ScenarioContent> scenarioRules, HubSettings settings, Caller caller, TimeProvider clock) : IRequestHandler<RunImport, Result<Done>>
{
    public const int AttemptsAllowed = 3;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private long _id;

    public async Task<Result<Done>> Handle(RunImport request, CancellationToken ct)
    {
        _id = request.ImportId;
        if (await db.Find<Asked>(ImportSql.FindRun, new { RunTenantId = request.TenantId, request.ImportId }, ct) is not { } asked) return ImportRefusal.NotFound;
        var known = await Session.Assume(asked.RequestedBy, db, caller, ct);
        if (!known || !caller.May(Permission.ImportWrite))
        {
            // Whoever sent it may no longer write anything; left queued it would be picked up for ever.
            if (!known) caller.BecomeJob(asked.TenantId);
            if (await Mark(ImportSql.Claim, ct)) await Mark(ImportSql.GiveUp, ct, new { Allowed = 0, Failure = ImportFailure.RequesterGone });
            return new Done();
        }
        if (!await Mark(ImportSql.Claim, ct)) return new Done();   // ended, cancelled, or another worker has it
        try
        {
            await Work(ct);
            return new Done();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await db.Rollback();
            await Mark(ImportSql.GiveUp, CancellationToken.None, new { Allowed = AttemptsAllowed, Failure = ImportFailure.Broke });
            throw;
        }
    }

    private async Task Work(CancellationToken ct)
    {
        var run = await db.One<Run>(ImportSql.ReadRun, new { ImportId = _id, Owner = _owner }, ct);
        var premises = await Premises(run, ct);
        if (run.ByReceipt && run.Stage == ImportStage.Checking && Changed(run, premises) is { Length: > 0 } changed)
        {
            await Refuse(ImportFailure.PremiseChanged, changed, ct);
            return;
        }
        var folder = Path.Combine(settings.DataFolder, "imports");
        await using var content = Scratch.File(folder);
        await KeptFile.CopyTo(db, run.FileId, content, ct);
        using var spool = new RowSpool(folder);
        EntryImport entries = run.Kind == ImportKind.Figures
            ? new FigureImport(db, mediator, catalog, caller, clock, Mapping(run), run.Source, run.Submits)
            : new ScenarioImport(db, scenarioRules, catalog, caller, clock, Mapping(run), run.Source);
        var chunks = await Chunks(ct);
        if (!await Read(run, content, spool, entries, anew: !run.ByReceipt && (run.Stage == ImportStage.Checking || chunks.Count == 0), ct)) return;
        if (entries.Unusable)
        {
            await Refuse(ImportFailure.Unreadable, [], ct);
            return;
        }
        if (!await Mark(ImportSql.MarkWhole, ct, new { Rows = entries.RowsRead, spool.Entries })) return;
        if (run.Stage == ImportStage.Checking)
        {
            if (!await Begin(ImportStage.Checking, premises, entries, ct) || !await Check(run, spool, entries, chunks, premises, ct)) return;
            chunks = await Chunks(ct);
        }
        if (!chunks.Values.Any(c => c.IsCommitted) && !await Begin(ImportStage.Committing, premises, entries, ct)) return;
        await Commit(run, spool, entries, chunks, ct);
    }

    private async Task<bool> Read(Run run, Stream content, RowSpool spool, EntryImport entries, bool anew, CancellationToken ct)
    {
        var findings = 0;
        if (anew)
        {
            await db.Begin(ct);
            await db.Run(ImportSql.ForgetFindings, new { ImportId = _id, FromChunk = 0, ToChunk = int.MaxValue }, ct);
            await db.Run(ImportSql.ForgetChunks, new { ImportId = _id }, ct);
            await db.Commit(ct);
        }
        var opened = SourceFile.Open(content, run.FileName);
        if (opened.Why is { } why)
        {
            await Hand([new(0, "", 0, null, null, "", why.Code, null, Rules.Severity.Blocker, true, why.Detail)]);
            await Refuse(ImportFailure.Unreadable, [], ct);
            return false;
        }
        using var file = opened.Value;
        if (!await entries.Read(file, spool, Hand, ct)) return false;
        spool.Complete();
        return true;

        // What was found while reading is kept by the first attempt at the present stage; by receipt it is that of the dry run.
        async Task<bool> Hand(List<FoundInFile> found)
        {
            await db.Begin(ct);
            var held = await db.Run(ImportSql.MarkRead, new { ImportId = _id, Owner = _owner, ReadRows = entries.RowsRead, LeaseUntil = Now + Lease }, ct) == 1;
            if (held && anew)
            {
                await db.Append("import_finding", FoundInFile.Columns, [.. found.Select((f, i) => f.Row(_id, findings + i, 0))], ct);
                findings += found.Count;
                await db.Run(ImportSql.CountFindingsAnew, new { ImportId = _id, Owner = _owner, Findings = findings }, ct);
            }
            found.Clear();
            if (held) await db.Commit(ct);
            else await db.Rollback();
            return held;
        }
    }

    /// <returns>Whether it goes on to write.</returns>
    private async Task<bool> Check(Run run, RowSpool spool, EntryImport entries, Dictionary<int, Chunk> before, Dictionary<string, string> premises, CancellationToken ct)
    {
        using var receipt = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add($"{_id} {run.Kind} {run.Source} {run.OnProblem} {run.Submits} {entries.RowsRead} {entries.RowsRefused} {JsonSerializer.Serialize(premises)}");
        var refused = entries.RowsRefused;
        foreach (var part in Parts(spool))
        {
            ct.ThrowIfCancellationRequested();
            var rows = part.Entries();
            var (outcome, touched) = await Try(async () =>
            {
                var stands = await entries.Touched(rows, ct);
                return (await entries.Write(rows, isTrial: true, ct), stands);
            }, commits: false, ct);
            refused += outcome.Refused;
            Add(outcome.Sha256());
            var known = before.GetValueOrDefault(part.Number);
            if (run.ByReceipt && known?.Outcome != outcome.Sha256())
            {
                await Refuse(ImportFailure.PremiseChanged, WhatChanged(part, rows, known, touched), ct);
                return false;
            }
            await db.Begin(ct);
            if (!await Advance(outcome, rows.Count, run.ByReceipt ? 0 : outcome.Found.Count, ct)) { await db.Rollback(); return false; }
            if (!run.ByReceipt) await KeepChunk(part, rows, outcome, touched, isCommitted: false, ct);
            await db.Commit(ct);
        }
        if (run.ValidateOnly)
        {
            var code = Convert.ToHexStringLower(receipt.GetCurrentHash());
            await Mark(ImportSql.Finish, ct, new { State = ImportState.Checked, Failure = (string?)null, FailureAbout = (string?)null, Receipt = code, CheckedAt = (DateTime?)Now });
            return false;
        }
        if (refused == 0 || run.OnProblem == OnProblem.SkipRows) return true;
        await Refuse(ImportFailure.Problems, [], ct);
        return false;

        void Add(string text) => receipt.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    private async Task Commit(Run run, RowSpool spool, EntryImport entries, Dictionary<int, Chunk> chunks, CancellationToken ct)
    {
        foreach (var part in Parts(spool))
        {
            ct.ThrowIfCancellationRequested();
            var known = chunks.GetValueOrDefault(part.Number);
            if (known is { IsCommitted: true }) continue;
            var rows = part.Entries();
            ChunkOutcome? differs = null;
            (string, string) touched = default;
            var goesOn = await Try(async () =>
            {
                differs = null;
                if (run.ByReceipt) touched = await entries.Touched(rows, ct);
                var outcome = await entries.Write(rows, isTrial: false, ct);
                var same = known?.Outcome == outcome.Sha256();
                // Between the last look and this one somebody was quicker: by receipt that is the end, else it is found anew.
                if (run.ByReceipt && !same) { differs = outcome; return false; }
                if (known is null) await KeepChunk(part, rows, outcome, null, isCommitted: true, ct);
                else
                {
                    await db.Run(ImportSql.CommitChunk, new { ImportId = _id, ChunkNo = part.Number, Outcome = outcome.Sha256() }, ct);
                    if (!same)
                    {
                        var forgotten = await db.Run(ImportSql.ForgetFindings, new { ImportId = _id, FromChunk = part.Number, ToChunk = part.Number }, ct);
                        await KeepFindings(part, outcome, ct);
                        return await Advance(outcome, rows.Count, outcome.Found.Count - forgotten, ct);
                    }
                }
                return await Advance(outcome, rows.Count, known is null ? outcome.Found.Count : 0, ct);
            }, commits: true, ct);
            if (differs is not null) await Refuse(ImportFailure.PremiseChanged, WhatChanged(part, rows, known, touched), ct);
            if (!goesOn) return;
        }
        await Mark(ImportSql.Finish, ct, new { State = ImportState.Done, Failure = (string?)null, FailureAbout = (string?)null, Receipt = (string?)null, CheckedAt = (DateTime?)null });
    }

    /// <summary>One transaction, run again when it lost a race; committed only when it is to be and its answer is not false.</summary>
    private async Task<T> Try<T>(Func<Task<T>> run, bool commits, CancellationToken ct)
    {
        for (var times = 1; ; times++)
        {
            await db.Begin(nameof(RunImport), ct);
            try
            {
                var answer = await run();
                if (commits && answer is not false) await db.Commit(ct);
                else await db.Rollback();
                return answer;
            }
            catch (Exception e) when (times < 5 && (e is KeyRaceException || (e is System.Data.Common.DbException lost && LostRace.Is(lost)))) { await db.Rollback(); }
            catch { await db.Rollback(); throw; }
            await Task.Delay(Random.Shared.Next(10 << times), ct);
        }
    }

    private async Task KeepChunk(Part part, IReadOnlyList<List<SpooledRow>> rows, ChunkOutcome outcome, (string Entries, string Locks)? touched, bool isCommitted, CancellationToken ct)
    {
        await db.Append("import_chunk", ["import_id", "chunk_no", "first_row", "last_row", "entries", "touched_sha256", "outcome_sha256", "is_committed"],
            [[_id, part.Number, rows[0][0].RowNo, rows[^1][^1].RowNo, rows.Count, touched is { } t ? t.Entries[..32] + t.Locks[..32] : null, outcome.Sha256(), isCommitted]], ct);
        await KeepFindings(part, outcome, ct);
    }

    // Those found while reading a row come before those of its entry.
    private Task KeepFindings(Part part, ChunkOutcome outcome, CancellationToken ct) =>
        db.Append("import_finding", FoundInFile.Columns, [.. outcome.Found.Select((f, i) => f.Row(_id, (1 << 30) + i, part.Number))], ct);

    private async Task<bool> Advance(ChunkOutcome outcome, int entries, int findings, CancellationToken ct) => await db.Run(ImportSql.Advance, new
    {
        ImportId = _id,
        Owner = _owner,
        LeaseUntil = Now + Lease,
        Entries = entries,
        outcome.Created,
        outcome.Updated,
        outcome.Unchanged,
        outcome.Refused,
        outcome.Submitted,
        Findings = findings
    }, ct) == 1;

    private static PremiseChange[] WhatChanged(Part part, IReadOnlyList<List<SpooledRow>> rows, Chunk? known, (string Entries, string Locks) touched)
    {
        var where = (First: rows[0][0].RowNo, Last: rows[^1][^1].RowNo);
        var premises = new List<string>();
        if (known?.Touched is { Length: 64 } stood)
        {
            if (stood[32..] != touched.Locks[..32]) premises.Add(Premise.Locks);
            if (stood[..32] != touched.Entries[..32]) premises.Add(Premise.Entries);
        }
        if (premises.Count == 0) premises.Add(Premise.History);
        return [.. premises.Select(p => new PremiseChange(p, $"{Premise.Name(p).Zh}已变化(文件第 {where.First} 至 {where.Last} 行)。", $"{Premise.Name(p).En} changed (rows {where.First} to {where.Last} of the file)."))];
    }

    private static PremiseChange[] Changed(Run run, Dictionary<string, string> now)
    {
        var then = JsonSerializer.Deserialize<Dictionary<string, string>>(run.Premises!, Json.Options)!;
        return [.. now.Where(p => then.GetValueOrDefault(p.Key) != p.Value).Select(p => new PremiseChange(p.Key, $"{Premise.Name(p.Key).Zh}已变化。", $"{Premise.Name(p.Key).En} changed."))];
    }

    private async Task<Dictionary<string, string>> Premises(Run run, CancellationToken ct)
    {
        var rules = await judging.InForce(ct);
        var mapping = run.Source is null ? null : await db.Find<MappingRow>(ImportSql.FindMapping, new { run.Source }, ct);
        return new()
        {
            [Premise.File] = run.Sha256,
            [Premise.Mapping] = (run.ByReceipt ? mapping?.Version : run.MappingVersion)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
            [Premise.RuleSet] = rules.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [Premise.Catalog] = catalog.Version,
            [Premise.Month] = Month.Of(clock.Today()).ToString(),
            [Premise.Rights] = $"{caller.OrganizationId} {caller.May(Permission.FilingReview)}"
        };
    }

    private static ImportMappingBody? Mapping(Run run) => run.Mapping is null ? null : JsonSerializer.Deserialize<ImportMappingBody>(run.Mapping, Json.Options);

    private async Task<Dictionary<int, Chunk>> Chunks(CancellationToken ct) => (await db.List<Chunk>(ImportSql.Chunks, new { ImportId = _id }, ct)).ToDictionary(c => c.ChunkNo);

    private Task<bool> Begin(string stage, Dictionary<string, string> premises, EntryImport entries, CancellationToken ct) =>
        Mark(ImportSql.BeginStage, ct, new { Stage = stage, Premises = JsonSerializer.Serialize(premises, Json.Options), Refused = entries.RowsRefused });

    private Task<bool> Refuse(string failure, PremiseChange[] about, CancellationToken ct) => Mark(ImportSql.Finish, ct, new
    {
        State = ImportState.Refused,
        Failure = failure,
        FailureAbout = about.Length == 0 ? null : JsonSerializer.Serialize(about, Json.Options),
        Receipt = (string?)null,
        CheckedAt = (DateTime?)null
    });

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <returns>Whether the run is still ours.</returns>
    private async Task<bool> Mark(SqlText statement, CancellationToken ct, object? args = null)
    {
        var bound = new Dapper.DynamicParameters(args);
        bound.AddDynamicParams(new { ImportId = _id, Owner = _owner, Now, LeaseUntil = Now + Lease });
        await db.Begin(ct);
        var written = await db.Run(statement, bound, ct);
        await db.Commit(ct);
        return written == 1;
    }

    /// <summary>Consecutive entries, so few that they are one transaction; the same of the same file every time.</summary>
    private sealed record Part(RowSpool Spool, int Number, int First, int Count)
    {
        public IReadOnlyList<List<SpooledRow>> Entries() => [.. Enumerable.Range(First, Count).Select(Spool.RowsOf)];
    }

    private static IEnumerable<Part> Parts(RowSpool spool)
    {
        var (number, first, rows) = (1, 0, 0);
        for (var entry = 0; entry < spool.Entries; entry++)
        {
            var more = spool.CountOf(entry);
            if (entry > first && (entry - first >= ImportRule.ChunkEntries || rows + more > ImportRule.ChunkRows))
            {
                yield return new(spool, number++, first, entry - first);
                (first, rows) = (entry, 0);
            }
            rows += more;
        }
        if (spool.Entries > first) yield return new(spool, number, first, spool.Entries - first);
    }

    private sealed record Asked
    {
        public long TenantId { get; init; }
        public long RequestedBy { get; init; }
    }

    private sealed record Run
    {
        public required string Kind { get; init; }
        public long FileId { get; init; }
        public required string FileName { get; init; }
        public required string Sha256 { get; init; }
        public string? Source { get; init; }
        public string? Mapping { get; init; }
        public int? MappingVersion { get; init; }
        public required string OnProblem { get; init; }
        public bool Submits { get; init; }
        public bool ValidateOnly { get; init; }
        public bool ByReceipt { get; init; }
        public required string Stage { get; init; }
        public string? Premises { get; init; }
    }

    private sealed record Chunk
    {
        public int ChunkNo { get; init; }
        public string? Touched { get; init; }
        public required string Outcome { get; init; }
        public bool IsCommitted { get; init; }
    }
}
