using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Features.Tenants;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Benchmarks;

/// <summary>The product in this process: SQLite in a folder that goes away, Kestrel on loopback, one tenant, a clock that stands still, no background workers.</summary>
internal sealed class BenchedHub : WebApplicationFactory<Program>
{
    private const string Password = "correct horse 42";
    private string _folder = Directory.CreateTempSubdirectory("scenariohub-bench-").FullName;
    private bool _keep;

    public TenantAdded? Tenant { get; private set; }
    /// <summary>Signed in as the regulator's administrator, who sees the whole tenant.</summary>
    public HttpClient Http { get; private set; } = null!;
    public string DataFile => Services.GetRequiredService<Database>().File!;

    /// <summary>On a folder that holds the national data; made there first when it does not. The folder stays.</summary>
    public static async Task<BenchedHub> National(string folder, int organizations, int scenarios)
    {
        var made = File.Exists(Path.Combine(folder, "complete"));
        if (!made && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var hub = new BenchedHub { _folder = folder, _keep = true };
        hub.UseKestrel(0);
        hub.StartServer();
        if (!made)
        {
            if (await Demo.NationalData.Run(hub.Services, organizations, scenarios, Console.Error, default) != 0) throw new InvalidOperationException("The national data could not be made.");
            await File.WriteAllTextAsync(Path.Combine(folder, "complete"), "");
        }
        var row = hub.Rows("SELECT t.tenant_id, o.organization_id, u.user_id FROM tenant t JOIN organization o ON o.tenant_id = t.tenant_id AND o.parent_id IS NULL JOIN app_user u ON u.user_name = 'national.admin' WHERE t.code = 'national'")[0];
        hub.Tenant = new TenantAdded((long)row[0], (long)row[1], (long)row[2]);
        await hub.SignIn("national.regulator", Demo.DemoSeed.Password);
        return hub;
    }

    public static async Task<BenchedHub> Start()
    {
        var hub = new BenchedHub();
        hub.UseKestrel(0);
        hub.StartServer();
        await using (var scope = hub.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Caller>().Become(0, 0, "platform", "platform", 0, new HashSet<string> { Role.PlatformAdmin }, Role.PermissionsOf([Role.PlatformAdmin]));
            hub.Tenant = Must(await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AddTenant("bench", "基准测试", "Benchmark", "bench.admin", Password)));
        }
        await hub.SignIn("bench.admin", Password);
        return hub;
    }

    private async Task SignIn(string userName, string password)
    {
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = ClientOptions.BaseAddress };
        using var signedIn = await Http.PostAsJsonAsync("/api/v1/session", new { userName, password });
        signedIn.EnsureSuccessStatusCode();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Hub:DataFolder", _folder);
        builder.UseSetting("Hub:Jobs:Workers", "0");
        foreach (var limit in new[] { "Caller", "Tenant", "Address" }) builder.UseSetting($"Hub:Limits:{limit}PerMinute", "0");
        builder.UseSetting("Urls", "http://127.0.0.1:0");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore.DataProtection", "Error");
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new StoppedClock())));
    }

    /// <summary>Sends one message as someone who may do everything at the root; a refusal ends the run.</summary>
    public Task<T> Send<T>(IRequest<Result<T>> request) => Inside(async services => Must(await services.GetRequiredService<IMediator>().Send(request)));

    public async Task<T> Inside<T>(Func<IServiceProvider, Task<T>> run)
    {
        await using var scope = Services.CreateAsyncScope();
        var roles = new HashSet<string> { Role.RegulatorAdmin, Role.EnterpriseAdmin };
        scope.ServiceProvider.GetRequiredService<Caller>().Become(Tenant!.TenantId, Tenant.AdminUserId, "bench.admin", "bench", Tenant.RootOrganizationId, roles, Role.PermissionsOf(roles));
        return await run(scope.ServiceProvider);
    }

    public async Task<byte[]> Gets(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    /// <summary>The next roll-up is worked out, not given again.</summary>
    public void ForgetAnswers() => Services.GetRequiredService<KeptRollups>().Clear();

    public async Task<JsonNode> Asks(string path) => JsonNode.Parse(await Gets(path))!;

    /// <summary>Rows of the product's file, read beside it.</summary>
    public IReadOnlyList<object[]> Rows(string sql, params (string Name, object Value)[] args)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DataFile, Mode = SqliteOpenMode.ReadWrite }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are this program's own
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("@t", Tenant?.TenantId ?? 0);
        foreach (var (name, value) in args) command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    public static T Must<T>(Result<T> result) => result.Ok ? result.Value : throw new InvalidOperationException(
        $"{result.Why!.Code}: {result.Why.Detail.En} {string.Join("; ", result.Why.Errors?.Select(e => $"{e.Pointer} {e.Code} {e.Message}") ?? [])}");

    protected override void Dispose(bool disposing)
    {
        if (disposing) Http?.Dispose();
        base.Dispose(disposing);
        if (!disposing) return;
        SqliteConnection.ClearAllPools();
        if (!_keep) Directory.Delete(_folder, recursive: true);
    }

    private sealed class StoppedClock : TimeProvider
    {
        private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-23T01:00:00Z", CultureInfo.InvariantCulture);
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
