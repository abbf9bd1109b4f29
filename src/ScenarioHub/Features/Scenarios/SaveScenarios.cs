using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Scenarios;

/// <summary>
/// Creates or updates up to 1,000 scenarios, each by one of its external keys, else by its code, else as a new one; one item's refusal does not touch the others.
/// Refused as a whole with <c>batch-too-large</c>, <c>invalid</c> (no items) and <c>external-key-race</c>.
/// </summary>
/// <param name="Items">Each the JSON of a <see cref="ScenarioBody"/>; read one by one, so that a misspelt field is that item's finding.</param>
public sealed record SaveScenarios(IReadOnlyList<JsonElement> Items) : ICommand<IReadOnlyList<ItemSaved>>;

/// <summary>The same findings as <see cref="SaveScenarios"/>, and nothing written.</summary>
public sealed record CheckScenarios(IReadOnlyList<JsonElement> Items) : IQuery<IReadOnlyList<ItemSaved>>;

/// <summary>What became of one item: saved, or why not.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
public sealed record ItemSaved(int Index, ScenarioSaved? Saved, Refusal? Why);

internal sealed class SaveScenariosHandler(Db db, IValidator<ScenarioContent> rules, ReferenceCatalog catalog, Caller caller, TimeProvider clock) :
    IRequestHandler<SaveScenarios, Result<IReadOnlyList<ItemSaved>>>, IRequestHandler<CheckScenarios, Result<IReadOnlyList<ItemSaved>>>
{
    public Task<Result<IReadOnlyList<ItemSaved>>> Handle(SaveScenarios request, CancellationToken ct) => Save(request.Items, ct);

    // The dry run is the real run undone: a second code path would one day find other things.
    public async Task<Result<IReadOnlyList<ItemSaved>>> Handle(CheckScenarios request, CancellationToken ct)
    {
        await db.Begin(ct);
        try { return await Save(request.Items, ct); }
        finally { await db.Rollback(); }
    }

    private async Task<Result<IReadOnlyList<ItemSaved>>> Save(IReadOnlyList<JsonElement> items, CancellationToken ct)
    {
        if (items.Count == 0) return Refusal.Field(ScenarioFinding.Required, "/items", new("请至少提供一条。", "Give at least one item."));
        if (items.Count > ScenarioLimit.Batch) return ScenarioRefusal.BatchTooLarge(items.Count);
        var register = new ScenarioRegister(db, rules, catalog, caller, clock);
        var answers = new List<ItemSaved>(items.Count);
        var seen = new Dictionary<object, int>();
        for (var i = 0; i < items.Count; i++)
        {
            var (saved, key) = await Item(register, items[i], i, seen, ct);
            if (saved.Why is { Code: ScenarioRefusal.KeyRaceCode } race) return race;
            answers.Add(saved.Why is { } why ? new(i, null, key is null ? why : why with { Errors = why.Errors?.Select(e => e with { ExternalKey = $"{key.Source}:{key.Key}" }).ToArray() }) : new(i, saved.Value, null));
        }
        return answers;
    }

    private static async Task<(Result<ScenarioSaved>, ExternalKey?)> Item(ScenarioRegister register, JsonElement json, int index, Dictionary<object, int> seen, CancellationToken ct)
    {
        if (json.ValueKind != JsonValueKind.Object) return (Refusal.Field("wrong-type", "/", new("每一条须为 JSON 对象。", "Each item is a JSON object.")), null);
        ScenarioBody body;
        try { body = json.Deserialize<ScenarioBody>(Json.Options)!; }
        catch (JsonException e) { return (JsonRefusal.Of(e), null); }
        var main = body.ExternalKeys is [var first, ..] ? first : null;
        var names = (body.ExternalKeys ?? []).Where(k => k is not null).Cast<object>().ToList();
        if (!string.IsNullOrWhiteSpace(body.Code)) names.Add(body.Code);
        // Of two items that mean the same scenario the second would silently undo the first.
        foreach (var name in names)
            if (seen.TryGetValue(name, out var earlier) && earlier != index) return (ScenarioRefusal.BatchTwice(earlier), main);
            else seen[name] = index;
        return (await register.Save(body, body.ExternalKeys, null, ct), main);
    }
}
