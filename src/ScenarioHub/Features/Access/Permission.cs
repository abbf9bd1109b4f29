using System.Collections.Frozen;

namespace ScenarioHub.Features.Access;

/// <summary>What a route may ask of its caller. Rights are a permission times the caller's own subtree of organizations.</summary>
internal static class Permission
{
    public const string CatalogRead = "catalog.read";
    public const string TenantManage = "tenant.manage";
    public const string UserRead = "user.read";
    public const string UserManage = "user.manage";
    public const string ClientRead = "client.read";
    public const string ClientManage = "client.manage";
    public const string OrganizationRead = "organization.read";
    public const string OrganizationManage = "organization.manage";
    public const string OrganizationMove = "organization.move";
    public const string ScenarioRead = "scenario.read";
    public const string ScenarioWrite = "scenario.write";
    public const string ScenarioReview = "scenario.review";
    public const string FilingRead = "filing.read";
    public const string FilingWrite = "filing.write";
    public const string FilingReview = "filing.review";
    public const string EvidenceWrite = "evidence.write";
    public const string CollectionRead = "collection.read";
    public const string CollectionManage = "collection.manage";
    public const string RollupRead = "rollup.read";
    public const string RuleRead = "rule.read";
    public const string RuleManage = "rule.manage";
    public const string FindingExplain = "finding.explain";
    public const string FindingDecide = "finding.decide";
    public const string PeerRead = "peer.read";
    public const string GoalRead = "goal.read";
    public const string GoalManage = "goal.manage";
    public const string ReportRead = "report.read";
    public const string ReportCreate = "report.create";
    public const string ImportRead = "import.read";
    public const string ImportWrite = "import.write";
    public const string WebhookRead = "webhook.read";
    public const string WebhookManage = "webhook.manage";
    public const string ChangeRead = "change.read";
    public const string JobRead = "job.read";
    public const string AuditRead = "audit.read";
    public const string AuditVerify = "audit.verify";
}

/// <summary>The seven roles and what each may do. Codes are those of <c>ck_user_role_role</c>.</summary>
internal static class Role
{
    public const string Filer = "filer";
    public const string Reviewer = "reviewer";
    public const string EnterpriseAdmin = "enterpriseAdmin";
    public const string Regulator = "regulator";
    public const string RegulatorAdmin = "regulatorAdmin";
    public const string Auditor = "auditor";
    public const string PlatformAdmin = "platformAdmin";

    private static readonly string[] Reading =
        [Permission.CatalogRead, Permission.OrganizationRead, Permission.ScenarioRead, Permission.FilingRead, Permission.CollectionRead, Permission.RollupRead,
         Permission.RuleRead, Permission.PeerRead, Permission.GoalRead, Permission.ReportRead, Permission.ImportRead, Permission.ChangeRead];

    private static readonly string[] Enterprise = [.. Reading, Permission.ScenarioWrite, Permission.FilingWrite, Permission.EvidenceWrite, Permission.FindingExplain, Permission.ImportWrite];

    private static readonly string[] Regulating =
        [.. Reading, Permission.ScenarioReview, Permission.FilingReview, Permission.EvidenceWrite, Permission.CollectionManage, Permission.FindingDecide, Permission.GoalManage, Permission.ReportCreate];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Granted = new Dictionary<string, string[]>
    {
        [Filer] = Enterprise,
        [Reviewer] = [.. Enterprise, Permission.ReportCreate],
        [EnterpriseAdmin] = [.. Enterprise, Permission.ReportCreate, Permission.UserRead, Permission.UserManage, Permission.OrganizationManage, Permission.AuditRead, Permission.WebhookRead, Permission.WebhookManage, Permission.ClientRead, Permission.ClientManage],
        [Regulator] = Regulating,
        [RegulatorAdmin] = [.. Regulating, Permission.UserRead, Permission.UserManage, Permission.OrganizationManage, Permission.OrganizationMove, Permission.RuleManage, Permission.AuditRead, Permission.AuditVerify, Permission.WebhookRead, Permission.WebhookManage, Permission.ClientRead, Permission.ClientManage],
        [Auditor] = [.. Reading, Permission.UserRead, Permission.AuditRead, Permission.AuditVerify, Permission.WebhookRead, Permission.ClientRead],
        [PlatformAdmin] = [Permission.CatalogRead, Permission.TenantManage, Permission.JobRead]
    }.ToFrozenDictionary(p => p.Key, p => p.Value.ToFrozenSet());

    public static IReadOnlyCollection<string> All => Granted.Keys;

    /// <summary>Nobody hands out a role beyond his own side; otherwise the right to add people would be the right to everything.</summary>
    public static bool MayGrant(IEnumerable<string> own, string role) => own.Any(mine => mine switch
    {
        RegulatorAdmin => role != PlatformAdmin,
        EnterpriseAdmin => role is Filer or Reviewer or EnterpriseAdmin,
        PlatformAdmin => role == PlatformAdmin,
        _ => false
    });

    public static IReadOnlySet<string> PermissionsOf(IEnumerable<string> roles) => roles.SelectMany(r => Granted[r]).ToHashSet();
}
