using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ScenarioHub.EndToEnd;

public class MachineJourneyTests(StartedHub hub)
{
    [Fact]
    public async Task A_machines_token_survives_a_killed_server_and_its_last_use_an_orderly_end()
    {
        using var erp = new HttpClient { BaseAddress = hub.Address };
        erp.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(erp));
        var me = await erp.Gets("/api/v1/session");
        Assert.Equal("中国铁道建筑集团有限公司", me["organization"]!["name"]!.GetValue<string>());
        await hub.Kill();
        await hub.Start();
        await erp.Gets("/api/v1/scenarios?limit=1");
        using var answer = await erp.GetAsync(new Uri("/api/v1/users", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("\"caller\";q=12000;w=60", answer.Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
        await hub.Stop();
        await hub.Start();
        using var admin = await hub.SignIn("sasac.enterprise");
        var client = (await admin.Gets("/api/v1/api-clients"))["items"]!.AsArray().Single()!;
        Assert.Equal("127.0.0.1", client["lastUsedFrom"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("zh-CN", "何时重试")]
    [InlineData("en-US", "When to retry")]
    public async Task The_guide_is_served_and_what_it_points_to_on_its_page_is_there(string language, string heading)
    {
        using var reader = new HttpClient { BaseAddress = hub.Address };
        var page = await reader.GetStringAsync(new Uri($"/docs/{language}", UriKind.Relative));
        Assert.Contains(heading, page, StringComparison.Ordinal);
        foreach (var code in new[] { "idempotency-key-reused", "external-key-race", "token-void", "changes-truncated", "period-locked-reason-missing" })
            Assert.True(page.IndexOf($"<td><code>{code}</code>", StringComparison.Ordinal) > page.IndexOf("id=\"errors\"", StringComparison.Ordinal), code);
        var links = System.Text.RegularExpressions.Regex.Matches(page, "href=\"#([^\"]+)\"");
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains($"id=\"{link.Groups[1].Value}\"", page, StringComparison.Ordinal));
    }

    /// <summary>The client that is planted for a first call has what the guide's calls need.</summary>
    [Fact]
    public async Task What_the_guide_calls_the_demonstrations_client_may_call()
    {
        using var erp = new HttpClient { BaseAddress = hub.Address };
        erp.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(erp));
        foreach (var path in new[] { "/api/v1/scenarios?limit=3", "/api/v1/changes?after=latest", "/api/v1/catalog/rules" }) await erp.Gets(path);
        using var template = await erp.GetAsync(new Uri("/api/v1/imports/template.xlsx", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, template.StatusCode);
        using var sent = await erp.PostAsync(new Uri("/api/v1/imports?kind=figures&source=erp&validateOnly=true", UriKind.Relative),
            new StringContent("""{"scenario":"S-1","period":"2026-10","measure":"COST_SAVE","value":125000.5}""", Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        var sums = await erp.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-01&to=2026-10");
        await erp.Gets($"/api/v1/rollups/explain?handle={sums["total"]!["handle"]}");
    }

    private static async Task<string> Token(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("client_demo-erp:demo-2026-scenariohub-erp")));
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!["access_token"]!.GetValue<string>();
    }
}
