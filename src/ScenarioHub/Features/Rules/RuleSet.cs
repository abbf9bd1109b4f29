using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Rules;

/// <summary>What a rule set says.</summary>
/// <param name="Note">Why it is made: at most 1,000 characters.</param>
/// <param name="Rules">By rule id. What is left out stays as it is in the set this one starts from.</param>
public sealed record RuleSetContent(string? Note = null, IReadOnlyDictionary<string, RuleChange>? Rules = null);

/// <param name="Severity">blocker, error, warning or info.</param>
/// <param name="Enabled">False: the rule finds nothing.</param>
/// <param name="Parameters">By name, within the limits of GET /api/v1/catalog/rules.</param>
public sealed record RuleChange(string? Severity = null, bool? Enabled = null, IReadOnlyDictionary<string, decimal>? Parameters = null);

/// <summary>A new draft: a copy of the set in force, changed. Only at the root of the programme. Refused with <c>rule-sets-are-the-regulators</c>, and per entry with <c>unknown-rule</c>, <c>unknown-code</c>, <c>unknown-parameter</c>, <c>parameter-out-of-range</c>.</summary>
public sealed record DraftRuleSet(RuleSetContent Body) : ICommand<long>;

/// <summary>Changes a draft (JSON Merge Patch). Refused as making one, and with <c>rule-set-not-found</c>, <c>rule-set-not-draft</c>, <c>if-match-missing</c>, <c>stale-version</c>.</summary>
public sealed record ReviseRuleSet(long RuleSetId, int? Version, JsonElement Patch) : ICommand<Done>;

/// <summary>Puts a draft in force from a day on, in Beijing; of two with the same day the later number. It never changes again. Refused with <c>rule-set-not-found</c>, <c>rule-set-not-draft</c>, <c>effective-in-past</c>, <c>rule-sets-are-the-regulators</c>.</summary>
public sealed record PublishRuleSet(long RuleSetId, DateOnly EffectiveOn) : ICommand<Done>;

/// <param name="EffectiveOn">Today or later.</param>
public sealed record RuleSetPublication(DateOnly EffectiveOn);

internal sealed class DraftRuleSetValidator : AbstractValidator<DraftRuleSet>
{
    public DraftRuleSetValidator() => RuleFor(x => x.Body.Note).MaximumLength(RuleSetChanges.MaxNote).OverridePropertyName("note");
}

/// <summary>A set with changes applied, or all that is wrong with them; pure.</summary>
internal static class RuleSetChanges
{
    public const int MaxNote = 1000;

    public static Result<IReadOnlyList<SetRule>> Apply(IReadOnlyList<SetRule> onto, IReadOnlyDictionary<string, RuleChange>? changes)
    {
        if (changes is null) return Result<IReadOnlyList<SetRule>>.Of(onto);
        var wrong = new List<FieldProblem>();
        foreach (var id in changes.Keys.Where(id => Rule.Find(id) is null)) wrong.Add(RuleRefusal.UnknownRule(id));
        var items = onto.Select(item => changes.TryGetValue(item.Rule.Id, out var change) && change is not null ? Changed(item, change, wrong) : item).ToArray();
        return wrong.Count > 0 ? Refusal.Invalid(wrong) : items;
    }

    private static SetRule Changed(SetRule item, RuleChange change, List<FieldProblem> wrong)
    {
        if (change.Severity is { } severity && !Severity.All.Contains(severity)) wrong.Add(RuleRefusal.UnknownSeverity(item.Rule.Id, severity));
        var parameters = new Dictionary<string, decimal>(item.Parameters, StringComparer.Ordinal);
        foreach (var (name, value) in change.Parameters ?? new Dictionary<string, decimal>())
            if (item.Rule.Parameters.FirstOrDefault(p => p.Name == name) is not { } parameter) wrong.Add(RuleRefusal.UnknownParameter(item.Rule, name));
            else if (value < parameter.Min || value > parameter.Max) wrong.Add(RuleRefusal.ParameterOutOfRange(item.Rule, parameter, value));
            else parameters[name] = value;
        return item with { Severity = change.Severity ?? item.Severity, Enabled = change.Enabled ?? item.Enabled, Parameters = parameters };
    }

    public static RuleSetContent Content(string? note, IEnumerable<SetRule> items) => new(note, items.ToDictionary(i => i.Rule.Id, i => new RuleChange(i.Severity, i.Enabled, i.Parameters), StringComparer.Ordinal));
}

internal sealed class RuleSetHandler(Db db, Judging judging, Caller caller, TimeProvider clock) :
    IRequestHandler<DraftRuleSet, Result<long>>, IRequestHandler<ReviseRuleSet, Result<Done>>, IRequestHandler<PublishRuleSet, Result<Done>>
{
    public async Task<Result<long>> Handle(DraftRuleSet request, CancellationToken ct)
    {
        if (!await IsRoot(ct)) return RuleRefusal.NotTheRoot;
        var items = RuleSetChanges.Apply((await judging.InForce(ct)).Items, request.Body.Rules);
        if (!items.Ok) return items.Why!;
        var id = await db.NextId(ct);
        await db.Run(RuleSql.InsertSet, new { RuleSetId = id, Note = Trimmed(request.Body.Note), caller.UserId, Now }, ct);
        await Write(id, items.Value, ct);
        db.Record(new Change("ruleSet", "drafted", id, Change.All, 1) { Fields = Changed(RulesInForce.BuiltIn.Items, items.Value) });
        return id;
    }

    public async Task<Result<Done>> Handle(ReviseRuleSet request, CancellationToken ct)
    {
        if (await db.Find<RuleSetRow>(RuleSql.FindSet, new { request.RuleSetId }, ct) is not { } now) return RuleRefusal.RuleSetNotFound;
        if (!await IsRoot(ct)) return RuleRefusal.NotTheRoot;
        if (request.Version is not { } version) return Refusal.VersionMissing;
        if (version != now.Version) return Refusal.Stale(now.Version);
        if (now.State != RuleSetRow.Draft) return RuleRefusal.NotDraft;
        var rules = await judging.Read(now.Id, now.Number, null, ct);
        var merged = MergePatch.Apply(RuleSetChanges.Content(now.Note, rules.Items), request.Patch, Json.Options);
        if (!merged.Ok) return merged.Why!;
        if (merged.Value.Note?.Length > RuleSetChanges.MaxNote)
            return Refusal.Field("maximum-length", "/note", new($"共 {merged.Value.Note.Length} 字,最多 {RuleSetChanges.MaxNote} 字。", $"{merged.Value.Note.Length} characters; at most {RuleSetChanges.MaxNote}."));
        // A rule or number that was taken out of the patch stands as built in again.
        var items = RuleSetChanges.Apply(RulesInForce.BuiltIn.Items, merged.Value.Rules);
        if (!items.Ok) return items.Why!;
        if (await db.Run(RuleSql.TouchSet, new { request.RuleSetId, Version = version, Note = Trimmed(merged.Value.Note), Now }, ct) == 0) return Refusal.Stale(version + 1);
        await db.Run(RuleSql.DropRules, new { request.RuleSetId }, ct);
        await Write(request.RuleSetId, items.Value, ct);
        db.Record(new Change("ruleSet", "revised", request.RuleSetId, Change.All, version + 1) { Fields = Changed(rules.Items, items.Value) });
        return new Done();
    }

    public async Task<Result<Done>> Handle(PublishRuleSet request, CancellationToken ct)
    {
        if (await db.Find<RuleSetRow>(RuleSql.FindSet, new { request.RuleSetId }, ct) is null) return RuleRefusal.RuleSetNotFound;
        if (!await IsRoot(ct)) return RuleRefusal.NotTheRoot;
        if (request.EffectiveOn < clock.Today()) return RuleRefusal.EffectiveInPast(clock.Today());
        if (await db.Run(RuleSql.PublishSet, new { request.RuleSetId, request.EffectiveOn, caller.UserId, Now }, ct) == 0) return RuleRefusal.NotDraft;
        db.Record(new Change("ruleSet", "published", request.RuleSetId, Change.All) { Fields = [Change.Field("effectiveOn", null, request.EffectiveOn)] });
        return new Done();
    }

    private static JsonArray Changed(IEnumerable<SetRule> before, IEnumerable<SetRule> after) =>
        Change.Between(RuleSetChanges.Content(null, before).Rules!, RuleSetChanges.Content(null, after).Rules!);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static string? Trimmed(string? note) => string.IsNullOrWhiteSpace(note) ? null : note.Trim();

    private async Task<bool> IsRoot(CancellationToken ct) => await db.One<int>(RuleSql.IsRoot, null, ct) == 1;

    private Task Write(long id, IReadOnlyList<SetRule> items, CancellationToken ct) => db.Append("rule_set_rule", ["rule_set_id", "rule_id", "severity", "is_enabled", "parameters"],
        [.. items.Select(i => new object?[] { id, i.Rule.Id, i.Severity, i.Enabled, JsonSerializer.Serialize(i.Parameters, Json.Options) })], ct);
}

internal sealed record RuleSetRow
{
    public const string Draft = "draft", Published = "published";

    public long Id { get; init; }
    public int Number { get; init; }
    public required string State { get; init; }
    public DateOnly? EffectiveOn { get; init; }
    public string? Note { get; init; }
    public int Version { get; init; }
    public string? CreatedByName { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; init; }
    public string? PublishedByName { get; init; }
    public DateTime? PublishedAt { get; init; }
}
