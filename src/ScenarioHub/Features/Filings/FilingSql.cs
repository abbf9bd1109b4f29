using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Filings;

/// <summary>Every statement over <c>filing</c>, its versions, figures and locks. What a scenario must file is read from the register.</summary>
internal static class FilingSql
{
    // Writing nothing holds the rows until the end: on a server a submission could else pass between reading a draft and overwriting it.
    public static readonly SqlText Hold = SqlText.Both("""
        UPDATE filing
        SET revision = revision
        WHERE tenant_id = @TenantId AND scenario_id IN @ScenarioIds AND period IN @PeriodCodes
        """);

    // As Hold: what is judged before it is submitted is what is submitted.
    public static readonly SqlText HoldDrafts = SqlText.Both("""
        UPDATE filing
        SET revision = revision
        WHERE tenant_id = @TenantId AND filing_id IN @FilingIds AND state = 'draft'
        """);

    public static readonly SqlText ScenarioIdsByCode = SqlText.Both("""
        SELECT s.scenario_id AS ScenarioId, s.code AS Code
        FROM scenario s
        JOIN organization_ancestor a ON a.tenant_id = s.tenant_id AND a.organization_id = s.organization_id
        WHERE s.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND s.code IN @ScenarioCodes
        """);

    public static readonly SqlText ScenarioIdsByKey = SqlText.Both("""
        SELECT k.source AS Source, k.external_key AS ExternalKey, k.scenario_id AS ScenarioId
        FROM scenario_external_key k
        WHERE k.tenant_id = @TenantId AND k.source IN @SourceCodes AND k.external_key IN @KeyCodes
        """);

    public static readonly SqlText Scenarios = SqlText.Both("""
        SELECT s.scenario_id AS ScenarioId, s.code AS Code, s.state_secret AS StateSecret,
               st.organization_id AS OrganizationId, st.first_period AS FirstPeriod, st.retired_period AS RetiredPeriod
        FROM scenario s
        JOIN organization_ancestor a ON a.tenant_id = s.tenant_id AND a.organization_id = s.organization_id
        LEFT JOIN scenario_standing st ON st.tenant_id = @TenantId AND st.scenario_id = s.scenario_id
        WHERE s.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND s.scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText MeasuresOfScenario = SqlText.Both("""
        SELECT m.measure
        FROM scenario_measure m
        WHERE m.tenant_id = @TenantId AND m.scenario_id = @ScenarioId
        ORDER BY m.measure
        """);

    public static readonly SqlText MeasuresOfScenarios = SqlText.Both("""
        SELECT m.scenario_id AS ScenarioId, m.measure AS Measure
        FROM scenario_measure m
        WHERE m.tenant_id = @TenantId AND m.scenario_id IN @ScenarioIds
        ORDER BY m.scenario_id, m.measure
        """);

    // Who owes figures for a month, by the register in force.
    public static readonly SqlText SheetScenarios = SqlText.Page("""
        SELECT st.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName, st.stage AS Stage, s.state_secret AS StateSecret,
               st.organization_id AS OrganizationId, g.name AS OrganizationName
        FROM scenario_standing st
        JOIN scenario s ON s.tenant_id = st.tenant_id AND s.scenario_id = st.scenario_id
        JOIN organization g ON g.tenant_id = st.tenant_id AND g.organization_id = st.organization_id
        JOIN organization_ancestor o ON o.tenant_id = st.tenant_id AND o.organization_id = st.organization_id
        WHERE st.tenant_id = @TenantId AND s.tenant_id = @TenantId AND g.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND o.ancestor_id = @OrganizationId
          AND st.first_period <= @Period
          AND (st.retired_period IS NULL OR st.retired_period >= @Period)
          AND st.scenario_id > @After
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = st.organization_id)
        ORDER BY st.scenario_id
        """);

    public static readonly SqlText Working = SqlText.Both("""
        SELECT f.filing_id AS FilingId, f.scenario_id AS ScenarioId, f.period AS Period, f.state AS State, f.version AS Version, f.revision AS Revision,
               f.approved_version AS ApprovedVersion, f.updated_at AS UpdatedAt, v.is_correction AS IsCorrection, v.reason AS Reason, v.return_reason AS ReturnReason
        FROM filing f
        JOIN filing_version v ON v.tenant_id = f.tenant_id AND v.filing_id = f.filing_id AND v.version = f.version
        WHERE f.tenant_id = @TenantId AND v.tenant_id = @TenantId
          AND f.scenario_id IN @ScenarioIds
          AND f.period IN @PeriodCodes
        """);

    public static readonly SqlText WorkingFigures = SqlText.Both("""
        SELECT g.filing_id AS FilingId, g.version AS Version, g.measure AS Measure, g.state AS State, g.grade AS Grade,
               g.quantity AS Quantity, g.denominator AS Denominator, g.baseline_quantity AS BaselineQuantity, g.target_quantity AS TargetQuantity, g.note AS Note,
               COALESCE(g.gross_quantity, g.quantity) AS GrossQuantity, g.attribution_millionths AS AttributionMillionths, g.attribution_reason AS AttributionReason,
               g.labour_quantity AS LabourQuantity, g.same_hours_as AS SameHoursAs, g.evidence_id AS EvidenceId
        FROM filing_figure g
        JOIN filing f ON f.tenant_id = g.tenant_id AND f.filing_id = g.filing_id AND f.version = g.version
        WHERE g.tenant_id = @TenantId AND f.tenant_id = @TenantId
          AND f.filing_id IN @FilingIds
        ORDER BY g.filing_id, g.measure
        """);

    public static readonly SqlText ApprovedFigures = SqlText.Both("""
        SELECT g.filing_id AS FilingId, g.version AS Version, g.measure AS Measure, g.state AS State, g.grade AS Grade,
               g.quantity AS Quantity, g.denominator AS Denominator, g.baseline_quantity AS BaselineQuantity, g.target_quantity AS TargetQuantity, g.note AS Note,
               COALESCE(g.gross_quantity, g.quantity) AS GrossQuantity, g.attribution_millionths AS AttributionMillionths, g.attribution_reason AS AttributionReason,
               g.labour_quantity AS LabourQuantity, g.same_hours_as AS SameHoursAs, g.evidence_id AS EvidenceId
        FROM filing_figure g
        JOIN filing f ON f.tenant_id = g.tenant_id AND f.filing_id = g.filing_id AND f.approved_version = g.version
        WHERE g.tenant_id = @TenantId AND f.tenant_id = @TenantId
          AND f.filing_id IN @FilingIds
        ORDER BY g.filing_id, g.measure
        """);

    public static readonly SqlText Versions = SqlText.Both("""
        SELECT v.version AS Version, v.state AS State, v.is_correction AS IsCorrection, v.reason AS Reason, v.return_reason AS ReturnReason,
               v.saved_by AS SavedBy, u.display_name AS SavedByName, v.saved_at AS SavedAt,
               v.submitted_by AS SubmittedBy, w.display_name AS SubmittedByName, v.submitted_at AS SubmittedAt,
               v.decided_by AS DecidedBy, d.display_name AS DecidedByName, v.decided_at AS DecidedAt
        FROM filing_version v
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = v.saved_by
        LEFT JOIN app_user w ON w.tenant_id = @TenantId AND w.user_id = v.submitted_by
        LEFT JOIN app_user d ON d.tenant_id = @TenantId AND d.user_id = v.decided_by
        WHERE v.tenant_id = @TenantId AND v.filing_id = @FilingId
        ORDER BY v.version
        """);

    public static readonly SqlText FiguresOfVersions = SqlText.Both("""
        SELECT g.filing_id AS FilingId, g.version AS Version, g.measure AS Measure, g.state AS State, g.grade AS Grade,
               g.quantity AS Quantity, g.denominator AS Denominator, g.baseline_quantity AS BaselineQuantity, g.target_quantity AS TargetQuantity, g.note AS Note,
               COALESCE(g.gross_quantity, g.quantity) AS GrossQuantity, g.attribution_millionths AS AttributionMillionths, g.attribution_reason AS AttributionReason,
               g.labour_quantity AS LabourQuantity, g.same_hours_as AS SameHoursAs, g.evidence_id AS EvidenceId
        FROM filing_figure g
        WHERE g.tenant_id = @TenantId AND g.filing_id = @FilingId
        ORDER BY g.version, g.measure
        """);

    // A draft is overwritten in place: its figures and its version row go, and are written anew.
    public static readonly SqlText DropDraftFigures = SqlText.Both("""
        DELETE FROM filing_figure
        WHERE tenant_id = @TenantId AND filing_id IN @FilingIds
          AND EXISTS (SELECT 1 FROM filing f
                      WHERE f.tenant_id = @TenantId AND f.filing_id = filing_figure.filing_id AND f.version = filing_figure.version AND f.state = 'draft')
        """);

    public static readonly SqlText DropDraftVersions = SqlText.Both("""
        DELETE FROM filing_version
        WHERE tenant_id = @TenantId AND filing_id IN @FilingIds AND state = 'draft'
        """);

    public static readonly SqlText TouchDrafts = SqlText.Both("""
        UPDATE filing
        SET revision = revision + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND filing_id IN @FilingIds AND state = 'draft'
        """);

    public static readonly SqlText OpenNextVersions = SqlText.Both("""
        UPDATE filing
        SET state = 'draft',
            version = version + 1,
            revision = revision + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND filing_id IN @FilingIds AND state IN ('approved', 'returned')
        """);

    public static readonly SqlText Standing = SqlText.Both("""
        SELECT f.filing_id AS FilingId, f.organization_id AS OrganizationId, f.period AS Period, f.state AS State, f.version AS Version, f.approved_version AS ApprovedVersion,
               v.is_correction AS IsCorrection
        FROM filing f
        JOIN filing_version v ON v.tenant_id = f.tenant_id AND v.filing_id = f.filing_id AND v.version = f.version
        JOIN organization_ancestor a ON a.tenant_id = f.tenant_id AND a.organization_id = f.organization_id
        WHERE f.tenant_id = @TenantId AND v.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND f.filing_id IN @FilingIds
        """);

    // Which of these scenarios and months are locked, whoever locked them.
    public static readonly SqlText Locked = SqlText.Both("""
        SELECT st.scenario_id AS ScenarioId, l.period AS Period
        FROM scenario_standing st
        JOIN organization_ancestor a ON a.tenant_id = st.tenant_id AND a.organization_id = st.organization_id
        JOIN filing_lock l ON l.tenant_id = a.tenant_id AND l.organization_id = a.ancestor_id
        WHERE st.tenant_id = @TenantId AND a.tenant_id = @TenantId AND l.tenant_id = @TenantId
          AND st.scenario_id IN @ScenarioIds
          AND l.period IN @PeriodCodes
          AND (l.sector = '' OR l.sector = st.sector)
        GROUP BY st.scenario_id, l.period
        """);

    public static readonly SqlText LockedFilings = SqlText.Both("""
        SELECT f.filing_id
        FROM filing f
        JOIN scenario_standing st ON st.tenant_id = f.tenant_id AND st.scenario_id = f.scenario_id
        JOIN organization_ancestor a ON a.tenant_id = st.tenant_id AND a.organization_id = st.organization_id
        JOIN filing_lock l ON l.tenant_id = a.tenant_id AND l.organization_id = a.ancestor_id AND l.period = f.period
        WHERE f.tenant_id = @TenantId AND st.tenant_id = @TenantId AND a.tenant_id = @TenantId AND l.tenant_id = @TenantId
          AND f.filing_id IN @FilingIds
          AND (l.sector = '' OR l.sector = st.sector)
        GROUP BY f.filing_id
        """);

    public static readonly SqlText Unlock = SqlText.Both("""
        DELETE FROM filing_lock
        WHERE tenant_id = @TenantId AND lock_id = @LockId
        """);

    public static readonly SqlText IdsByFilter = SqlText.Page("""
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

    // The state a decision starts from decides who wins it: of two, the second finds the row changed and writes nothing.
    public static readonly SqlText Move = SqlText.Both("""
        UPDATE filing
        SET state = @To,
            decision_id = @DecisionId,
            revision = revision + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND filing_id IN @FilingIds AND state = @From AND version = @Version
        """);

    public static readonly SqlText Approve = SqlText.Both("""
        UPDATE filing
        SET state = 'approved',
            approved_version = version,
            decision_id = @DecisionId,
            revision = revision + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND filing_id IN @FilingIds AND state = 'submitted' AND version = @Version
        """);

    public static readonly SqlText Decided = SqlText.Both("""
        SELECT f.filing_id
        FROM filing f
        WHERE f.tenant_id = @TenantId AND f.filing_id IN @FilingIds AND f.decision_id = @DecisionId
        """);

    public static readonly SqlText MarkSubmitted = SqlText.Both("""
        UPDATE filing_version
        SET state = 'submitted',
            submitted_by = @UserId,
            submitted_at = @Now
        WHERE tenant_id = @TenantId AND filing_id IN @FilingIds AND state = 'draft'
        """);

    public static readonly SqlText MarkDecided = SqlText.Both("""
        UPDATE filing_version
        SET state = @To,
            decided_by = @UserId,
            decided_at = @Now,
            return_reason = @Reason
        WHERE tenant_id = @TenantId AND filing_id IN @FilingIds AND state = 'submitted'
        """);

    // As Hold, for a change of what is approved: whoever comes second reads what the first left.
    public static readonly SqlText HoldOne = SqlText.Both("""
        UPDATE filing
        SET revision = revision
        WHERE tenant_id = @TenantId AND filing_id = @FilingId
        """);

    public static readonly SqlText One = SqlText.Both("""
        SELECT f.filing_id AS FilingId, f.organization_id AS OrganizationId, f.scenario_id AS ScenarioId, f.period AS Period, f.state AS State, f.version AS Version, f.revision AS Revision,
               f.approved_version AS ApprovedVersion,
               v.is_correction AS IsCorrection, v.reason AS Reason, v.saved_by AS SavedBy, v.saved_at AS SavedAt
        FROM filing f
        JOIN filing_version v ON v.tenant_id = f.tenant_id AND v.filing_id = f.filing_id AND v.version = f.version
        JOIN organization_ancestor a ON a.tenant_id = f.tenant_id AND a.organization_id = f.organization_id
        WHERE f.tenant_id = @TenantId AND v.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND f.filing_id = @FilingId
        """);

    public static readonly SqlText Amend = SqlText.Both("""
        UPDATE filing
        SET state = @State,
            version = @Version,
            approved_version = @ApprovedVersion,
            decision_id = @DecisionId,
            revision = revision + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND filing_id = @FilingId
        """);

    // What was said without evidence last, by measure: what a figure falls back to when its evidence goes.
    public static readonly SqlText SaidWithoutEvidence = SqlText.Both("""
        SELECT g.measure AS Measure, g.grade AS Grade
        FROM filing_figure g
        JOIN filing_version v ON v.tenant_id = g.tenant_id AND v.filing_id = g.filing_id AND v.version = g.version
        WHERE g.tenant_id = @TenantId AND v.tenant_id = @TenantId
          AND g.filing_id = @FilingId
          AND g.evidence_id IS NULL
          AND v.state = 'approved'
        ORDER BY g.version, g.measure
        """);

    public static readonly SqlText List = SqlText.Page("""
        SELECT f.filing_id AS Id, f.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               f.organization_id AS OrganizationId, g.name AS OrganizationName, f.period AS Period, f.state AS State,
               f.version AS Version, f.approved_version AS ApprovedVersion, f.updated_at AS UpdatedAt
        FROM filing f
        JOIN scenario s ON s.tenant_id = f.tenant_id AND s.scenario_id = f.scenario_id
        JOIN organization g ON g.tenant_id = f.tenant_id AND g.organization_id = f.organization_id
        WHERE f.tenant_id = @TenantId AND s.tenant_id = @TenantId AND g.tenant_id = @TenantId
          AND f.period BETWEEN @From AND @To
          AND (f.period < @To OR f.filing_id < @BeforeId)
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = f.organization_id)
          AND EXISTS (SELECT 1 FROM organization_ancestor o
                      WHERE o.tenant_id = @TenantId AND o.ancestor_id = @OrganizationId AND o.organization_id = f.organization_id)
        ORDER BY f.period DESC, f.filing_id DESC
        """);

    // As List, but with the state in the index: a reviewer's desk does not walk through all that was approved.
    public static readonly SqlText ListInState = SqlText.Page("""
        SELECT f.filing_id AS Id, f.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               f.organization_id AS OrganizationId, g.name AS OrganizationName, f.period AS Period, f.state AS State,
               f.version AS Version, f.approved_version AS ApprovedVersion, f.updated_at AS UpdatedAt
        FROM filing f
        JOIN scenario s ON s.tenant_id = f.tenant_id AND s.scenario_id = f.scenario_id
        JOIN organization g ON g.tenant_id = f.tenant_id AND g.organization_id = f.organization_id
        WHERE f.tenant_id = @TenantId AND s.tenant_id = @TenantId AND g.tenant_id = @TenantId
          AND f.state = @State
          AND f.period BETWEEN @From AND @To
          AND (f.period < @To OR f.filing_id < @BeforeId)
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = f.organization_id)
          AND EXISTS (SELECT 1 FROM organization_ancestor o
                      WHERE o.tenant_id = @TenantId AND o.ancestor_id = @OrganizationId AND o.organization_id = f.organization_id)
        ORDER BY f.period DESC, f.filing_id DESC
        """);

    public static readonly SqlText ListOfScenario = SqlText.Page("""
        SELECT f.filing_id AS Id, f.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               f.organization_id AS OrganizationId, g.name AS OrganizationName, f.period AS Period, f.state AS State,
               f.version AS Version, f.approved_version AS ApprovedVersion, f.updated_at AS UpdatedAt
        FROM filing f
        JOIN scenario s ON s.tenant_id = f.tenant_id AND s.scenario_id = f.scenario_id
        JOIN organization g ON g.tenant_id = f.tenant_id AND g.organization_id = f.organization_id
        WHERE f.tenant_id = @TenantId AND s.tenant_id = @TenantId AND g.tenant_id = @TenantId
          AND f.scenario_id = @ScenarioId
          AND (@State IS NULL OR f.state = @State)
          AND f.period BETWEEN @From AND @To
          AND (f.period < @To OR f.filing_id < @BeforeId)
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = f.organization_id)
          AND EXISTS (SELECT 1 FROM organization_ancestor o
                      WHERE o.tenant_id = @TenantId AND o.ancestor_id = @OrganizationId AND o.organization_id = f.organization_id)
        ORDER BY f.period DESC, f.filing_id DESC
        """);

    // ---- whose a filing is

    public static readonly SqlText Places = SqlText.Both("""
        SELECT p.scenario_id AS ScenarioId, p.since_period AS SincePeriod, p.organization_id AS OrganizationId
        FROM scenario_place p
        WHERE p.tenant_id = @TenantId AND p.scenario_id IN @ScenarioIds
        ORDER BY p.scenario_id, p.since_period
        """);

    public static readonly SqlText WeighRehomed = SqlText.Both("""
        SELECT COUNT(*) AS Filings, MIN(f.period) AS FirstPeriod, MAX(f.period) AS LastPeriod
        FROM filing f
        WHERE f.tenant_id = @TenantId AND f.scenario_id IN @ScenarioIds AND f.organization_id = @From AND f.period >= @Since
        """);

    public static readonly SqlText Rehome = SqlText.Both("""
        UPDATE filing
        SET organization_id = @To
        WHERE tenant_id = @TenantId AND scenario_id IN @ScenarioIds AND organization_id = @From AND period >= @Since
        """);

    public static readonly SqlText WeighSubtree = SqlText.Both("""
        SELECT (SELECT COUNT(*) FROM scenario s
                JOIN organization_ancestor a ON a.tenant_id = s.tenant_id AND a.organization_id = s.organization_id
                WHERE s.tenant_id = @TenantId AND a.tenant_id = @TenantId AND a.ancestor_id = @OrganizationId) AS Scenarios,
               COUNT(*) AS Filings, MIN(f.period) AS FirstPeriod, MAX(f.period) AS LastPeriod
        FROM filing f
        JOIN organization_ancestor b ON b.tenant_id = f.tenant_id AND b.organization_id = f.organization_id
        WHERE f.tenant_id = @TenantId AND b.tenant_id = @TenantId AND b.ancestor_id = @OrganizationId AND f.period >= @Since
        """);
}
