using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>Ends every session of the caller, on all machines: the stamp in their cookies no longer matches. Refused with <c>client-has-no-session</c>.</summary>
public sealed record EndSessions : ICommand<Done>;

internal sealed class EndSessionsHandler(Db db, Caller caller) : IRequestHandler<EndSessions, Result<Done>>
{
    public async Task<Result<Done>> Handle(EndSessions request, CancellationToken ct)
    {
        if (caller.IsClient) return ClientRefusal.NoSession;
        await db.Run(AccessSql.EndSessions, new { caller.UserId, SessionStamp = Session.NewStamp() }, ct);
        db.Record(new Occurrence("signOut", "user", caller.UserId, caller.OrganizationId));
        return new Done();
    }
}
