using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Tests.Features.Collections;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Ledger;

/// <summary>
/// Answers kept as bytes: given again while nothing they hold has changed, and not a moment longer. Whether one was kept shows in its instant: the clock moves between two readings.
/// </summary>
public class KeptRollupTests(Hub hub)
{
    private const string Query = "/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-08";

    [Fact]
    public async Task The_same_question_is_answered_from_memory_and_with_304_to_who_holds_the_answer()
    {
        using var own = new Hub();
        var p = await own.Programme();
        var regulator = await p.Regulator();
        await p.ApprovesFilings(await p.Files(await p.ApprovedScenario(), "2026-08", new { measure = "COST_SAVE", value = 5 }));
        var first = await Ask(regulator, Query);
        own.Clock.Step(TimeSpan.FromMinutes(1));
        var again = await Ask(regulator, Query);
        Assert.Equal((first.Tag, first.Text), (again.Tag, again.Text));
        Assert.StartsWith("W/\"", first.Tag, StringComparison.Ordinal);
        var known = await Ask(regulator, Query, known: first.Tag);
        Assert.Equal((HttpStatusCode.NotModified, first.Tag, ""), (known.Status, known.Tag, known.Text));
        Assert.Equal(HttpStatusCode.OK, (await Ask(regulator, Query, known: "W/\"another\"")).Status);

        // Who is not signed in, or may not read roll-ups, is told so and not that nothing has changed.
        using var nobody = own.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Query);
        request.Headers.TryAddWithoutValidation("If-None-Match", first.Tag);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Whatever_changes_an_answer_is_in_the_very_next_reading()
    {
        using var own = new Hub();
        var p = await own.Programme();
        var (admin, regulator, filer) = (await p.Admin(), await p.Regulator(), await p.SignedInAs("enterpriseAdmin", p.Root));
        var scenario = await p.ApprovedScenario(measures: ["COST_SAVE", "HOURS_SAVED"]);
        var second = await p.ApprovedScenario(p.SubsidiaryB, division: "36", measures: ["COST_SAVE"]);
        long filing = 0, collection = 0;
        await p.ApprovesFilings(await p.Files(second, "2026-08", new { measure = "COST_SAVE", value = 7 }));
        await p.Fold();
        var changes = new List<(string What, Func<Task> Do)>
        {
            ("a figure is submitted", async () => filing = await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 5 })),
            ("it is approved", () => p.ApprovesFilings(filing)),
            ("the books are closed", async () => await p.Fold()),
            ("a collection calls for figures", async () => { collection = await p.Calls(Called.Body(first: "2026-08")); }),
            ("an organization is added", async () => await admin.Adds("/api/v1/organizations", new { parentId = p.Root, kind = "group", name = "丙集团", creditCode = CreditCodes.Next(), region = "110000", industryDivision = "44" })),
            ("an organization is renamed", async () => await admin.Patches($"/api/v1/organizations/{p.GroupA}", new { name = "甲集团(新)" }, 1)),
            ("an organization is moved", async () => await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupA, effectiveOn = "2026-08-15" })),
            ("a scenario is retired", async () => await regulator.Posts($"/api/v1/scenarios/{second}/retire", new { retiredOn = "2026-11-10", reason = "停用", version = (await regulator.Gets($"/api/v1/scenarios/{second}"))["version"]!.GetValue<int>() })),
            ("balances were wrong", async () =>
            {
                await p.Fold();
                await Ask(regulator, Query);
                await p.Tamper("UPDATE ledger_total SET quantity = quantity + 700 WHERE tenant_id = @t AND measure = 'COST_SAVE' AND aspect = 'sector' AND figure_state = 'reported'", new { });
                await p.Tamper("UPDATE ledger_balance SET quantity = quantity + 700 WHERE tenant_id = @t AND measure = 'COST_SAVE' AND figure_state = 'reported'", new { });
                Assert.True((await p.Hub.Send(p.AdminUserId, new RebuildLedger())).Replaced > 0);
            }),
            ("the tenant is one for demonstration", () => p.Tamper("UPDATE tenant SET is_demo = 1 WHERE tenant_id = @t", new { })),
            ("the reader stands elsewhere", () => p.Tamper("UPDATE app_user SET organization_id = @o WHERE tenant_id = @t AND user_id = @u", new { o = p.GroupB, u = regulator.UserId }))
        };
        string[] questions = [Query, "/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-07&to=2026-09&book=filed", "/api/v1/rollups?measure=SCN_COUNT&by=stage&from=2026-11"];
        foreach (var (what, change) in changes)
        {
            var before = new List<Answered>();
            foreach (var question in questions) before.Add(await Ask(regulator, question));
            own.Clock.Step(TimeSpan.FromMinutes(1));
            await change();
            foreach (var (question, then) in questions.Zip(before))
            {
                var now = await Ask(regulator, question, known: then.Tag);
                Assert.True(now.Status == HttpStatusCode.OK && now.Tag != then.Tag && now.Text != then.Text, $"After {what}, {question} still answers {now.Status} {now.Tag}: {now.Text}");
                Assert.Equal(await WorkedOut(p, regulator, question), WithoutInstant(now.Text));
            }
        }
        Assert.NotEqual(0, collection);
        Assert.NotNull(filer);
    }

    [Fact]
    public async Task No_question_is_answered_with_anothers_answer_nor_one_reader_with_anothers()
    {
        var (p, other) = (await hub.Programme(), await hub.Programme());
        var a = await p.ApprovedScenario(stage: "pilot", stageSince: "2026-06-01", measures: ["COST_SAVE", "HOURS_SAVED"]);
        await p.ApprovesFilings(await p.Files(a, "2026-07", new { measure = "COST_SAVE", value = 3, grade = "measured" }), await p.Files(a, "2026-08", new { measure = "COST_SAVE", value = 5 }));
        var closing = (await p.Fold()).ClosingNo;
        await p.ApprovesFilings(await p.Files(await p.ApprovedScenario(p.SubsidiaryB, division: "36"), "2026-08", new { measure = "COST_SAVE", value = 11 }));
        var (regulator, filerA, stranger) = (await p.Regulator(), await p.FilerA(), await other.Regulator());
        var asked = new (Person Who, string Query, string? Language)[]
        {
            (regulator, Query, null), (regulator, Query, "en-US"), (filerA, Query, null), (stranger, Query, null), (regulator, Query + "&to=2026-09", null), (regulator, Query.Replace("2026-08", "2026-07", StringComparison.Ordinal), null),
            (regulator, Query.Replace("sector", "stage", StringComparison.Ordinal), null), (regulator, Query.Replace("COST_SAVE", "HOURS_SAVED", StringComparison.Ordinal), null), (regulator, Query + "&book=filed", null),
            (regulator, Query + "&sector=ICV", null), (regulator, Query + "&grade=measured", null), (regulator, Query + $"&organization={p.GroupA}", null), (regulator, Query + $"&organization={p.GroupB}", null), (regulator, Query + $"&asOf={closing}", null), (regulator, Query + "&tree=filed", null)
        };
        var answers = new List<Answered>();
        for (var round = 0; round < 2; round++)
            foreach (var (who, query, language) in asked) answers.Add(await Ask(who, query, language: language));
        Assert.Equal(asked.Length, answers.Select(x => x.Tag).Distinct().Count());
        // The regulator's question about a group reads as the group's own does.
        Assert.Equal(asked.Length - 1, answers.Select(x => x.Text).Distinct().Count());
        Assert.Equal(answers.Take(asked.Length), answers.Skip(asked.Length));
        foreach (var ((who, query, _), answer) in asked.Zip(answers).Where(x => x.First.Language is null && x.First.Who != stranger)) Assert.Equal(await WorkedOut(p, who, query), WithoutInstant(answer.Text));
    }

    [Fact]
    public async Task A_closings_answer_is_kept_while_figures_go_on_and_is_closed_to_who_lost_the_organization()
    {
        using var own = new Hub();
        var p = await own.Programme();
        var scenario = await p.ApprovedScenario(p.SubsidiaryB, division: "36");
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 5 }));
        var closed = Query + $"&organization={p.SubsidiaryB}&asOf={(await p.Fold()).ClosingNo}";
        var filerB = await p.FilerB();
        var then = await Ask(filerB, closed);
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", "复核", new { measure = "COST_SAVE", value = 6 }));
        await p.Fold();
        Assert.Equal(then, await Ask(filerB, closed));
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(filerB, closed, known: then.Tag)).Status);
        await (await p.Admin()).Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupA, effectiveOn = "2026-08-15" });
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(filerB, closed, known: then.Tag)).Status);
    }

    [Fact]
    public async Task What_one_node_posts_the_other_gives_in_its_next_answer()
    {
        var p = await hub.Programme();
        var scenario = await p.ApprovedScenario();
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 5 }));
        await p.Regulator();
        // A second server of its own on the same database.
        await using var node = hub.WithWebHostBuilder(_ => { });
        using var there = node.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await there.PostAsync(new Uri("/api/v1/session", UriKind.Relative), JsonBody($$"""{"userName":"{{p.Name}}.regulator","password":"{{Person.Password}}"}"""))).StatusCode);
        var elsewhere = new Person(there, 0);
        Assert.NotSame(hub.Services.GetRequiredService<KeptRollups>(), node.Services.GetRequiredService<KeptRollups>());
        var (here, first) = (await Ask(await p.Regulator(), Query), await Ask(elsewhere, Query));
        Assert.Equal(here.Tag, first.Tag);   // a client may be sent to either with what it holds
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(elsewhere, Query, known: here.Tag)).Status);
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", "复核", new { measure = "COST_SAVE", value = 6 }));
        var then = await Ask(elsewhere, Query, known: first.Tag);
        Assert.Equal((HttpStatusCode.OK, 6m), (then.Status, JsonNode.Parse(then.Text)!["total"]!["value"]!.GetValue<decimal>()));
        // And a handle made there is vouched for here.
        await Explained.AddsUp(await p.Regulator(), JsonNode.Parse(then.Text)!["total"]!);
    }

    [Fact]
    public void However_many_questions_are_asked_what_is_kept_stays_within_its_bounds()
    {
        using var kept = new KeptRollups(ReferenceCatalog.Load());
        for (var i = 0; i < 10_000; i++) kept.Keep(new(1, i, false, false, new GetRollup("COST_SAVE", "sector", "2026-08", null, null, null, null, null, null)), "tag", new byte[100]);
        Assert.InRange(kept.Count, 1, KeptRollups.MostBytes / KeptRollups.LeastBytes);
        for (var i = 0; i < 10; i++) kept.Keep(new(2, i, false, false, new GetRollup("COST_SAVE", "sector", "2026-08", null, null, null, null, null, null)), "tag", new byte[KeptRollups.MostBytes / 2]);
        Assert.InRange(kept.Count, 0, KeptRollups.MostBytes / KeptRollups.LeastBytes);
        kept.Keep(new(3, 0, false, false, new GetRollup("COST_SAVE", "sector", "2026-08", null, null, null, null, null, null)), "tag", new byte[KeptRollups.MostBytes + 1]);
        Assert.Null(kept.Find(new(3, 0, false, false, new GetRollup("COST_SAVE", "sector", "2026-08", null, null, null, null, null, null)), "tag"));
    }

    private sealed record Answered(HttpStatusCode Status, string? Tag, string Text);

    private static StringContent JsonBody(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    private static async Task<Answered> Ask(Person person, string path, string? known = null, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (known is not null) request.Headers.TryAddWithoutValidation("If-None-Match", known);
        if (language is not null) request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await person.Http.SendAsync(request);
        return new(response.StatusCode, response.Headers.ETag?.ToString(), await response.Content.ReadAsStringAsync());
    }

    /// <summary>The same question worked out past everything that is kept.</summary>
    private static async Task<string> WorkedOut(Programme p, Person who, string path)
    {
        var q = System.Web.HttpUtility.ParseQueryString(path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        var rollup = await p.Hub.Send(who.UserId, new GetRollup(q["measure"], q["by"], q["from"], q["to"], q["book"], q["sector"],
            q["organization"] is { } o ? long.Parse(o, System.Globalization.CultureInfo.InvariantCulture) : null, q["grade"], q["asOf"], q["tree"]));
        return WithoutInstant(System.Text.Json.JsonSerializer.Serialize(rollup, ScenarioHub.Platform.Http.Json.Options));
    }

    private static string WithoutInstant(string rollup)
    {
        var read = JsonNode.Parse(rollup)!;
        read["asOf"] = null;
        return read.ToJsonString();
    }
}
