using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Organizations;

/// <summary>Adds an organization under a parent in the caller's subtree. Refused with <c>organization-not-found</c> (the parent), <c>credit-code-taken</c>, <c>organization-name-taken</c>.</summary>
/// <param name="ParentId">The organization it belongs to.</param>
public sealed record AddOrganization(long ParentId, OrganizationContent Body) : ICommand<OrganizationAdded>;

public sealed record OrganizationAdded(long Id, int Version);

internal sealed class AddOrganizationValidator : AbstractValidator<AddOrganization>
{
    public AddOrganizationValidator(IValidator<OrganizationContent> content) => RuleFor(x => x.Body).SetValidator(content);
}

internal sealed class AddOrganizationHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<AddOrganization, Result<OrganizationAdded>>
{
    public async Task<Result<OrganizationAdded>> Handle(AddOrganization request, CancellationToken ct)
    {
        var (now, body) = (clock.GetUtcNow().UtcDateTime, request.Body);
        var organizationId = await db.NextId(ct);
        await db.Run(OrganizationSql.HoldTree, null, ct);
        if (await Clash.Of(db, organizationId, request.ParentId, body, ct) is { } clash) return clash;
        var args = new { OrganizationId = organizationId, request.ParentId, body.Kind, body.CreditCode, body.Name, body.NameEn, body.Region, body.IndustryDivision, Now = now };
        if (await db.Run(OrganizationSql.Insert, args, ct) == 0) return OrganizationRefusal.NotFound.At("/parentId");
        await db.Run(OrganizationSql.InsertAncestors, args, ct);
        await db.Run(OrganizationSql.InsertPlace, new { PlaceId = await db.NextId(ct), OrganizationId = organizationId, request.ParentId, EffectiveOn = clock.Today(), Now = now, caller.UserId }, ct);
        return new OrganizationAdded(organizationId, 1);
    }
}

internal sealed record Clash
{
    public int CreditCodes { get; init; }
    public int Names { get; init; }

    public static async Task<Refusal?> Of(Db db, long organizationId, long? parentId, OrganizationContent body, CancellationToken ct)
    {
        var clash = await db.One<Clash>(OrganizationSql.Clashes, new { OrganizationId = organizationId, ParentId = parentId, body.CreditCode, body.Name }, ct);
        return clash.CreditCodes > 0 ? OrganizationRefusal.CreditCodeTaken(body.CreditCode) : clash.Names > 0 ? OrganizationRefusal.NameTaken(body.Name) : null;
    }
}
