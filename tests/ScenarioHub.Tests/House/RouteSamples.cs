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
        ["/api/v1/users/{id:long}"] = async p => new Values
        {
            ["id"] = await (await p.Admin()).Adds("/api/v1/users", new
            {
                userName = $"u{Guid.NewGuid():N}", displayName = "甲某", password = Person.Password, organizationId = p.SubsidiaryA, roles = new[] { "filer" }
            })
        }
    };

    /// <summary>Routes (<c>PUT /api/…</c>) or prefixes (<c>/api/…</c>) whose parameters name nothing that exists and belongs to somebody, with the reason.</summary>
    private static readonly Dictionary<string, string> Nobodys = [];

    /// <summary>Bodies by method and route; the argument is an organization that the caller sees. Others are sent an empty object.</summary>
    private static readonly Dictionary<string, Func<long, object>> Bodies = new()
    {
        ["POST /api/v1/organizations/{id:long}/move"] = home => new { to = home, effectiveOn = "2026-11-16" }
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
