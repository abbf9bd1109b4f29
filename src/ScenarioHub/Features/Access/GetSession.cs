using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>Who am I and what may I do.</summary>
public sealed record GetSession : IQuery<SessionView>;

/// <summary>The signed-in person or client, its place, and what the routes will let him do.</summary>
/// <param name="Tenant">The regulator's programme all of this belongs to.</param>
/// <param name="Organization">Root of the subtree that is visible.</param>
/// <param name="Permissions">Sorted; the names routes ask for.</param>
/// <param name="Roles">Sorted; empty for a client, which has scopes.</param>
/// <param name="IsClient">True for a machine that came with a token.</param>
/// <param name="AntiforgeryToken">Send it as <c>X-Antiforgery-Token</c> with every POST, PUT, PATCH and DELETE. Null for a client: it needs none.</param>
public sealed record SessionView(long UserId, string UserName, string DisplayName, SessionTenant Tenant, SessionOrganization Organization,
    IReadOnlyList<string> Roles, IReadOnlyList<string> Permissions, bool IsClient, string? AntiforgeryToken = null);

/// <param name="IsDemo">True when figures of this tenant are 演示数据.</param>
public sealed record SessionTenant(string Code, string NameZh, string NameEn, bool IsDemo);

public sealed record SessionOrganization(long Id, string Name, string? CreditCode);

internal sealed class GetSessionHandler(Db db, Caller caller) : IRequestHandler<GetSession, Result<SessionView>>
{
    public async Task<Result<SessionView>> Handle(GetSession request, CancellationToken ct)
    {
        var place = await db.One<PlaceRow>(AccessSql.FindCallerPlace, null, ct);
        return new SessionView(caller.UserId, caller.UserName, caller.DisplayName,
            new(place.TenantCode, place.TenantNameZh, place.TenantNameEn, place.IsDemo),
            new(caller.OrganizationId, place.OrganizationName, place.CreditCode),
            [.. caller.Roles.Order(StringComparer.Ordinal)], [.. caller.Permissions.Order(StringComparer.Ordinal)], caller.IsClient);
    }

    private sealed record PlaceRow
    {
        public required string TenantCode { get; init; }
        public required string TenantNameZh { get; init; }
        public required string TenantNameEn { get; init; }
        public bool IsDemo { get; init; }
        public required string OrganizationName { get; init; }
        public string? CreditCode { get; init; }
    }
}
