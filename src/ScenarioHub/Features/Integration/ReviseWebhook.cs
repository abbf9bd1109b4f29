using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Features.Collections;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Integration;

/// <summary>
/// Changes a webhook, or switches it on or off (JSON Merge Patch). Switched on, what waited is due at once and has all its attempts again.
/// Refused with <c>webhook-not-found</c>, <c>organization-not-found</c>, <c>too-many-webhooks</c>, <c>if-match-missing</c>, <c>stale-version</c>, <c>invalid</c>.
/// </summary>
/// <param name="Version">The version the change is based on.</param>
public sealed record ReviseWebhook(long WebhookId, int? Version, JsonElement Patch) : ICommand<int>;

internal sealed class ReviseWebhookHandler(Db db, Caller caller, IValidator<WebhookContent> rules, TimeProvider clock) : IRequestHandler<ReviseWebhook, Result<int>>
{
    public async Task<Result<int>> Handle(ReviseWebhook request, CancellationToken ct)
    {
        if (await db.Find<WebhookRow>(WebhookSql.Find, new { request.WebhookId }, ct) is not { } was) return WebhookRefusal.NotFound;
        if (request.Version is not { } version) return Refusal.VersionMissing;
        if (version != was.Version) return Refusal.Stale(was.Version);
        var before = was.Content;
        var merged = MergePatch.Apply(before, request.Patch, Json.Options);
        if (!merged.Ok) return merged.Why!;
        var body = merged.Value with { Organization = merged.Value.Organization ?? caller.OrganizationId };
        var findings = rules.Validate(body).Problems().ToArray();
        if (findings.Length > 0) return Refusal.Invalid(findings);
        var differing = Change.Between(before, body);
        if (differing.Count == 0) return version;   // the same again is no change
        if (body.Organization != before.Organization)
        {
            if (await db.Find<string>(WebhookSql.OrganizationName, new { OrganizationId = body.Organization }, ct) is null) return WebhookRefusal.OrganizationNotFound;
            if (await db.One<int>(WebhookSql.CountOfOrganization, new { OrganizationId = body.Organization }, ct) >= WebhookRule.MostOfAnOrganization) return WebhookRefusal.TooMany;
        }
        var now = clock.GetUtcNow().UtcDateTime;
        var (turnsOn, turnsOff) = (body.On && !before.On, !body.On && before.On);
        var written = await db.Run(WebhookSql.Update, new
        {
            request.WebhookId,
            Version = version,
            OrganizationId = body.Organization,
            Url = new Uri(body.Url).AbsoluteUri,
            body.Description,
            Kinds = CodeText.Of(body.Kinds),
            Actions = CodeText.Of(body.Actions),
            State = body.On ? WebhookState.On : WebhookState.Off,
            OffReason = body.On ? null : turnsOff ? WebhookOff.ByPerson : was.OffReason,
            OffAt = body.On ? null : turnsOff ? now : was.OffAt,
            FailingSince = turnsOn ? null : was.FailingSince,
            caller.UserId,
            Now = now
        }, ct);
        if (written == 0) return Refusal.Stale(version + 1);
        if (turnsOn && was.OffReason == WebhookOff.Cut) await db.Run(WebhookSql.SetBack, new { request.WebhookId, CheckpointNo = was.HeadNo }, ct);
        if (turnsOn) await db.Run(WebhookSql.ResumeRetries, new { request.WebhookId, Now = now }, ct);
        db.Record(new Change("webhook", turnsOn ? "switchedOn" : turnsOff ? "switchedOff" : "revised", request.WebhookId, body.Organization!.Value, version + 1) { Fields = differing });
        return version + 1;
    }
}
