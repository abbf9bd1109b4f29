using ScenarioHub.Features.Integration;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Tests.House;

/// <summary>
/// Whoever changes something says so. From what the suite ran, after all others, as <see cref="ExecutedStatementTests"/>.
/// </summary>
[Collection(LastCollectionLast.Name)]
public class SilentCommandTests
{
    private static readonly Dictionary<string, string> Silent = new()
    {
        ["foldLedger"] = "closes the books: folds entries into balances, and no figure anyone reads changes by it"
    };

    [Fact]
    public void Every_command_records_what_it_changed()
    {
        if (CountsAsRunAttribute.IsFiltered && CountsAsRunAttribute.NotRun() is [var one, ..]) Assert.Skip($"Only when the whole suite runs; {one} did not.");
        var commands = typeof(Program).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && typeof(ICommandMarker).IsAssignableFrom(t))
            .Select(t => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(t.Name)).Order(StringComparer.Ordinal).ToArray();
        Assert.True(commands.Length > 30);
        Walls.Stands("A command says with Db.Record what it changed, or stands on the list with its reason.", commands.Where(c => !ChangeLog.Recording.ContainsKey(c) && !Silent.ContainsKey(c)));
        Walls.Stands("What is on the list and records after all is to be taken off it.", Silent.Keys.Where(c => ChangeLog.Recording.ContainsKey(c) || !commands.Contains(c)));
    }

    [Fact]
    public void Every_kind_that_was_recorded_is_known_to_the_feed()
    {
        Assert.SkipWhen(ChangeLog.Kinds.IsEmpty, "Nothing was recorded by the tests that ran.");
        Walls.Stands("ChangeKind.All says who may hear of it and where it is read.", ChangeLog.Kinds.Keys.Where(k => ChangeKind.Find(k) is null));
    }
}
