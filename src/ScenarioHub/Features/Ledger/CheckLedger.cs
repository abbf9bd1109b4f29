using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Ledger;

/// <summary>Counts what breaks a law of the ledger. All zeros is right.</summary>
public sealed record CheckLedger : IQuery<LedgerCheck>;

/// <param name="WrongBalances">Keys whose current balance is not the sum of its folded entries.</param>
/// <param name="WrongTotals">Keys of the tenant's totals that are not the sum of its balances.</param>
/// <param name="MissingEntries">Numbers up to the last entry that no entry has.</param>
/// <param name="Disagreements">Entries that would have to be appended for the books to agree with register and filings.</param>
public sealed record LedgerCheck(long Entries, long WrongBalances, long WrongTotals, long MissingEntries, long Disagreements)
{
    public bool Holds => WrongBalances == 0 && WrongTotals == 0 && MissingEntries == 0 && Disagreements == 0;
}

internal sealed class CheckLedgerHandler(Db db, Posting posting) : IRequestHandler<CheckLedger, Result<LedgerCheck>>
{
    public async Task<Result<LedgerCheck>> Handle(CheckLedger request, CancellationToken ct)
    {
        var head = await db.One<Posting.Head>(LedgerSql.ReadHead, null, ct);
        var args = new { FoldLedgerHandler.Open, Through = head.ThroughEntryNo };
        var entries = await db.One<long>(LedgerSql.CountEntries, null, ct);
        var disagreements = 0L;
        foreach (var some in (await db.List<long>(LedgerSql.AllScenarios, null, ct)).Chunk(1000)) disagreements += await posting.Disagreements(some, [], ct);
        foreach (var some in (await db.List<long>(LedgerSql.AllFilings, null, ct)).Chunk(1000)) disagreements += await posting.Disagreements([], some, ct);
        return new LedgerCheck(entries, await db.One<long>(LedgerSql.CountWrongBalances, args, ct), await db.One<long>(LedgerSql.CountWrongTotals, args, ct),
            head.LastEntryNo - entries, disagreements);
    }
}
