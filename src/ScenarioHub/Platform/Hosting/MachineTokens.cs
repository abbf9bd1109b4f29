using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Platform.Hosting;

/// <summary>
/// Bearer tokens beside the cookie. OpenIddict keeps the token endpoint to the standard (RFC 6749) and makes the tokens; who the client is and what it may have is the feature's route behind it.
/// A token that is read again needs none of OpenIddict's machinery, only the keys.
/// </summary>
internal static class MachineTokens
{
    private const string Either = "cookie or token";
    // A name, no address: what one host issued another takes, whatever either is called from outside.
    private const string Issuer = "urn:scenariohub";

    public static AuthenticationBuilder AddCookieOrToken(this IServiceCollection services)
    {
        services.AddSingleton<TokenKeys>();
        services.AddOpenIddict().AddServer(o =>
        {
            o.EnableDegradedMode().AllowClientCredentialsFlow().SetTokenEndpointUris(TokenRequests.Path.TrimStart('/')).SetIssuer(new Uri(Issuer)).SetAccessTokenLifetime(TokenRequests.Lifetime);
            o.DisableScopeValidation();
            // There is one issuer and nothing to discover; what is served stands in the list of routes.
            o.SetConfigurationEndpointUris(Array.Empty<string>()).SetJsonWebKeySetEndpointUris(Array.Empty<string>());
            // The route checks the client; scopes it knows, too.
            o.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(b => b.UseInlineHandler(_ => default));
            // Its own errors point to its own manual.
            o.AddEventHandler<OpenIddictServerEvents.ApplyTokenResponseContext>(b => b.UseInlineHandler(context =>
            {
                context.Response.ErrorUri = null;
                return default;
            }).SetOrder(int.MinValue));
            // TLS ends at the proxy in front.
            o.UseAspNetCore().EnableTokenEndpointPassthrough().SuppressJsonResponseIndentation().DisableTransportSecurityRequirement();
        });
        services.AddOptions<OpenIddictServerOptions>().Configure<TokenKeys>((o, keys) =>
        {
            o.SigningCredentials.Add(new SigningCredentials(keys.Signing, SecurityAlgorithms.HmacSha256));
            o.EncryptionCredentials.Add(new EncryptingCredentials(keys.Encryption, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
            // Asked for at the start and used for identity tokens alone, which nobody gets here.
            o.SigningCredentials.Add(new SigningCredentials(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)), SecurityAlgorithms.EcdsaSha256));
        });
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TokenKeys, TimeProvider>((o, keys, clock) =>
        {
            o.MapInboundClaims = false;
            o.TokenValidationParameters = new TokenValidationParameters
            {
                AuthenticationType = JwtBearerDefaults.AuthenticationScheme,
                IssuerSigningKey = keys.Signing,
                TokenDecryptionKey = keys.Encryption,
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512],
                ValidIssuer = Issuer,
                ValidTypes = ["at+jwt"],
                ValidateAudience = false, // there is one API
                LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime
            };
        });
        // Who shows a token is judged by the token alone: a cookie that came along says nothing, and cannot make good for a token that is void.
        return services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = http => http.Request.ShowsToken() ? JwtBearerDefaults.AuthenticationScheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddJwtBearer();
    }
}
