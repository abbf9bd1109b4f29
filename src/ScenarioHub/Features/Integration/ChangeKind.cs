using System.Globalization;
using ScenarioHub.Features.Access;

namespace ScenarioHub.Features.Integration;

/// <summary>
/// What there can be changes of: who may hear of them, and where the thing is read. A kind that is not here is shown to nobody, so a feature that records a new one adds it (a wall asks).
/// </summary>
/// <param name="Permission">Who may not read the thing does not hear that it changed.</param>
/// <param name="Path">Where it is read, <c>{0}</c> its id; null where it has no address.</param>
internal sealed record ChangeKind(string Code, string Permission, string? Path)
{
    public const string Scenario = "scenario", Filing = "filing", Organization = "organization", Goal = "goal", User = "user";

    public static readonly IReadOnlyList<ChangeKind> All =
    [
        new(Organization, Access.Permission.OrganizationRead, "/api/v1/organizations/{0}"),
        new(Scenario, Access.Permission.ScenarioRead, "/api/v1/scenarios/{0}"),
        new(Filing, Access.Permission.FilingRead, null),   // by its scenario and month
        new("evidence", Access.Permission.FilingRead, "/api/v1/evidence/{0}"),
        new("finding", Access.Permission.FilingRead, "/api/v1/findings/{0}"),
        new("collection", Access.Permission.CollectionRead, "/api/v1/collections/{0}"),
        new("ruleSet", Access.Permission.RuleRead, "/api/v1/rule-sets/{0}"),
        new("rehearsal", Access.Permission.RuleRead, "/api/v1/rehearsals/{0}"),
        new("peerRelease", Access.Permission.PeerRead, null),
        new(Goal, Access.Permission.GoalRead, "/api/v1/goals/{0}"),
        new("report", Access.Permission.ReportRead, "/api/v1/reports/{0}"),
        new(User, Access.Permission.UserRead, null),
        new("import", Access.Permission.ImportRead, "/api/v1/imports/{0}"),
        new("importMapping", Access.Permission.ImportRead, null),
        new("apiClient", Access.Permission.ClientRead, "/api/v1/api-clients/{0}"),
        new("webhook", Access.Permission.WebhookRead, "/api/v1/webhooks/{0}"),
        new("tenant", Access.Permission.ChangeRead, null)
    ];

    public static ChangeKind? Find(string code) => All.FirstOrDefault(k => k.Code == code);

    public string? Link(long id) => Path is null ? null : string.Format(CultureInfo.InvariantCulture, Path, id);
}
