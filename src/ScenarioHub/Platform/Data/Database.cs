using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace ScenarioHub.Platform.Data;

/// <summary>Which engine, and how to reach it. One per process; opens connections, keeps SQLite's single writer in line.</summary>
public sealed class Database : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);

    public Database(Dialect dialect, string connectionString)
    {
        Dialect = dialect;
        ConnectionString = dialect == Dialect.Sqlite ? Embedded(connectionString) : connectionString;
        SqlTypes.Register();
    }

    public Dialect Dialect { get; }
    public string ConnectionString { get; }

    /// <summary>The embedded engine's file; null on a server.</summary>
    public string? File => Dialect == Dialect.Sqlite ? new SqliteConnectionStringBuilder(ConnectionString).DataSource : null;

    public async Task<DbConnection> Open(CancellationToken ct)
    {
        DbConnection connection = Dialect == Dialect.Sqlite ? new SqliteConnection(ConnectionString) : new SqlConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            if (connection is SqliteConnection sqlite) Pragmas(sqlite);
            return connection;
        }
        catch { await connection.DisposeAsync(); throw; }
    }

    /// <summary>
    /// SQLite has one writer. Waiting for the file's lock is a sleep-and-retry inside the engine (measured: a waiter can starve for seconds);
    /// a queue in the process is fair. Other engines need none.
    /// </summary>
    public async ValueTask<IDisposable?> EnterWriter(CancellationToken ct)
    {
        if (Dialect != Dialect.Sqlite) return null;
        await _writer.WaitAsync(ct);
        return new Turn(_writer);
    }

    public void Dispose() => _writer.Dispose();

    private static string Embedded(string connectionString) => new SqliteConnectionStringBuilder(connectionString)
    {
        ForeignKeys = true,
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 30
    }.ToString();

    // What was said to an open file it keeps while it waits in the pool: once, and not with every request.
    private static readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> Told = [];

    private static void Pragmas(SqliteConnection connection)
    {
        if (!Told.TryAdd(connection.Handle!, Told)) return;
        using var command = connection.CreateCommand();
        // FULL: what a command acknowledged is on disk even if the power fails a moment later.
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;";
        command.ExecuteNonQuery();
    }

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        private SemaphoreSlim? _writer = writer;
        public void Dispose() => Interlocked.Exchange(ref _writer, null)?.Release();
    }
}
