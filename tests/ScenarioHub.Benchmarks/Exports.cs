using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MiniExcelLibs;

namespace ScenarioHub.Benchmarks;

/// <summary>The whole list of scenarios as a file over HTTP, beside a bare endpoint that writes a reader's rows to the answer, and beside MiniExcel writing the same reader.</summary>
internal static class Exports
{
    private const int Rounds = 7;

    public static async Task Run(Table table, string folder, int scenarios)
    {
        await using var hub = await BenchedHub.National(Path.Combine(folder, $"national-{scenarios}"), Math.Max(200, scenarios / 50), scenarios);
        var tenant = hub.Tenant!.TenantId.ToString(CultureInfo.InvariantCulture);
        // The columns of the product's list, in its order.
        var sql = $"SELECT s.scenario_id, s.code, s.name, s.kind, s.state, s.stage, s.stage_since, s.organization_id, o.name, s.industry_division, s.industry_division, s.region, s.key_action, s.business_domain, s.open_scope, s.strategic_batch, s.state_secret, s.go_live_on, s.capex_total_fen / 100.0, s.opex_year_fen / 100.0, s.version, s.approved_version, s.updated_at, '演示数据' FROM scenario s JOIN organization o ON o.tenant_id = s.tenant_id AND o.organization_id = s.organization_id WHERE s.tenant_id = {tenant} ORDER BY s.scenario_id";

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var floor = builder.Build();
        floor.MapGet("/csv", async (HttpContext http) =>
        {
            http.Response.ContentType = "text/csv";
            using var connection = Open(hub.DataFile);
            using var reader = Reader(connection, sql);
            var line = new StringBuilder();
            while (reader.Read())
            {
                line.Clear();
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    if (i > 0) line.Append(',');
                    if (reader.IsDBNull(i)) continue;
                    var text = Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!;
                    if (text.AsSpan().ContainsAny(",\"\r\n")) line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
                    else line.Append(text);
                }
                line.Append("\r\n");
                foreach (var chunk in line.GetChunks()) Encoding.UTF8.GetBytes(chunk.Span, http.Response.BodyWriter);
                if (http.Response.BodyWriter.UnflushedBytes > 65536) await http.Response.BodyWriter.FlushAsync();
            }
            await http.Response.BodyWriter.FlushAsync();
        });
        await floor.StartAsync();
        using var bare = new HttpClient { BaseAddress = new Uri(floor.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

        var size = scenarios.ToString("N0", CultureInfo.InvariantCulture);
        var times = await Times.ByTurns(1, Rounds,
            () => Drain(hub.Http, "/api/v1/scenarios?format=csv"), () => Drain(bare, "/csv"),
            () => Drain(hub.Http, "/api/v1/scenarios?format=ndjson"),
            () => Drain(hub.Http, "/api/v1/scenarios?format=xlsx"), () => Workbook(hub.DataFile, sql));
        table.Add($"{size} scenarios as CSV / reader to stream", times[0], times[1]);
        table.Add($"{size} scenarios as NDJSON / reader to stream (CSV)", times[2], times[1]);
        table.Add($"{size} scenarios as XLSX / MiniExcel alone, no HTTP", times[3], times[4]);
        using var process = Process.GetCurrentProcess();
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  largest working set of this process, product, floor and bench: {process.PeakWorkingSet64 / 1_000_000:N0} MB"));
    }

    private static async Task Drain(HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await response.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null);
    }

    private static async Task Workbook(string file, string sql)
    {
        using var connection = Open(file);
        using var reader = Reader(connection, sql);
        await MiniExcel.SaveAsAsync(Stream.Null, reader, printHeader: true);
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file }.ToString());
        connection.Open();
        return connection;
    }

    private static SqliteDataReader Reader(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are this program's own
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteReader();
    }
}
