using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Access;

/// <summary>Closes a person's sign-in and ends his sessions. Refused with <c>user-not-found</c>.</summary>
public sealed record DisableUser(long UserId) : ICommand<Done>;

internal sealed class DisableUserHandler(Db db) : IRequestHandler<DisableUser, Result<Done>>
{
    public async Task<Result<Done>> Handle(DisableUser request, CancellationToken ct) =>
        await db.Run(AccessSql.Disable, new { request.UserId, SessionStamp = Session.NewStamp() }, ct) == 1 ? new Done() : AccessRefusal.NotFound;
}
