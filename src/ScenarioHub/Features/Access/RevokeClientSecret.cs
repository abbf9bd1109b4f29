using MediatR;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>Withdraws a secret, and with it the tokens it brought. Refused with <c>secret-not-found</c>, also when it was withdrawn before.</summary>
public sealed record RevokeClientSecret(long ClientId, long SecretId) : ICommand<Done>;

internal sealed class RevokeClientSecretHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<RevokeClientSecret, Result<Done>>
{
    public async Task<Result<Done>> Handle(RevokeClientSecret request, CancellationToken ct) =>
        await db.Run(ApiClientSql.RevokeSecret, new { request.ClientId, request.SecretId, caller.UserId, Now = clock.GetUtcNow().UtcDateTime }, ct) == 1 ? new Done() : ClientRefusal.SecretNotFound;
}
