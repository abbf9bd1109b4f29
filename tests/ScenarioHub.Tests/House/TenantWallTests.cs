using Microsoft.SqlServer.TransactSql.ScriptDom;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Tests.House;

/// <summary>
/// No statement sees another tenant's rows: walked on the tree of each statement, block by block.
/// Broken once by hand: the predicate left out of a SELECT, a subquery, an UPDATE, a DELETE and one side of a join; under OR; in the ON of the wrong side of a LEFT JOIN; an INSERT of a tenant_id parameter of another name;
/// a SQLite text of its own without the predicate; a short reason; a statement across tenants that is not approved.
/// </summary>
public class TenantWallTests
{
    [Fact]
    public void Every_query_block_over_a_tenants_table_is_bound_to_the_tenant()
    {
        var tables = Schema.SqlServer.TenantTables;
        Assert.Contains("organization", tables);
        var walls = Statement.All.Where(s => s.Text.AcrossTenantsBecause is null).Select(statement =>
        {
            var wall = new Wall(tables);
            statement.Tree.Accept(wall);
            statement.SqliteTree?.Accept(wall);
            return (statement.Name, Wall: wall);
        }).ToArray();
        Assert.True(walls.Sum(w => w.Wall.Blocks) > 30);
        Walls.Stands("A statement over a tenant's table carries tenant_id = @TenantId in every block, or says why not with SqlText.AcrossTenants.",
            walls.SelectMany(w => w.Wall.Findings.Select(finding => $"{w.Name}: {finding}")));
    }

    [Fact]
    public void Statements_across_tenants_say_why_and_are_approved()
    {
        var across = Statement.All.Where(s => s.Text.AcrossTenantsBecause is not null).ToArray();
        Assert.NotEmpty(across);
        Walls.Stands("A reason is a sentence.", across.Where(s => s.Text.AcrossTenantsBecause!.Trim().Length <= 20).Select(s => $"{s.Name}: {s.Text.AcrossTenantsBecause}"));
        Approved.Is("tests/ScenarioHub.Tests/House/across-tenants.approved.txt", string.Concat(across.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => $"{s.Name}: {s.Text.AcrossTenantsBecause}\n")));
    }

    /// <summary>The wall itself: what it must stop and what it must let through.</summary>
    [Theory]
    [InlineData(true, "SELECT o.name FROM organization o WHERE o.tenant_id = @TenantId")]
    [InlineData(true, "SELECT name FROM organization WHERE tenant_id = @TenantId AND (level = 1 OR level = 2)")]
    [InlineData(true, "SELECT o.name FROM organization o JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id WHERE a.tenant_id = @TenantId")]
    [InlineData(true, "SELECT o.name FROM organization o LEFT JOIN app_user u ON u.tenant_id = o.tenant_id WHERE o.tenant_id = @TenantId")]
    [InlineData(true, "WITH x AS (SELECT tenant_id FROM organization WHERE tenant_id = @TenantId) SELECT tenant_id FROM x")]
    [InlineData(true, "INSERT INTO user_role (user_id, tenant_id, role) VALUES (@UserId, @TenantId, @Role)")]
    [InlineData(false, "SELECT o.name FROM organization o")]
    [InlineData(false, "SELECT o.name FROM organization o WHERE o.tenant_id = @TenantId OR o.level = 0")]
    [InlineData(false, "SELECT o.name FROM organization o WHERE NOT (o.tenant_id = @TenantId)")]
    [InlineData(false, "SELECT o.name FROM organization o WHERE o.tenant_id = @Other")]
    [InlineData(false, "SELECT o.name FROM organization o JOIN organization_ancestor a ON a.organization_id = o.organization_id WHERE o.tenant_id = @TenantId")]
    [InlineData(false, "SELECT o.name FROM organization o, app_user u WHERE o.tenant_id = @TenantId")]
    [InlineData(false, "SELECT o.name FROM organization o LEFT JOIN app_user u ON u.tenant_id = @TenantId AND o.tenant_id = @TenantId")]
    [InlineData(false, "SELECT o.name FROM organization o LEFT JOIN app_user u ON u.tenant_id = o.tenant_id AND u.tenant_id = @TenantId")]
    [InlineData(false, "SELECT o.name FROM organization o WHERE o.tenant_id = @TenantId AND EXISTS (SELECT 1 FROM app_user u WHERE u.organization_id = o.organization_id)")]
    [InlineData(false, "SELECT o.name FROM organization o WHERE o.tenant_id = @TenantId UNION ALL SELECT o.name FROM organization o")]
    [InlineData(false, "WITH x AS (SELECT name FROM organization) SELECT name FROM x")]
    [InlineData(false, "UPDATE organization SET name = @Name WHERE organization_id = @Id")]
    [InlineData(false, "UPDATE organization SET tenant_id = @NewTenantId WHERE tenant_id = @TenantId")]
    [InlineData(false, "UPDATE organization SET name = (SELECT MAX(display_name) FROM app_user) WHERE tenant_id = @TenantId")]
    [InlineData(false, "DELETE FROM user_role WHERE user_id = @UserId")]
    [InlineData(false, "INSERT INTO user_role (tenant_id, user_id, role) VALUES (@NewTenantId, @UserId, @Role)")]
    [InlineData(false, "INSERT INTO user_role (user_id, role) VALUES (@UserId, @Role)")]
    [InlineData(false, "INSERT INTO user_role (tenant_id, user_id, role) SELECT u.user_id, u.tenant_id, @Role FROM app_user u WHERE u.tenant_id = @TenantId")]
    public void The_wall_knows_right_from_wrong(bool stands, string sql)
    {
        var wall = new Wall(Schema.SqlServer.TenantTables);
        TSql.Parse(sql, "example").Accept(wall);
        Assert.True(wall.Findings.Count == 0 == stands, string.Join("; ", wall.Findings.DefaultIfEmpty("let through")));
    }

    private sealed class Wall(IReadOnlySet<string> tables) : TSqlFragmentVisitor
    {
        private readonly HashSet<string> _withs = new(StringComparer.OrdinalIgnoreCase);

        public List<string> Findings { get; } = [];
        /// <summary>How many blocks over a tenant's table were looked at.</summary>
        public int Blocks { get; private set; }

        public override void Visit(StatementWithCtesAndXmlNamespaces node)
        {
            foreach (var with in node.WithCtesAndXmlNamespaces?.CommonTableExpressions ?? []) _withs.Add(with.ExpressionName.Value);
        }

        public override void Visit(QuerySpecification node) => Check(new Block(Tenants, node.FromClause?.TableReferences ?? [], node.WhereClause), node);

        public override void Visit(UpdateSpecification node)
        {
            if (node.SetClauses.OfType<AssignmentSetClause>().Any(set => IsTenantId(set.Column))) Findings.Add($"moves a row to another tenant: {TSql.Text(node)}");
            Check(Target(node), node);
        }

        public override void Visit(DeleteSpecification node) => Check(Target(node), node);

        public override void Visit(InsertSpecification node)
        {
            if (!Tenants(node.Target)) return;
            Blocks++;
            var at = node.Columns.ToList().FindIndex(IsTenantId);
            var given = at < 0 ? [null] : node.InsertSource switch
            {
                ValuesInsertSource values => values.RowValues.Select(row => row.ColumnValues.ElementAtOrDefault(at)),
                SelectInsertSource select => Queries(select.Select).Select(q => (q.SelectElements.ElementAtOrDefault(at) as SelectScalarExpression)?.Expression),
                _ => [null]
            };
            // A row may also take its tenant from a row that is bound to it.
            if (given.Any(value => !IsTenantParameter(value) && !(value is ColumnReferenceExpression column && IsTenantId(column))))
                Findings.Add($"inserts a row without tenant_id = @TenantId: {TSql.Text(node)}");
        }

        // The target of an UPDATE or DELETE may stand again in its FROM, under an alias.
        private Block Target(UpdateDeleteSpecificationBase node)
        {
            var from = node.FromClause?.TableReferences ?? [];
            var block = new Block(Tenants, from, node.WhereClause);
            return node.Target is NamedTableReference target && !block.Names.Contains(target.SchemaObject.BaseIdentifier.Value)
                ? new Block(Tenants, [.. from, target], node.WhereClause) : block;
        }

        private bool Tenants(TableReference table) => table is NamedTableReference { SchemaObject.BaseIdentifier.Value: var name } && tables.Contains(name) && !_withs.Contains(name);

        private void Check(Block block, TSqlFragment text)
        {
            if (block.TenantNames.Count == 0) return;
            Blocks++;
            foreach (var open in block.Open()) Findings.Add($"{open} is not bound to the tenant: {TSql.Text(text)}");
        }

        private static IEnumerable<QuerySpecification> Queries(QueryExpression query) => query switch
        {
            QuerySpecification block => [block],
            BinaryQueryExpression both => Queries(both.FirstQueryExpression).Concat(Queries(both.SecondQueryExpression)),
            QueryParenthesisExpression inner => Queries(inner.QueryExpression),
            _ => []
        };
    }

    private static bool IsTenantId(ColumnReferenceExpression? column) => column?.MultiPartIdentifier?.Identifiers[^1].Value.Equals("tenant_id", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsTenantParameter(TSqlFragment? value) => value is VariableReference { Name: "@TenantId" };

    /// <summary>The tables of one block and the conditions that hold for every row it yields.</summary>
    private sealed class Block
    {
        private readonly Func<TableReference, bool> _isTenants;
        // Which of its tables a condition can bind: those whose rows are gone when it does not hold.
        private readonly List<(BooleanComparisonExpression Is, HashSet<string> Binds)> _conditions = [];

        public Block(Func<TableReference, bool> isTenants, IEnumerable<TableReference> from, WhereClause? where)
        {
            _isTenants = isTenants;
            foreach (var table in from) Read(table);
            Add(where?.SearchCondition, Names);
        }

        public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase);
        public HashSet<string> TenantNames { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>The tenant tables that no condition binds to the tenant.</summary>
        public IEnumerable<string> Open()
        {
            var bound = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            int before;
            do
            {
                before = bound.Count;
                foreach (var (condition, binds) in _conditions)
                {
                    Bind(condition.FirstExpression, condition.SecondExpression, binds);
                    Bind(condition.SecondExpression, condition.FirstExpression, binds);
                }
            } while (bound.Count > before);
            return TenantNames.Except(bound);

            void Bind(ScalarExpression one, ScalarExpression other, HashSet<string> binds)
            {
                if (Table(one) is { } name && binds.Contains(name) && (IsTenantParameter(other) || Table(other) is { } peer && bound.Contains(peer))) bound.Add(name);
            }
        }

        private string? Table(ScalarExpression expression) =>
            expression is not ColumnReferenceExpression column || !IsTenantId(column) ? null
            : column.MultiPartIdentifier.Identifiers is [.., var qualifier, _] ? qualifier.Value
            : TenantNames.Count == 1 ? TenantNames.Single() : null;

        /// <returns>The names of the tables below this one.</returns>
        private HashSet<string> Read(TableReference table)
        {
            switch (table)
            {
                case QualifiedJoin join:
                    var (left, right) = (Read(join.FirstTableReference), Read(join.SecondTableReference));
                    HashSet<string> both = new([.. left, .. right], StringComparer.OrdinalIgnoreCase);
                    Add(join.SearchCondition, join.QualifiedJoinType switch
                    {
                        QualifiedJoinType.Inner => both,
                        QualifiedJoinType.LeftOuter => right,
                        QualifiedJoinType.RightOuter => left,
                        _ => []
                    });
                    return both;
                case UnqualifiedJoin join: return new([.. Read(join.FirstTableReference), .. Read(join.SecondTableReference)], StringComparer.OrdinalIgnoreCase);
                case JoinParenthesisTableReference inner: return Read(inner.Join);
                case TableReferenceWithAlias named:
                    var name = named.Alias?.Value ?? (named as NamedTableReference)?.SchemaObject.BaseIdentifier.Value ?? "";
                    Names.Add(name);
                    if (_isTenants(named)) TenantNames.Add(name);
                    return new([name], StringComparer.OrdinalIgnoreCase);
                default: throw new NotSupportedException($"Teach the tenant wall to read a {table.GetType().Name}.");
            }
        }

        // Only what stands under AND holds for every row.
        private void Add(BooleanExpression? condition, HashSet<string> binds)
        {
            switch (condition)
            {
                case BooleanBinaryExpression { BinaryExpressionType: BooleanBinaryExpressionType.And } and:
                    Add(and.FirstExpression, binds);
                    Add(and.SecondExpression, binds);
                    break;
                case BooleanParenthesisExpression inner: Add(inner.Expression, binds); break;
                case BooleanComparisonExpression { ComparisonType: BooleanComparisonType.Equals } equal: _conditions.Add((equal, binds)); break;
            }
        }
    }
}
