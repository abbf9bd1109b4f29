using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Platform.Tenancy;

/// <summary>
/// For whom this request or job runs: one tenant, one person (or job), one organization whose subtree is his to see.
/// Set once, by the sign-in, or by a job from its row; read by <c>Db</c>, the permission gate and the handlers.
/// </summary>
public sealed class Caller
{
    public long TenantId { get; private set; }
    public long UserId { get; private set; }
    public string UserName { get; private set; } = "";
    public string DisplayName { get; private set; } = "";
    /// <summary>Root of the caller's subtree; bound as @Within.</summary>
    public long OrganizationId { get; private set; }
    public IReadOnlySet<string> Roles { get; private set; } = new HashSet<string>();
    public IReadOnlySet<string> Permissions { get; private set; } = new HashSet<string>();
    public bool IsKnown { get; private set; }
    private bool _isDemo;

    /// <summary>演示数据 where the tenant's figures are generated for demonstration, else null; every view that shows figures carries it.</summary>
    public string? DemoData => _isDemo ? Language.Pick("演示数据", "Demonstration data") : null;

    public bool May(string permission) => Permissions.Contains(permission);

    /// <summary>A tenant's clockwork: may do what a command does and sees no organization's rows.</summary>
    public void BecomeJob(long tenantId) => Become(tenantId, 0, "job", "job", 0, new HashSet<string>(), new HashSet<string>());

    public void Become(long tenantId, long userId, string userName, string displayName, long organizationId, IReadOnlySet<string> roles, IReadOnlySet<string> permissions, bool isDemo = false)
    {
        if (IsKnown) throw new InvalidOperationException("The caller of a request is set once.");
        (TenantId, UserId, UserName, DisplayName, OrganizationId, Roles, Permissions, IsKnown, _isDemo) = (tenantId, userId, userName, displayName, organizationId, roles, permissions, true, isDemo);
    }
}
