using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Access;

/// <summary>Who is behind a request: passwords, the cookie's claims, and the row they lead to.</summary>
internal static class Session
{
    public const int FailuresAllowed = 5;
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);
    private const string StampClaim = "stamp";

    private static readonly PasswordHasher<string> Hasher = new();
    // Compared with when the name is unknown, so that an unknown name takes as long as a wrong password.
    private static readonly string NobodysHash = Hash(NewStamp());

    public static string Hash(string password) => Hasher.HashPassword("", password);

    public static PasswordVerificationResult Check(string? hash, string password) =>
        hash is null ? Never(Hasher.VerifyHashedPassword("", NobodysHash, password)) : Hasher.VerifyHashedPassword("", hash, password);

    public static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static ClaimsPrincipal Principal(long userId, string sessionStamp, string scheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, userId.ToString(System.Globalization.CultureInfo.InvariantCulture)), new(StampClaim, sessionStamp)], scheme));

    /// <summary>Makes the request's caller from the cookie; leaves him unknown when the session has ended or the person is disabled.</summary>
    public static async Task Establish(ClaimsPrincipal principal, Db db, Caller caller, CancellationToken ct)
    {
        if (!long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)) return;
        if (await db.Find<CallerRow>(AccessSql.LoadCaller, new { UserId = userId }, ct) is { Scopes: null } row && row.SessionStamp == principal.FindFirstValue(StampClaim))
            Become(caller, row);
    }

    /// <summary>Makes a job's caller from the row it works on.</summary>
    public static async Task<bool> Assume(long userId, Db db, Caller caller, CancellationToken ct)
    {
        if (await db.Find<CallerRow>(AccessSql.LoadCaller, new { UserId = userId }, ct) is not { } row) return false;
        Become(caller, row);
        return true;
    }

    private static void Become(Caller caller, CallerRow row)
    {
        if (row.Scopes is not null)
        {
            ClientSession.Become(caller, row.TenantId, row.UserId, row.UserName, row.DisplayName, row.OrganizationId, row.IsDemo, row.Scopes.Split(' '));
            return;
        }
        var roles = row.Roles!.Split(',').ToHashSet();
        caller.Become(row.TenantId, row.UserId, row.UserName, row.DisplayName, row.OrganizationId, roles, Role.PermissionsOf(roles), row.IsDemo);
    }

    private static PasswordVerificationResult Never(PasswordVerificationResult _) => PasswordVerificationResult.Failed;

    internal sealed record CallerRow
    {
        public long TenantId { get; init; }
        public long UserId { get; init; }
        public long OrganizationId { get; init; }
        public required string UserName { get; init; }
        public required string DisplayName { get; init; }
        public required string SessionStamp { get; init; }
        public bool IsDemo { get; init; }
        /// <summary>Null for a client.</summary>
        public string? Roles { get; init; }
        /// <summary>Null for a person.</summary>
        public string? Scopes { get; init; }
    }
}

/// <summary>Refusals of Access; the codes are part of the API.</summary>
internal static class AccessRefusal
{
    public static readonly Refusal SignInFailed = new(RefusalKind.Forbidden, "sign-in-failed",
        new("用户名或密码不正确。", "The user name or the password is wrong."));

    public static Refusal Locked(TimeSpan left) => new(RefusalKind.Forbidden, "sign-in-locked",
        new($"连续失败次数过多,账号已暂时锁定,请在 {Math.Ceiling(left.TotalMinutes)} 分钟后再试。", $"Too many failures in a row: the account is locked for {Math.Ceiling(left.TotalMinutes)} more minutes."));

    public static readonly Refusal NameTaken = new(RefusalKind.Conflict, "user-name-taken",
        new("该用户名已被使用,请换一个。", "This user name is in use; choose another."));

    public static Refusal OrganizationClosed(DateOnly on) => new(RefusalKind.Conflict, "organization-closed",
        new($"该单位已于 {on:yyyy-MM-dd} 因重组关闭,请选择承接单位。", $"This organization was closed by a reorganization on {on:yyyy-MM-dd}; choose the one that took it up."));

    public static readonly Refusal Yourself = new(RefusalKind.Conflict, "user-is-you",
        new("不能停用自己的账号,请由另一位管理员办理。", "You cannot close your own sign-in; ask another administrator."));

    public static Refusal NotFound => Refusal.NotFound("user", new("用户", "user"));

    public static Refusal RoleBeyondYours(string role) => Refusal.Field("role-beyond-yours", "/roles", new(
        $"您的角色不能授予“{role}”。", $"Your roles do not let you grant “{role}”.")) with { Sensitive = "role-beyond-yours" };
}
