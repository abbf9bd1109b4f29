using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

/// <summary>The field's words for arranging filings.</summary>
internal static class Filed
{
    public static string Path(long scenario, string period) => $"/api/v1/scenarios/{scenario}/filings/{period}";

    public static object Saving(decimal yuan) => new { figures = new[] { new { measure = "COST_SAVE", value = yuan } } };

    /// <summary>Files a saving and gives back the filing's id.</summary>
    public static async Task<long> Files(this Person filer, long scenario, string period, decimal yuan, string? reason = null) =>
        (await filer.Puts(Path(scenario, period), new { reason, figures = new[] { new { measure = "COST_SAVE", value = yuan } } }))["id"]!.GetValue<long>();

    public static Task<JsonNode> Submits(this Person filer, params long[] ids) => filer.Posts("/api/v1/filings/submit", new { ids });
    public static Task<JsonNode> Approves(this Person regulator, params long[] ids) => regulator.Posts("/api/v1/filings/approve", new { ids });
    public static Task<JsonNode> Returns(this Person regulator, string reason, params long[] ids) => regulator.Posts("/api/v1/filings/return", new { reason, ids });

    public static async Task<long> FilesAndSubmits(this Person filer, long scenario, string period, decimal yuan, string? reason = null)
    {
        var id = await filer.Files(scenario, period, yuan, reason);
        Assert.Equal("submitted", (await filer.Submits(id)).Outcome(id));
        return id;
    }

    public static JsonNode Item(this JsonNode decided, long id) => decided["items"]!.AsArray().Single(i => i!["id"]!.GetValue<long>() == id)!;
    public static string Outcome(this JsonNode decided, long id) => decided.Item(id)["outcome"]!.GetValue<string>();
    public static JsonNode Figure(this JsonNode filing, string measure) => filing["figures"]!.AsArray().Single(f => f!["measure"]!.GetValue<string>() == measure)!;
    public static decimal? Value(this JsonNode filing, string measure) => filing.Figure(measure)["value"]?.GetValue<decimal>();
    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();
    public static int Number(this JsonNode node, string name) => node[name]!.GetValue<int>();
}
