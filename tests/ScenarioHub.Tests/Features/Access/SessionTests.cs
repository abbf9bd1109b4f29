using System.Net.Http.Json;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Access;

public class SessionTests(Hub hub)
{
    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour()
    {
        using var own = new Hub(); // its clock is moved
        var p = await own.Programme();
        var http = own.CreateClient();
        for (var i = 0; i < 4; i++)
            Assert.Equal("sign-in-failed", (await Answer.Of(await http.PostAsJsonAsync("/api/v1/session", new { userName = p.Name + ".admin", password = "wrong" }), 401)).Code());
        Assert.Equal("sign-in-locked", (await Answer.Of(await http.PostAsJsonAsync("/api/v1/session", new { userName = p.Name + ".admin", password = "wrong" }), 401)).Code());
        Assert.Equal("sign-in-locked", (await Answer.Of(await http.PostAsJsonAsync("/api/v1/session", new { userName = p.Name + ".admin", password = Person.Password }), 401)).Code());
        own.Clock.Step(TimeSpan.FromMinutes(16));
        await Answer.Of(await http.PostAsJsonAsync("/api/v1/session", new { userName = (p.Name + ".ADMIN").ToUpperInvariant(), password = Person.Password }), 200);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_every_machine()
    {
        var p = await hub.Programme();
        var (here, there) = (await Person.SignIn(hub, p.Name + ".admin"), await Person.SignIn(hub, p.Name + ".admin"));
        await here.Sends(HttpMethod.Delete, "/api/v1/session", null, 204);
        Assert.Equal("not-signed-in", (await there.Gets("/api/v1/session", 401)).Code());
    }

    [Fact]
    public async Task Signing_in_over_another_session_is_refused_and_leaves_that_session()
    {
        var (p, other) = (await hub.Programme(), await hub.Programme());
        var admin = await Person.SignIn(hub, p.Name + ".admin");
        Assert.Equal("signed-in-as-another", (await admin.Posts("/api/v1/session", new { userName = other.Name + ".admin", password = Person.Password }, 409)).Code());
        Assert.Equal(p.AdminUserId, (await admin.Gets("/api/v1/session"))["userId"]!.GetValue<long>());
    }

    [Fact]
    public async Task Nobody_closes_his_own_sign_in()
    {
        var admin = await (await hub.Programme()).Admin();
        Assert.Equal("user-is-you", (await admin.Posts($"/api/v1/users/{admin.UserId}/disable", null, 409)).Code());
        await admin.Gets("/api/v1/session");
    }

    [Fact]
    public async Task A_write_without_the_antiforgery_token_is_refused()
    {
        var p = await hub.Programme();
        var person = await Person.SignIn(hub, p.Name + ".admin");
        person.Http.DefaultRequestHeaders.Remove("X-Antiforgery-Token");
        Assert.Equal("antiforgery-token-missing", (await person.Posts("/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = "x" }, 400)).Code());
    }

    [Fact]
    public async Task Nobody_hands_out_more_than_he_has_or_beyond_his_subtree()
    {
        var p = await hub.Programme();
        var admin = await p.SignedInAs("enterpriseAdmin", p.GroupA);
        object User(string role, long org) => new { userName = p.Name + ".x", displayName = "x", password = Person.Password, organizationId = org, roles = new[] { role } };
        Assert.Equal("role-beyond-yours", (await admin.Posts("/api/v1/users", User("regulator", p.GroupA), 400)).ErrorAt("/roles"));
        Assert.Equal("organization-not-found", (await admin.Posts("/api/v1/users", User("filer", p.GroupB), 404)).Code());
        var id = await admin.Adds("/api/v1/users", User("filer", p.SubsidiaryA));
        var person = await Person.SignIn(hub, p.Name + ".x");
        await admin.Posts($"/api/v1/users/{id}/disable", null, 204);
        await person.Gets("/api/v1/session", 401);
    }

    [Fact]
    public async Task Refusals_speak_the_callers_language()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var zh = await admin.Sends(HttpMethod.Post, "/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = "" }, 400);
        var en = await admin.Sends(HttpMethod.Post, "/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = "" }, 400, language: "en-GB");
        Assert.Contains("请求中有", zh["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("breaks a rule", en["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Matches("[一-龥]", zh["errors"]![0]!["message"]!.GetValue<string>());
        Assert.DoesNotMatch("[一-龥]", en["errors"]![0]!["message"]!.GetValue<string>());
    }
}
