using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Organizations;

/// <summary>
/// Hangs an organization, with all below it, under another parent (重组). The tree's history keeps both places.
/// No ledger entry moves: entries belong to the organization itself, and a roll-up adds them up under the tree it is read by.
/// Refused with <c>organization-not-found</c>, <c>organization-circle</c>, <c>organization-root</c>, <c>organization-name-taken</c>, <c>effective-on-out-of-range</c>.
/// </summary>
/// <param name="To">The new parent's id.</param>
/// <param name="EffectiveOn">The day of the decision; not after today, not before the place it leaves.</param>
public sealed record MoveOrganization(long OrganizationId, long To, DateOnly EffectiveOn) : ICommand<int>;

internal sealed class MoveOrganizationHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<MoveOrganization, Result<int>>
{
    public async Task<Result<int>> Handle(MoveOrganization request, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Run(OrganizationSql.HoldTree, null, ct);
        if (await db.Find<OrganizationView>(OrganizationSql.Find, new { request.OrganizationId }, ct) is not { } moved) return OrganizationRefusal.NotFound;
        if (await db.Find<OrganizationView>(OrganizationSql.Find, new { OrganizationId = request.To }, ct) is not { } parent) return OrganizationRefusal.NotFound.At("/to");
        if (moved.ParentId is null || moved.Id == caller.OrganizationId) return OrganizationRefusal.RootStays;
        if (await db.One<int>(OrganizationSql.IsUnder, new { AncestorId = moved.Id, OrganizationId = parent.Id }, ct) > 0) return OrganizationRefusal.Circle;
        var today = clock.Today();
        if (request.EffectiveOn > today || request.EffectiveOn < moved.PlacedOn) return OrganizationRefusal.EffectiveOn(today);
        if (await Clash.Of(db, moved.Id, parent.Id, new OrganizationContent(moved.Kind, moved.Name, CreditCode: moved.CreditCode), ct) is { } clash) return clash;

        var args = new { OrganizationId = moved.Id, ParentId = parent.Id, moved.Version, Now = now, request.EffectiveOn, caller.UserId, PlaceId = await db.NextId(ct) };
        if (await db.Run(OrganizationSql.Move, args, ct) == 0) return Refusal.Stale(moved.Version + 1);
        await db.Run(OrganizationSql.CutAncestors, args, ct);
        await db.Run(OrganizationSql.JoinAncestors, args, ct);
        await db.Run(OrganizationSql.Relevel, args, ct);
        await db.Run(OrganizationSql.InsertPlace, args, ct);
        return moved.Version + 1;
    }
}
