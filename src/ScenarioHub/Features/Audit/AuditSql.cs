using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Audit;

/// <summary>The audit as it is read and verified; its rows are written by <c>Platform/Changes</c>.</summary>
internal static class AuditSql
{
    public static readonly SqlText IsRoot = SqlText.Both("""
        SELECT COUNT(*) FROM organization o WHERE o.tenant_id = @TenantId AND o.organization_id = @Within AND o.parent_id IS NULL
        """);

    public static readonly SqlText LastNo = SqlText.Both("""
        SELECT h.last_audit_no FROM change_head h WHERE h.tenant_id = @TenantId
        """);

    public static readonly SqlText FindUser = SqlText.Both("""
        SELECT u.user_id FROM app_user u WHERE u.tenant_id = @TenantId AND u.user_name = @UserName
        """);

    public static readonly SqlText UsersWithin = SqlText.Both("""
        SELECT u.user_id
        FROM app_user u
        JOIN organization_ancestor a ON a.tenant_id = u.tenant_id AND a.organization_id = u.organization_id
        WHERE u.tenant_id = @TenantId AND a.tenant_id = @TenantId AND a.ancestor_id = @Within AND u.user_id IN @UserIds
        """);

    public static readonly SqlText List = SqlText.Page("""
        SELECT e.audit_no AS AuditNo, e.occurred_at AS OccurredAt, e.act AS Act, e.outcome AS Outcome, e.refusal AS Refusal, e.kind AS Kind, e.subject_id AS SubjectId,
               e.organization_id AS OrganizationId, e.actor_user_id AS ActorUserId, e.actor_name AS ActorName, e.on_behalf_of AS OnBehalfOf, e.address AS Address, e.user_agent AS UserAgent,
               e.trace_id AS TraceId, e.first_change_no AS FirstChangeNo, e.change_count AS ChangeCount, e.changes_sha256 AS ChangesSha256, e.details AS Details,
               e.previous_sha256 AS PreviousSha256, e.sha256 AS Sha256
        FROM audit_entry e
        WHERE e.tenant_id = @TenantId AND e.audit_no < @Before AND e.audit_no >= @Floor AND e.occurred_at >= @Since AND e.occurred_at < @Until
          AND (@Kind IS NULL OR e.kind = @Kind)
          AND (@Who IS NULL OR e.actor_user_id = @Who OR e.on_behalf_of = @Who)
          AND (@IsRoot = 1
               OR EXISTS (SELECT 1 FROM organization_ancestor a
                          WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = e.organization_id)
               OR EXISTS (SELECT 1 FROM change c
                          JOIN organization_ancestor b ON b.tenant_id = c.tenant_id AND b.organization_id = c.organization_id
                          WHERE c.tenant_id = @TenantId AND b.tenant_id = @TenantId AND b.ancestor_id = @Within
                            AND c.change_no >= e.first_change_no AND c.change_no < e.first_change_no + e.change_count))
        ORDER BY e.audit_no DESC
        """);

    public static readonly SqlText ListOfSubject = SqlText.Page("""
        SELECT e.audit_no AS AuditNo, e.occurred_at AS OccurredAt, e.act AS Act, e.outcome AS Outcome, e.refusal AS Refusal, e.kind AS Kind, e.subject_id AS SubjectId,
               e.organization_id AS OrganizationId, e.actor_user_id AS ActorUserId, e.actor_name AS ActorName, e.on_behalf_of AS OnBehalfOf, e.address AS Address, e.user_agent AS UserAgent,
               e.trace_id AS TraceId, e.first_change_no AS FirstChangeNo, e.change_count AS ChangeCount, e.changes_sha256 AS ChangesSha256, e.details AS Details,
               e.previous_sha256 AS PreviousSha256, e.sha256 AS Sha256
        FROM (SELECT c.audit_no AS audit_no FROM change c WHERE c.tenant_id = @TenantId AND c.kind = @Kind AND c.entity_id = @Subject
              UNION
              SELECT s.audit_no AS audit_no FROM audit_entry s WHERE s.tenant_id = @TenantId AND s.kind = @Kind AND s.subject_id = @Subject) x
        JOIN audit_entry e ON e.audit_no = x.audit_no
        WHERE e.tenant_id = @TenantId AND e.audit_no < @Before AND e.occurred_at >= @Since AND e.occurred_at < @Until
          AND (@Who IS NULL OR e.actor_user_id = @Who OR e.on_behalf_of = @Who)
          AND (@IsRoot = 1
               OR EXISTS (SELECT 1 FROM organization_ancestor a
                          WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = e.organization_id)
               OR EXISTS (SELECT 1 FROM change c
                          JOIN organization_ancestor b ON b.tenant_id = c.tenant_id AND b.organization_id = c.organization_id
                          WHERE c.tenant_id = @TenantId AND b.tenant_id = @TenantId AND b.ancestor_id = @Within
                            AND c.change_no >= e.first_change_no AND c.change_no < e.first_change_no + e.change_count))
        ORDER BY e.audit_no DESC
        """);

    // What one entry brought about, as far as it is the reader's to see; of a bulk command the first @Most.
    public static readonly SqlText ChangesOf = SqlText.Both("""
        SELECT c.change_no AS ChangeNo, c.occurred_at AS OccurredAt, c.kind AS Kind, c.action AS Action, c.entity_id AS EntityId, c.organization_id AS OrganizationId, c.version AS Version,
               c.period AS Period, c.actor_user_id AS ActorUserId, c.audit_no AS AuditNo, c.row_check AS RowCheck
        FROM audit_entry e
        JOIN change c ON c.tenant_id = e.tenant_id AND c.change_no >= e.first_change_no AND c.change_no < e.first_change_no + IIF(e.change_count < @Most, e.change_count, @Most)
        WHERE e.tenant_id = @TenantId AND c.tenant_id = @TenantId AND e.audit_no IN @AuditIds
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = c.organization_id)
        ORDER BY c.change_no
        """);

    public static readonly SqlText Head = SqlText.Both("""
        SELECT h.last_change_no AS LastChangeNo, h.last_audit_no AS LastAuditNo, h.last_sha256 AS LastSha256
        FROM change_head h
        WHERE h.tenant_id = @TenantId
        """);

    public static readonly SqlText EntriesAfter = SqlText.Page("""
        SELECT e.audit_no AS AuditNo, e.occurred_at AS OccurredAt, e.act AS Act, e.outcome AS Outcome, e.refusal AS Refusal, e.kind AS Kind, e.subject_id AS SubjectId,
               e.organization_id AS OrganizationId, e.actor_user_id AS ActorUserId, e.actor_name AS ActorName, e.on_behalf_of AS OnBehalfOf, e.address AS Address, e.user_agent AS UserAgent,
               e.trace_id AS TraceId, e.first_change_no AS FirstChangeNo, e.change_count AS ChangeCount, e.changes_sha256 AS ChangesSha256, e.details AS Details,
               e.previous_sha256 AS PreviousSha256, e.sha256 AS Sha256
        FROM audit_entry e
        WHERE e.tenant_id = @TenantId AND e.audit_no > @After
        ORDER BY e.audit_no
        """);

    public static readonly SqlText ChangesBetween = SqlText.Both("""
        SELECT c.change_no AS ChangeNo, c.occurred_at AS OccurredAt, c.kind AS Kind, c.action AS Action, c.entity_id AS EntityId, c.organization_id AS OrganizationId, c.version AS Version,
               c.period AS Period, c.actor_user_id AS ActorUserId, c.audit_no AS AuditNo, c.row_check AS RowCheck
        FROM change c
        WHERE c.tenant_id = @TenantId AND c.change_no > @After AND c.change_no <= @Through
        ORDER BY c.change_no
        """);

    public static readonly SqlText AllTenants = SqlText.AcrossTenants("an operator verifies the audit of every tenant",
        "SELECT t.tenant_id FROM tenant t ORDER BY t.tenant_id");
}
