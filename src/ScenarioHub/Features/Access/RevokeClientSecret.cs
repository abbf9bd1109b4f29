using MediatR;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>Withdraws a secret, and with it the tokens it brought. Refused with <c>secret-not-found</c>, also when it was withdrawn before.</summary>
public sealed record RevokeClientSecret(long ClientId, long SecretId) : ICommand<Done>;

internal sealed class RevokeClientSecretHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<RevokeClientSecret, Result<Done>>
{
    public async Task<Result<Done>> Handle(RevokeClientSecret request, CancellationToken ct)
    {
        if (await db.Run(ApiClientSql.RevokeSecret, new { request.ClientId, request.SecretId, caller.UserId, Now = clock.GetUtcNow().UtcDateTime }, ct) == 0) return ClientRefusal.SecretNotFound;
        var client = await db.One<ApiClientRow>(ApiClientSql.Find, new { request.ClientId }, ct);
        db.Record(new Change("apiClient", "secretWithdrawn", request.ClientId, client.OrganizationId, client.Version) { Fields = [Change.Field("secretId", request.SecretId, null)] });
        return new Done();
    }
}
