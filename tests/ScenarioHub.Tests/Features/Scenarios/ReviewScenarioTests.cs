using System.Text.Json.Nodes;
using Dapper;
using MediatR;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Scenarios;
using ScenarioHub.Platform.Data;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Scenarios;

public class ReviewScenarioTests(Hub hub)
{
    private const string Path = "/api/v1/scenarios";

    [Fact]
    public async Task A_scenario_goes_from_draft_to_approved_and_only_then_stands()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var id = await filer.Adds(Path, p.Scenario(capex: 1234.56m, measures: ["COST_SAVE"]));
        Assert.Empty(await Rows(p, $"SELECT * FROM scenario_standing WHERE scenario_id = {id}"));
        Assert.Equal("scenario-not-submitted", (await regulator.Posts($"{Path}/{id}/approve", new { version = 1 }, 409)).Code());
        Assert.Equal("submitted", (await filer.Posts($"{Path}/{id}/submit", new { version = 1 }))["state"]!.GetValue<string>());
        Assert.Equal("permission-missing", (await filer.Posts($"{Path}/{id}/approve", new { version = 2 }, 403)).Code());
        var approved = await regulator.Posts($"{Path}/{id}/approve", new { version = 2 });
        Assert.Equal(("approved", 3, 3), (approved["state"]!.GetValue<string>(), approved["version"]!.GetValue<int>(), approved["approvedVersion"]!.GetValue<int>()));

        var standing = Assert.Single(await Rows(p, $"SELECT * FROM scenario_standing WHERE scenario_id = {id}"));
        Assert.Equal(("ENERGY_POWER", "scaled", "2024-11-01", 123456L, "2024-11"), ((string)standing["sector"], (string)standing["stage"], (string)standing["stage_since"], Whole(standing["capex_total_fen"]), (string)standing["first_period"]));
        Assert.Equal("scaled", Assert.Single(await Rows(p, $"SELECT * FROM scenario_stage WHERE scenario_id = {id}"))["stage"]);
        Assert.Equal("COST_SAVE", Assert.Single(await Rows(p, $"SELECT * FROM scenario_measure WHERE scenario_id = {id}"))["measure"]);
    }

    [Fact]
    public async Task A_second_approval_is_refused_and_names_the_present_state()
    {
        var p = await hub.Programme();
        var id = await p.ApprovedScenario();
        var (zh, en) = (await (await p.Regulator()).Posts($"{Path}/{id}/approve", new { version = 2 }, 409), await (await p.Regulator()).Sends(HttpMethod.Post, $"{Path}/{id}/approve", new { version = 2 }, 409, language: "en-US"));
        Assert.Equal("scenario-not-submitted", zh.Code());
        Assert.Contains("审核通过", zh["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("is approved", en["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_sixteen_approvals_at_once_exactly_one_wins()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var id = await filer.Adds(Path, p.Scenario());
        await filer.Posts($"{Path}/{id}/submit", new { version = 1 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => regulator.Http.PostAsync($"{Path}/{id}/approve", System.Net.Http.Json.JsonContent.Create(new { version = 2 }))));
        Assert.Single(answers, a => (int)a.StatusCode == 200);
        foreach (var lost in answers.Where(a => (int)a.StatusCode != 200)) Assert.Equal("scenario-not-submitted", (await Answer.Of(lost, 409)).Code());
        Assert.Single((await regulator.Gets($"{Path}/{id}/history"))["items"]!.AsArray(), v => v!["event"]!.GetValue<string>() == "approved");
    }

    [Fact]
    public async Task A_step_needs_the_version_it_is_about_in_the_body_or_as_If_Match()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var id = await filer.Adds(Path, p.Scenario());
        Assert.Equal("if-match-missing", (await filer.Posts($"{Path}/{id}/submit", null, 428)).Code());
        var stale = await filer.Posts($"{Path}/{id}/submit", new { version = 7 }, 412);
        Assert.Equal(("stale-version", 1), (stale.Code(), stale["currentVersion"]!.GetValue<int>()));
        await filer.Sends(HttpMethod.Post, $"{Path}/{id}/submit", null, 200, ifMatch: 1);
    }

    [Fact]
    public async Task A_return_needs_a_reason_that_stays_until_the_next_submission()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var id = await filer.Adds(Path, p.Scenario());
        await filer.Posts($"{Path}/{id}/submit", new { version = 1 });
        Assert.Equal("required", (await regulator.Posts($"{Path}/{id}/return", new { version = 2, reason = " " }, 400)).ErrorAt("/reason"));
        Assert.Equal("too-long", (await regulator.Posts($"{Path}/{id}/return", new { version = 2, reason = new string('改', 501) }, 400)).ErrorAt("/reason"));
        var returned = await regulator.Posts($"{Path}/{id}/return", new { version = 2, reason = "投入口径不清🤖" });
        Assert.Equal(("returned", "投入口径不清🤖"), (returned["state"]!.GetValue<string>(), returned["returnReason"]!.GetValue<string>()));
        var revised = await filer.Patches($"{Path}/{id}", new { summary = "改过" }, 3);
        Assert.Equal(("draft", "投入口径不清🤖"), (revised["state"]!.GetValue<string>(), revised["returnReason"]!.GetValue<string>()));
        Assert.Null((await filer.Posts($"{Path}/{id}/submit", new { version = 4 }))["returnReason"]);
    }

    [Fact]
    public async Task What_is_under_review_is_not_changed_until_it_is_withdrawn()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var id = await filer.Adds(Path, p.Scenario());
        await filer.Posts($"{Path}/{id}/submit", new { version = 1 });
        Assert.Equal("scenario-under-review", (await filer.Patches($"{Path}/{id}", new { summary = "改" }, 2, 409)).Code());
        Assert.Equal("withdrawn", (await filer.Posts($"{Path}/{id}/withdraw", new { version = 2 }))["state"]!.GetValue<string>());
        Assert.Equal("scenario-not-submitted", (await filer.Posts($"{Path}/{id}/withdraw", new { version = 3 }, 409)).Code());
        Assert.Equal("draft", (await filer.Patches($"{Path}/{id}", new { summary = "改" }, 3))["state"]!.GetValue<string>());
        await filer.Posts($"{Path}/{id}/submit", new { version = 4 });
    }

    [Fact]
    public async Task What_was_approved_stands_while_a_new_draft_is_written()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var id = await p.ApprovedScenario(capex: 100m, measures: ["COST_SAVE", "HOURS_SAVED"]);
        var draft = await filer.Patches($"{Path}/{id}", new { capexTotalCny = 250.5m, stage = "replicated", stageSince = "2026-01-15", measures = new[] { new { measure = "YIELD", baselineNumerator = 90, baselineDenominator = 100, baselinePeriod = "2023", target = 99.5, targetOn = "2027-12-31" } } }, 3);
        Assert.Equal(("draft", 4, 3), (draft["state"]!.GetValue<string>(), draft["version"]!.GetValue<int>(), draft["approvedVersion"]!.GetValue<int>()));
        Assert.Equal((10000L, "scaled"), await Stands(p, id));
        Assert.Equal(2, (await Rows(p, $"SELECT * FROM scenario_measure WHERE scenario_id = {id}")).Count);

        await p.Approves(id);
        Assert.Equal((25050L, "replicated"), await Stands(p, id));
        var stages = await Rows(p, $"SELECT since, stage FROM scenario_stage WHERE scenario_id = {id} ORDER BY since");
        Assert.Equal([("2024-11-01", "scaled"), ("2026-01-15", "replicated")], stages.Select(s => ((string)s["since"], (string)s["stage"])));
        var measure = Assert.Single(await Rows(p, $"SELECT * FROM scenario_measure WHERE scenario_id = {id}"));
        Assert.Equal((90_000_000L, 100_000_000L, "2023", 99_500_000L), (Whole(measure["baseline_quantity"]), Whole(measure["baseline_denominator"]), (string)measure["baseline_period"], Whole(measure["target_quantity"])));
        Assert.Null(measure["target_denominator"]);
    }

    [Fact]
    public async Task A_stage_approved_does_not_go_back_nor_begin_before_the_one_before()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var id = await p.ApprovedScenario(stage: "pilot", stageSince: "2025-03-01");
        Assert.Equal("stage-backwards", (await filer.Patches($"{Path}/{id}", new { stage = "building" }, 3, 400)).ErrorAt("/stage"));
        Assert.Equal("stage-since-out-of-range", (await filer.Patches($"{Path}/{id}", new { stage = "scaled", stageSince = "2025-02-28" }, 3, 400)).ErrorAt("/stageSince"));
        Assert.Equal("replicated", (await filer.Patches($"{Path}/{id}", new { stage = "replicated", stageSince = "2025-03-02" }, 3))["stage"]!.GetValue<string>());
        // A slip of the pen in a draft is put right; only what was approved binds.
        Assert.Equal("scaled", (await filer.Patches($"{Path}/{id}", new { stage = "scaled" }, 4))["stage"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_approved_scenario_keeps_its_organization_and_code()
    {
        var p = await hub.Programme();
        var filer = await p.FilerOfAll();
        var id = await p.ApprovedScenario();
        Assert.Equal("scenario-organization-fixed", (await filer.Patches($"{Path}/{id}", new { organization = p.SubsidiaryB }, 3, 409)).Code());
        Assert.Equal("scenario-code-fixed", (await filer.Patches($"{Path}/{id}", new { code = "X-1" }, 3, 409)).Code());
        var draft = await filer.Adds(Path, p.Scenario());
        Assert.Equal(p.SubsidiaryB, (await filer.Patches($"{Path}/{draft}", new { organization = p.SubsidiaryB, code = "X-2" }, 1))["organization"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_scenario_is_retired_with_day_and_reason_and_stays()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var id = await p.ApprovedScenario();
        var draft = await filer.Adds(Path, p.Scenario());
        Assert.Equal("scenario-not-approved", (await regulator.Posts($"{Path}/{draft}/retire", new { retiredOn = "2026-11-01", reason = "停", version = 1 }, 409)).Code());
        var wrong = await regulator.Posts($"{Path}/{id}/retire", new { version = 3 }, 400);
        Assert.Equal(("required", "required"), (wrong.ErrorAt("/retiredOn"), wrong.ErrorAt("/reason")));
        Assert.Equal("date-out-of-range", (await regulator.Posts($"{Path}/{id}/retire", new { retiredOn = "2024-10-31", reason = "停", version = 3 }, 400)).ErrorAt("/retiredOn"));
        Assert.Equal("date-out-of-range", (await regulator.Posts($"{Path}/{id}/retire", new { retiredOn = "2026-11-17", reason = "停", version = 3 }, 400)).ErrorAt("/retiredOn"));
        var retired = await regulator.Posts($"{Path}/{id}/retire", new { retiredOn = "2026-10-20", reason = "系统下线", version = 3 });
        Assert.Equal(("retired", "retired", "2026-10-20"), (retired["state"]!.GetValue<string>(), retired["stage"]!.GetValue<string>(), retired["stageSince"]!.GetValue<string>()));
        Assert.Equal("2026-10", Assert.Single(await Rows(p, $"SELECT * FROM scenario_standing WHERE scenario_id = {id}"))["retired_period"]);
        Assert.Equal("scenario-retired", (await filer.Patches($"{Path}/{id}", new { summary = "改" }, 4, 409)).Code());
        Assert.Equal("scenario-not-draft", (await filer.Posts($"{Path}/{id}/submit", new { version = 4 }, 409)).Code());
        var last = (await regulator.Gets($"{Path}/{id}/history"))["items"]![0]!;
        Assert.Equal(("retired", "系统下线"), (last["event"]!.GetValue<string>(), last["reason"]!.GetValue<string>()));
        Assert.Equal(["stage", "stageSince"], last["changes"]!.AsArray().Select(c => c!["field"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_scenario_that_is_not_live_owes_nothing_yet()
    {
        var p = await hub.Programme();
        var id = await p.ApprovedScenario(stage: "building", stageSince: "2026-01-01");
        Assert.Null(Assert.Single(await Rows(p, $"SELECT * FROM scenario_standing WHERE scenario_id = {id}"))["first_period"]);
    }

    [Fact]
    public async Task Every_step_is_told_inside_its_transaction_and_a_refused_one_is_not()
    {
        var heard = new Heard();
        await using var own = new Hub();
        await using var listening = own.WithWebHostBuilder(b => b.ConfigureTestServices(s => s.AddSingleton(heard).AddScoped<INotificationHandler<ScenarioChanged>, Ear>()));
        // The listening server shares the folder and so the database of the first.
        var p = await own.Programme();
        var filer = await SignIn(listening, $"{p.Name}.{await User(p, "filer", p.GroupA)}");
        var regulator = await SignIn(listening, $"{p.Name}.{await User(p, "regulator", p.Root)}");
        var id = await filer.Adds(Path, p.Scenario());
        await filer.Posts($"{Path}/{id}/submit", new { version = 1 });
        await filer.Posts($"{Path}/{id}/withdraw", new { version = 2 });
        await filer.Posts($"{Path}/{id}/submit", new { version = 3 });
        await regulator.Posts($"{Path}/{id}/return", new { version = 4, reason = "补充" });
        await filer.Posts($"{Path}/{id}/submit", new { version = 5 });
        await regulator.Posts($"{Path}/{id}/approve", new { version = 6 });
        await regulator.Posts($"{Path}/{id}/approve", new { version = 6 }, 409);
        await filer.Patches($"{Path}/{id}", new { region = "310000", industryDivision = "36" }, 7);
        await filer.Posts($"{Path}/{id}/submit", new { version = 8 });
        await regulator.Posts($"{Path}/{id}/approve", new { version = 9 });
        await regulator.Posts($"{Path}/{id}/retire", new { retiredOn = "2026-11-01", reason = "停", version = 10 });
        Assert.Equal(["submitted", "withdrawn", "submitted", "returned", "submitted", "approved", "submitted", "reclassified", "retired"], heard.Events.Select(e => e.Cause));
        Assert.All(heard.Events, e => Assert.Equal(id, Assert.Single(e.Ids)));
        Assert.All(heard.Events, e => Assert.True(e.InTransaction));
    }

    private static async Task<string> User(Programme p, string role, long organizationId)
    {
        await (await p.Admin()).Adds("/api/v1/users", new { userName = $"{p.Name}.ear-{role}", displayName = role, password = Person.Password, organizationId, roles = new[] { role } });
        return $"ear-{role}";
    }

    private static async Task<Person> SignIn(Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory<Program> server, string userName)
    {
        var http = server.CreateClient(new() { AllowAutoRedirect = false });
        var session = await Answer.Of(await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(http, "/api/v1/session", new { userName, password = Person.Password }), 200);
        http.DefaultRequestHeaders.Add("X-Antiforgery-Token", session["antiforgeryToken"]!.GetValue<string>());
        return new Person(http, session["userId"]!.GetValue<long>());
    }

    private static async Task<(long CapexFen, string Stage)> Stands(Programme p, long id)
    {
        var row = Assert.Single(await Rows(p, $"SELECT * FROM scenario_standing WHERE scenario_id = {id}"));
        return (Whole(row["capex_total_fen"]), (string)row["stage"]);
    }

    private static long Whole(object value) => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What really stands in the tables other features read.</summary>
    private static async Task<List<IDictionary<string, object>>> Rows(Programme p, string sql)
    {
        await using var connection = await p.Hub.Services.GetRequiredService<Database>().Open(default);
        return [.. (await connection.QueryAsync(sql)).Cast<IDictionary<string, object>>()];
    }

    public sealed class Heard
    {
        public List<(string Cause, IReadOnlyList<long> Ids, bool InTransaction)> Events { get; } = [];
    }

    public sealed class Ear(Heard heard, Db db) : INotificationHandler<ScenarioChanged>
    {
        public Task Handle(ScenarioChanged notification, CancellationToken cancellationToken)
        {
            lock (heard.Events) heard.Events.Add((notification.Cause, notification.ScenarioIds, db.InTransaction));
            return Task.CompletedTask;
        }
    }
}
