using System.Text.RegularExpressions;

namespace ScenarioHub.Tests.House;

/// <summary>
/// What the product's code does not do: ask the machine for the time, block a thread, swallow an exception in async void, leave a note to do it later.
/// Broken once by hand: DateTime.UtcNow, Task.Result, Thread.Sleep, an async void local function and a TODO in AddUser.cs.
/// </summary>
public partial class StyleTests
{
    private static readonly string[] Clocks =
        ["System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow"];

    private static readonly string[] Blocking =
        ["System.Threading.Tasks.Task`1.get_Result", "System.Threading.Tasks.Task.Wait", "System.Threading.Tasks.Task.WaitAll", "System.Threading.Tasks.Task.WaitAny", "System.Threading.Tasks.ValueTask`1.get_Result", "System.Threading.Thread.Sleep"];

    [Fact]
    public void Time_comes_from_the_TimeProvider()
    {
        Assert.Contains(CompiledCode.Types, t => t.Members.Contains("System.TimeProvider.GetUtcNow"));
        Walls.Stands("Time comes from the TimeProvider: tests and audits move it.", Uses(Clocks, CompiledCode.Types));
    }

    [Fact]
    public void Nothing_blocks_a_thread()
    {
        // The migrator runs before the first request and waits for another process, not for a task.
        var waiting = CompiledCode.Types.Where(t => Uses(Blocking, [t]).Any()).ToArray();
        Assert.Contains(waiting, t => t.Name == "Migrator");
        Walls.Stands("Wait with await.", Uses(Blocking, waiting.Where(t => t.Name != "Migrator"))
            .Concat(from source in Repository.Sources where source.Text.Contains(".GetAwaiter().GetResult()", StringComparison.Ordinal) select $"{source.Path} uses GetAwaiter().GetResult()"));
    }

    [Fact]
    public void No_method_is_async_void()
    {
        Assert.True(CompiledCode.Types.Count > 100);
        Walls.Stands("An exception in an async void method ends the process.", CompiledCode.Types.SelectMany(t => t.AsyncVoids.Select(m => $"{t.FullName}.{m}")));
    }

    [Fact]
    public void Nothing_is_left_to_do_later()
    {
        Assert.True(Repository.Sources.Count > 40);
        Walls.Stands("A note to do it later is an issue, not a comment.", from source in Repository.Sources
                                                                          from line in source.Text.Split('\n').Select((text, i) => (Text: text, Number: i + 1))
                                                                          where Later().IsMatch(line.Text)
                                                                          select $"{source.Path}:{line.Number}: {line.Text.Trim()}");
    }

    private static IEnumerable<string> Uses(string[] members, IEnumerable<CompiledType> types) =>
        types.SelectMany(t => t.Members.Intersect(members).Select(m => $"{t.FullName} uses {m}"));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")] private static partial Regex Later();
}
