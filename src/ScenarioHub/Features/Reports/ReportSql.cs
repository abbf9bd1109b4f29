using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Reports;

/// <summary>Every statement over <c>report_run</c> and <c>report_file</c>.</summary>
internal static class ReportSql
{
    public static readonly SqlText Insert = SqlText.Both("""
        INSERT INTO report_run (tenant_id, report_id, template, format, period, organization_id, state, progress, closing_no, through_entry_no, requested_by,
                                requested_at, started_at, finished_at, attempts, lease_owner, lease_until, failure, file_name, size_bytes, sha256)
        SELECT @TenantId, @ReportId, @Template, @Format, @Period, a.organization_id, 'queued', 0, NULL, NULL, @UserId,
               @Now, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL
        FROM organization_ancestor a
        WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = @OrganizationId
        """);

    public static readonly SqlText Find = SqlText.Both("""
        SELECT r.report_id AS Id, r.template AS Template, r.format AS Format, r.period AS Period, r.organization_id AS OrganizationId, o.name AS OrganizationName,
               r.state AS State, r.progress AS Progress, r.closing_no AS Closing, r.through_entry_no AS ThroughEntry, r.requested_at AS RequestedAt,
               r.started_at AS StartedAt, r.finished_at AS FinishedAt, r.attempts AS Attempts, r.failure AS Failure, r.file_name AS FileName,
               r.size_bytes AS SizeBytes, r.sha256 AS Sha256
        FROM report_run r
        JOIN organization o ON o.tenant_id = r.tenant_id AND o.organization_id = r.organization_id
        JOIN organization_ancestor a ON a.tenant_id = r.tenant_id AND a.organization_id = r.organization_id
        WHERE r.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND r.report_id = @ReportId
        """);

    public static readonly SqlText List = SqlText.Page("""
        SELECT r.report_id AS Id, r.template AS Template, r.format AS Format, r.period AS Period, r.organization_id AS OrganizationId, o.name AS OrganizationName,
               r.state AS State, r.progress AS Progress, r.closing_no AS Closing, r.through_entry_no AS ThroughEntry, r.requested_at AS RequestedAt,
               r.started_at AS StartedAt, r.finished_at AS FinishedAt, r.attempts AS Attempts, r.failure AS Failure, r.file_name AS FileName,
               r.size_bytes AS SizeBytes, r.sha256 AS Sha256
        FROM report_run r
        JOIN organization o ON o.tenant_id = r.tenant_id AND o.organization_id = r.organization_id
        JOIN organization_ancestor a ON a.tenant_id = r.tenant_id AND a.organization_id = r.organization_id
        WHERE r.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND r.report_id < @Before
        ORDER BY r.report_id DESC
        """);

    public static readonly SqlText FindFile = SqlText.Both("""
        SELECT f.content
        FROM report_file f
        JOIN report_run r ON r.tenant_id = f.tenant_id AND r.report_id = f.report_id
        JOIN organization_ancestor a ON a.tenant_id = r.tenant_id AND a.organization_id = r.organization_id
        WHERE f.tenant_id = @TenantId AND r.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND f.report_id = @ReportId
        """);

    public static readonly SqlText Cancel = SqlText.Both("""
        UPDATE report_run
        SET state = 'cancelled', finished_at = @Now, lease_owner = NULL, lease_until = NULL
        WHERE tenant_id = @TenantId AND report_id = @ReportId AND state IN ('queued', 'running')
        """);

    public static readonly SqlText Unfinished = SqlText.AcrossTenants("the clock asks which runs nobody works on, then works each off as its tenant", """
        SELECT r.tenant_id AS TenantId, r.report_id AS ReportId
        FROM report_run r
        WHERE r.state = 'queued' OR (r.state = 'running' AND r.lease_until < @Now)
        ORDER BY r.report_id
        """);

    public static readonly SqlText DropLeases = SqlText.AcrossTenants("the embedded database has one process: whatever was running when it starts is nobody's", """
        UPDATE report_run SET lease_until = @Now WHERE state = 'running'
        """);

    public static readonly SqlText FindRun = SqlText.AcrossTenants("a job knows the run by its id and becomes its tenant from the row", """
        SELECT r.tenant_id AS TenantId, r.requested_by AS RequestedBy, r.format AS Format, r.period AS Period, r.organization_id AS OrganizationId,
               r.closing_no AS ClosingNo, r.through_entry_no AS ThroughEntryNo
        FROM report_run r
        WHERE r.tenant_id = @RunTenantId AND r.report_id = @ReportId
        """);

    // Only one worker holds a run: whoever this statement writes one row for.
    public static readonly SqlText Claim = SqlText.Both("""
        UPDATE report_run
        SET state = 'running',
            attempts = attempts + 1,
            lease_owner = @Owner,
            lease_until = @LeaseUntil,
            started_at = COALESCE(started_at, @Now),
            progress = 0
        WHERE tenant_id = @TenantId AND report_id = @ReportId
          AND (state = 'queued' OR (state = 'running' AND lease_until < @Now))
        """);

    public static readonly SqlText Pin = SqlText.Both("""
        UPDATE report_run
        SET closing_no = @ClosingNo, through_entry_no = @ThroughEntryNo
        WHERE tenant_id = @TenantId AND report_id = @ReportId AND lease_owner = @Owner AND closing_no IS NULL
        """);

    public static readonly SqlText Advance = SqlText.Both("""
        UPDATE report_run
        SET progress = @Progress, lease_until = @LeaseUntil
        WHERE tenant_id = @TenantId AND report_id = @ReportId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText Finish = SqlText.Both("""
        UPDATE report_run
        SET state = 'done', progress = 100, finished_at = @Now, lease_owner = NULL, lease_until = NULL, failure = NULL,
            file_name = @FileName, size_bytes = @SizeBytes, sha256 = @Sha256
        WHERE tenant_id = @TenantId AND report_id = @ReportId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText GiveUp = SqlText.Both("""
        UPDATE report_run
        SET state = IIF(attempts >= @Allowed, 'failed', 'queued'),
            finished_at = IIF(attempts >= @Allowed, @Now, NULL),
            lease_owner = NULL, lease_until = NULL, failure = @Failure
        WHERE tenant_id = @TenantId AND report_id = @ReportId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText TenantOfRun = SqlText.Both("""
        SELECT t.name_zh AS TenantName, t.is_demo AS IsDemo
        FROM tenant t
        WHERE t.tenant_id = @TenantId
        """);

    // Which scenarios counted, whose they were and in which sector is what the entries of the closing say; under whom and by what name, its tree; the text is the version that stood then.
    // What is no longer public, or has become a state secret since, is not shown again.
    public static readonly SqlText AcceptedScenarios = SqlText.Page("""
        SELECT v.content AS Content, COALESCE(n.name, o.name) AS Enterprise, k.sector AS Sector
        FROM (SELECT e.scenario_id, e.organization_id, e.sector
              FROM scenario s
              JOIN ledger_entry e ON e.tenant_id = s.tenant_id AND e.scenario_id = s.scenario_id
              WHERE s.tenant_id = @TenantId AND e.tenant_id = @TenantId
                AND s.open_scope = 'public' AND s.state_secret = 0
                AND e.book = 'approved' AND e.measure = 'SCN_COUNT' AND e.period <= @Period AND e.entry_no <= @ThroughEntryNo
              GROUP BY e.scenario_id, e.organization_id, e.sector
              HAVING SUM(e.quantity) > 0) k
        JOIN organization_path p ON p.tenant_id = @TenantId AND p.organization_id = k.organization_id
        JOIN organization o ON o.tenant_id = @TenantId AND o.organization_id = k.organization_id
        JOIN scenario_version v ON v.tenant_id = @TenantId AND v.scenario_id = k.scenario_id
        LEFT JOIN organization_name n ON n.tenant_id = @TenantId AND n.organization_id = k.organization_id AND n.from_tree <= @TreeNo AND n.until_tree > @TreeNo
        WHERE p.tenant_id = @TenantId AND o.tenant_id = @TenantId AND v.tenant_id = @TenantId
          AND p.ancestor_id = @OrganizationId AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo AND p.until_period = '9999-99'
          AND v.version = (SELECT MAX(w.version) FROM scenario_version w
                           WHERE w.tenant_id = @TenantId AND w.scenario_id = k.scenario_id AND w.state IN ('approved', 'retired') AND w.at <= @ClosedAt)
        ORDER BY k.scenario_id, k.organization_id, k.sector
        """);
}
