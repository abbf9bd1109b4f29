using System.Collections.Frozen;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Access;

/// <summary>
/// What a client may be given: named groups of permissions, each permission in one of them, so that a route names the one scope it needs. Writing does not include reading.
/// People, clients, webhooks, the audit, rules and reorganizations are kept for people.
/// </summary>
internal static class Scope
{
    /// <summary>Every client may ask who it is and read the reference lists.</summary>
    private static readonly string[] Everyone = [Permission.CatalogRead];

    private static readonly (string Name, Words What, string[] Permissions)[] Defined =
    [
        ("organizations.read", new("读取单位", "Read organizations"), [Permission.OrganizationRead]),
        ("organizations.write", new("新增和修改单位", "Add and revise organizations"), [Permission.OrganizationManage]),
        ("scenarios.read", new("读取场景", "Read scenarios"), [Permission.ScenarioRead]),
        ("scenarios.write", new("登记、修改和提交场景", "Register, revise and submit scenarios"), [Permission.ScenarioWrite]),
        ("filings.read", new("读取填报、填报任务、校验规则和结果", "Read filings, collections, rules and findings"), [Permission.FilingRead, Permission.CollectionRead, Permission.RuleRead]),
        ("filings.write", new("填报、提交,上传佐证,说明校验结果", "File and submit figures, upload evidence, explain findings"), [Permission.FilingWrite, Permission.EvidenceWrite, Permission.FindingExplain]),
        ("reviews.write", new("审核场景和填报,裁定校验结果", "Review scenarios and filings, decide findings"), [Permission.ScenarioReview, Permission.FilingReview, Permission.FindingDecide]),
        ("collections.write", new("发布和管理填报任务", "Open and manage collections"), [Permission.CollectionManage]),
        ("rollups.read", new("读取汇总、目标和同业对标", "Read roll-ups, goals and peers"), [Permission.RollupRead, Permission.GoalRead, Permission.PeerRead]),
        ("goals.write", new("管理目标", "Manage goals"), [Permission.GoalManage]),
        ("reports.read", new("读取报告", "Read reports"), [Permission.ReportRead]),
        ("reports.write", new("生成报告", "Make reports"), [Permission.ReportCreate]),
        ("imports.read", new("读取导入", "Read imports"), [Permission.ImportRead]),
        ("imports.write", new("导入文件", "Import files"), [Permission.ImportWrite]),
        ("changes.read", new("读取变更", "Read the change feed"), [Permission.ChangeRead])
    ];

    private static readonly FrozenDictionary<string, string[]> Granted = Defined.ToFrozenDictionary(s => s.Name, s => s.Permissions);

    /// <summary>Names in the order of the description, and what they say in both languages.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Defined.ToDictionary(s => s.Name, s => $"{s.What.Zh} {s.What.En}");

    public static bool IsOne(string name) => Granted.ContainsKey(name);

    /// <summary>The one scope a permission is part of; empty for what every client may; null for what no client may.</summary>
    public static string? Of(string permission) => Everyone.Contains(permission) ? "" : Defined.FirstOrDefault(s => s.Permissions.Contains(permission)).Name;

    public static IReadOnlySet<string> PermissionsOf(IEnumerable<string> scopes) => scopes.SelectMany(s => Granted.GetValueOrDefault(s, [])).Concat(Everyone).ToHashSet();

    /// <summary>Scopes that hold more than somebody with these permissions may do himself.</summary>
    public static IReadOnlyList<string> Beyond(IReadOnlySet<string> permissions, IEnumerable<string> scopes) =>
        [.. scopes.Where(s => Granted.GetValueOrDefault(s, []).Any(p => !permissions.Contains(p)))];
}
