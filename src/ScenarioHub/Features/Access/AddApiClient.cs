using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>
/// Registers a machine that will call the API; its first secret is asked for separately. Refused with <c>scope-beyond-yours</c>, <c>organization-not-found</c>, <c>organization-closed</c>, <c>expires-in-the-past</c>.
/// </summary>
public sealed record AddApiClient(ApiClientContent Body) : ICommand<ApiClientAdded>;

/// <param name="ClientId">What it signs in with, as <c>client_id</c>.</param>
public sealed record ApiClientAdded(long Id, string ClientId, int Version);

internal sealed class AddApiClientValidator : AbstractValidator<AddApiClient>
{
    public AddApiClientValidator(IValidator<ApiClientContent> content) => RuleFor(x => x.Body).SetValidator(content);
}

internal sealed class AddApiClientHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<AddApiClient, Result<ApiClientAdded>>
{
    public async Task<Result<ApiClientAdded>> Handle(AddApiClient request, CancellationToken ct)
    {
        var body = request.Body;
        if (Scope.Beyond(caller.Permissions, body.Scopes) is [var beyond, ..]) return ClientRefusal.ScopeBeyondYours(beyond);
        if (body.ExpiresOn < clock.Today()) return ClientRefusal.Past;
        if (await db.Find<DateOnly>(AccessSql.ClosedOn, new { body.OrganizationId }, ct) is var closed && closed != default) return AccessRefusal.OrganizationClosed(closed).At("/organizationId");
        var now = clock.GetUtcNow().UtcDateTime;
        var added = new ApiClientAdded(await db.NextId(ct), ClientSecret.NewClientKey(), 1);
        if (await db.Run(ApiClientSql.InsertUser, new { ClientId = added.Id, ClientKey = added.ClientId, body.OrganizationId, body.Name, Now = now }, ct) == 0)
            return Refusal.NotFound("organization", new("单位", "organization")).At("/organizationId");
        await db.Run(ApiClientSql.Insert, new
        {
            ClientId = added.Id,
            Scopes = string.Join(' ', body.Scopes.Distinct()),
            Addresses = ClientAddresses.Kept(body.Addresses),
            body.ExpiresOn,
            caller.UserId,
            Now = now
        }, ct);
        if (!body.Enabled) await db.Run(ApiClientSql.UpdateUser, new { ClientId = added.Id, body.Name, body.OrganizationId, IsDisabled = true }, ct);
        db.Record(new Change("apiClient", "added", added.Id, body.OrganizationId, added.Version) { Fields = Change.New(body) });
        return added;
    }
}
