using System.Reflection;
using Microsoft.Data.Sqlite;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Benchmarks;

/// <summary>How SQLite means to run every statement of the ledger, without statistics, as in the product.</summary>
internal static class Plans
{
    public static async Task Print(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("scenariohub-plans-").FullName;
        using (var database = new Database(Dialect.Sqlite, $"Data Source={Path.Combine(folder, "plans.db")}"))
        {
            Migrator.Migrate(database);
            await using var connection = (SqliteConnection)await database.Open(default);
            foreach (var field in typeof(Features.Ledger.LedgerSql).GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                var text = (SqlText)field.GetValue(null)!;
                await output.WriteLineAsync($"\n{text.Name}");
                using var command = connection.CreateCommand();
                command.CommandText = "EXPLAIN QUERY PLAN " + text.Sqlite;
                foreach (var parameter in text.Parameters.Append("Take")) command.Parameters.AddWithValue("@" + parameter, parameter.EndsWith("Ids", StringComparison.Ordinal) || parameter.EndsWith("Codes", StringComparison.Ordinal) ? "[]" : 1);
                using var reader = command.ExecuteReader();
                var depth = new Dictionary<long, int>();
                while (reader.Read())
                {
                    var deep = depth[reader.GetInt64(0)] = depth.GetValueOrDefault(reader.GetInt64(1)) + 1;
                    await output.WriteLineAsync($"{new string(' ', 2 * deep)}{reader.GetString(3)}");
                }
            }
        }
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
