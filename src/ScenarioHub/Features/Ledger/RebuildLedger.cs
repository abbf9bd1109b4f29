using System.Security.Cryptography;
using System.Text;
using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Ledger;

/// <summary>
/// Throws the balances away and makes them again from the entries, closing by closing, by another road than folding takes.
/// Must change nothing; refused with <c>ledger-rebuild-differs</c>, and then nothing is written, if it would.
/// </summary>
public sealed record RebuildLedger : ICommand<LedgerRebuilt>;

/// <param name="Rows">Balances and totals, of all closings.</param>
/// <param name="Sha256">Of their content in key order, lower-case hex.</param>
public sealed record LedgerRebuilt(long Rows, string Sha256);

internal sealed class RebuildLedgerHandler(Db db) : IRequestHandler<RebuildLedger, Result<LedgerRebuilt>>
{
    public async Task<Result<LedgerRebuilt>> Handle(RebuildLedger request, CancellationToken ct)
    {
        await db.Run(LedgerSql.LockHead, null, ct);
        var before = await Fingerprint(ct);
        await db.Run(LedgerSql.DeleteBalances, null, ct);
        await db.Run(LedgerSql.DeleteTotals, null, ct);
        await db.Run(LedgerSql.RebuildBalances, new { FoldLedgerHandler.Open }, ct);
        await db.Run(LedgerSql.RebuildTotals, new { FoldLedgerHandler.Open }, ct);
        var after = await Fingerprint(ct);
        if (before == after) return after;
        return new Refusal(RefusalKind.Conflict, "ledger-rebuild-differs", new(
            $"重建结果与现有余额不一致(现有 {before.Rows} 行 {before.Sha256},重建 {after.Rows} 行 {after.Sha256}),未写入任何内容。",
            $"The rebuilt balances differ from those that stand ({before.Rows} rows {before.Sha256} before, {after.Rows} rows {after.Sha256} rebuilt); nothing was written."));
    }

    private async Task<LedgerRebuilt> Fingerprint(CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long rows = 0;
        foreach (var statement in new[] { LedgerSql.DumpBalances, LedgerSql.DumpTotals })
            foreach (var row in await db.List<string>(statement, null, ct))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(row + "\n"));
                rows++;
            }
        return new(rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
