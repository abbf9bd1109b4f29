using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScenarioHub.Features.Integration;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Integration;

/// <summary>The product where the operator lets webhooks go to this machine, without TLS.</summary>
public sealed class WebhookHub : Hub
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Hub:Webhooks:AllowPrivate", "127.0.0.0/8");
        builder.UseSetting("Hub:Webhooks:AllowHttp", "true");
    }
}

/// <summary>A request as it came in.</summary>
public sealed record Received(string Path, string Id, string Timestamp, string Signature, string ContentType, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
    public JsonNode Data => Json["data"]!;
    public long Change => Data["change"]!.GetValue<long>();

    /// <summary>How many of its signatures the secret made; reckoned here from the words of the convention, not by the product.</summary>
    public int SignaturesBy(string secret)
    {
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        Assert.InRange(key.Length, 24, 64);
        using var hmac = new HMACSHA256(key);
        var expected = "v1," + Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
        return Signature.Split(' ').Count(s => s == expected);
    }
}

/// <summary>Somebody else's server, on loopback: keeps what comes in and answers what the test says, 200 at first.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Received> Got { get; } = new();
    public Func<Received, HttpContext, Task> Answers { get; set; } = (_, _) => Task.CompletedTask;
    public string Url { get; private set; } = "";
    public int Port => new Uri(Url).Port;

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            var h = http.Request.Headers;
            var got = new Received(http.Request.Path, h["webhook-id"].ToString(), h["webhook-timestamp"].ToString(), h["webhook-signature"].ToString(), http.Request.ContentType ?? "", await body.ReadToEndAsync());
            receiver.Got.Enqueue(got);
            await receiver.Answers(got, http);
        });
        await app.StartAsync();
        receiver.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hooks";
        return receiver;
    }

    public void AnswersStatus(int status, string body = "") => Answers = async (_, http) =>
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(body);
    };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

/// <summary>What tests of webhooks do.</summary>
internal static class Hooked
{
    /// <summary>Signed in anew: after days on the clock no session is left.</summary>
    public static Task<Person> AdminNow(this Programme p) => Person.SignIn(p.Hub, p.Name + ".admin");

    public static async Task<(long Id, string Secret)> Hooks(this Programme p, string url, long? organization = null, string[]? kinds = null, string[]? actions = null)
    {
        var added = await (await p.AdminNow()).Posts("/api/v1/webhooks", new { url, organization = organization ?? p.GroupA, kinds = kinds ?? ["scenario"], actions }, 201);
        return (added["id"]!.GetValue<long>(), added["secret"]!.GetValue<string>());
    }

    /// <summary>A scenario of 甲一公司 (or another), which is one change of kind scenario, registered.</summary>
    public static async Task<long> Registers(this Programme p, long? organizationId = null) =>
        await (await Person.SignIn(p.Hub, await FilerName(p))).Adds("/api/v1/scenarios", p.Scenario(organizationId));

    private static async Task<string> FilerName(Programme p)
    {
        await p.FilerOfAll();
        return $"{p.Name}.filer-{p.Root}";
    }

    /// <summary>Gives every webhook of the tenant that has something to send its turn, as the running process does every second, until none has.</summary>
    public static async Task<int> Sends(this Programme p)
    {
        var jobs = p.Hub.Services.GetRequiredService<WebhookJobs>();
        for (var turns = 0; ; turns++)
        {
            Assert.True(turns < 50, "It never comes to an end.");
            var due = (await jobs.Due(default)).Where(d => d.TenantId == p.TenantId).ToArray();
            if (due.Length == 0) return turns;
            foreach (var one in due) await jobs.Deliver(one, default);
        }
    }

    public static async Task<JsonArray> Log(this Programme p, long id, string query = "") => (await (await p.AdminNow()).Gets($"/api/v1/webhooks/{id}/deliveries?limit=500{query}"))["items"]!.AsArray();

    public static async Task<JsonNode> Webhook(this Programme p, long id) => await (await p.AdminNow()).Gets($"/api/v1/webhooks/{id}");
}
