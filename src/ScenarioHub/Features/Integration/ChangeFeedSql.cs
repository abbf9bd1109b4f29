using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Integration;

/// <summary>The change feed as it is read; its rows are written by <c>Platform/Changes</c>.</summary>
internal static class ChangeFeedSql
{
    public static readonly SqlText Ends = SqlText.Both("""
        SELECT h.last_change_no AS Last,
               COALESCE((SELECT MIN(c.change_no) FROM change c WHERE c.tenant_id = @TenantId), h.last_change_no + 1) AS First
        FROM change_head h
        WHERE h.tenant_id = @TenantId
        """);

    public static readonly SqlText Last = SqlText.Both("""
        SELECT h.last_change_no FROM change_head h WHERE h.tenant_id = @TenantId
        """);

    public static readonly SqlText List = SqlText.Page("""
        SELECT c.change_no AS No, c.kind AS Kind, c.action AS Action, c.entity_id AS Id, c.organization_id AS OrganizationId, c.version AS Version, c.period AS Period, c.occurred_at AS OccurredAt
        FROM change c
        WHERE c.tenant_id = @TenantId AND c.change_no > @After AND c.change_no <= @Through
          AND c.kind IN @KindCodes
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = c.organization_id)
        ORDER BY c.change_no
        """);

    public static readonly SqlText ScenariosOfFilings = SqlText.Both("""
        SELECT f.filing_id AS Id, f.scenario_id AS ScenarioId FROM filing f WHERE f.tenant_id = @TenantId AND f.filing_id IN @FilingIds
        """);

    public static readonly SqlText ScenarioCodes = SqlText.Both("""
        SELECT s.scenario_id AS Id, s.code AS Code FROM scenario s WHERE s.tenant_id = @TenantId AND s.scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText ScenarioKeys = SqlText.Both("""
        SELECT k.scenario_id AS Id, k.source AS Source, k.external_key AS ExternalKey
        FROM scenario_external_key k
        WHERE k.tenant_id = @TenantId AND k.scenario_id IN @ScenarioIds
        ORDER BY k.source, k.external_key
        """);

    public static readonly SqlText CreditCodes = SqlText.Both("""
        SELECT o.organization_id AS Id, o.credit_code AS Code FROM organization o WHERE o.tenant_id = @TenantId AND o.organization_id IN @OrganizationIds
        """);

    public static readonly SqlText GoalCodes = SqlText.Both("""
        SELECT g.goal_id AS Id, g.code AS Code FROM goal g WHERE g.tenant_id = @TenantId AND g.goal_id IN @GoalIds
        """);

    public static readonly SqlText UserNames = SqlText.Both("""
        SELECT u.user_id AS Id, u.user_name AS Code FROM app_user u WHERE u.tenant_id = @TenantId AND u.user_id IN @UserIds
        """);
}
