using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Ledger;

/// <summary>
/// Every statement over the ledger's tables. Entries are only ever inserted (by <c>Db.Append</c>); balances and totals are derived from them.
/// Reads what stands in the register and the filings, writes nothing there.
/// </summary>
internal static class LedgerSql
{
    // ---- the head: one row a tenant, and the lock that puts entry numbers in commit order

    public static readonly SqlText InsertHead = SqlText.AcrossTenants("a tenant's ledger begins with the tenant, before anyone is its caller", """
        INSERT INTO ledger_head (tenant_id, last_entry_no, last_posted_at, last_closing_no, through_entry_no)
        VALUES (@NewTenantId, 0, @Now, 0, 0)
        """);

    public static readonly SqlText LockHead = SqlText.Both("UPDATE ledger_head SET last_entry_no = last_entry_no WHERE tenant_id = @TenantId");

    public static readonly SqlText ReadHead = SqlText.Both("""
        SELECT last_entry_no AS LastEntryNo, last_posted_at AS LastPostedAt, last_closing_no AS LastClosingNo, through_entry_no AS ThroughEntryNo
        FROM ledger_head
        WHERE tenant_id = @TenantId
        """);

    public static readonly SqlText AdvanceHead = SqlText.Both("""
        UPDATE ledger_head SET last_entry_no = @LastEntryNo, last_posted_at = @PostedAt WHERE tenant_id = @TenantId
        """);

    public static readonly SqlText CloseHead = SqlText.Both("""
        UPDATE ledger_head SET last_closing_no = @ClosingNo, through_entry_no = @Through WHERE tenant_id = @TenantId
        """);

    // ---- posting: what should stand, and what does

    public static readonly SqlText FilingsOfScenarios = SqlText.Both("""
        SELECT f.filing_id FROM filing f WHERE f.tenant_id = @TenantId AND f.scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText FiguresThatStand = SqlText.Both("""
        SELECT 'approved' AS Book, f.filing_id AS FilingId, f.scenario_id AS ScenarioId, f.organization_id AS OrganizationId, f.period AS Period,
               x.version AS Version, x.measure AS Measure, x.state AS FigureState, x.grade AS Grade, x.quantity AS Quantity, x.denominator AS Denominator
        FROM filing f
        JOIN filing_figure x ON x.tenant_id = f.tenant_id AND x.filing_id = f.filing_id AND x.version = f.approved_version
        WHERE f.tenant_id = @TenantId AND f.filing_id IN @FilingIds
        UNION ALL
        SELECT 'filed' AS Book, f.filing_id AS FilingId, f.scenario_id AS ScenarioId, f.organization_id AS OrganizationId, f.period AS Period,
               x.version AS Version, x.measure AS Measure, x.state AS FigureState, x.grade AS Grade, x.quantity AS Quantity, x.denominator AS Denominator
        FROM filing f
        JOIN filing_figure x ON x.tenant_id = f.tenant_id AND x.filing_id = f.filing_id
         AND x.version = CASE WHEN f.state = 'submitted' THEN f.version ELSE f.approved_version END
        WHERE f.tenant_id = @TenantId AND f.filing_id IN @FilingIds
        """);

    public static readonly SqlText FilingPlaces = SqlText.Both("""
        SELECT f.filing_id AS FilingId, f.scenario_id AS ScenarioId, f.period AS Period
        FROM filing f
        WHERE f.tenant_id = @TenantId AND f.filing_id IN @FilingIds
        """);

    public static readonly SqlText ScenariosThatStand = SqlText.Both("""
        SELECT s.scenario_id AS ScenarioId, s.organization_id AS OrganizationId, s.sector AS Sector, s.region AS Region, s.key_action AS KeyAction,
               s.capex_total_fen AS CapexTotalFen
        FROM scenario_standing s
        WHERE s.tenant_id = @TenantId AND s.scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText ScenariosSubmitted = SqlText.Both("""
        SELECT s.scenario_id AS ScenarioId, s.organization_id AS OrganizationId, s.industry_division AS IndustryDivision, s.region AS Region,
               s.key_action AS KeyAction, s.stage AS Stage, s.stage_since AS StageSince, s.capex_total_fen AS CapexTotalFen
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.scenario_id IN @ScenarioIds AND s.state = 'submitted'
        """);

    public static readonly SqlText Stages = SqlText.Both("""
        SELECT g.scenario_id AS ScenarioId, g.stage AS Stage, g.since AS Since
        FROM scenario_stage g
        WHERE g.tenant_id = @TenantId AND g.scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText ScenarioPlaces = SqlText.Both("""
        SELECT p.scenario_id AS ScenarioId, p.since_period AS SincePeriod, p.organization_id AS OrganizationId
        FROM scenario_place p
        WHERE p.tenant_id = @TenantId AND p.scenario_id IN @ScenarioIds
        ORDER BY p.scenario_id, p.since_period
        """);

    public static readonly SqlText PostedFigures = SqlText.Both("""
        SELECT e.entry_no AS EntryNo, e.book AS Book, e.measure AS Measure, e.period AS Period, e.organization_id AS OrganizationId, e.sector AS Sector,
               e.region AS Region, e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.scenario_id AS ScenarioId, e.filing_id AS FilingId, e.filing_version AS FilingVersion, e.reverses_entry_no AS ReversesEntryNo,
               e.quantity AS Quantity, e.denominator AS Denominator, e.figures AS Figures
        FROM ledger_entry e
        WHERE e.tenant_id = @TenantId AND e.scenario_id IN @ScenarioIds AND e.period IN @PeriodCodes AND e.filing_id IN @FilingIds
        """);

    public static readonly SqlText PostedRegister = SqlText.Both("""
        SELECT e.entry_no AS EntryNo, e.book AS Book, e.measure AS Measure, e.period AS Period, e.organization_id AS OrganizationId, e.sector AS Sector,
               e.region AS Region, e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.scenario_id AS ScenarioId, e.filing_id AS FilingId, e.filing_version AS FilingVersion, e.reverses_entry_no AS ReversesEntryNo,
               e.quantity AS Quantity, e.denominator AS Denominator, e.figures AS Figures
        FROM ledger_entry e
        WHERE e.tenant_id = @TenantId AND e.scenario_id IN @ScenarioIds AND e.filing_id IS NULL
        """);

    // ---- closing: fold the entries since the last closing into balances

    public static readonly SqlText InsertClosing = SqlText.Both("""
        INSERT INTO ledger_closing (tenant_id, closing_no, after_entry_no, through_entry_no, closed_at)
        VALUES (@TenantId, @ClosingNo, @After, @Through, @Now)
        """);

    public static readonly SqlText CloseBalances = SqlText.Both("""
        UPDATE ledger_balance
        SET until_closing = @ClosingNo
        FROM (SELECT e.book, e.measure, e.period, e.organization_id, e.sector, e.region, e.key_action, e.stage, e.grade, e.figure_state
              FROM ledger_entry e
              WHERE e.tenant_id = @TenantId AND e.entry_no > @After AND e.entry_no <= @Through
              GROUP BY e.book, e.measure, e.period, e.organization_id, e.sector, e.region, e.key_action, e.stage, e.grade, e.figure_state
              HAVING SUM(e.quantity) <> 0 OR SUM(e.denominator) <> 0 OR SUM(e.figures) <> 0) d
        WHERE ledger_balance.tenant_id = @TenantId AND ledger_balance.until_closing = @Open
          AND ledger_balance.book = d.book AND ledger_balance.measure = d.measure AND ledger_balance.period = d.period
          AND ledger_balance.organization_id = d.organization_id AND ledger_balance.sector = d.sector AND ledger_balance.region = d.region
          AND ledger_balance.key_action = d.key_action AND ledger_balance.stage = d.stage AND ledger_balance.grade = d.grade
          AND ledger_balance.figure_state = d.figure_state
        """);

    public static readonly SqlText OpenBalances = SqlText.Both("""
        INSERT INTO ledger_balance (tenant_id, book, measure, until_closing, period, organization_id, sector, region, key_action, stage, grade,
                                    figure_state, from_closing, quantity, denominator, figures)
        SELECT @TenantId, d.book, d.measure, @Open, d.period, d.organization_id, d.sector, d.region, d.key_action, d.stage, d.grade,
               d.figure_state, @ClosingNo, d.quantity + COALESCE(b.quantity, 0), d.denominator + COALESCE(b.denominator, 0), d.figures + COALESCE(b.figures, 0)
        FROM (SELECT e.book, e.measure, e.period, e.organization_id, e.sector, e.region, e.key_action, e.stage, e.grade, e.figure_state,
                     SUM(e.quantity) AS quantity, SUM(e.denominator) AS denominator, SUM(e.figures) AS figures
              FROM ledger_entry e
              WHERE e.tenant_id = @TenantId AND e.entry_no > @After AND e.entry_no <= @Through
              GROUP BY e.book, e.measure, e.period, e.organization_id, e.sector, e.region, e.key_action, e.stage, e.grade, e.figure_state
              HAVING SUM(e.quantity) <> 0 OR SUM(e.denominator) <> 0 OR SUM(e.figures) <> 0) d
        LEFT JOIN ledger_balance b ON b.tenant_id = @TenantId AND b.until_closing = @ClosingNo
          AND b.book = d.book AND b.measure = d.measure AND b.period = d.period AND b.organization_id = d.organization_id AND b.sector = d.sector
          AND b.region = d.region AND b.key_action = d.key_action AND b.stage = d.stage AND b.grade = d.grade AND b.figure_state = d.figure_state
        """);

    public static readonly SqlText CloseTotals = SqlText.Both("""
        UPDATE ledger_total
        SET until_closing = @ClosingNo
        FROM (SELECT e.book, e.measure, e.aspect, e.period, e.sector, e.member, e.grade, e.figure_state
              FROM (SELECT e.book, e.measure, v.aspect, e.period, e.sector, e.grade, e.figure_state, e.quantity, e.denominator, e.figures,
                           CASE v.aspect WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage WHEN 'keyAction' THEN e.key_action ELSE '' END AS member
                    FROM ledger_entry e
                    CROSS JOIN (SELECT 'sector' AS aspect UNION ALL SELECT 'region' UNION ALL SELECT 'stage' UNION ALL SELECT 'keyAction') v
                    WHERE e.tenant_id = @TenantId AND e.entry_no > @After AND e.entry_no <= @Through) e
              GROUP BY e.book, e.measure, e.aspect, e.period, e.sector, e.member, e.grade, e.figure_state
              HAVING SUM(e.quantity) <> 0 OR SUM(e.denominator) <> 0 OR SUM(e.figures) <> 0) d
        WHERE ledger_total.tenant_id = @TenantId AND ledger_total.until_closing = @Open
          AND ledger_total.book = d.book AND ledger_total.measure = d.measure AND ledger_total.aspect = d.aspect AND ledger_total.period = d.period
          AND ledger_total.sector = d.sector AND ledger_total.member = d.member AND ledger_total.grade = d.grade
          AND ledger_total.figure_state = d.figure_state
        """);

    public static readonly SqlText OpenTotals = SqlText.Both("""
        INSERT INTO ledger_total (tenant_id, book, measure, until_closing, aspect, period, sector, member, grade, figure_state,
                                  from_closing, quantity, denominator, figures)
        SELECT @TenantId, d.book, d.measure, @Open, d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state,
               @ClosingNo, d.quantity + COALESCE(b.quantity, 0), d.denominator + COALESCE(b.denominator, 0), d.figures + COALESCE(b.figures, 0)
        FROM (SELECT e.book, e.measure, e.aspect, e.period, e.sector, e.member, e.grade, e.figure_state,
                     SUM(e.quantity) AS quantity, SUM(e.denominator) AS denominator, SUM(e.figures) AS figures
              FROM (SELECT e.book, e.measure, v.aspect, e.period, e.sector, e.grade, e.figure_state, e.quantity, e.denominator, e.figures,
                           CASE v.aspect WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage WHEN 'keyAction' THEN e.key_action ELSE '' END AS member
                    FROM ledger_entry e
                    CROSS JOIN (SELECT 'sector' AS aspect UNION ALL SELECT 'region' UNION ALL SELECT 'stage' UNION ALL SELECT 'keyAction') v
                    WHERE e.tenant_id = @TenantId AND e.entry_no > @After AND e.entry_no <= @Through) e
              GROUP BY e.book, e.measure, e.aspect, e.period, e.sector, e.member, e.grade, e.figure_state
              HAVING SUM(e.quantity) <> 0 OR SUM(e.denominator) <> 0 OR SUM(e.figures) <> 0) d
        LEFT JOIN ledger_total b ON b.tenant_id = @TenantId AND b.until_closing = @ClosingNo
          AND b.book = d.book AND b.measure = d.measure AND b.aspect = d.aspect AND b.period = d.period
          AND b.sector = d.sector AND b.member = d.member AND b.grade = d.grade AND b.figure_state = d.figure_state
        """);

    public static readonly SqlText OpenLedgers = SqlText.AcrossTenants("the clock asks which tenants have entries to fold, then folds each as that tenant", """
        SELECT h.tenant_id FROM ledger_head h WHERE h.last_entry_no > h.through_entry_no ORDER BY h.tenant_id
        """);

    public static readonly SqlText AllLedgers = SqlText.AcrossTenants("an operator checks or rebuilds every tenant's ledger, each as that tenant", """
        SELECT h.tenant_id FROM ledger_head h ORDER BY h.tenant_id
        """);

    // ---- rebuild: the same balances from the entries alone, by another road (running sums over closings instead of step by step)

    public static readonly SqlText DeleteBalances = SqlText.Both("DELETE FROM ledger_balance WHERE tenant_id = @TenantId");

    public static readonly SqlText DeleteTotals = SqlText.Both("DELETE FROM ledger_total WHERE tenant_id = @TenantId");

    public static readonly SqlText RebuildBalances = SqlText.Both("""
        INSERT INTO ledger_balance (tenant_id, book, measure, until_closing, period, organization_id, sector, region, key_action, stage, grade,
                                    figure_state, from_closing, quantity, denominator, figures)
        SELECT @TenantId, d.book, d.measure,
               COALESCE(LEAD(d.closing_no) OVER (PARTITION BY d.book, d.measure, d.period, d.organization_id, d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state ORDER BY d.closing_no), @Open),
               d.period, d.organization_id, d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state, d.closing_no,
               SUM(d.quantity) OVER (PARTITION BY d.book, d.measure, d.period, d.organization_id, d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING),
               SUM(d.denominator) OVER (PARTITION BY d.book, d.measure, d.period, d.organization_id, d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING),
               SUM(d.figures) OVER (PARTITION BY d.book, d.measure, d.period, d.organization_id, d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING)
        FROM (SELECT e.book, e.measure, e.period, e.organization_id, e.sector, e.region, e.key_action, e.stage, e.grade, e.figure_state, c.closing_no,
                     SUM(e.quantity) AS quantity, SUM(e.denominator) AS denominator, SUM(e.figures) AS figures
              FROM ledger_closing c
              JOIN ledger_entry e ON e.tenant_id = c.tenant_id AND e.entry_no > c.after_entry_no AND e.entry_no <= c.through_entry_no
              WHERE c.tenant_id = @TenantId AND e.tenant_id = @TenantId
              GROUP BY e.book, e.measure, e.period, e.organization_id, e.sector, e.region, e.key_action, e.stage, e.grade, e.figure_state, c.closing_no
              HAVING SUM(e.quantity) <> 0 OR SUM(e.denominator) <> 0 OR SUM(e.figures) <> 0) d
        """);

    public static readonly SqlText RebuildTotals = SqlText.Both("""
        INSERT INTO ledger_total (tenant_id, book, measure, until_closing, aspect, period, sector, member, grade, figure_state,
                                  from_closing, quantity, denominator, figures)
        SELECT @TenantId, d.book, d.measure,
               COALESCE(LEAD(d.closing_no) OVER (PARTITION BY d.book, d.measure, d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state ORDER BY d.closing_no), @Open),
               d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state, d.closing_no,
               SUM(d.quantity) OVER (PARTITION BY d.book, d.measure, d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING),
               SUM(d.denominator) OVER (PARTITION BY d.book, d.measure, d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING),
               SUM(d.figures) OVER (PARTITION BY d.book, d.measure, d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING)
        FROM (SELECT e.book, e.measure, e.aspect, e.period, e.sector, e.member, e.grade, e.figure_state, e.closing_no,
                     SUM(e.quantity) AS quantity, SUM(e.denominator) AS denominator, SUM(e.figures) AS figures
              FROM (SELECT e.book, e.measure, v.aspect, e.period, e.sector, e.grade, e.figure_state, c.closing_no, e.quantity, e.denominator, e.figures,
                           CASE v.aspect WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage WHEN 'keyAction' THEN e.key_action ELSE '' END AS member
                    FROM ledger_closing c
                    JOIN ledger_entry e ON e.tenant_id = c.tenant_id AND e.entry_no > c.after_entry_no AND e.entry_no <= c.through_entry_no
                    CROSS JOIN (SELECT 'sector' AS aspect UNION ALL SELECT 'region' UNION ALL SELECT 'stage' UNION ALL SELECT 'keyAction') v
                    WHERE c.tenant_id = @TenantId AND e.tenant_id = @TenantId) e
              GROUP BY e.book, e.measure, e.aspect, e.period, e.sector, e.member, e.grade, e.figure_state, e.closing_no
              HAVING SUM(e.quantity) <> 0 OR SUM(e.denominator) <> 0 OR SUM(e.figures) <> 0) d
        """);

    public static readonly SqlText DumpBalances = SqlText.Both("""
        SELECT CONCAT(b.book, '|', b.measure, '|', b.until_closing, '|', b.period, '|', b.organization_id, '|', b.sector, '|', b.region, '|', b.key_action, '|',
                      b.stage, '|', b.grade, '|', b.figure_state, '|', b.from_closing, '|', b.quantity, '|', b.denominator, '|', b.figures)
        FROM ledger_balance b
        WHERE b.tenant_id = @TenantId
        ORDER BY b.book, b.measure, b.until_closing, b.period, b.organization_id, b.sector, b.region, b.key_action, b.stage, b.grade, b.figure_state
        """);

    public static readonly SqlText DumpTotals = SqlText.Both("""
        SELECT CONCAT(b.book, '|', b.measure, '|', b.until_closing, '|', b.aspect, '|', b.period, '|', b.sector, '|', b.member, '|', b.grade, '|',
                      b.figure_state, '|', b.from_closing, '|', b.quantity, '|', b.denominator, '|', b.figures)
        FROM ledger_total b
        WHERE b.tenant_id = @TenantId
        ORDER BY b.book, b.measure, b.until_closing, b.aspect, b.period, b.sector, b.member, b.grade, b.figure_state
        """);

    // ---- checks: each counts what breaks a law, so 0 is right

    public static readonly SqlText CountWrongBalances = SqlText.Both("""
        SELECT COUNT(*)
        FROM (SELECT k.book
              FROM (SELECT b.book, b.measure, b.period, b.organization_id, b.sector, b.region, b.key_action, b.stage, b.grade, b.figure_state, b.quantity, b.denominator, b.figures
                    FROM ledger_balance b
                    WHERE b.tenant_id = @TenantId AND b.until_closing = @Open
                    UNION ALL
                    SELECT e.book, e.measure, e.period, e.organization_id, e.sector, e.region, e.key_action, e.stage, e.grade, e.figure_state, -e.quantity, -e.denominator, -e.figures
                    FROM ledger_entry e
                    WHERE e.tenant_id = @TenantId AND e.entry_no <= @Through) k
              GROUP BY k.book, k.measure, k.period, k.organization_id, k.sector, k.region, k.key_action, k.stage, k.grade, k.figure_state
              HAVING SUM(k.quantity) <> 0 OR SUM(k.denominator) <> 0 OR SUM(k.figures) <> 0) w
        """);

    public static readonly SqlText CountWrongTotals = SqlText.Both("""
        SELECT COUNT(*)
        FROM (SELECT k.book
              FROM (SELECT t.book, t.measure, t.aspect, t.period, t.sector, t.grade, t.figure_state, t.quantity, t.denominator, t.figures
                    FROM ledger_total t
                    WHERE t.tenant_id = @TenantId AND t.until_closing = @Open
                    UNION ALL
                    SELECT b.book, b.measure, v.aspect, b.period, b.sector, b.grade, b.figure_state, -b.quantity, -b.denominator, -b.figures
                    FROM ledger_balance b
                    CROSS JOIN (SELECT 'sector' AS aspect UNION ALL SELECT 'region' UNION ALL SELECT 'stage' UNION ALL SELECT 'keyAction') v
                    WHERE b.tenant_id = @TenantId AND b.until_closing = @Open) k
              GROUP BY k.book, k.measure, k.aspect, k.period, k.sector, k.grade, k.figure_state
              HAVING SUM(k.quantity) <> 0 OR SUM(k.denominator) <> 0 OR SUM(k.figures) <> 0) w
        """);

    public static readonly SqlText CountEntries = SqlText.Both("SELECT COUNT(*) FROM ledger_entry WHERE tenant_id = @TenantId");

    public static readonly SqlText AllFilings = SqlText.Both("SELECT f.filing_id FROM filing f WHERE f.tenant_id = @TenantId ORDER BY f.filing_id");

    public static readonly SqlText AllScenarios = SqlText.Both("SELECT s.scenario_id FROM scenario s WHERE s.tenant_id = @TenantId ORDER BY s.scenario_id");

    // ---- reading: what closings, instants and scopes mean

    public static readonly SqlText LastClosingThrough = SqlText.Both("""
        SELECT COALESCE(MAX(c.closing_no), 0) AS ClosingNo, COALESCE(MAX(c.through_entry_no), 0) AS ThroughEntryNo
        FROM ledger_closing c
        WHERE c.tenant_id = @TenantId AND c.through_entry_no <= @AsOfEntryNo
        """);

    public static readonly SqlText FindClosing = SqlText.Both("""
        SELECT c.closing_no AS ClosingNo, c.through_entry_no AS ThroughEntryNo, c.closed_at AS ClosedAt
        FROM ledger_closing c
        WHERE c.tenant_id = @TenantId AND c.closing_no = @ClosingNo
        """);

    public static readonly SqlText LastEntryAt = SqlText.Both("""
        SELECT COALESCE(MAX(e.entry_no), 0) FROM ledger_entry e WHERE e.tenant_id = @TenantId AND e.posted_at <= @At
        """);

    public static readonly SqlText FindScope = SqlText.Both("""
        SELECT o.organization_id AS OrganizationId, o.parent_id AS ParentId, o.name AS Name
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND o.organization_id = @Scope
        """);

    public static readonly SqlText Children = SqlText.Both("""
        SELECT o.organization_id AS OrganizationId, o.parent_id AS ParentId, o.name AS Name
        FROM organization o
        WHERE o.tenant_id = @TenantId AND (o.parent_id = @Scope OR o.organization_id = @Scope)
        ORDER BY o.organization_id
        """);

    // ---- reading: sums by member, measure, grade and figure state

    public static readonly SqlText SumTotals = SqlText.Both("""
        SELECT k.member AS Member, k.measure AS Measure, k.grade AS Grade, k.figure_state AS FigureState,
               SUM(k.quantity) AS Quantity, SUM(k.denominator) AS Denominator, SUM(k.figures) AS Figures
        FROM (SELECT CASE @By WHEN 'sector' THEN b.sector WHEN 'month' THEN b.period WHEN 'grade' THEN b.grade WHEN 'none' THEN '' ELSE b.member END AS member,
                     b.measure, b.grade, b.figure_state, b.quantity, b.denominator, b.figures
              FROM ledger_total b
              WHERE b.tenant_id = @TenantId
                AND b.book = @Book AND b.measure IN @MeasureCodes
                AND b.until_closing > @ClosingNo AND b.from_closing <= @ClosingNo
                AND b.aspect = @Aspect
                AND b.period >= @First AND b.period <= @Last
                AND (@Sector IS NULL OR b.sector = @Sector)
                AND (@Grade IS NULL OR b.grade = @Grade)) k
        GROUP BY k.member, k.measure, k.grade, k.figure_state
        """);

    public static readonly SqlText SumBalances = SqlText.Both("""
        SELECT k.member AS Member, k.measure AS Measure, k.grade AS Grade, k.figure_state AS FigureState,
               SUM(k.quantity) AS Quantity, SUM(k.denominator) AS Denominator, SUM(k.figures) AS Figures
        FROM (SELECT CASE @By WHEN 'sector' THEN b.sector WHEN 'month' THEN b.period WHEN 'grade' THEN b.grade WHEN 'region' THEN b.region
                              WHEN 'stage' THEN b.stage WHEN 'keyAction' THEN b.key_action ELSE '' END AS member,
                     b.measure, b.grade, b.figure_state, b.quantity, b.denominator, b.figures
              FROM ledger_balance b
              JOIN organization_ancestor a ON a.tenant_id = b.tenant_id AND a.organization_id = b.organization_id
              WHERE b.tenant_id = @TenantId AND a.tenant_id = @TenantId
                AND a.ancestor_id = @Scope
                AND b.book = @Book AND b.measure IN @MeasureCodes
                AND b.until_closing > @ClosingNo AND b.from_closing <= @ClosingNo
                AND b.period >= @First AND b.period <= @Last
                AND (@Sector IS NULL OR b.sector = @Sector)
                AND (@Grade IS NULL OR b.grade = @Grade)
                AND (@OwnOnly = 0 OR b.organization_id = @Scope)) k
        GROUP BY k.member, k.measure, k.grade, k.figure_state
        """);

    // Each organization under the scope is added to the child it hangs under; what is the scope's own stands under the scope's own id.
    public static readonly SqlText SumBalancesByOrganization = SqlText.Both("""
        SELECT CONCAT('', k.member) AS Member, k.measure AS Measure, k.grade AS Grade, k.figure_state AS FigureState,
               SUM(k.quantity) AS Quantity, SUM(k.denominator) AS Denominator, SUM(k.figures) AS Figures
        FROM (SELECT COALESCE(u.ancestor_id, a.organization_id) AS member, b.measure, b.grade, b.figure_state, b.quantity, b.denominator, b.figures
              FROM organization_ancestor a
              JOIN ledger_balance b ON b.tenant_id = a.tenant_id AND b.organization_id = a.organization_id
              LEFT JOIN organization_ancestor u ON u.tenant_id = @TenantId AND u.organization_id = a.organization_id AND u.depth = a.depth - 1
              WHERE a.tenant_id = @TenantId AND b.tenant_id = @TenantId
                AND a.ancestor_id = @Scope
                AND b.book = @Book AND b.measure IN @MeasureCodes
                AND b.until_closing > @ClosingNo AND b.from_closing <= @ClosingNo
                AND b.period >= @First AND b.period <= @Last
                AND (@Sector IS NULL OR b.sector = @Sector)
                AND (@Grade IS NULL OR b.grade = @Grade)) k
        GROUP BY k.member, k.measure, k.grade, k.figure_state
        """);

    public static readonly SqlText SumTail = SqlText.Both("""
        SELECT k.member AS Member, k.measure AS Measure, k.grade AS Grade, k.figure_state AS FigureState,
               SUM(k.quantity) AS Quantity, SUM(k.denominator) AS Denominator, SUM(k.figures) AS Figures
        FROM (SELECT CASE @By WHEN 'sector' THEN e.sector WHEN 'month' THEN e.period WHEN 'grade' THEN e.grade WHEN 'region' THEN e.region
                              WHEN 'stage' THEN e.stage WHEN 'keyAction' THEN e.key_action ELSE '' END AS member,
                     e.measure, e.grade, e.figure_state, e.quantity, e.denominator, e.figures
              FROM ledger_entry e
              JOIN organization_ancestor a ON a.tenant_id = e.tenant_id AND a.organization_id = e.organization_id
              WHERE e.tenant_id = @TenantId AND a.tenant_id = @TenantId
                AND e.entry_no > @ThroughEntryNo AND e.entry_no <= @AsOfEntryNo
                AND a.ancestor_id = @Scope
                AND e.book = @Book AND e.measure IN @MeasureCodes
                AND e.period >= @First AND e.period <= @Last
                AND (@Sector IS NULL OR e.sector = @Sector)
                AND (@Grade IS NULL OR e.grade = @Grade)
                AND (@OwnOnly = 0 OR e.organization_id = @Scope)) k
        GROUP BY k.member, k.measure, k.grade, k.figure_state
        """);

    public static readonly SqlText SumTailByOrganization = SqlText.Both("""
        SELECT CONCAT('', k.member) AS Member, k.measure AS Measure, k.grade AS Grade, k.figure_state AS FigureState,
               SUM(k.quantity) AS Quantity, SUM(k.denominator) AS Denominator, SUM(k.figures) AS Figures
        FROM (SELECT COALESCE(u.ancestor_id, a.organization_id) AS member, e.measure, e.grade, e.figure_state, e.quantity, e.denominator, e.figures
              FROM ledger_entry e
              JOIN organization_ancestor a ON a.tenant_id = e.tenant_id AND a.organization_id = e.organization_id
              LEFT JOIN organization_ancestor u ON u.tenant_id = @TenantId AND u.organization_id = a.organization_id AND u.depth = a.depth - 1
              WHERE e.tenant_id = @TenantId AND a.tenant_id = @TenantId
                AND e.entry_no > @ThroughEntryNo AND e.entry_no <= @AsOfEntryNo
                AND a.ancestor_id = @Scope
                AND e.book = @Book AND e.measure IN @MeasureCodes
                AND e.period >= @First AND e.period <= @Last
                AND (@Sector IS NULL OR e.sector = @Sector)
                AND (@Grade IS NULL OR e.grade = @Grade)) k
        GROUP BY k.member, k.measure, k.grade, k.figure_state
        """);

    // What scenarios of the present register owe: so many measure-scenario pairs, from their first month until the month they were retired.
    public static readonly SqlText Obligations = SqlText.Both("""
        SELECT k.member AS Member, k.first_period AS FirstPeriod, k.retired_period AS RetiredPeriod, COUNT(*) AS Pairs
        FROM (SELECT CASE @By WHEN 'sector' THEN s.sector WHEN 'region' THEN s.region WHEN 'stage' THEN s.stage WHEN 'keyAction' THEN s.key_action
                              WHEN 'organization' THEN CONCAT('', COALESCE((SELECT u.ancestor_id FROM organization_ancestor u
                                                                             WHERE u.tenant_id = @TenantId AND u.organization_id = s.organization_id AND u.depth = a.depth - 1), s.organization_id))
                              ELSE '' END AS member,
                     s.first_period, s.retired_period
              FROM scenario_measure m
              JOIN scenario_standing s ON s.tenant_id = m.tenant_id AND s.scenario_id = m.scenario_id
              JOIN organization_ancestor a ON a.tenant_id = s.tenant_id AND a.organization_id = s.organization_id
              WHERE m.tenant_id = @TenantId AND s.tenant_id = @TenantId AND a.tenant_id = @TenantId
                AND a.ancestor_id = @Scope
                AND m.measure IN @MeasureCodes
                AND (@Sector IS NULL OR s.sector = @Sector)
                AND (@OwnOnly = 0 OR s.organization_id = @Scope)) k
        GROUP BY k.member, k.first_period, k.retired_period
        """);

    // ---- explaining a cell: the entries themselves, two windows because a ratio's two sides may look at different months.
    // What both windows lie in, and the sectors by name also when all are meant, is said once more: that is what ix_ledger_entry_cell can seek by.

    public static readonly SqlText ExplainSums = SqlText.Both("""
        SELECT e.measure AS Measure, SUM(e.quantity) AS Quantity, SUM(e.denominator) AS Denominator, COUNT(*) AS Entries,
               SUM(CASE WHEN e.figure_state IN ('reported', 'zero') THEN e.figures ELSE 0 END) AS Figures
        FROM ledger_entry e
        JOIN organization_ancestor a ON a.tenant_id = e.tenant_id AND a.organization_id = e.organization_id
        WHERE e.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Scope
          AND e.book = @Book AND e.measure IN @AnyMeasureCodes AND e.sector IN @SectorCodes AND e.entry_no <= @AsOfEntryNo
          AND e.period >= @Earliest AND e.period <= @Latest
          AND ((e.measure IN @MeasureCodes AND e.period >= @First AND e.period <= @Last)
            OR (e.measure IN @OtherMeasureCodes AND e.period >= @OtherFirst AND e.period <= @OtherLast))
          AND (@Grade IS NULL OR e.grade = @Grade)
          AND (@OwnOnly = 0 OR e.organization_id = @Scope)
          AND (@By NOT IN ('region', 'stage', 'keyAction') OR CASE @By WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage ELSE e.key_action END = @Member)
        GROUP BY e.measure
        """);

    public static readonly SqlText ExplainEntries = SqlText.Page("""
        SELECT e.entry_no AS EntryNo, e.posted_at AS PostedAt, e.cause AS Cause, e.measure AS Measure, e.period AS Period, e.sector AS Sector,
               e.region AS Region, e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.organization_id AS OrganizationId, o.name AS OrganizationName, e.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               e.filing_id AS FilingId, e.filing_version AS FilingVersion, e.reverses_entry_no AS ReversesEntryNo,
               e.quantity AS Quantity, e.denominator AS Denominator
        FROM ledger_entry e
        JOIN organization_ancestor a ON a.tenant_id = e.tenant_id AND a.organization_id = e.organization_id
        JOIN organization o ON o.tenant_id = e.tenant_id AND o.organization_id = e.organization_id
        JOIN scenario s ON s.tenant_id = e.tenant_id AND s.scenario_id = e.scenario_id
        WHERE e.tenant_id = @TenantId AND a.tenant_id = @TenantId AND o.tenant_id = @TenantId AND s.tenant_id = @TenantId
          AND a.ancestor_id = @Scope
          AND e.book = @Book AND e.measure IN @AnyMeasureCodes AND e.sector IN @SectorCodes AND e.entry_no <= @AsOfEntryNo
          AND e.period >= @Earliest AND e.period <= @Latest
          AND ((e.measure IN @MeasureCodes AND e.period >= @First AND e.period <= @Last)
            OR (e.measure IN @OtherMeasureCodes AND e.period >= @OtherFirst AND e.period <= @OtherLast))
          AND (@Grade IS NULL OR e.grade = @Grade)
          AND (@OwnOnly = 0 OR e.organization_id = @Scope)
          AND (@By NOT IN ('region', 'stage', 'keyAction') OR CASE @By WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage ELSE e.key_action END = @Member)
          AND (e.measure > @AfterMeasure
            OR (e.measure = @AfterMeasure AND (e.sector > @AfterSector
            OR (e.sector = @AfterSector AND (e.period > @AfterPeriod
            OR (e.period = @AfterPeriod AND e.entry_no > @AfterEntryNo))))))
        ORDER BY e.measure, e.sector, e.period, e.entry_no
        """);
}
