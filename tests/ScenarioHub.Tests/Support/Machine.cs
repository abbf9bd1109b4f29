using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ScenarioHub.Tests.Support;

/// <summary>A registered API client with one secret.</summary>
public sealed record Machine(Hub Hub, long Id, string ClientId, long SecretId, string Secret)
{
    public const string TokenPath = "/connect/token";

    /// <summary>Asks for a token as the standard recommends, with HTTP Basic.</summary>
    public static async Task<HttpResponseMessage> Asks(Hub hub, string clientId, string secret, string? scope = null, string? from = null, string grant = "client_credentials")
    {
        using var http = hub.CreateClient(new() { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, TokenPath) { Content = Form(("grant_type", grant), ("scope", scope)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}")));
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return await http.SendAsync(request);
    }

    public static FormUrlEncodedContent Form(params (string Name, string? Value)[] fields) =>
        new(fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value)));

    public async Task<string> Token(string? scope = null, string? secret = null, string? from = null) =>
        (await Answer.Of(await Asks(Hub, ClientId, secret ?? Secret, scope, from), 200))["access_token"]!.GetValue<string>();

    public async Task<JsonNode> Refused(int status, string? scope = null, string? secret = null, string? from = null) => await Answer.Of(await Asks(Hub, ClientId, secret ?? Secret, scope, from), status);

    /// <summary>Calls with a token of all its scopes, or with the one given.</summary>
    public async Task<Person> Calls(string? token = null, Hub? on = null, string? from = null)
    {
        var http = (on ?? Hub).CreateClient(new() { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await Token(from: from));
        if (from is not null) http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        return new Person(http, Id);
    }

    public static async Task<(long Id, string Secret)> NewSecret(Person admin, long clientId, object? body = null)
    {
        var made = await admin.Posts($"/api/v1/api-clients/{clientId}/secrets", body ?? new { }, 201);
        return (made["id"]!.GetValue<long>(), made["secret"]!.GetValue<string>());
    }
}

public static class Machines
{
    /// <summary>Registers machines for the whole programme that write as enterprises do; the regulator's administrator may not give what he may not do.</summary>
    public static Task<Person> ClientAdmin(this Programme p) => p.SignedInAs("enterpriseAdmin", p.Root);

    public static async Task<Machine> Machine(this Programme p, long? organizationId = null, string[]? scopes = null, object? more = null, Person? by = null)
    {
        var admin = by ?? await p.ClientAdmin();
        var body = (JsonObject)System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!;
        body["name"] = "ERP 对接";
        body["organizationId"] = organizationId ?? p.GroupA;
        body["scopes"] = new JsonArray([.. (scopes ?? ["organizations.read", "scenarios.read", "scenarios.write", "filings.read"]).Select(s => JsonValue.Create(s))]);
        var added = await admin.Posts("/api/v1/api-clients", body, 201);
        var id = added["id"]!.GetValue<long>();
        var (secretId, secret) = await Support.Machine.NewSecret(admin, id);
        return new(p.Hub, id, added["clientId"]!.GetValue<string>(), secretId, secret);
    }
}
