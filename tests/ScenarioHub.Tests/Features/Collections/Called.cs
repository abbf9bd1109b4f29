using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Collections;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Collections;

/// <summary>What the tests of collections have in common. The clock stands on 2026-11-16 in Beijing.</summary>
internal static class Called
{
    public const string Today = "2026-11-16", Yesterday = "2026-11-15", Tomorrow = "2026-11-17";

    public static JsonObject Body(long? organization = null, string first = "2026-08", string? last = null, string dueOn = "2026-11-30", string opensOn = "2026-11-01") => new()
    {
        ["name"] = "十月数据填报",
        ["firstPeriod"] = first,
        ["lastPeriod"] = last ?? first,
        ["opensOn"] = opensOn,
        ["dueOn"] = dueOn,
        ["organization"] = organization
    };

    public static async Task<long> Plans(this Programme p, JsonObject body) => await (await p.Regulator()).Adds("/api/v1/collections", body);

    public static async Task<long> Calls(this Programme p, JsonObject body)
    {
        var id = await p.Plans(body);
        await p.Steps(id, "open");
        return id;
    }

    public static async Task<JsonNode> Steps(this Programme p, long id, string step, object? body = null, int status = 200) =>
        await (await p.Regulator()).Posts($"/api/v1/collections/{id}/{step}", body ?? new { }, status);

    public static async Task<JsonNode> Collection(this Programme p, long id) => await (await p.Regulator()).Gets($"/api/v1/collections/{id}");

    public static async Task<JsonNode> Coverage(this Programme p, long id, long? organization = null, Person? person = null) =>
        await (person ?? await p.Regulator()).Gets($"/api/v1/collections/{id}/coverage" + (organization is { } o ? $"?organization={o}" : ""));

    public static async Task<JsonArray> Missing(this Programme p, long id, Person? person = null) =>
        (await (person ?? await p.Regulator()).Gets($"/api/v1/collections/{id}/missing"))["items"]!.AsArray();

    /// <summary>Calls for months of the whole programme, and lets the day they are due pass.</summary>
    public static async Task<long> Owes(this Programme p, string first, string? last = null)
    {
        var id = await p.Calls(Body(first: first, last: last, dueOn: Yesterday));
        await p.Strikes(id);
        return id;
    }

    /// <summary>Lets the clock do all it has to do for one collection, as of the server's time.</summary>
    public static Task Strikes(this Programme p, long id) => p.Hub.Services.GetRequiredService<CollectionJobs>().AdvanceOne(p.TenantId, id, default);

    /// <summary>Owed, filed, approved, on time, not due, missing, exempt.</summary>
    public static void Counts(this JsonNode line, int owed, int filed, int approved, int onTime, int notDue, int missing, int exempt)
    {
        var found = new[] { "owed", "filed", "approved", "onTime", "notDue", "missing", "exempt" }.Select(n => line[n]!.GetValue<int>()).ToArray();
        Assert.Equal([owed, filed, approved, onTime, notDue, missing, exempt], found);
    }

    /// <summary>A scenario that owes one figure a month, so that its filings and its figures are as many.</summary>
    public static Task<long> Saves(this Programme p, long? organizationId = null, string division = "44", string stage = "scaled", string stageSince = "2024-11-01") =>
        p.ApprovedScenario(organizationId, division, stage: stage, stageSince: stageSince, measures: ["COST_SAVE"]);

    public static object Figure(decimal value = 5) => new { measure = "COST_SAVE", value };

    /// <summary>The regulator, signed in anew: his session ended when the clock was moved by days.</summary>
    public static async Task<Person> RegulatorAgain(this Programme p)
    {
        await p.Regulator();
        return await Person.SignIn(p.Hub, $"{p.Name}.regulator");
    }

    /// <summary>A regulator of 甲集团, below the one at the root.</summary>
    public static Task<Person> RegulatorA(this Programme p) => p.SignedInAs(Role.Regulator, p.GroupA);
}

/// <summary>A hub that notes what collections publish.</summary>
public sealed class ListeningHub : Hub, INotificationHandler<ObligationsChanged>
{
    private readonly List<ObligationsChanged> _heard = [];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<INotificationHandler<ObligationsChanged>>(this));
    }

    public Task Handle(ObligationsChanged notification, CancellationToken cancellationToken)
    {
        lock (_heard) _heard.Add(notification);
        return Task.CompletedTask;
    }

    /// <summary>Causes with their numbers of scenarios since the last call.</summary>
    public string Heard()
    {
        lock (_heard)
        {
            var text = string.Join(", ", _heard.Select(h => $"{h.Cause} {h.ScenarioIds.Count}"));
            _heard.Clear();
            return text;
        }
    }
}
