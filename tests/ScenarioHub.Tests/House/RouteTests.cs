using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Access;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.House;

/// <summary>A route as the running product has it.</summary>
internal sealed record Route(string Method, string Path, RouteAccess? Access, MethodInfo? Handler, IReadOnlyList<string> Parameters, IReadOnlyList<Type?> Answers)
{
    public const string AnyMethod = "*";

    public bool IsApi => Path.StartsWith("/api/", StringComparison.Ordinal) && Method != AnyMethod;
    public bool IsWrite => Method is not ("GET" or "HEAD" or AnyMethod);
    public bool IsList => Method == "GET" && Answers.Any(a => a is { IsGenericType: true } && a.GetGenericTypeDefinition() == typeof(Page<>));
    public override string ToString() => $"{Method} {Path}";

    public static IReadOnlyList<Route> All(Hub hub) =>
        [.. from endpoint in hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : [AnyMethod]
            let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
            orderby path, method
            select new Route(method, path, endpoint.Metadata.GetMetadata<RouteAccess>(), endpoint.Metadata.GetMetadata<MethodInfo>(),
                [.. endpoint.RoutePattern.Parameters.Select(p => p.Name)], [.. endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(p => p.Type)])];

    /// <summary>The path with values in place of its parameters, 1 for those not given.</summary>
    public string With(IReadOnlyDictionary<string, object>? values = null) => System.Text.RegularExpressions.Regex.Replace(Path, @"\{\**(\w+)[^}]*\}", m =>
        Uri.EscapeDataString(Convert.ToString(values?.GetValueOrDefault(m.Groups[1].Value) ?? 1, System.Globalization.CultureInfo.InvariantCulture)!));
}

/// <summary>
/// What every route owes, from the list of endpoints of the running product: a new route is covered the day it is written.
/// Broken once by hand: a route without Needs, a handler without a token, a list without its limit's rule, the permission gate and the parameter check taken out,
/// @Within left out of OrganizationSql.Find, its tenant predicate too, a route with an id under a new prefix.
/// </summary>
public class RouteTests(Hub hub)
{
    private static readonly string[] Roles = [Role.RegulatorAdmin, Role.EnterpriseAdmin, Role.Reviewer, Role.Filer, Role.Regulator, Role.Auditor];

    private IReadOnlyList<Route> Api
    {
        get
        {
            var routes = Route.All(hub).Where(r => r.IsApi).ToArray();
            Assert.Contains(routes, r => r is { Method: "GET", Path: "/api/v1/organizations/{id:long}" });
            return routes;
        }
    }

    [Fact]
    public void Every_route_names_its_permission_or_why_anyone_may()
    {
        var permissions = typeof(Permission).GetFields().Select(f => (string)f.GetValue(null)!).ToHashSet();
        Assert.NotEmpty(permissions);
        Walls.Stands("A route says .Needs(Permission.…) or .AllowAnyone(\"why\").", Route.All(hub).Where(r => r.IsApi || r.Path.StartsWith("/api/", StringComparison.Ordinal))
            .Where(r => r.Access is null || r.Access.Permission is { } named && !permissions.Contains(named) || r.Access is { Permission: null, AnyoneBecause: not { Length: > 10 } })
            .Select(r => $"{r}: {r.Access?.ToString() ?? "nothing declared"}"));
    }

    [Fact]
    public void Every_handler_takes_a_token_and_says_what_it_answers() =>
        Walls.Stands("A handler takes a CancellationToken, and its route says Produces.", Api
            .Where(r => r.Handler?.GetParameters().Any(p => p.ParameterType == typeof(CancellationToken)) != true).Select(r => $"{r}: no CancellationToken")
            .Concat(Api.Where(r => r.Answers.Count == 0).Select(r => $"{r}: no Produces")));

    [Fact]
    public void The_list_of_routes_is_approved()
    {
        var routes = Route.All(hub);
        Assert.NotEmpty(routes);
        Approved.Is("tests/ScenarioHub.Tests/House/routes.approved.txt",
            string.Concat(routes.Select(r => $"{r.Method,-6} {r.Path,-60} {r.Access?.Permission ?? $"anyone: {r.Access?.AnyoneBecause ?? "(nothing declared: closed)"}"}\n")));
    }

    [Fact]
    public async Task Without_a_sign_in_a_route_with_a_permission_answers_401()
    {
        using var http = hub.CreateClient();
        var findings = new List<string>();
        foreach (var route in Api.Where(r => r.Access?.Permission is not null))
        {
            var (status, body) = await Send(http, route, route.With(), 0);
            if (status != 401) findings.Add($"{route} answers {status}: {body}");
        }
        Walls.Stands("Sign in first.", findings);
    }

    [Fact]
    public async Task Without_its_permission_a_route_answers_403()
    {
        var programme = await hub.Programme();
        var (findings, tried) = (new List<string>(), 0);
        foreach (var route in Api)
        {
            if (route.Access?.Permission is not { } permission || Roles.LastOrDefault(r => !Role.PermissionsOf([r]).Contains(permission)) is not { } lacking) continue;
            tried++;
            var (status, body) = await Send((await programme.SignedInAs(lacking, programme.Root)).Http, route, route.With(), programme.Root);
            if (status != 403) findings.Add($"{route} answers {status} to {lacking}: {body}");
        }
        Assert.True(tried > 0);
        Walls.Stands("A permission is asked for.", findings);
    }

    [Fact]
    public async Task A_query_parameter_that_a_route_does_not_know_is_400()
    {
        var programme = await hub.Programme();
        using var anyone = hub.CreateClient();
        var findings = new List<string>();
        foreach (var route in Api)
        {
            var http = route.Access?.Permission is { } permission ? (await Holder(programme, permission, programme.Root)).Http : anyone;
            var (status, body) = await Send(http, route, route.With() + "?noSuchParameter=1", programme.Root);
            if (status != 400 || !body.Contains("\"unknown-parameter\"", StringComparison.Ordinal)) findings.Add($"{route} answers {status}: {body}");
        }
        Walls.Stands("A misspelt parameter is refused.", findings);
    }

    [Fact]
    public async Task A_list_bounds_its_page()
    {
        var programme = await hub.Programme();
        var lists = Api.Where(r => r.IsList).ToArray();
        Assert.NotEmpty(lists);
        var findings = new List<string>();
        foreach (var route in lists)
        {
            var http = (await Holder(programme, route.Access!.Permission!, programme.Root)).Http;
            var path = $"{route.With(route.Parameters.Count > 0 && RouteSamples.Of(route) is { } make ? await make(programme) : null)}?{RouteSamples.Query(route)}limit=";
            foreach (var (limit, expected) in new[] { (1, 200), (Cursor.MaxLimit, 200), (Cursor.MaxLimit + 1, 400), (0, 400) })
            {
                var (status, body) = await Send(http, route, path + limit, programme.Root);
                if (status != expected) findings.Add($"GET {path}{limit} answers {status}, not {expected}: {body}");
                else if (status == 200 && JsonNode.Parse(body)!["items"]!.AsArray().Count > limit) findings.Add($"GET {path}{limit} gives more than {limit}");
            }
        }
        Walls.Stands($"A list takes limit, 1 to {Cursor.MaxLimit}.", findings);
    }

    [Fact]
    public async Task What_is_another_tenants_or_outside_ones_subtree_is_not_found()
    {
        var routes = Api.Where(r => r.Parameters.Count > 0 && r.Access?.Permission is not (null or Permission.TenantManage) && !RouteSamples.IsNobodys(r)).ToArray();
        Assert.NotEmpty(routes);
        var (own, other) = (await hub.Programme(), await hub.Programme());
        var findings = new List<string>(RouteSamples.Unused(Api).Select(unused => $"RouteSamples has {unused}, which no route needs"));
        foreach (var route in routes)
        {
            if (RouteSamples.Of(route) is not { } make) { findings.Add($"{route}: RouteSamples does not know how to make what its id names"); continue; }
            var values = await make(own);
            if (route.Parameters.Except(values.Keys).ToArray() is [var missing, ..]) { findings.Add($"{route}: RouteSamples gives no value for {missing}"); continue; }
            var permission = route.Access!.Permission!;
            foreach (var (who, person, home) in new[] {
                ("another tenant", await Holder(other, permission, other.Root), other.Root),
                ("another group of the tenant", await Holder(own, permission, own.GroupB), own.GroupB) })
            {
                var (status, body) = await Send(person.Http, route, route.With(values), home);
                if (status != 404) findings.Add($"{route} answers {status} to {who}, not 404: {body}{(status == 400 ? " (give it a body in RouteSamples)" : "")}");
            }
            // Last, because it may change what it is about: the same call must get past the id for its owner, or the 404s above say nothing.
            var (answered, text) = await Send((await Holder(own, permission, own.GroupA)).Http, route, route.With(values), own.GroupA);
            if (answered is 401 or 403 or 404 or 405 or >= 500) findings.Add($"{route} answers {answered} to its own group: {text}");
        }
        Walls.Stands("What exists elsewhere is not found here.", findings);
    }

    /// <summary>Somebody of the programme who has the permission and sees the organization and below.</summary>
    private static async Task<Person> Holder(Programme programme, string permission, long organizationId) =>
        Roles.FirstOrDefault(r => Role.PermissionsOf([r]).Contains(permission)) is { } role
            ? await programme.SignedInAs(role, organizationId)
            : await programme.PlatformAdmin();

    private static async Task<(int Status, string Body)> Send(HttpClient http, Route route, string path, long home)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        if (route.IsWrite)
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            if (route.Method != "DELETE") request.Content = System.Net.Http.Json.JsonContent.Create(RouteSamples.Body(route, home));
        }
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
