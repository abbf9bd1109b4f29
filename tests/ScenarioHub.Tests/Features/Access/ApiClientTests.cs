using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Access;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Access;

public class ApiClientTests(Hub hub)
{
    private const string Clients = "/api/v1/api-clients";

    [Fact]
    public async Task A_client_sees_its_subtree_and_does_what_its_scopes_say_and_no_more()
    {
        var p = await hub.Programme();
        var erp = await (await p.Machine()).Calls();
        var me = await erp.Gets("/api/v1/session");
        Assert.True(me["isClient"]!.GetValue<bool>());
        Assert.Equal("ERP 对接", me["displayName"]!.GetValue<string>());
        Assert.Null(me["antiforgeryToken"]);
        Assert.Equal(["catalog.read", "collection.read", "filing.read", "organization.read", "rule.read", "scenario.read", "scenario.write"], me["permissions"]!.AsArray().Select(x => x!.GetValue<string>()));

        var id = await erp.Adds("/api/v1/scenarios", p.Scenario());
        Assert.Equal("permission-missing", (await erp.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector", 403)).Code());
        Assert.Equal("permission-missing", (await erp.Gets("/api/v1/users", 403)).Code());
        Assert.Equal("organization-not-found", (await erp.Gets($"/api/v1/organizations/{p.GroupB}", 404)).Code());
        var other = await (await (await hub.Programme()).Machine()).Calls();
        Assert.Equal("scenario-not-found", (await other.Gets($"/api/v1/scenarios/{id}", 404)).Code());
    }

    [Fact]
    public async Task What_a_client_did_is_on_record_under_its_name()
    {
        var p = await hub.Programme();
        var machine = await p.Machine();
        var id = await (await machine.Calls()).Adds("/api/v1/scenarios", p.Scenario());
        var first = (await (await p.Regulator()).Gets($"/api/v1/scenarios/{id}/history"))["items"]!.AsArray().Single()!;
        Assert.Equal((machine.Id, "ERP 对接"), (first["userId"]!.GetValue<long>(), first["userName"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_report_a_client_asked_for_is_made_with_the_clients_rights()
    {
        var p = await hub.Programme();
        var machine = await p.Machine(scopes: ["reports.read", "reports.write"]);
        var may = await hub.Inside(machine.Id, services => Task.FromResult(services.GetRequiredService<ScenarioHub.Platform.Tenancy.Caller>()));
        Assert.True(may.IsClient);
        Assert.Equal(("ERP 对接", p.GroupA), (may.ClientName, may.OrganizationId));
        Assert.Equal(["catalog.read", "report.create", "report.read"], may.Permissions.Order());
    }

    [Fact]
    public async Task Two_secrets_work_side_by_side_a_third_is_refused_and_a_withdrawn_one_takes_its_tokens_along()
    {
        var p = await hub.Programme();
        var admin = await p.ClientAdmin();
        var machine = await p.Machine();
        var old = await machine.Calls();
        var (newId, newSecret) = await Machine.NewSecret(admin, machine.Id);
        var renewed = await machine.Calls(await machine.Token(secret: newSecret));
        await old.Gets("/api/v1/session");
        await renewed.Gets("/api/v1/session");
        Assert.Equal("two-secrets-already", (await admin.Posts($"{Clients}/{machine.Id}/secrets", new { }, 409)).Code());

        await admin.Sends(HttpMethod.Delete, $"{Clients}/{machine.Id}/secrets/{machine.SecretId}", null, 204);
        Assert.Equal("client-not-active", (await old.Gets("/api/v1/session", 401)).Code());
        Assert.Equal("invalid_client", (await machine.Refused(401))["error"]!.GetValue<string>());
        await renewed.Gets("/api/v1/session");
        await machine.Token(secret: newSecret);
        Assert.Equal("secret-not-found", (await admin.Sends(HttpMethod.Delete, $"{Clients}/{machine.Id}/secrets/{machine.SecretId}", null, 404)).Code());

        var (thirdId, _) = await Machine.NewSecret(admin, machine.Id);
        var view = await admin.Gets($"{Clients}/{machine.Id}");
        Assert.Equal([newId, thirdId], view["secrets"]!.AsArray().Select(s => s!["id"]!.GetValue<long>()));
        Assert.DoesNotContain(newSecret, view.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(newSecret[^4..], view["secrets"]![0]!["ending"]!.GetValue<string>());
    }

    [Fact]
    public async Task Of_eight_who_make_a_secret_at_once_two_succeed()
    {
        var p = await hub.Programme();
        var admin = await p.ClientAdmin();
        var id = await admin.Adds(Clients, new { name = "ERP", organizationId = p.GroupA, scopes = new[] { "scenarios.read" } });
        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (int)(await admin.Http.PostAsJsonAsync($"{Clients}/{id}/secrets", new { })).StatusCode));
        Assert.Equal([201, 201, .. Enumerable.Repeat(409, 6)], statuses.Order());
    }

    [Fact]
    public async Task A_secret_asked_for_again_under_the_same_key_is_neither_shown_nor_made_twice()
    {
        var p = await hub.Programme();
        var admin = await p.ClientAdmin();
        var id = await admin.Adds(Clients, new { name = "ERP", organizationId = p.GroupA, scopes = new[] { "scenarios.read" } });
        async Task<JsonNode> Ask(int status)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Clients}/{id}/secrets") { Content = JsonContent.Create(new { }) };
            request.Headers.Add("Idempotency-Key", $"\"{id}\"");
            return await Answer.Of(await admin.Http.SendAsync(request), status);
        }
        var secret = (await Ask(201))["secret"]!.GetValue<string>();
        var again = await Ask(409);
        Assert.Equal("secret-shown-already", again.Code());
        Assert.DoesNotContain(secret, again.ToJsonString(), StringComparison.Ordinal);
        Assert.Single((await admin.Gets($"{Clients}/{id}"))["secrets"]!.AsArray());
    }

    [Fact]
    public async Task Switched_off_a_client_is_turned_away_at_its_next_call_on_every_node()
    {
        if (Hub.OnSqlServer) Assert.Skip("The embedded database is what two hubs of this test share.");
        using var first = new Hub();
        var p = await first.Programme();
        var machine = await p.Machine();
        var (here, admin) = (await machine.Calls(), await p.ClientAdmin());
        using var second = new Hub { Folder = first.Folder };
        var there = await machine.Calls(await machine.Token(), on: second);
        await there.Gets("/api/v1/session");
        await admin.Patches($"{Clients}/{machine.Id}", new { enabled = false }, 1);
        Assert.Equal("client-not-active", (await here.Gets("/api/v1/session", 401)).Code());
        var refused = await there.Http.GetAsync("/api/v1/session");
        Assert.Equal("client-not-active", (await Answer.Of(refused, 401)).Code());
        Assert.Equal("Bearer error=\"invalid_token\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.Equal("The client is switched off.", (await machine.Refused(401))["error_description"]!.GetValue<string>());
        await admin.Patches($"{Clients}/{machine.Id}", new { enabled = true }, 2);
        await there.Gets("/api/v1/session");
    }

    [Fact]
    public async Task A_token_outlives_a_restart()
    {
        if (Hub.OnSqlServer) Assert.Skip("The embedded database is what two hubs of this test share.");
        Machine machine;
        string token;
        var folder = Directory.CreateTempSubdirectory("scenariohub-tests-restart-").FullName;
        try
        {
            using (var before = new Hub { Folder = folder })
            {
                machine = await (await before.Programme()).Machine();
                token = await machine.Token();
            }
            using var after = new Hub { Folder = folder };
            await (await machine.Calls(token, on: after)).Gets("/api/v1/session");
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public async Task A_token_ends_after_half_an_hour_and_a_client_on_the_day_after_its_last()
    {
        using var own = new Hub(); // its clock is moved
        var p = await own.Programme();
        var machine = await p.Machine(more: new { expiresOn = "2026-11-16" });
        var erp = await machine.Calls();
        own.Clock.Step(TimeSpan.FromMinutes(29));
        await erp.Gets("/api/v1/session");
        own.Clock.Step(TimeSpan.FromMinutes(2));
        var refused = await erp.Http.GetAsync("/api/v1/session");
        Assert.Equal("token-void", (await Answer.Of(refused, 401)).Code());

        own.Clock.Step(new DateTimeOffset(2026, 11, 16, 15, 50, 0, TimeSpan.Zero) - own.Clock.GetUtcNow()); // ten to midnight in Beijing
        var last = await Answer.Of(await Machine.Asks(own, machine.ClientId, machine.Secret), 200);
        Assert.InRange(last["expires_in"]!.GetValue<int>(), 590, 600);
        own.Clock.Step(TimeSpan.FromMinutes(11));
        await (await machine.Calls(last["access_token"]!.GetValue<string>())).Gets("/api/v1/session", 401);
        Assert.Equal("The client has expired.", (await machine.Refused(401))["error_description"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_secret_is_good_until_its_last_day_and_leaves_room_for_another_then()
    {
        using var own = new Hub(); // its clock is moved
        var p = await own.Programme();
        var admin = await p.ClientAdmin();
        var machine = await p.Machine();
        var (_, brief) = await Machine.NewSecret(admin, machine.Id, new { expiresOn = "2026-11-16" });
        await machine.Token(secret: brief);
        Assert.Equal("expires-in-the-past", (await admin.Posts($"{Clients}/{machine.Id}/secrets", new { expiresOn = "2026-11-15" }, 400)).ErrorAt("/expiresOn"));
        own.Clock.Step(TimeSpan.FromHours(9)); // 01:00 of the 17th in Beijing
        admin = await Person.SignIn(own, $"{p.Name}.enterpriseadmin-{p.Root}");
        Assert.Equal("The secret has expired.", (await machine.Refused(401, secret: brief))["error_description"]!.GetValue<string>());
        Assert.Single((await admin.Gets($"{Clients}/{machine.Id}"))["secrets"]!.AsArray());
        await Machine.NewSecret(admin, machine.Id);
    }

    [Fact]
    public async Task A_client_calls_from_the_addresses_on_its_list_alone()
    {
        using var own = new Hub { Settings = { ["Hub:TrustedProxies"] = "127.0.0.1" } };
        var p = await own.Programme();
        var machine = await p.Machine(more: new { addresses = new[] { "203.0.113.0/24", "2001:db8::/32" } });
        var erp = await machine.Calls(from: "203.0.113.9");
        await erp.Gets("/api/v1/session");
        await (await machine.Calls(await machine.Token(from: "2001:db8::5"), from: "2001:db8::5")).Gets("/api/v1/session");
        erp.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        erp.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1");
        Assert.Equal("address-not-allowed", (await erp.Gets("/api/v1/session", 403)).Code());
        Assert.Equal("unauthorized_client", (await machine.Refused(400, from: "198.51.100.1"))["error"]!.GetValue<string>());
        // Nobody knows where this came from.
        Assert.Equal("unauthorized_client", (await machine.Refused(400))["error"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("10.0.0.1/8"), InlineData("10"), InlineData("example.org"), InlineData("10.0.0.0/33"), InlineData("::1/129"), InlineData(""), InlineData("10.0.0.0/ 8")]
    public async Task What_is_no_address_is_refused(string address)
    {
        var p = await hub.Programme();
        var refused = await (await p.ClientAdmin()).Posts(Clients, new { name = "ERP", organizationId = p.GroupA, scopes = new[] { "scenarios.read" }, addresses = new[] { address } }, 400);
        Assert.Equal("bad-address", refused.ErrorAt("/addresses/0"));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_client_is_said_at_once()
    {
        var p = await hub.Programme();
        var refused = await (await p.ClientAdmin()).Posts(Clients, """{"name":" ","organizationId":1,"scopes":["scenarios.read",null],"addresses":[null,"10.0.0.0/8"]}""", 400);
        Assert.Equal(("not-empty", "unknown-scope", "bad-address"), (refused.ErrorAt("/name"), refused.ErrorAt("/scopes/1"), refused.ErrorAt("/addresses/0")));
    }

    [Fact]
    public async Task Taking_a_scope_or_moving_a_client_holds_for_the_tokens_it_has()
    {
        var p = await hub.Programme();
        var admin = await p.ClientAdmin();
        var machine = await p.Machine();
        var erp = await machine.Calls();
        await erp.Gets($"/api/v1/organizations/{p.SubsidiaryA}");
        await admin.Patches($"{Clients}/{machine.Id}", new { organizationId = p.GroupB, scopes = new[] { "organizations.read", "rollups.read" } }, 1);
        await erp.Gets($"/api/v1/organizations/{p.SubsidiaryA}", 404);
        await erp.Gets($"/api/v1/organizations/{p.SubsidiaryB}");
        await erp.Gets("/api/v1/scenarios", 403);
        await erp.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-01&to=2026-08", 403); // the token was not given it
    }

    [Fact]
    public async Task Nobody_gives_a_client_more_than_he_may_or_takes_over_one_that_has_more()
    {
        var p = await hub.Programme();
        var (group, regulator) = (await p.SignedInAs("enterpriseAdmin", p.GroupA), await p.Admin());
        object Client(long organizationId, params string[] scopes) => new { name = "ERP", organizationId, scopes };
        Assert.Equal("scope-beyond-yours", (await group.Posts(Clients, Client(p.GroupA, "scenarios.read", "reviews.write"), 400)).ErrorAt("/scopes"));
        Assert.Equal("organization-not-found", (await group.Posts(Clients, Client(p.GroupB, "scenarios.read"), 404)).Code());
        Assert.Equal("unknown-scope", (await group.Posts(Clients, Client(p.GroupA, "users.write"), 400)).ErrorAt("/scopes/0"));
        var own = await group.Adds(Clients, Client(p.SubsidiaryA, "scenarios.write"));
        Assert.Equal("scope-beyond-yours", (await group.Patches($"{Clients}/{own}", new { scopes = new[] { "goals.write" } }, 1, 400)).ErrorAt("/scopes"));
        Assert.Equal("organization-not-found", (await group.Patches($"{Clients}/{own}", new { organizationId = p.GroupB }, 1, 404)).Code());

        var stronger = await p.Machine(p.GroupA, ["scenarios.read", "reviews.write"], by: regulator);
        Assert.Equal("client-beyond-yours", (await group.Posts($"{Clients}/{stronger.Id}/secrets", new { }, 403)).Code());
        Assert.Equal("client-beyond-yours", (await group.Patches($"{Clients}/{stronger.Id}", new { addresses = new[] { "10.0.0.1" } }, 1, 403)).Code());
        await group.Patches($"{Clients}/{stronger.Id}", new { enabled = false }, 1);
        Assert.Equal("client-beyond-yours", (await group.Patches($"{Clients}/{stronger.Id}", new { enabled = true }, 2, 403)).Code());
        await group.Sends(HttpMethod.Delete, $"{Clients}/{stronger.Id}/secrets/{stronger.SecretId}", null, 204);
    }

    [Fact]
    public async Task One_sees_the_clients_of_ones_subtree_and_an_auditor_changes_none()
    {
        var p = await hub.Programme();
        var (a, b) = (await p.Machine(p.GroupA), await p.Machine(p.GroupB));
        async Task<long[]> Seen(Person person) => [.. (await person.Gets(Clients))["items"]!.AsArray().Select(c => c!["id"]!.GetValue<long>())];
        Assert.Equal([a.Id, b.Id], await Seen(await p.SignedInAs("auditor", p.Root)));
        Assert.Equal([a.Id], await Seen(await p.SignedInAs("enterpriseAdmin", p.GroupA)));
        await (await p.SignedInAs("auditor", p.Root)).Patches($"{Clients}/{a.Id}", new { enabled = false }, 1, 403);
        // A client is not among the people, and not closed as one.
        Assert.DoesNotContain(a.Id, (await (await p.Admin()).Gets("/api/v1/users"))["items"]!.AsArray().Select(u => u!["id"]!.GetValue<long>()));
        Assert.Equal("user-not-found", (await (await p.Admin()).Posts($"/api/v1/users/{a.Id}/disable", null, 404)).Code());
        Assert.Equal("sign-in-failed", (await Answer.Of(await hub.CreateClient().PostAsJsonAsync("/api/v1/session", new { userName = a.ClientId, password = a.Secret }), 401)).Code());
    }

    [Fact]
    public async Task A_change_names_the_version_it_is_based_on()
    {
        var p = await hub.Programme();
        var admin = await p.ClientAdmin();
        var machine = await p.Machine();
        Assert.Equal("if-match-missing", (await admin.Patches($"{Clients}/{machine.Id}", new { name = "新名" }, null, 428)).Code());
        var changed = await admin.Patches($"{Clients}/{machine.Id}", new { name = "新名", expiresOn = "2027-01-31", addresses = new[] { "10.0.0.0/8", "192.0.2.7" } }, 1);
        Assert.Equal(("新名", "2027-01-31", 2), (changed["name"]!.GetValue<string>(), changed["expiresOn"]!.GetValue<string>(), changed["version"]!.GetValue<int>()));
        Assert.Equal(["10.0.0.0/8", "192.0.2.7/32"], changed["addresses"]!.AsArray().Select(x => x!.GetValue<string>()));
        Assert.Equal("stale-version", (await admin.Patches($"{Clients}/{machine.Id}", new { name = "旧名" }, 1, 412)).Code());
        Assert.Equal("unknown-field", (await admin.Patches($"{Clients}/{machine.Id}", new { scope = "x" }, 2, 400)).ErrorAt("/scope"));
        Assert.Null((await admin.Patches($"{Clients}/{machine.Id}", new { expiresOn = (string?)null, addresses = (string[]?)null }, 2))["addresses"]);
    }

    [Fact]
    public async Task Last_use_of_client_and_secret_is_shown_though_no_call_writes_it()
    {
        using var own = new Hub { Settings = { ["Hub:TrustedProxies"] = "127.0.0.1" } };
        var p = await own.Programme();
        var machine = await p.Machine();
        var admin = await p.ClientAdmin();
        var erp = await machine.Calls(from: "203.0.113.9");
        own.Clock.Step(TimeSpan.FromMinutes(5));
        await erp.Gets("/api/v1/session");
        Assert.Null((await admin.Gets($"{Clients}/{machine.Id}"))["lastUsedAt"]);
        await own.Services.GetRequiredService<ClientUse>().Write(default);
        var view = await admin.Gets($"{Clients}/{machine.Id}");
        Assert.Equal("2026-11-16T08:05:00Z", view["lastUsedAt"]!.GetValue<string>());
        Assert.Equal("203.0.113.9", view["lastUsedFrom"]!.GetValue<string>());
        Assert.Equal("2026-11-16T08:05:00Z", view["secrets"]![0]!["lastUsedAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_secret_itself_is_in_no_table()
    {
        using var own = new Hub();
        if (Hub.OnSqlServer) Assert.Skip("Looks into the embedded database's file.");
        var p = await own.Programme();
        var machine = await p.Machine();
        await machine.Token();
        foreach (var file in Directory.GetFiles(own.Folder, "scenariohub.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var content = await reader.ReadToEndAsync();
            Assert.DoesNotContain(machine.Secret, content, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_permission_is_in_one_scope_or_kept_for_people()
    {
        string[] people = [Permission.TenantManage, Permission.UserRead, Permission.UserManage, Permission.ClientRead, Permission.ClientManage, Permission.OrganizationMove, Permission.RuleManage,
            Permission.WebhookRead, Permission.WebhookManage, Permission.AuditRead, Permission.AuditVerify, Permission.JobRead];
        var permissions = typeof(Permission).GetFields().Select(f => (string)f.GetValue(null)!).ToArray();
        Assert.NotEmpty(permissions);
        Assert.Equal(people.Order(), permissions.Where(p => Scope.Of(p) is null).Order());
        Assert.All(permissions, p => Assert.True(Scope.All.Keys.Count(s => Scope.PermissionsOf([s]).Contains(p)) <= 1 || Scope.Of(p) == "", p));
    }
}
