using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Organizations;

/// <summary>
/// Hangs an organization, with all below it, under another parent (重组). From the month of the day on it counts there; earlier months keep the place it leaves.
/// No ledger entry moves: entries belong to the organization itself, and a roll-up adds them up under the tree it is read by.
/// Refused with <c>organization-not-found</c>, <c>organization-circle</c>, <c>organization-root</c>, <c>organization-closed</c>, <c>organization-name-taken</c>, <c>effective-on-out-of-range</c>.
/// </summary>
/// <param name="To">The new parent's id.</param>
/// <param name="EffectiveOn">The day of the decision; not after today, not before the last change of its place.</param>
/// <param name="Note">The document it rests on; at most 500 characters.</param>
/// <param name="ValidateOnly">True to be told what would change.</param>
public sealed record MoveOrganization(long OrganizationId, long To, DateOnly EffectiveOn, string? Note = null, bool ValidateOnly = false) : ICommand<Reorganized>;

internal sealed class MoveOrganizationValidator : AbstractValidator<MoveOrganization>
{
    public MoveOrganizationValidator() => RuleFor(x => x.Note).MaximumLength(TreeChange.MaxNote);
}

internal sealed class MoveOrganizationHandler(Db db, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<MoveOrganization, Result<Reorganized>>
{
    public async Task<Result<Reorganized>> Handle(MoveOrganization request, CancellationToken ct)
    {
        var tree = new TreeChange(db, caller, clock);
        await tree.Hold(ct);
        if (await db.Find<OrganizationView>(OrganizationSql.Find, new { request.OrganizationId }, ct) is not { } moved) return OrganizationRefusal.NotFound;
        if (await db.Find<OrganizationView>(OrganizationSql.Find, new { OrganizationId = request.To }, ct) is not { } parent) return OrganizationRefusal.NotFound.At("/to");
        if (moved.ParentId is null || moved.Id == caller.OrganizationId) return OrganizationRefusal.RootStays;
        if (moved.ClosedOn is not null) return OrganizationRefusal.Closed(moved);
        if (parent.ClosedOn is not null) return OrganizationRefusal.Closed(parent).At("/to");
        var (first, today) = (await tree.Earliest([moved.Id], 0, ct), clock.Today());
        if (request.EffectiveOn < first || request.EffectiveOn > today) return OrganizationRefusal.EffectiveOn(first, today);
        if (await tree.Circles([moved.Id], parent.Id, request.EffectiveOn, ct)) return OrganizationRefusal.Circle;
        if (await Clash.Of(db, moved.Id, parent.Id, new OrganizationContent(moved.Kind, moved.Name, CreditCode: moved.CreditCode), ct) is { } clash) return clash;
        var organizations = await db.One<long>(OrganizationSql.CountSubtrees, new { RootIds = SqlList.Of([moved.Id]) }, ct);
        var weighed = request.ValidateOnly ? await mediator.Send(new WeighSubtree(moved.Id, Month.Of(request.EffectiveOn).ToString()), ct) : Rehomed.None;
        if (!weighed.Ok) return weighed.Why!;
        if (!request.ValidateOnly)
            await tree.Move(await tree.Next(TreeCause.Moved, moved.Id, parent.Id, request.EffectiveOn, request.Note, ct), [moved.Id], parent.Id, request.EffectiveOn, ct);
        return new Reorganized(request.ValidateOnly, organizations, weighed.Value.Scenarios, weighed.Value.Filings, weighed.Value.FirstPeriod, weighed.Value.LastPeriod, []);
    }
}
