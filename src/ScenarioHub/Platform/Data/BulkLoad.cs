using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ScenarioHub.Platform.Data;

/// <summary>
/// Loads many millions of rows into an embedded database that nobody works on yet: no journal, no checks of foreign keys, secondary indexes made once at the end.
/// What dies on the way leaves a file to be thrown away. Never for a database in use: that is what <see cref="Db.Append"/> is for.
/// </summary>
internal sealed class BulkLoad : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<Rows> _tables = [];
    private readonly List<string> _indexes = [];

    public BulkLoad(Database database)
    {
        if (database.Dialect != Dialect.Sqlite) throw new NotSupportedException("Bulk loading is for the embedded database; a server has tools of its own.");
        SqliteConnection.ClearAllPools();   // one idle connection of the pool would keep the file from becoming ours alone
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false, ForeignKeys = false }.ToString());
        _connection.Open();
        Run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -1000000; PRAGMA temp_store = FILE;");
    }

    /// <summary>Takes away the indexes of these tables that are not their keys; <see cref="Finish"/> makes them again.</summary>
    public void WithoutIndexes(params string[] tables)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(@tables)) ORDER BY name";
        command.Parameters.AddWithValue("@tables", SqlList.Of(tables));
        var found = new List<(string Name, string Sql)>();
        using (var reader = command.ExecuteReader())
            while (reader.Read()) found.Add((reader.GetString(0), reader.GetString(1)));
        foreach (var (name, sql) in found)
        {
            _indexes.Add(sql);
            Run($"DROP INDEX {name}");
        }
    }

    /// <summary>A run of ids that nobody else is given; the first of them.</summary>
    public long TakeIds(long count)
    {
        Run($"UPDATE id_block SET next_id = next_id + {count} WHERE name = 'all'");
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT next_id FROM id_block WHERE name = 'all'";
        return (long)command.ExecuteScalar()! - count;
    }

    public void Begin() => Run("BEGIN");

    public void Commit() => Run("COMMIT");

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // the texts are the loader's own
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    /// <summary>Changes a tenant's one row.</summary>
    public void Set(string table, long tenantId, params (string Column, object Value)[] values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"UPDATE {table} SET {string.Join(", ", values.Select(v => $"{v.Column} = @{v.Column}"))} WHERE tenant_id = @tenant";
        command.Parameters.AddWithValue("@tenant", tenantId);
        foreach (var (column, value) in values) command.Parameters.AddWithValue("@" + column, value);
        command.ExecuteNonQuery();
    }

    public Rows Into(string table, params string[] columns)
    {
        var rows = new Rows(_connection.Handle!, $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})");
        _tables.Add(rows);
        return rows;
    }

    /// <param name="say">Told of every index that is made.</param>
    public void Finish(Action<string> say)
    {
        foreach (var sql in _indexes)
        {
            say(sql[..sql.IndexOf('(', StringComparison.Ordinal)].Trim());
            Run(sql);
        }
        _indexes.Clear();
    }

    public void Dispose()
    {
        foreach (var rows in _tables) rows.Dispose();
        _connection.Dispose();
    }

    /// <summary>One prepared INSERT. Values are given in the order of its columns, then <see cref="Next"/>.</summary>
    internal sealed class Rows : IDisposable
    {
        private readonly sqlite3 _database;
        private readonly sqlite3_stmt _statement;
        private int _at;

        public Rows(sqlite3 database, string sql)
        {
            _database = database;
            Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
        }

        public Rows Add(long value) { Check(raw.sqlite3_bind_int64(_statement, ++_at, value)); return this; }

        /// <summary>Text in UTF-8; what repeats is best kept as bytes.</summary>
        public Rows Add(byte[] value) { Check(raw.sqlite3_bind_text(_statement, ++_at, value)); return this; }

        public Rows Add(string value) { Check(raw.sqlite3_bind_text(_statement, ++_at, value)); return this; }

        public Rows Null() { Check(raw.sqlite3_bind_null(_statement, ++_at)); return this; }

        public void Next()
        {
            var code = raw.sqlite3_step(_statement);
            if (code != raw.SQLITE_DONE) Check(code);
            Check(raw.sqlite3_reset(_statement));
            _at = 0;
        }

        private void Check(int code)
        {
            if (code != raw.SQLITE_OK) throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), code);
        }

        public void Dispose() => _statement.Dispose();
    }
}
