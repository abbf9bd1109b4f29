using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Filings;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

public class DecideFilingsTests(Hub hub)
{
    [Fact]
    public async Task Every_filing_of_a_bulk_decision_gets_its_own_answer()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        var draft = await filer.Files(scenario, "2026-01", 1m);
        var submitted = await filer.FilesAndSubmits(scenario, "2026-02", 1m);
        var approved = await filer.FilesAndSubmits(scenario, "2026-03", 1m);
        Assert.Equal((1, 0), Counts(await regulator.Approves(approved)));

        var decided = await regulator.Approves(approved, 12345, draft, submitted);
        Assert.Equal((1, 3), Counts(decided));
        Assert.Equal([approved, 12345, draft, submitted], decided["items"]!.AsArray().Select(i => i!["id"]!.GetValue<long>()));
        Assert.Equal(["filing-not-submitted", "filing-not-found", "filing-not-submitted", "approved"], decided["items"]!.AsArray().Select(i => i!.Text("outcome")));
        Assert.Equal(["approved", null, "draft", "approved"], decided["items"]!.AsArray().Select(i => i!["state"]?.GetValue<string>()));
        Assert.Equal("只能审核已提交的填报,该填报为:已核定。", decided.Item(approved).Text("message"));
        var english = await regulator.Sends(HttpMethod.Post, "/api/v1/filings/approve", new { ids = new[] { approved, draft } }, 200, language: "en-US");
        Assert.Equal(["Only a submitted filing can be decided; this one is approved.", "Only a submitted filing can be decided; this one is a draft."], english["items"]!.AsArray().Select(i => i!.Text("message")));
    }

    [Fact]
    public async Task A_version_that_was_not_looked_at_is_not_approved()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        var (a, b) = (await filer.FilesAndSubmits(scenario, "2026-01", 1m), await filer.FilesAndSubmits(scenario, "2026-02", 1m));
        await regulator.Returns("改", a);
        await filer.FilesAndSubmits(scenario, "2026-01", 2m);
        var decided = await regulator.Posts("/api/v1/filings/approve", new { expected = new[] { new { id = a, version = 1 }, new { id = b, version = 1 } } });
        Assert.Equal(("stale-version", 2, "submitted"), (decided.Outcome(a), decided.Item(a).Number("version"), decided.Item(a).Text("state")));
        Assert.Equal("approved", decided.Outcome(b));
        Assert.Equal("returned", (await regulator.Posts("/api/v1/filings/return", new { reason = "再改", expected = new[] { new { id = a, version = 2 } } })).Outcome(a));
    }

    [Fact]
    public async Task A_filter_decides_what_it_names_and_no_more()
    {
        var p = await hub.Programme();
        var (filerA, filerB, regulator) = (await p.FilerA(), await p.FilerB(), await p.Regulator());
        var (a, b) = (await p.ApprovedScenario(), await p.ApprovedScenario(p.SubsidiaryB));
        var a8 = await filerA.FilesAndSubmits(a, "2026-08", 1m);
        var a9 = await filerA.FilesAndSubmits(a, "2026-09", 1m);
        var b8 = await filerB.FilesAndSubmits(b, "2026-08", 1m);
        Assert.Equal([a8], Ids(await regulator.Posts("/api/v1/filings/approve", new { filter = new { period = "2026-08", organization = p.GroupA } })));
        Assert.Equal([b8], Ids(await regulator.Posts("/api/v1/filings/return", new { filter = new { period = "2026-08" }, reason = "改" })));
        Assert.Equal([a9], Ids(await regulator.Posts("/api/v1/filings/approve", new { filter = new { from = "2026-07", to = "2026-12", scenario = a, state = "submitted" } })));
        Assert.Equal("filing-not-submitted", (await regulator.Posts("/api/v1/filings/approve", new { filter = new { period = "2026-08", state = "approved" } })).Outcome(a8));
        Assert.Empty(Ids(await filerB.Posts("/api/v1/filings/submit", new { filter = new { period = "2026-08", organization = p.GroupA } })));

        static long[] Ids(JsonNode decided) => [.. decided["items"]!.AsArray().Select(i => i!["id"]!.GetValue<long>())];
    }

    [Fact]
    public async Task A_filter_that_selects_too_much_decides_nothing()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        for (var s = 1; s <= 10; s++)
        {
            var scenario = await p.ApprovedScenario();
            var rows = Enumerable.Range(0, 1001).Select(m => $"(@t, {scenario * 10_000 + m}, @scenario, @organization, '{2015 + m / 12}-{m % 12 + 1:00}', 'submitted', 1, '2026-11-16T08:00:00.000Z', '2026-11-16T08:00:00.000Z')");
            await p.Tamper("INSERT INTO filing (tenant_id, filing_id, scenario_id, organization_id, period, state, version, created_at, updated_at) VALUES " + string.Join(", ", rows), new { scenario, organization = p.SubsidiaryA });
        }
        await p.Tamper("INSERT INTO filing_version (tenant_id, filing_id, version, state, is_correction, saved_by, saved_at) SELECT f.tenant_id, f.filing_id, f.version, f.state, 0, 0, f.created_at FROM filing f WHERE f.tenant_id = @t", new { });
        Assert.Equal("too-many-filings", (await regulator.Posts("/api/v1/filings/approve", new { filter = new { from = "2015-01", to = "2099-12" } }, 422)).Code());
        Assert.Empty((await regulator.Gets("/api/v1/filings?state=approved"))["items"]!.AsArray());
        Assert.Equal(10, (await regulator.Posts("/api/v1/filings/approve", new { filter = new { period = "2015-01" } })).Number("done"));
    }

    [Fact]
    public async Task A_decision_says_of_what_and_a_return_says_why()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        const string approve = "/api/v1/filings/approve";
        Assert.Equal("selection-missing", (await regulator.Posts(approve, new { }, 400)).ErrorAt("/ids"));
        Assert.Equal("selection-missing", (await regulator.Posts(approve, new { ids = new[] { 1 }, filter = new { period = "2026-08" } }, 400)).ErrorAt("/ids"));
        Assert.Equal("selection-size", (await regulator.Posts(approve, new { ids = Array.Empty<long>() }, 400)).ErrorAt("/ids"));
        Assert.Equal("selection-size", (await regulator.Posts(approve, new { ids = Enumerable.Range(1, 10_001) }, 400)).ErrorAt("/ids"));
        Assert.Equal("duplicate-id", (await regulator.Posts(approve, new { ids = new[] { 7, 7 } }, 400)).ErrorAt("/ids"));
        Assert.Equal("duplicate-id", (await regulator.Posts(approve, new { expected = new[] { new { id = 7, version = 1 }, new { id = 7, version = 2 } } }, 400)).ErrorAt("/expected"));
        Assert.Equal("required", (await regulator.Posts(approve, """{"expected":[null]}""", 400)).ErrorAt("/expected/0"));
        Assert.Equal("required", (await regulator.Posts(approve, new { filter = new { } }, 400)).ErrorAt("/filter/period"));
        Assert.Equal("period-not-a-month", (await regulator.Posts(approve, new { filter = new { period = "2026-13" } }, 400)).ErrorAt("/filter/period"));
        Assert.Equal("range-backwards", (await regulator.Posts(approve, new { filter = new { from = "2026-08", to = "2026-07" } }, 400)).ErrorAt("/filter/from"));
        Assert.Equal("unknown-code", (await regulator.Posts(approve, new { filter = new { period = "2026-08", state = "filed" } }, 400)).ErrorAt("/filter/state"));
        Assert.Equal("unknown-field", (await regulator.Posts(approve, new { ids = new[] { 7 }, reason = "x" }, 400)).ErrorAt("/reason"));
        Assert.Equal("required", (await regulator.Posts("/api/v1/filings/return", new { ids = new[] { 7 } }, 400)).ErrorAt("/reason"));
        Assert.Equal("return-reason-missing", (await regulator.Posts("/api/v1/filings/return", new { ids = new[] { 7 }, reason = "  " }, 400)).ErrorAt("/reason"));
        Assert.Equal("maximum-length", (await regulator.Posts("/api/v1/filings/return", new { ids = new[] { 7 }, reason = new string('因', 501) }, 400)).ErrorAt("/reason"));
    }

    [Fact]
    public async Task Sixteen_overlapping_bulk_approvals_lose_nothing_and_double_nothing()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var regulator = await p.Regulator();
        var ids = new List<long>();
        for (var s = 0; s < 4; s++)
        {
            var scenario = await p.ApprovedScenario();
            var answer = await filer.Posts("/api/v1/filings/batch", new
            {
                items = Enumerable.Range(1, 10).Select(m => new { scenario, period = $"2026-{m:00}", figures = new[] { new { measure = "COST_SAVE", value = m } } })
            }, 207);
            ids.AddRange(answer["items"]!.AsArray().Select(i => i!["filing"]!["filingId"]!.GetValue<long>()));
        }
        Assert.Equal((40, 0), Counts(await filer.Submits([.. ids])));

        // Each client takes 25 of the 40, shifted, so that every filing is asked for by ten of them; some by filter, and one returns.
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => n % 4 == 3
            ? regulator.Posts("/api/v1/filings/approve", new { filter = new { from = "2026-01", to = "2026-10" } })
            : regulator.Approves([.. Enumerable.Range(0, 25).Select(i => ids[(n * 3 + i) % 40])])));
        var winners = answers.SelectMany(a => a["items"]!.AsArray()).Where(i => i!.Text("outcome") == "approved").Select(i => i!["id"]!.GetValue<long>()).ToArray();
        Assert.Equal(ids.Order(), winners.Order());
        Assert.All(answers.SelectMany(a => a["items"]!.AsArray()), i => Assert.Contains(i!.Text("outcome"), new[] { "approved", "filing-not-submitted" }));
        var approved = (await regulator.Gets("/api/v1/filings?state=approved&limit=500"))["items"]!.AsArray();
        Assert.Equal(40, approved.Count);
        Assert.All(approved, f => Assert.Equal((1, 1), (f!.Number("version"), f!.Number("approvedVersion"))));
    }

    [Fact]
    public async Task Approving_and_returning_at_once_end_in_one_of_the_two()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        var ids = new List<long>();
        for (var m = 1; m <= 8; m++) ids.Add(await filer.FilesAndSubmits(scenario, $"2026-{m:00}", m));
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => n % 2 == 0 ? regulator.Approves([.. ids]) : regulator.Returns("改", [.. ids])));
        Assert.Equal(8, answers.Sum(a => a.Number("done")));
        foreach (var m in Enumerable.Range(1, 8))
        {
            var history = await filer.Gets(Filed.Path(scenario, $"2026-{m:00}") + "/versions");
            Assert.Equal(history.Text("state"), Assert.Single(history["versions"]!.AsArray())!.Text("state"));
            Assert.Equal(history.Text("state") == "approved", history["approvedVersion"] is not null);
        }
    }

    [Fact]
    public async Task Each_decision_tells_the_books_once_what_changed_and_why()
    {
        await using var recording = new RecordingHub();
        var p = await recording.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var (one, two) = (await p.ApprovedScenario(), await p.ApprovedScenario());
        var a = await filer.FilesAndSubmits(one, "2026-08", 1m);
        await regulator.Approves(a);
        await filer.Files(one, "2026-08", 2m, "重算");
        var b = await filer.Files(two, "2026-08", 1m);
        await filer.Submits(a, b);
        await regulator.Approves(a, b);
        await regulator.Approves(a, b);
        var c = await filer.FilesAndSubmits(two, "2026-07", 1m);
        await regulator.Returns("改", c);
        Assert.Equal([$"submitted {a}", $"approved {a}", $"submitted {a},{b}", $"corrected {a}", $"approved {b}", $"submitted {c}", $"returned {c}"], recording.Heard);
    }

    private static (int, int) Counts(JsonNode decided) => (decided.Number("done"), decided.Number("refused"));

    private sealed class RecordingHub : Hub
    {
        public List<string> Heard { get; } = [];

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddScoped<INotificationHandler<FilingsChanged>>(_ => new Recorder(Heard)));
        }
    }

    private sealed class Recorder(List<string> heard) : INotificationHandler<FilingsChanged>
    {
        public Task Handle(FilingsChanged notification, CancellationToken cancellationToken)
        {
            heard.Add($"{notification.Cause} {string.Join(',', notification.FilingIds)}");
            return Task.CompletedTask;
        }
    }
}
