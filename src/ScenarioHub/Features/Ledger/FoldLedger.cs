using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Ledger;

/// <summary>
/// Closes the books so far: folds the entries since the last closing into balances, under the next closing number. Changes no figure.
/// Takes in at most <see cref="FoldLedgerHandler.MostEntries"/>, so that neither its memory nor its lock grows with what has piled up; whoever wants all closed uses <see cref="ClosingBooks.CloseBooks"/>.
/// </summary>
/// <param name="WithTree">Also makes a closing when there is nothing to fold but organizations were moved, merged or renamed since the last, or there is none yet: for what is pinned to a closing and must know the tree of now.</param>
/// <param name="AtMost">So many entries and no more.</param>
public sealed record FoldLedger(bool WithTree = false, int AtMost = FoldLedgerHandler.MostEntries) : ICommand<LedgerClosing>;

/// <param name="ClosingNo">The last closing now; 0 before the first.</param>
/// <param name="ThroughEntryNo">All entries up to this one are in it.</param>
/// <param name="Folded">How many entries this fold took in; 0 when there was nothing to do, and then a closing was made only for the tree.</param>
/// <param name="LastEntryNo">The last entry there was; beyond <paramref name="ThroughEntryNo"/> when more has piled up than one fold takes.</param>
public sealed record LedgerClosing(long ClosingNo, long ThroughEntryNo, long Folded, long LastEntryNo);

internal static class ClosingBooks
{
    /// <summary>Closes the books until all that stood when it began is in the closing it gives: for what is pinned to one. Each fold is a transaction of its own; it must not be called within one.</summary>
    /// <param name="goesOn">After each fold that did not reach the end: the place to renew a lease.</param>
    public static async Task<LedgerClosing> CloseBooks(this IMediator mediator, FoldLedger fold, Func<Task>? goesOn, CancellationToken ct)
    {
        var closing = (await mediator.Send(fold, ct)).Value;
        for (var stood = closing.LastEntryNo; closing.ThroughEntryNo < stood; closing = (await mediator.Send(fold, ct)).Value)
            if (goesOn is not null) await goesOn();
        return closing;
    }
}

internal sealed class FoldLedgerHandler(Db db, TimeProvider clock) : IRequestHandler<FoldLedger, Result<LedgerClosing>>
{
    /// <summary>until_closing of a balance that is current.</summary>
    public const long Open = long.MaxValue;
    public const int MostEntries = 100_000;

    public async Task<Result<LedgerClosing>> Handle(FoldLedger request, CancellationToken ct)
    {
        await db.Run(LedgerSql.LockHead, null, ct);
        var head = await db.One<Posting.Head>(LedgerSql.ReadHead, null, ct);
        var treeNo = await db.One<long>(LedgerSql.TreeNow, null, ct);
        if (head.LastEntryNo == head.ThroughEntryNo
            && !(request.WithTree && (await db.Find<Moments.ClosingRow>(LedgerSql.FindClosing, new { ClosingNo = head.LastClosingNo }, ct))?.TreeNo != treeNo))
            return new LedgerClosing(head.LastClosingNo, head.ThroughEntryNo, 0, head.LastEntryNo);
        var now = clock.GetUtcNow().UtcDateTime;
        var args = new
        {
            ClosingNo = head.LastClosingNo + 1,
            After = head.ThroughEntryNo,
            Through = Math.Min(head.LastEntryNo, head.ThroughEntryNo + request.AtMost),
            Open,
            Now = now < head.LastPostedAt ? head.LastPostedAt : now,   // a clock set back must not close before what it closes was posted
            TreeNo = treeNo
        };
        var change = new LedgerSums();
        await foreach (var entry in db.Stream<EntrySum>(LedgerSql.NewEntries, args, ct)) change.Add(entry);
        await db.Append("ledger_balance_change", LedgerSums.BalanceColumns, change.Balances(), ct);
        await db.Append("ledger_total_change", LedgerSums.TotalColumns, change.Totals(), ct);
        await db.Run(LedgerSql.InsertClosing, args, ct);
        await db.Run(LedgerSql.CloseBalances, args, ct);
        await db.Run(LedgerSql.OpenBalances, args, ct);
        await db.Run(LedgerSql.CloseTotals, args, ct);
        await db.Run(LedgerSql.OpenTotals, args, ct);
        await db.Run(LedgerSql.ForgetBalanceChanges, null, ct);
        await db.Run(LedgerSql.ForgetTotalChanges, null, ct);
        await db.Run(LedgerSql.CloseHead, args, ct);
        return new LedgerClosing(args.ClosingNo, args.Through, args.Through - args.After, head.LastEntryNo);
    }
}
