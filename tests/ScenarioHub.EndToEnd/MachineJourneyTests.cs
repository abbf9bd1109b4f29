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
