using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Tests.Support;

/// <summary>What a test of a later feature takes for granted.</summary>
public static class Arrange
{
    private static long _lastId = 9_000_000_000;

    /// <summary>A scenario the regulator accepted, with its measures; gives back its id.</summary>
    public static async Task<long> ApprovedScenario(this Programme p, long? organizationId = null, string division = "44", string region = "110000", string keyAction = "INDUSTRY",
        string stage = "scaled", string stageSince = "2024-11-01", decimal capex = 1_000_000m, string[]? measures = null)
    {
        var services = p.Hub.Services;
        var (database, id) = (services.GetRequiredService<Database>(), Interlocked.Increment(ref _lastId));
        var row = new
        {
            t = p.TenantId, id, org = organizationId ?? p.SubsidiaryA, code = $"SC-{id}", name = $"场景{id}", division, region, keyAction, stage, stageSince,
            sector = services.GetRequiredService<ReferenceCatalog>().SectorOf(division).Code, capex = (long)(capex * 100), first = stageSince[..7],
            user = p.AdminUserId, now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime
        };
        using var turn = await database.EnterWriter(default);
        await using var connection = await database.Open(default);
        await connection.ExecuteAsync("""
            INSERT INTO scenario (tenant_id, scenario_id, organization_id, code, name, kind, state, stage, stage_since, industry_division, region, key_action, open_scope,
                                  state_secret, capex_total_fen, document, version, approved_version, created_by, created_at, updated_at)
            VALUES (@t, @id, @org, @code, @name, 'application', 'approved', @stage, @stageSince, @division, @region, @keyAction, 'none', 0, @capex, '{}', 1, 1, @user, @now, @now)
            """, row);
        await connection.ExecuteAsync("""
            INSERT INTO scenario_standing (tenant_id, scenario_id, version, organization_id, industry_division, sector, region, key_action, stage, stage_since, capex_total_fen, first_period)
            VALUES (@t, @id, 1, @org, @division, @sector, @region, @keyAction, @stage, @stageSince, @capex, @first)
            """, row);
        await connection.ExecuteAsync("INSERT INTO scenario_stage (tenant_id, scenario_id, since, stage) VALUES (@t, @id, @stageSince, @stage)", row);
        foreach (var measure in measures ?? ["COST_SAVE", "HOURS_SAVED", "OPEX_COMPUTE"])
            await connection.ExecuteAsync("INSERT INTO scenario_measure (tenant_id, scenario_id, measure) VALUES (@t, @id, @measure)", new { row.t, id, measure });
        return id;
    }

    /// <summary>Changes the facts of a scenario behind its feature's back, for states that take long to reach.</summary>
    public static async Task Tamper(this Programme p, string sql, object args)
    {
        var database = p.Hub.Services.GetRequiredService<Database>();
        using var turn = await database.EnterWriter(default);
        await using var connection = await database.Open(default);
        var bound = new DynamicParameters(args);
        bound.Add("t", p.TenantId);
        Assert.True(await connection.ExecuteAsync(sql, bound) > 0, string.Create(CultureInfo.InvariantCulture, $"Nothing changed: {sql}"));
    }
}
