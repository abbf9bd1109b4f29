using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Tests.Support;

/// <summary>What tests of other features need to stand there before they begin; all of it through HTTP.</summary>
public static class Arrange
{
    private static int _names;

    /// <summary>A content that can be submitted: an application with all the dictionary asks of its stage.</summary>
    public static JsonObject Scenario(this Programme p, long? organizationId = null, string division = "44", string region = "110000", string keyAction = "INDUSTRY",
        string stage = "scaled", string stageSince = "2024-11-01", decimal capex = 1_000_000m, string[]? measures = null, string? name = null) => new()
        {
            ["name"] = name ?? $"锅炉燃烧智能优化 {Interlocked.Increment(ref _names)}",
            ["kind"] = "application",
            ["organization"] = organizationId ?? p.SubsidiaryA,
            ["region"] = region,
            ["industryDivision"] = division,
            ["keyAction"] = keyAction,
            ["stage"] = stage,
            ["stageSince"] = stageSince,
            ["openScope"] = "registered",
            ["stateSecret"] = false,
            ["contactName"] = "联系人",
            ["contactPhone"] = "010-12345678",
            ["painPoint"] = "燃烧调整依赖经验,煤耗偏高。",
            ["summary"] = "以时序预测与优化决策给出燃烧调整建议。",
            ["businessDomain"] = "production",
            ["replicability"] = "industry",
            ["techTypes"] = new JsonArray("timeSeries", "optimization"),
            ["modelSource"] = "purchased",
            ["deployMode"] = "private",
            ["hubNode"] = "none",
            ["capexTotalCny"] = capex,
            ["opexYearCny"] = 200_000m,
            ["goLiveOn"] = stageSince,
            ["critStrategic"] = 3,
            ["critStrategicReason"] = "保供",
            ["critEconomic"] = 4,
            ["critEconomicReason"] = "节煤",
            ["critLivelihood"] = 2,
            ["critLivelihoodReason"] = "供热",
            ["genaiPublic"] = false,
            ["mlpsLevel"] = 2,
            ["mlpsCertificateNo"] = "11010112345-00001",
            ["dataClass"] = "general",
            ["pii"] = "none",
            ["crossBorder"] = "none",
            ["cii"] = false,
            ["humanLoop"] = "full",
            ["measures"] = new JsonArray([.. (measures ?? ["COST_SAVE", "HOURS_SAVED", "OPEX_COMPUTE"]).Select(m => new JsonObject { ["measure"] = m })])
        };

    /// <summary>Fills in for the whole programme, whichever organization it is about.</summary>
    public static Task<Person> FilerOfAll(this Programme p) => p.SignedInAs(Role.Filer, p.Root);

    /// <summary>A scenario that was registered, submitted and approved; its id. Figures are owed from the month of <paramref name="stageSince"/> when the stage is pilot or later.</summary>
    public static async Task<long> ApprovedScenario(this Programme p, long? organizationId = null, string division = "44", string region = "110000", string keyAction = "INDUSTRY",
        string stage = "scaled", string stageSince = "2024-11-01", decimal capex = 1_000_000m, string[]? measures = null)
    {
        var filer = await p.FilerOfAll();
        var id = await filer.Adds("/api/v1/scenarios", p.Scenario(organizationId, division, region, keyAction, stage, stageSince, capex, measures));
        await p.Approves(id);
        return id;
    }

    /// <summary>Submits and approves the present draft; the version that stands now.</summary>
    public static async Task<int> Approves(this Programme p, long scenarioId)
    {
        var filer = await p.FilerOfAll();
        var version = (await filer.Gets($"/api/v1/scenarios/{scenarioId}"))["version"]!.GetValue<int>();
        var submitted = await filer.Posts($"/api/v1/scenarios/{scenarioId}/submit", new { version });
        return (await (await p.Regulator()).Posts($"/api/v1/scenarios/{scenarioId}/approve", new { version = submitted["version"]!.GetValue<int>() }))["version"]!.GetValue<int>();
    }

    /// <summary>Writes rows behind the features' back; only for amounts that would take HTTP too long.</summary>
    public static async Task Tamper(this Programme p, string sql, object args)
    {
        var database = p.Hub.Services.GetRequiredService<Database>();
        using var turn = await database.EnterWriter(default);
        await using var connection = await database.Open(default);
        var bound = new DynamicParameters(args);
        bound.Add("t", p.TenantId);
        Assert.True(await connection.ExecuteAsync(sql, bound) > 0, $"Nothing changed: {sql}");
    }
}
