using System.Security.Cryptography;
using System.Text;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Ledger;

/// <param name="Rows">Balances and totals there must be, of all closings.</param>
/// <param name="Sha256">Of their content, organization by organization and measure by measure, in key order; lower-case hex.</param>
/// <param name="WrongBalances">Rows that differ from what the entries give: another amount, one too many, one missing.</param>
internal sealed record Recount(long Rows, string Sha256, long WrongBalances, long WrongTotals);

/// <summary>
/// Makes balances and totals of all closings again from the entries, by another road than folding takes (a key over all closings instead of a closing over all keys),
/// and holds them against those that stand. Goes organization by organization and measure by measure, so its memory is that of the largest one.
/// </summary>
internal sealed class RecountLedger(Db db, ReferenceCatalog catalog)
{
    private const int Organizations = 1000;
    private static readonly string[] BalanceColumns = ["organization_id", "book", "measure", "period", "until_closing", "sector", "region", "key_action", "stage", "grade", "figure_state", "from_closing", "quantity", "denominator", "figures", "entries"];
    private static readonly string[] TotalColumns = ["book", "measure", "aspect", "period", "until_closing", "sector", "member", "grade", "figure_state", "from_closing", "quantity", "denominator", "figures", "entries"];

    private long[] _numbers = [], _through = [];
    private long _rows, _wrongBalances, _wrongTotals;

    /// <param name="repair">Replace what differs; else only count it.</param>
    public async Task<Recount> Run(bool repair, CancellationToken ct)
    {
        var closings = await db.List<ClosingRow>(LedgerSql.Closings, null, ct);
        (_numbers, _through) = ([.. closings.Select(c => c.ClosingNo)], [.. closings.Select(c => c.ThroughEntryNo)]);
        var through = _through.LastOrDefault();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var standing = 0L;
        for (var after = 0L; ;)
        {
            var some = await db.List<long>(LedgerSql.OrganizationsAfter, new { After = after, Take = Organizations }, ct);
            foreach (var organization in some) standing += await Balances(organization, through, repair, hash, ct);
            if (some.Count < Organizations) break;
            after = some[^1];
        }
        _wrongBalances += await db.One<long>(LedgerSql.CountBalances, null, ct) - standing;
        standing = 0;
        foreach (var book in Book.All.Order(StringComparer.Ordinal))
            foreach (var measure in catalog.Measures.Where(m => m.Filed || m.Kind == MeasureKind.Register).Select(m => m.Code).Order(StringComparer.Ordinal))
                standing += await Totals(book, measure, through, repair, hash, ct);
        _wrongTotals += await db.One<long>(LedgerSql.CountTotals, null, ct) - standing;
        return new(_rows, Convert.ToHexStringLower(hash.GetHashAndReset()), _wrongBalances, _wrongTotals);
    }

    private async Task<long> Balances(long organizationId, long through, bool repair, IncrementalHash hash, CancellationToken ct)
    {
        var args = new { OrganizationId = organizationId, Through = through };
        var lives = new Lives<BalanceKey>();
        await foreach (var entry in db.Stream<EntrySum>(LedgerSql.EntriesOfOrganization, args, ct)) lives.Add(entry.BalanceKey, ClosingOf(entry.EntryNo), Amounts.Of(entry));
        var standing = 0L;
        var wrong = 0L;
        await foreach (var row in db.Stream<BalanceRow>(LedgerSql.BalancesOfOrganization, args, ct))
        {
            standing++;
            if (!lives.Confirms(row.Key, row.Life)) wrong++;
        }
        wrong += lives.Unconfirmed;
        _wrongBalances += wrong;
        var rows = lives.Rows(KeyOrder.Balances);
        foreach (var (k, life) in rows) Hash(hash, $"{k}|{life}");
        if (!repair || wrong == 0) return standing;
        await db.Run(LedgerSql.DeleteBalancesOfOrganization, args, ct);
        await db.Append("ledger_balance", BalanceColumns, [.. rows.Select(r => new object?[]
        {
            r.Key.OrganizationId, r.Key.Book, r.Key.Measure, r.Key.Period, r.Life.Until, r.Key.Sector, r.Key.Region, r.Key.KeyAction, r.Key.Stage, r.Key.Grade, r.Key.FigureState,
            r.Life.From, r.Life.Amounts.Quantity, r.Life.Amounts.Denominator, r.Life.Amounts.Figures, r.Life.Amounts.Entries
        })], ct);
        return rows.Count;
    }

    private async Task<long> Totals(string book, string measure, long through, bool repair, IncrementalHash hash, CancellationToken ct)
    {
        var args = new { Book = book, Measure = measure, Through = through };
        var lives = new Lives<TotalKey>();
        await foreach (var entry in db.Stream<EntrySum>(LedgerSql.EntriesOfMeasure, args, ct))
        {
            var closing = ClosingOf(entry.EntryNo);
            foreach (var aspect in LedgerSums.Aspects) lives.Add(entry.BalanceKey.Total(aspect), closing, Amounts.Of(entry));
        }
        var standing = 0L;
        var wrong = 0L;
        await foreach (var row in db.Stream<TotalRow>(LedgerSql.TotalsOfMeasure, args, ct))
        {
            standing++;
            if (!lives.Confirms(row.Key, row.Life)) wrong++;
        }
        wrong += lives.Unconfirmed;
        _wrongTotals += wrong;
        var rows = lives.Rows(KeyOrder.Totals);
        foreach (var (k, life) in rows) Hash(hash, $"{k}|{life}");
        if (!repair || wrong == 0) return standing;
        await db.Run(LedgerSql.DeleteTotalsOfMeasure, args, ct);
        await db.Append("ledger_total", TotalColumns, [.. rows.Select(r => new object?[]
        {
            r.Key.Book, r.Key.Measure, r.Key.Aspect, r.Key.Period, r.Life.Until, r.Key.Sector, r.Key.Member, r.Key.Grade, r.Key.FigureState,
            r.Life.From, r.Life.Amounts.Quantity, r.Life.Amounts.Denominator, r.Life.Amounts.Figures, r.Life.Amounts.Entries
        })], ct);
        return rows.Count;
    }

    private long ClosingOf(long entryNo)
    {
        var at = Array.BinarySearch(_through, entryNo);
        if (at < 0) at = ~at;
        while (at > 0 && _through[at - 1] == entryNo) at--;   // those after it were made for the tree alone and folded nothing
        return _numbers[at];
    }

    private void Hash(IncrementalHash hash, string row)
    {
        _rows++;
        hash.AppendData(Encoding.UTF8.GetBytes(row + "\n"));
    }

    /// <summary>How long a key held which amounts. Entries come in the order of their numbers within a key.</summary>
    private sealed class Lives<TKey> where TKey : notnull
    {
        private readonly Dictionary<TKey, List<(long From, Amounts Amounts)>> _of = [];
        private long _confirmed;

        public void Add(TKey key, long closing, Amounts amounts)
        {
            if (!_of.TryGetValue(key, out var lives)) _of.Add(key, lives = new(1));
            if (lives.Count > 0 && lives[^1].From == closing) lives[^1] = (closing, lives[^1].Amounts + amounts);
            else lives.Add((closing, lives.Count == 0 ? amounts : lives[^1].Amounts + amounts));
        }

        public bool Confirms(TKey key, Life life)
        {
            if (!_of.TryGetValue(key, out var lives)) return false;
            var at = lives.FindIndex(l => l.From == life.From);
            if (at < 0) return false;
            _confirmed++;   // it is there; whether it is right is another matter, and it is wrong once
            return lives[at].Amounts == life.Amounts && Until(lives, at) == life.Until;
        }

        /// <summary>Rows there must be that none was found for.</summary>
        public long Unconfirmed => _of.Values.Sum(l => (long)l.Count) - _confirmed;

        public List<(TKey Key, Life Life)> Rows(IComparer<TKey> order) =>
            [.. _of.OrderBy(p => p.Key, order).SelectMany(p => p.Value.Select((l, i) => (p.Key, new Life(l.From, Until(p.Value, i), l.Amounts))))];

        private static long Until(List<(long From, Amounts Amounts)> lives, int at) => at + 1 < lives.Count ? lives[at + 1].From : FoldLedgerHandler.Open;
    }

    private readonly record struct Life(long From, long Until, Amounts Amounts);

    private sealed record BalanceRow
    {
        public long OrganizationId { get; init; }
        public required string Book { get; init; }
        public required string Measure { get; init; }
        public required string Period { get; init; }
        public required string Sector { get; init; }
        public required string Region { get; init; }
        public required string KeyAction { get; init; }
        public required string Stage { get; init; }
        public required string Grade { get; init; }
        public required string FigureState { get; init; }
        public long FromClosing { get; init; }
        public long UntilClosing { get; init; }
        public long Quantity { get; init; }
        public long Denominator { get; init; }
        public long Figures { get; init; }
        public long Entries { get; init; }

        public BalanceKey Key => new(OrganizationId, Book, Measure, Period, Sector, Region, KeyAction, Stage, Grade, FigureState);
        public Life Life => new(FromClosing, UntilClosing, new(Quantity, Denominator, Figures, Entries));
    }

    private sealed record TotalRow
    {
        public required string Book { get; init; }
        public required string Measure { get; init; }
        public required string Aspect { get; init; }
        public required string Period { get; init; }
        public required string Sector { get; init; }
        public required string Member { get; init; }
        public required string Grade { get; init; }
        public required string FigureState { get; init; }
        public long FromClosing { get; init; }
        public long UntilClosing { get; init; }
        public long Quantity { get; init; }
        public long Denominator { get; init; }
        public long Figures { get; init; }
        public long Entries { get; init; }

        public TotalKey Key => new(Book, Measure, Aspect, Period, Sector, Member, Grade, FigureState);
        public Life Life => new(FromClosing, UntilClosing, new(Quantity, Denominator, Figures, Entries));
    }

    private sealed record ClosingRow
    {
        public long ClosingNo { get; init; }
        public long ThroughEntryNo { get; init; }
    }
}
