namespace ScenarioHub.Platform.Http;

/// <summary>How a machine signs in: where, for how long, and how its calls are told from a browser's.</summary>
internal static class TokenRequests
{
    public const string Path = "/connect/token";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const string Bearer = "Bearer ";

    public static bool ShowsToken(this HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);
}
