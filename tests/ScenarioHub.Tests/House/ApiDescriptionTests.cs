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

    private async Task<JsonNode> Description() => JsonNode.Parse(await hub.CreateClient().GetStringAsync("/openapi/v1.json"))!;
}
