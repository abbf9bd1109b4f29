using System.Globalization;
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
/// What the work costs when nothing but the work is done: raw Microsoft.Data.Sqlite on a file of its own (same pragmas as the product), and an ASP.NET Core
/// endpoint with no middleware that reads rows and writes bytes it was given.
/// </summary>
internal sealed class Floor : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scenariohub-floor-").FullName;
    private readonly string _connectionString;
    private readonly SqliteConnection _connection;
    private readonly WebApplication _app;
    private readonly Dictionary<string, (string Sql, byte[] Body)> _answers = [];
    private readonly HttpClient _http;

    private Floor(BenchedHub hub)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "floor.db") }.ToString();
        _connection = Open();
        foreach (var row in hub.Rows("SELECT sql FROM sqlite_master WHERE tbl_name = 'ledger_entry' AND sql IS NOT NULL ORDER BY type DESC")) Run((string)row[0]);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(o => o.AddServerHeader = false);
        _app = builder.Build();
        _app.MapGet("/{name}", Answer);
        _http = new HttpClient();
    }

    public static async Task<Floor> Start(BenchedHub hub)
    {
        var floor = new Floor(hub);
        await floor._app.StartAsync();
        floor._http.BaseAddress = new Uri(floor._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return floor;
    }

    // ---- rows of the ledger

    /// <summary>One transaction of prepared inserts into a table of the product's own shape and indexes.</summary>
    public void Insert(IReadOnlyList<object[]> entries)
    {
        using var transaction = _connection.BeginTransaction();
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO ledger_entry VALUES ({string.Join(", ", entries[0].Select((_, i) => $"@p{i}"))})";
        var bound = entries[0].Select((_, i) => command.Parameters.AddWithValue($"@p{i}", DBNull.Value)).ToArray();
        command.Prepare();
        foreach (var entry in entries)
        {
            for (var i = 0; i < bound.Length; i++) bound[i].Value = entry[i];
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    /// <summary>All entries added up by the key of a balance, once, read to the end; how many keys there are.</summary>
    public int GroupBy() => Read(_connection, """
        SELECT book, measure, period, organization_id, sector, region, key_action, stage, grade, figure_state, SUM(quantity), SUM(denominator), SUM(figures)
        FROM ledger_entry
        GROUP BY book, measure, period, organization_id, sector, region, key_action, stage, grade, figure_state
        """);

    // ---- answers over HTTP

    /// <summary>Keeps these rows in a table of their own; asking by the name reads them all and answers the body.</summary>
    public void Answers(string name, IReadOnlyList<object[]> rows, byte[] body)
    {
        var columns = rows[0].Select((_, i) => $"c{i.ToString(CultureInfo.InvariantCulture)}").ToArray();
        Run($"CREATE TABLE {name} (n INTEGER PRIMARY KEY, {string.Join(", ", columns)})");
        using (var transaction = _connection.BeginTransaction())
        {
            using var command = _connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // the names are this program's own
            command.CommandText = $"INSERT INTO {name} VALUES (NULL, {string.Join(", ", columns.Select(c => "@" + c))})";
#pragma warning restore CA2100
            foreach (var row in rows)
            {
                command.Parameters.Clear();
                for (var i = 0; i < row.Length; i++) command.Parameters.AddWithValue("@" + columns[i], row[i]);
                command.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        _answers[name] = ($"SELECT {string.Join(", ", columns)} FROM {name} ORDER BY n", body);
    }

    /// <summary>Asking by the name runs this over the file and answers the body.</summary>
    public void AnswersBy(string name, string sql, byte[] body) => _answers[name] = (sql, body);

    public async Task Asks(string name)
    {
        using var response = await _http.GetAsync(new Uri("/" + name, UriKind.Relative));
        if ((await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length != _answers[name].Body.Length) throw new InvalidOperationException("The floor answered something else.");
    }

    public int RowsOf(string name) => Read(_connection, _answers[name].Sql);

    private async Task Answer(HttpContext http, string name)
    {
        var (sql, body) = _answers[name];
        using (var connection = Open()) Read(connection, sql);
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.Body.WriteAsync(body);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;";
        pragmas.ExecuteNonQuery();
        return connection;
    }

#pragma warning disable CA2100 // the texts are this program's own
    private static int Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        var rows = 0;
        while (reader.Read()) { reader.GetValues(values); rows++; }
        return rows;
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _connection.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
