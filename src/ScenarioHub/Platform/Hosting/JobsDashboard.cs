using Hangfire;

namespace ScenarioHub.Platform.Hosting;

/// <summary>
/// The clock's own page: what runs, what failed and why. Of all tenants at once, so it is the platform's administrator's; it names rows and shows no figure.
/// </summary>
internal static class JobsDashboard
{
    public const string Path = "/jobs-dashboard";

    public static IEndpointConventionBuilder MapJobsDashboard(this IEndpointRouteBuilder app) => app.MapHangfireDashboard(Path, new DashboardOptions
    {
        Authorization = [], // the permission on the route decides, before anything of it runs
        AppPath = "/",
        DashboardTitle = "ScenarioHub",
        FaviconPath = "/favicon.svg",
        DisplayStorageConnectionString = false
    });
}
