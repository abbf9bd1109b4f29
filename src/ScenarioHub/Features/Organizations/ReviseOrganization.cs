using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Organizations;

/// <summary>Changes what is said of an organization (JSON Merge Patch). Refused with <c>organization-not-found</c>, <c>stale-version</c>, <c>credit-code-taken</c>, <c>organization-name-taken</c>.</summary>
/// <param name="Version">The version the change is based on; missing is refused with <c>if-match-missing</c>.</param>
public sealed record ReviseOrganization(long OrganizationId, int? Version, JsonElement Patch) : ICommand<int>;

internal sealed class ReviseOrganizationHandler(Db db, IValidator<OrganizationContent> content, Caller caller, TimeProvider clock) : IRequestHandler<ReviseOrganization, Result<int>>
{
    public async Task<Result<int>> Handle(ReviseOrganization request, CancellationToken ct)
    {
        var tree = new TreeChange(db, caller, clock);
        await tree.Hold(ct);
        if (await db.Find<OrganizationView>(OrganizationSql.Find, new { request.OrganizationId }, ct) is not { } now) return OrganizationRefusal.NotFound;
        if (request.Version is not { } version) return Refusal.VersionMissing;
        if (version != now.Version) return Refusal.Stale(now.Version);
        var before = new OrganizationContent(now.Kind, now.Name, now.NameEn, now.CreditCode, now.Region, now.IndustryDivision);
        var merged = MergePatch.Apply(before, request.Patch, Json.Options);
        if (!merged.Ok) return merged.Why!;
        var body = merged.Value;
        if (body == before) return version;   // the same again is no change
        var findings = content.Validate(body).Problems().ToArray();
        if (findings.Length > 0) return Refusal.Invalid(findings);
        if (await Clash.Of(db, now.Id, now.ParentId, body, ct) is { } clash) return clash;
        var written = await db.Run(OrganizationSql.Update, new
        {
            OrganizationId = now.Id,
            Version = version,
            body.Kind,
            body.CreditCode,
            body.Name,
            body.NameEn,
            body.Region,
            body.IndustryDivision,
            Now = clock.GetUtcNow().UtcDateTime
        }, ct);
        if (written == 0) return Refusal.Stale(version + 1);
        if ((body.Name, body.NameEn, body.CreditCode) != (before.Name, before.NameEn, before.CreditCode))
            await tree.Rename(await tree.Next(TreeCause.Renamed, now.Id, null, clock.Today(), null, ct), now.Id, body, ct);
        db.Record(new Change("organization", "revised", now.Id, now.Id, version + 1) { Fields = Change.Between(before, body) });
        return version + 1;
    }
}
