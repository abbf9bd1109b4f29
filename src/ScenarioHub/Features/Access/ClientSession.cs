using System.Globalization;
using System.Net;
using System.Security.Claims;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>What a token says of its client, and the row it leads to. The row decides, at each request: a client that was switched off, moved or given less is so at once and on every node.</summary>
internal static class ClientSession
{
    public const string TenantClaim = "tenant", SecretClaim = "secret", ScopeClaim = "scope", SubjectClaim = "sub";

    /// <summary>Makes the request's caller from a token's claims, or says why not.</summary>
    public static async Task Establish(ClaimsPrincipal principal, IPAddress? from, Db db, Caller caller, ClientUse use, TimeProvider clock, CancellationToken ct)
    {
        var secretId = Number(principal, SecretClaim);
        if (await db.Find<Row>(ApiClientSql.LoadCaller, new { OfTenant = Number(principal, TenantClaim), ClientId = Number(principal, SubjectClaim), SecretId = secretId }, ct) is not { } row || row.ExpiresOn < clock.Today())
        {
            caller.TurnAway(ClientRefusal.NotActive);
            return;
        }
        if (!ClientAddresses.Allow(row.Addresses, from))
        {
            caller.TurnAway(ClientRefusal.NotFromHere);
            return;
        }
        use.Note(row.TenantId, row.ClientId, secretId, from);
        var has = row.Scopes.Split(' ');
        Become(caller, row.TenantId, row.ClientId, row.ClientKey, row.Name, row.OrganizationId, row.IsDemo, (principal.FindFirstValue(ScopeClaim) ?? "").Split(' ').Where(has.Contains));
    }

    public static void Become(Caller caller, long tenantId, long clientId, string clientKey, string name, long organizationId, bool isDemo, IEnumerable<string> scopes) =>
        caller.Become(tenantId, clientId, clientKey, name, organizationId, new HashSet<string>(), Scope.PermissionsOf(scopes), isDemo, isClient: true);

    private static long Number(ClaimsPrincipal principal, string claim) => long.Parse(principal.FindFirstValue(claim)!, CultureInfo.InvariantCulture);

    private sealed record Row
    {
        public long TenantId { get; init; }
        public long ClientId { get; init; }
        public long OrganizationId { get; init; }
        public required string ClientKey { get; init; }
        public required string Name { get; init; }
        public bool IsDemo { get; init; }
        public required string Scopes { get; init; }
        public string? Addresses { get; init; }
        public DateOnly? ExpiresOn { get; init; }
    }
}
