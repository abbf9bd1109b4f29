using System.Globalization;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Ledger;

/// <summary>A moment of the ledger: the closing to start from, the entries to add to it, and the tree of organizations known then.</summary>
/// <param name="AsOfEntryNo">All entries up to this one, and none after it.</param>
/// <param name="TreeNo">Number of the tree (<c>organization_tree</c>).</param>
internal sealed record AsOf(long ClosingNo, long ThroughEntryNo, long AsOfEntryNo, DateTime At, long TreeNo);

/// <summary>How far the ledger is: all that decides an answer besides the question and whose it is.</summary>
internal sealed record LedgerState
{
    public long LastEntryNo { get; init; }
    public long LastClosingNo { get; init; }
    public long ThroughEntryNo { get; init; }
    public long RepairNo { get; init; }
    public long TreeNo { get; init; }
    public required byte[] HandleKey { get; init; }

    public Seal Seal => new(HandleKey, RepairNo);
}

/// <summary>What "now", a closing number, an instant or an entry number mean. A moment once read reads the same for ever: entries, closings and trees are only added to.</summary>
internal sealed class Moments(Db db, TimeProvider clock)
{
    /// <summary>What the handles of cells read at the moment are sealed with.</summary>
    public Seal Seal { get; private set; } = null!;

    /// <param name="text">A closing number, an instant such as 2026-08-31T16:00:00Z, or null for now.</param>
    public async Task<Result<AsOf>> Of(string? text, string parameter, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var state = await db.One<LedgerState>(LedgerSql.ReadState, null, ct);
        Seal = state.Seal;
        if (text is null) return new AsOf(state.LastClosingNo, state.ThroughEntryNo, state.LastEntryNo, now, state.TreeNo);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var closingNo))
            return await db.Find<ClosingRow>(LedgerSql.FindClosing, new { ClosingNo = closingNo }, ct) is { } closing
                ? new AsOf(closing.ClosingNo, closing.ThroughEntryNo, closing.ThroughEntryNo, closing.ClosedAt, closing.TreeNo) : LedgerRefusal.BadAsOf(parameter, text);
        if (!TryInstant(text, out var at) || at > now) return LedgerRefusal.BadAsOf(parameter, text);
        var entryNo = Math.Max(await db.One<long>(LedgerSql.LastClosingBefore, new { At = at }, ct), await db.One<long>(LedgerSql.LastEntryAt, new { At = at, state.LastEntryNo }, ct));
        return await AtEntry(db, entryNo, at, await db.One<long>(LedgerSql.TreeAt, new { At = at }, ct), ct);
    }

    public static async Task<AsOf> AtEntry(Db db, long entryNo, DateTime at, long treeNo, CancellationToken ct)
    {
        var last = await db.Find<ClosingRow>(LedgerSql.LastClosingThrough, new { AsOfEntryNo = entryNo, Take = 1 }, ct);
        return new(last?.ClosingNo ?? 0, last?.ThroughEntryNo ?? 0, entryNo, at, treeNo);
    }

    // ISO 8601 with its zone and nothing else: 11/12/2026 is two days, and a day without a zone ends at two moments.
    private static bool TryInstant(string text, out DateTime at)
    {
        var read = DateTimeOffset.TryParseExact(text, ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant);
        at = instant.UtcDateTime;
        return read && (text.EndsWith('Z') || text[^6] is '+' or '-');
    }

    internal sealed record ClosingRow
    {
        public long ClosingNo { get; init; }
        public long ThroughEntryNo { get; init; }
        public DateTime ClosedAt { get; init; }
        public long TreeNo { get; init; }
    }
}
