using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Goals;

/// <summary>
/// Changes or withdraws a goal (JSON Merge Patch; a formula is replaced as a whole). Evaluations made before keep the target they judged.
/// Refused with <c>goal-not-found</c>, <c>if-match-missing</c>, <c>stale-version</c>, <c>invalid</c>, <c>goal-field-fixed</c>.
/// </summary>
/// <param name="Version">The version the change is based on.</param>
public sealed record ReviseGoal(long GoalId, int? Version, JsonElement Patch) : ICommand<int>;

internal sealed class ReviseGoalHandler(Db db, Caller caller, IValidator<GoalBody> rules, TimeProvider clock) : IRequestHandler<ReviseGoal, Result<int>>
{
    public async Task<Result<int>> Handle(ReviseGoal request, CancellationToken ct)
    {
        if (await db.Find<GoalRow>(GoalSql.Find, new { request.GoalId }, ct) is not { IsWhole: true } now) return GoalRefusal.NotFound;
        if (request.Version is not { } version) return Refusal.VersionMissing;
        if (version != now.Version) return Refusal.Stale(now.Version);
        var before = now.Body();
        var replaces = request.Patch.ValueKind == JsonValueKind.Object && request.Patch.TryGetProperty("formula", out _);
        var merged = MergePatch.Apply(replaces ? before with { Formula = null } : before, request.Patch, Json.Options);
        if (!merged.Ok) return merged.Why!;
        var body = merged.Value;
        if (body.Kind != before.Kind) return GoalRefusal.Fixed("kind");
        if (body.Code != before.Code) return GoalRefusal.Fixed("code");
        if (body.Organization != before.Organization) return GoalRefusal.Fixed("organization");
        if (JsonNode.DeepEquals(JsonSerializer.SerializeToNode(body, Json.Options), JsonSerializer.SerializeToNode(before, Json.Options))) return version;   // the same again is no change
        var findings = rules.Validate(body).Problems().ToArray();
        if (findings.Length > 0) return Refusal.Invalid(findings);
        var written = await db.Run(GoalSql.Update, new
        {
            now.GoalId,
            Version = version,
            body.StatementZh,
            body.StatementEn,
            body.SourceDocument,
            body.DocNo,
            body.Issuer,
            body.IssuedOn,
            body.SourceSeen,
            body.Evidence,
            body.MetricCode,
            body.DefinitionZh,
            body.Unit,
            body.Comparator,
            BaselineQuantity = Millionths.Of(body.Baseline),
            body.BaselineOn,
            TargetQuantity = Millionths.Of(body.Target),
            body.DueOn,
            body.ScopeLevel,
            ScopeText = body.Scope,
            FormulaJson = body.Reckoned?.ToJson(),
            IsReadFromLedger = body.Reckoned?.ReadsLedger == true,
            body.ProxyZh,
            body.ProxyEn,
            body.State,
            caller.UserId,
            Now = clock.GetUtcNow().UtcDateTime
        }, ct);
        if (written == 0) return Refusal.Stale(version + 1);
        db.Record(new Change("goal", body.State == before.State ? "revised" : body.State == GoalState.Withdrawn ? "withdrawn" : "resumed", now.GoalId, now.OrganizationId, version + 1) { Fields = Change.Between(before, body) });
        return version + 1;
    }
}
