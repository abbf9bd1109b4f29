using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Changes;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>
/// Makes a secret of a client, beside the one it has: two may be live. Refused with <c>api-client-not-found</c>, <c>two-secrets-already</c>, <c>client-beyond-yours</c>, <c>expires-in-the-past</c>.
/// The secret itself is left in <see cref="ShownOnce"/>: an outcome may be kept to answer a retry, and a secret is kept nowhere.
/// </summary>
/// <param name="ExpiresOn">Last day it is good for, Beijing's; null for no end.</param>
public sealed record AddClientSecret(long ClientId, DateOnly? ExpiresOn) : ICommand<ClientSecretAdded>;

public sealed record ClientSecretAdded(long Id, string ClientId, DateOnly? ExpiresOn);

/// <summary>What this request alone may show.</summary>
internal sealed class ShownOnce
{
    public string? Secret { get; set; }
}

internal sealed class AddClientSecretHandler(Db db, Caller caller, ShownOnce shown, TimeProvider clock) : IRequestHandler<AddClientSecret, Result<ClientSecretAdded>>
{
    public async Task<Result<ClientSecretAdded>> Handle(AddClientSecret request, CancellationToken ct)
    {
        await db.Run(ApiClientSql.Hold, new { request.ClientId }, ct);
        if (await db.Find<ApiClientRow>(ApiClientSql.Find, new { request.ClientId }, ct) is not { } client) return ClientRefusal.NotFound;
        if (Scope.Beyond(caller.Permissions, client.Content.Scopes) is [var beyond, ..]) return ClientRefusal.BeyondYours(beyond);
        if (request.ExpiresOn < clock.Today()) return ClientRefusal.Past;
        if (await db.One<int>(ApiClientSql.CountSecrets, new { request.ClientId, Today = clock.Today() }, ct) >= ClientSecret.MostLive) return ClientRefusal.TwoSecrets;
        var secret = ClientSecret.New();
        var secretId = await db.NextId(ct);
        await db.Run(ApiClientSql.InsertSecret, new
        {
            request.ClientId,
            SecretId = secretId,
            SecretSha256 = ClientSecret.Hash(secret),
            Ending = ClientSecret.Ending(secret),
            request.ExpiresOn,
            caller.UserId,
            Now = clock.GetUtcNow().UtcDateTime
        }, ct);
        db.Record(new Change("apiClient", "secretAdded", request.ClientId, client.Content.OrganizationId, client.Version)
        {
            Fields = [Change.Field("secretId", null, secretId), Change.Field("expiresOn", null, request.ExpiresOn)]
        });
        shown.Secret = secret;
        return new ClientSecretAdded(secretId, client.ClientKey, request.ExpiresOn);
    }
}
