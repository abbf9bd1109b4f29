using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScenarioHub.Features.Catalog;

namespace ScenarioHub.Features.Scenarios;

/// <summary>The working copy as it stands in <c>scenario</c>, with what the regulator accepted last beside it.</summary>
internal sealed record ScenarioRow
{
    public long ScenarioId { get; init; }
    public long OrganizationId { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public required string State { get; init; }
    public required string Stage { get; init; }
    public DateOnly StageSince { get; init; }
    public required string IndustryDivision { get; init; }
    public required string Region { get; init; }
    public required string KeyAction { get; init; }
    public string? BusinessDomain { get; init; }
    public required string OpenScope { get; init; }
    public int? StrategicBatch { get; init; }
    public bool StateSecret { get; init; }
    public DateOnly? GoLiveOn { get; init; }
    public long? CapexTotalFen { get; init; }
    public long? OpexYearFen { get; init; }
    public int? CritStrategic { get; init; }
    public int? CritEconomic { get; init; }
    public int? CritLivelihood { get; init; }
    /// <summary>All other fields and the measures, as <see cref="StoredJson"/>.</summary>
    public required string Document { get; init; }
    public int Version { get; init; }
    public int? ApprovedVersion { get; init; }
    public string? ReturnReason { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; init; }
    public string? CreatedBy { get; init; }
    public string? OrganizationName { get; init; }
    public string? ApprovedStage { get; init; }
    public DateOnly? ApprovedStageSince { get; init; }
    public string? ApprovedSector { get; init; }
    public string? ApprovedRegion { get; init; }
    public string? ApprovedKeyAction { get; init; }
    public long? ApprovedOrganizationId { get; init; }

    /// <summary>The columns and the document of a content that was found in order.</summary>
    public static ScenarioRow Of(long scenarioId, long organizationId, string state, int version, ScenarioContent content) => new()
    {
        ScenarioId = scenarioId,
        OrganizationId = organizationId,
        State = state,
        Version = version,
        Code = content.Code!,
        Name = content.Name!,
        Kind = content.Kind!,
        Stage = content.Stage!,
        StageSince = content.StageSince!.Value,
        IndustryDivision = content.IndustryDivision!,
        Region = content.Region!,
        KeyAction = content.KeyAction!,
        BusinessDomain = content.BusinessDomain,
        OpenScope = content.OpenScope!,
        StrategicBatch = content.StrategicBatch,
        StateSecret = content.StateSecret!.Value,
        GoLiveOn = content.GoLiveOn,
        CapexTotalFen = Fen(content.CapexTotalCny),
        OpexYearFen = Fen(content.OpexYearCny),
        CritStrategic = content.CritStrategic,
        CritEconomic = content.CritEconomic,
        CritLivelihood = content.CritLivelihood,
        // What is a column is not kept a second time: two copies would one day differ.
        Document = JsonSerializer.Serialize(content with
        {
            Code = null,
            Name = null,
            Kind = null,
            Organization = null,
            Stage = null,
            StageSince = null,
            IndustryDivision = null,
            Region = null,
            KeyAction = null,
            BusinessDomain = null,
            OpenScope = null,
            StrategicBatch = null,
            StateSecret = null,
            GoLiveOn = null,
            CapexTotalCny = null,
            OpexYearCny = null,
            CritStrategic = null,
            CritEconomic = null,
            CritLivelihood = null
        }, StoredJson.Options)
    };

    public ScenarioContent Content() => JsonSerializer.Deserialize<ScenarioContent>(Document, StoredJson.Options)! with
    {
        Code = Code,
        Name = Name,
        Kind = Kind,
        Organization = OrganizationId.ToString(CultureInfo.InvariantCulture),
        Stage = Stage,
        StageSince = StageSince,
        IndustryDivision = IndustryDivision,
        Region = Region,
        KeyAction = KeyAction,
        BusinessDomain = BusinessDomain,
        OpenScope = OpenScope,
        StrategicBatch = StrategicBatch,
        StateSecret = StateSecret,
        GoLiveOn = GoLiveOn,
        CapexTotalCny = Yuan(CapexTotalFen),
        OpexYearCny = Yuan(OpexYearFen),
        CritStrategic = CritStrategic,
        CritEconomic = CritEconomic,
        CritLivelihood = CritLivelihood
    };

    public static decimal? Yuan(long? fen) => fen is { } f ? Units.FromFen(f) : null;

    private static long? Fen(decimal? yuan) => yuan is not { } y ? null
        : Units.TryToFen(y, out var fen, out var error) ? fen : throw new InvalidOperationException($"{y} yuan passed the check and is no whole number of fen: {error.En}");
}

/// <summary>What a version changed: every field whose value is another now, with both values; null stands for not given.</summary>
internal static class ScenarioChanges
{
    public static JsonArray Between(ScenarioContent? before, ScenarioContent after)
    {
        var (from, to) = (before is null ? [] : Stored(before), Stored(after));
        var changes = new JsonArray();
        foreach (var name in to.Select(p => p.Key).Union(from.Select(p => p.Key)))
            if (!JsonNode.DeepEquals(from[name], to[name])) changes.Add(Change(name, from[name], to[name]));
        return changes;
    }

    public static JsonObject Change(string field, JsonNode? from, JsonNode? to) => new() { ["field"] = field, ["from"] = from?.DeepClone(), ["to"] = to?.DeepClone() };

    /// <summary>The content without empty texts and lists: a cleared input is the same as one never filled in.</summary>
    public static ScenarioContent Tidy(ScenarioContent content)
    {
        var stored = Stored(content);
        foreach (var name in stored.Where(p => p.Value is JsonArray { Count: 0 } || (p.Value is JsonValue value && value.TryGetValue<string>(out var text) && string.IsNullOrWhiteSpace(text))).Select(p => p.Key).ToArray())
            stored.Remove(name);
        return stored.Deserialize<ScenarioContent>(StoredJson.Options)!;
    }

    public static JsonObject Stored(ScenarioContent content) => JsonSerializer.SerializeToNode(content, StoredJson.Options)!.AsObject();
}
