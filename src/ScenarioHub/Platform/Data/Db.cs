using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Tenancy;
using SQLitePCL;

namespace ScenarioHub.Platform.Data;

/// <summary>
/// One connection, at most one transaction, one tenant; lives as long as the request or the job.
/// Binds <c>@TenantId</c> and, where the text names it, <c>@Within</c> (the caller's own organization, root of the subtree that is his to see)
/// itself, so no handler can name another tenant's.
/// </summary>
public sealed class Db(Database database, Ids ids, Caller caller, Origin origin, ChangeSignal signal, TimeProvider clock) : IAsyncDisposable
{
    private static readonly ActivitySource Traces = new("ScenarioHub.Sql");

    private DbConnection? _connection;
    private DbTransaction? _transaction;
    private IDisposable? _turn;
    private IdRange _ownIds;
    private readonly ChangeLog _log = new(caller, origin, clock);
    private long? _writingFor;

    /// <summary>Whose rows are bound: the caller's tenant; while a transaction writes down what it changed, the tenant it changed.</summary>
    private long TenantId => _writingFor ?? caller.TenantId;

    public Dialect Dialect => database.Dialect;

    public async Task<IReadOnlyList<T>> List<T>(SqlText sql, object? args, CancellationToken ct) =>
        (await Send(sql, args, static (c, command) => c.QueryAsync<T>(command), ct)).AsList();

    /// <summary>The rows one by one, for what is too long to hold. Nothing else is sent before the last one was taken.</summary>
    public async IAsyncEnumerable<T> Stream<T>(SqlText sql, object? args, [EnumeratorCancellation] CancellationToken ct)
    {
        var rows = await Send(sql, args, (c, command) => Task.FromResult(c.QueryUnbufferedAsync<T>(command.CommandText, command.Parameters, _transaction)), ct);
        await foreach (var row in rows.WithCancellation(ct)) yield return row;
    }

    /// <summary>No row or one row.</summary>
    public Task<T?> Find<T>(SqlText sql, object? args, CancellationToken ct) =>
        Send(sql, args, static (c, command) => c.QuerySingleOrDefaultAsync<T>(command), ct);

    /// <summary>Exactly one row, or it is a bug.</summary>
    public Task<T> One<T>(SqlText sql, object? args, CancellationToken ct) =>
        Send(sql, args, static (c, command) => c.QuerySingleAsync<T>(command), ct);

    /// <returns>The number of rows written.</returns>
    public Task<int> Run(SqlText sql, object? args, CancellationToken ct) =>
        Send(sql, args, static (c, command) => c.ExecuteAsync(command), ct);

    /// <summary>
    /// Writes many rows of one INSERT: one prepared statement on SQLite, <see cref="SqlBulkCopy"/> on SQL Server.
    /// Each row holds its values in the order of <paramref name="columns"/>; <c>tenant_id</c> is added here and is not among them.
    /// </summary>
    public async Task Append(string table, string[] columns, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        if (_transaction is null) throw new InvalidOperationException("Rows are appended inside a command's transaction.");
        var connection = await Connection(ct);
        using var activity = Traces.StartActivity($"append {table}");
        if (connection is SqliteConnection sqlite) AppendSqlite(sqlite, table, columns, rows, ct);
        else await AppendSqlServer((SqlConnection)connection, table, columns, rows, ct);
    }

    // On the engine's own interface: binding by parameter objects takes about as long as the insert itself.
    private void AppendSqlite(SqliteConnection connection, string table, string[] columns, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        var database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, $"/* append {table} */ INSERT INTO {table} (tenant_id, {string.Join(", ", columns)}) VALUES (?{string.Concat(Enumerable.Repeat(", ?", columns.Length))})", out var statement));
        using (statement)
            for (var r = 0; r < rows.Count; r++)
            {
                if (r % 256 == 0) ct.ThrowIfCancellationRequested();
                var row = rows[r];
                Check(raw.sqlite3_bind_int64(statement, 1, TenantId));
                for (var i = 0; i < columns.Length; i++)
                    Check(row[i] switch
                    {
                        null => raw.sqlite3_bind_null(statement, i + 2),
                        string text => raw.sqlite3_bind_text(statement, i + 2, text),
                        long number => raw.sqlite3_bind_int64(statement, i + 2, number),
                        int number => raw.sqlite3_bind_int64(statement, i + 2, number),
                        bool flag => raw.sqlite3_bind_int64(statement, i + 2, flag ? 1 : 0),
                        byte[] bytes => raw.sqlite3_bind_blob(statement, i + 2, bytes),
                        DateTime or DateOnly => raw.sqlite3_bind_text(statement, i + 2, (string)SqlTypes.Of(row[i], Dialect.Sqlite)),
                        var other => throw new ArgumentException($"{table}.{columns[i]} is given a {other.GetType().Name}, which no column holds.")
                    });
                var code = raw.sqlite3_step(statement);
                if (code != raw.SQLITE_DONE) Check(raw.sqlite3_reset(statement) is not raw.SQLITE_OK and var why ? why : code);
                Check(raw.sqlite3_reset(statement));
            }

        void Check(int code)
        {
            if (code != raw.SQLITE_OK) throw new SqliteException($"SQLite Error {code & 0xFF}: '{raw.sqlite3_errmsg(database).utf8_to_string()}'.", code & 0xFF, raw.sqlite3_extended_errcode(database));
        }
    }

    private async Task AppendSqlServer(SqlConnection connection, string table, string[] columns, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        using var data = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        foreach (var column in columns.Prepend("tenant_id")) data.Columns.Add(column, typeof(object));
        foreach (var row in rows) data.Rows.Add([TenantId, .. row.Select(v => SqlTypes.Of(v, Dialect.SqlServer))]);
        // Without CheckConstraints a bulk insert passes by CHECK and foreign keys and leaves them untrusted; without KeepNulls a null becomes the column's default.
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints | SqlBulkCopyOptions.KeepNulls, (SqlTransaction)_transaction!)
        {
            DestinationTableName = table,
            BatchSize = 5000,
            BulkCopyTimeout = connection.CommandTimeout
        };
        foreach (DataColumn column in data.Columns) copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        await copy.WriteToServerAsync(data, ct);
    }

    /// <summary>A new id: 64-bit, below 2^53 so that every JSON reader keeps it whole, larger than ids handed out earlier by this process.</summary>
    public async ValueTask<long> NextId(CancellationToken ct)
    {
        if (_ownIds.TryTake(out var own)) return own;
        if (ids.TryTake(out var id)) return id;
        // SQLite has one writer, and inside a transaction we are it: the block is taken in this transaction and belongs to it alone,
        // because a rollback gives the very same numbers out again.
        if (_transaction is not null && Dialect == Dialect.Sqlite)
        {
            var first = await TakeBlock(_connection!, _transaction, ct);
            _ownIds = new IdRange(first, first + Ids.BlockSize);
            _ownIds.TryTake(out own);
            return own;
        }
        return await ids.Refill(async () =>
        {
            using var turn = await database.EnterWriter(ct);
            await using var connection = await database.Open(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var first = await TakeBlock(connection, transaction, ct);
            await transaction.CommitAsync(ct);
            return first;
        }, ct);
    }

    private static async Task<long> TakeBlock(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        PlatformSql.TakeIdBlock.WasRun = PlatformSql.ReadIdBlock.WasRun = true;
        var dialect = connection is SqliteConnection ? Dialect.Sqlite : Dialect.SqlServer;
        await connection.ExecuteAsync(new CommandDefinition(PlatformSql.TakeIdBlock.Sent(dialect), new { Ids.BlockSize }, transaction, cancellationToken: ct));
        return await connection.QuerySingleAsync<long>(new CommandDefinition(PlatformSql.ReadIdBlock.Sent(dialect), null, transaction, cancellationToken: ct)) - Ids.BlockSize;
    }

    public bool InTransaction => _transaction is not null;

    /// <summary>Says that this transaction changed something: written down, numbered and chained as it commits (<see cref="ChangeLog"/>), gone if it does not.</summary>
    /// <param name="tenantId">Where it is not the caller's.</param>
    public void Record(Change change, long? tenantId = null) => Recording().Add(tenantId ?? caller.TenantId, change);

    /// <summary>As many as the command changed; one audit entry holds them all.</summary>
    public void Record(IEnumerable<Change> changes)
    {
        foreach (var change in changes) Record(change);
    }

    /// <summary>Says that something happened that the audit is to know and no reader of the feed.</summary>
    public void Record(Occurrence occurrence, long? tenantId = null) => Recording().Add(tenantId ?? caller.TenantId, occurrence);

    /// <summary>Keeps for the audit that somebody tried what is not his to do. A transaction of its own: that of the refused command is gone.</summary>
    public async Task RecordRefused(string act, (string Kind, long Id) subject, string code, CancellationToken ct, JsonArray? fields = null)
    {
        if (!caller.IsKnown || caller.TenantId == 0) return;
        await Begin(ct);
        try
        {
            Record(new Occurrence(act, subject.Kind, subject.Id, caller.OrganizationId, code) { Fields = fields });
            await Commit(ct);
        }
        catch { await Rollback(); throw; }
    }

    private ChangeLog Recording() => _transaction is not null ? _log : throw new InvalidOperationException("What changed is recorded inside the transaction that changes it.");

    /// <summary>Begins a new tenant's feed and audit, in the transaction that makes the tenant.</summary>
    internal Task OpenChanges(long newTenantId, long rootId, CancellationToken ct) => Run(ChangeSql.OpenHead, new { NewTenantId = newTenantId, RootId = rootId, AuditChain.Beginning }, ct);

    /// <param name="act">What the audit calls this transaction: the command's name.</param>
    /// <param name="onBehalfOf">The person for whom a job does it.</param>
    public Task Begin(string act, CancellationToken ct, long? onBehalfOf = null)
    {
        (_log.Act, _log.OnBehalfOf) = (char.ToLowerInvariant(act[0]) + act[1..], onBehalfOf);
        return Begin(ct);
    }

    public async Task Begin(CancellationToken ct)
    {
        if (_transaction is not null) throw new InvalidOperationException("A command runs in one transaction.");
        if (ids.IsLow) { var spare = await NextId(ct); _ownIds = new IdRange(spare, spare + 1); }
        _turn = await database.EnterWriter(ct);
        try { _transaction = await (await Connection(ct)).BeginTransactionAsync(IsolationLevel.ReadCommitted, ct); }
        catch { EndTurn(); throw; }
    }

    public async Task Commit(CancellationToken ct)
    {
        if (_transaction is null) return;
        var changed = await WriteChanges(ct);
        await _transaction.CommitAsync(ct);
        await End();
        foreach (var tenantId in changed) signal.Raise(tenantId);
    }

    private async Task<IReadOnlyList<long>> WriteChanges(CancellationToken ct)
    {
        if (_log.IsEmpty) return [];
        var changed = _log.Tenants;
        if (_log.Act is { } act) ChangeLog.Recording[act] = true;
        try
        {
            foreach (var tenantId in changed)
            {
                _writingFor = tenantId;
                await _log.Write(this, tenantId, ct);
            }
        }
        finally { _writingFor = null; }
        return changed;
    }

    public async Task Rollback()
    {
        if (_transaction is null) return;
        _ownIds = default;
        try { await _transaction.RollbackAsync(CancellationToken.None); }
        catch (Exception e) when (e is DbException or InvalidOperationException && _connection!.State != ConnectionState.Open)
        {
            // The connection broke and took the transaction along; what broke it is already on its way up.
        }
        finally { await End(); }
    }

    // However it ended, the writer's turn passes on.
    private async Task End()
    {
        var ended = _transaction!;
        _transaction = null;
        _log.Forget();
        (_log.Act, _log.OnBehalfOf) = (null, null);
        try { await ended.DisposeAsync(); }
        finally { EndTurn(); }
    }

    private void EndTurn() { _turn?.Dispose(); _turn = null; }

    private async Task<T> Send<T>(SqlText sql, object? args, Func<DbConnection, CommandDefinition, Task<T>> send, CancellationToken ct)
    {
        var bound = new DynamicParameters(args);
        if (sql.Parameters.Contains("TenantId")) bound.Add("TenantId", TenantId);
        if (sql.Parameters.Contains("Within")) bound.Add("Within", caller.OrganizationId);
        var connection = await Connection(ct);
        sql.WasRun = true;
        using var activity = Traces.StartActivity(sql.Name);
        // The embedded engine ignores cancellation tokens; interrupting the connection ends the statement within a tenth of a second.
        await using var stop = connection is SqliteConnection sqlite && ct.CanBeCanceled
            ? ct.UnsafeRegister(static c => raw.sqlite3_interrupt(((SqliteConnection)c!).Handle!), sqlite)
            : default;
        try { return await send(connection, new CommandDefinition(sql.Sent(Dialect), bound, _transaction, cancellationToken: ct)); }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT && ct.IsCancellationRequested) { throw new OperationCanceledException(ct); }
    }

    /// <summary>Gives the connection back while nothing is asked of it; the next statement opens one again.</summary>
    public async Task Rest()
    {
        if (_transaction is not null) throw new InvalidOperationException("A transaction does not rest.");
        if (_connection is null) return;
        await _connection.DisposeAsync();
        _connection = null;
    }

    private async ValueTask<DbConnection> Connection(CancellationToken ct) => _connection ??= await database.Open(ct);

    public async ValueTask DisposeAsync()
    {
        try { await Rollback(); }
        finally
        {
            EndTurn();
            if (_connection is not null) await _connection.DisposeAsync();
        }
    }
}
