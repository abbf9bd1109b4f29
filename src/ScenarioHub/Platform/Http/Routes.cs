using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Platform.Http;

/// <summary>What a route asks of its caller: a permission, or a reason why nobody need sign in.</summary>
internal sealed record RouteAccess(string? Permission, string? AnyoneBecause);

/// <summary>The body is a file and not text of the API: whatever encoding it says it is in, that is for its reader to judge.</summary>
internal sealed record AnyCharset;

internal static class Routes
{
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
            await Problems.Write(http, Problems.Of(401, "not-signed-in", new Words("请先登录。", "Sign in first.").ToString()));
        else if (access is null || !caller.May(access.Permission!))
            await Problems.Write(http, Problems.Of(403, "permission-missing", new Words(
                $"您的角色没有此操作的权限({access?.Permission ?? "未声明"})。", $"Your roles do not include the permission {access?.Permission ?? "undeclared"}.").ToString()));
        else await next(http);
    });
}
