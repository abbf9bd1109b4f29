using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(ScenarioHub.EndToEnd.StartedHub))]
// Journeys share one machine's two cores and one kills the server: one after another.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace ScenarioHub.EndToEnd;

/// <summary>The built product as a process of its own, on loopback, with the demonstration planted in a folder that goes away.</summary>
public sealed class StartedHub : IAsyncLifetime
{
    public const string Password = "demo-2026-scenariohub";
    private readonly string _folder = Directory.CreateTempSubdirectory("scenariohub-e2e-").FullName;
    private Process? _server;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");
    public string Folder => _folder;

    public async ValueTask InitializeAsync()
    {
        var demo = Run("demo");
        await demo.WaitForExitAsync();
        Assert.Equal(0, demo.ExitCode);
        await Start();
    }

    public async Task Start()
    {
        _server = Run("serve", "--urls", Address.ToString().TrimEnd('/'));
        using var http = new HttpClient { BaseAddress = Address };
        for (var i = 0; ; i++)
        {
            Assert.False(_server.HasExited, "The server ended while starting.");
            try { if ((await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode) return; }
            catch (HttpRequestException) when (i < 300) { /* not listening yet */ }
            await Task.Delay(100);
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an orchestrator does; gives the exit code.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", _server!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await _server.WaitForExitAsync(patience.Token);
        return _server.ExitCode;
    }

    /// <summary>Runs a verb to its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> Verb(params string[] arguments)
    {
        var process = Run(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public async Task<HttpClient> SignIn(string userName)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        var response = await http.PostAsJsonAsync("/api/v1/session", new { userName, password = Password });
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        http.DefaultRequestHeaders.Add("X-Antiforgery-Token", JsonNode.Parse(body)!["antiforgeryToken"]!.GetValue<string>());
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false }) await Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Run(params string[] arguments)
    {
        var configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ScenarioHub.sln"))) root = root.Parent!;
        return Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(root.FullName, $"src/ScenarioHub/bin/{configuration}/net10.0/ScenarioHub.dll"), .. arguments,
            $"--Hub:DataFolder={_folder}", "--Logging:LogLevel:Default=Warning", "--Hub:Webhooks:AllowPrivate=127.0.0.0/8", "--Hub:Webhooks:AllowHttp=true"])
        { RedirectStandardOutput = !arguments.Contains("serve"), RedirectStandardError = !arguments.Contains("serve") })!;
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

public static class Reading
{
    public static async Task<JsonNode> Gets(this HttpClient http, string path)
    {
        var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {body}");
        return JsonNode.Parse(body)!;
    }

    public static async Task<JsonNode> Posts(this HttpClient http, string path, object body)
    {
        var response = await http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
