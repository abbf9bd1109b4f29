using System.Reflection;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.SqlClient;
using ScenarioHub.Platform.Hosting;

namespace ScenarioHub.Platform.Data;

/// <summary>Brings the database to this build's schema: forward-only scripts of <c>db/&lt;engine&gt;</c>, each in its own transaction, under a lock.</summary>
public static class Migrator
{
    /// <returns>The names of the scripts that ran, in order; empty when there was nothing to do.</returns>
    public static IReadOnlyList<string> Migrate(Database database)
    {
        using IDisposable held = database.Dialect == Dialect.Sqlite ? FileLock(database.File!) : ServerLock(database.ConnectionString);
        var engine = database.Dialect == Dialect.Sqlite ? "sqlite" : "sqlserver";
        var builder = database.Dialect == Dialect.Sqlite
            ? DeployChanges.To.SqliteDatabase(database.ConnectionString)
            : DeployChanges.To.SqlDatabase(database.ConnectionString);
        var result = builder.WithScripts(Scripts(engine)).WithTransactionPerScript().WithVariablesDisabled().LogTo(new Silent()).Build().PerformUpgrade();
        return result.Successful
            ? result.Scripts.Select(s => s.Name).ToArray()
            : throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed on {engine}: {result.Error.Message}", result.Error);
    }

    internal static IReadOnlyList<SqlScript> Scripts(string engine)
    {
        var assembly = typeof(Migrator).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith($"db/{engine}/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => { using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!); return new SqlScript(n[$"db/{engine}/".Length..], reader.ReadToEnd()); })
            .ToArray();
    }

    // Two processes that start together must not run one script twice: a lock file beside the embedded database, an application lock on a server.
    private static FileStream FileLock(string file)
    {
        var path = Path.GetFullPath(file) + ".migrating";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var waited = 0; ; waited++)
        {
            try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose); }
            catch (IOException) when (waited < 600) { Thread.Sleep(100); }
        }
    }

    private static SqlConnection ServerLock(string connectionString)
    {
        // Unpooled: a session's lock goes when the session ends, and disposing of a pooled connection does not end it.
        var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            Lock(connection);
            return connection;
        }
        catch { connection.Dispose(); throw; }
    }

    private static void Lock(SqlConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 90; // the lock's own timeout must be the shorter one
        command.CommandText = "DECLARE @got int; EXEC @got = sp_getapplock @Resource = 'scenariohub-migrate', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 60000; SELECT @got;";
        if ((int)command.ExecuteScalar()! < 0) throw new TimeoutException("Another process has been migrating this database for more than 60 s.");

        // The ledger counts on readers that neither wait for writers nor make them wait.
        command.CommandText = "SELECT is_read_committed_snapshot_on FROM sys.databases WHERE database_id = DB_ID()";
        if (command.ExecuteScalar() is not true)
            throw new SettingsException($"The database {connection.Database} does not read by row versions. Run once: ALTER DATABASE [{connection.Database}] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE");
    }

    private sealed class Silent : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) { }
        public void LogDebug(string format, params object[] args) { }
        public void LogInformation(string format, params object[] args) { }
        public void LogWarning(string format, params object[] args) { }
        public void LogError(string format, params object[] args) { }
        public void LogError(Exception ex, string format, params object[] args) { }
    }
}
