using System.Text.Json;
using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>
/// Changes what is said of a client (JSON Merge Patch); holds from the next request on, also for tokens it has. Whoever may do less than the client may only switch it off.
/// Refused with <c>api-client-not-found</c>, <c>stale-version</c>, <c>client-beyond-yours</c>, <c>scope-beyond-yours</c>, <c>organization-not-found</c>, <c>organization-closed</c>, <c>expires-in-the-past</c>.
/// </summary>
/// <param name="Version">The version the change is based on; missing is refused with <c>if-match-missing</c>.</param>
public sealed record ReviseApiClient(long ClientId, int? Version, JsonElement Patch) : ICommand<int>;

internal sealed class ReviseApiClientHandler(Db db, IValidator<ApiClientContent> content, Caller caller, TimeProvider clock) : IRequestHandler<ReviseApiClient, Result<int>>
{
    public async Task<Result<int>> Handle(ReviseApiClient request, CancellationToken ct)
    {
        if (await db.Find<ApiClientRow>(ApiClientSql.Find, new { request.ClientId }, ct) is not { } now) return ClientRefusal.NotFound;
        if (request.Version is not { } version) return Refusal.VersionMissing;
        if (version != now.Version) return Refusal.Stale(now.Version);
        var before = now.Content;
        var merged = MergePatch.Apply(before, request.Patch, Json.Options);
        if (!merged.Ok) return merged.Why!;
        var findings = content.Validate(merged.Value).Problems().ToArray();
        if (findings.Length > 0) return Refusal.Invalid(findings);
        var body = merged.Value with { Scopes = [.. merged.Value.Scopes.Distinct()], Addresses = ClientAddresses.Kept(merged.Value.Addresses)?.Split(' ') };
        if (Same(body, before)) return version;   // the same again is no change
        if (!Same(body with { Enabled = true }, before))
        {
            if (Scope.Beyond(caller.Permissions, before.Scopes) is [var has, ..]) return ClientRefusal.BeyondYours(has);
            if (Scope.Beyond(caller.Permissions, body.Scopes) is [var beyond, ..]) return ClientRefusal.ScopeBeyondYours(beyond);
        }
        if (body.ExpiresOn != before.ExpiresOn && body.ExpiresOn < clock.Today()) return ClientRefusal.Past;
        if (body.OrganizationId != before.OrganizationId && await db.Find<DateOnly>(AccessSql.ClosedOn, new { body.OrganizationId }, ct) is var closed && closed != default)
            return AccessRefusal.OrganizationClosed(closed).At("/organizationId");
        var written = await db.Run(ApiClientSql.Update, new
        {
            request.ClientId,
            Version = version,
            Scopes = string.Join(' ', body.Scopes),
            Addresses = ClientAddresses.Kept(body.Addresses),
            body.ExpiresOn,
            caller.UserId,
            Now = clock.GetUtcNow().UtcDateTime
        }, ct);
        if (written == 0) return Refusal.Stale(version + 1);
        if (await db.Run(ApiClientSql.UpdateUser, new { request.ClientId, body.Name, body.OrganizationId, IsDisabled = !body.Enabled }, ct) != 1)
            return Refusal.NotFound("organization", new("单位", "organization")).At("/organizationId");
        db.Record(new Change("apiClient", before.Enabled && !body.Enabled ? "switchedOff" : "revised", request.ClientId, body.OrganizationId, version + 1) { Fields = Change.Between(before, body) });
        return version + 1;
    }

    private static bool Same(ApiClientContent one, ApiClientContent other) =>
        (one.Name, one.OrganizationId, one.ExpiresOn, one.Enabled) == (other.Name, other.OrganizationId, other.ExpiresOn, other.Enabled)
        && one.Scopes.SequenceEqual(other.Scopes) && (one.Addresses ?? []).SequenceEqual(other.Addresses ?? []);
}
