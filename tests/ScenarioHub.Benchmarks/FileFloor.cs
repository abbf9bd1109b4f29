using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ScenarioHub.Benchmarks;

/// <summary>
/// The floor on the product's own file: raw Microsoft.Data.Sqlite with the same pragmas, and an ASP.NET Core endpoint with no middleware that reads rows and writes bytes it was given.
/// What it inserts stands under a tenant of its own and is taken away again.
/// </summary>
internal sealed class FileFloor : IAsyncDisposable
{
    private const long OwnTenant = 9_000_000_000;
    private readonly string _connectionString;
    private readonly long _tenant;
    private readonly WebApplication _app;
    private readonly Dictionary<string, (string Sql, byte[] Body)> _answers = [];
    private readonly HttpClient _http = new();

    private FileFloor(BenchedHub hub)
    {
        (_connectionString, _tenant) = (new SqliteConnectionStringBuilder { DataSource = hub.DataFile }.ToString(), hub.Tenant!.TenantId);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(o => o.AddServerHeader = false);
        _app = builder.Build();
        _app.MapGet("/{name}", async (HttpContext http, string name) =>
        {
            var (sql, body) = _answers[name];
            using (var connection = Open()) Read(connection, sql);
            http.Response.ContentType = "application/json; charset=utf-8";
            await http.Response.Body.WriteAsync(body);
        });
    }

    public static async Task<FileFloor> Start(BenchedHub hub)
    {
        var floor = new FileFloor(hub);
        await floor._app.StartAsync();
        floor._http.BaseAddress = new Uri(floor._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return floor;
    }

    /// <summary>Asking by the name runs this and answers the body; how many rows it reads.</summary>
    public int Answers(string name, string sql, byte[] body)
    {
        _answers[name] = (sql, body);
        using var connection = Open();
        return Read(connection, sql);
    }

    public async Task Asks(string name)
    {
        using var response = await _http.GetAsync(new Uri("/" + Uri.EscapeDataString(name), UriKind.Relative));
        if ((await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length != _answers[name].Body.Length) throw new InvalidOperationException("The floor answered something else.");
    }

    /// <summary>One transaction of prepared inserts into the product's own table.</summary>
    public void Insert(IReadOnlyList<object[]> entries)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO ledger_entry VALUES ({string.Join(", ", entries[0].Select((_, i) => $"@p{i}"))})";
        var bound = entries[0].Select((_, i) => command.Parameters.AddWithValue($"@p{i}", DBNull.Value)).ToArray();
        command.Prepare();
        foreach (var entry in entries)
        {
            for (var i = 0; i < bound.Length; i++) bound[i].Value = i == 0 ? OwnTenant : entry[i];
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    public void Forget()
    {
        using var connection = Open();
        Run(connection, $"DELETE FROM ledger_entry WHERE tenant_id = {OwnTenant}");
    }

    /// <summary>All entries added up by the keys of balances and of the four views of the whole tenant, each read to the end.</summary>
    public void GroupBy()
    {
        using var connection = Open();
        foreach (var keys in new[]
        {
            "organization_id, book, measure, period, sector, region, key_action, stage, grade, figure_state", "book, measure, period, sector, grade, figure_state",
            "book, measure, period, sector, region, grade, figure_state", "book, measure, period, sector, stage, grade, figure_state", "book, measure, period, sector, key_action, grade, figure_state"
        })
            Read(connection, $"SELECT {keys}, SUM(quantity), SUM(denominator), SUM(figures), COUNT(*) FROM ledger_entry WHERE tenant_id = {_tenant} GROUP BY {keys}");
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;");
        return connection;
    }

#pragma warning disable CA2100 // the texts are this program's own
    private static int Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        var rows = 0;
        while (reader.Read()) { reader.GetValues(values); rows++; }
        return rows;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }
}
