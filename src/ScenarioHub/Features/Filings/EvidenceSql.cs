using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Filings;

/// <summary>Every statement over <c>evidence</c> and <c>evidence_file</c>; rows are inserted by <c>Db.Append</c> and never deleted.</summary>
internal static class EvidenceSql
{
    public static readonly SqlText Same = SqlText.Both("""
        SELECT e.evidence_id
        FROM evidence e
        WHERE e.tenant_id = @TenantId AND e.filing_id = @FilingId AND e.fingerprint = @Fingerprint
        """);

    public static readonly SqlText Find = SqlText.Both("""
        SELECT e.evidence_id AS EvidenceId, e.filing_id AS FilingId, e.measures AS Measures, e.grade AS Grade, e.proves AS Proves,
               e.confirmed_by_name AS ConfirmedByName, e.confirmed_by_office AS ConfirmedByOffice, e.confirmed_on AS ConfirmedOn,
               e.file_name AS FileName, e.media_type AS MediaType, e.size_bytes AS SizeBytes, e.sha256 AS Sha256,
               e.recorded_by AS RecordedBy, u.display_name AS RecordedByName, e.recorded_at AS RecordedAt,
               e.withdrawn_by AS WithdrawnBy, w.display_name AS WithdrawnByName, e.withdrawn_at AS WithdrawnAt, e.withdraw_reason AS WithdrawReason,
               (SELECT COUNT(DISTINCT o.filing_id)
                FROM evidence o
                JOIN filing g ON g.tenant_id = o.tenant_id AND g.filing_id = o.filing_id
                JOIN organization_ancestor b ON b.tenant_id = g.tenant_id AND b.organization_id = g.organization_id
                WHERE o.tenant_id = @TenantId AND g.tenant_id = @TenantId AND b.tenant_id = @TenantId
                  AND b.ancestor_id = @Within
                  AND o.sha256 = e.sha256 AND o.filing_id <> e.filing_id) AS AlsoUsedFor,
               (SELECT COUNT(*)
                FROM organization_ancestor c
                WHERE c.tenant_id = @TenantId AND c.ancestor_id = @Within AND c.organization_id = u.organization_id) AS RecordedWithin
        FROM evidence e
        JOIN filing f ON f.tenant_id = e.tenant_id AND f.filing_id = e.filing_id
        JOIN organization_ancestor a ON a.tenant_id = f.tenant_id AND a.organization_id = f.organization_id
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = e.recorded_by
        LEFT JOIN app_user w ON w.tenant_id = @TenantId AND w.user_id = e.withdrawn_by
        WHERE e.tenant_id = @TenantId AND f.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND e.evidence_id = @EvidenceId
        """);

    // Whether the caller may see the filing was asked before.
    public static readonly SqlText List = SqlText.Page("""
        SELECT e.evidence_id AS EvidenceId, e.filing_id AS FilingId, e.measures AS Measures, e.grade AS Grade, e.proves AS Proves,
               e.confirmed_by_name AS ConfirmedByName, e.confirmed_by_office AS ConfirmedByOffice, e.confirmed_on AS ConfirmedOn,
               e.file_name AS FileName, e.media_type AS MediaType, e.size_bytes AS SizeBytes, e.sha256 AS Sha256,
               e.recorded_by AS RecordedBy, u.display_name AS RecordedByName, e.recorded_at AS RecordedAt,
               e.withdrawn_by AS WithdrawnBy, w.display_name AS WithdrawnByName, e.withdrawn_at AS WithdrawnAt, e.withdraw_reason AS WithdrawReason,
               (SELECT COUNT(DISTINCT o.filing_id)
                FROM evidence o
                JOIN filing g ON g.tenant_id = o.tenant_id AND g.filing_id = o.filing_id
                JOIN organization_ancestor b ON b.tenant_id = g.tenant_id AND b.organization_id = g.organization_id
                WHERE o.tenant_id = @TenantId AND g.tenant_id = @TenantId AND b.tenant_id = @TenantId
                  AND b.ancestor_id = @Within
                  AND o.sha256 = e.sha256 AND o.filing_id <> e.filing_id) AS AlsoUsedFor
        FROM evidence e
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = e.recorded_by
        LEFT JOIN app_user w ON w.tenant_id = @TenantId AND w.user_id = e.withdrawn_by
        WHERE e.tenant_id = @TenantId AND e.filing_id = @FilingId
          AND e.evidence_id > @AfterId
        ORDER BY e.evidence_id
        """);

    public static readonly SqlText OfFiling = SqlText.Both("""
        SELECT e.evidence_id AS EvidenceId, e.filing_id AS FilingId, e.measures AS Measures, e.grade AS Grade, e.proves AS Proves,
               e.confirmed_by_name AS ConfirmedByName, e.confirmed_by_office AS ConfirmedByOffice, e.confirmed_on AS ConfirmedOn,
               e.file_name AS FileName, e.media_type AS MediaType, e.size_bytes AS SizeBytes, e.sha256 AS Sha256,
               e.recorded_by AS RecordedBy, e.recorded_at AS RecordedAt, e.withdrawn_by AS WithdrawnBy, e.withdrawn_at AS WithdrawnAt, e.withdraw_reason AS WithdrawReason
        FROM evidence e
        WHERE e.tenant_id = @TenantId AND e.filing_id = @FilingId
        """);

    public static readonly SqlText File = SqlText.Both("""
        SELECT c.content
        FROM evidence_file c
        WHERE c.tenant_id = @TenantId AND c.evidence_id = @EvidenceId
        """);

    public static readonly SqlText Withdraw = SqlText.Both("""
        UPDATE evidence
        SET withdrawn_by = @UserId,
            withdrawn_at = @Now,
            withdraw_reason = @Reason
        WHERE tenant_id = @TenantId AND evidence_id = @EvidenceId AND withdrawn_at IS NULL
        """);
}
