using MediatR;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Ledger;

public class LedgerJobTests(Hub hub)
{
    [Fact]
    public async Task The_clock_closes_the_books_of_every_tenant_that_has_new_entries()
    {
        var (a, b) = (await hub.Programme(), await hub.Programme());
        await a.ApprovedScenario();
        await hub.Services.GetRequiredService<LedgerJobs>().FoldAll(default);
        Assert.Equal(0, (await a.Fold()).Folded);
        Assert.Equal(0, (await b.Fold()).ClosingNo);
    }

    [Fact]
    public async Task Books_closed_to_be_pinned_hold_all_that_stood_when_it_began_however_many_folds_that_takes()
    {
        var p = await hub.Programme();
        for (var i = 0; i < 3; i++) await p.ApprovedScenario();
        var pauses = 0;
        var closing = await hub.Inside(p.AdminUserId, async services => await services.GetRequiredService<IMediator>().CloseBooks(new FoldLedger(AtMost: 5), async () =>
        {
            // Posted while it went on: in no fold that was needed, so another may close it.
            if (++pauses == 1) await p.ApprovedScenario();
        }, default));
        Assert.Equal((12, 15, 2, 3), (closing.LastEntryNo - 4, closing.ThroughEntryNo, pauses, closing.ClosingNo));
        Assert.True((await hub.Send(p.AdminUserId, new CheckLedger())).Holds);
    }

    [Fact]
    public async Task The_operators_verbs_hold_every_ledger_to_its_laws()
    {
        var p = await hub.Programme();
        await p.ApprovedScenario();
        await p.Fold();
        using var output = new StringWriter();
        Assert.Equal(0, await Verbs.Rebuild(hub.Services, output, default));
        Assert.Contains($"tenant {p.TenantId}: unchanged", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Balances_that_were_tampered_with_are_found_row_by_row_and_made_again_from_the_entries()
    {
        using var own = new Hub();   // one of its ledgers is spoilt
        var p = await own.Programme();
        await p.ApprovedScenario();
        await p.Fold();
        var sound = (await own.Send(p.AdminUserId, new RebuildLedger())).Sha256;
        await p.Tamper("UPDATE ledger_balance SET quantity = quantity + 1 WHERE tenant_id = @t AND measure = @measure AND book = 'filed'", new { measure = "SCN_COUNT" });
        await p.Tamper("DELETE FROM ledger_total WHERE tenant_id = @t AND measure = @measure AND book = 'approved' AND aspect = 'region'", new { measure = "SCN_COUNT" });
        await p.Tamper("UPDATE ledger_total SET until_closing = 7 WHERE tenant_id = @t AND measure = @measure AND book = 'approved' AND aspect = 'stage'", new { measure = "INVEST_PLAN" });
        var check = await own.Send(p.AdminUserId, new CheckLedger());
        Assert.False(check.Holds);
        Assert.Equal((1, 2), (check.WrongBalances, check.WrongTotals));
        using var output = new StringWriter();
        Assert.Equal(1, await Verbs.Verify(own.Services, output, default));
        Assert.Equal(1, await Verbs.Rebuild(own.Services, output, default));
        Assert.Contains("BROKEN", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("3 wrong rows REPLACED", output.ToString(), StringComparison.Ordinal);
        Assert.True((await own.Send(p.AdminUserId, new CheckLedger())).Holds);
        Assert.Equal((sound, 0), ((await own.Send(p.AdminUserId, new RebuildLedger())).Sha256, (await own.Send(p.AdminUserId, new RebuildLedger())).Replaced));
    }

    [Fact]
    public async Task A_missed_posting_is_found()
    {
        using var own = new Hub();
        var p = await own.Programme();
        var scenario = await p.ApprovedScenario();
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 5 }));
        await p.Tamper("UPDATE filing_figure SET quantity = 600 WHERE tenant_id = @t AND measure = @measure", new { measure = "COST_SAVE" });
        Assert.True((await own.Send(p.AdminUserId, new CheckLedger())).Disagreements > 0);
    }
}
