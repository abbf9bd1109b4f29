using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Platform.Tenancy;

/// <summary>
/// For whom this request or job runs: one tenant, one person (or client, or job), one organization whose subtree is his to see.
/// Set once, by the sign-in, by a token, or by a job from its row; read by <c>Db</c>, the permission gate and the handlers.
/// </summary>
public sealed class Caller
{
    public long TenantId { get; private set; }
    /// <summary>A person's or a client's number: both are rows of <c>app_user</c>.</summary>
    public long UserId { get; private set; }
    public string UserName { get; private set; } = "";
    public string DisplayName { get; private set; } = "";
    /// <summary>Root of the caller's subtree; bound as @Within.</summary>
    public long OrganizationId { get; private set; }
    /// <summary>Empty for a client: it has scopes.</summary>
    public IReadOnlySet<string> Roles { get; private set; } = new HashSet<string>();
    public IReadOnlySet<string> Permissions { get; private set; } = new HashSet<string>();
    public bool IsKnown { get; private set; }
    /// <summary>A machine that came with a token, not a person.</summary>
    public bool IsClient { get; private set; }
    private bool _isDemo;

    /// <summary>What people call the client; null for a person.</summary>
    public string? ClientName => IsClient ? DisplayName : null;

    /// <summary>Why whoever showed a token stays unknown; null when nothing was shown.</summary>
    public Refusal? TurnedAway { get; private set; }

    /// <summary>演示数据 where the tenant's figures are generated for demonstration, else null; every view that shows figures carries it.</summary>
    public string? DemoData => _isDemo ? Language.Pick("演示数据", "Demonstration data") : null;

    public bool May(string permission) => Permissions.Contains(permission);

    public void TurnAway(Refusal why) => TurnedAway = why;

    /// <summary>A tenant's clockwork: may do what a command does and sees no organization's rows.</summary>
    public void BecomeJob(long tenantId) => Become(tenantId, 0, "job", "job", 0, new HashSet<string>(), new HashSet<string>());

    public void Become(long tenantId, long userId, string userName, string displayName, long organizationId, IReadOnlySet<string> roles, IReadOnlySet<string> permissions, bool isDemo = false, bool isClient = false)
    {
        if (IsKnown) throw new InvalidOperationException("The caller of a request is set once.");
        (TenantId, UserId, UserName, DisplayName, OrganizationId, Roles, Permissions, IsKnown, _isDemo, IsClient) = (tenantId, userId, userName, displayName, organizationId, roles, permissions, true, isDemo, isClient);
    }
}
