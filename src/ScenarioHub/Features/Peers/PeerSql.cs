using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Peers;

/// <summary>Every statement over <c>peer_year</c>, <c>peer_release</c>, <c>peer_release_cell</c> and <c>peer_release_value</c>.</summary>
internal static class PeerSql
{
    // ---- starting a release

    public static readonly SqlText IsRoot = SqlText.Both("""
        SELECT COUNT(*) FROM organization o WHERE o.tenant_id = @TenantId AND o.organization_id = @Within AND o.parent_id IS NULL
        """);

    public static readonly SqlText InsertYear = SqlText.Both("""
        INSERT INTO peer_year (tenant_id, year, grain)
        SELECT @TenantId, @Year, @Grain
        WHERE NOT EXISTS (SELECT 1 FROM peer_year y WHERE y.tenant_id = @TenantId AND y.year = @Year)
        """);

    // Held until the command commits: two who start releases of one year at once would each find no other grain.
    public static readonly SqlText HoldYear = SqlText.Both("""
        UPDATE peer_year SET grain = grain WHERE tenant_id = @TenantId AND year = @Year
        """);

    // What was started in vain does not bind the year: only what is under way, or has said something, can be subtracted from.
    public static readonly SqlText OtherGrains = SqlText.Both("""
        SELECT DISTINCT r.grain
        FROM peer_release r
        WHERE r.tenant_id = @TenantId AND r.year = @Year AND r.grain <> @Grain
          AND (r.state IN ('queued', 'running') OR (r.state = 'done' AND r.published_cells > 0))
        """);

    public static readonly SqlText SetGrain = SqlText.Both("""
        UPDATE peer_year SET grain = @Grain WHERE tenant_id = @TenantId AND year = @Year
        """);

    public static readonly SqlText FindGrain = SqlText.Both("""
        SELECT y.grain FROM peer_year y WHERE y.tenant_id = @TenantId AND y.year = @Year
        """);

    // The one under way, or the one that already read all there is to read.
    public static readonly SqlText FindSame = SqlText.Both("""
        SELECT COALESCE(MAX(r.release_id), 0)
        FROM peer_release r
        JOIN ledger_head h ON h.tenant_id = r.tenant_id
        WHERE r.tenant_id = @TenantId AND h.tenant_id = @TenantId AND r.period = @Period
          AND (r.state IN ('queued', 'running') OR (r.state = 'done' AND r.through_entry_no = h.last_entry_no))
        """);

    public static readonly SqlText CountOfPeriod = SqlText.Both("""
        SELECT COUNT(*) FROM peer_release r WHERE r.tenant_id = @TenantId AND r.period = @Period
        """);

    public static readonly SqlText Insert = SqlText.Both("""
        INSERT INTO peer_release (tenant_id, release_id, period, year, grain, state, closing_no, through_entry_no, closed_at, requested_by, requested_at,
                                  started_at, finished_at, attempts, lease_owner, lease_until, published_cells, withheld_cells)
        VALUES (@TenantId, @ReleaseId, @Period, @Year, @Grain, 'queued', NULL, NULL, NULL, @UserId, @Now, NULL, NULL, 0, NULL, NULL, 0, 0)
        """);

    // ---- working a release off

    public static readonly SqlText TenantsWithFigures = SqlText.AcrossTenants("the clock asks which tenants have closed books, then begins what is due as that tenant", """
        SELECT h.tenant_id FROM ledger_head h WHERE h.last_closing_no > 0 ORDER BY h.tenant_id
        """);

    public static readonly SqlText Unfinished = SqlText.AcrossTenants("the clock asks which releases nobody works on, then works each off as its tenant", """
        SELECT r.tenant_id AS TenantId, r.release_id AS ReleaseId
        FROM peer_release r
        WHERE r.state = 'queued' OR (r.state = 'running' AND r.lease_until < @Now)
        ORDER BY r.release_id
        """);

    public static readonly SqlText DropLeases = SqlText.AcrossTenants("the embedded database has one process: whatever was running when it starts is nobody's", """
        UPDATE peer_release SET lease_until = @Now WHERE state = 'running'
        """);

    // Only one worker holds a release, and a tenant has one at a time (uq_peer_release_running).
    public static readonly SqlText Claim = SqlText.Both("""
        UPDATE peer_release
        SET state = 'running', attempts = attempts + 1, lease_owner = @Owner, lease_until = @LeaseUntil, started_at = COALESCE(started_at, @Now)
        WHERE tenant_id = @TenantId AND release_id = @ReleaseId
          AND (state = 'queued' OR (state = 'running' AND lease_until < @Now))
        """);

    public static readonly SqlText FindRun = SqlText.Both("""
        SELECT r.period AS Period, r.closing_no AS ClosingNo
        FROM peer_release r
        WHERE r.tenant_id = @TenantId AND r.release_id = @ReleaseId
        """);

    public static readonly SqlText Pin = SqlText.Both("""
        UPDATE peer_release
        SET closing_no = @ClosingNo, through_entry_no = @ThroughEntryNo,
            closed_at = (SELECT c.closed_at FROM ledger_closing c WHERE c.tenant_id = @TenantId AND c.closing_no = @ClosingNo)
        WHERE tenant_id = @TenantId AND release_id = @ReleaseId AND lease_owner = @Owner AND closing_no IS NULL
        """);

    public static readonly SqlText MeasuresDone = SqlText.Both("""
        SELECT DISTINCT c.measure FROM peer_release_cell c WHERE c.tenant_id = @TenantId AND c.release_id = @ReleaseId
        """);

    public static readonly SqlText Renew = SqlText.Both("""
        UPDATE peer_release
        SET lease_until = @LeaseUntil
        WHERE tenant_id = @TenantId AND release_id = @ReleaseId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText Finish = SqlText.Both("""
        UPDATE peer_release
        SET state = 'done', finished_at = @Now, lease_owner = NULL, lease_until = NULL,
            published_cells = (SELECT COUNT(*) FROM peer_release_cell c
                               WHERE c.tenant_id = @TenantId AND c.release_id = @ReleaseId AND c.state = 'published'),
            withheld_cells = (SELECT COUNT(*) FROM peer_release_cell c
                              WHERE c.tenant_id = @TenantId AND c.release_id = @ReleaseId AND c.state = 'withheld')
        WHERE tenant_id = @TenantId AND release_id = @ReleaseId AND lease_owner = @Owner AND state = 'running'
        """);

    public static readonly SqlText GiveUp = SqlText.Both("""
        UPDATE peer_release
        SET state = IIF(attempts >= @Allowed, 'failed', 'queued'), finished_at = IIF(attempts >= @Allowed, @Now, NULL), lease_owner = NULL, lease_until = NULL
        WHERE tenant_id = @TenantId AND release_id = @ReleaseId AND lease_owner = @Owner AND state = 'running'
        """);

    // An enterprise is the topmost group of its branch; whatever hangs below it in the present tree is its own.
    // Balances are added up by organization first: the tree is then asked once for each and not once for each balance.
    // A scenario counts in the stages that file; movements into and out of a stage add up to how many stand in it.
    public static readonly SqlText SumByEnterprise = SqlText.Both("""
        SELECT g.organization_id AS OrganizationId, s.sector AS Sector, s.measure AS Measure, SUM(s.quantity) AS Quantity, SUM(s.figures) AS Figures
        FROM (SELECT b.organization_id, b.sector, b.measure, SUM(b.quantity) AS quantity,
                     SUM(CASE WHEN b.figure_state IN ('reported', 'zero') THEN b.figures ELSE 0 END) AS figures
              FROM ledger_balance b
              WHERE b.tenant_id = @TenantId
                AND b.book = 'approved' AND b.measure IN @MeasureCodes
                AND b.until_closing > @ClosingNo AND b.from_closing <= @ClosingNo
                AND b.period >= @First AND b.period <= @Last
                AND (b.measure <> 'SCN_COUNT' OR b.stage IN @StageCodes)
              GROUP BY b.organization_id, b.sector, b.measure) s
        JOIN organization_ancestor t ON t.organization_id = s.organization_id
        JOIN organization g ON g.tenant_id = t.tenant_id AND g.organization_id = t.ancestor_id
        WHERE t.tenant_id = @TenantId AND g.tenant_id = @TenantId
          AND g.kind = 'group'
          AND NOT EXISTS (SELECT 1
                          FROM organization_ancestor u
                          JOIN organization e ON e.tenant_id = u.tenant_id AND e.organization_id = u.ancestor_id
                          WHERE u.tenant_id = @TenantId AND e.tenant_id = @TenantId
                            AND u.organization_id = g.organization_id AND u.depth > 0 AND e.kind IN ('group', 'subsidiary'))
        GROUP BY g.organization_id, s.sector, s.measure
        """);

    // All that was ever published of a measure, of any period: what a new release must be able to stand beside.
    // Of other periods the values inside an average suffice; of this period the whole set is compared.
    public static readonly SqlText EverPublished = SqlText.Both("""
        SELECT c.sector AS Sector, r.period AS Period, r.release_id AS ReleaseId, r.closing_no AS ClosingNo, c.p25_millionths AS P25, c.median_millionths AS Median,
               c.p75_millionths AS P75, v.organization_id AS OrganizationId, v.value_millionths AS ValueMillionths, v.part_of AS PartOf
        FROM peer_release r
        JOIN peer_release_cell c ON c.tenant_id = r.tenant_id AND c.release_id = r.release_id
        JOIN peer_release_value v ON v.tenant_id = c.tenant_id AND v.release_id = c.release_id AND v.sector = c.sector AND v.measure = c.measure
        WHERE r.tenant_id = @TenantId AND c.tenant_id = @TenantId AND v.tenant_id = @TenantId
          AND r.state = 'done' AND c.measure = @Measure AND c.state = 'published'
          AND (r.period = @Period OR v.part_of <> '')
        """);

    // ---- reading

    public static readonly SqlText List = SqlText.Page("""
        SELECT r.release_id AS Id, r.period AS Period, r.state AS State, r.closing_no AS Closing, r.closed_at AS AsOf, r.requested_at AS RequestedAt,
               r.finished_at AS FinishedAt, r.published_cells AS Published, r.withheld_cells AS Withheld
        FROM peer_release r
        WHERE r.tenant_id = @TenantId AND r.release_id < @Before
        ORDER BY r.release_id DESC
        """);

    public static readonly SqlText Find = SqlText.Both("""
        SELECT r.release_id AS Id, r.period AS Period, r.state AS State, r.closing_no AS Closing, r.closed_at AS AsOf, r.requested_at AS RequestedAt,
               r.finished_at AS FinishedAt, r.published_cells AS Published, r.withheld_cells AS Withheld
        FROM peer_release r
        WHERE r.tenant_id = @TenantId AND r.release_id = @ReleaseId
        """);

    public static readonly SqlText CellsOf = SqlText.Both("""
        SELECT r.release_id AS ReleaseId, r.closing_no AS ClosingNo, r.closed_at AS ClosedAt, c.measure AS Measure, c.state AS State, c.reason AS Reason,
               c.enterprises AS Enterprises, c.p25_millionths AS P25, c.median_millionths AS Median, c.p75_millionths AS P75
        FROM peer_release r
        JOIN peer_release_cell c ON c.tenant_id = r.tenant_id AND c.release_id = r.release_id
        WHERE r.tenant_id = @TenantId AND c.tenant_id = @TenantId
          AND r.period = @Period AND r.state = 'done' AND c.sector = @Sector
        ORDER BY r.closing_no, r.release_id
        """);

    public static readonly SqlText CountDone = SqlText.Both("""
        SELECT COUNT(*) FROM peer_release r WHERE r.tenant_id = @TenantId AND r.period = @Period AND r.state = 'done'
        """);

    public static readonly SqlText SeenOfAverages = SqlText.Both("""
        SELECT v.release_id AS ReleaseId, v.measure AS Measure, COUNT(*) AS Members, COUNT(a.organization_id) AS Seen
        FROM peer_release_value v
        LEFT JOIN organization_ancestor a ON a.tenant_id = v.tenant_id AND a.organization_id = v.organization_id AND a.ancestor_id = @Within
        WHERE v.tenant_id = @TenantId AND v.release_id IN @ReleaseIds AND v.sector = @Sector AND v.part_of <> ''
        GROUP BY v.release_id, v.measure, v.part_of
        """);

    // Rights by the tree of now: an enterprise's own value is for those who see all of it.
    public static readonly SqlText EnterprisesWithin = SqlText.Page("""
        SELECT o.organization_id AS Id, o.name AS Name
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within AND o.organization_id > @After
          AND EXISTS (SELECT 1 FROM peer_release_value v
                      WHERE v.tenant_id = @TenantId AND v.release_id IN @ReleaseIds AND v.sector = @Sector AND v.organization_id = o.organization_id)
        ORDER BY o.organization_id
        """);

    public static readonly SqlText ValuesOf = SqlText.Both("""
        SELECT v.release_id AS ReleaseId, v.measure AS Measure, v.organization_id AS OrganizationId, v.value_millionths AS ValueMillionths
        FROM peer_release_value v
        WHERE v.tenant_id = @TenantId AND v.release_id IN @ReleaseIds AND v.sector = @Sector AND v.organization_id IN @OrganizationIds
        """);
}
