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
        INSERT INTO ledger_head (tenant_id, last_entry_no, last_posted_at, last_closing_no, through_entry_no, handle_key, repair_no)
        VALUES (@NewTenantId, 0, @Now, 0, 0, @HandleKey, 0)
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

    // All that a reading of the ledger depends on besides what was asked and who asks: whatever changes an answer changes one of these.
    public static readonly SqlText ReadState = SqlText.Both("""
        SELECT h.last_entry_no AS LastEntryNo, h.last_closing_no AS LastClosingNo, h.through_entry_no AS ThroughEntryNo, h.repair_no AS RepairNo, h.handle_key AS HandleKey,
               (SELECT COALESCE(MAX(t.tree_no), 1) FROM organization_tree t WHERE t.tenant_id = @TenantId) AS TreeNo
        FROM ledger_head h
        WHERE h.tenant_id = @TenantId
        """);

    public static readonly SqlText CountRepair = SqlText.Both("UPDATE ledger_head SET repair_no = repair_no + 1 WHERE tenant_id = @TenantId");

    // ---- posting: what should stand, and what does

    public static readonly SqlText MonthsOfScenarios = SqlText.Both("""
        SELECT f.scenario_id AS ScenarioId, f.period AS Period
        FROM filing f
        WHERE f.tenant_id = @TenantId AND f.scenario_id IN @ScenarioIds
        UNION
        SELECT o.scenario_id AS ScenarioId, o.period AS Period
        FROM obligation o
        WHERE o.tenant_id = @TenantId AND o.scenario_id IN @ScenarioIds
        """);

    public static readonly SqlText FiguresThatStand = SqlText.Both("""
        SELECT 'approved' AS Book, f.filing_id AS FilingId, f.scenario_id AS ScenarioId, f.organization_id AS OrganizationId, f.period AS Period,
               x.version AS Version, x.measure AS Measure, x.state AS FigureState, x.grade AS Grade, x.quantity AS Quantity, x.denominator AS Denominator
        FROM filing f
        JOIN filing_figure x ON x.tenant_id = f.tenant_id AND x.filing_id = f.filing_id AND x.version = f.approved_version
        WHERE f.tenant_id = @TenantId AND f.scenario_id IN @ScenarioIds AND f.period IN @PeriodCodes
        UNION ALL
        SELECT 'filed' AS Book, f.filing_id AS FilingId, f.scenario_id AS ScenarioId, f.organization_id AS OrganizationId, f.period AS Period,
               x.version AS Version, x.measure AS Measure, x.state AS FigureState, x.grade AS Grade, x.quantity AS Quantity, x.denominator AS Denominator
        FROM filing f
        JOIN filing_figure x ON x.tenant_id = f.tenant_id AND x.filing_id = f.filing_id
         AND x.version = CASE WHEN f.state = 'submitted' THEN f.version ELSE f.approved_version END
        WHERE f.tenant_id = @TenantId AND f.scenario_id IN @ScenarioIds AND f.period IN @PeriodCodes
          AND @FiledToo = 1
        """);

    public static readonly SqlText Obligations = SqlText.Both("""
        SELECT o.scenario_id AS ScenarioId, o.period AS Period, o.measures AS Measures, o.state AS State
        FROM obligation o
        WHERE o.tenant_id = @TenantId AND o.scenario_id IN @ScenarioIds AND o.period IN @PeriodCodes
        """);

    public static readonly SqlText MonthsOfFilings = SqlText.Both("""
        SELECT f.scenario_id AS ScenarioId, f.period AS Period
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
        WHERE e.tenant_id = @TenantId AND e.scenario_id IN @ScenarioIds AND e.period IN @PeriodCodes AND e.measure NOT IN @RegisterMeasureCodes
          AND (@FiledToo = 1 OR e.book = 'approved')
        """);

    public static readonly SqlText PostedRegister = SqlText.Both("""
        SELECT e.entry_no AS EntryNo, e.book AS Book, e.measure AS Measure, e.period AS Period, e.organization_id AS OrganizationId, e.sector AS Sector,
               e.region AS Region, e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.scenario_id AS ScenarioId, e.filing_id AS FilingId, e.filing_version AS FilingVersion, e.reverses_entry_no AS ReversesEntryNo,
               e.quantity AS Quantity, e.denominator AS Denominator, e.figures AS Figures
        FROM ledger_entry e
        WHERE e.tenant_id = @TenantId AND e.scenario_id IN @ScenarioIds AND e.measure IN @RegisterMeasureCodes
        """);

    // ---- closing: fold the entries since the last closing into balances

    public static readonly SqlText InsertClosing = SqlText.Both("""
        INSERT INTO ledger_closing (tenant_id, closing_no, after_entry_no, through_entry_no, closed_at, tree_no)
        VALUES (@TenantId, @ClosingNo, @After, @Through, @Now, @TreeNo)
        """);

    public static readonly SqlText NewEntries = SqlText.Both("""
        SELECT e.book AS Book, e.measure AS Measure, e.period AS Period, e.organization_id AS OrganizationId, e.sector AS Sector, e.region AS Region,
               e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.quantity AS Quantity, e.denominator AS Denominator, e.figures AS Figures
        FROM ledger_entry e
        WHERE e.tenant_id = @TenantId AND e.entry_no > @After AND e.entry_no <= @Through
        """);

    public static readonly SqlText CloseBalances = SqlText.Both("""
        UPDATE ledger_balance
        SET until_closing = @ClosingNo
        FROM ledger_balance_change d
        WHERE ledger_balance.tenant_id = @TenantId AND d.tenant_id = @TenantId AND ledger_balance.until_closing = @Open
          AND ledger_balance.organization_id = d.organization_id AND ledger_balance.book = d.book AND ledger_balance.measure = d.measure
          AND ledger_balance.period = d.period AND ledger_balance.sector = d.sector AND ledger_balance.region = d.region
          AND ledger_balance.key_action = d.key_action AND ledger_balance.stage = d.stage AND ledger_balance.grade = d.grade
          AND ledger_balance.figure_state = d.figure_state
        """);

    public static readonly SqlText OpenBalances = SqlText.Both("""
        INSERT INTO ledger_balance (tenant_id, organization_id, book, measure, period, until_closing, sector, region, key_action, stage, grade,
                                    figure_state, from_closing, quantity, denominator, figures, entries)
        SELECT @TenantId, d.organization_id, d.book, d.measure, d.period, @Open, d.sector, d.region, d.key_action, d.stage, d.grade,
               d.figure_state, @ClosingNo, d.quantity + COALESCE(b.quantity, 0), d.denominator + COALESCE(b.denominator, 0), d.figures + COALESCE(b.figures, 0),
               d.entries + COALESCE(b.entries, 0)
        FROM ledger_balance_change d
        LEFT JOIN ledger_balance b ON b.tenant_id = @TenantId AND b.organization_id = d.organization_id AND b.book = d.book AND b.measure = d.measure
          AND b.period = d.period AND b.until_closing = @ClosingNo AND b.sector = d.sector AND b.region = d.region AND b.key_action = d.key_action
          AND b.stage = d.stage AND b.grade = d.grade AND b.figure_state = d.figure_state
        WHERE d.tenant_id = @TenantId
        """);

    public static readonly SqlText CloseTotals = SqlText.Both("""
        UPDATE ledger_total
        SET until_closing = @ClosingNo
        FROM ledger_total_change d
        WHERE ledger_total.tenant_id = @TenantId AND d.tenant_id = @TenantId AND ledger_total.until_closing = @Open
          AND ledger_total.book = d.book AND ledger_total.measure = d.measure AND ledger_total.aspect = d.aspect AND ledger_total.period = d.period
          AND ledger_total.sector = d.sector AND ledger_total.member = d.member AND ledger_total.grade = d.grade
          AND ledger_total.figure_state = d.figure_state
        """);

    public static readonly SqlText OpenTotals = SqlText.Both("""
        INSERT INTO ledger_total (tenant_id, book, measure, aspect, period, until_closing, sector, member, grade, figure_state,
                                  from_closing, quantity, denominator, figures, entries)
        SELECT @TenantId, d.book, d.measure, d.aspect, d.period, @Open, d.sector, d.member, d.grade, d.figure_state,
               @ClosingNo, d.quantity + COALESCE(b.quantity, 0), d.denominator + COALESCE(b.denominator, 0), d.figures + COALESCE(b.figures, 0),
               d.entries + COALESCE(b.entries, 0)
        FROM ledger_total_change d
        LEFT JOIN ledger_total b ON b.tenant_id = @TenantId AND b.book = d.book AND b.measure = d.measure AND b.aspect = d.aspect AND b.period = d.period
          AND b.until_closing = @ClosingNo AND b.sector = d.sector AND b.member = d.member AND b.grade = d.grade AND b.figure_state = d.figure_state
        WHERE d.tenant_id = @TenantId
        """);

    public static readonly SqlText ForgetBalanceChanges = SqlText.Both("DELETE FROM ledger_balance_change WHERE tenant_id = @TenantId");

    public static readonly SqlText ForgetTotalChanges = SqlText.Both("DELETE FROM ledger_total_change WHERE tenant_id = @TenantId");

    public static readonly SqlText OpenLedgers = SqlText.AcrossTenants("the clock asks which tenants have entries to fold, then folds each as that tenant", """
        SELECT h.tenant_id FROM ledger_head h WHERE h.last_entry_no > h.through_entry_no ORDER BY h.tenant_id
        """);

    public static readonly SqlText AllLedgers = SqlText.AcrossTenants("an operator checks or rebuilds every tenant's ledger, each as that tenant", """
        SELECT h.tenant_id FROM ledger_head h ORDER BY h.tenant_id
        """);

    // ---- recounting: the same balances from the entries alone, by another road (key by key over all closings instead of closing by closing)

    public static readonly SqlText Closings = SqlText.Both("""
        SELECT c.closing_no AS ClosingNo, c.through_entry_no AS ThroughEntryNo
        FROM ledger_closing c
        WHERE c.tenant_id = @TenantId
        ORDER BY c.closing_no
        """);

    public static readonly SqlText OrganizationsAfter = SqlText.Page("""
        SELECT o.organization_id
        FROM organization o
        WHERE o.tenant_id = @TenantId AND o.organization_id > @After
        ORDER BY o.organization_id
        """);

    public static readonly SqlText EntriesOfOrganization = SqlText.Both("""
        SELECT e.entry_no AS EntryNo, e.book AS Book, e.measure AS Measure, e.period AS Period, e.organization_id AS OrganizationId, e.sector AS Sector,
               e.region AS Region, e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.quantity AS Quantity, e.denominator AS Denominator, e.figures AS Figures
        FROM ledger_entry e
        WHERE e.tenant_id = @TenantId AND e.organization_id = @OrganizationId AND e.entry_no <= @Through
        ORDER BY e.organization_id, e.book, e.measure, e.period, e.entry_no
        """);

    public static readonly SqlText BalancesOfOrganization = SqlText.Both("""
        SELECT b.organization_id AS OrganizationId, b.book AS Book, b.measure AS Measure, b.period AS Period, b.sector AS Sector, b.region AS Region,
               b.key_action AS KeyAction, b.stage AS Stage, b.grade AS Grade, b.figure_state AS FigureState,
               b.from_closing AS FromClosing, b.until_closing AS UntilClosing, b.quantity AS Quantity, b.denominator AS Denominator, b.figures AS Figures, b.entries AS Entries
        FROM ledger_balance b
        WHERE b.tenant_id = @TenantId AND b.organization_id = @OrganizationId
        """);

    public static readonly SqlText DeleteBalancesOfOrganization = SqlText.Both("DELETE FROM ledger_balance WHERE tenant_id = @TenantId AND organization_id = @OrganizationId");

    public static readonly SqlText EntriesOfMeasure = SqlText.Both("""
        SELECT e.entry_no AS EntryNo, e.book AS Book, e.measure AS Measure, e.period AS Period, e.organization_id AS OrganizationId, e.sector AS Sector,
               e.region AS Region, e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.quantity AS Quantity, e.denominator AS Denominator, e.figures AS Figures
        FROM ledger_entry e
        WHERE e.tenant_id = @TenantId AND e.book = @Book AND e.measure = @Measure AND e.entry_no <= @Through
        ORDER BY e.book, e.measure, e.sector, e.period, e.entry_no
        """);

    public static readonly SqlText TotalsOfMeasure = SqlText.Both("""
        SELECT t.book AS Book, t.measure AS Measure, t.aspect AS Aspect, t.period AS Period, t.sector AS Sector, t.member AS Member, t.grade AS Grade, t.figure_state AS FigureState,
               t.from_closing AS FromClosing, t.until_closing AS UntilClosing, t.quantity AS Quantity, t.denominator AS Denominator, t.figures AS Figures, t.entries AS Entries
        FROM ledger_total t
        WHERE t.tenant_id = @TenantId AND t.book = @Book AND t.measure = @Measure
        """);

    public static readonly SqlText DeleteTotalsOfMeasure = SqlText.Both("DELETE FROM ledger_total WHERE tenant_id = @TenantId AND book = @Book AND measure = @Measure");

    // Balances and totals that no entry could have made: of an organization or a measure that has none.
    public static readonly SqlText CountBalances = SqlText.Both("SELECT COUNT(*) FROM ledger_balance WHERE tenant_id = @TenantId");

    public static readonly SqlText CountTotals = SqlText.Both("SELECT COUNT(*) FROM ledger_total WHERE tenant_id = @TenantId");

    public static readonly SqlText CountEntries = SqlText.Both("SELECT COUNT(*) FROM ledger_entry WHERE tenant_id = @TenantId");

    public static readonly SqlText ScenariosAfter = SqlText.Page("""
        SELECT s.scenario_id
        FROM scenario s
        WHERE s.tenant_id = @TenantId AND s.scenario_id > @After
        ORDER BY s.scenario_id
        """);

    // ---- reading: what closings, instants and scopes mean

    public static readonly SqlText LastClosingThrough = SqlText.Page("""
        SELECT c.closing_no AS ClosingNo, c.through_entry_no AS ThroughEntryNo, c.closed_at AS ClosedAt, c.tree_no AS TreeNo
        FROM ledger_closing c
        WHERE c.tenant_id = @TenantId AND c.through_entry_no <= @AsOfEntryNo
        ORDER BY c.through_entry_no DESC, c.closing_no DESC
        """);

    public static readonly SqlText FindClosing = SqlText.Both("""
        SELECT c.closing_no AS ClosingNo, c.through_entry_no AS ThroughEntryNo, c.closed_at AS ClosedAt, c.tree_no AS TreeNo
        FROM ledger_closing c
        WHERE c.tenant_id = @TenantId AND c.closing_no = @ClosingNo
        """);

    // A closing's entries were posted before it was made, so only those since the last closing up to the instant are looked at one by one.
    public static readonly SqlText LastEntryAt = SqlText.Both("""
        SELECT COALESCE(MAX(e.entry_no), 0)
        FROM ledger_entry e
        WHERE e.tenant_id = @TenantId AND e.posted_at <= @At
          AND e.entry_no > COALESCE((SELECT MAX(c.through_entry_no) FROM ledger_closing c WHERE c.tenant_id = @TenantId AND c.closed_at < @At), 0)
          AND e.entry_no <= COALESCE((SELECT MIN(c.through_entry_no) FROM ledger_closing c WHERE c.tenant_id = @TenantId AND c.closed_at > @At), @LastEntryNo)
        """);

    public static readonly SqlText LastClosingBefore = SqlText.Both("""
        SELECT COALESCE(MAX(c.through_entry_no), 0) FROM ledger_closing c WHERE c.tenant_id = @TenantId AND c.closed_at < @At
        """);

    public static readonly SqlText TreeNow = SqlText.Both("SELECT COALESCE(MAX(t.tree_no), 1) FROM organization_tree t WHERE t.tenant_id = @TenantId");

    public static readonly SqlText TreeAt = SqlText.Both("""
        SELECT COALESCE(MAX(t.tree_no), 1) FROM organization_tree t WHERE t.tenant_id = @TenantId AND t.recorded_at <= @At
        """);

    public static readonly SqlText FindScope = SqlText.Both("""
        SELECT o.organization_id AS OrganizationId, o.parent_id AS ParentId, COALESCE(n.name, o.name) AS Name
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        LEFT JOIN organization_name n ON n.tenant_id = @TenantId AND n.organization_id = o.organization_id AND n.from_tree <= @TreeNo AND n.until_tree > @TreeNo
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND o.organization_id = @Scope
        """);

    // What a cell's handle is checked against; and whose it is, null where it does not stand in the caller's subtree today.
    public static readonly SqlText FindScopeOfCell = SqlText.Both("""
        SELECT h.handle_key AS HandleKey, h.repair_no AS RepairNo, h.last_entry_no AS LastEntryNo,
               (SELECT COALESCE(MAX(t.tree_no), 1) FROM organization_tree t WHERE t.tenant_id = @TenantId) AS TreeNow,
               o.organization_id AS OrganizationId, o.parent_id AS ParentId
        FROM ledger_head h
        LEFT JOIN organization_ancestor a ON a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = @Scope
        LEFT JOIN organization o ON o.tenant_id = @TenantId AND o.organization_id = a.organization_id
        WHERE h.tenant_id = @TenantId
        """);

    // An organization that has left the caller's subtree since is still his as far as a roll-up showed it: under the tree it was read by, or in the months it hung under one of his.
    public static readonly SqlText WasScopeOfCell = SqlText.Both("""
        SELECT o.organization_id
        FROM organization o
        WHERE o.tenant_id = @TenantId
          AND o.organization_id = @Scope
          AND ((@Restated = 1 AND EXISTS (SELECT 1 FROM organization_path p
                                          WHERE p.tenant_id = @TenantId AND p.ancestor_id = @Within AND p.organization_id = o.organization_id
                                            AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo AND p.until_period = '9999-99'))
               OR (@Restated = 0 AND EXISTS (SELECT 1 FROM organization_ancestor r
                                             JOIN organization_path q ON q.tenant_id = r.tenant_id AND q.ancestor_id = r.organization_id
                                             WHERE r.tenant_id = @TenantId AND q.tenant_id = @TenantId
                                               AND r.ancestor_id = @Within AND r.organization_id = @Parent
                                               AND q.organization_id = o.organization_id AND q.depth = 1
                                               AND q.from_tree <= @TreeNo AND q.until_tree > @TreeNo)))
        """);

    // Who stands directly under the scope, and the scope itself (depth 0): in the tree of now, or in any of the months asked for.
    public static readonly SqlText Children = SqlText.Both("""
        SELECT DISTINCT p.organization_id AS OrganizationId, p.depth AS Depth, COALESCE(n.name, o.name) AS Name
        FROM organization_path p
        JOIN organization o ON o.tenant_id = p.tenant_id AND o.organization_id = p.organization_id
        LEFT JOIN organization_name n ON n.tenant_id = @TenantId AND n.organization_id = p.organization_id AND n.from_tree <= @TreeNo AND n.until_tree > @TreeNo
        WHERE p.tenant_id = @TenantId AND o.tenant_id = @TenantId
          AND p.ancestor_id = @Scope AND p.depth <= 1
          AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo
          AND p.until_period > @UntilAfter AND p.from_period <= @Last
        ORDER BY p.organization_id
        """);

    // Whose figures a reading under another tree holds although they stand outside the caller's own subtree today.
    public static readonly SqlText Hidden = SqlText.Both("""
        SELECT DISTINCT p.organization_id
        FROM organization_path p
        WHERE p.tenant_id = @TenantId
          AND p.ancestor_id = @Scope
          AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo
          AND NOT EXISTS (SELECT 1 FROM organization_ancestor r
                          WHERE r.tenant_id = @TenantId AND r.ancestor_id = @Within AND r.organization_id = p.organization_id)
        """);

    // ---- reading: what is added up by member, measure, grade and figure state

    // The view by sector as it stands, for what is laid out by sector, month or grade: a few thousand rows however many figures there are.
    public static readonly SqlText TotalRows = SqlText.Both("""
        SELECT CASE @By WHEN 'sector' THEN b.sector WHEN 'month' THEN b.period WHEN 'grade' THEN b.grade ELSE '' END AS Member,
               b.measure AS Measure, b.period AS Period, b.grade AS Grade, b.figure_state AS FigureState,
               b.quantity AS Quantity, b.denominator AS Denominator, b.figures AS Figures, b.entries AS Entries
        FROM ledger_total b
        WHERE b.tenant_id = @TenantId
          AND b.book = @Book AND b.measure IN @MeasureCodes
          AND b.aspect = 'sector'
          AND b.period IN @PeriodCodes
          AND b.until_closing > @ClosingNo AND b.from_closing <= @ClosingNo
          AND (@Sector IS NULL OR b.sector = @Sector)
          AND (@Grade IS NULL OR b.grade = @Grade)
        """);

    public static readonly SqlText SumTotals = SqlText.Both("""
        SELECT k.member AS Member, k.measure AS Measure, k.period AS Period, k.grade AS Grade, k.figure_state AS FigureState,
               SUM(k.quantity) AS Quantity, SUM(k.denominator) AS Denominator, SUM(k.figures) AS Figures, SUM(k.entries) AS Entries
        FROM (SELECT CASE @By WHEN 'sector' THEN b.sector WHEN 'month' THEN b.period WHEN 'grade' THEN b.grade WHEN 'none' THEN '' ELSE b.member END AS member,
                     CASE WHEN @SumsOnly = 1 THEN '' ELSE b.period END AS period,
                     b.measure, b.grade, b.figure_state, b.quantity, b.denominator, b.figures, b.entries
              FROM ledger_total b
              WHERE b.tenant_id = @TenantId
                AND b.book = @Book AND b.measure IN @MeasureCodes
                AND b.aspect = @Aspect
                AND b.period IN @PeriodCodes
                AND b.until_closing > @ClosingNo AND b.from_closing <= @ClosingNo
                AND (@Sector IS NULL OR b.sector = @Sector)
                AND (@Grade IS NULL OR b.grade = @Grade)) k
        GROUP BY k.member, k.measure, k.period, k.grade, k.figure_state
        """);

    // @Parent: of an organization's cell under the trees of the time, only the months in which it hung directly under that one. @Hidden = 1 brings only what stands outside
    // the caller's own subtree today. Not grouped: adding up what comes by is faster than the engine's sorting, and whose child an organization is need not be asked row by row.
    public static readonly SqlText BalanceRows = SqlText.Both("""
        SELECT CASE @By WHEN 'sector' THEN b.sector WHEN 'month' THEN b.period WHEN 'grade' THEN b.grade WHEN 'region' THEN b.region
                        WHEN 'stage' THEN b.stage WHEN 'keyAction' THEN b.key_action ELSE '' END AS Member,
               b.organization_id AS OrganizationId, b.measure AS Measure, b.period AS Period, b.grade AS Grade, b.figure_state AS FigureState,
               b.quantity AS Quantity, b.denominator AS Denominator, b.figures AS Figures, b.entries AS Entries
        FROM organization_path p
        JOIN ledger_balance b ON b.tenant_id = p.tenant_id AND b.organization_id = p.organization_id
        WHERE p.tenant_id = @TenantId AND b.tenant_id = @TenantId
          AND p.ancestor_id = @Scope
          AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo
          AND ((@Restated = 1 AND p.until_period = '9999-99') OR (@Restated = 0 AND COALESCE(@LevelMonth, b.period) >= p.from_period AND COALESCE(@LevelMonth, b.period) < p.until_period))
          AND (@OwnOnly = 0 OR p.depth = 0)
          AND (@Parent IS NULL OR EXISTS (SELECT 1 FROM organization_path q
                                          WHERE q.tenant_id = @TenantId AND q.ancestor_id = @Parent AND q.organization_id = @Scope AND q.depth = 1
                                            AND q.from_tree <= @TreeNo AND q.until_tree > @TreeNo
                                            AND COALESCE(@LevelMonth, b.period) >= q.from_period AND COALESCE(@LevelMonth, b.period) < q.until_period))
          AND (@Hidden = 0 OR NOT EXISTS (SELECT 1 FROM organization_ancestor r
                                          WHERE r.tenant_id = @TenantId AND r.ancestor_id = @Within AND r.organization_id = p.organization_id))
          AND b.book = @Book AND b.measure IN @MeasureCodes
          AND b.period >= @First AND b.period <= @Last
          AND b.until_closing > @ClosingNo AND b.from_closing <= @ClosingNo
          AND (@Sector IS NULL OR b.sector = @Sector)
          AND (@Grade IS NULL OR b.grade = @Grade)
        """);

    // The same for what it comes to alone: a cell that is explained does not need its rows.
    public static readonly SqlText SumBalances = SqlText.Both("""
        SELECT k.member AS Member, k.measure AS Measure, k.grade AS Grade, k.figure_state AS FigureState,
               SUM(k.quantity) AS Quantity, SUM(k.denominator) AS Denominator, SUM(k.figures) AS Figures, SUM(k.entries) AS Entries
        FROM (SELECT CASE @By WHEN 'sector' THEN b.sector WHEN 'month' THEN b.period WHEN 'grade' THEN b.grade WHEN 'region' THEN b.region
                              WHEN 'stage' THEN b.stage WHEN 'keyAction' THEN b.key_action ELSE '' END AS member,
                     b.measure, b.grade, b.figure_state, b.quantity, b.denominator, b.figures, b.entries
              FROM organization_path p
              JOIN ledger_balance b ON b.tenant_id = p.tenant_id AND b.organization_id = p.organization_id
              WHERE p.tenant_id = @TenantId AND b.tenant_id = @TenantId
                AND p.ancestor_id = @Scope
                AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo
                AND ((@Restated = 1 AND p.until_period = '9999-99') OR (@Restated = 0 AND COALESCE(@LevelMonth, b.period) >= p.from_period AND COALESCE(@LevelMonth, b.period) < p.until_period))
                AND (@OwnOnly = 0 OR p.depth = 0)
                AND (@Parent IS NULL OR EXISTS (SELECT 1 FROM organization_path q
                                                WHERE q.tenant_id = @TenantId AND q.ancestor_id = @Parent AND q.organization_id = @Scope AND q.depth = 1
                                                  AND q.from_tree <= @TreeNo AND q.until_tree > @TreeNo
                                                  AND COALESCE(@LevelMonth, b.period) >= q.from_period AND COALESCE(@LevelMonth, b.period) < q.until_period))
                AND (@Hidden = 0 OR NOT EXISTS (SELECT 1 FROM organization_ancestor r
                                                WHERE r.tenant_id = @TenantId AND r.ancestor_id = @Within AND r.organization_id = p.organization_id))
                AND b.book = @Book AND b.measure IN @MeasureCodes
                AND b.period >= @First AND b.period <= @Last
                AND b.until_closing > @ClosingNo AND b.from_closing <= @ClosingNo
                AND (@Sector IS NULL OR b.sector = @Sector)
                AND (@Grade IS NULL OR b.grade = @Grade)) k
        GROUP BY k.member, k.measure, k.grade, k.figure_state
        """);

    // Under which child of the scope an organization stands, in which months.
    public static readonly SqlText Homes = SqlText.Both("""
        SELECT u.organization_id AS OrganizationId, u.ancestor_id AS Member,
               CASE WHEN c.from_period > u.from_period THEN c.from_period ELSE u.from_period END AS FromPeriod,
               CASE WHEN c.until_period < u.until_period THEN c.until_period ELSE u.until_period END AS UntilPeriod
        FROM organization_path c
        JOIN organization_path u ON u.tenant_id = c.tenant_id AND u.ancestor_id = c.organization_id
        WHERE c.tenant_id = @TenantId AND u.tenant_id = @TenantId
          AND c.ancestor_id = @Scope AND c.depth = 1
          AND c.from_tree <= @TreeNo AND c.until_tree > @TreeNo
          AND u.from_tree <= @TreeNo AND u.until_tree > @TreeNo
          AND (@Restated = 0 OR (c.until_period = '9999-99' AND u.until_period = '9999-99'))
        """);

    // The entries between two numbers lie together by number. COALESCE keeps both engines from going through a measure's or an organization's whole history for them instead.
    public static readonly SqlText TailRows = SqlText.Both("""
        SELECT CASE @By WHEN 'sector' THEN e.sector WHEN 'month' THEN e.period WHEN 'grade' THEN e.grade WHEN 'region' THEN e.region
                        WHEN 'stage' THEN e.stage WHEN 'keyAction' THEN e.key_action ELSE '' END AS Member,
               e.organization_id AS OrganizationId, e.measure AS Measure, e.period AS Period, e.grade AS Grade, e.figure_state AS FigureState,
               e.quantity AS Quantity, e.denominator AS Denominator, e.figures AS Figures, 1 AS Entries
        FROM ledger_entry e
        JOIN organization_path p ON p.tenant_id = e.tenant_id AND p.organization_id = COALESCE(e.organization_id, 0)
        WHERE e.tenant_id = @TenantId AND p.tenant_id = @TenantId
          AND e.entry_no > @ThroughEntryNo AND e.entry_no <= @AsOfEntryNo
          AND p.ancestor_id = @Scope
          AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo
          AND ((@Restated = 1 AND p.until_period = '9999-99') OR (@Restated = 0 AND COALESCE(@LevelMonth, e.period) >= p.from_period AND COALESCE(@LevelMonth, e.period) < p.until_period))
          AND (@OwnOnly = 0 OR p.depth = 0)
          AND (@Parent IS NULL OR EXISTS (SELECT 1 FROM organization_path q
                                          WHERE q.tenant_id = @TenantId AND q.ancestor_id = @Parent AND q.organization_id = @Scope AND q.depth = 1
                                            AND q.from_tree <= @TreeNo AND q.until_tree > @TreeNo
                                            AND COALESCE(@LevelMonth, e.period) >= q.from_period AND COALESCE(@LevelMonth, e.period) < q.until_period))
          AND (@Hidden = 0 OR NOT EXISTS (SELECT 1 FROM organization_ancestor r
                                          WHERE r.tenant_id = @TenantId AND r.ancestor_id = @Within AND r.organization_id = p.organization_id))
          AND COALESCE(e.book, '') = @Book AND COALESCE(e.measure, '') IN @MeasureCodes
          AND e.period >= @First AND e.period <= @Last
          AND (@Sector IS NULL OR e.sector = @Sector)
          AND (@Grade IS NULL OR e.grade = @Grade)
        """);

    // ---- explaining a cell: the entries themselves, two windows because a ratio's two sides may look at different months.
    // What both windows lie in, and the sectors by name also when all are meant, is said once more: that is what ix_ledger_entry_cell can seek by.

    public static readonly SqlText ExplainTenant = SqlText.Page("""
        SELECT e.entry_no AS EntryNo, e.posted_at AS PostedAt, e.cause AS Cause, e.measure AS Measure, e.period AS Period, e.sector AS Sector,
               e.region AS Region, e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.organization_id AS OrganizationId, o.name AS OrganizationName, e.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               e.filing_id AS FilingId, e.filing_version AS FilingVersion, e.reverses_entry_no AS ReversesEntryNo,
               e.quantity AS Quantity, e.denominator AS Denominator
        FROM ledger_entry e
        JOIN organization o ON o.tenant_id = e.tenant_id AND o.organization_id = e.organization_id
        JOIN scenario s ON s.tenant_id = e.tenant_id AND s.scenario_id = e.scenario_id
        WHERE e.tenant_id = @TenantId AND o.tenant_id = @TenantId AND s.tenant_id = @TenantId
          AND e.book = @Book AND e.measure = @Measure AND e.sector = @Sector AND e.entry_no <= @AsOfEntryNo
          AND e.period >= @First AND e.period <= @Last
          AND (@Grade IS NULL OR e.grade = @Grade)
          AND (@By NOT IN ('region', 'stage', 'keyAction') OR CASE @By WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage ELSE e.key_action END = @Member)
          AND e.period >= @AfterPeriod
          AND (e.period > @AfterPeriod OR e.entry_no > @AfterEntryNo)
        ORDER BY e.period, e.entry_no
        """);

    // The same below under the tree of today, where everything below a scope of the caller's is his: an organization stands there once, so the rows come in the page's order by themselves.
    public static readonly SqlText ExplainSubtreeToday = SqlText.Page("""
        SELECT e.entry_no AS EntryNo, e.posted_at AS PostedAt, e.cause AS Cause, e.measure AS Measure, e.period AS Period, e.sector AS Sector,
               e.region AS Region, e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.organization_id AS OrganizationId, o.name AS OrganizationName, e.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               e.filing_id AS FilingId, e.filing_version AS FilingVersion, e.reverses_entry_no AS ReversesEntryNo,
               e.quantity AS Quantity, e.denominator AS Denominator
        FROM organization_ancestor a
        JOIN ledger_entry e ON e.tenant_id = a.tenant_id AND e.organization_id = a.organization_id
        JOIN organization o ON o.tenant_id = e.tenant_id AND o.organization_id = e.organization_id
        JOIN scenario s ON s.tenant_id = e.tenant_id AND s.scenario_id = e.scenario_id
        WHERE a.tenant_id = @TenantId AND e.tenant_id = @TenantId AND o.tenant_id = @TenantId AND s.tenant_id = @TenantId
          AND a.ancestor_id = @Scope AND a.organization_id >= @AfterOrganizationId
          AND (@OwnOnly = 0 OR a.depth = 0)
          AND e.book = @Book AND e.measure = @Measure AND e.entry_no <= @AsOfEntryNo
          AND e.period >= @First AND e.period <= @Last
          AND (@Sector IS NULL OR e.sector = @Sector)
          AND (@Grade IS NULL OR e.grade = @Grade)
          AND (@By NOT IN ('region', 'stage', 'keyAction') OR CASE @By WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage ELSE e.key_action END = @Member)
          AND (a.organization_id > @AfterOrganizationId OR e.period > @AfterPeriod OR (e.period = @AfterPeriod AND e.entry_no > @AfterEntryNo))
        ORDER BY a.organization_id, e.period, e.entry_no
        """);

    public static readonly SqlText ExplainSubtree = SqlText.Page("""
        SELECT e.entry_no AS EntryNo, e.posted_at AS PostedAt, e.cause AS Cause, e.measure AS Measure, e.period AS Period, e.sector AS Sector,
               e.region AS Region, e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.organization_id AS OrganizationId, o.name AS OrganizationName, e.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               e.filing_id AS FilingId, e.filing_version AS FilingVersion, e.reverses_entry_no AS ReversesEntryNo,
               e.quantity AS Quantity, e.denominator AS Denominator
        FROM organization_path p
        JOIN ledger_entry e ON e.tenant_id = p.tenant_id AND e.organization_id = p.organization_id
        JOIN organization o ON o.tenant_id = e.tenant_id AND o.organization_id = e.organization_id
        JOIN scenario s ON s.tenant_id = e.tenant_id AND s.scenario_id = e.scenario_id
        WHERE p.tenant_id = @TenantId AND e.tenant_id = @TenantId AND o.tenant_id = @TenantId AND s.tenant_id = @TenantId
          AND p.ancestor_id = @Scope AND p.organization_id >= @AfterOrganizationId
          AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo
          AND ((@Restated = 1 AND p.until_period = '9999-99') OR (@Restated = 0 AND COALESCE(@LevelMonth, e.period) >= p.from_period AND COALESCE(@LevelMonth, e.period) < p.until_period))
          AND (@OwnOnly = 0 OR p.depth = 0)
          AND (@Parent IS NULL OR EXISTS (SELECT 1 FROM organization_path q
                                            WHERE q.tenant_id = @TenantId AND q.ancestor_id = @Parent AND q.organization_id = @Scope AND q.depth = 1
                                              AND q.from_tree <= @TreeNo AND q.until_tree > @TreeNo
                                              AND COALESCE(@LevelMonth, e.period) >= q.from_period AND COALESCE(@LevelMonth, e.period) < q.until_period))
          AND EXISTS (SELECT 1 FROM organization_ancestor r
                      WHERE r.tenant_id = @TenantId AND r.ancestor_id = @Within AND r.organization_id = p.organization_id)
          AND e.book = @Book AND e.measure = @Measure AND e.entry_no <= @AsOfEntryNo
          AND e.period >= @First AND e.period <= @Last
          AND (@Sector IS NULL OR e.sector = @Sector)
          AND (@Grade IS NULL OR e.grade = @Grade)
          AND (@By NOT IN ('region', 'stage', 'keyAction') OR CASE @By WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage ELSE e.key_action END = @Member)
          AND (p.organization_id > @AfterOrganizationId OR e.period > @AfterPeriod OR (e.period = @AfterPeriod AND e.entry_no > @AfterEntryNo))
        ORDER BY p.organization_id, e.period, e.entry_no
        """);

    // ---- what changed between two moments: the entries after the one and up to the other

    public static readonly SqlText SumChanges = SqlText.Both("""
        SELECT k.member AS Member, k.measure AS Measure, k.cause AS Cause, SUM(k.quantity) AS Quantity, SUM(k.denominator) AS Denominator, COUNT(*) AS Entries
        FROM (SELECT CASE @By WHEN 'sector' THEN e.sector WHEN 'month' THEN e.period WHEN 'grade' THEN e.grade WHEN 'region' THEN e.region
                              WHEN 'stage' THEN e.stage WHEN 'keyAction' THEN e.key_action
                              WHEN 'organization' THEN CONCAT('', COALESCE(u.ancestor_id, p.organization_id)) ELSE '' END AS member,
                     e.measure, e.cause, e.quantity, e.denominator
              FROM ledger_entry e
              JOIN organization_path p ON p.tenant_id = e.tenant_id AND p.organization_id = COALESCE(e.organization_id, 0)
              LEFT JOIN organization_path u ON u.tenant_id = @TenantId AND u.organization_id = p.organization_id AND u.depth = p.depth - 1
                AND u.from_tree <= @TreeNo AND u.until_tree > @TreeNo
                AND ((@Restated = 1 AND u.until_period = '9999-99') OR (@Restated = 0 AND COALESCE(@LevelMonth, e.period) >= u.from_period AND COALESCE(@LevelMonth, e.period) < u.until_period))
              WHERE e.tenant_id = @TenantId AND p.tenant_id = @TenantId
                AND e.entry_no > @AfterEntryNo AND e.entry_no <= @AsOfEntryNo
                AND p.ancestor_id = @Scope
                AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo
                AND ((@Restated = 1 AND p.until_period = '9999-99') OR (@Restated = 0 AND COALESCE(@LevelMonth, e.period) >= p.from_period AND COALESCE(@LevelMonth, e.period) < p.until_period))
                AND COALESCE(e.book, '') = @Book AND COALESCE(e.measure, '') IN @MeasureCodes
                AND e.period >= @First AND e.period <= @Last
                AND (@Sector IS NULL OR e.sector = @Sector)
                AND (@Grade IS NULL OR e.grade = @Grade)) k
        GROUP BY k.member, k.measure, k.cause
        """);

    public static readonly SqlText Changes = SqlText.Page("""
        SELECT e.entry_no AS EntryNo, e.posted_at AS PostedAt, e.cause AS Cause, e.measure AS Measure, e.period AS Period, e.sector AS Sector,
               e.region AS Region, e.key_action AS KeyAction, e.stage AS Stage, e.grade AS Grade, e.figure_state AS FigureState,
               e.organization_id AS OrganizationId, o.name AS OrganizationName, e.scenario_id AS ScenarioId, s.code AS ScenarioCode, s.name AS ScenarioName,
               e.filing_id AS FilingId, e.filing_version AS FilingVersion, e.reverses_entry_no AS ReversesEntryNo,
               e.quantity AS Quantity, e.denominator AS Denominator
        FROM ledger_entry e
        JOIN organization_path p ON p.tenant_id = e.tenant_id AND p.organization_id = COALESCE(e.organization_id, 0)
        JOIN organization o ON o.tenant_id = e.tenant_id AND o.organization_id = e.organization_id
        JOIN scenario s ON s.tenant_id = e.tenant_id AND s.scenario_id = e.scenario_id
        WHERE e.tenant_id = @TenantId AND p.tenant_id = @TenantId AND o.tenant_id = @TenantId AND s.tenant_id = @TenantId
          AND e.entry_no > @AfterEntryNo AND e.entry_no <= @AsOfEntryNo
          AND p.ancestor_id = @Scope
          AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo
          AND ((@Restated = 1 AND p.until_period = '9999-99') OR (@Restated = 0 AND COALESCE(@LevelMonth, e.period) >= p.from_period AND COALESCE(@LevelMonth, e.period) < p.until_period))
          AND (@OwnOnly = 0 OR p.depth = 0)
          AND (@Parent IS NULL OR EXISTS (SELECT 1 FROM organization_path q
                                            WHERE q.tenant_id = @TenantId AND q.ancestor_id = @Parent AND q.organization_id = @Scope AND q.depth = 1
                                              AND q.from_tree <= @TreeNo AND q.until_tree > @TreeNo
                                              AND COALESCE(@LevelMonth, e.period) >= q.from_period AND COALESCE(@LevelMonth, e.period) < q.until_period))
          AND EXISTS (SELECT 1 FROM organization_ancestor r
                      WHERE r.tenant_id = @TenantId AND r.ancestor_id = @Within AND r.organization_id = e.organization_id)
          AND COALESCE(e.book, '') = @Book AND ((@Listed = 1 AND e.cause IN @CauseCodes) OR (@Listed = 0 AND e.cause NOT IN @CauseCodes))
          AND ((COALESCE(e.measure, '') IN @MeasureCodes AND e.period >= @First AND e.period <= @Last)
            OR (COALESCE(e.measure, '') IN @OtherMeasureCodes AND e.period >= @OtherFirst AND e.period <= @OtherLast))
          AND (@Sector IS NULL OR e.sector = @Sector)
          AND (@Grade IS NULL OR e.grade = @Grade)
          AND (@By NOT IN ('region', 'stage', 'keyAction') OR CASE @By WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage ELSE e.key_action END = @Member)
        ORDER BY e.entry_no
        """);

    public static readonly SqlText SumChangesOfCell = SqlText.Both("""
        SELECT e.measure AS Measure, SUM(e.quantity) AS Quantity, SUM(e.denominator) AS Denominator, COUNT(*) AS Entries,
               SUM(CASE WHEN r.organization_id IS NULL THEN e.quantity ELSE 0 END) AS HiddenQuantity,
               SUM(CASE WHEN r.organization_id IS NULL THEN e.denominator ELSE 0 END) AS HiddenDenominator,
               SUM(CASE WHEN r.organization_id IS NULL THEN 1 ELSE 0 END) AS HiddenEntries
        FROM ledger_entry e
        JOIN organization_path p ON p.tenant_id = e.tenant_id AND p.organization_id = COALESCE(e.organization_id, 0)
        LEFT JOIN organization_ancestor r ON r.tenant_id = @TenantId AND r.ancestor_id = @Within AND r.organization_id = e.organization_id
        WHERE e.tenant_id = @TenantId AND p.tenant_id = @TenantId
          AND e.entry_no > @AfterEntryNo AND e.entry_no <= @AsOfEntryNo
          AND p.ancestor_id = @Scope
          AND p.from_tree <= @TreeNo AND p.until_tree > @TreeNo
          AND ((@Restated = 1 AND p.until_period = '9999-99') OR (@Restated = 0 AND COALESCE(@LevelMonth, e.period) >= p.from_period AND COALESCE(@LevelMonth, e.period) < p.until_period))
          AND (@OwnOnly = 0 OR p.depth = 0)
          AND (@Parent IS NULL OR EXISTS (SELECT 1 FROM organization_path q
                                            WHERE q.tenant_id = @TenantId AND q.ancestor_id = @Parent AND q.organization_id = @Scope AND q.depth = 1
                                              AND q.from_tree <= @TreeNo AND q.until_tree > @TreeNo
                                              AND COALESCE(@LevelMonth, e.period) >= q.from_period AND COALESCE(@LevelMonth, e.period) < q.until_period))
          AND COALESCE(e.book, '') = @Book AND ((@Listed = 1 AND e.cause IN @CauseCodes) OR (@Listed = 0 AND e.cause NOT IN @CauseCodes))
          AND ((COALESCE(e.measure, '') IN @MeasureCodes AND e.period >= @First AND e.period <= @Last)
            OR (COALESCE(e.measure, '') IN @OtherMeasureCodes AND e.period >= @OtherFirst AND e.period <= @OtherLast))
          AND (@Sector IS NULL OR e.sector = @Sector)
          AND (@Grade IS NULL OR e.grade = @Grade)
          AND (@By NOT IN ('region', 'stage', 'keyAction') OR CASE @By WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage ELSE e.key_action END = @Member)
        GROUP BY e.measure
        """);
}
