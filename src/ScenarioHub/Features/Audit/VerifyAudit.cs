using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Audit;

/// <summary>
/// Makes every hash of the tenant's chain again, that of the change rows with it, and compares. Given a number and a hash that were kept elsewhere (an earlier answer's <c>lastNo</c> and <c>lastSha256</c>),
/// it also says whether the chain still holds that very entry: what a rewritten chain cannot do.
/// </summary>
/// <param name="No">Number of an entry whose hash was kept elsewhere.</param>
/// <param name="Sha256">That hash: 64 hex digits.</param>
public sealed record VerifyAudit(long? No = null, string? Sha256 = null) : IQuery<AuditVerdict>;

/// <param name="Holds">Nothing was found.</param>
/// <param name="Entries">How many were checked.</param>
/// <param name="Changes">How many change rows.</param>
/// <param name="LastNo">Number of the last entry. Keep it and <paramref name="LastSha256"/> where nobody who can write this database can write.</param>
/// <param name="LastSha256">Its hash.</param>
/// <param name="Faults">In order, at most 200.</param>
public sealed record AuditVerdict(bool Holds, long Entries, long Changes, long LastNo, string LastSha256, IReadOnlyList<AuditFault> Faults);

/// <summary>What is wrong with one row, or with the rows from one to another.</summary>
/// <param name="What">changed, rewritten (with its hash made anew), removed, inserted, exchanged (stands under another number) or replaced (the chain no longer holds the entry that was kept).</param>
/// <param name="Table">audit_entry, change or change_head.</param>
/// <param name="No">Number of the row, audit_no or change_no; 0 of change_head.</param>
/// <param name="Through">Of several rows in a row: the last.</param>
public sealed record AuditFault(string What, string Table, long No, long Through, string Message);

internal sealed class VerifyAuditValidator : AbstractValidator<VerifyAudit>
{
    public VerifyAuditValidator()
    {
        RuleFor(x => x.Sha256).NotNull().When(x => x.No is not null).WithErrorCode("required").WithMessage(_ => new Words("no 与 sha256 须同时给出。", "Give both no and sha256.").ToString());
        RuleFor(x => x.No).NotNull().When(x => x.Sha256 is not null).WithErrorCode("required").WithMessage(_ => new Words("no 与 sha256 须同时给出。", "Give both no and sha256.").ToString());
    }
}

internal sealed class VerifyAuditHandler(Db db, Caller caller) : IRequestHandler<VerifyAudit, Result<AuditVerdict>>
{
    private const int AtOnce = 1_000, MostFaults = 200;
    private const string Entry = "audit_entry", ChangeTable = "change", HeadTable = "change_head";
    private const string Changed = "changed", Rewritten = "rewritten", Removed = "removed", Inserted = "inserted", Exchanged = "exchanged", Replaced = "replaced";

    private readonly List<AuditFault> _faults = [];
    private readonly List<AuditRow> _doubtful = [];
    private long _changes, _lastChange;
    // After a row that cannot be trusted nobody knows whose the next change rows are.
    private bool _lost;

    public async Task<Result<AuditVerdict>> Handle(VerifyAudit request, CancellationToken ct)
    {
        var begun = await db.Find<Head>(AuditSql.Head, null, ct);
        if (begun is null) Fault(Removed, HeadTable, 0);
        var (entries, expected, previous, doubted) = (0L, 1L, (string?)AuditChain.Beginning, 0L);
        string? atHead = null, kept = null;
        for (var after = long.MinValue; ;)
        {
            var rows = await db.List<AuditRow>(AuditSql.EntriesAfter, new { After = after, Take = AtOnce }, ct);
            var sound = new List<(AuditRow Entry, bool Lost)>(rows.Count);
            foreach (var row in rows)
            {
                entries++;
                if (row.AuditNo < 1) { Fault(Inserted, Entry, row.AuditNo); continue; }
                if (row.AuditNo > expected) { Fault(Removed, Entry, expected, row.AuditNo - 1); (previous, _lost) = (null, true); }
                if (AuditChain.Hash(caller.TenantId, row) != row.Sha256)
                {
                    Fault(Changed, Entry, row.AuditNo);
                    if (_doubtful.Count < MostFaults) _doubtful.Add(row);
                    (doubted, _lost) = (row.AuditNo, true);
                }
                else
                {
                    // This row is as it was written, so the one before is not: unless that was said already.
                    if (previous is not null && row.PreviousSha256 != previous && doubted != row.AuditNo - 1) Fault(Rewritten, Entry, row.AuditNo - 1);
                    if (row.ChangeCount > 0)
                    {
                        sound.Add((row, _lost));
                        _lost = false;
                    }
                }
                (previous, expected) = (row.Sha256, row.AuditNo + 1);
                if (row.AuditNo == begun?.LastAuditNo) atHead = row.Sha256;
                if (row.AuditNo == request.No) kept = row.Sha256;
            }
            if (sound.Count > 0) await Changes(sound, ct);
            if (rows.Count < AtOnce) break;
            after = rows[^1].AuditNo;
        }
        await Ends(begun, expected - 1, atHead, doubted, ct);
        foreach (var row in _doubtful)
            if (_doubtful.FirstOrDefault(o => o != row && AuditChain.Hash(caller.TenantId, row with { AuditNo = o.AuditNo }) == row.Sha256) is { } place
                && _faults.FindIndex(f => f is { What: Changed, Table: Entry } && f.No == row.AuditNo) is >= 0 and var at)
                _faults[at] = Worded(Exchanged, Entry, row.AuditNo, place.AuditNo);
        if (request.No is { } no && !string.Equals(kept, request.Sha256!.Trim(), StringComparison.OrdinalIgnoreCase)) Fault(Replaced, Entry, no);
        return new AuditVerdict(_faults.Count == 0, entries, _changes, expected - 1, previous ?? "", _faults);
    }

    /// <summary>The change rows of entries that are as they were written.</summary>
    /// <param name="entries">Each with whether those before it are known: change rows that lie between may be of an entry that is gone.</param>
    private async Task Changes(List<(AuditRow Entry, bool Lost)> entries, CancellationToken ct)
    {
        var waiting = new Queue<(AuditRow Entry, bool Lost)>(entries);
        var through = entries.Max(e => Last(e.Entry));
        using var hash = new AuditChain.OfChanges();
        AuditRow? entry = null;
        var (next, faulty, lost) = (0L, false, false);
        Open();
        await foreach (var row in db.Stream<ChangeRow>(AuditSql.ChangesBetween, new { After = _lastChange, Through = through }, ct))
        {
            _changes++;
            while (entry is not null && row.ChangeNo > Last(entry)) Close();
            if (entry is null || row.ChangeNo < entry.FirstChangeNo)
            {
                if (!lost) Fault(Inserted, ChangeTable, row.ChangeNo);
                continue;
            }
            if (row.ChangeNo > next) { faulty = true; Fault(Removed, ChangeTable, next, row.ChangeNo - 1); }
            if (hash.Add(row) != row.RowCheck || row.AuditNo != entry.AuditNo) { faulty = true; Fault(Changed, ChangeTable, row.ChangeNo); }
            next = row.ChangeNo + 1;
        }
        while (entry is not null) Close();
        _lastChange = through;

        void Open()
        {
            if (!waiting.TryDequeue(out var opened)) { entry = null; return; }
            (entry, lost) = opened;
            (next, faulty) = (entry.FirstChangeNo!.Value, false);
        }

        void Close()
        {
            if (next <= Last(entry!)) { faulty = true; Fault(Removed, ChangeTable, next, Last(entry!)); }
            if (hash.Take() != entry!.ChangesSha256 && !faulty) Fault(Rewritten, ChangeTable, entry.FirstChangeNo!.Value, Last(entry));
            Open();
        }
    }

    /// <summary>A chain that was cut at its end is whole in itself: only the head knows how long it was.</summary>
    private async Task Ends(Head? begun, long lastNo, string? atHead, long doubted, CancellationToken ct)
    {
        // Read again: what was committed since is no fault.
        if (begun is null || await db.Find<Head>(AuditSql.Head, null, ct) is not { } now) return;
        if (lastNo < begun.LastAuditNo) Fault(Removed, Entry, lastNo + 1, begun.LastAuditNo);
        else if (lastNo > now.LastAuditNo) Fault(Inserted, Entry, now.LastAuditNo + 1, lastNo);
        else if (begun.LastAuditNo > 0 && atHead != begun.LastSha256 && doubted != begun.LastAuditNo) Fault(Rewritten, Entry, begun.LastAuditNo);
        if (_lastChange < begun.LastChangeNo && !_faults.Any(f => f.Table == ChangeTable && f.Through >= begun.LastChangeNo) && !_lost && lastNo >= begun.LastAuditNo) Fault(Changed, HeadTable, 0);
        await foreach (var row in db.Stream<ChangeRow>(AuditSql.ChangesBetween, new { After = Math.Max(_lastChange, now.LastChangeNo), Through = long.MaxValue }, ct)) Fault(Inserted, ChangeTable, row.ChangeNo);
        await foreach (var row in db.Stream<ChangeRow>(AuditSql.ChangesBetween, new { After = long.MinValue, Through = 0L }, ct)) Fault(Inserted, ChangeTable, row.ChangeNo);
    }

    private static long Last(AuditRow entry) => entry.FirstChangeNo!.Value + entry.ChangeCount - 1;

    private void Fault(string what, string table, long no, long? through = null)
    {
        if (_faults.Count < MostFaults) _faults.Add(Worded(what, table, no, through ?? no));
    }

    private static AuditFault Worded(string what, string table, long no, long through)
    {
        var rows = through > no && what != Exchanged ? $"{table} {no}–{through}" : $"{table} {no}";
        return new(what, table, no, through, (what switch
        {
            Changed when table == HeadTable => new Words("change_head 与最后一条记录不符,被改动。", "change_head is not what the last entry left; it was changed."),
            Changed => new($"{rows} 的内容被改动。", $"{rows} was changed."),
            Rewritten => new($"{rows} 被改写,哈希也被重新计算;后面的记录所依据的不是它。", $"{rows} was rewritten, its hash made anew: what follows was chained to another."),
            Removed when table == HeadTable => new("该租户的 change_head 被删除。", "The tenant's change_head was removed."),
            Removed => new($"{rows} 被删除。", $"{rows} was removed."),
            Inserted => new($"{rows} 系他处插入,不在链中。", $"{rows} was inserted; it is not of the chain."),
            Exchanged => new($"{rows} 处的内容原属第 {through} 条,两条被调换。", $"What stands at {rows} was written as number {through}: the two were exchanged."),
            Replaced => new($"{rows} 的哈希与另行保存的不符:此后整条链被重写过。", $"{rows} does not have the hash that was kept elsewhere: the chain was rewritten from there or before."),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null)
        }).ToString());
    }

    private sealed record Head
    {
        public long LastChangeNo { get; init; }
        public long LastAuditNo { get; init; }
        public required string LastSha256 { get; init; }
    }
}
