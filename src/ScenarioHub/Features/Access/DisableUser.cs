using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>Closes a person's sign-in and ends his sessions. Refused with <c>user-not-found</c>, <c>user-is-you</c>.</summary>
public sealed record DisableUser(long UserId) : ICommand<Done>;

internal sealed class DisableUserHandler(Db db, Caller caller) : IRequestHandler<DisableUser, Result<Done>>
{
    public async Task<Result<Done>> Handle(DisableUser request, CancellationToken ct)
    {
        // Nobody could open it again: a programme would be left without its only administrator.
        if (request.UserId == caller.UserId) return AccessRefusal.Yourself;
        if (await db.Run(AccessSql.Disable, new { request.UserId, SessionStamp = Session.NewStamp() }, ct) == 0) return AccessRefusal.NotFound;
        db.Record(new Change("user", "disabled", request.UserId, await db.One<long>(AccessSql.OrganizationOf, new { request.UserId }, ct)));
        return new Done();
    }
}
