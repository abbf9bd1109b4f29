using FluentValidation;
using MediatR;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Organizations;

/// <summary>
/// Lets an organization be taken up by another (重组·合并). From the month of the day on its children hang under the other, and so does it itself: closed, without anything below it,
/// with its code, its name and what it filed for earlier months. Its scenarios go on at the other.
/// Refused with <c>organization-not-found</c>, <c>organization-root</c>, <c>organization-closed</c>, <c>organization-circle</c>, <c>organization-name-taken</c>, <c>effective-on-out-of-range</c>.
/// </summary>
/// <param name="Into">Id of the organization that takes it up.</param>
/// <param name="EffectiveOn">The day of the merger; not after today, not before the last change of those concerned.</param>
/// <param name="Note">The document it rests on; at most 500 characters.</param>
/// <param name="ValidateOnly">True to be told what would change.</param>
public sealed record MergeOrganization(long OrganizationId, long Into, DateOnly EffectiveOn, string? Note, bool ValidateOnly) : ICommand<Reorganized>;

internal sealed class MergeOrganizationValidator : AbstractValidator<MergeOrganization>
{
    public MergeOrganizationValidator() => RuleFor(x => x.Note).MaximumLength(TreeChange.MaxNote);
}

internal sealed class MergeOrganizationHandler(Db db, Caller caller, TimeProvider clock, IMediator mediator) : IRequestHandler<MergeOrganization, Result<Reorganized>>
{
    public async Task<Result<Reorganized>> Handle(MergeOrganization request, CancellationToken ct)
    {
        var tree = new TreeChange(db, caller, clock);
        await tree.Hold(ct);
        if (await db.Find<OrganizationView>(OrganizationSql.Find, new { request.OrganizationId }, ct) is not { } merged) return OrganizationRefusal.NotFound;
        if (await db.Find<OrganizationView>(OrganizationSql.Find, new { OrganizationId = request.Into }, ct) is not { } into) return OrganizationRefusal.NotFound.At("/into");
        if (merged.ParentId is null || merged.Id == caller.OrganizationId) return OrganizationRefusal.RootStays;
        if (merged.ClosedOn is not null) return OrganizationRefusal.Closed(merged);
        if (into.ClosedOn is not null) return OrganizationRefusal.Closed(into).At("/into");
        var children = await db.List<ChildRow>(OrganizationSql.Children, new { request.OrganizationId }, ct);
        long[] moved = [.. children.Select(c => c.Id), merged.Id];
        var (first, today) = (await tree.Earliest(moved, merged.Id, ct), clock.Today());
        if (request.EffectiveOn < first || request.EffectiveOn > today) return OrganizationRefusal.EffectiveOn(first, today);
        if (await tree.Circles([merged.Id], into.Id, request.EffectiveOn, ct)) return OrganizationRefusal.Circle;
        var taken = await db.List<string>(OrganizationSql.NamesTaken, new { RootIds = SqlList.Of(moved), ParentId = into.Id }, ct);
        if (taken.Append(children.Any(c => c.Name == merged.Name) ? merged.Name : null).FirstOrDefault(n => n is not null) is { } name) return OrganizationRefusal.NameTaken(name).At("/into");

        var organizations = await db.One<long>(OrganizationSql.CountSubtrees, new { RootIds = SqlList.Of([merged.Id]) }, ct);
        var rehome = new RehomeScenarios(merged.Id, into.Id, Month.Of(request.EffectiveOn).ToString(), null, TreeCause.Merged, request.Note, merged.Name, request.ValidateOnly);
        if (!request.ValidateOnly)
        {
            if (children.Count > 0) await tree.Move(await tree.Next(TreeCause.Moved, null, into.Id, request.EffectiveOn, request.Note, ct), moved[..^1], into.Id, request.EffectiveOn, ct);
            var treeNo = await tree.Next(TreeCause.Merged, merged.Id, into.Id, request.EffectiveOn, request.Note, ct);
            if (merged.ParentId != into.Id) await tree.Move(treeNo, [merged.Id], into.Id, request.EffectiveOn, ct);
            await tree.Close(merged.Id, into.Id, request.EffectiveOn, ct);
        }
        var rehomed = await mediator.Send(rehome, ct);
        return rehomed.Ok ? new Reorganized(request.ValidateOnly, organizations, rehomed.Value.Scenarios, rehomed.Value.Filings, rehomed.Value.FirstPeriod, rehomed.Value.LastPeriod, []) : rehomed.Why!;
    }
}

internal sealed record ChildRow
{
    public long Id { get; init; }
    public required string Name { get; init; }
    public DateOnly? ClosedOn { get; init; }
}
