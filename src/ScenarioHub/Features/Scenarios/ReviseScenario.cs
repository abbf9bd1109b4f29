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
/// Changes a draft, returned, withdrawn or approved scenario (JSON Merge Patch): a new draft version. What was approved stands until the next approval.
/// Refused with <c>scenario-not-found</c>, <c>if-match-missing</c>, <c>stale-version</c>, <c>invalid</c>, <c>scenario-under-review</c>, <c>scenario-retired</c>,
/// <c>scenario-organization-fixed</c>, <c>scenario-code-fixed</c>, <c>scenario-code-taken</c>, <c>scenario-name-taken</c>, <c>external-key-taken</c>.
/// </summary>
/// <param name="Version">The version the change is based on.</param>
public sealed record ReviseScenario(long ScenarioId, int? Version, JsonElement Patch) : ICommand<ScenarioSaved>;

internal sealed class ReviseScenarioHandler(Db db, IValidator<ScenarioContent> rules, ReferenceCatalog catalog, Caller caller, TimeProvider clock) : IRequestHandler<ReviseScenario, Result<ScenarioSaved>>
{
    public async Task<Result<ScenarioSaved>> Handle(ReviseScenario request, CancellationToken ct)
    {
        if (await db.Find<ScenarioRow>(ScenarioSql.Find, new { request.ScenarioId }, ct) is not { } now) return ScenarioRefusal.NotFound;
        if (request.Version is not { } version) return Refusal.VersionMissing;
        if (version != now.Version) return Refusal.Stale(now.Version);
        var keys = (await db.List<KeyRow>(ScenarioSql.KeysOf, new { now.ScenarioId }, ct)).Select(k => new ExternalKey(k.Source, k.ExternalKey)).ToArray();
        var merged = MergePatch.Apply(new ScenarioBody(now.Content()) { ExternalKeys = keys }, request.Patch, Json.Options);
        if (!merged.Ok) return merged.Why!;
        if (keys.Except(merged.Value.ExternalKeys ?? []).FirstOrDefault() is { } gone)
            return Refusal.Field(ScenarioFinding.KeyStays, "/externalKeys", new($"外部键 {gone.Source}:{gone.Key} 不能删除,只能增加新的。", $"The external key {gone.Source}:{gone.Key} cannot be taken away; keys are only added."));
        return await new ScenarioRegister(db, rules, catalog, caller, clock).Revise(now, merged.Value, merged.Value.ExternalKeys, ct);
    }
}
