using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using ColumnType = Microsoft.SqlServer.TransactSql.ScriptDom.ColumnType;

namespace ScenarioHub.Tests.House;

/// <summary>
/// Every statement is understood by both engines, with no server at hand.
/// Broken once by hand: a misspelt column, a missing alias, STRFTIME, one value too few, TOP, SELECT *, a column beside GROUP BY, SUM of a flag, two statements in one, thirteen more statements spelled twice.
/// </summary>
public partial class StatementTests
{
    /// <summary>What SQL Server knows; that SQLite knows it too is what EXPLAIN says. Absent on purpose: engine clocks, AVG (whole on one, a fraction on the other), LOWER (ASCII only on one). UPPER too, but LIKE folds no more than that on SQLite: it stands around both sides of a LIKE.</summary>
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "COUNT", "SUM", "MIN", "MAX", "STRING_AGG", "CONCAT", "CONCAT_WS", "SUBSTRING", "LEN", "REPLACE", "TRIM", "ABS", "CHARINDEX", "UPPER", "JSON_VALUE", "ISJSON",
        "ROW_NUMBER", "RANK", "DENSE_RANK", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE"
    };

    private static readonly HashSet<string> Aggregates = new(StringComparer.OrdinalIgnoreCase) { "COUNT", "SUM", "MIN", "MAX", "STRING_AGG" };

    [Fact]
    public void Statements_are_fields_of_Sql_classes()
    {
        Assert.True(Statement.All.Count > 30);
        Walls.Stands("A SqlText is a readonly field of a class named *Sql in the file of that name.", Statement.All
            .Where(s => !s.Field.IsInitOnly || !s.Field.DeclaringType!.Name.EndsWith("Sql", StringComparison.Ordinal) || s.Name != $"{s.Field.DeclaringType.Name}.{s.Field.Name}")
            .Select(s => $"{s.Field.DeclaringType!.FullName}.{s.Field.Name} (named {s.Name})"));
        Walls.Stands("A name in a trace leads to one statement.", Statement.All.GroupBy(s => s.Name).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void SQLite_prepares_every_statement()
    {
        using var fresh = new MigratedSqlite();
        Walls.Stands("SQLite refuses.", Statement.All.Select(statement =>
        {
            using var command = fresh.Connection.CreateCommand();
            command.CommandText = "EXPLAIN " + statement.Text.Sqlite;
            foreach (var parameter in statement.Text.Parameters) command.Parameters.AddWithValue("@" + parameter, DBNull.Value);
            try { using var reader = command.ExecuteReader(); return reader.Read() ? null : $"{statement.Name}: nothing to do"; }
            catch (SqliteException e) { return $"{statement.Name}: {e.Message}"; }
        }).OfType<string>());
    }

    [Fact]
    public void SQL_Server_binds_every_statement()
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions { Collation = "Chinese_PRC_CI_AS" });
        var options = new TSqlObjectOptions { AnsiNulls = true, QuotedIdentifier = true };
        Assert.NotEmpty(Schema.SqlServerStatements);
        foreach (var (statement, i) in Schema.SqlServerStatements.Select((s, i) => (s, i))) model.AddOrUpdateObjects(statement, $"schema{i}", options);

        var findings = new List<string>();
        var names = Statement.All.Select((s, i) => (s.Name, Procedure: $"q{i}")).ToArray();
        foreach (var (statement, i) in Statement.All.Select((s, i) => (s, i)))
        {
            var parameters = string.Join(", ", statement.Text.Parameters.Where(p => Regex.IsMatch(statement.Text.SqlServer, $@"@{p}\b")).Order(StringComparer.Ordinal).Select(p => $"@{p} {TypeOf(p)}"));
            var procedure = $"CREATE PROCEDURE dbo.[q{i}] {parameters} AS BEGIN SET NOCOUNT ON;\n{statement.Text.SqlServer}\nEND";
            try { model.AddOrUpdateObjects(procedure, $"q{i}", options); }
            catch (DacModelException e)
            {
                findings.Add($"{statement.Name}: {string.Join("; ", e.Messages.Select(m => m.Message).DefaultIfEmpty(e.Message))}");
                // Left in place, the failed object would fail every one added after it.
                model.DeleteObjects($"q{i}", new TSqlObjectOptions { SkipExistingModelValidation = true });
            }
        }
        foreach (var message in model.Validate().Select(m => m.Message).Concat(model.GetModelErrors().Select(e => $"{e.SourceName}: {e.Message}")).Distinct())
            findings.Add(ProcedureName().Match(message) is { Success: true } named ? $"{names[int.Parse(named.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)].Name}: {message}" : message);
        Walls.Stands("SQL Server would refuse.", findings);
    }

    /// <summary>What the model must know to bind a parameter; the names follow the columns they are compared with.</summary>
    private static string TypeOf(string parameter) =>
        Regex.IsMatch(parameter, "(Ids|Codes|Texts)$") ? "nvarchar(max)"
        : Regex.IsMatch(parameter, "^(Is[A-Z]|StateSecret)") ? "bit"
        : Regex.IsMatch(parameter, "^(Take|Version|Level|Depth|BlockSize|Allowed|Attempts|Progress|Status)$|Version$") ? "int"
        : Regex.IsMatch(parameter, "^(Within|After|By)$|(Id|No|Fen|Quantity|Denominator|Closing|Bytes)$") ? "bigint"
        : Regex.IsMatch(parameter, "(^Now|At|Until)$") ? "datetime2(3)"
        : parameter == "Content" ? "varbinary(max)" : "nvarchar(4000)";

    [Fact]
    public void Statements_keep_to_what_both_engines_do_alike()
    {
        var flags = Schema.SqlServer.Tables.Values.SelectMany(t => t.Columns).Where(c => c.Type == "bit").Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Contains("is_disabled", flags);
        Assert.Contains(Statement.All, s => s.Text.SqlServer.Contains("STRING_AGG", StringComparison.Ordinal));
        Walls.Stands("A statement does what the two engines do alike.", Statement.All.SelectMany(statement =>
        {
            var grammar = new Grammar(flags);
            statement.Tree.Accept(grammar);
            return grammar.Findings.Select(finding => $"{statement.Name}: {finding}");
        }));
    }

    [Fact]
    public void Few_statements_are_spelled_twice()
    {
        var twice = Statement.All.Where(s => s.IsPerEngine).Select(s => s.Name).ToArray();
        Assert.True(twice.Length < Statement.All.Count * 0.15, $"{twice.Length} of {Statement.All.Count} statements have a text per engine, 15 % or more: {string.Join(", ", twice)}");
    }

    [GeneratedRegex(@"\[?\bq(\d+)\b\]?")] private static partial Regex ProcedureName();

    /// <summary>What binding does not notice: functions, counts of columns, what may stand beside GROUP BY.</summary>
    private sealed class Grammar(HashSet<string> flags) : TSqlFragmentVisitor
    {
        public List<string> Findings { get; } = [];

        private void Finds(bool wrong, string finding) { if (wrong) Findings.Add(finding); }

        private static bool IsUpper(ScalarExpression side) => side is FunctionCall { FunctionName.Value: "UPPER" };

        public override void Visit(FunctionCall node)
        {
            var name = node.FunctionName.Value;
            Finds(!Functions.Contains(name), $"{name} is not on the list of functions");
            Finds(name is not "COUNT" && Aggregates.Contains(name) && node.Parameters is [ColumnReferenceExpression { MultiPartIdentifier: { } column }, ..] && flags.Contains(column.Identifiers[^1].Value),
                $"{name} of a flag: SQL Server does not add or compare bits ({TSql.Text(node)})");
        }

        public override void Visit(LeftFunctionCall node) => Findings.Add("LEFT is not on the list of functions; use SUBSTRING");
        public override void Visit(RightFunctionCall node) => Findings.Add("RIGHT is not on the list of functions; use SUBSTRING");
        public override void Visit(ConvertCall node) => Findings.Add("CONVERT is not on the list of functions; use CAST");
        public override void Visit(TryCastCall node) => Findings.Add("TRY_CAST is not on the list of functions");
        public override void Visit(TryConvertCall node) => Findings.Add("TRY_CONVERT is not on the list of functions");
        public override void Visit(ParameterlessCall node) => Findings.Add($"{node.ParameterlessCallType} asks the engine; pass what the TimeProvider or the caller says");
        public override void Visit(GlobalVariableExpression node) => Findings.Add($"{node.Name} is one engine's own");
        public override void Visit(SchemaObjectFunctionTableReference node) => Findings.Add($"{TSql.Text(node.SchemaObject)} as a table is one engine's own");
        public override void Visit(LikePredicate node) => Finds(!(IsUpper(node.FirstExpression) && IsUpper(node.SecondExpression)),
            $"{TSql.Text(node)} minds the case of letters on SQL Server and not on SQLite; write UPPER(…) LIKE UPPER(…)");
        public override void Visit(MergeStatement node) => Findings.Add("MERGE");
        public override void Visit(OutputClause node) => Findings.Add("OUTPUT");
        public override void Visit(OutputIntoClause node) => Findings.Add("OUTPUT");
        public override void Visit(TopRowFilter node) => Findings.Add("TOP; use SqlText.Page");
        // SQLite has no hints, so one stands only in a text of SQL Server's own: there to hold rows, never to read what is not committed.
        public override void Visit(TableHint node) => Finds(node.HintKind is not (TableHintKind.UpdLock or TableHintKind.HoldLock or TableHintKind.Rowlock or TableHintKind.ReadPast), $"table hint {node.HintKind}");
        public override void Visit(SelectStarExpression node) => Findings.Add("SELECT *; list the columns");
        public override void Visit(TSqlStatement node) => Finds(node is not (SelectStatement or InsertStatement or UpdateStatement or DeleteStatement), $"{node.GetType().Name} is not a statement of the house");
        public override void Visit(StringLiteral node) => Finds(node.IsNational, $"N'{node.Value}' is not SQLite; pass it as a parameter");
        public override void Visit(OffsetClause node) => Finds(TSql.Text(node) != "OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY", "OFFSET; use SqlText.Page");

        public override void Visit(InsertSpecification node)
        {
            Finds(node.Columns.Count == 0, "INSERT without a list of columns");
            var counts = node.InsertSource switch
            {
                ValuesInsertSource values => values.RowValues.Select(r => r.ColumnValues.Count),
                SelectInsertSource select => Blocks(select.Select).Select(b => b.SelectElements.Count),
                _ => []
            };
            foreach (var count in counts) Finds(count != node.Columns.Count, $"INSERT names {node.Columns.Count} columns and gives {count} values");
        }

        public override void Visit(BinaryQueryExpression node) =>
            Finds(Blocks(node).Select(b => b.SelectElements.Count).Distinct().Count() > 1, $"{node.BinaryQueryExpressionType} of unlike numbers of columns");

        public override void Visit(QuerySpecification node)
        {
            var aggregates = new Loose(null);
            foreach (var element in node.SelectElements) element.Accept(aggregates);
            if (node.GroupByClause is null && !aggregates.SawAggregate) return;
            var grouped = (node.GroupByClause?.GroupingSpecifications ?? []).OfType<ExpressionGroupingSpecification>().Select(g => g.Expression).ToArray();
            var loose = new Loose(grouped);
            foreach (var element in node.SelectElements) element.Accept(loose);
            node.HavingClause?.Accept(loose);
            foreach (var column in loose.Columns) Findings.Add($"{column} stands neither in GROUP BY nor in an aggregate");
        }

        internal static IEnumerable<QuerySpecification> Blocks(QueryExpression query) => query switch
        {
            QuerySpecification block => [block],
            BinaryQueryExpression both => Blocks(both.FirstQueryExpression).Concat(Blocks(both.SecondQueryExpression)),
            QueryParenthesisExpression inner => Blocks(inner.QueryExpression),
            _ => throw new NotSupportedException(query.GetType().Name)
        };
    }

    /// <summary>Columns outside aggregates and outside what is grouped by; a subquery keeps its own order and is not entered.</summary>
    private sealed class Loose(ScalarExpression[]? grouped) : TSqlConcreteFragmentVisitor
    {
        private readonly HashSet<string> _grouped = [.. (grouped ?? []).SelectMany(g => g is ColumnReferenceExpression c
            ? new[] { TSql.Text(g), c.MultiPartIdentifier.Identifiers[^1].Value } : [TSql.Text(g)])];

        public bool SawAggregate { get; private set; }
        public List<string> Columns { get; } = [];

        public override void ExplicitVisit(FunctionCall node)
        {
            if (node.OverClause is null && Aggregates.Contains(node.FunctionName.Value)) { SawAggregate = true; return; }
            if (!IsGrouped(node)) base.ExplicitVisit(node);
        }

        public override void ExplicitVisit(ScalarSubquery node) { }
        public override void ExplicitVisit(ExistsPredicate node) { }
        public override void ExplicitVisit(InPredicate node) => node.Expression.Accept(this);
        public override void ExplicitVisit(SearchedCaseExpression node) { if (!IsGrouped(node)) base.ExplicitVisit(node); }
        public override void ExplicitVisit(IIfCall node) { if (!IsGrouped(node)) base.ExplicitVisit(node); }
        public override void ExplicitVisit(CoalesceExpression node) { if (!IsGrouped(node)) base.ExplicitVisit(node); }
        public override void ExplicitVisit(BinaryExpression node) { if (!IsGrouped(node)) base.ExplicitVisit(node); }
        public override void ExplicitVisit(CastCall node) { if (!IsGrouped(node)) base.ExplicitVisit(node); }

        public override void ExplicitVisit(ColumnReferenceExpression node)
        {
            if (node.ColumnType != ColumnType.Regular || IsGrouped(node)) return;
            Columns.Add(TSql.Text(node));
        }

        private bool IsGrouped(ScalarExpression node) =>
            _grouped.Contains(TSql.Text(node)) || (grouped ?? []).Any(g => g is ColumnReferenceExpression { MultiPartIdentifier.Identifiers: [var bare] } && node is ColumnReferenceExpression c && c.MultiPartIdentifier.Identifiers[^1].Value == bare.Value);
    }
}
