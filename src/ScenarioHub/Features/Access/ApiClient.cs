using System.Net;
using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>What is said of a client: who it is, what of whom it may see and do, until when and from where.</summary>
/// <param name="Name">How people know it, and how records name it: at most 100.</param>
/// <param name="OrganizationId">Root of the subtree it sees; within the caller's own.</param>
/// <param name="Scopes">What it may be given a token for; see the security scheme. None beyond what the caller may do himself.</param>
/// <param name="ExpiresOn">Last day it may call, Beijing's; null for no end.</param>
/// <param name="Addresses">Addresses or CIDR blocks it may call from, at most 50; null for anywhere.</param>
/// <param name="Enabled">False: no tokens, and those it has are void.</param>
public sealed record ApiClientContent(string Name, long OrganizationId, IReadOnlyList<string> Scopes, DateOnly? ExpiresOn = null, IReadOnlyList<string>? Addresses = null, bool Enabled = true);

/// <summary>A client and its live secrets.</summary>
/// <param name="ClientId">What it signs in with, as <c>client_id</c>.</param>
/// <param name="Secrets">At most two that have not been withdrawn and not expired; none shows more than its ending.</param>
/// <param name="LastUsedAt">Of the last call or request for a token, to the minute; null before the first.</param>
/// <param name="LastUsedFrom">The address that came from.</param>
public sealed record ApiClientView(long Id, string ClientId, string Name, long OrganizationId, string OrganizationName, IReadOnlyList<string> Scopes, DateOnly? ExpiresOn, IReadOnlyList<string>? Addresses,
    bool Enabled, int Version, IReadOnlyList<ApiClientSecretView> Secrets, long CreatedBy, string? CreatedByName, DateTime CreatedAt, DateTime? LastUsedAt, string? LastUsedFrom);

/// <param name="Ending">Its last four characters, to tell two apart.</param>
/// <param name="ExpiresOn">Last day it is good for, Beijing's; null for no end.</param>
/// <param name="LastUsedAt">Of the last token it was good for, or of the last call with one; to the minute.</param>
public sealed record ApiClientSecretView(long Id, string Ending, DateOnly? ExpiresOn, DateTime CreatedAt, DateTime? LastUsedAt);

internal sealed class ApiClientContentValidator : AbstractValidator<ApiClientContent>
{
    public ApiClientContentValidator()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(100);
        RuleFor(x => x.Scopes).NotEmpty();
        RuleForEach(x => x.Scopes).Must(s => s is not null && Scope.IsOne(s)).WithErrorCode("unknown-scope")
            .WithMessage(_ => new Words($"授权范围须为 {string.Join("、", Scope.All.Keys)} 之一。", $"A scope is one of {string.Join(", ", Scope.All.Keys)}.").ToString());
        RuleFor(x => x.Addresses).NotEmpty().Must(a => a!.Count <= ClientAddresses.Most).WithErrorCode("too-many-addresses")
            .WithMessage(_ => new Words($"至多 {ClientAddresses.Most} 个地址段。", $"At most {ClientAddresses.Most} addresses.").ToString()).When(x => x.Addresses is not null);
        RuleForEach(x => x.Addresses).Must(a => a is not null && AddressBlock.Parse(a) is not null).WithErrorCode("bad-address")
            .WithMessage(_ => new Words("须为 IP 地址或 CIDR 地址段,如 203.0.113.7、10.8.0.0/16。", "An IP address or a CIDR block, such as 203.0.113.7 or 10.8.0.0/16.").ToString());
    }
}

/// <summary>Rows of <see cref="ApiClientSql"/> to views.</summary>
internal sealed record ApiClientRow
{
    public long Id { get; init; }
    public required string ClientKey { get; init; }
    public required string Name { get; init; }
    public long OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    public bool IsDisabled { get; init; }
    public required string Scopes { get; init; }
    public string? Addresses { get; init; }
    public DateOnly? ExpiresOn { get; init; }
    public int Version { get; init; }
    public long CreatedBy { get; init; }
    public string? CreatedByName { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? LastUsedAt { get; init; }
    public string? LastUsedFrom { get; init; }

    public ApiClientContent Content => new(Name, OrganizationId, Scopes.Split(' '), ExpiresOn, Addresses?.Split(' '), !IsDisabled);

    public ApiClientView View(IEnumerable<SecretRow> secrets, DateOnly today) => new(Id, ClientKey, Name, OrganizationId, OrganizationName, Scopes.Split(' '), ExpiresOn, Addresses?.Split(' '), !IsDisabled, Version,
        [.. secrets.Where(s => s.ClientId == Id && !(s.ExpiresOn < today)).Select(s => new ApiClientSecretView(s.SecretId, s.Ending, s.ExpiresOn, s.CreatedAt, s.LastUsedAt))], CreatedBy, CreatedByName, CreatedAt, LastUsedAt, LastUsedFrom);

    internal sealed record SecretRow
    {
        public long ClientId { get; init; }
        public long SecretId { get; init; }
        public required string Ending { get; init; }
        public DateOnly? ExpiresOn { get; init; }
        public DateTime CreatedAt { get; init; }
        public DateTime? LastUsedAt { get; init; }
    }
}

/// <summary>
/// Secrets are ours, 256 random bits, so a single SHA-256 keeps them as safe as any slow hash would: there is nothing to guess. Slowness protects what people think up,
/// and here it would only cost the server on every request for a token.
/// </summary>
internal static class ClientSecret
{
    /// <summary>Two, so that the new one can be put in place while the old one still works.</summary>
    public const int MostLive = 2;
    private const int EndingLength = 4;

    /// <summary>Begins so that scanners of source code know what they found.</summary>
    public static string New() => "shs_" + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public const int MaxClientKey = 64;

    public static string NewClientKey() => "client_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool Matches(string hash, string kept) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(kept));

    public static string Ending(string secret) => secret[^EndingLength..];
}

/// <summary>A client's list of addresses as the column keeps it.</summary>
internal static class ClientAddresses
{
    public const int Most = 50;

    public static string? Kept(IReadOnlyList<string>? addresses) => addresses is null ? null : string.Join(' ', addresses.Select(a => AddressBlock.Parse(a)!.Value.ToString()).Distinct());

    /// <summary>Where there is a list, an address nobody knows is not on it.</summary>
    public static bool Allow(string? kept, IPAddress? from) => kept is null || (from is not null && kept.Split(' ').Any(a => AddressBlock.Parse(a) is { } block && block.Holds(from)));
}

/// <summary>Refusals about clients; the codes are part of the API.</summary>
internal static class ClientRefusal
{
    public static Refusal NotFound => Refusal.NotFound("api-client", new("接口客户端", "API client"));

    public static Refusal SecretNotFound => Refusal.NotFound("secret", new("密钥", "secret"));

    public static Refusal ScopeBeyondYours(string scope) => Refusal.Field("scope-beyond-yours", "/scopes", new(
        $"授权范围“{scope}”超出您自己的权限,不能授予。", $"The scope “{scope}” holds more than you may do yourself."));

    public static Refusal BeyondYours(string scope) => new(RefusalKind.Forbidden, "client-beyond-yours", new(
        $"该客户端的授权范围“{scope}”超出您自己的权限:您可以停用它或撤销其密钥,其他更改请由上级管理员办理。", $"The client's scope “{scope}” holds more than you may do yourself: you may switch it off or withdraw its secrets; ask a higher administrator for anything else."));

    public static readonly Refusal Past = Refusal.Field("expires-in-the-past", "/expiresOn", new("到期日不能早于今天。", "The last day must not be before today."));

    public static readonly Refusal TwoSecrets = new(RefusalKind.Conflict, "two-secrets-already", new(
        "该客户端已有两个有效密钥;请先撤销不再使用的一个。", "The client has two live secrets already; withdraw the one that is no longer used first."));

    public static readonly Refusal ShownAlready = new(RefusalKind.Conflict, "secret-shown-already", new(
        "该请求此前已成功,密钥只显示一次,无法再次给出。如未收到,请撤销该密钥并重新生成。", "This request succeeded before; a secret is shown once and is kept nowhere. If it was lost, withdraw it and make another."));

    public static readonly Refusal NoSession = new(RefusalKind.Conflict, "client-has-no-session", new(
        "接口客户端没有会话:令牌到期自动失效,如需立即失效请停用客户端或撤销密钥。", "A client has no session: its token ends by itself; to end it now, switch the client off or withdraw the secret."));

    public static readonly Refusal NotActive = new(RefusalKind.Unauthenticated, "client-not-active", new(
        "该接口客户端已停用或到期,或其密钥已撤销。", "The client is switched off or has expired, or its secret was withdrawn."));

    public static readonly Refusal NotFromHere = new(RefusalKind.Forbidden, "address-not-allowed", new(
        "该接口客户端不允许从此地址调用。", "The client may not call from this address."));
}
