using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using MediatR;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Access;

internal static class ApiClientEndpoints
{
    public static void MapApiClients(this IEndpointRouteBuilder api)
    {
        var clients = api.MapGroup("/api-clients").WithTags("API clients");
        clients.MapGet("/", List).Needs(Permission.ClientRead).Produces<Page<ApiClientView>>();
        clients.MapPost("/", Add).Needs(Permission.ClientManage).Produces<ApiClientAdded>(201);
        clients.MapGet("/{id:long}", Get).Needs(Permission.ClientRead).Produces<ApiClientView>();
        clients.MapPatch("/{id:long}", Revise).Needs(Permission.ClientManage).Produces<ApiClientView>();
        clients.MapPost("/{id:long}/secrets", AddSecret).Needs(Permission.ClientManage).Produces<NewSecret>(201);
        clients.MapDelete("/{id:long}/secrets/{secretId:long}", RevokeSecret).Needs(Permission.ClientManage).Produces(204);
    }

    public static void MapTokens(this IEndpointRouteBuilder app) =>
        app.MapPost(TokenRequests.Path, Token).AllowAnyone("this is how a client signs in").WithTags("API clients")
            .Accepts<TokenForm>("application/x-www-form-urlencoded").Produces<TokenAnswer>().Produces<TokenError>(400).Produces<TokenError>(401).Produces<TokenError>(429);

    /// <summary>API clients of your subtree, with their live secrets and last use.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> List([AsParameters] ListApiClients query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(query, ct)).OrOk();

    /// <summary>Registers a machine within your subtree; ask for its first secret next.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Add(ApiClientContent body, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AddApiClient(body), ct)).Or(added => TypedResults.Created($"/api/v1/api-clients/{added.Id}", added));

    /// <summary>One API client.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Get(long id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetApiClient(id), ct)).Or(view => response.Versioned(view, view.Version));

    /// <summary>Changes an API client (JSON Merge Patch, If-Match); holds at once, also for tokens it has.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Revise(long id, JsonElement body, HttpRequest request, HttpResponse response, IMediator mediator, CancellationToken ct)
    {
        var outcome = await mediator.Send(new ReviseApiClient(id, request.IfMatch(), body), ct);
        return outcome.Ok ? await Get(id, response, mediator, ct) : outcome.OrOk();
    }

    /// <summary>Makes a secret and shows it, this once; two may be live at a time.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> AddSecret(long id, SecretAsked body, ShownOnce shown, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new AddClientSecret(id, body.ExpiresOn), ct)).Or(added => shown.Secret is { } secret
            ? TypedResults.Created($"/api/v1/api-clients/{id}", new NewSecret(added.Id, added.ClientId, secret, added.ExpiresOn))
            : Problems.Result(Problems.Of(ClientRefusal.ShownAlready)));

    /// <summary>Withdraws a secret, and the tokens it brought.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> RevokeSecret(long id, long secretId, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new RevokeClientSecret(id, secretId), ct)).Or(_ => TypedResults.NoContent());

    /// <summary>An access token for a client (OAuth 2.0 client credentials, RFC 6749): id and secret as HTTP Basic or in the form.</summary>
    private static async Task<Microsoft.AspNetCore.Http.IResult> Token(HttpContext http, IMediator mediator, CancellationToken ct)
    {
        // The standard's own checks have been made: the grant, the form, one way of showing the secret.
        var asked = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("The token endpoint stands behind OpenIddict.");
        var outcome = await mediator.Send(new IssueToken(asked.ClientId!, asked.ClientSecret!, asked.GetScopes(), http.Connection.RemoteIpAddress), ct);
        if (outcome.Why is { } why)
            return TypedResults.Forbid(new AuthenticationProperties(new Dictionary<string, string?>
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = why.Code,
                [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = why.Detail.En
            }), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        var token = outcome.Value;
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        identity.SetClaim(ClientSession.SubjectClaim, token.ClientId.ToString(CultureInfo.InvariantCulture))
            .SetClaim(ClientSession.TenantClaim, token.TenantId.ToString(CultureInfo.InvariantCulture))
            .SetClaim(ClientSession.SecretClaim, token.SecretId.ToString(CultureInfo.InvariantCulture))
            .SetScopes(token.Scopes).SetAccessTokenLifetime(token.Lifetime)
            .SetDestinations(_ => [OpenIddictConstants.Destinations.AccessToken]);
        return TypedResults.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <param name="ExpiresOn">Last day it is good for, Beijing's; null for no end.</param>
    internal sealed record SecretAsked(DateOnly? ExpiresOn = null);

    /// <param name="ClientId">Send it as <c>client_id</c>.</param>
    /// <param name="Secret">Send it as <c>client_secret</c>. Shown now and never again.</param>
    internal sealed record NewSecret(long Id, string ClientId, string Secret, DateOnly? ExpiresOn);

    /// <param name="GrantType">Always <c>client_credentials</c>.</param>
    /// <param name="Scope">With blanks between; all the client has when left out.</param>
    /// <param name="ClientId">Unless sent as HTTP Basic.</param>
    /// <param name="ClientSecret">Unless sent as HTTP Basic.</param>
    internal sealed record TokenForm([property: JsonPropertyName("grant_type")] string GrantType, [property: JsonPropertyName("scope")] string? Scope = null,
        [property: JsonPropertyName("client_id")] string? ClientId = null, [property: JsonPropertyName("client_secret")] string? ClientSecret = null);

    /// <param name="ExpiresIn">Seconds.</param>
    /// <param name="Scope">What was granted, when it is not what was asked for.</param>
    internal sealed record TokenAnswer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn, [property: JsonPropertyName("scope")] string? Scope = null);

    internal sealed record TokenError([property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string? Description = null);
}
