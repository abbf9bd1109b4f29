using System.Net.Http.Json;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Platform;

public class LimitTests
{
    private static Hub Limited(string limit, int perMinute) => new() { Settings = { [$"Hub:Limits:{limit}PerMinute"] = perMinute.ToString(System.Globalization.CultureInfo.InvariantCulture) } };

    private static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    [Fact]
    public async Task A_caller_is_told_what_is_left_and_turned_away_when_nothing_is()
    {
        using var own = Limited("Caller", 30);
        var p = await own.Programme();
        var erp = await (await p.Machine()).Calls();
        var first = await erp.Http.GetAsync("/api/v1/catalog/sectors");
        await Answer.Of(first, 200);
        Assert.Equal("\"caller\";q=30;w=60", Header(first, "RateLimit-Policy"));
        Assert.Equal("\"caller\";r=29;t=2", Header(first, "RateLimit"));
        HttpResponseMessage last;
        var answered = 1;
        while ((last = await erp.Http.GetAsync("/api/v1/catalog/sectors")).IsSuccessStatusCode) Assert.True(++answered < 60, "never limited");
        Assert.InRange(answered, 30, 59);
        Assert.Equal("rate-limited", (await Answer.Of(last, 429)).Code());
        Assert.StartsWith("\"caller\";r=0;t=", Header(last, "RateLimit"), StringComparison.Ordinal);
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3);
        // Others are not held up by it.
        await (await p.FilerB()).Gets("/api/v1/session");
        await Task.Delay(TimeSpan.FromSeconds(last.Headers.RetryAfter.Delta.Value.TotalSeconds + 0.2), TestContext.Current.CancellationToken);
        await erp.Gets("/api/v1/session");
    }

    [Fact]
    public async Task A_tenant_has_a_limit_of_its_own()
    {
        using var own = Limited("Tenant", 60);
        var (p, other) = (await own.Programme(), await own.Programme());
        var people = new[] { await p.Admin(), await p.FilerA(), await p.FilerB() };
        HttpResponseMessage last;
        var i = 0;
        while ((last = await people[i % 3].Http.GetAsync("/api/v1/catalog/sectors")).IsSuccessStatusCode) Assert.True(++i < 120, "never limited");
        Assert.Equal("rate-limited", (await Answer.Of(last, 429)).Code());
        Assert.Equal("\"tenant\";q=60;w=60", Header(last, "RateLimit-Policy"));
        await (await other.Admin()).Gets("/api/v1/session");
    }

    [Fact]
    public async Task An_address_is_limited_before_anyone_signs_in_and_at_the_token_endpoint()
    {
        using var own = new Hub { Settings = { ["Hub:Limits:AddressPerMinute"] = "40", ["Hub:TrustedProxies"] = "127.0.0.1" } };
        var machine = await (await own.Programme()).Machine();
        HttpResponseMessage last;
        var answered = 0;
        while ((int)(last = await Machine.Asks(own, machine.ClientId, "shs_wrong", from: "203.0.113.1")).StatusCode == 401) Assert.True(++answered < 80, "never limited");
        Assert.Equal("temporarily_unavailable", (await Answer.Of(last, 429))["error"]!.GetValue<string>());
        Assert.NotNull(last.Headers.RetryAfter);
        Assert.Equal("\"address\";q=40;w=60", Header(last, "RateLimit-Policy"));
        using var http = own.CreateClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.1");
        Assert.Equal("rate-limited", (await Answer.Of(await http.PostAsJsonAsync("/api/v1/session", new { userName = "a", password = "b" }), 429)).Code());
        await machine.Token(from: "203.0.113.2");
    }
}
