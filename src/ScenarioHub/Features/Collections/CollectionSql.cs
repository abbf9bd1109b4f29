using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Collections;

/// <summary>Every statement over <c>collection</c>, its steps and reminders, and <c>obligation</c>. What was filed is read from <c>filing</c> and its figures: under review, else as approved last.</summary>
internal static class CollectionSql
{
    public static readonly SqlText Insert = SqlText.Both("""
        INSERT INTO collection (tenant_id, collection_id, name, note, first_period, last_period, organization_id, sectors, measures, extra_measures, state,
                                opens_on, due_on, locks_on, remind_days, next_on, version, created_by, created_at, updated_at)
        SELECT @TenantId, @CollectionId, @Name, @Note, @FirstPeriod, @LastPeriod, a.organization_id, @Sectors, @Measures, @ExtraMeasures, @State,
               @OpensOn, @DueOn, @LocksOn, @RemindDays, @NextOn, 1, @UserId, @Now, @Now
        FROM organization_ancestor a
        WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = @OrganizationId
        """);

    // Writing nothing holds the row until the end: people and the clock move a collection one after the other.
    public static readonly SqlText Hold = SqlText.Both("""
        UPDATE collection
        SET version = version
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId
        """);

    // As Hold, for an approval: one that is opened in this very moment is either seen open, or waits and then sees what was approved.
    public static readonly SqlText HoldPlanned = SqlText.Both("""
        UPDATE collection
        SET version = version
        WHERE tenant_id = @TenantId AND state = 'planned'
        """);

    public static readonly SqlText Save = SqlText.Both("""
        UPDATE collection
        SET name = @Name,
            note = @Note,
            first_period = @FirstPeriod,
            last_period = @LastPeriod,
            organization_id = @OrganizationId,
            sectors = @Sectors,
            measures = @Measures,
            extra_measures = @ExtraMeasures,
            state = @State,
            opens_on = @OpensOn,
            due_on = @DueOn,
            locks_on = @LocksOn,
            remind_days = @RemindDays,
            next_on = @NextOn,
            version = @NewVersion,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId AND version = @Version
        """);

    // Seen by whoever stands over its scope, and by whoever stands within it.
    public static readonly SqlText Find = SqlText.Both("""
        SELECT c.collection_id AS CollectionId, c.name AS Name, c.note AS Note, c.state AS State, c.first_period AS FirstPeriod, c.last_period AS LastPeriod,
               c.organization_id AS OrganizationId, o.name AS OrganizationName, c.sectors AS Sectors, c.measures AS Measures, c.extra_measures AS ExtraMeasures,
               c.opens_on AS OpensOn, c.due_on AS DueOn, c.locks_on AS LocksOn, c.remind_days AS RemindDays, c.next_on AS NextOn,
               c.version AS Version, c.created_at AS CreatedAt, c.updated_at AS UpdatedAt,
               (SELECT p.kind FROM collection_step p
                WHERE p.tenant_id = @TenantId AND p.collection_id = c.collection_id
                  AND p.step_no = (SELECT MIN(q.step_no) FROM collection_step q
                                   WHERE q.tenant_id = @TenantId AND q.collection_id = c.collection_id AND q.finished_at IS NULL)) AS UnderWay,
               (SELECT COUNT(*) FROM organization_ancestor y
                WHERE y.tenant_id = @TenantId AND y.ancestor_id = @Within AND y.organization_id = c.organization_id) AS IsYours
        FROM collection c
        JOIN organization o ON o.tenant_id = c.tenant_id AND o.organization_id = c.organization_id
        WHERE c.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND (EXISTS (SELECT 1 FROM organization_ancestor d
                       WHERE d.tenant_id = @TenantId AND d.ancestor_id = @Within AND d.organization_id = c.organization_id)
               OR EXISTS (SELECT 1 FROM organization_ancestor u
                          WHERE u.tenant_id = @TenantId AND u.ancestor_id = c.organization_id AND u.organization_id = @Within))
          AND c.collection_id = @CollectionId
        """);

    public static readonly SqlText FindForWork = SqlText.Both("""
        SELECT c.collection_id AS CollectionId, c.name AS Name, c.note AS Note, c.state AS State, c.first_period AS FirstPeriod, c.last_period AS LastPeriod,
               c.organization_id AS OrganizationId, o.name AS OrganizationName, c.sectors AS Sectors, c.measures AS Measures, c.extra_measures AS ExtraMeasures,
               c.opens_on AS OpensOn, c.due_on AS DueOn, c.locks_on AS LocksOn, c.remind_days AS RemindDays, c.next_on AS NextOn,
               c.version AS Version, c.created_at AS CreatedAt, c.updated_at AS UpdatedAt,
               (SELECT p.kind FROM collection_step p
                WHERE p.tenant_id = @TenantId AND p.collection_id = c.collection_id
                  AND p.step_no = (SELECT MIN(q.step_no) FROM collection_step q
                                   WHERE q.tenant_id = @TenantId AND q.collection_id = c.collection_id AND q.finished_at IS NULL)) AS UnderWay
        FROM collection c
        JOIN organization o ON o.tenant_id = c.tenant_id AND o.organization_id = c.organization_id
        WHERE c.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND c.collection_id = @CollectionId
        """);

    public static readonly SqlText List = SqlText.Page("""
        SELECT c.collection_id AS CollectionId, c.name AS Name, c.note AS Note, c.state AS State, c.first_period AS FirstPeriod, c.last_period AS LastPeriod,
               c.organization_id AS OrganizationId, o.name AS OrganizationName, c.sectors AS Sectors, c.measures AS Measures, c.extra_measures AS ExtraMeasures,
               c.opens_on AS OpensOn, c.due_on AS DueOn, c.locks_on AS LocksOn, c.remind_days AS RemindDays, c.next_on AS NextOn,
               c.version AS Version, c.created_at AS CreatedAt, c.updated_at AS UpdatedAt,
               (SELECT p.kind FROM collection_step p
                WHERE p.tenant_id = @TenantId AND p.collection_id = c.collection_id
                  AND p.step_no = (SELECT MIN(q.step_no) FROM collection_step q
                                   WHERE q.tenant_id = @TenantId AND q.collection_id = c.collection_id AND q.finished_at IS NULL)) AS UnderWay,
               (SELECT COUNT(*) FROM organization_ancestor y
                WHERE y.tenant_id = @TenantId AND y.ancestor_id = @Within AND y.organization_id = c.organization_id) AS IsYours
        FROM collection c
        JOIN organization o ON o.tenant_id = c.tenant_id AND o.organization_id = c.organization_id
        WHERE c.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND (EXISTS (SELECT 1 FROM organization_ancestor d
                       WHERE d.tenant_id = @TenantId AND d.ancestor_id = @Within AND d.organization_id = c.organization_id)
               OR EXISTS (SELECT 1 FROM organization_ancestor u
                          WHERE u.tenant_id = @TenantId AND u.ancestor_id = c.organization_id AND u.organization_id = @Within))
          AND (@State IS NULL OR c.state = @State)
          AND (@Period IS NULL OR @Period BETWEEN c.first_period AND c.last_period)
          AND c.collection_id < @BeforeId
        ORDER BY c.collection_id DESC
        """);

    public static readonly SqlText PlaceOf = SqlText.Both("""
        SELECT c.organization_id AS OrganizationId, c.version AS Version FROM collection c WHERE c.tenant_id = @TenantId AND c.collection_id = @CollectionId
        """);

    public static readonly SqlText OrganizationName = SqlText.Both("""
        SELECT o.name
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND o.organization_id = @OrganizationId
        """);

    // Numbered here and not by an id: blocks of ids are handed out beside each other, and a later step could have a lower one. The collection is held, so the number is free.
    public static readonly SqlText InsertStep = SqlText.Both("""
        INSERT INTO collection_step (tenant_id, collection_id, step_no, kind, organization_id, on_day, reason, through_id, touched, by_user, began_at, finished_at)
        SELECT c.tenant_id, c.collection_id, (SELECT COALESCE(MAX(p.step_no), 0) + 1 FROM collection_step p WHERE p.tenant_id = @TenantId AND p.collection_id = @CollectionId),
               @Kind, @OrganizationId, @OnDay, @Reason, 0, @Touched, @UserId, @Now, @FinishedAt
        FROM collection c
        WHERE c.tenant_id = @TenantId AND c.collection_id = @CollectionId
        """);

    public static readonly SqlText StepsUnderWay = SqlText.Page("""
        SELECT p.step_no AS StepNo, p.kind AS Kind, p.organization_id AS OrganizationId, p.on_day AS OnDay, p.reason AS Reason, p.through_id AS ThroughId, p.by_user AS ByUser
        FROM collection_step p
        WHERE p.tenant_id = @TenantId AND p.collection_id = @CollectionId AND p.finished_at IS NULL
        ORDER BY p.step_no
        """);

    public static readonly SqlText AdvanceStep = SqlText.Both("""
        UPDATE collection_step
        SET through_id = @ThroughId,
            touched = touched + @Touched,
            finished_at = @FinishedAt
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId AND step_no = @StepNo AND finished_at IS NULL
        """);

    public static readonly SqlText EndSteps = SqlText.Both("""
        UPDATE collection_step
        SET finished_at = @Now
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId AND finished_at IS NULL
        """);

    // Whose an exemption is, and why, is for those over the whole scope and for those it concerns: above or below its organization, or owing something that carries its reason.
    public static readonly SqlText Steps = SqlText.Page("""
        SELECT p.step_no AS No, p.kind AS Kind, p.organization_id AS OrganizationId, p.on_day AS OnDay, p.reason AS Reason,
               CASE WHEN @IsYours = 1 OR EXISTS (SELECT 1 FROM organization_ancestor d
                                                 WHERE d.tenant_id = @TenantId AND d.ancestor_id = @Within AND d.organization_id = p.organization_id) THEN p.touched END AS Touched,
               p.by_user AS ByUserId, u.display_name AS ByUserName, p.began_at AS BeganAt, p.finished_at AS FinishedAt
        FROM collection_step p
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = p.by_user
        WHERE p.tenant_id = @TenantId AND p.collection_id = @CollectionId AND p.step_no < @BeforeNo
          AND (@IsYours = 1
               OR p.kind NOT IN ('exempted', 'obliged')
               OR EXISTS (SELECT 1 FROM organization_ancestor d
                          WHERE d.tenant_id = @TenantId AND d.ancestor_id = @Within AND d.organization_id = p.organization_id)
               OR EXISTS (SELECT 1 FROM organization_ancestor u
                          WHERE u.tenant_id = @TenantId AND u.ancestor_id = p.organization_id AND u.organization_id = @Within)
               OR EXISTS (SELECT 1 FROM organization_ancestor a
                          JOIN obligation b ON b.tenant_id = a.tenant_id AND b.organization_id = a.organization_id
                          WHERE a.tenant_id = @TenantId AND b.tenant_id = @TenantId AND a.ancestor_id = @Within
                            AND b.collection_id = @CollectionId AND b.state = 'exempt' AND b.exempt_reason = p.reason))
        ORDER BY p.step_no DESC
        """);

    public static readonly SqlText Waiting = SqlText.AcrossTenants("the clock asks which collections have something to do today, then works each off as its tenant", """
        SELECT c.tenant_id AS TenantId, c.collection_id AS CollectionId
        FROM collection c
        WHERE c.next_on <= @Today
           OR EXISTS (SELECT 1 FROM collection_step p
                      WHERE p.tenant_id = c.tenant_id AND p.collection_id = c.collection_id AND p.finished_at IS NULL)
        ORDER BY c.tenant_id, c.collection_id
        """);

    public static readonly SqlText ScenariosInScope = SqlText.Page("""
        SELECT st.scenario_id AS ScenarioId, st.organization_id AS OrganizationId, st.sector AS Sector, st.first_period AS FirstPeriod, st.retired_period AS RetiredPeriod
        FROM scenario_standing st
        JOIN scenario s ON s.tenant_id = st.tenant_id AND s.scenario_id = st.scenario_id
        WHERE st.tenant_id = @TenantId AND s.tenant_id = @TenantId
          AND st.scenario_id > @AfterId
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @OrganizationId AND a.organization_id = st.organization_id)
          AND st.first_period <= @LastPeriod
          AND (st.retired_period IS NULL OR st.retired_period >= @FirstPeriod)
          AND (@Sectors IS NULL OR st.sector IN @SectorCodes)
          AND s.state_secret = 0
        ORDER BY st.scenario_id
        """);

    public static readonly SqlText MeasuresPromised = SqlText.Both("""
        SELECT m.scenario_id AS ScenarioId, m.measure AS Measure
        FROM scenario_measure m
        WHERE m.tenant_id = @TenantId AND m.scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText Places = SqlText.Both("""
        SELECT p.scenario_id AS ScenarioId, p.since_period AS SincePeriod, p.organization_id AS OrganizationId
        FROM scenario_place p
        WHERE p.tenant_id = @TenantId AND p.scenario_id IN @ScenarioIds
        ORDER BY p.scenario_id, p.since_period
        """);

    public static readonly SqlText ObligationsOf = SqlText.Both("""
        SELECT b.scenario_id AS ScenarioId, b.period AS Period, b.collection_id AS CollectionId, b.organization_id AS OrganizationId, b.measures AS Measures, b.state AS State
        FROM obligation b
        WHERE b.tenant_id = @TenantId AND b.scenario_id IN @ScenarioIds AND b.collection_id = @CollectionId
        """);

    public static readonly SqlText Running = SqlText.Both("""
        SELECT c.collection_id AS CollectionId, c.state AS State, c.first_period AS FirstPeriod, c.last_period AS LastPeriod,
               c.sectors AS Sectors, c.measures AS Measures, c.extra_measures AS ExtraMeasures
        FROM collection c
        WHERE c.tenant_id = @TenantId AND c.state IN ('open', 'due', 'locked')
        """);

    public static readonly SqlText ScenariosThatOwe = SqlText.Both("""
        SELECT st.scenario_id AS ScenarioId, st.organization_id AS OrganizationId, st.sector AS Sector, st.first_period AS FirstPeriod, st.retired_period AS RetiredPeriod
        FROM scenario_standing st
        JOIN scenario s ON s.tenant_id = st.tenant_id AND s.scenario_id = st.scenario_id
        WHERE st.tenant_id = @TenantId AND s.tenant_id = @TenantId
          AND st.scenario_id IN @ScenarioIds
          AND st.first_period IS NOT NULL
          AND s.state_secret = 0
        """);

    public static readonly SqlText CollectionsReaching = SqlText.Both("""
        SELECT c.collection_id AS CollectionId, st.scenario_id AS ScenarioId
        FROM scenario_standing st
        JOIN scenario s ON s.tenant_id = st.tenant_id AND s.scenario_id = st.scenario_id
        JOIN organization_ancestor a ON a.tenant_id = st.tenant_id AND a.organization_id = st.organization_id
        JOIN collection c ON c.tenant_id = a.tenant_id AND c.organization_id = a.ancestor_id
        WHERE st.tenant_id = @TenantId AND s.tenant_id = @TenantId AND a.tenant_id = @TenantId AND c.tenant_id = @TenantId
          AND st.scenario_id IN @ScenarioIds
          AND st.first_period IS NOT NULL
          AND s.state_secret = 0
          AND c.state IN ('open', 'due', 'locked')
        """);

    public static readonly SqlText ObligationsRunning = SqlText.Both("""
        SELECT b.scenario_id AS ScenarioId, b.period AS Period, b.collection_id AS CollectionId, b.organization_id AS OrganizationId, b.measures AS Measures, b.state AS State
        FROM obligation b
        JOIN collection c ON c.tenant_id = b.tenant_id AND c.collection_id = b.collection_id
        WHERE b.tenant_id = @TenantId AND c.tenant_id = @TenantId
          AND b.scenario_id IN @ScenarioIds
          AND c.state IN ('open', 'due', 'locked')
        """);

    public static readonly SqlText AlterObligations = SqlText.Both("""
        UPDATE obligation
        SET measures = @Measures,
            measure_count = @MeasureCount
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId AND scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText RehomeObligationsOfMonth = SqlText.Both("""
        UPDATE obligation
        SET organization_id = @OrganizationId
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId AND period = @Period AND scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText DeleteObligations = SqlText.Both("""
        DELETE FROM obligation
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId AND scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText DeleteObligationsOfMonth = SqlText.Both("""
        DELETE FROM obligation
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId AND period = @Period AND scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText ScenariosInState = SqlText.Page("""
        SELECT b.scenario_id
        FROM obligation b
        WHERE b.tenant_id = @TenantId AND b.collection_id = @CollectionId AND b.state = @State
        GROUP BY b.scenario_id
        ORDER BY b.scenario_id
        """);

    public static readonly SqlText Turn = SqlText.Both("""
        UPDATE obligation
        SET state = @To
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId AND scenario_id IN @ScenarioIds AND state = @From
        """);

    public static readonly SqlText ScenariosOwing = SqlText.Both("""
        SELECT b.scenario_id
        FROM obligation b
        JOIN organization_ancestor a ON a.tenant_id = b.tenant_id AND a.organization_id = b.organization_id
        WHERE b.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND b.scenario_id IN @ScenarioIds
          AND b.collection_id = @CollectionId
        GROUP BY b.scenario_id
        """);

    public static readonly SqlText ScenariosToExempt = SqlText.Page("""
        SELECT b.scenario_id
        FROM organization_ancestor a
        JOIN obligation b ON b.tenant_id = a.tenant_id AND b.organization_id = a.organization_id
        WHERE a.tenant_id = @TenantId AND b.tenant_id = @TenantId
          AND a.ancestor_id = @OrganizationId
          AND b.collection_id = @CollectionId
          AND b.state <> 'exempt'
        GROUP BY a.organization_id, b.scenario_id
        ORDER BY a.organization_id, b.scenario_id
        """);

    public static readonly SqlText ScenariosToOblige = SqlText.Page("""
        SELECT b.scenario_id
        FROM organization_ancestor a
        JOIN obligation b ON b.tenant_id = a.tenant_id AND b.organization_id = a.organization_id
        WHERE a.tenant_id = @TenantId AND b.tenant_id = @TenantId
          AND a.ancestor_id = @OrganizationId
          AND b.collection_id = @CollectionId
          AND b.state = 'exempt'
        GROUP BY a.organization_id, b.scenario_id
        ORDER BY a.organization_id, b.scenario_id
        """);

    public static readonly SqlText Exempt = SqlText.Both("""
        UPDATE obligation
        SET state = 'exempt',
            exempt_reason = @Reason
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId AND scenario_id IN @ScenarioIds AND state <> 'exempt'
        """);

    public static readonly SqlText Oblige = SqlText.Both("""
        UPDATE obligation
        SET state = @State,
            exempt_reason = NULL
        WHERE tenant_id = @TenantId AND collection_id = @CollectionId AND scenario_id IN @ScenarioIds AND state = 'exempt'
        """);

    public static readonly SqlText OrganizationsOwing = SqlText.Page("""
        SELECT b.organization_id
        FROM obligation b
        WHERE b.tenant_id = @TenantId AND b.collection_id = @CollectionId AND b.organization_id > @AfterId
        GROUP BY b.organization_id
        ORDER BY b.organization_id
        """);

    public static readonly SqlText InsertReminders = SqlText.Both("""
        INSERT INTO collection_reminder (tenant_id, collection_id, remind_on, organization_id, by_user, filings, reminded_at)
        SELECT b.tenant_id, b.collection_id, @RemindOn, b.organization_id, @UserId, COUNT(*), @Now
        FROM obligation b
        WHERE b.tenant_id = @TenantId AND b.collection_id = @CollectionId AND b.organization_id IN @OrganizationIds
          AND b.state <> 'exempt'
          AND b.measure_count > (SELECT COUNT(*)
                                 FROM filing f
                                 JOIN filing_figure x ON x.tenant_id = f.tenant_id AND x.filing_id = f.filing_id
                                  AND x.version = CASE WHEN f.state = 'submitted' THEN f.version ELSE f.approved_version END
                                 WHERE f.tenant_id = @TenantId AND x.tenant_id = @TenantId AND f.scenario_id = b.scenario_id AND f.period = b.period
                                   AND REPLACE(CONCAT(' ', b.measures, ' '), CONCAT(' ', x.measure, ' '), '') <> CONCAT(' ', b.measures, ' '))
          AND NOT EXISTS (SELECT 1 FROM collection_reminder r
                          WHERE r.tenant_id = @TenantId AND r.collection_id = b.collection_id AND r.remind_on = @RemindOn
                            AND r.organization_id = b.organization_id AND r.by_user = @UserId)
        GROUP BY b.tenant_id, b.collection_id, b.organization_id
        """);

    public static readonly SqlText Reminders = SqlText.Page("""
        SELECT r.remind_on AS RemindedOn, r.organization_id AS OrganizationId, o.name AS OrganizationName, r.filings AS Filings,
               r.by_user AS ByUserId, u.display_name AS ByUserName, r.reminded_at AS RemindedAt
        FROM collection_reminder r
        JOIN organization_ancestor a ON a.tenant_id = r.tenant_id AND a.organization_id = r.organization_id
        JOIN organization o ON o.tenant_id = r.tenant_id AND o.organization_id = r.organization_id
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = r.by_user
        WHERE r.tenant_id = @TenantId AND a.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND r.collection_id = @CollectionId
          AND (r.remind_on < @BeforeDay
               OR (r.remind_on = @BeforeDay AND (r.organization_id > @AfterOrganizationId OR (r.organization_id = @AfterOrganizationId AND r.by_user > @AfterUserId))))
        ORDER BY r.remind_on DESC, r.organization_id, r.by_user
        """);

    // Figure by figure: an owed measure is filed when the version under review, else the one approved last, holds it, whatever it says of it; on time when a version of the time does.
    // A measure is one of those owed when taking it out of their list leaves another list. Counted for each organization once, then climbed to the line it belongs to.
    public static readonly SqlText Coverage = SqlText.Both("""
        WITH obliged AS (
            SELECT b.organization_id, b.state, b.measures, b.measure_count, f.filing_id, f.approved_version,
                   CASE WHEN f.state = 'submitted' THEN f.version ELSE f.approved_version END AS filed_version
            FROM organization_ancestor a
            JOIN obligation b ON b.tenant_id = a.tenant_id AND b.organization_id = a.organization_id
            LEFT JOIN filing f ON f.tenant_id = @TenantId AND f.scenario_id = b.scenario_id AND f.period = b.period
            WHERE a.tenant_id = @TenantId AND b.tenant_id = @TenantId AND a.ancestor_id = @OrganizationId AND b.collection_id = @CollectionId
        ), there AS (
            SELECT b.organization_id, b.state, b.measures, b.measure_count, b.filing_id, b.approved_version, b.filed_version,
                   (SELECT COUNT(*) FROM filing_figure x
                    WHERE x.tenant_id = @TenantId AND x.filing_id = b.filing_id AND x.version = b.filed_version
                      AND REPLACE(CONCAT(' ', b.measures, ' '), CONCAT(' ', x.measure, ' '), '') <> CONCAT(' ', b.measures, ' ')) AS filed,
                   IIF(EXISTS (SELECT 1 FROM filing_version v
                               WHERE v.tenant_id = @TenantId AND v.filing_id = b.filing_id AND v.version = b.filed_version AND v.submitted_at < @DueBefore), 1, 0) AS in_time
            FROM obliged b
        ), owed AS (
            SELECT b.organization_id, b.state, b.measure_count, b.filed,
                   CASE WHEN b.approved_version IS NULL THEN 0
                        WHEN b.approved_version = b.filed_version THEN b.filed
                        ELSE (SELECT COUNT(*) FROM filing_figure x
                              WHERE x.tenant_id = @TenantId AND x.filing_id = b.filing_id AND x.version = b.approved_version
                                AND REPLACE(CONCAT(' ', b.measures, ' '), CONCAT(' ', x.measure, ' '), '') <> CONCAT(' ', b.measures, ' ')) END AS approved,
                   CASE WHEN b.filed = 0 THEN 0
                        WHEN b.in_time = 1 THEN b.filed
                        ELSE (SELECT COUNT(*) FROM filing_figure x
                              WHERE x.tenant_id = @TenantId AND x.filing_id = b.filing_id AND x.version = b.filed_version
                                AND REPLACE(CONCAT(' ', b.measures, ' '), CONCAT(' ', x.measure, ' '), '') <> CONCAT(' ', b.measures, ' ')
                                AND EXISTS (SELECT 1 FROM filing_version v
                                            JOIN filing_figure y ON y.tenant_id = v.tenant_id AND y.filing_id = v.filing_id AND y.version = v.version
                                            WHERE v.tenant_id = @TenantId AND y.tenant_id = @TenantId AND v.filing_id = x.filing_id AND v.submitted_at < @DueBefore
                                              AND y.measure = x.measure)) END AS on_time
            FROM there b
        ), counted AS (
            SELECT organization_id,
                   SUM(IIF(state = 'exempt', 0, measure_count)) AS owed,
                   SUM(IIF(state = 'exempt', 0, filed)) AS filed,
                   SUM(IIF(state = 'exempt', 0, approved)) AS approved,
                   SUM(IIF(state = 'exempt', 0, on_time)) AS on_time,
                   SUM(IIF(state = 'notDue', measure_count - filed, 0)) AS not_due,
                   SUM(IIF(state = 'missing', measure_count - filed, 0)) AS missing,
                   SUM(IIF(state = 'exempt', measure_count, 0)) AS exempt
            FROM owed
            GROUP BY organization_id
        ), line AS (
            SELECT k.organization_id AS line_id, m.organization_id AS member_id
            FROM organization k
            JOIN organization_ancestor m ON m.tenant_id = k.tenant_id AND m.ancestor_id = k.organization_id
            WHERE k.tenant_id = @TenantId AND m.tenant_id = @TenantId AND k.parent_id = @OrganizationId
            UNION ALL
            SELECT k.organization_id, k.organization_id
            FROM organization k
            WHERE k.tenant_id = @TenantId AND k.organization_id = @OrganizationId
        )
        SELECT g.organization_id AS OrganizationId, g.name AS OrganizationName, SUM(n.owed) AS Owed, SUM(n.filed) AS Filed, SUM(n.approved) AS Approved,
               SUM(n.on_time) AS OnTime, SUM(n.not_due) AS NotDue, SUM(n.missing) AS Missing, SUM(n.exempt) AS Exempt
        FROM counted n
        JOIN line l ON l.member_id = n.organization_id
        JOIN organization g ON g.tenant_id = @TenantId AND g.organization_id = l.line_id
        WHERE g.tenant_id = @TenantId
        GROUP BY g.organization_id, g.name, g.level
        ORDER BY g.level, g.organization_id
        """);

    public static readonly SqlText Missing = SqlText.Page("""
        SELECT b.organization_id AS OrganizationId, g.name AS OrganizationName, b.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               b.period AS Period, b.measures AS Measures, b.state AS State, f.state AS FilingState, f.filing_id AS FilingId,
               CASE WHEN f.state = 'submitted' THEN f.version ELSE f.approved_version END AS FiledVersion
        FROM organization_ancestor a
        JOIN obligation b ON b.tenant_id = a.tenant_id AND b.organization_id = a.organization_id
        JOIN scenario s ON s.tenant_id = b.tenant_id AND s.scenario_id = b.scenario_id
        JOIN organization g ON g.tenant_id = b.tenant_id AND g.organization_id = b.organization_id
        LEFT JOIN filing f ON f.tenant_id = @TenantId AND f.scenario_id = b.scenario_id AND f.period = b.period
        WHERE a.tenant_id = @TenantId AND b.tenant_id = @TenantId AND s.tenant_id = @TenantId AND g.tenant_id = @TenantId
          AND a.ancestor_id = @OrganizationId
          AND a.organization_id >= @AfterOrganizationId
          AND b.collection_id = @CollectionId
          AND b.state <> 'exempt'
          AND b.measure_count > (SELECT COUNT(*) FROM filing_figure x
                                 WHERE x.tenant_id = @TenantId AND x.filing_id = f.filing_id AND x.version = CASE WHEN f.state = 'submitted' THEN f.version ELSE f.approved_version END
                                   AND REPLACE(CONCAT(' ', b.measures, ' '), CONCAT(' ', x.measure, ' '), '') <> CONCAT(' ', b.measures, ' '))
          AND (a.organization_id > @AfterOrganizationId OR b.scenario_id > @AfterScenarioId OR (b.scenario_id = @AfterScenarioId AND b.period > @AfterPeriod))
        ORDER BY a.organization_id, b.scenario_id, b.period
        """);

    public static readonly SqlText MeasuresFiled = SqlText.Both("""
        SELECT x.filing_id AS FilingId, x.measure AS Measure
        FROM filing f
        JOIN filing_figure x ON x.tenant_id = f.tenant_id AND x.filing_id = f.filing_id AND x.version = CASE WHEN f.state = 'submitted' THEN f.version ELSE f.approved_version END
        WHERE f.tenant_id = @TenantId AND x.tenant_id = @TenantId AND f.filing_id IN @FilingIds
        """);

    public static readonly SqlText DueHere = SqlText.Page("""
        SELECT c.collection_id AS CollectionId, c.name AS Name, c.note AS Note, c.state AS State, c.first_period AS FirstPeriod, c.last_period AS LastPeriod, c.due_on AS DueOn
        FROM collection c
        WHERE c.tenant_id = @TenantId
          AND c.state IN ('open', 'due')
          AND (c.due_on > @AfterDay OR (c.due_on = @AfterDay AND c.collection_id > @AfterId))
          AND EXISTS (SELECT 1
                      FROM organization_ancestor a
                      JOIN obligation b ON b.tenant_id = a.tenant_id AND b.organization_id = a.organization_id
                      WHERE a.tenant_id = @TenantId AND b.tenant_id = @TenantId AND a.ancestor_id = @Within AND b.collection_id = c.collection_id)
        ORDER BY c.due_on, c.collection_id
        """);

    public static readonly SqlText DueCounts = SqlText.Both("""
        WITH obliged AS (
            SELECT b.collection_id, b.state, b.measures, b.measure_count, f.filing_id, f.approved_version,
                   CASE WHEN f.state = 'submitted' THEN f.version ELSE f.approved_version END AS filed_version
            FROM organization_ancestor a
            JOIN obligation b ON b.tenant_id = a.tenant_id AND b.organization_id = a.organization_id
            LEFT JOIN filing f ON f.tenant_id = @TenantId AND f.scenario_id = b.scenario_id AND f.period = b.period
            WHERE a.tenant_id = @TenantId AND b.tenant_id = @TenantId AND a.ancestor_id = @Within AND b.collection_id IN @CollectionIds AND b.state <> 'exempt'
        ), owed AS (
            SELECT b.collection_id, b.state, b.measure_count,
                   (SELECT COUNT(*) FROM filing_figure x
                    WHERE x.tenant_id = @TenantId AND x.filing_id = b.filing_id AND x.version = b.filed_version
                      AND REPLACE(CONCAT(' ', b.measures, ' '), CONCAT(' ', x.measure, ' '), '') <> CONCAT(' ', b.measures, ' ')) AS filed,
                   (SELECT COUNT(*) FROM filing_figure x
                    WHERE x.tenant_id = @TenantId AND x.filing_id = b.filing_id AND x.version = b.approved_version
                      AND REPLACE(CONCAT(' ', b.measures, ' '), CONCAT(' ', x.measure, ' '), '') <> CONCAT(' ', b.measures, ' ')) AS approved
            FROM obliged b
        )
        SELECT collection_id AS CollectionId, SUM(measure_count) AS Owed, SUM(filed) AS Filed, SUM(approved) AS Approved, SUM(IIF(state = 'missing', measure_count - filed, 0)) AS Overdue
        FROM owed
        GROUP BY collection_id
        """);

    public static readonly SqlText LastReminded = SqlText.Both("""
        SELECT r.collection_id AS CollectionId, MAX(r.remind_on) AS RemindedOn
        FROM organization_ancestor a
        JOIN collection_reminder r ON r.tenant_id = a.tenant_id AND r.organization_id = a.organization_id
        WHERE a.tenant_id = @TenantId AND r.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND r.collection_id IN @CollectionIds
        GROUP BY r.collection_id
        """);
}
