using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Imports;

/// <summary>Every statement over imports. What a file touches is read from the register and the filings, never written here.</summary>
internal static class ImportSql
{
    // ---- files

    public static readonly SqlText PartsOf = SqlText.Both("""
        SELECT p.part_no
        FROM import_file_part p
        WHERE p.tenant_id = @TenantId AND p.file_id = @FileId
        ORDER BY p.part_no
        """);

    public static readonly SqlText Part = SqlText.Both("""
        SELECT p.content
        FROM import_file_part p
        WHERE p.tenant_id = @TenantId AND p.file_id = @FileId AND p.part_no = @PartNo
        """);

    // Left by a sender who went away, or sent once more with the same Idempotency-Key: no import names them.
    public static readonly SqlText DropUnclaimedParts = SqlText.AcrossTenants("the clock sweeps up files that no import names, whoever sent them", """
        DELETE FROM import_file_part
        WHERE EXISTS (SELECT 1 FROM import_file f WHERE f.tenant_id = import_file_part.tenant_id AND f.file_id = import_file_part.file_id AND f.received_at < @Before)
          AND NOT EXISTS (SELECT 1 FROM import_run r WHERE r.tenant_id = import_file_part.tenant_id AND r.file_id = import_file_part.file_id)
        """);

    public static readonly SqlText DropUnclaimedFiles = SqlText.AcrossTenants("the clock sweeps up files that no import names, whoever sent them", """
        DELETE FROM import_file
        WHERE received_at < @Before
          AND NOT EXISTS (SELECT 1 FROM import_run r WHERE r.tenant_id = import_file.tenant_id AND r.file_id = import_file.file_id)
        """);

    // ---- asking, looking, stopping

    public static readonly SqlText Insert = SqlText.Both("""
        INSERT INTO import_run (tenant_id, import_id, organization_id, kind, file_id, source, mapping, mapping_version, on_problem, submits, validate_only, state, stage,
                                premises, receipt, checked_at, by_receipt, read_rows, total_rows, total_entries, done_entries, created, updated, unchanged, refused, submitted, findings,
                                failure, failure_about, requested_by, requested_at, started_at, finished_at, attempts, lease_owner, lease_until)
        VALUES (@TenantId, @ImportId, @OrganizationId, @Kind, @FileId, @Source, @Mapping, @MappingVersion, @OnProblem, @Submits, @ValidateOnly, 'queued', @Stage,
                @Premises, @Receipt, @CheckedAt, @ByReceipt, 0, NULL, NULL, 0, 0, 0, 0, 0, 0, 0,
                NULL, NULL, @UserId, @Now, NULL, NULL, 0, NULL, NULL)
        """);

    public static readonly SqlText Find = SqlText.Both("""
        SELECT r.import_id AS Id, r.kind AS Kind, r.organization_id AS OrganizationId, o.name AS OrganizationName, f.name AS FileName, f.size_bytes AS SizeBytes, f.sha256 AS Sha256, r.file_id AS FileId,
               r.source AS Source, r.mapping_version AS MappingVersion, r.on_problem AS OnProblem, r.submits AS Submits, r.validate_only AS ValidateOnly, r.by_receipt AS ByReceipt,
               r.state AS State, r.stage AS Stage, r.premises AS Premises, r.receipt AS Receipt, r.checked_at AS CheckedAt,
               r.read_rows AS ReadRows, r.total_rows AS TotalRows, r.total_entries AS TotalEntries, r.done_entries AS DoneEntries,
               r.created AS Created, r.updated AS Updated, r.unchanged AS Unchanged, r.refused AS Refused, r.submitted AS Submitted,
               r.failure AS Failure, r.failure_about AS FailureAbout, r.requested_by AS RequestedBy, r.requested_at AS RequestedAt, r.started_at AS StartedAt, r.finished_at AS FinishedAt, r.attempts AS Attempts, r.findings AS Findings
        FROM import_run r
        JOIN import_file f ON f.tenant_id = r.tenant_id AND f.file_id = r.file_id
        JOIN organization o ON o.tenant_id = r.tenant_id AND o.organization_id = r.organization_id
        JOIN organization_ancestor a ON a.tenant_id = r.tenant_id AND a.organization_id = r.organization_id
        WHERE r.tenant_id = @TenantId AND f.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND r.import_id = @ImportId
        """);

    public static readonly SqlText List = SqlText.Page("""
        SELECT r.import_id AS Id, r.kind AS Kind, r.organization_id AS OrganizationId, o.name AS OrganizationName, f.name AS FileName, f.size_bytes AS SizeBytes, f.sha256 AS Sha256, r.file_id AS FileId,
               r.source AS Source, r.mapping_version AS MappingVersion, r.on_problem AS OnProblem, r.submits AS Submits, r.validate_only AS ValidateOnly, r.by_receipt AS ByReceipt,
               r.state AS State, r.stage AS Stage, r.premises AS Premises, r.receipt AS Receipt, r.checked_at AS CheckedAt,
               r.read_rows AS ReadRows, r.total_rows AS TotalRows, r.total_entries AS TotalEntries, r.done_entries AS DoneEntries,
               r.created AS Created, r.updated AS Updated, r.unchanged AS Unchanged, r.refused AS Refused, r.submitted AS Submitted,
               r.failure AS Failure, r.failure_about AS FailureAbout, r.requested_by AS RequestedBy, r.requested_at AS RequestedAt, r.started_at AS StartedAt, r.finished_at AS FinishedAt, r.attempts AS Attempts, r.findings AS Findings
        FROM import_run r
        JOIN import_file f ON f.tenant_id = r.tenant_id AND f.file_id = r.file_id
        JOIN organization o ON o.tenant_id = r.tenant_id AND o.organization_id = r.organization_id
        JOIN organization_ancestor a ON a.tenant_id = r.tenant_id AND a.organization_id = r.organization_id
        WHERE r.tenant_id = @TenantId AND f.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND r.import_id < @Before
        ORDER BY r.import_id DESC
        """);

    public static readonly SqlText ByReceipt = SqlText.Page("""
        SELECT r.import_id
        FROM import_run r
        JOIN organization_ancestor a ON a.tenant_id = r.tenant_id AND a.organization_id = r.organization_id
        WHERE r.tenant_id = @TenantId AND a.tenant_id = @TenantId AND a.ancestor_id = @Within AND r.receipt = @Receipt
        ORDER BY r.import_id
        """);

    public static readonly SqlText Findings = SqlText.Page("""
        SELECT n.sheet_no AS SheetNo, n.row_no AS RowNo, n.finding_no AS FindingNo, n.sheet AS Sheet, n.cell AS Cell, n.external_key AS ExternalKey, n.pointer AS Pointer,
               n.code AS Code, n.rule_id AS RuleId, n.severity AS Severity, n.is_refusal AS IsRefusal, n.message_zh AS MessageZh, n.message_en AS MessageEn, n.right_zh AS RightZh, n.right_en AS RightEn
        FROM import_finding n
        WHERE n.tenant_id = @TenantId AND n.import_id = @ImportId
          AND (@Severity IS NULL OR n.severity = @Severity)
          AND (n.sheet_no > @AfterSheet OR (n.sheet_no = @AfterSheet AND (n.row_no > @AfterRow OR (n.row_no = @AfterRow AND n.finding_no > @AfterFinding))))
        ORDER BY n.sheet_no, n.row_no, n.finding_no
        """);

    public static readonly SqlText CountFindings = SqlText.Both("""
        SELECT COUNT(*) FROM import_finding n WHERE n.tenant_id = @TenantId AND n.import_id = @ImportId AND (@Severity IS NULL OR n.severity = @Severity)
        """);

    public static readonly SqlText Commit = SqlText.Both("""
        UPDATE import_run
        SET state = 'queued', stage = 'checking', validate_only = 0, by_receipt = 1, finished_at = NULL, done_entries = 0, requested_by = @UserId
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND state = 'checked'
        """);

    // The file was sent again with the receipt of a dry run: this run is held to what that one came to.
    public static readonly SqlText CopyChunks = SqlText.Both("""
        INSERT INTO import_chunk (tenant_id, import_id, chunk_no, first_row, last_row, entries, touched_sha256, outcome_sha256, is_committed)
        SELECT @TenantId, @ImportId, c.chunk_no, c.first_row, c.last_row, c.entries, c.touched_sha256, c.outcome_sha256, 0
        FROM import_chunk c
        WHERE c.tenant_id = @TenantId AND c.import_id = @CheckedId
        """);

    public static readonly SqlText CopyFindings = SqlText.Both("""
        INSERT INTO import_finding (tenant_id, import_id, sheet_no, row_no, finding_no, chunk_no, sheet, cell, external_key, pointer, code, rule_id, severity, is_refusal, message_zh, message_en, right_zh, right_en)
        SELECT @TenantId, @ImportId, n.sheet_no, n.row_no, n.finding_no, n.chunk_no, n.sheet, n.cell, n.external_key, n.pointer, n.code, n.rule_id, n.severity, n.is_refusal, n.message_zh, n.message_en, n.right_zh, n.right_en
        FROM import_finding n
        WHERE n.tenant_id = @TenantId AND n.import_id = @CheckedId
        """);

    public static readonly SqlText Cancel = SqlText.Both("""
        UPDATE import_run
        SET state = 'cancelled', finished_at = @Now, lease_owner = NULL, lease_until = NULL
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND state IN ('queued', 'running', 'checked')
        """);

    // ---- working an import off

    public static readonly SqlText Unfinished = SqlText.AcrossTenants("the clock asks which imports nobody works on, then works each off as whoever sent it", """
        SELECT r.tenant_id AS TenantId, r.import_id AS ImportId
        FROM import_run r
        WHERE r.state = 'queued' OR (r.state = 'running' AND r.lease_until < @Now)
        ORDER BY r.import_id
        """);

    public static readonly SqlText DropLeases = SqlText.AcrossTenants("the embedded database has one process: whatever was running when it starts is nobody's", """
        UPDATE import_run SET lease_until = @Now WHERE state = 'running'
        """);

    public static readonly SqlText FindRun = SqlText.AcrossTenants("a job knows the import by its id and becomes whoever sent it from the row", """
        SELECT r.tenant_id AS TenantId, r.requested_by AS RequestedBy
        FROM import_run r
        WHERE r.tenant_id = @RunTenantId AND r.import_id = @ImportId
        """);

    public static readonly SqlText ReadRun = SqlText.Both("""
        SELECT r.import_id AS ImportId, r.kind AS Kind, r.file_id AS FileId, f.name AS FileName, f.sha256 AS Sha256, r.source AS Source, r.mapping AS Mapping, r.mapping_version AS MappingVersion,
               r.on_problem AS OnProblem, r.submits AS Submits, r.validate_only AS ValidateOnly, r.by_receipt AS ByReceipt, r.stage AS Stage, r.premises AS Premises, r.checked_at AS CheckedAt,
               r.organization_id AS OrganizationId
        FROM import_run r
        JOIN import_file f ON f.tenant_id = r.tenant_id AND f.file_id = r.file_id
        WHERE r.tenant_id = @TenantId AND f.tenant_id = @TenantId AND r.import_id = @ImportId AND r.lease_owner = @Owner
        """);

    public static readonly SqlText Claim = SqlText.Both("""
        UPDATE import_run
        SET state = 'running', attempts = attempts + 1, lease_owner = @Owner, lease_until = @LeaseUntil, started_at = COALESCE(started_at, @Now), failure = NULL, failure_about = NULL
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND (state = 'queued' OR (state = 'running' AND lease_until < @Now))
        """);

    public static readonly SqlText MarkRead = SqlText.Both("""
        UPDATE import_run
        SET read_rows = @ReadRows, lease_until = @LeaseUntil
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText MarkWhole = SqlText.Both("""
        UPDATE import_run
        SET read_rows = @Rows, total_rows = @Rows, total_entries = @Entries, lease_until = @LeaseUntil
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText CountFindingsAnew = SqlText.Both("""
        UPDATE import_run
        SET findings = @Findings
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText BeginStage = SqlText.Both("""
        UPDATE import_run
        SET stage = @Stage, premises = COALESCE(premises, @Premises), done_entries = 0, created = 0, updated = 0, unchanged = 0, submitted = 0, refused = @Refused, lease_until = @LeaseUntil
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText Advance = SqlText.Both("""
        UPDATE import_run
        SET done_entries = done_entries + @Entries, created = created + @Created, updated = updated + @Updated, unchanged = unchanged + @Unchanged,
            refused = refused + @Refused, submitted = submitted + @Submitted, findings = findings + @Findings, lease_until = @LeaseUntil
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText Finish = SqlText.Both("""
        UPDATE import_run
        SET state = @State, finished_at = @Now, lease_owner = NULL, lease_until = NULL, failure = @Failure, failure_about = @FailureAbout,
            receipt = COALESCE(@Receipt, receipt), checked_at = COALESCE(@CheckedAt, checked_at)
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText GiveUp = SqlText.Both("""
        UPDATE import_run
        SET state = IIF(attempts >= @Allowed, 'failed', 'queued'), finished_at = IIF(attempts >= @Allowed, @Now, NULL), lease_owner = NULL, lease_until = NULL, failure = @Failure
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText ForgetFindings = SqlText.Both("""
        DELETE FROM import_finding WHERE tenant_id = @TenantId AND import_id = @ImportId AND chunk_no >= @FromChunk AND chunk_no <= @ToChunk
        """);

    public static readonly SqlText ForgetChunks = SqlText.Both("DELETE FROM import_chunk WHERE tenant_id = @TenantId AND import_id = @ImportId AND is_committed = 0");

    public static readonly SqlText Chunks = SqlText.Both("""
        SELECT c.chunk_no AS ChunkNo, c.touched_sha256 AS Touched, c.outcome_sha256 AS Outcome, c.is_committed AS IsCommitted
        FROM import_chunk c
        WHERE c.tenant_id = @TenantId AND c.import_id = @ImportId
        ORDER BY c.chunk_no
        """);

    public static readonly SqlText CommitChunk = SqlText.Both("""
        UPDATE import_chunk
        SET is_committed = 1, outcome_sha256 = @Outcome
        WHERE tenant_id = @TenantId AND import_id = @ImportId AND chunk_no = @ChunkNo AND is_committed = 0
        """);

    // ---- mappings

    public static readonly SqlText FindMapping = SqlText.Both("""
        SELECT m.source AS Source, m.version AS Version, m.content AS Content, u.display_name AS UpdatedByName, m.updated_at AS UpdatedAt
        FROM import_mapping m
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = m.updated_by
        WHERE m.tenant_id = @TenantId AND m.organization_id = @Within AND m.source = @Source
        """);

    public static readonly SqlText InsertMapping = SqlText.Both("""
        INSERT INTO import_mapping (tenant_id, organization_id, source, version, content, updated_by, updated_at)
        SELECT @TenantId, o.organization_id, @Source, 1, @Content, @UserId, @Now
        FROM organization o
        WHERE o.tenant_id = @TenantId AND o.organization_id = @Within
          AND NOT EXISTS (SELECT 1 FROM import_mapping m WHERE m.tenant_id = @TenantId AND m.organization_id = @Within AND m.source = @Source)
        """);

    public static readonly SqlText ReviseMapping = SqlText.Both("""
        UPDATE import_mapping
        SET version = version + 1, content = @Content, updated_by = @UserId, updated_at = @Now
        WHERE tenant_id = @TenantId AND organization_id = @Within AND source = @Source AND version = @Version
        """);

    // ---- what a file touches

    public static readonly SqlText ScenariosByCode = SqlText.Both("""
        SELECT s.code AS Name, s.scenario_id AS ScenarioId
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.code IN @ScenarioCodes
        """);

    public static readonly SqlText ScenariosByKey = SqlText.Both("""
        SELECT k.external_key AS Name, k.scenario_id AS ScenarioId
        FROM scenario_external_key k
        WHERE k.tenant_id = @TenantId AND k.source = @Source AND k.external_key IN @ExternalKeyTexts
        """);

    public static readonly SqlText TouchedScenarios = SqlText.Both("""
        SELECT s.scenario_id AS ScenarioId, s.version AS Version, t.organization_id AS OrganizationId, t.sector AS Sector, t.first_period AS FirstPeriod, t.retired_period AS RetiredPeriod
        FROM scenario s
        LEFT JOIN scenario_standing t ON t.tenant_id = @TenantId AND t.scenario_id = s.scenario_id
        WHERE s.tenant_id = @TenantId AND s.scenario_id IN @ScenarioIds
        ORDER BY s.scenario_id
        """);

    public static readonly SqlText TouchedFilings = SqlText.Both("""
        SELECT f.scenario_id AS ScenarioId, f.period AS Period, f.revision AS Revision, f.state AS State
        FROM filing f
        WHERE f.tenant_id = @TenantId AND f.scenario_id IN @ScenarioIds AND f.period IN @PeriodCodes
        ORDER BY f.scenario_id, f.period
        """);

    public static readonly SqlText TouchedLocks = SqlText.Both("""
        SELECT t.scenario_id AS ScenarioId, l.period AS Period
        FROM scenario_standing t
        JOIN organization_ancestor a ON a.tenant_id = t.tenant_id AND a.organization_id = t.organization_id
        JOIN filing_lock l ON l.tenant_id = a.tenant_id AND l.organization_id = a.ancestor_id
        WHERE t.tenant_id = @TenantId AND a.tenant_id = @TenantId AND l.tenant_id = @TenantId
          AND t.scenario_id IN @ScenarioIds AND l.period IN @PeriodCodes AND (l.sector = '' OR l.sector = t.sector)
        GROUP BY t.scenario_id, l.period
        ORDER BY t.scenario_id, l.period
        """);

    // What the rules found in what this transaction submitted, or would have.
    public static readonly SqlText RuleFindings = SqlText.Both("""
        SELECT d.filing_id AS FilingId, d.rule_id AS RuleId, d.severity AS Severity, d.measure AS Measure, d.state AS State, d.about AS About,
               d.found_zh AS FoundZh, d.found_en AS FoundEn, d.right_zh AS RightZh, d.right_en AS RightEn
        FROM finding d
        JOIN filing f ON f.tenant_id = d.tenant_id AND f.filing_id = d.filing_id AND f.version = d.filing_version
        WHERE d.tenant_id = @TenantId AND f.tenant_id = @TenantId AND d.filing_id IN @FilingIds AND d.state <> 'gone'
        ORDER BY d.filing_id, d.measure, d.rule_id
        """);
}
