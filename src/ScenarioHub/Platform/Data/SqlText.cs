using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ScenarioHub.Platform.Data;

/// <summary>The two engines: SQLite embedded, SQL Server in production.</summary>
public enum Dialect { Sqlite, SqlServer }

/// <summary>
/// One SQL statement, spelled for both engines; a static field of a feature's <c>*Sql</c> class and nowhere else.
/// A list is written <c>IN @SomeIds</c> (64-bit numbers), <c>IN @SomeCodes</c> (codes) or <c>IN @SomeTexts</c> (text people write, at most 200 characters) and bound with <see cref="SqlList"/>:
/// one JSON parameter, so neither the engines' parameter limits nor the plan cache meet a list's length.
/// </summary>
public sealed partial class SqlText
{
    /// <summary><c>ScenarioSql.List</c>: sent to the engine as a comment, and what a trace shows.</summary>
    public string Name { get; }
    public string Sqlite { get; }
    public string SqlServer { get; }
    /// <summary>Why this statement may look across tenants; null for all others, which must carry <c>tenant_id = @TenantId</c>.</summary>
    public string? AcrossTenantsBecause { get; }
    /// <summary>The parameters the text names, without the @.</summary>
    public IReadOnlySet<string> Parameters { get; }
    /// <summary>True once the text was sent in this process; the suite asserts that it was, for every statement.</summary>
    public bool WasRun { get; internal set; }

    private readonly string _sentSqlite, _sentSqlServer;

    private SqlText(string name, string sqlite, string sqlServer, string? because = null)
    {
        (Name, AcrossTenantsBecause) = (name, because);
        Sqlite = Lists(sqlite, "(SELECT value FROM json_each(@$1))", "(SELECT value FROM json_each(@$1))");
        SqlServer = Lists(sqlServer, "(SELECT CAST(value AS bigint) FROM OPENJSON(@$1))", "(SELECT CAST(value AS varchar(64)) FROM OPENJSON(@$1))");
        _sentSqlite = $"/* {name} */ {Sqlite}";
        _sentSqlServer = $"/* {name} */ {SqlServer}";
        Parameters = ParameterNames().Matches(sqlite + sqlServer).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The same text runs on both engines: the normal case.</summary>
    public static SqlText Both(string sql, [CallerMemberName] string field = "", [CallerFilePath] string file = "") =>
        new(NameOf(field, file), sql, sql);

    /// <summary>The first rows of an ordered statement, at most @Take. <paramref name="ordered"/> ends in an ORDER BY that ends in something unique.</summary>
    public static SqlText Page(string ordered, [CallerMemberName] string field = "", [CallerFilePath] string file = "") =>
        new(NameOf(field, file), $"{ordered}\nLIMIT @Take", $"{ordered}\nOFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY");

    /// <summary>The engines have no common spelling; both stand side by side.</summary>
    public static SqlText Per(string sqlite, string sqlServer, [CallerMemberName] string field = "", [CallerFilePath] string file = "") =>
        new(NameOf(field, file), sqlite, sqlServer);

    /// <summary>The only way to look beyond one tenant; <paramref name="why"/> is read by reviewers and by the tenant wall.</summary>
    public static SqlText AcrossTenants(string why, string sql, [CallerMemberName] string field = "", [CallerFilePath] string file = "") =>
        new(NameOf(field, file), sql, sql, why);

    internal string Sent(Dialect dialect) => dialect == Dialect.Sqlite ? _sentSqlite : _sentSqlServer;

    private static string NameOf(string field, string file) => $"{Path.GetFileNameWithoutExtension(file.Replace('\\', '/'))}.{field}";

    private static string Lists(string sql, string numbers, string texts) =>
        TextLists().Replace(CodeLists().Replace(IdLists().Replace(sql, "IN " + numbers), "IN " + texts), "IN " + texts.Replace("varchar(64)", "nvarchar(200)", StringComparison.Ordinal));

    [GeneratedRegex(@"\bIN @(\w*Ids)\b")] private static partial Regex IdLists();
    [GeneratedRegex(@"\bIN @(\w*Codes)\b")] private static partial Regex CodeLists();
    [GeneratedRegex(@"\bIN @(\w*Texts)\b")] private static partial Regex TextLists();
    [GeneratedRegex(@"@(\w+)")] private static partial Regex ParameterNames();
}

/// <summary>A list as one JSON parameter, for <c>IN @…Ids</c>, <c>IN @…Codes</c> and <c>IN @…Texts</c>.</summary>
public static class SqlList
{
    public static string Of(IEnumerable<long> ids) => "[" + string.Join(',', ids) + "]";
    public static string Of(IEnumerable<string> codes) => System.Text.Json.JsonSerializer.Serialize(codes);
}

/// <summary>A LIKE pattern from what a person typed; the escape character is <c>!</c>.</summary>
public static class SqlLike
{
    public static string? Contains(string? typed) => string.IsNullOrEmpty(typed) ? null
        : "%" + typed.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal) + "%";
}
