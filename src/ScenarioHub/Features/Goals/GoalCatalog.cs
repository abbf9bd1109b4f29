using System.Globalization;
using CsvHelper;
using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Features.Goals;

/// <summary>A row of db/seed/goals/goal.csv: a published target, milestone or vision with its source, and how the portal can know its number.</summary>
internal sealed record CatalogGoal(
    string Code, string Kind, string SourceDocument, string? DocNo, string? Issuer, string? IssuedOn, string StatementZh, string StatementEn, string MetricCode, string? DefinitionZh, string? Unit,
    string Comparator, decimal? Baseline, string? BaselineOn, decimal? Target, DateOnly? DueOn, string ScopeLevel, string Scope, string? Region, GoalFormula? Formula, string? ProxyZh, string? ProxyEn,
    string Evidence, string? SourceSeen)
{
    /// <summary>All rows, in the file's order. Read once; whatever is wrong stops the first use with row and reason, and a test reads it.</summary>
    public static IReadOnlyList<CatalogGoal> All(ReferenceCatalog catalog) => Rows ??= Read(catalog);

    private static IReadOnlyList<CatalogGoal>? Rows;

    private static List<CatalogGoal> Read(ReferenceCatalog catalog)
    {
        using var stream = new StreamReader(typeof(CatalogGoal).Assembly.GetManifestResourceStream("db/seed/goals/goal.csv")!);
        using var csv = CsvReader.FromText(stream.ReadToEnd());
        csv.ReadHeader();
        var rows = new List<CatalogGoal>();
        while (csv.Read())
        {
            string? Text(int column) => csv.GetString(column) is { Length: > 0 } text ? text : null;
            string Given(int column) => Text(column) ?? throw new InvalidDataException($"db/seed/goals/goal.csv, {csv.GetString(0)}: column {column + 1} is empty.");
            decimal? Number(int column) => Text(column) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
            var row = new CatalogGoal(Given(0), Given(1), Given(2), Text(3), Text(4), Text(5), Given(6), Given(7), Given(8), Text(9), Text(10), Given(11), Number(12), Text(13), Number(14),
                Text(15) is { } due ? DateOnly.ParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null, Given(16), Given(17), Text(18), GoalFormula.FromJson(Text(19)), Text(20), Text(21), Given(23), Text(24));
            var wrong = GoalKind.All.Contains(row.Kind) && Goals.Comparator.All.Contains(row.Comparator) && GoalScope.All.Contains(row.ScopeLevel)
                ? (row.Kind == GoalKind.Vision) != (row.Formula is null) ? "a vision has no formula, all else has one" : row.Formula?.Problems(catalog).FirstOrDefault()?.Message
                : "kind, comparator or scope level is none there is";
            if (wrong is not null) throw new InvalidDataException($"db/seed/goals/goal.csv, {row.Code}: {wrong}");
            rows.Add(row);
        }
        return rows;
    }
}
