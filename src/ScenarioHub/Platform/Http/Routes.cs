using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Platform.Http;

/// <summary>What a route asks of its caller: a permission, or a reason why nobody need sign in.</summary>
internal sealed record RouteAccess(string? Permission, string? AnyoneBecause);

/// <summary>The body is a file and not text of the API: whatever encoding it says it is in, that is for its reader to judge.</summary>
internal sealed record AnyCharset;

internal static class Routes
{
    private static readonly Refusal NotSignedIn = new(RefusalKind.Unauthenticated, "not-signed-in", new("请先登录。", "Sign in first."));

    private static readonly Refusal TokenVoid = new(RefusalKind.Unauthenticated, "token-void", new(
        $"访问令牌已过期或无效,请向 {TokenRequests.Path} 重新申请。", $"The access token has expired or is none of ours; ask {TokenRequests.Path} for a new one."));

    /// <summary>One of the routes that the description describes; others keep house by rules of their own.</summary>
    public static bool IsApi(this RouteEndpoint route) => route.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true;

    /// <summary>The caller must hold this permission.</summary>
    public static T Needs<T>(this T route, string permission) where T : IEndpointConventionBuilder
    {
        route.Add(b => b.Metadata.Add(new RouteAccess(permission, null)));
        return route;
    }

    /// <summary>Open to all, signed in or not, because …</summary>
    public static T AllowAnyone<T>(this T route, string why) where T : IEndpointConventionBuilder
    {
        route.Add(b => b.Metadata.Add(new RouteAccess(null, why)));
        return route;
    }

    /// <summary>Refuses before anything is read: 401 without a sign-in, 403 without the permission. A route that declares nothing is closed.</summary>
    public static IApplicationBuilder UseRouteAccess(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        // The framework's own endpoints that say 405 and 415 are no routes of ours and ask for nothing.
        if (http.GetEndpoint() is not RouteEndpoint endpoint) { await next(http); return; }
        var access = endpoint.Metadata.GetMetadata<RouteAccess>();
        if (access?.AnyoneBecause is not null) { await next(http); return; }
        var caller = http.RequestServices.GetRequiredService<Caller>();
        if (!caller.IsKnown)
        {
            var why = caller.TurnedAway ?? (http.Request.ShowsToken() ? TokenVoid : NotSignedIn);
            http.Response.Headers.WWWAuthenticate = ReferenceEquals(why, NotSignedIn) ? "Bearer" : "Bearer error=\"invalid_token\"";
            await Problems.Write(http, Problems.Of(why));
        }
        else if (access is null || !caller.May(access.Permission!))
        {
            // Reading what is not one's own to read is a matter of a link; trying to write, or to read the audit, is for the audit.
            if (!HttpMethods.IsGet(http.Request.Method) || access?.Permission?.StartsWith("audit.", StringComparison.Ordinal) == true)
                await http.RequestServices.GetRequiredService<Db>().RecordRefused("request", ("route", http.Request.RouteValues["id"] is string id && long.TryParse(id, out var number) ? number : 0), "permission-missing", http.RequestAborted,
                    [Change.Field("route", null, $"{http.Request.Method} /{endpoint.RoutePattern.RawText?.Trim('/')}"), Change.Field("permission", null, access?.Permission)]);
            if (caller.IsClient) http.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\"";
            await Problems.Write(http, Problems.Of(403, "permission-missing", (caller.IsClient
                ? new Words($"令牌的授权范围不含此操作的权限({access?.Permission ?? "未声明"})。", $"The token's scopes do not include the permission {access?.Permission ?? "undeclared"}.")
                : new Words($"您的角色没有此操作的权限({access?.Permission ?? "未声明"})。", $"Your roles do not include the permission {access?.Permission ?? "undeclared"}.")).ToString()));
        }
        else await next(http);
    });
}
