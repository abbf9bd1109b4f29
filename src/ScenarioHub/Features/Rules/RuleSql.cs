using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Rules;

/// <summary>Every statement over rule sets, findings and rehearsals. What is judged is read from filings, the register and the ledger's totals.</summary>
internal static class RuleSql
{
    // ---- rule sets

    public static readonly SqlText InForce = SqlText.Page("""
        SELECT s.rule_set_id AS Id, s.number AS Number, s.effective_on AS EffectiveOn
        FROM rule_set s
        WHERE s.tenant_id = @TenantId AND s.state = 'published' AND s.effective_on <= @Today
        ORDER BY s.effective_on DESC, s.number DESC
        """);

    public static readonly SqlText RulesOf = SqlText.Both("""
        SELECT r.rule_id AS RuleId, r.severity AS Severity, r.is_enabled AS IsEnabled, r.parameters AS Parameters
        FROM rule_set_rule r
        WHERE r.tenant_id = @TenantId AND r.rule_set_id = @RuleSetId
        """);

    public static readonly SqlText FindSet = SqlText.Both("""
        SELECT s.rule_set_id AS Id, s.number AS Number, s.state AS State, s.effective_on AS EffectiveOn, s.note AS Note, s.version AS Version,
               u.display_name AS CreatedByName, s.created_at AS CreatedAt, s.updated_at AS UpdatedAt, w.display_name AS PublishedByName, s.published_at AS PublishedAt
        FROM rule_set s
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = s.created_by
        LEFT JOIN app_user w ON w.tenant_id = @TenantId AND w.user_id = s.published_by
        WHERE s.tenant_id = @TenantId AND s.rule_set_id = @RuleSetId
        """);

    public static readonly SqlText ListSets = SqlText.Page("""
        SELECT s.rule_set_id AS Id, s.number AS Number, s.state AS State, s.effective_on AS EffectiveOn, s.note AS Note, s.version AS Version,
               u.display_name AS CreatedByName, s.created_at AS CreatedAt, s.updated_at AS UpdatedAt, w.display_name AS PublishedByName, s.published_at AS PublishedAt
        FROM rule_set s
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = s.created_by
        LEFT JOIN app_user w ON w.tenant_id = @TenantId AND w.user_id = s.published_by
        WHERE s.tenant_id = @TenantId AND s.number < @BeforeNo
        ORDER BY s.number DESC
        """);

    // The next number and the row are one statement; of two at once the unique key turns one down, and it is run again.
    public static readonly SqlText InsertSet = SqlText.Both("""
        INSERT INTO rule_set (tenant_id, rule_set_id, number, state, effective_on, note, version, created_by, created_at, updated_at, published_by, published_at)
        SELECT @TenantId, @RuleSetId, COALESCE(MAX(s.number), 1) + 1, 'draft', NULL, @Note, 1, @UserId, @Now, @Now, NULL, NULL
        FROM rule_set s
        WHERE s.tenant_id = @TenantId
        """);

    public static readonly SqlText TouchSet = SqlText.Both("""
        UPDATE rule_set
        SET note = @Note, version = version + 1, updated_at = @Now
        WHERE tenant_id = @TenantId AND rule_set_id = @RuleSetId AND state = 'draft' AND version = @Version
        """);

    public static readonly SqlText DropRules = SqlText.Both("DELETE FROM rule_set_rule WHERE tenant_id = @TenantId AND rule_set_id = @RuleSetId");

    public static readonly SqlText PublishSet = SqlText.Both("""
        UPDATE rule_set
        SET state = 'published', effective_on = @EffectiveOn, version = version + 1, updated_at = @Now, published_by = @UserId, published_at = @Now
        WHERE tenant_id = @TenantId AND rule_set_id = @RuleSetId AND state = 'draft'
        """);

    public static readonly SqlText IsRoot = SqlText.Both("""
        SELECT COUNT(*) FROM organization o WHERE o.tenant_id = @TenantId AND o.organization_id = @Within AND o.parent_id IS NULL
        """);

    // ---- what is judged: a handful of statements, however many filings

    // Live is what the books stand on: the version under review, else the approved one. Otherwise it is the newest, as it is about to be submitted.
    public static readonly SqlText Entries = SqlText.Both("""
        SELECT f.filing_id AS FilingId, CASE WHEN @Live = 1 AND f.state <> 'submitted' THEN f.approved_version ELSE f.version END AS Version,
               f.scenario_id AS ScenarioId, f.organization_id AS OrganizationId, f.period AS Period,
               COALESCE(t.sector, '') AS Sector, t.capex_total_fen AS CapexTotalFen, s.opex_year_fen AS OpexYearFen, s.go_live_on AS GoLiveOn
        FROM filing f
        JOIN scenario s ON s.tenant_id = f.tenant_id AND s.scenario_id = f.scenario_id
        LEFT JOIN scenario_standing t ON t.tenant_id = @TenantId AND t.scenario_id = f.scenario_id
        WHERE f.tenant_id = @TenantId AND s.tenant_id = @TenantId AND f.filing_id IN @FilingIds
        """);

    public static readonly SqlText Figures = SqlText.Both("""
        SELECT x.filing_id AS FilingId, x.measure AS Measure, x.state AS State, x.grade AS Grade, x.quantity AS Quantity, x.denominator AS Denominator,
               x.baseline_quantity AS BaselineQuantity, x.target_quantity AS TargetQuantity, x.note AS Note,
               m.baseline_period AS BaselinePeriod, m.target_quantity AS PromisedTarget, m.target_denominator AS PromisedDenominator, m.target_on AS TargetOn
        FROM filing f
        JOIN filing_figure x ON x.tenant_id = f.tenant_id AND x.filing_id = f.filing_id
         AND x.version = CASE WHEN @Live = 1 AND f.state <> 'submitted' THEN f.approved_version ELSE f.version END
        LEFT JOIN scenario_measure m ON m.tenant_id = @TenantId AND m.scenario_id = f.scenario_id AND m.measure = x.measure
        WHERE f.tenant_id = @TenantId AND x.tenant_id = @TenantId AND f.filing_id IN @FilingIds
        ORDER BY x.filing_id, x.measure
        """);

    // One row a filing and measure: all earlier months added up, and what was reported in the last twelve written one beside the other. A row a month would be a million for ten thousand filings.
    public static readonly SqlText Past = SqlText.Both("""
        SELECT f.filing_id AS FilingId, x.measure AS Measure, SUM(x.quantity) AS Total,
               STRING_AGG(CASE WHEN x.state = 'reported' AND h.period >= CONCAT(CAST(SUBSTRING(f.period, 1, 4) AS int) - 1, SUBSTRING(f.period, 5, 3))
                               THEN CONCAT(h.period, ' ', x.quantity, ' ', x.denominator) ELSE NULL END, ';') AS Months
        FROM filing f
        JOIN filing h ON h.tenant_id = f.tenant_id AND h.scenario_id = f.scenario_id AND h.period < f.period
        JOIN filing_figure x ON x.tenant_id = h.tenant_id AND x.filing_id = h.filing_id AND x.version = h.approved_version
        WHERE f.tenant_id = @TenantId AND h.tenant_id = @TenantId AND x.tenant_id = @TenantId AND f.filing_id IN @FilingIds
        GROUP BY f.filing_id, x.measure
        """);

    public static readonly SqlText PeerTotals = SqlText.Both("""
        SELECT t.measure AS Measure, t.sector AS Sector, t.period AS Period, SUM(t.quantity) AS Quantity, SUM(t.figures) AS Figures
        FROM ledger_total t
        WHERE t.tenant_id = @TenantId AND t.book = 'approved' AND t.measure IN @MeasureCodes AND t.until_closing = 9223372036854775807
          AND t.aspect = 'sector' AND t.period BETWEEN @From AND @To AND t.sector IN @SectorCodes AND t.figure_state = 'reported'
        GROUP BY t.measure, t.sector, t.period
        """);

    public static readonly SqlText FindingsOfFilings = SqlText.Both("""
        SELECT d.finding_id AS FindingId, d.filing_id AS FilingId, d.filing_version AS FilingVersion, d.rule_id AS RuleId, d.severity AS Severity, d.measure AS Measure,
               d.about AS About, d.state AS State, d.explanation AS Explanation, d.explanation_key AS ExplanationKey, d.explanation_doubt AS ExplanationDoubt,
               d.explained_by AS ExplainedBy, d.explained_at AS ExplainedAt, d.decided_by AS DecidedBy, d.decided_at AS DecidedAt, d.decision_reason AS DecisionReason
        FROM finding d
        WHERE d.tenant_id = @TenantId AND d.filing_id IN @FilingIds
        ORDER BY d.finding_id
        """);

    public static readonly SqlText MarkGone = SqlText.Both("""
        UPDATE finding
        SET state = 'gone', gone_at = @Now
        WHERE tenant_id = @TenantId AND finding_id IN @FindingIds
        """);

    // Approving a filing is accepting what was found and said of it: what is open afterwards still waits for somebody.
    public static readonly SqlText AcceptOfApproved = SqlText.Both("""
        UPDATE finding
        SET state = 'accepted', decided_by = @UserId, decided_at = @Now
        WHERE tenant_id = @TenantId AND filing_id IN @FilingIds AND state IN ('open', 'explained')
        """);

    // ---- checking without submitting

    public static readonly SqlText Visible = SqlText.Both("""
        SELECT f.filing_id AS FilingId, f.state AS State, f.version AS Version
        FROM filing f
        JOIN organization_ancestor a ON a.tenant_id = f.tenant_id AND a.organization_id = f.organization_id
        WHERE f.tenant_id = @TenantId AND a.tenant_id = @TenantId AND a.ancestor_id = @Within AND f.filing_id IN @FilingIds
        """);

    public static readonly SqlText FilingsByFilter = SqlText.Page("""
        SELECT f.filing_id
        FROM filing f
        JOIN organization_ancestor a ON a.tenant_id = f.tenant_id AND a.organization_id = f.organization_id
        JOIN organization_ancestor o ON o.tenant_id = f.tenant_id AND o.organization_id = f.organization_id
        WHERE f.tenant_id = @TenantId AND a.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND o.ancestor_id = @OrganizationId
          AND f.state = @State
          AND f.period BETWEEN @From AND @To
          AND (@ScenarioId IS NULL OR f.scenario_id = @ScenarioId)
        ORDER BY f.filing_id
        """);

    // ---- findings: reading, explaining, deciding

    public static readonly SqlText FindFinding = SqlText.Both("""
        SELECT d.finding_id AS Id, d.filing_id AS FilingId, d.filing_version AS FilingVersion, f.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               f.organization_id AS OrganizationId, g.name AS OrganizationName, d.period AS Period, d.rule_set_number AS RuleSetNumber, d.rule_id AS RuleId,
               d.severity AS Severity, d.measure AS Measure, d.state AS State, d.found_zh AS FoundZh, d.found_en AS FoundEn, d.right_zh AS RightZh, d.right_en AS RightEn,
               d.made_at AS MadeAt, d.explanation AS Explanation, d.explanation_doubt AS ExplanationDoubt, u.display_name AS ExplainedByName, d.explained_at AS ExplainedAt,
               w.display_name AS DecidedByName, d.decided_at AS DecidedAt, d.decision_reason AS DecisionReason, d.gone_at AS GoneAt
        FROM finding d
        JOIN filing f ON f.tenant_id = d.tenant_id AND f.filing_id = d.filing_id
        JOIN scenario s ON s.tenant_id = d.tenant_id AND s.scenario_id = f.scenario_id
        JOIN organization g ON g.tenant_id = d.tenant_id AND g.organization_id = f.organization_id
        JOIN organization_ancestor a ON a.tenant_id = d.tenant_id AND a.organization_id = f.organization_id
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = d.explained_by
        LEFT JOIN app_user w ON w.tenant_id = @TenantId AND w.user_id = d.decided_by
        WHERE d.tenant_id = @TenantId AND f.tenant_id = @TenantId AND s.tenant_id = @TenantId AND g.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND d.finding_id = @FindingId
        """);

    public static readonly SqlText ListFindings = SqlText.Page("""
        SELECT d.finding_id AS Id, d.filing_id AS FilingId, d.filing_version AS FilingVersion, f.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               f.organization_id AS OrganizationId, g.name AS OrganizationName, d.period AS Period, d.rule_set_number AS RuleSetNumber, d.rule_id AS RuleId,
               d.severity AS Severity, d.measure AS Measure, d.state AS State, d.found_zh AS FoundZh, d.found_en AS FoundEn, d.right_zh AS RightZh, d.right_en AS RightEn,
               d.made_at AS MadeAt, d.explanation AS Explanation, d.explanation_doubt AS ExplanationDoubt, u.display_name AS ExplainedByName, d.explained_at AS ExplainedAt,
               w.display_name AS DecidedByName, d.decided_at AS DecidedAt, d.decision_reason AS DecisionReason, d.gone_at AS GoneAt
        FROM finding d
        JOIN filing f ON f.tenant_id = d.tenant_id AND f.filing_id = d.filing_id
        JOIN scenario s ON s.tenant_id = d.tenant_id AND s.scenario_id = f.scenario_id
        JOIN organization g ON g.tenant_id = d.tenant_id AND g.organization_id = f.organization_id
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = d.explained_by
        LEFT JOIN app_user w ON w.tenant_id = @TenantId AND w.user_id = d.decided_by
        WHERE d.tenant_id = @TenantId AND f.tenant_id = @TenantId AND s.tenant_id = @TenantId AND g.tenant_id = @TenantId
          AND d.finding_id < @BeforeId
          AND (@Severity IS NULL OR d.severity = @Severity)
          AND (@RuleId IS NULL OR d.rule_id = @RuleId)
          AND (@Period IS NULL OR d.period = @Period)
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = f.organization_id)
          AND EXISTS (SELECT 1 FROM organization_ancestor o
                      WHERE o.tenant_id = @TenantId AND o.ancestor_id = @OrganizationId AND o.organization_id = f.organization_id)
        ORDER BY d.finding_id DESC
        """);

    // As ListFindings, with the state in the index: what is open does not lie behind all that was settled.
    public static readonly SqlText ListFindingsInState = SqlText.Page("""
        SELECT d.finding_id AS Id, d.filing_id AS FilingId, d.filing_version AS FilingVersion, f.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               f.organization_id AS OrganizationId, g.name AS OrganizationName, d.period AS Period, d.rule_set_number AS RuleSetNumber, d.rule_id AS RuleId,
               d.severity AS Severity, d.measure AS Measure, d.state AS State, d.found_zh AS FoundZh, d.found_en AS FoundEn, d.right_zh AS RightZh, d.right_en AS RightEn,
               d.made_at AS MadeAt, d.explanation AS Explanation, d.explanation_doubt AS ExplanationDoubt, u.display_name AS ExplainedByName, d.explained_at AS ExplainedAt,
               w.display_name AS DecidedByName, d.decided_at AS DecidedAt, d.decision_reason AS DecisionReason, d.gone_at AS GoneAt
        FROM finding d
        JOIN filing f ON f.tenant_id = d.tenant_id AND f.filing_id = d.filing_id
        JOIN scenario s ON s.tenant_id = d.tenant_id AND s.scenario_id = f.scenario_id
        JOIN organization g ON g.tenant_id = d.tenant_id AND g.organization_id = f.organization_id
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = d.explained_by
        LEFT JOIN app_user w ON w.tenant_id = @TenantId AND w.user_id = d.decided_by
        WHERE d.tenant_id = @TenantId AND f.tenant_id = @TenantId AND s.tenant_id = @TenantId AND g.tenant_id = @TenantId
          AND d.state = @State
          AND d.finding_id < @BeforeId
          AND (@Severity IS NULL OR d.severity = @Severity)
          AND (@RuleId IS NULL OR d.rule_id = @RuleId)
          AND (@Period IS NULL OR d.period = @Period)
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = f.organization_id)
          AND EXISTS (SELECT 1 FROM organization_ancestor o
                      WHERE o.tenant_id = @TenantId AND o.ancestor_id = @OrganizationId AND o.organization_id = f.organization_id)
        ORDER BY d.finding_id DESC
        """);

    public static readonly SqlText ListFindingsOfFiling = SqlText.Page("""
        SELECT d.finding_id AS Id, d.filing_id AS FilingId, d.filing_version AS FilingVersion, f.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               f.organization_id AS OrganizationId, g.name AS OrganizationName, d.period AS Period, d.rule_set_number AS RuleSetNumber, d.rule_id AS RuleId,
               d.severity AS Severity, d.measure AS Measure, d.state AS State, d.found_zh AS FoundZh, d.found_en AS FoundEn, d.right_zh AS RightZh, d.right_en AS RightEn,
               d.made_at AS MadeAt, d.explanation AS Explanation, d.explanation_doubt AS ExplanationDoubt, u.display_name AS ExplainedByName, d.explained_at AS ExplainedAt,
               w.display_name AS DecidedByName, d.decided_at AS DecidedAt, d.decision_reason AS DecisionReason, d.gone_at AS GoneAt
        FROM finding d
        JOIN filing f ON f.tenant_id = d.tenant_id AND f.filing_id = d.filing_id
        JOIN scenario s ON s.tenant_id = d.tenant_id AND s.scenario_id = f.scenario_id
        JOIN organization g ON g.tenant_id = d.tenant_id AND g.organization_id = f.organization_id
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = d.explained_by
        LEFT JOIN app_user w ON w.tenant_id = @TenantId AND w.user_id = d.decided_by
        WHERE d.tenant_id = @TenantId AND f.tenant_id = @TenantId AND s.tenant_id = @TenantId AND g.tenant_id = @TenantId
          AND d.filing_id = @FilingId
          AND d.finding_id < @BeforeId
          AND (@State IS NULL OR d.state = @State)
          AND (@Severity IS NULL OR d.severity = @Severity)
          AND (@RuleId IS NULL OR d.rule_id = @RuleId)
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = f.organization_id)
        ORDER BY d.finding_id DESC
        """);

    /// <summary>How many organizations stand in it; 0 for the root, whose list is everybody's.</summary>
    public static readonly SqlText SizeOfScope = SqlText.Both("""
        SELECT COUNT(*)
        FROM organization_ancestor a
        JOIN organization o ON o.tenant_id = a.tenant_id AND o.organization_id = a.ancestor_id
        WHERE a.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.ancestor_id = @OrganizationId AND o.parent_id IS NOT NULL
        """);

    // From a few organizations down to their findings: the tenant's list would be walked from its end for the handful that are theirs.
    // CROSS JOIN, because SQLite keeps its order; left to itself it follows the ORDER BY through all findings.
    public static readonly SqlText ListFindingsBelow = SqlText.Page("""
        SELECT d.finding_id AS Id, d.filing_id AS FilingId, d.filing_version AS FilingVersion, f.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               f.organization_id AS OrganizationId, g.name AS OrganizationName, d.period AS Period, d.rule_set_number AS RuleSetNumber, d.rule_id AS RuleId,
               d.severity AS Severity, d.measure AS Measure, d.state AS State, d.found_zh AS FoundZh, d.found_en AS FoundEn, d.right_zh AS RightZh, d.right_en AS RightEn,
               d.made_at AS MadeAt, d.explanation AS Explanation, d.explanation_doubt AS ExplanationDoubt, u.display_name AS ExplainedByName, d.explained_at AS ExplainedAt,
               w.display_name AS DecidedByName, d.decided_at AS DecidedAt, d.decision_reason AS DecisionReason, d.gone_at AS GoneAt
        FROM organization_ancestor o
        CROSS JOIN scenario_standing t
        CROSS JOIN filing f
        CROSS JOIN finding d
        JOIN scenario s ON s.tenant_id = d.tenant_id AND s.scenario_id = f.scenario_id
        JOIN organization g ON g.tenant_id = d.tenant_id AND g.organization_id = f.organization_id
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = d.explained_by
        LEFT JOIN app_user w ON w.tenant_id = @TenantId AND w.user_id = d.decided_by
        WHERE o.tenant_id = @TenantId AND o.ancestor_id = @OrganizationId
          AND t.tenant_id = @TenantId AND t.organization_id = o.organization_id
          AND f.tenant_id = @TenantId AND f.scenario_id = t.scenario_id AND f.period BETWEEN @From AND @To
          AND d.tenant_id = @TenantId AND d.filing_id = f.filing_id
          AND s.tenant_id = @TenantId AND g.tenant_id = @TenantId
          AND d.finding_id < @BeforeId
          AND (@State IS NULL OR d.state = @State)
          AND (@Severity IS NULL OR d.severity = @Severity)
          AND (@RuleId IS NULL OR d.rule_id = @RuleId)
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = f.organization_id)
        ORDER BY d.finding_id DESC
        """);

    public static readonly SqlText Explain = SqlText.Both("""
        UPDATE finding
        SET state = 'explained', explanation = @Explanation, explanation_key = @ExplanationKey, explanation_doubt = @Doubt,
            explained_by = @UserId, explained_at = @Now, decided_by = NULL, decided_at = NULL, decision_reason = NULL
        WHERE tenant_id = @TenantId AND finding_id = @FindingId AND state IN ('open', 'explained', 'rejected')
        """);

    public static readonly SqlText CountSameText = SqlText.Both("""
        SELECT COUNT(*)
        FROM finding d
        WHERE d.tenant_id = @TenantId AND d.explained_by = @UserId AND d.explanation_key = @ExplanationKey AND d.explained_at >= @SinceAt
        """);

    // The sixth of a kind throws its doubt on the first five too.
    public static readonly SqlText DoubtSameText = SqlText.Both("""
        UPDATE finding
        SET explanation_doubt = 'same-text'
        WHERE tenant_id = @TenantId AND explained_by = @UserId AND explanation_key = @ExplanationKey AND explained_at >= @SinceAt
          AND explanation_doubt IS NULL
        """);

    public static readonly SqlText Decide = SqlText.Both("""
        UPDATE finding
        SET state = @State, decided_by = @UserId, decided_at = @Now, decision_reason = @Reason
        WHERE tenant_id = @TenantId AND finding_id = @FindingId AND state = 'explained'
        """);

    // ---- rehearsals

    public static readonly SqlText InsertRehearsal = SqlText.Both("""
        INSERT INTO rehearsal (tenant_id, rehearsal_id, rule_set_id, rule_set_number, in_force_number, rules, rules_in_force, organization_id, first_period, last_period,
                               state, filings, judged, refused, refused_in_force, chunks, cursor_period, cursor_filing_id, requested_by, requested_at,
                               started_at, finished_at, attempts, lease_owner, lease_until)
        VALUES (@TenantId, @RehearsalId, @RuleSetId, @RuleSetNumber, @InForceNumber, @Rules, @RulesInForce, @Within, @From, @To,
                'queued', NULL, 0, 0, 0, 0, NULL, 0, @UserId, @Now, NULL, NULL, 0, NULL, NULL)
        """);

    public static readonly SqlText FindRehearsal = SqlText.Both("""
        SELECT r.rehearsal_id AS Id, r.rule_set_id AS RuleSetId, r.rule_set_number AS RuleSetNumber, r.in_force_number AS InForceNumber, r.organization_id AS OrganizationId,
               r.first_period AS FirstPeriod, r.last_period AS LastPeriod, r.state AS State, r.filings AS Filings, r.judged AS Judged, r.refused AS Refused,
               r.refused_in_force AS RefusedInForce, r.requested_at AS RequestedAt, r.started_at AS StartedAt, r.finished_at AS FinishedAt, r.attempts AS Attempts
        FROM rehearsal r
        JOIN organization_ancestor a ON a.tenant_id = r.tenant_id AND a.organization_id = r.organization_id
        WHERE r.tenant_id = @TenantId AND a.tenant_id = @TenantId AND a.ancestor_id = @Within AND r.rehearsal_id = @RehearsalId
        """);

    public static readonly SqlText FindRun = SqlText.AcrossTenants("a job knows the rehearsal by its id and becomes its tenant from the row", """
        SELECT r.tenant_id AS TenantId, r.requested_by AS RequestedBy
        FROM rehearsal r
        WHERE r.tenant_id = @RunTenantId AND r.rehearsal_id = @RehearsalId
        """);

    public static readonly SqlText UnfinishedRehearsals = SqlText.AcrossTenants("the clock asks which rehearsals nobody works on, then works each off as its tenant", """
        SELECT r.tenant_id AS TenantId, r.rehearsal_id AS RehearsalId
        FROM rehearsal r
        WHERE r.state = 'queued' OR (r.state = 'running' AND r.lease_until < @Now)
        ORDER BY r.rehearsal_id
        """);

    public static readonly SqlText DropLeases = SqlText.AcrossTenants("the embedded database has one process: whatever was running when it starts is nobody's", """
        UPDATE rehearsal SET lease_until = @Now WHERE state = 'running'
        """);

    // Only one worker holds a run: whoever this statement writes one row for.
    public static readonly SqlText Claim = SqlText.Both("""
        UPDATE rehearsal
        SET state = 'running', attempts = attempts + 1, lease_owner = @Owner, lease_until = @LeaseUntil, started_at = COALESCE(started_at, @Now)
        WHERE tenant_id = @TenantId AND rehearsal_id = @RehearsalId
          AND (state = 'queued' OR (state = 'running' AND lease_until < @Now))
        """);

    public static readonly SqlText ReadRun = SqlText.Both("""
        SELECT r.rules AS Rules, r.rules_in_force AS RulesInForce, r.organization_id AS OrganizationId, r.first_period AS FirstPeriod, r.last_period AS LastPeriod,
               r.filings AS Filings, r.chunks AS Chunks, r.cursor_period AS CursorPeriod, r.cursor_filing_id AS CursorFilingId
        FROM rehearsal r
        WHERE r.tenant_id = @TenantId AND r.rehearsal_id = @RehearsalId AND r.lease_owner = @Owner
        """);

    public static readonly SqlText CountLive = SqlText.Both("""
        SELECT COUNT(*)
        FROM filing f
        WHERE f.tenant_id = @TenantId AND f.period BETWEEN @From AND @To AND (f.approved_version IS NOT NULL OR f.state = 'submitted')
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @OrganizationId AND a.organization_id = f.organization_id)
        """);

    public static readonly SqlText SetTotal = SqlText.Both("""
        UPDATE rehearsal SET filings = @Filings, cursor_period = COALESCE(cursor_period, first_period)
        WHERE tenant_id = @TenantId AND rehearsal_id = @RehearsalId AND lease_owner = @Owner
        """);

    public static readonly SqlText LiveOfMonth = SqlText.Page("""
        SELECT f.filing_id
        FROM filing f
        WHERE f.tenant_id = @TenantId AND f.period = @Period AND f.filing_id > @After AND (f.approved_version IS NOT NULL OR f.state = 'submitted')
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @OrganizationId AND a.organization_id = f.organization_id)
        ORDER BY f.filing_id
        """);

    public static readonly SqlText ChildrenOver = SqlText.Both("""
        SELECT DISTINCT a.organization_id AS OrganizationId, a.ancestor_id AS ChildId
        FROM filing f
        JOIN organization_ancestor a ON a.tenant_id = f.tenant_id AND a.organization_id = f.organization_id
        JOIN organization o ON o.tenant_id = a.tenant_id AND o.organization_id = a.ancestor_id
        WHERE f.tenant_id = @TenantId AND a.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND o.parent_id = @OrganizationId AND f.filing_id IN @FilingIds
        """);

    // The chunk before decides whether this one counts: a worker that was thought dead and comes back writes nothing.
    public static readonly SqlText AdvanceRun = SqlText.Both("""
        UPDATE rehearsal
        SET judged = judged + @Judged, refused = refused + @Refused, refused_in_force = refused_in_force + @RefusedInForce,
            chunks = @ChunkNo, cursor_period = @Period, cursor_filing_id = @CursorFilingId, lease_until = @LeaseUntil
        WHERE tenant_id = @TenantId AND rehearsal_id = @RehearsalId AND lease_owner = @Owner AND state = 'running' AND chunks = @ChunkNo - 1
        """);

    public static readonly SqlText ExamplesByRule = SqlText.Both("""
        SELECT x.rule_id AS Code, COUNT(*) AS Examples
        FROM rehearsal_example x
        WHERE x.tenant_id = @TenantId AND x.rehearsal_id = @RehearsalId
        GROUP BY x.rule_id
        """);

    public static readonly SqlText YieldRun = SqlText.Both("""
        UPDATE rehearsal SET state = 'queued', lease_owner = NULL, lease_until = NULL
        WHERE tenant_id = @TenantId AND rehearsal_id = @RehearsalId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText EndRun = SqlText.Both("""
        UPDATE rehearsal
        SET state = IIF(attempts >= @Allowed, 'failed', 'queued'), finished_at = IIF(attempts >= @Allowed, @Now, NULL), lease_owner = NULL, lease_until = NULL
        WHERE tenant_id = @TenantId AND rehearsal_id = @RehearsalId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText FinishRun = SqlText.Both("""
        UPDATE rehearsal
        SET state = 'done', finished_at = @Now, lease_owner = NULL, lease_until = NULL
        WHERE tenant_id = @TenantId AND rehearsal_id = @RehearsalId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText AddUpCounts = SqlText.Both("""
        INSERT INTO rehearsal_count (tenant_id, rehearsal_id, chunk_no, rule_id, severity, sector, organization_id, found, found_in_force, newly, no_longer)
        SELECT @TenantId, @RehearsalId, 0, c.rule_id, c.severity, c.sector, c.organization_id, SUM(c.found), SUM(c.found_in_force), SUM(c.newly), SUM(c.no_longer)
        FROM rehearsal_count c
        WHERE c.tenant_id = @TenantId AND c.rehearsal_id = @RehearsalId
        GROUP BY c.rule_id, c.severity, c.sector, c.organization_id
        """);

    public static readonly SqlText DropChunks = SqlText.Both("""
        DELETE FROM rehearsal_count WHERE tenant_id = @TenantId AND rehearsal_id = @RehearsalId AND chunk_no > 0
        """);

    public static readonly SqlText CancelRehearsal = SqlText.Both("""
        UPDATE rehearsal
        SET state = 'cancelled', finished_at = @Now, lease_owner = NULL, lease_until = NULL
        WHERE tenant_id = @TenantId AND rehearsal_id = @RehearsalId AND state IN ('queued', 'running')
        """);

    public static readonly SqlText CountsOf = SqlText.Both("""
        SELECT c.rule_id AS RuleId, c.severity AS Severity, c.sector AS Sector, c.organization_id AS OrganizationId, o.name AS OrganizationName,
               SUM(c.found) AS Found, SUM(c.found_in_force) AS FoundInForce, SUM(c.newly) AS Newly, SUM(c.no_longer) AS NoLonger
        FROM rehearsal_count c
        JOIN organization o ON o.tenant_id = c.tenant_id AND o.organization_id = c.organization_id
        WHERE c.tenant_id = @TenantId AND o.tenant_id = @TenantId AND c.rehearsal_id = @RehearsalId
        GROUP BY c.rule_id, c.severity, c.sector, c.organization_id, o.name
        """);

    public static readonly SqlText ExamplesOf = SqlText.Both("""
        SELECT x.rule_id AS RuleId, x.filing_id AS FilingId, x.measure AS Measure, x.severity AS Severity, x.difference AS Difference, x.found_zh AS FoundZh, x.found_en AS FoundEn,
               f.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName, f.period AS Period
        FROM rehearsal_example x
        JOIN filing f ON f.tenant_id = x.tenant_id AND f.filing_id = x.filing_id
        JOIN scenario s ON s.tenant_id = x.tenant_id AND s.scenario_id = f.scenario_id
        WHERE x.tenant_id = @TenantId AND f.tenant_id = @TenantId AND s.tenant_id = @TenantId AND x.rehearsal_id = @RehearsalId
        ORDER BY x.rule_id, x.example_no
        """);
}
