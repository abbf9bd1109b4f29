using System.Collections.Concurrent;
using System.Net;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Http;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Access;

/// <summary>
/// A client asks for an access token. Refused with the codes of RFC 6749: <c>invalid_client</c>, <c>invalid_scope</c>, <c>unauthorized_client</c>. Changes nothing.
/// </summary>
/// <param name="Scopes">Of those the client has; all of them when none is named.</param>
/// <param name="From">Where the request came from; null when the server cannot tell.</param>
public sealed record IssueToken(string ClientId, string ClientSecret, IReadOnlyList<string> Scopes, IPAddress? From) : IRequest<Result<TokenIssued>>;

/// <summary>What the token says.</summary>
/// <param name="SecretId">Which of the client's secrets was shown: with that secret the token ends.</param>
public sealed record TokenIssued(long TenantId, long ClientId, long SecretId, IReadOnlyList<string> Scopes, TimeSpan Lifetime);

internal sealed class IssueTokenHandler(Db db, TokenLockout lockout, ClientUse use, TimeProvider clock) : IRequestHandler<IssueToken, Result<TokenIssued>>
{
    // Compared with when there is no such client: an unknown one takes as long as a wrong secret.
    private static readonly string NobodysHash = ClientSecret.Hash(ClientSecret.New());

    public async Task<Result<TokenIssued>> Handle(IssueToken request, CancellationToken ct)
    {
        if (request.ClientId.Length > ClientSecret.MaxClientKey) return TokenRefusal.Failed; // none of ours, and not worth remembering
        if (lockout.Left(request.ClientId, request.From) is { } left) return TokenRefusal.Locked(left);
        var rows = await db.List<Row>(ApiClientSql.FindByKey, new { ClientKey = request.ClientId }, ct);
        var hash = ClientSecret.Hash(request.ClientSecret);
        Row? shown = null;
        foreach (var row in rows)
            if (ClientSecret.Matches(hash, row.SecretSha256)) shown = row;
        if (rows.Count == 0) ClientSecret.Matches(hash, NobodysHash);
        if (shown is null) return lockout.Count(request.ClientId, request.From) is { } locked ? TokenRefusal.Locked(locked) : TokenRefusal.Failed;
        lockout.Forget(request.ClientId, request.From);

        var (now, today) = (clock.GetUtcNow(), clock.Today());
        if (shown.IsDisabled) return TokenRefusal.SwitchedOff;
        if (shown.ExpiresOn < today) return TokenRefusal.Expired;
        if (shown.SecretExpiresOn < today) return TokenRefusal.SecretExpired;
        if (!ClientAddresses.Allow(shown.Addresses, request.From)) return TokenRefusal.NotFromHere;
        var has = shown.Scopes.Split(' ');
        if (request.Scopes.FirstOrDefault(s => !has.Contains(s)) is not null) return TokenRefusal.BadScope;
        use.Note(shown.TenantId, shown.ClientId, shown.SecretId, request.From);
        // No token outlives what it was given for.
        var lastDay = new[] { shown.ExpiresOn, shown.SecretExpiresOn }.Min();
        var lifetime = lastDay is { } day ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), ChinaTime.Offset) - now : TokenRequests.Lifetime;
        return new TokenIssued(shown.TenantId, shown.ClientId, shown.SecretId, request.Scopes.Count > 0 ? [.. request.Scopes.Distinct()] : has, lifetime < TokenRequests.Lifetime ? lifetime : TokenRequests.Lifetime);
    }

    private sealed record Row
    {
        public long TenantId { get; init; }
        public long ClientId { get; init; }
        public bool IsDisabled { get; init; }
        public required string Scopes { get; init; }
        public string? Addresses { get; init; }
        public DateOnly? ExpiresOn { get; init; }
        public long SecretId { get; init; }
        public required string SecretSha256 { get; init; }
        public DateOnly? SecretExpiresOn { get; init; }
    }
}

/// <summary>
/// After ten wrong secrets in a row from one address that address gets no token for that client for a quarter of an hour: a wrongly set up machine stands out, and nobody can lock out another's.
/// Counted in memory: 256 random bits are not guessed, so nothing depends on the count outliving the process, a wrong secret costs no write, and an unknown client is treated like any other.
/// </summary>
internal sealed class TokenLockout(TimeProvider clock)
{
    private const int FailuresAllowed = 10, MostKept = 20_000;
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string ClientId, IPAddress? From), (int Failures, DateTimeOffset Last)> _failed = new();

    /// <summary>How long still; null when it is not locked.</summary>
    public TimeSpan? Left(string clientId, IPAddress? from) =>
        _failed.TryGetValue((clientId, from), out var failed) && failed.Failures >= FailuresAllowed && failed.Last + Lockout - clock.GetUtcNow() is { Ticks: > 0 } left ? left : null;

    /// <returns>For how long this failure locks; null when it does not yet.</returns>
    public TimeSpan? Count(string clientId, IPAddress? from)
    {
        var now = clock.GetUtcNow();
        if (_failed.Count >= MostKept)
            foreach (var (old, failed) in _failed)
                if (failed.Last + Lockout <= now) _failed.TryRemove(old, out _);
        // Whoever makes up more names than that meets the limit of requests per address.
        if (_failed.Count >= MostKept && !_failed.ContainsKey((clientId, from))) return null;
        var counted = _failed.AddOrUpdate((clientId, from), (1, now), (_, before) => before.Last + Lockout <= now ? (1, now) : (before.Failures + 1, now));
        return counted.Failures >= FailuresAllowed ? Lockout : null;
    }

    public void Forget(string clientId, IPAddress? from) => _failed.TryRemove((clientId, from), out _);
}

/// <summary>The token endpoint's refusals: codes of RFC 6749, section 5.2, which allows plain ASCII in descriptions and so has one language.</summary>
internal static class TokenRefusal
{
    private const string InvalidClient = "invalid_client";

    public static readonly Refusal Failed = Of(InvalidClient, "There is no such client, or the secret is wrong.");
    public static readonly Refusal SwitchedOff = Of(InvalidClient, "The client is switched off.");
    public static readonly Refusal Expired = Of(InvalidClient, "The client has expired.");
    public static readonly Refusal SecretExpired = Of(InvalidClient, "The secret has expired.");
    public static readonly Refusal NotFromHere = Of("unauthorized_client", "The client may not call from this address.");
    public static readonly Refusal BadScope = Of("invalid_scope", "The client does not have all of the scopes asked for.");

    public static Refusal Locked(TimeSpan left) => Of(InvalidClient, $"Too many failures in a row: wait {Math.Ceiling(left.TotalMinutes)} min.");

    private static Refusal Of(string code, string description) => new(RefusalKind.Unauthenticated, code, new(description, description));
}
