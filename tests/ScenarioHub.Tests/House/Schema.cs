using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Tests.House;

internal sealed record Column(string Name, string Type, bool Nullable);

/// <param name="Kind">pk, fk, uq, ck, df for a table's constraints; ix, uq for indexes.</param>
/// <param name="Text">Everything but the name, in one spelling for both engines.</param>
internal sealed record Rule(string? Name, string Kind, string Text);

internal sealed record Table(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<Rule> Rules, bool IsStrict)
{
    public bool IsTenants => Columns.Any(c => c.Name == "tenant_id");
    public string? PrimaryKey => Rules.FirstOrDefault(r => r.Kind == "pk")?.Text;
}

/// <summary>
/// The schema after all migrations, from both engines, through one parser: SQLite's from a database migrated now, SQL Server's by folding the scripts.
/// </summary>
internal sealed partial class Schema
{
    public static Schema Sqlite { get; } = OfSqlite();
    public static Schema SqlServer { get; } = OfSqlServer();

    public required IReadOnlyDictionary<string, Table> Tables { get; init; }
    /// <summary>All objects as statements, ordered by name: what <c>schema.sql</c> holds.</summary>
    public required string Snapshot { get; init; }

    public IReadOnlySet<string> TenantTables => Tables.Values.Where(t => t.IsTenants).Select(t => t.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private const string SnapshotNote = "-- The schema after all migrations, written by the suite (SCENARIOHUB_APPROVE=1). Read it, do not edit it.\n\n";

    private static Schema OfSqlite()
    {
        using var folder = new MigratedSqlite();
        using var command = folder.Connection.CreateCommand();
        command.CommandText = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND tbl_name <> 'SchemaVersions' ORDER BY name";
        var objects = new List<(string Type, string Name, string Sql)>();
        using (var reader = command.ExecuteReader())
            while (reader.Read()) objects.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));

        var folded = new Fold("sqlite");
        foreach (var (_, _, sql) in objects.OrderBy(o => o.Type == "table" ? 0 : 1)) folded.Add(StrictTail().Replace(sql, ")").Replace("json_valid(", "isjson(", StringComparison.Ordinal));
        var strict = objects.Where(o => StrictTail().IsMatch(o.Sql)).Select(o => o.Name).ToHashSet();
        return new()
        {
            Tables = folded.Tables(strict.Contains),
            Snapshot = SnapshotNote + string.Join("\n", objects.Select(o => o.Sql.ReplaceLineEndings("\n") + ";\n"))
        };
    }

    private static Schema OfSqlServer()
    {
        var folded = new Fold("sqlserver");
        foreach (var script in Migrator.Scripts("sqlserver")) folded.Add(script.Contents);
        return new() { Tables = folded.Tables(_ => true), Snapshot = SnapshotNote + folded.Script() };
    }

    /// <summary>The statements of SQL Server's schema, for a model to be built of.</summary>
    public static IReadOnlyList<string> SqlServerStatements { get; } = SqlServer.Snapshot.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(s => s.StartsWith("CREATE", StringComparison.Ordinal)).ToArray();

    [GeneratedRegex(@"\)\s*STRICT(\s*,\s*WITHOUT\s+ROWID)?\s*$", RegexOptions.IgnoreCase)] private static partial Regex StrictTail();

    /// <summary>Applies definitions one after the other, so that what a later migration alters is altered here too.</summary>
    private sealed class Fold(string engine)
    {
        private readonly SortedDictionary<string, CreateTableStatement> _tables = new(StringComparer.OrdinalIgnoreCase);
        private readonly SortedDictionary<string, CreateIndexStatement> _indexes = new(StringComparer.OrdinalIgnoreCase);

        public void Add(string sql)
        {
            // isjson(x) alone is a condition to SQLite and a number to T-SQL.
            if (engine == "sqlite") sql = Regex.Replace(sql, @"isjson\((\w+)\)", "ISJSON($1) = 1");
            foreach (var batch in ((TSqlScript)TSql.Parse(sql, $"db/{engine}")).Batches)
                foreach (var statement in batch.Statements) Apply(statement);
        }

        private void Apply(TSqlStatement statement)
        {
            switch (statement)
            {
                case CreateTableStatement table: _tables.Add(Name(table.SchemaObjectName), table); break;
                case CreateIndexStatement index: _indexes.Add(index.Name.Value, index); break;
                case AlterTableAddTableElementStatement alter:
                    var added = _tables[Name(alter.SchemaObjectName)].Definition;
                    foreach (var column in alter.Definition.ColumnDefinitions) added.ColumnDefinitions.Add(column);
                    foreach (var constraint in alter.Definition.TableConstraints) added.TableConstraints.Add(constraint);
                    break;
                case AlterTableDropTableElementStatement alter:
                    var cut = _tables[Name(alter.SchemaObjectName)].Definition;
                    foreach (var name in alter.AlterTableDropTableElements.Select(e => e.Name.Value))
                    {
                        Drop(cut.ColumnDefinitions, c => c.ColumnIdentifier.Value == name);
                        Drop(cut.TableConstraints, c => c.ConstraintIdentifier?.Value == name);
                    }
                    break;
                case AlterTableAlterColumnStatement alter:
                    var changed = _tables[Name(alter.SchemaObjectName)].Definition.ColumnDefinitions.Single(c => c.ColumnIdentifier.Value == alter.ColumnIdentifier.Value);
                    changed.DataType = alter.DataType;
                    Drop(changed.Constraints, c => c is NullableConstraintDefinition);
                    changed.Constraints.Add(new NullableConstraintDefinition { Nullable = alter.AlterTableAlterColumnOption != AlterTableAlterColumnOption.NotNull });
                    break;
                case DropTableStatement drop: foreach (var table in drop.Objects) _tables.Remove(Name(table)); break;
                case DropIndexStatement drop: foreach (var index in drop.DropIndexClauses.OfType<DropIndexClause>()) _indexes.Remove(index.Index.Value); break;
                case InsertStatement or UpdateStatement or DeleteStatement: break;
                default: throw new NotSupportedException($"db/{engine} has a {statement.GetType().Name}; teach Schema.Fold what it does to the schema.");
            }
        }

        public SortedDictionary<string, Table> Tables(Func<string, bool> isStrict)
        {
            var tables = new SortedDictionary<string, Table>(StringComparer.Ordinal);
            foreach (var (name, table) in _tables)
            {
                var columns = table.Definition.ColumnDefinitions;
                var rules = columns.SelectMany(c => c.Constraints.Append(c.DefaultConstraint).Where(r => r is not (null or NullableConstraintDefinition)).Select(r => Rule(r!, c)))
                    .Concat(table.Definition.TableConstraints.Select(r => Rule(r, null)))
                    .Concat(_indexes.Values.Where(i => Name(i.OnName) == name).Select(i => new Rule(i.Name.Value, i.Unique ? "uq" : "ix",
                        $"index ({TSql.Text(i.Columns)}){(i.FilterPredicate is null ? "" : " where " + TSql.Text(i.FilterPredicate))}")));
                tables.Add(name, new(name,
                    [.. columns.Select(c => new Column(c.ColumnIdentifier.Value, TSql.Text(c.DataType).ToLowerInvariant(), c.Constraints.OfType<NullableConstraintDefinition>().FirstOrDefault()?.Nullable ?? true))],
                    [.. rules.OrderBy(r => r.Name, StringComparer.Ordinal)], isStrict(name)));
            }
            return tables;
        }

        public string Script() => string.Join("\n\n", _tables.Keys.SelectMany(name =>
            new[] { TSql.Script(_tables[name]) }.Concat(_indexes.Values.Where(i => Name(i.OnName) == name).Select(TSql.Script)))) + "\n";

        private static Rule Rule(ConstraintDefinition constraint, ColumnDefinition? column)
        {
            var (kind, text) = constraint switch
            {
                UniqueConstraintDefinition { IsPrimaryKey: true } key => ("pk", Columns(key, column)),
                UniqueConstraintDefinition key => ("uq", Columns(key, column)),
                ForeignKeyConstraintDefinition key => ("fk", string.Create(CultureInfo.InvariantCulture,
                    $"({(key.Columns.Count > 0 ? TSql.Text(key.Columns) : column!.ColumnIdentifier.Value)}) references {Name(key.ReferenceTableName)} ({TSql.Text(key.ReferencedTableColumns)}) {key.DeleteAction} {key.UpdateAction}")),
                CheckConstraintDefinition check => ("ck", TSql.Text(check.CheckCondition)),
                DefaultConstraintDefinition value => ("df", TSql.Text(value.Expression)),
                _ => throw new NotSupportedException($"Teach Schema.Fold to read a {constraint.GetType().Name}.")
            };
            return new(constraint.ConstraintIdentifier?.Value, kind, text);
        }

        private static string Columns(UniqueConstraintDefinition key, ColumnDefinition? column) => key.Columns.Count > 0 ? $"({TSql.Text(key.Columns)})" : $"({column!.ColumnIdentifier.Value})";

        private static string Name(SchemaObjectName name) => name.BaseIdentifier.Value;

        private static void Drop<T>(IList<T> list, Predicate<T> which)
        {
            for (var i = list.Count - 1; i >= 0; i--) if (which(list[i])) list.RemoveAt(i);
        }
    }
}

/// <summary>A fresh database of the embedded engine with every migration applied.</summary>
internal sealed class MigratedSqlite : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scenariohub-walls-");
    private readonly Database _database;

    public MigratedSqlite()
    {
        _database = new Database(Dialect.Sqlite, $"Data Source={Path.Combine(_folder.FullName, "fresh.db")};Pooling=False");
        Migrator.Migrate(_database);
        Connection = new SqliteConnection(_database.ConnectionString);
        Connection.Open();
    }

    public SqliteConnection Connection { get; }

    public void Dispose()
    {
        Connection.Dispose();
        _database.Dispose();
        try { _folder.Delete(recursive: true); } catch (IOException) { /* the temporary folder is the system's to clean */ }
    }
}

/// <summary>T-SQL as a tree, and back.</summary>
internal static class TSql
{
    public static TSqlFragment Parse(string sql, string name)
    {
        using var reader = new StringReader(sql);
        var tree = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Count == 0 ? tree : throw new FormatException($"{name}: {string.Join("; ", errors.Select(e => $"line {e.Line}: {e.Message}"))}\n{sql}");
    }

    /// <summary>The fragment on one line, keywords upper, so that two spellings of one thing are equal.</summary>
    public static string Text(TSqlFragment fragment)
    {
        new Sql160ScriptGenerator(new() { KeywordCasing = KeywordCasing.Uppercase, IncludeSemicolons = false }).GenerateScript(fragment, out var text);
        return Regex.Replace(text, @"\s+", " ").Trim();
    }

    public static string Text<T>(IEnumerable<T> fragments) where T : TSqlFragment => string.Join(", ", fragments.Select(Text));

    public static string Script(TSqlFragment fragment)
    {
        new Sql160ScriptGenerator(new() { KeywordCasing = KeywordCasing.Uppercase, IncludeSemicolons = true, AlignColumnDefinitionFields = true }).GenerateScript(fragment, out var text);
        return Regex.Replace(text.ReplaceLineEndings("\n"), "\n(\\s*\n)+", "\n").Trim().TrimEnd(';') + ";";
    }
}
