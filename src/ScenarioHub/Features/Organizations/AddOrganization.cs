using FluentValidation;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Organizations;

/// <summary>Adds an organization under a parent in the caller's subtree. Refused with <c>organization-not-found</c> (the parent), <c>organization-closed</c> (the parent), <c>credit-code-taken</c>, <c>organization-name-taken</c>.</summary>
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
        var tree = new TreeChange(db, caller, clock);
        await tree.Hold(ct);
        if (await db.Find<OrganizationView>(OrganizationSql.Find, new { OrganizationId = request.ParentId }, ct) is not { } parent) return OrganizationRefusal.NotFound.At("/parentId");
        if (parent.ClosedOn is not null) return OrganizationRefusal.Closed(parent).At("/parentId");
        var organizationId = await db.NextId(ct);
        if (await Clash.Of(db, organizationId, request.ParentId, request.Body, ct) is { } clash) return clash;
        var treeNo = await tree.Next(TreeCause.Added, organizationId, request.ParentId, clock.Today(), null, ct);
        if (!await tree.Add(treeNo, organizationId, request.ParentId, request.Body, clock.Today(), null, ct)) return OrganizationRefusal.NotFound.At("/parentId");
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
