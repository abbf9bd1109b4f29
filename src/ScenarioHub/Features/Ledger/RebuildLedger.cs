using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Ledger;

/// <summary>
/// Makes the balances again from the entries, by another road than folding takes, and puts those in the place of what differs from them.
/// On a sound ledger it changes nothing; what it changed it says.
/// </summary>
public sealed record RebuildLedger : ICommand<LedgerRebuilt>;

/// <param name="Rows">Balances and totals, of all closings.</param>
/// <param name="Sha256">Of their content in key order, lower-case hex.</param>
/// <param name="Replaced">Rows that were wrong, missing or too many; 0 on a sound ledger.</param>
public sealed record LedgerRebuilt(long Rows, string Sha256, long Replaced);

internal sealed class RebuildLedgerHandler(Db db, ReferenceCatalog catalog) : IRequestHandler<RebuildLedger, Result<LedgerRebuilt>>
{
    public async Task<Result<LedgerRebuilt>> Handle(RebuildLedger request, CancellationToken ct)
    {
        await db.Run(LedgerSql.LockHead, null, ct);
        var recount = await new RecountLedger(db, catalog).Run(repair: true, ct);
        var replaced = recount.WrongBalances + recount.WrongTotals;
        if (replaced > 0) await db.Run(LedgerSql.CountRepair, null, ct);   // or answers and handles worked out from what was wrong would go on
        // It changes no figure; that somebody had to, and how many rows were wrong, is for the audit.
        db.Record(new Occurrence("rebuildLedger", "ledger", 0, Change.All) { Fields = [Change.Field("replaced", null, replaced)] });
        return new LedgerRebuilt(recount.Rows, recount.Sha256, replaced);
    }
}
