using ScenarioHub.Platform.Data;

namespace ScenarioHub.Platform.Changes;

/// <summary>Statements that write <c>change_head</c>, <c>change</c> and <c>audit_entry</c>.</summary>
internal static class ChangeSql
{
    public static readonly SqlText OpenHead = SqlText.AcrossTenants("a tenant is opened by somebody who is not of it", """
        INSERT INTO change_head (tenant_id, root_id, last_change_no, last_audit_no, last_sha256) VALUES (@NewTenantId, @RootId, 0, 0, @Beginning)
        """);

    // Changes nothing: from here until the commit no other transaction of the tenant gets a number.
    public static readonly SqlText LockHead = SqlText.Both("""
        UPDATE change_head SET last_change_no = last_change_no WHERE tenant_id = @TenantId
        """);

    public static readonly SqlText ReadHead = SqlText.Both("""
        SELECT h.root_id AS RootId, h.last_change_no AS LastChangeNo, h.last_audit_no AS LastAuditNo, h.last_sha256 AS LastSha256
        FROM change_head h
        WHERE h.tenant_id = @TenantId
        """);

    public static readonly SqlText MoveHead = SqlText.Both("""
        UPDATE change_head
        SET last_change_no = @LastChangeNo,
            last_audit_no = @LastAuditNo,
            last_sha256 = @LastSha256
        WHERE tenant_id = @TenantId
        """);

    public static readonly SqlText InsertEntry = SqlText.Both("""
        INSERT INTO audit_entry (tenant_id, audit_no, occurred_at, act, outcome, refusal, kind, subject_id, organization_id, actor_user_id, actor_name, on_behalf_of,
                                 address, user_agent, trace_id, first_change_no, change_count, changes_sha256, details, previous_sha256, sha256)
        VALUES (@TenantId, @AuditNo, @OccurredAt, @Act, @Outcome, @Refusal, @Kind, @SubjectId, @OrganizationId, @ActorUserId, @ActorName, @OnBehalfOf,
                @Address, @UserAgent, @TraceId, @FirstChangeNo, @ChangeCount, @ChangesSha256, @Details, @PreviousSha256, @Sha256)
        """);
}
