using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScenarioHub.Platform.Changes;

/// <summary>
/// One thing changed. A handler says so with <see cref="Data.Db.Record(Change, long?)"/> where it knows it, for as many things as its command changed; the transaction writes them down, numbered, as it commits.
/// </summary>
/// <param name="Kind">What it is: a camelCase noun, <c>scenario</c>, <c>filing</c>, <c>ruleSet</c>; at most 32 characters.</param>
/// <param name="Action">What was done to it, in the past tense: <c>registered</c>, <c>approved</c>; at most 32 characters.</param>
/// <param name="OrganizationId">Whose subtree may see it; <see cref="All"/> for what concerns the whole tenant, which stands at its root.</param>
/// <param name="Version">The version it has now, if it has versions.</param>
/// <param name="Period">The month it is of, <c>2026-08</c>, if it is of one.</param>
public sealed record Change(string Kind, string Action, long EntityId, long OrganizationId, int? Version = null, string? Period = null)
{
    public const long All = 0;

    /// <summary>For the audit: the fields that differ, as <c>[{ field, from, to }]</c>. Left out where versions keep them. Never a secret.</summary>
    public JsonArray? Fields { get; init; }

    /// <summary>It came about by the others of the command, such as a finding by a submission: numbered after them, and not what the audit says the command was about.</summary>
    public bool FollowsFromOthers { get; init; }

    /// <summary>A field that differs; null where there was or is nothing.</summary>
    public static JsonNode Field(string field, object? from, object? to) => new JsonObject
    {
        ["field"] = field,
        ["from"] = from is null ? null : JsonSerializer.SerializeToNode(from, Http.Json.Options),
        ["to"] = to is null ? null : JsonSerializer.SerializeToNode(to, Http.Json.Options)
    };

    /// <summary>All that is said of something new.</summary>
    public static JsonArray New<T>(T after) where T : notnull => Between(new JsonObject(), JsonSerializer.SerializeToNode(after, Http.Json.Options)!.AsObject());

    /// <summary>The properties in which two states of the same record differ.</summary>
    public static JsonArray Between<T>(T before, T after) where T : notnull =>
        Between(JsonSerializer.SerializeToNode(before, Http.Json.Options)!.AsObject(), JsonSerializer.SerializeToNode(after, Http.Json.Options)!.AsObject());

    private static JsonArray Between(JsonObject was, JsonObject now)
    {
        var differing = new JsonArray();
        foreach (var name in was.Select(p => p.Key).Union(now.Select(p => p.Key)).Order(StringComparer.Ordinal))
            if (!JsonNode.DeepEquals(was[name], now[name]))
                differing.Add(Field(name, was[name], now[name]));
        return differing;
    }
}

/// <summary>Something for the audit alone: a sign-in, a refusal. No reader of the feed hears of it.</summary>
/// <param name="Act">What was tried, such as <c>signIn</c> or the name of a command.</param>
/// <param name="Refusal">The refusal's code; null when it was done.</param>
public sealed record Occurrence(string Act, string Kind, long SubjectId, long OrganizationId, string? Refusal = null)
{
    public JsonArray? Fields { get; init; }
    /// <summary>Whose, where it is not the caller's.</summary>
    public (long UserId, string Name)? Actor { get; init; }
}

/// <summary>From where a request came; empty in a job.</summary>
public sealed class Origin
{
    public string? Address { get; set; }
    public string? UserAgent { get; set; }
}
