using System.Net;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Platform.Hosting;

/// <summary>A setting is wrong; the message names it and says what would be right. Ends the start with that sentence.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>
/// All settings of the product, under <c>Hub</c> in appsettings, as <c>Hub__…</c> in the environment or <c>--Hub:…</c> on the command line.
/// A key that is none of these is refused too: a misspelt setting must not silently be its default.
/// </summary>
/// <param name="Provider"><c>Hub:Database:Provider</c>: <c>sqlite</c> or <c>sqlserver</c>.</param>
/// <param name="ConnectionString"><c>Hub:Database:ConnectionString</c>: required on a server; for sqlite the default is a file in the data folder.</param>
/// <param name="DataFolder"><c>Hub:DataFolder</c>: the embedded database and the keys that protect cookies.</param>
/// <param name="JobWorkers"><c>Hub:Jobs:Workers</c>: background workers of this process, 0 to 32; 0 means none.</param>
/// <param name="SessionMinutes"><c>Hub:Session:IdleMinutes</c>: a session ends after so long without a request, 5 to 720.</param>
/// <param name="CallerPerMinute"><c>Hub:Limits:CallerPerMinute</c>: requests of one person or client; 0 for no limit, as for the other two.</param>
/// <param name="TenantPerMinute"><c>Hub:Limits:TenantPerMinute</c>: requests of one tenant.</param>
/// <param name="AddressPerMinute"><c>Hub:Limits:AddressPerMinute</c>: requests of one address that come without a sign-in, among them sign-ins and requests for tokens.</param>
/// <param name="TrustedProxies"><c>Hub:TrustedProxies</c>: addresses or CIDR blocks, with blanks or commas between, whose X-Forwarded-For and X-Forwarded-Proto are believed; none when empty.</param>
public sealed record HubSettings(Dialect Provider, string ConnectionString, string DataFolder, int JobWorkers, int SessionMinutes, int CallerPerMinute, int TenantPerMinute, int AddressPerMinute, IReadOnlyList<IPNetwork> TrustedProxies)
{
    private const int MostPerMinute = 100_000_000;

    private static readonly string[] Known =
        ["Database:Provider", "Database:ConnectionString", "DataFolder", "Jobs:Workers", "Session:IdleMinutes", "Limits:CallerPerMinute", "Limits:TenantPerMinute", "Limits:AddressPerMinute", "TrustedProxies", "Webhooks:AllowPrivate", "Webhooks:AllowHttp"];

    /// <summary><c>Hub:Webhooks:AllowPrivate</c>: networks in CIDR notation that webhooks may go to although they are private, of this machine or reserved; <c>true</c> for all, empty for none.</summary>
    public IReadOnlyList<IPNetwork> WebhooksAllowPrivate { get; init; } = [];

    /// <summary><c>Hub:Webhooks:AllowHttp</c>: <c>true</c> lets webhooks go out without TLS.</summary>
    public bool WebhooksAllowHttp { get; init; }

    public static HubSettings Read(IConfiguration configuration)
    {
        var hub = configuration.GetSection("Hub");
        foreach (var key in hub.AsEnumerable(makePathsRelative: true).Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => p.Key))
            if (!Known.Contains(key, StringComparer.OrdinalIgnoreCase))
                throw new SettingsException($"Hub:{key} is not a setting. Known are: {string.Join(", ", Known.Select(k => "Hub:" + k))}.");

        var folder = hub["DataFolder"] is { Length: > 0 } given ? Path.GetFullPath(given) : throw new SettingsException("Hub:DataFolder is empty; it names the folder for the embedded database and the keys.");
        var provider = hub["Database:Provider"] switch
        {
            "sqlite" => Dialect.Sqlite,
            "sqlserver" => Dialect.SqlServer,
            var other => throw new SettingsException($"Hub:Database:Provider is “{other}”; it must be sqlite or sqlserver.")
        };
        var connectionString = hub["Database:ConnectionString"] ?? "";
        if (provider == Dialect.SqlServer && connectionString.Length == 0) throw new SettingsException("Hub:Database:ConnectionString is empty; with Hub:Database:Provider = sqlserver it must name the server and the database.");
        if (connectionString.Length == 0) connectionString = $"Data Source={Path.Combine(folder, "scenariohub.db")}";
        try { _ = provider == Dialect.Sqlite ? new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connectionString).DataSource : new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(connectionString).DataSource; }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException) { throw new SettingsException($"Hub:Database:ConnectionString cannot be read: {e.Message}"); }
        Directory.CreateDirectory(folder);
        return new(provider, connectionString, folder, Number(hub, "Jobs:Workers", 0, 32), Number(hub, "Session:IdleMinutes", 5, 720),
            Number(hub, "Limits:CallerPerMinute", 0, MostPerMinute), Number(hub, "Limits:TenantPerMinute", 0, MostPerMinute), Number(hub, "Limits:AddressPerMinute", 0, MostPerMinute), Proxies(hub))
        {
            WebhooksAllowPrivate = Networks(hub, "Webhooks:AllowPrivate"),
            WebhooksAllowHttp = Flag(hub, "Webhooks:AllowHttp")
        };
    }

    private static List<IPNetwork> Proxies(IConfigurationSection hub)
    {
        var found = new List<IPNetwork>();
        foreach (var given in (hub["TrustedProxies"] ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            found.Add(AddressBlock.Parse(given) ?? throw new SettingsException($"Hub:TrustedProxies holds “{given}”; it takes addresses and CIDR blocks such as 10.0.0.5 or 10.0.0.0/24."));
        return found;
    }

    private static bool Flag(IConfigurationSection hub, string key) => hub[key] switch
    {
        null or "" => false,
        { } text when bool.TryParse(text, out var flag) => flag,
        var other => throw new SettingsException($"Hub:{key} is “{other}”; it must be true or false.")
    };

    private static IPNetwork[] Networks(IConfigurationSection hub, string key) => hub[key] switch
    {
        null or "" => [],
        { } text when bool.TryParse(text, out var all) => all ? [new(IPAddress.Any, 0), new(IPAddress.IPv6Any, 0)] : [],
        { } text => [.. text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part =>
            IPNetwork.TryParse(part, out var network) ? network : IPAddress.TryParse(part, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
            : throw new SettingsException($"Hub:{key} holds “{part}”; it must be true, false or networks such as 10.1.0.0/16, fd00:1::/32, with a comma between."))]
    };

    private static int Number(IConfigurationSection hub, string key, int least, int most) =>
        int.TryParse(hub[key], out var number) && number >= least && number <= most
            ? number : throw new SettingsException($"Hub:{key} is “{hub[key]}”; it must be a whole number from {least} to {most}.");
}
