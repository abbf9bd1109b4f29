using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Ledger;

/// <summary>Counts what breaks a law of the ledger. All zeros is right.</summary>
public sealed record CheckLedger : IQuery<LedgerCheck>;

/// <param name="WrongBalances">Balances, of whichever closing, that are not the sum of the entries folded by then; missing ones and such as there should not be among them.</param>
/// <param name="WrongTotals">The same of the tenant's totals.</param>
/// <param name="MissingEntries">Numbers up to the last entry that no entry has.</param>
/// <param name="Disagreements">Entries that would have to be appended for the books to agree with register, filings and what collections ask for.</param>
public sealed record LedgerCheck(long Entries, long WrongBalances, long WrongTotals, long MissingEntries, long Disagreements)
{
    public bool Holds => WrongBalances == 0 && WrongTotals == 0 && MissingEntries == 0 && Disagreements == 0;
}

internal sealed class CheckLedgerHandler(Db db, Posting posting, ReferenceCatalog catalog) : IRequestHandler<CheckLedger, Result<LedgerCheck>>
{
    private const int Scenarios = 1000;

    public async Task<Result<LedgerCheck>> Handle(CheckLedger request, CancellationToken ct)
    {
        var head = await db.One<Posting.Head>(LedgerSql.ReadHead, null, ct);
        var entries = await db.One<long>(LedgerSql.CountEntries, null, ct);
        var recount = await new RecountLedger(db, catalog).Run(repair: false, ct);
        var disagreements = 0L;
        for (var after = 0L; ;)
        {
            var some = await db.List<long>(LedgerSql.ScenariosAfter, new { After = after, Take = Scenarios }, ct);
            if (some.Count > 0) disagreements += await posting.Disagreements([.. some], ct);
            if (some.Count < Scenarios) break;
            after = some[^1];
        }
        return new LedgerCheck(entries, recount.WrongBalances, recount.WrongTotals, head.LastEntryNo - entries, disagreements);
    }
}
