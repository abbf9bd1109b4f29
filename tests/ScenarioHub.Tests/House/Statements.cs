using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Tests.House;

/// <summary>A statement of the product with its tree.</summary>
internal sealed partial class Statement(FieldInfo field, SqlText text)
{
    private TSqlStatement? _tree;

    public static IReadOnlyList<Statement> All { get; } = typeof(SqlText).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => field.FieldType == typeof(SqlText))
        .OrderBy(field => field.DeclaringType!.FullName, StringComparer.Ordinal).ThenBy(field => field.MetadataToken)
        .Select(field => new Statement(field, (SqlText)field.GetValue(null)!)).ToArray();

    public FieldInfo Field { get; } = field;
    public SqlText Text { get; } = text;
    public string Name => Text.Name;

    /// <summary>True when the two texts differ by more than how a list and a page are spelled.</summary>
    public bool IsPerEngine => Common(Text.Sqlite) != Common(Text.SqlServer);

    /// <summary>SQL Server's text as the one statement it is.</summary>
    public TSqlStatement Tree => _tree ??= Single(Text.SqlServer);

    /// <summary>
    /// SQLite's text where it is a text of its own, null where T-SQL's tree stands for both. T-SQL's parser reads it once LIMIT and the JSON arrows,
    /// which say nothing about tables, are out of its way.
    /// </summary>
    public TSqlStatement? SqliteTree => IsPerEngine ? Single(Arrow().Replace(Limit().Replace(Text.Sqlite, ""), "+")) : null;

    private TSqlStatement Single(string sql)
    {
        var script = (TSqlScript)TSql.Parse(sql, Name);
        return script.Batches.SelectMany(b => b.Statements).ToArray() is [var only] ? only : throw new FormatException($"{Name} is not one statement.");
    }

    private static string Common(string sql) => Paging().Replace(Lists().Replace(sql, "<list $1>"), "<page>");

    [GeneratedRegex(@"\(SELECT (?:value FROM json_each|CAST\(value AS (?:bigint|varchar\(64\))\) FROM OPENJSON)\(@(\w+)\)\)")] private static partial Regex Lists();
    [GeneratedRegex(@"\bLIMIT\s+@?\w+")] private static partial Regex Limit();
    [GeneratedRegex("->>?")] private static partial Regex Arrow();
    [GeneratedRegex(@"\n(?:LIMIT @Take|OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY)$")] private static partial Regex Paging();
}
