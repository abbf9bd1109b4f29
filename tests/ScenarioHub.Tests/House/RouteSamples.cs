using ScenarioHub.Tests.Features.Filings;
using ScenarioHub.Tests.Features.Imports;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.House;

/// <summary>
/// What the route walls must know to call a route with parameters: something real of 甲集团, and a body that gets as far as the id.
/// A new route with an id under a prefix that is not here fails the wall.
/// </summary>
internal static class RouteSamples
{
    private static readonly Dictionary<string, Func<Programme, Task<Values>>> Things = new()
    {
        ["/api/v1/organizations/{id:long}"] = p => Task.FromResult(new Values { ["id"] = p.SubsidiaryA }),
        // A merger uses its organization up.
        ["/api/v1/organizations/{id:long}/merge"] = async p => new Values
        {
            ["id"] = await (await p.Admin()).Adds("/api/v1/organizations", new { parentId = p.GroupA, kind = "directory", name = $"甲部 {Guid.NewGuid():N}" })
        },
        ["/api/v1/scenarios/{id:long}"] = async p => new Values { ["id"] = await p.ApprovedScenario() },
        ["/api/v1/scenarios/{id:long}/filings/{period}"] = async p =>
        {
            var id = await p.ApprovedScenario();
            await (await p.FilerA()).Puts($"/api/v1/scenarios/{id}/filings/2026-08", new { figures = new[] { new { measure = "COST_SAVE", value = 1, grade = "selfReported" } } });
            return new Values { ["id"] = id, ["period"] = "2026-08" };
        },
        ["/api/v1/filings/{id:long}"] = async p => new Values { ["id"] = await p.ApprovedFiling() },
        ["/api/v1/evidence/{id:long}"] = async p => new Values { ["id"] = await (await p.FilerA()).Proves(await p.ApprovedFiling()) },
        ["/api/v1/scenarios/by-key/{source}/{key}"] = async p =>
        {
            var key = Guid.NewGuid().ToString("N");
            await (await p.FilerA()).Puts($"/api/v1/scenarios/by-key/erp/{key}", p.Scenario(), 201);
            return new Values { ["source"] = "erp", ["key"] = key };
        },
        ["/api/v1/collections/{id:long}"] = async p => new Values
        {
            ["id"] = await (await p.Regulator()).Adds("/api/v1/collections", new
            {
                name = "月度填报",
                organization = p.GroupA,
                firstPeriod = "2026-08",
                lastPeriod = "2026-08",
                opensOn = "2026-12-01",
                dueOn = "2026-12-12"
            })
        },
        ["/api/v1/findings/{id:long}"] = async p =>
        {
            // An actual figure that is its target to the last digit: a warning, which is found and hinders nothing.
            var filing = await p.Files(await p.ApprovedScenario(), "2026-08", new { measure = "COST_SAVE", value = 5000, target = 5000 });
            var page = await (await p.Regulator()).Gets($"/api/v1/findings?filing={filing}&rule=S-04");
            return new Values { ["id"] = page["items"]![0]!["id"]!.GetValue<long>() };
        },
        ["/api/v1/rehearsals/{id:long}"] = async p =>
        {
            var set = await (await p.Admin()).Adds("/api/v1/rule-sets", new { note = "试运行" });
            var rehearsal = await (await p.SignedInAs("regulatorAdmin", p.GroupA)).Posts($"/api/v1/rule-sets/{set}/rehearse", new { from = "2026-01", to = "2026-10" }, 202);
            return new Values { ["id"] = rehearsal["id"]!.GetValue<long>() };
        },
        ["/api/v1/reports/{id:long}"] = async p => new Values
        {
            ["id"] = (await (await p.Regulator()).Posts("/api/v1/reports", new { template = "sector-monthly", period = "2026-08", format = "xlsx", organization = p.GroupA }, 202))["id"]!.GetValue<long>()
        },
        ["/api/v1/imports/{id:long}"] = async p => new Values { ["id"] = (await (await p.FilerA()).SendsFile(Imported.Figures + "&validateOnly=true", "{}\n"))["id"]!.GetValue<long>() },
        ["/api/v1/import-mappings/{source}"] = async p =>
        {
            var source = $"s{Guid.NewGuid():N}"[..20];
            await (await p.FilerA()).Puts($"/api/v1/import-mappings/{source}", new { columns = new[] { new { header = "项目", field = "scenario" } } });
            return new Values { ["source"] = source };
        },
        ["/api/v1/goals/{id:long}"] = async p => new Values
        {
            ["id"] = await (await p.Regulator()).Adds("/api/v1/goals", new { kind = "target", code = Guid.NewGuid().ToString("N"), statementZh = "建成 10 个示范", unit = "个", comparator = ">=", target = 10, dueOn = "2027-12-31", organization = p.GroupA })
        },
        ["/api/v1/webhooks/{id:long}"] = async p => new Values
        {
            ["id"] = await (await p.Admin()).Adds("/api/v1/webhooks", new { url = "https://erp.example.com/hooks", organization = p.GroupA })
        },
        ["/api/v1/api-clients/{id:long}"] = async p => new Values
        {
            ["id"] = await (await p.Admin()).Adds("/api/v1/api-clients", new { name = "ERP", organizationId = p.SubsidiaryA, scopes = new[] { "scenarios.read" } })
        },
        ["/api/v1/api-clients/{id:long}/secrets/{secretId:long}"] = async p =>
        {
            var id = await (await p.Admin()).Adds("/api/v1/api-clients", new { name = "ERP", organizationId = p.SubsidiaryA, scopes = new[] { "scenarios.read" } });
            return new Values { ["id"] = id, ["secretId"] = await (await p.Admin()).Adds($"/api/v1/api-clients/{id}/secrets", new { }) };
        },
        ["/api/v1/users/{id:long}"] = async p => new Values
        {
            ["id"] = await (await p.Admin()).Adds("/api/v1/users", new
            {
                userName = $"u{Guid.NewGuid():N}",
                displayName = "甲某",
                password = Person.Password,
                organizationId = p.SubsidiaryA,
                roles = new[] { "filer" }
            })
        },
    };

    /// <summary>Routes (<c>PUT /api/…</c>) or prefixes (<c>/api/…</c>) whose parameters name nothing that exists and belongs to somebody, with the reason.</summary>
    private static readonly Dictionary<string, string> Nobodys = new()
    {
        ["/api/v1/rule-sets/{id:long}"] = "a rule set is the whole programme's: everyone of the tenant may read it, only its root may change it (RuleSetTests asks both, and another tenant)",
        ["PUT /api/v1/import-mappings/{source}"] = "a source is each organization's own name of a system; where it has no mapping yet, this keeps its first",
        ["PUT /api/v1/scenarios/by-key/{source}/{key}"] = "a key is the sender's own name within his tenant: where it is free, this creates"
    };

    /// <summary>Bodies by method and route; the argument is an organization that the caller sees. Others are sent an empty object.</summary>
    private static readonly Dictionary<string, Func<long, object>> Bodies = new()
    {
        ["POST /api/v1/collections/{id:long}/exempt"] = home => new { organization = home, reason = "检修" },
        ["POST /api/v1/collections/{id:long}/unexempt"] = home => new { organization = home, reason = "检修已完成" },
        ["POST /api/v1/organizations/{id:long}/move"] = home => new { to = home, effectiveOn = "2026-11-16" },
        ["POST /api/v1/organizations/{id:long}/merge"] = home => new { into = home, effectiveOn = "2026-11-16" },
        ["POST /api/v1/organizations/{id:long}/split"] = _ => new { effectiveOn = "2026-11-16", parts = new[] { new { kind = "directory", name = $"分出部分 {Guid.NewGuid():N}" } } },
        ["POST /api/v1/scenarios/{id:long}/return"] = _ => new { reason = "请补充材料" },
        ["POST /api/v1/scenarios/{id:long}/retire"] = _ => new { retiredOn = "2026-11-16", reason = "停用" },
        ["POST /api/v1/filings/{id:long}/grades"] = _ => new { figures = new[] { new { measure = "COST_SAVE", grade = "measured", evidence = 1 } } },
        ["POST /api/v1/evidence/{id:long}/withdraw"] = _ => new { reason = "原件有误" },
        ["POST /api/v1/findings/{id:long}/explain"] = _ => new { text = "9 月起执行新的降本核算办法,目标与实际恰好一致。" },
        ["POST /api/v1/findings/{id:long}/reject"] = _ => new { reason = "请附核算明细" },
        ["POST /api/v1/goals/{id:long}/values"] = _ => new { asOf = "2026-08-31", value = 3, grade = "selfReported", source = "工作简报", documentNo = "2026-31" },
        ["POST /api/v1/webhooks/{id:long}/replay"] = _ => new { failedSince = "2026-11-01T00:00:00Z" },
        ["PUT /api/v1/import-mappings/{source}"] = _ => new { columns = new[] { new { header = "项目", field = "scenario" } } },
        ["PUT /api/v1/scenarios/{id:long}/filings/{period}"] = _ => new { figures = new[] { new { measure = "COST_SAVE", value = 2, grade = "selfReported" } } }
    };

    /// <summary>Query strings that a list cannot do without, by method and route.</summary>
    private static readonly Dictionary<string, string> Queries = [];

    /// <summary>Something of 甲集团, made anew where a call would use it up; null when the wall does not know how.</summary>
    public static Func<Programme, Task<Values>>? Of(Route route) => Longest(Things, route.Path);

    public static bool IsNobodys(Route route) => Nobodys.ContainsKey(route.ToString()) || Longest(Nobodys, route.Path) is not null;

    public static object Body(Route route, long home) => Bodies.TryGetValue(route.ToString(), out var body) ? body(home) : new { };

    public static string Query(Route route) => Queries.TryGetValue(route.ToString(), out var query) ? query + "&" : "";

    /// <summary>Entries that no route needs any more.</summary>
    public static IEnumerable<string> Unused(IReadOnlyList<Route> routes) =>
        Things.Keys.Concat(Nobodys.Keys).Concat(Bodies.Keys).Concat(Queries.Keys)
            .Where(key => !routes.Any(r => key.StartsWith('/') ? r.Path == key || r.Path.StartsWith(key + "/", StringComparison.Ordinal) : r.ToString() == key));

    private static T? Longest<T>(Dictionary<string, T> byPrefix, string path) where T : class =>
        byPrefix.Where(e => path == e.Key || path.StartsWith(e.Key + "/", StringComparison.Ordinal)).OrderByDescending(e => e.Key.Length).Select(e => e.Value).FirstOrDefault();

    /// <summary>Values of a route's parameters, by name.</summary>
    internal sealed class Values : Dictionary<string, object>;
}
