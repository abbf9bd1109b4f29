using System.Net.Http.Headers;
using System.Net.Http.Json;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Access;

public class TokenTests(Hub hub)
{
    [Fact]
    public async Task The_endpoint_answers_as_RFC_6749_says()
    {
        var p = await hub.Programme();
        var machine = await p.Machine();
        using var http = hub.CreateClient();
        async Task<string> Error(int status, params (string, string?)[] form)
        {
            using var response = await http.PostAsync(Machine.TokenPath, Machine.Form(form));
            return (await Answer.Of(response, status))["error"]!.GetValue<string>();
        }

        // The secret in the form, the other of the two ways.
        using var granted = await http.PostAsync(Machine.TokenPath, Machine.Form(("grant_type", "client_credentials"), ("client_id", machine.ClientId), ("client_secret", machine.Secret)));
        var answer = await Answer.Of(granted, 200);
        Assert.Equal(("Bearer", 1800), (answer["token_type"]!.GetValue<string>(), answer["expires_in"]!.GetValue<int>()));
        Assert.True(granted.Headers.CacheControl!.NoStore);
        await (await machine.Calls(answer["access_token"]!.GetValue<string>())).Gets("/api/v1/session");

        Assert.Equal("unsupported_grant_type", await Error(400, ("grant_type", "password"), ("username", "x"), ("password", "y"), ("client_id", machine.ClientId), ("client_secret", machine.Secret)));
        Assert.Equal("invalid_request", await Error(400, ("client_id", machine.ClientId), ("client_secret", machine.Secret)));
        Assert.Equal("invalid_scope", await Error(400, ("grant_type", "client_credentials"), ("client_id", machine.ClientId), ("client_secret", machine.Secret), ("scope", "scenarios.read users.write")));
        using var json = await http.PostAsJsonAsync(Machine.TokenPath, new { grant_type = "client_credentials" });
        Assert.Equal("invalid_request", (await Answer.Of(json, 400))["error"]!.GetValue<string>());

        using var wrong = await Machine.Asks(hub, machine.ClientId, "shs_wrong");
        using var unknown = await Machine.Asks(hub, "client_nobody", "shs_wrong");
        Assert.Equal(await wrong.Content.ReadAsStringAsync(), await unknown.Content.ReadAsStringAsync());
        Assert.Equal("invalid_client", (await Answer.Of(wrong, 401))["error"]!.GetValue<string>());
        await Answer.Of(unknown, 401);
        Assert.Equal("Basic", wrong.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("/.well-known/openid-configuration"), InlineData("/.well-known/oauth-authorization-server"), InlineData("/.well-known/jwks"), InlineData("/connect/introspect"), InlineData("/connect/revoke")]
    public async Task Nothing_is_served_beside_the_token_endpoint(string path) => await Answer.Of(await hub.CreateClient().GetAsync(path), 404);

    [Fact]
    public async Task A_token_can_be_asked_for_less_than_the_client_may()
    {
        var p = await hub.Programme();
        var machine = await p.Machine();
        var erp = await machine.Calls(await machine.Token("scenarios.read"));
        await erp.Gets("/api/v1/scenarios");
        var refused = await erp.Http.PostAsJsonAsync("/api/v1/scenarios", p.Scenario());
        Assert.Equal("permission-missing", (await Answer.Of(refused, 403)).Code());
        Assert.Equal("Bearer error=\"insufficient_scope\"", refused.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Ten_wrong_secrets_lock_that_address_out_for_a_quarter_of_an_hour_and_no_other()
    {
        using var own = new Hub { Settings = { ["Hub:TrustedProxies"] = "127.0.0.1" } }; // its clock is moved
        var machine = await (await own.Programme()).Machine();
        async Task<string> Said(string clientId, string from) => (await Answer.Of(await Machine.Asks(own, clientId, "shs_wrong", from: from), 401))["error_description"]!.GetValue<string>();
        for (var i = 0; i < 9; i++) Assert.Equal(await Said(machine.ClientId, "203.0.113.1"), await Said("client_nobody", "203.0.113.1"));
        Assert.Equal("Too many failures in a row: wait 15 min.", await Said(machine.ClientId, "203.0.113.1"));
        Assert.Equal("Too many failures in a row: wait 15 min.", await Said("client_nobody", "203.0.113.1"));
        own.Clock.Step(TimeSpan.FromMinutes(5));
        Assert.Equal("Too many failures in a row: wait 10 min.", (await machine.Refused(401, from: "203.0.113.1"))["error_description"]!.GetValue<string>());
        await machine.Token(from: "203.0.113.2");
        own.Clock.Step(TimeSpan.FromMinutes(11));
        await machine.Token(from: "203.0.113.1");
    }

    [Fact]
    public async Task Where_cookie_and_token_come_together_the_token_alone_counts()
    {
        var p = await hub.Programme();
        var both = await Person.SignIn(hub, p.Name + ".admin");
        var machine = await p.Machine();
        both.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await machine.Token());
        both.Http.DefaultRequestHeaders.Remove("X-Antiforgery-Token");
        Assert.Equal(machine.Id, (await both.Gets("/api/v1/session"))["userId"]!.GetValue<long>());
        await both.Adds("/api/v1/scenarios", p.Scenario()); // needs no antiforgery token
        await both.Gets("/api/v1/users", 403);
        both.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "eyJhbGciOiJub25lIn0.e30.");
        Assert.Equal("token-void", (await both.Gets("/api/v1/session", 401)).Code());
        both.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(p.AdminUserId, (await both.Gets("/api/v1/session"))["userId"]!.GetValue<long>());
        Assert.Equal("antiforgery-token-missing", (await both.Posts("/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = "x" }, 400)).Code());
    }

    [Fact]
    public async Task A_token_of_another_deployment_is_void()
    {
        using var other = new Hub();
        var stranger = await (await other.Programme()).Machine();
        var person = await stranger.Calls(await stranger.Token(), on: hub);
        Assert.Equal("token-void", (await person.Gets("/api/v1/session", 401)).Code());
    }

    [Fact]
    public async Task A_client_has_no_session_to_end()
    {
        var erp = await (await (await hub.Programme()).Machine()).Calls();
        Assert.Equal("client-has-no-session", (await erp.Sends(HttpMethod.Delete, "/api/v1/session", null, 409)).Code());
    }

    [Fact]
    public async Task Idempotency_keys_of_two_clients_do_not_meet()
    {
        var p = await hub.Programme();
        var ids = new List<long>();
        foreach (var erp in new[] { await (await p.Machine()).Calls(), await (await p.Machine()).Calls() })
            for (var i = 0; i < 2; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/scenarios") { Content = JsonContent.Create(p.Scenario(name: $"同名 {erp.UserId}")) };
                request.Headers.Add("Idempotency-Key", "\"one\"");
                ids.Add((await Answer.Of(await erp.Http.SendAsync(request), 201))["id"]!.GetValue<long>());
            }
        Assert.Equal((ids[0], ids[2]), (ids[1], ids[3]));
        Assert.NotEqual(ids[0], ids[2]);
    }
}
