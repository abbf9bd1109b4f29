using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Platform;

public class TransactionTests(Hub hub)
{
    private sealed record Command : ICommand<long>;

    [Fact]
    public async Task A_command_that_lost_a_race_runs_again_and_finds_nothing_of_its_first_run()
    {
        var p = await hub.Programme();
        var runs = 0;
        var outcome = await hub.Inside(p.AdminUserId, async services =>
        {
            var db = services.GetRequiredService<Db>();
            return await new Transaction<Command, Result<long>>(db).Handle(new(), default, async () =>
            {
                runs++;
                var before = (await db.One<Posting.Head>(LedgerSql.ReadHead, null, default)).LastEntryNo;
                await db.Run(LedgerSql.AdvanceHead, new { LastEntryNo = before + 7, PostedAt = hub.Clock.GetUtcNow().UtcDateTime }, default);
                if (runs == 1) await Clash(db, p);
                await db.Run(LedgerSql.AdvanceHead, new { LastEntryNo = before, PostedAt = hub.Clock.GetUtcNow().UtcDateTime }, default);
                return before;
            });
        });
        Assert.Equal((2, 0), (runs, outcome.Value));
    }

    [Fact]
    public async Task What_is_run_again_is_still_kept_under_its_idempotency_key()
    {
        var p = await hub.Programme();
        var runs = 0;
        foreach (var replayed in new[] { false, true })
            await hub.Inside(p.AdminUserId, async services =>
            {
                var (db, key) = (services.GetRequiredService<Db>(), new IdempotencyKey { Value = "race" });
                var idempotency = new Idempotency<Command, Result<long>>(key, db, services.GetRequiredService<Caller>(), hub.Clock);
                var outcome = await new Transaction<Command, Result<long>>(db).Handle(new(), default, () => idempotency.Handle(new(), default, async () =>
                {
                    if (++runs == 1) await Clash(db, p);
                    return runs;
                }));
                Assert.Equal((2, replayed), (outcome.Value, key.Replayed));
                return outcome;
            });
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task What_fails_every_time_is_thrown_and_leaves_a_connection_that_works()
    {
        var p = await hub.Programme();
        var runs = 0;
        await hub.Inside(p.AdminUserId, async services =>
        {
            var db = services.GetRequiredService<Db>();
            await Assert.ThrowsAnyAsync<DbException>(() => new Transaction<Command, Result<long>>(db).Handle(new(), default, async () => { runs++; await Clash(db, p); return 0; }));
            Assert.False(db.InTransaction);
            return await db.One<Posting.Head>(LedgerSql.ReadHead, null, default);
        });
        Assert.Equal(Transaction<Command, Result<long>>.Runs, runs);
    }

    [Fact]
    public async Task Of_two_commands_that_wait_for_each_other_both_end_well()
    {
        if (!Hub.OnSqlServer) Assert.Skip("SQLite has one writer: nobody can wait for another one.");
        var p = await hub.Programme();
        long[] rows = [p.AdminUserId, (await p.Regulator()).UserId];
        var runs = 0;
        using var both = new Barrier(2);
        async Task<long> Writes(long first, long second) => (await hub.Inside(p.AdminUserId, services =>
        {
            var db = services.GetRequiredService<Db>();
            var run = 0;
            return new Transaction<Command, Result<long>>(db).Handle(new(), default, async () =>
            {
                Interlocked.Increment(ref runs);
                await db.Run(AccessSql.EndSessions, new { UserId = first, SessionStamp = "a" }, default);
                if (run++ == 0) Assert.True(both.SignalAndWait(10_000));
                await db.Run(AccessSql.EndSessions, new { UserId = second, SessionStamp = "b" }, default);
                return first;
            });
        })).Value;
        var ended = await Task.WhenAll(Task.Run(() => Writes(rows[0], rows[1])), Task.Run(() => Writes(rows[1], rows[0])));
        Assert.Equal(rows, ended);
        Assert.Equal(3, runs);
    }

    // A tenant has one ledger head.
    private async Task Clash(Db db, Programme p) => await db.Run(LedgerSql.InsertHead, new { NewTenantId = p.TenantId, HandleKey = Cell.NewKey(), Now = hub.Clock.GetUtcNow().UtcDateTime }, default);
}
