using System.Text.Json;
using System.Text.Json.Nodes;
using ScenarioHub.Platform.Http;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.House;

/// <summary>The committed description is what the product answers, and it describes every route. Broken once by hand: a route renamed without ./dev openapi.</summary>
public class ApiDescriptionTests(Hub hub)
{
    [Fact]
    public async Task The_committed_description_is_current()
    {
        var answered = await Description();
        var text = answered.ToJsonString(new JsonSerializerOptions(Json.Options) { WriteIndented = true }) + "\n";
        var file = Path.Combine(Repository.Root, "web", "openapi.json");
        if (Environment.GetEnvironmentVariable("SCENARIOHUB_APPROVE") == "1") await File.WriteAllTextAsync(file, text);
        Assert.True(File.Exists(file) && text == await File.ReadAllTextAsync(file), "web/openapi.json is not what the product answers: run ./dev openapi and look at the difference.");
    }

    [Fact]
    public async Task It_is_3_1_says_what_every_route_does_and_numbers_are_numbers()
    {
        var description = await Description();
        Assert.StartsWith("3.1", description["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var operations = description["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => (Name: $"{o.Key.ToUpperInvariant()} {path.Key}", Operation: o.Value!))).ToList();
        Assert.True(operations.Count > 30, $"only {operations.Count} operations");
        Walls.Stands("Every operation says what it does, in a summary.", operations.Where(o => string.IsNullOrWhiteSpace(o.Operation["summary"]?.GetValue<string>())).Select(o => o.Name));
        Assert.DoesNotContain("\"integer\",\"string\"", description.ToJsonString().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_example_belongs_to_a_route()
    {
        var description = await Description();
        Assert.NotEmpty(ApiExamples.All);
        Walls.Stands("An example that no route shows is to be taken away.", ApiExamples.All.Keys.Where(key =>
            description["paths"]?[key.Split(' ')[1]]?[key.Split(' ')[0].ToLowerInvariant()] is not { } operation || !operation.ToJsonString().Contains("\"example\"", StringComparison.Ordinal)));
    }

    /// <summary>An example is what a reader copies first: each is sent, and none is turned down for a name or a type it got wrong.</summary>
    [Fact]
    public async Task Every_example_request_is_one_the_product_can_read()
    {
        var p = await hub.Programme();
        var people = new[] { await p.Admin(), await p.SignedInAs("enterpriseAdmin", p.Root), await p.Regulator(), await p.PlatformAdmin() };
        var sent = 0;
        foreach (var (route, example) in ApiExamples.All.Where(e => e.Value.Request is not null && e.Key != "POST /api/v1/session"))
        {
            var (method, path) = (new HttpMethod(route.Split(' ')[0]), route.Split(' ')[1].Replace("{id}", "1", StringComparison.Ordinal).Replace("{period}", "2026-10", StringComparison.Ordinal)
                .Replace("{source}", "erp", StringComparison.Ordinal).Replace("{key}", Guid.NewGuid().ToString("N"), StringComparison.Ordinal));
            foreach (var person in people)
            {
                using var request = new HttpRequestMessage(method, path) { Content = new StringContent(example.Request!, System.Text.Encoding.UTF8, "application/json") };
                request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
                var response = await person.Http.SendAsync(request);
                if ((int)response.StatusCode is 403) continue;
                var body = await response.Content.ReadAsStringAsync();
                Assert.True((int)response.StatusCode < 500, $"{route}: {body}");
                foreach (var code in new[] { "unknown-field", "wrong-type", "malformed-json", "not-json", "bad-request", "required", "unknown-code" })
                    Assert.False(body.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal), $"{route}: {body}");
                sent++;
                break;
            }
        }
        Assert.True(sent >= 15, $"only {sent} examples were sent");
    }

    private async Task<JsonNode> Description() => JsonNode.Parse(await hub.CreateClient().GetStringAsync("/openapi/v1.json"))!;
}
