using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Organizations;

/// <summary>One organization of the caller's subtree. Refused with <c>organization-not-found</c>.</summary>
public sealed record GetOrganization(long OrganizationId) : IQuery<OrganizationView>;

/// <summary>An organization and its place in the tree.</summary>
public sealed record OrganizationView
{
    public long Id { get; init; }
    public long? ParentId { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    /// <summary>统一社会信用代码, 18 characters; null for regulators and headings.</summary>
    public string? CreditCode { get; init; }
    /// <summary>0 is the tenant's root.</summary>
    public int Level { get; init; }
    public string? Region { get; init; }
    public string? IndustryDivision { get; init; }
    public int Version { get; init; }
    /// <summary>The day it was taken up by another or divided up; null while it goes on. Closed, it keeps its past and takes nothing new.</summary>
    public DateOnly? ClosedOn { get; init; }
    /// <summary>Id of the organization that took it up; null when none did.</summary>
    public long? MergedInto { get; init; }
    /// <summary>Since when it hangs where it does; only in the single resource.</summary>
    public DateOnly? PlacedOn { get; init; }
}

internal sealed class GetOrganizationHandler(Db db) : IRequestHandler<GetOrganization, Result<OrganizationView>>
{
    public async Task<Result<OrganizationView>> Handle(GetOrganization request, CancellationToken ct) =>
        await db.Find<OrganizationView>(OrganizationSql.Find, new { request.OrganizationId }, ct) is { } found ? found : OrganizationRefusal.NotFound;
}
