using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Reports;
using ScenarioHub.Platform.Data;
using ScenarioHub.Tests.Features.Filings;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Audit;

public class AuditTests(Hub hub)
{
    [Fact]
    public async Task Sign_ins_failed_ones_lockouts_and_sign_outs_are_kept_under_the_person()
    {
        var p = await hub.Programme();
        var auditor = await p.SignedInAs(Role.Auditor, p.Root);
        var filer = await p.FilerA();
        using var http = hub.CreateClient();
        for (var i = 0; i < 5; i++)
            await Answer.Of(await http.PostAsJsonAsync("/api/v1/session", new { userName = $"{p.Name}.filer-a", password = "wrong and long" }), 401);
        await filer.Sends(HttpMethod.Delete, "/api/v1/session", null, 204);

        var items = await Items(auditor, $"who={p.Name}.filer-a");
        Assert.Equal(
            ["signOut done", "signIn refused sign-in-locked", "signIn refused sign-in-failed", "signIn refused sign-in-failed", "signIn refused sign-in-failed", "signIn refused sign-in-failed", "signIn done"],
            items.Select(i => $"{i.Text("act")} {i.Text("outcome")} {i["refusal"]?.GetValue<string>()}".Trim()));
        Assert.All(items, i => Assert.Equal(filer.UserId, i["subject"]!["id"]!.GetValue<long>()));
        Assert.All(items, i => Assert.Equal($"{p.Name}.filer-a", i["actor"]!.Text("name")));
        Assert.Equal(items.Count, (await Items(auditor, $"kind=user&subject={filer.UserId}")).Count(i => i.Text("act") is "signIn" or "signOut"));
    }

    [Fact]
    public async Task What_somebody_tried_and_may_not_do_is_kept()
    {
        var p = await hub.Programme();
        var (auditor, filer, enterprise) = (await p.SignedInAs(Role.Auditor, p.Root), await p.FilerA(), await p.SignedInAs(Role.EnterpriseAdmin, p.GroupA));
        await filer.Posts($"/api/v1/users/{p.AdminUserId}/disable", new { }, 403);
        await filer.Gets("/api/v1/audit", 403);
        await enterprise.Posts("/api/v1/users", new { userName = "would.be", displayName = "x", password = Person.Password, organizationId = p.GroupA, roles = new[] { "regulator" } }, 400);
        var collection = await (await p.Regulator()).Adds("/api/v1/collections", new { name = "月报", firstPeriod = "2026-08", lastPeriod = "2026-08", opensOn = "2026-12-01", dueOn = "2026-12-12" });
        await (await p.SignedInAs(Role.Regulator, p.GroupA)).Posts($"/api/v1/collections/{collection}/cancel", new { reason = "x" }, 403);
        await filer.Posts("/api/v1/scenarios", new { name = "" }, 400);   // a slip is no attempt

        var refused = (await Items(auditor, "")).Where(i => i.Text("outcome") == "refused").ToArray();
        Assert.Equal(["cancelCollection collection-above-you", "addUser role-beyond-yours", "request permission-missing", "request permission-missing"], refused.Select(i => $"{i.Text("act")} {i.Text("refusal")}"));
        Assert.Equal(("collection", collection), (refused[0]["subject"]!.Text("kind"), refused[0]["subject"]!["id"]!.GetValue<long>()));
        Assert.Equal("POST /api/v1/users/{id:long}/disable", Field(refused[3], "route").Text("to"));
        Assert.Equal(p.AdminUserId, refused[3]["subject"]!["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task An_act_says_what_was_before_and_after()
    {
        var p = await hub.Programme();
        var (auditor, admin, filer) = (await p.SignedInAs(Role.Auditor, p.Root), await p.Admin(), await p.FilerA());
        await admin.Patches($"/api/v1/organizations/{p.GroupA}", new { name = "甲集团新名", region = "310000" }, 1);
        var entry = Assert.Single(await Items(auditor, $"kind=organization&subject={p.GroupA}&who={p.AdminUserId}"), i => i.Text("act") == "reviseOrganization");
        Assert.Equal(("甲集团", "甲集团新名"), (Field(entry, "name").Text("from"), Field(entry, "name").Text("to")));
        Assert.Equal(("110000", "310000"), (Field(entry, "region").Text("from"), Field(entry, "region").Text("to")));
        Assert.Equal(2, entry["changes"]![0]!.Number("version"));

        var id = await filer.Adds("/api/v1/scenarios", p.Scenario());
        await filer.Patches($"/api/v1/scenarios/{id}", new { stage = "pilot" }, 1);
        var revised = Assert.Single(await Items(auditor, $"kind=scenario&subject={id}"), i => i.Text("act") == "reviseScenario");
        Assert.Equal(("scaled", "pilot"), (Field(revised, "stage").Text("from"), Field(revised, "stage").Text("to")));
    }

    [Fact]
    public async Task No_password_nor_its_hash_is_in_the_audit()
    {
        var p = await hub.Programme();
        await p.SignedInAs(Role.Reviewer, p.GroupA);
        await hub.Inside(p.AdminUserId, async services =>
        {
            await using var connection = await services.GetRequiredService<Database>().Open(default);
            var rows = await Dapper.SqlMapper.QueryAsync<string>(connection, "SELECT COALESCE(details, '') FROM audit_entry WHERE tenant_id = @t", new { t = p.TenantId });
            Assert.NotEmpty(rows);
            Assert.All(rows, r => Assert.DoesNotContain(Person.Password, r, StringComparison.Ordinal));
            Assert.All(rows, r => Assert.DoesNotContain("AQAAAA", r, StringComparison.Ordinal));
            Assert.All(rows, r => Assert.DoesNotContain("assword", r, StringComparison.OrdinalIgnoreCase));
            return 0;
        });
    }

    [Fact]
    public async Task An_enterprise_sees_what_concerns_its_own_subtree_and_nothing_of_the_others()
    {
        var (p, other) = (await hub.Programme(), await hub.Programme());
        var (ofA, ofB) = (await p.SignedInAs(Role.EnterpriseAdmin, p.GroupA), await p.SignedInAs(Role.EnterpriseAdmin, p.GroupB));
        var (filer, regulator) = (await p.FilerOfAll(), await p.Regulator());
        var (a, b) = (await p.ApprovedScenario(p.SubsidiaryA), await p.ApprovedScenario(p.SubsidiaryB));
        long[] filings = [await filer.FilesAndSubmits(a, "2026-08", 1), await filer.FilesAndSubmits(b, "2026-08", 2)];
        await regulator.Approves(filings);

        var bulk = Assert.Single(await Items(ofA, ""), i => i.Text("act") == "approveFilings");
        Assert.Equal(filings[0], Assert.Single(bulk["changes"]!.AsArray())!["id"]!.GetValue<long>());
        Assert.Equal(filings[0], Assert.Single(bulk["details"]!.AsArray())!["id"]!.GetValue<long>());
        Assert.Equal((filings[0], 1), (bulk["subject"]!["id"]!.GetValue<long>(), bulk.Number("changeCount")));
        var ofBulkToB = Assert.Single(await Items(ofB, ""), i => i.Text("act") == "approveFilings");
        Assert.Equal((filings[1], 1), (ofBulkToB["subject"]!["id"]!.GetValue<long>(), ofBulkToB.Number("changeCount")));
        Assert.Null(ofBulkToB["traceId"]);
        Assert.DoesNotContain(await Items(ofA, ""), i => i["changes"]!.AsArray().Any(c => c!["id"]!.GetValue<long>() == b));
        Assert.DoesNotContain(await Items(ofA, ""), i => i.Text("act") == "signIn" && i["subject"]!["id"]!.GetValue<long>() == ofB.UserId);
        Assert.Contains(await Items(ofA, ""), i => i.Text("act") == "signIn" && i["subject"]!["id"]!.GetValue<long>() == ofA.UserId);
        Assert.Empty(await Items(ofA, $"kind=scenario&subject={b}"));
        Assert.Empty(await Items(await other.Admin(), $"kind=scenario&subject={a}"));
        await ofA.Gets("/api/v1/audit/verify", 403);
    }

    [Fact]
    public async Task It_is_read_page_by_page_and_by_day_and_by_who()
    {
        using var own = new Hub();   // its clock is moved
        var p = await own.Programme();
        await p.SignedInAs(Role.Auditor, p.Root);
        own.Clock.Step(TimeSpan.FromDays(1));   // all sessions end
        var (admin, auditor) = (await Person.SignIn(own, $"{p.Name}.admin"), await Person.SignIn(own, $"{p.Name}.auditor-{p.Root}"));
        await admin.Patches($"/api/v1/organizations/{p.GroupA}", new { name = "甲集团新名" }, 1);
        Assert.Equal("reviseOrganization", Assert.Single(await Items(auditor, "from=2026-11-17&kind=organization"))!.Text("act"));
        Assert.DoesNotContain(await Items(auditor, "to=2026-11-16"), i => i.Text("act") == "reviseOrganization");
        Assert.Empty(await Items(auditor, "who=nobody.at.all"));
        Assert.NotEmpty(await Items(auditor, $"who={p.AdminUserId}"));
        var (all, paged, after) = (await Items(auditor, "limit=500"), new List<long>(), (string?)"");
        while (after is not null)
        {
            var page = await auditor.Gets($"/api/v1/audit?limit=3{(after.Length > 0 ? "&after=" + after : "")}");
            paged.AddRange(page["items"]!.AsArray().Select(i => i!["no"]!.GetValue<long>()));
            after = page["next"]?.GetValue<string>();
        }
        Assert.Equal(all.Select(i => i["no"]!.GetValue<long>()), paged);
        Assert.Equal(all.Count, all[0].Number("no"));
        Assert.Equal("kind-missing", (await auditor.Gets("/api/v1/audit?subject=1", 400)).ErrorAt("?kind"));
        Assert.Equal("range-backwards", (await auditor.Gets("/api/v1/audit?from=2026-11-17&to=2026-11-16", 400)).ErrorAt("?to"));
    }

    [Fact]
    public async Task What_a_job_does_for_somebody_says_both()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var id = (await regulator.Posts("/api/v1/reports", new { template = "sector-monthly", period = "2026-08", format = "xlsx" }, 202))["id"]!.GetValue<long>();
        await hub.Services.GetRequiredService<ReportJobs>().Make(p.TenantId, id, default);
        var made = Assert.Single(await Items(await p.SignedInAs(Role.Auditor, p.Root), $"who={p.Name}.regulator&kind=report"), i => i.Text("act") == "makeReport");
        Assert.Equal(("job", 0L, regulator.UserId), (made["actor"]!.Text("name"), made["actor"]!["userId"]!.GetValue<long>(), made["actor"]!["onBehalfOf"]!.GetValue<long>()));
        Assert.Equal("report made", $"{made["changes"]![0]!.Text("kind")} {made["changes"]![0]!.Text("action")}");
    }

    private static JsonNode Field(JsonNode entry, string name) => entry["details"]!.AsArray().SelectMany(d => d!["fields"]!.AsArray()).Single(f => f!.Text("field") == name)!;

    private static async Task<List<JsonNode>> Items(Person person, string query) =>
        [.. (await person.Gets($"/api/v1/audit?{(query.Contains("limit", StringComparison.Ordinal) ? "" : "limit=200&")}{query}"))["items"]!.AsArray().Select(i => i!)];
}
