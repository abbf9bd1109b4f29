using System.Collections.Concurrent;
using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: ScenarioHub.Tests.House.CountsAsRun]
[assembly: TestCollectionOrderer(typeof(ScenarioHub.Tests.House.LastCollectionLast))]

namespace ScenarioHub.Tests.House;

/// <summary>
/// Runs after all others: its collection is not parallel, and those come after the parallel ones; among them it is ordered last.
/// Broken once by hand: a statement that nothing sends, with the whole suite (red) and with one class of it (skipped).
/// </summary>
[Collection(LastCollectionLast.Name)]
public class ExecutedStatementTests
{
    [Fact]
    public void Every_statement_was_executed_by_the_suite()
    {
        var silent = CountsAsRunAttribute.NotRun();
        if (CountsAsRunAttribute.IsFiltered && silent is [var one, ..]) Assert.Skip($"Only when the whole suite runs; {silent.Count} tests did not, among them {one}.");
        Walls.Stands("A run without a filter runs every test before this one.", silent);
        Assert.NotEmpty(Statement.All);
        Walls.Stands("No test sent this statement: write the test, or take the statement away.", Statement.All.Where(s => !s.Text.WasRun).Select(s => s.Name));
    }
}

[CollectionDefinition(LastCollectionLast.Name, DisableParallelization = true)]
public sealed class LastCollectionLast : ITestCollectionOrderer
{
    public const string Name = "after all others";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => c.TestCollectionDisplayName == Name)];
}

/// <summary>Notes every test that ran, so that one can say whether all did.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class CountsAsRunAttribute : BeforeAfterTestAttribute
{
    private static readonly ConcurrentDictionary<string, bool> Ran = new(StringComparer.Ordinal);

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Ran[Key(methodUnderTest)] = true;

    /// <summary>Tests of this assembly that did not run and were not declared to be skipped.</summary>
    public static IReadOnlyList<string> NotRun() =>
        [.. from type in typeof(CountsAsRunAttribute).Assembly.GetTypes() where !type.IsAbstract
            from method in type.GetMethods()
            from fact in method.GetCustomAttributes().OfType<IFactAttribute>()
            where fact is { Skip: null, Explicit: false } && !Ran.ContainsKey(Key(method)) && type.GetCustomAttribute<CollectionAttribute>()?.Name != LastCollectionLast.Name
            select Key(method)];

    /// <summary>True when the runner was asked for a part: a filter on the command line, or an editor that names tests through its own channel.</summary>
    public static bool IsFiltered => Environment.GetCommandLineArgs().Skip(1).Any(a =>
        a.StartsWith("--filter", StringComparison.Ordinal) || a.StartsWith("--client-", StringComparison.Ordinal) || a.StartsWith("--treenode-filter", StringComparison.Ordinal));

    private static string Key(MethodInfo method) => $"{method.ReflectedType!.FullName}.{method.Name}";
}
