using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Imports;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Imports;

/// <summary>A file sent as an ERP would, and worked off as the background would.</summary>
internal static class Imported
{
    public const string Figures = "/api/v1/imports?kind=figures";

    public static Task<JsonNode> SendsFile(this Person person, string path, string content, int status = 202, string? name = null, string? key = null, string? language = null) =>
        person.SendsFile(path, Encoding.UTF8.GetBytes(content), status, name, key, language);

    public static async Task<JsonNode> SendsFile(this Person person, string path, byte[] content, int status = 202, string? name = null, string? key = null, string? language = null)
    {
        using var response = await person.Uploads(path, content, name, key, language);
        return await Answer.Of(response, status);
    }

    public static async Task<HttpResponseMessage> Uploads(this Person person, string path, byte[] content, string? name = null, string? key = null, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        if (name is not null) request.Content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"\"{name}\"" };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (language is not null) request.Headers.AcceptLanguage.ParseAdd(language);
        return await person.Http.SendAsync(request);
    }

    /// <summary>Sends a file and works it off; the import as it then is.</summary>
    public static async Task<JsonNode> Imports(this Programme p, Person person, string path, string content, string? name = null)
    {
        var id = (await person.SendsFile(path, content, name: name))["id"]!.GetValue<long>();
        await p.Works(id);
        return await person.Gets($"/api/v1/imports/{id}");
    }

    /// <summary>What a worker does with an import.</summary>
    public static async Task Works(this Programme p, long importId)
    {
        await using var scope = p.Hub.Services.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RunImport(p.TenantId, importId));
        Assert.True(outcome.Ok, outcome.Why?.ToString());
    }

    public static async Task<JsonArray> FindingsOf(this Person person, JsonNode import, string? query = null, string? language = null)
    {
        var page = await person.Sends(HttpMethod.Get, $"/api/v1/imports/{import["id"]}/findings?limit=500&count=true{query}", null, 200, language: language);
        if (query is null && page["next"] is null) Assert.Equal(page["items"]!.AsArray().Count, page["count"]!.GetValue<int>());
        return page["items"]!.AsArray();
    }

    public static string Line(long scenario, string period, string measure, decimal value, string? more = null) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""{"scenario":{{scenario}},"period":"{{period}}","measure":"{{measure}}","value":{{value}}{{more}}}""") + "\n";

    public static void Is(this JsonNode import, string state, int created = 0, int updated = 0, int unchanged = 0, int refused = 0, int submitted = 0) =>
        Assert.Equal((state, created, updated, unchanged, refused, submitted), (import["state"]!.GetValue<string>(), import["created"]!.GetValue<int>(), import["updated"]!.GetValue<int>(),
            import["unchanged"]!.GetValue<int>(), import["refused"]!.GetValue<int>(), import["submitted"]!.GetValue<int>()));
}
