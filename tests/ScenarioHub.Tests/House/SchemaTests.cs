using ScenarioHub.Platform.Data;

namespace ScenarioHub.Tests.House;

/// <summary>
/// Both engines hold the same schema, tenants first in every key.
/// Broken once by hand: a column left out of one engine, char(7) against INTEGER, a check with one state less, an index renamed, a key without tenant_id, STRICT left out, schema.sql edited.
/// </summary>
public class SchemaTests
{
    private static readonly Dictionary<string, string[]> ServerTypes = new()
    {
        ["int"] = ["bigint", "int", "bit"], // how the parser spells INTEGER
        ["text"] = ["char", "varchar", "nvarchar", "datetime2"],
        ["blob"] = ["varbinary"]
    };

    /// <summary>Tables of the whole deployment.</summary>
    private static readonly string[] WithoutTenant = ["id_block"];

    [Fact]
    public void Both_folders_hold_the_same_migrations()
    {
        var names = Migrator.Scripts("sqlite").Select(s => s.Name).ToArray();
        Assert.NotEmpty(names);
        Assert.Equal(names, Migrator.Scripts("sqlserver").Select(s => s.Name));
        Walls.Stands("A migration is named 0001_what_it_brings.sql, numbered without a gap.", names
            .Where((name, i) => !System.Text.RegularExpressions.Regex.IsMatch(name, $@"^{i + 1:D4}_[a-z0-9_]+\.sql$")));
    }

    [Fact]
    public void Both_engines_have_the_same_tables_and_columns()
    {
        var (sqlite, server) = (Schema.Sqlite.Tables, Schema.SqlServer.Tables);
        Assert.True(sqlite.Count > 10);
        Assert.Equal(sqlite.Keys, server.Keys);
        Walls.Stands("A table has the same columns in the same order on both engines, with corresponding types.",
            from table in sqlite.Values
            let other = server[table.Name]
            from finding in !table.Columns.Select(c => (c.Name, c.Nullable)).SequenceEqual(other.Columns.Select(c => (c.Name, c.Nullable)))
                ? [$"{table.Name}: sqlite {string.Join(", ", table.Columns.Except(other.Columns, Same))} / sqlserver {string.Join(", ", other.Columns.Except(table.Columns, Same))} (or their order)"]
                : table.Columns.Zip(other.Columns).Where(pair => !ServerTypes.TryGetValue(pair.First.Type, out var fit) || !fit.Contains(pair.Second.Type.Split('(', ' ')[0]))
                    .Select(pair => $"{table.Name}.{pair.First.Name}: {pair.First.Type} does not correspond to {pair.Second.Type}")
            select finding);
    }

    private static readonly IEqualityComparer<Column> Same = EqualityComparer<Column>.Create((a, b) => (a?.Name, a?.Nullable) == (b?.Name, b?.Nullable), c => c.Name.GetHashCode(StringComparison.Ordinal));

    [Fact]
    public void Both_engines_have_the_same_keys_checks_and_indexes()
    {
        static IEnumerable<string> Rules(Schema schema) => schema.Tables.Values.SelectMany(t => t.Rules.Select(r => $"{t.Name}: {r.Name} {r.Kind} {r.Text}"));
        var (sqlite, server) = (Rules(Schema.Sqlite).ToArray(), Rules(Schema.SqlServer).ToArray());
        Assert.True(sqlite.Length > 30);
        Walls.Stands("A rule of one engine is a rule of the other.", sqlite.Except(server).Select(r => "only sqlite:    " + r).Concat(server.Except(sqlite).Select(r => "only sqlserver: " + r)));
    }

    [Fact]
    public void Constraints_and_indexes_say_what_they_are_and_of_which_table()
    {
        var rules = Schema.Sqlite.Tables.Values.Concat(Schema.SqlServer.Tables.Values).SelectMany(t => t.Rules.Select(r => (Table: t.Name, Rule: r))).ToArray();
        Assert.NotEmpty(rules);
        Walls.Stands("A constraint is named pk_, fk_, uq_, ck_ or df_, an index ix_ or uq_, then the table.", rules
            .Where(r => r.Rule.Name is null || !$"{r.Rule.Name}_".StartsWith($"{r.Rule.Kind}_{r.Table}_", StringComparison.Ordinal))
            .Select(r => $"{r.Table}: {r.Rule.Name ?? "(no name)"} {r.Rule.Kind} {r.Rule.Text}"));
    }

    [Fact]
    public void A_tenants_keys_begin_with_the_tenant()
    {
        var tables = Schema.SqlServer.Tables.Values;
        Assert.Contains(tables, t => t.IsTenants);
        Walls.Stands("Every table belongs to a tenant (or is listed here as the deployment's), and its keys and indexes begin with tenant_id.",
            tables.Where(t => t.IsTenants == WithoutTenant.Contains(t.Name)).Select(t => $"{t.Name} {(t.IsTenants ? "has" : "has no")} tenant_id")
                .Concat(from table in tables
                        where table.IsTenants
                        from rule in table.Rules
                        where rule.Kind is "pk" or "fk" or "uq" or "ix" && !System.Text.RegularExpressions.Regex.IsMatch(rule.Text, @"^(index )?\(tenant_id\b")
                        where rule.Name is not ("uq_tenant_code" or "uq_app_user_name" or "uq_app_user_id") // unique in the whole deployment: how one finds the tenant
                        select $"{table.Name}: {rule.Name} {rule.Text}")
                .Concat(tables.Where(t => t.PrimaryKey is null).Select(t => $"{t.Name} has no primary key")));
    }

    [Fact]
    public void Every_SQLite_table_is_strict() =>
        Walls.Stands("Without STRICT, SQLite keeps any value in any column.", Schema.Sqlite.Tables.Values.Where(t => !t.IsStrict).Select(t => t.Name));

    [Fact]
    public void The_snapshot_of_SQLite_is_current() => Approved.Is("db/sqlite/schema.sql", Schema.Sqlite.Snapshot);

    [Fact]
    public void The_snapshot_of_SQL_Server_is_current() => Approved.Is("db/sqlserver/schema.sql", Schema.SqlServer.Snapshot);
}
