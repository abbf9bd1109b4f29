using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ScenarioHub.Features.Access;
using ScenarioHub.Features.Tenants;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

[assembly: AssemblyFixture(typeof(ScenarioHub.Tests.Support.Hub))]

namespace ScenarioHub.Tests.Support;

/// <summary>
/// The product, started in this process on a real database: SQLite in a folder of its own, or with SCENARIOHUB_TEST_DB=sqlserver the server that
/// SCENARIOHUB_TEST_CONNECTION names. One for the whole run; tests keep apart by opening a programme (tenant) each, so they also run beside each other.
/// </summary>
public class Hub : WebApplicationFactory<Program>
{
    private static int _programmes;
    private readonly bool _keepsFolder;

    // Hangfire keeps the logger factory of the host that started last, for good: it must outlive any one of them.
    private static readonly ILoggerFactory Loggers = LoggerFactory.Create(l => l.AddConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));

    public static bool OnSqlServer => Environment.GetEnvironmentVariable("SCENARIOHUB_TEST_DB") == "sqlserver";

    /// <summary>The clock of the server: stands still until a test moves it.</summary>
    public SteppedClock Clock { get; } = new(new DateTimeOffset(2026, 11, 16, 8, 0, 0, TimeSpan.Zero));

    /// <summary>The names that webhooks find, and the addresses behind them; the outside world has no others.</summary>
    internal ConcurrentDictionary<string, System.Net.IPAddress[]> Names { get; } = new();

    protected virtual int JobWorkers => 0;

    /// <summary>Settings of this hub alone.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>The data folder; one that is handed in stays, and a second hub on it is the same deployment started again.</summary>
    public string Folder
    {
        // Tests that begin at once may each have the server built: they must find the same folder.
        get => LazyInitializer.EnsureInitialized(ref field, () => Directory.CreateTempSubdirectory("scenariohub-tests-").FullName);
        init => (field, _keepsFolder) = (value, true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Hub:DataFolder", Folder);
        builder.UseSetting("Hub:Jobs:Workers", JobWorkers.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var limit in new[] { "Caller", "Tenant", "Address" }) builder.UseSetting($"Hub:Limits:{limit}PerMinute", "0"); // tests come thick and fast, from one address
        foreach (var (setting, value) in Settings) builder.UseSetting(setting, value);
        if (OnSqlServer)
        {
            builder.UseSetting("Hub:Database:Provider", "sqlserver");
            builder.UseSetting("Hub:Database:ConnectionString", Environment.GetEnvironmentVariable("SCENARIOHUB_TEST_CONNECTION") ?? throw new InvalidOperationException("SCENARIOHUB_TEST_CONNECTION must name the server and database to test on."));
        }
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock))
            .Replace(ServiceDescriptor.Singleton<ScenarioHub.Features.Integration.ResolveName>((host, _) => Task.FromResult(Names.GetValueOrDefault(host, [])))).Replace(ServiceDescriptor.Singleton(Loggers)));
    }

    /// <summary>A new tenant: a regulator at the root, and two groups 甲 and 乙 with a subsidiary each.</summary>
    public async Task<Programme> Programme()
    {
        var name = $"t{Interlocked.Increment(ref _programmes)}-{Guid.NewGuid():N}"[..18];
        TenantAdded added;
        await using (var scope = Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Caller>().Become(0, 0, "platform", "platform", 0, new HashSet<string> { Role.PlatformAdmin }, Role.PermissionsOf([Role.PlatformAdmin]));
            added = (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AddTenant(name, "测试监管机构", "Test regulator", name + ".admin", Person.Password))).Value;
        }
        var programme = new Programme(this, name, added);
        await programme.PlantTree();
        return programme;
    }

    /// <summary>Runs something inside the server as a given user, as a background job would.</summary>
    public async Task<T> Inside<T>(long userId, Func<IServiceProvider, Task<T>> run)
    {
        await using var scope = Services.CreateAsyncScope();
        Assert.True(await Session.Assume(userId, scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<Caller>(), default));
        return await run(scope.ServiceProvider);
    }

    /// <summary>Sends one message inside the server as a given user; a refusal fails the test.</summary>
    public Task<T> Send<T>(long userId, IRequest<Result<T>> request) => Inside(userId, async services =>
    {
        var outcome = await services.GetRequiredService<IMediator>().Send(request);
        Assert.True(outcome.Ok, outcome.Why?.ToString());
        return outcome.Value;
    });

    protected override void Dispose(bool disposing)
    {
        // Hangfire logs through the host that was started last, for the whole process; one that is gone must not fail the others' jobs.
        if (disposing) Hangfire.Logging.LogProvider.SetCurrentLogProvider(null);
        base.Dispose(disposing);
        if (disposing && !_keepsFolder && Directory.Exists(Folder)) try { Directory.Delete(Folder, recursive: true); } catch (IOException) { /* a pooled connection may still hold the file */ }
    }
}

/// <summary>A clock that moves only when told.</summary>
public sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
    public void Step(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}

/// <summary>One tenant of a test, with its tree: 根 -> 甲集团 -> 甲一公司, 根 -> 乙集团 -> 乙一公司.</summary>
public sealed class Programme(Hub hub, string name, TenantAdded added)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Person>>> _people = new();

    public Hub Hub { get; } = hub;
    public string Name { get; } = name;
    public long TenantId { get; } = added.TenantId;
    public long Root { get; } = added.RootOrganizationId;
    public long AdminUserId { get; } = added.AdminUserId;
    public long GroupA { get; private set; }
    public long SubsidiaryA { get; private set; }
    public long GroupB { get; private set; }
    public long SubsidiaryB { get; private set; }

    internal async Task PlantTree()
    {
        var admin = await Admin();
        GroupA = await admin.Adds("/api/v1/organizations", new { parentId = Root, kind = "group", name = "甲集团", creditCode = CreditCodes.Next(), region = "110000", industryDivision = "44" });
        SubsidiaryA = await admin.Adds("/api/v1/organizations", new { parentId = GroupA, kind = "subsidiary", name = "甲一公司", creditCode = CreditCodes.Next() });
        GroupB = await admin.Adds("/api/v1/organizations", new { parentId = Root, kind = "group", name = "乙集团", creditCode = CreditCodes.Next(), region = "310000", industryDivision = "36" });
        SubsidiaryB = await admin.Adds("/api/v1/organizations", new { parentId = GroupB, kind = "subsidiary", name = "乙一公司", creditCode = CreditCodes.Next() });
    }

    /// <summary>The regulator's administrator, who came with the tenant.</summary>
    public Task<Person> Admin() => SignedIn("admin", null, 0);
    /// <summary>A regulator at the root: reviews and reads everything of the tenant.</summary>
    public Task<Person> Regulator() => SignedIn("regulator", Role.Regulator, Root);
    /// <summary>Fills in for 甲集团 and all below it.</summary>
    public Task<Person> FilerA() => SignedIn("filer-a", Role.Filer, GroupA);
    /// <summary>Fills in for 乙集团 and all below it.</summary>
    public Task<Person> FilerB() => SignedIn("filer-b", Role.Filer, GroupB);
    public Task<Person> SignedInAs(string role, long organizationId) => SignedIn($"{role.ToLowerInvariant()}-{organizationId}", role, organizationId);

    private Task<Person> SignedIn(string who, string? role, long organizationId) => _people.GetOrAdd(who, _ => new(async () =>
    {
        if (role is not null)
            await (await Admin()).Adds("/api/v1/users", new { userName = $"{Name}.{who}", displayName = who, password = Person.Password, organizationId, roles = new[] { role } });
        return await Person.SignIn(Hub, $"{Name}.{who}");
    })).Value;
}

/// <summary>A signed-in person: an HTTP client with his cookie and antiforgery token.</summary>
public sealed class Person(HttpClient http, long userId)
{
    public const string Password = "correct horse 42";
    public HttpClient Http { get; } = http;
    public long UserId { get; } = userId;

    public static async Task<Person> SignIn(Hub hub, string userName, string password = Password)
    {
        var http = hub.CreateClient(new() { AllowAutoRedirect = false });
        var response = await http.PostAsJsonAsync("/api/v1/session", new { userName, password });
        var session = await Answer.Of(response, 200);
        http.DefaultRequestHeaders.Add("X-Antiforgery-Token", session["antiforgeryToken"]!.GetValue<string>());
        return new Person(http, session["userId"]!.GetValue<long>());
    }

    /// <summary>Sends and expects this status; a failure shows the body.</summary>
    public async Task<JsonNode> Sends(HttpMethod method, string path, object? body, int status, int? ifMatch = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = body is string raw ? new StringContent(raw, System.Text.Encoding.UTF8, "application/json") : JsonContent.Create(body);
        if (ifMatch is { } version) request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        if (language is not null) request.Headers.AcceptLanguage.ParseAdd(language);
        return await Answer.Of(await Http.SendAsync(request), status);
    }

    public Task<JsonNode> Gets(string path, int status = 200) => Sends(HttpMethod.Get, path, null, status);
    public Task<JsonNode> Posts(string path, object? body, int status = 200) => Sends(HttpMethod.Post, path, body, status);
    public Task<JsonNode> Puts(string path, object? body, int status = 200, int? ifMatch = null) => Sends(HttpMethod.Put, path, body, status, ifMatch);
    public Task<JsonNode> Patches(string path, object? body, int? ifMatch, int status = 200) => Sends(HttpMethod.Patch, path, body, status, ifMatch);
    /// <summary>Creates and gives back the new id.</summary>
    public async Task<long> Adds(string path, object body) => (await Posts(path, body, 201))["id"]!.GetValue<long>();
}

public static class Answer
{
    /// <summary>Codes of all refusals that were answered in this run.</summary>
    public static ConcurrentDictionary<string, bool> Codes { get; } = new();

    /// <summary>The body as JSON (an empty object when there is none), after checking the status.</summary>
    public static async Task<JsonNode> Of(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.PathAndQuery} answered {(int)response.StatusCode}, not {status}: {text}");
        var body = text.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text)! : new JsonObject();
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            foreach (var code in body["errors"]!.AsArray().Append(body).Select(e => e!["code"]!.GetValue<string>())) Codes[code] = true;
        return body;
    }

    /// <summary>The code of a problem.</summary>
    public static string Code(this JsonNode problem) => problem["code"]!.GetValue<string>();

    /// <summary>The code of the problem's error at a pointer.</summary>
    public static string ErrorAt(this JsonNode problem, string pointer) =>
        problem["errors"]!.AsArray().Where(e => e!["pointer"]!.GetValue<string>() == pointer).Select(e => e!["code"]!.GetValue<string>()).FirstOrDefault() ?? throw new Xunit.Sdk.XunitException($"No error at {pointer} in {problem.ToJsonString(Readable)}");

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>Valid credit codes that no test used before.</summary>
public static class CreditCodes
{
    private static int _next;
    public static string Next() => ScenarioHub.Features.Catalog.CreditCode.Compute($"91110000{Interlocked.Increment(ref _next):D9}");
}
