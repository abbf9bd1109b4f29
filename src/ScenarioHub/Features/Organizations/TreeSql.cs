using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Organizations;

/// <summary>
/// Every statement over the numbered trees: <c>organization_tree</c>, <c>organization_path</c>, <c>organization_name</c>. Known still is until_tree = @Still.
/// A row of the path holds for months in which nothing between ancestor and organization changed, so a move cuts a row whole from its month on, or not at all.
/// </summary>
internal static class TreeSql
{
    // Asked while the tree is held: no other can come to the same number.
    public static readonly SqlText NextNo = SqlText.Both("""
        SELECT COALESCE(MAX(t.tree_no), 0) + 1
        FROM organization_tree t
        WHERE t.tenant_id = @TenantId
        """);

    public static readonly SqlText Insert = SqlText.Both("""
        INSERT INTO organization_tree (tenant_id, tree_no, cause, organization_id, other_id, effective_on, note, recorded_at, recorded_by)
        VALUES (@TenantId, @TreeNo, @Cause, @OrganizationId, @OtherId, @EffectiveOn, @Note, @Now, @UserId)
        """);

    public static readonly SqlText CloseName = SqlText.Both("""
        UPDATE organization_name
        SET until_tree = @TreeNo
        WHERE tenant_id = @TenantId AND organization_id = @OrganizationId AND until_tree = @Still
        """);

    public static readonly SqlText InsertName = SqlText.Both("""
        INSERT INTO organization_name (tenant_id, organization_id, from_tree, until_tree, name, name_en, credit_code)
        VALUES (@TenantId, @OrganizationId, @TreeNo, @Still, @Name, @NameEn, @CreditCode)
        """);

    public static readonly SqlText InsertSelf = SqlText.Both("""
        INSERT INTO organization_path (tenant_id, ancestor_id, organization_id, from_tree, from_period, until_period, until_tree, depth)
        VALUES (@TenantId, @OrganizationId, @OrganizationId, @TreeNo, '0000-00', '9999-99', @Still, 0)
        """);

    /// <summary>Hangs a new organization under one that is there, for the months from @From until @Until: wherever that one stood in them.</summary>
    public static readonly SqlText HangUnder = SqlText.Both("""
        INSERT INTO organization_path (tenant_id, ancestor_id, organization_id, from_tree, from_period, until_period, until_tree, depth)
        SELECT @TenantId, up.ancestor_id, @OrganizationId, @TreeNo,
               CASE WHEN up.from_period > @From THEN up.from_period ELSE @From END,
               CASE WHEN up.until_period < @Until THEN up.until_period ELSE @Until END,
               @Still, up.depth + 1
        FROM organization_path up
        WHERE up.tenant_id = @TenantId AND up.organization_id = @ParentId AND up.until_tree = @Still
          AND up.from_period < @Until AND up.until_period > @From
        """);

    // What a move leaves as it was: the months before it of every row it is about to close.
    public static readonly SqlText KeepBefore = SqlText.Both("""
        INSERT INTO organization_path (tenant_id, ancestor_id, organization_id, from_tree, from_period, until_period, until_tree, depth)
        SELECT DISTINCT @TenantId, r.ancestor_id, r.organization_id, @TreeNo, r.from_period, @Month, @Still, r.depth
        FROM organization_path down
        JOIN organization_path up ON up.tenant_id = down.tenant_id AND up.organization_id = down.ancestor_id
        JOIN organization_path r ON r.tenant_id = down.tenant_id AND r.ancestor_id = up.ancestor_id AND r.organization_id = down.organization_id
        WHERE down.tenant_id = @TenantId AND up.tenant_id = @TenantId AND r.tenant_id = @TenantId
          AND down.ancestor_id IN @RootIds
          AND down.until_tree = @Still AND down.until_period > @Month
          AND up.until_tree = @Still AND up.until_period > @Month AND up.depth > 0
          AND r.until_tree = @Still AND r.until_period > @Month AND r.from_period < @Month
          AND down.from_period < up.until_period AND up.from_period < down.until_period
          AND r.from_period < down.until_period AND down.from_period < r.until_period
          AND r.from_period < up.until_period AND up.from_period < r.until_period
        """);

    // All that led through the moved ones to what was above them, in a month that changes.
    public static readonly SqlText Cut = SqlText.Both("""
        UPDATE organization_path
        SET until_tree = @TreeNo
        FROM (SELECT DISTINCT r.ancestor_id, r.organization_id, r.from_tree, r.from_period
              FROM organization_path down
              JOIN organization_path up ON up.tenant_id = down.tenant_id AND up.organization_id = down.ancestor_id
              JOIN organization_path r ON r.tenant_id = down.tenant_id AND r.ancestor_id = up.ancestor_id AND r.organization_id = down.organization_id
              WHERE down.tenant_id = @TenantId AND up.tenant_id = @TenantId AND r.tenant_id = @TenantId
                AND down.ancestor_id IN @RootIds
                AND down.until_tree = @Still AND down.until_period > @Month
                AND up.until_tree = @Still AND up.until_period > @Month AND up.depth > 0
                AND r.until_tree = @Still AND r.until_period > @Month
                AND down.from_period < up.until_period AND up.from_period < down.until_period
                AND r.from_period < down.until_period AND down.from_period < r.until_period
                AND r.from_period < up.until_period AND up.from_period < r.until_period) cut
        WHERE organization_path.tenant_id = @TenantId AND organization_path.ancestor_id = cut.ancestor_id
          AND organization_path.organization_id = cut.organization_id AND organization_path.from_tree = cut.from_tree
          AND organization_path.from_period = cut.from_period
        """);

    // From the month on: whatever is then below the moved ones, under whatever is then above their new parent.
    public static readonly SqlText Join = SqlText.Both("""
        INSERT INTO organization_path (tenant_id, ancestor_id, organization_id, from_tree, from_period, until_period, until_tree, depth)
        SELECT @TenantId, up.ancestor_id, down.organization_id, @TreeNo,
               CASE WHEN up.from_period > down.from_period AND up.from_period > @Month THEN up.from_period
                    WHEN down.from_period > @Month THEN down.from_period ELSE @Month END,
               CASE WHEN up.until_period < down.until_period THEN up.until_period ELSE down.until_period END,
               @Still, up.depth + down.depth + 1
        FROM organization_path up
        JOIN organization_path down ON down.tenant_id = up.tenant_id
        WHERE up.tenant_id = @TenantId AND down.tenant_id = @TenantId
          AND up.organization_id = @ParentId
          AND up.until_tree = @Still AND up.until_period > @Month
          AND down.ancestor_id IN @RootIds
          AND down.until_tree = @Still AND down.until_period > @Month
          AND up.from_period < down.until_period AND down.from_period < up.until_period
        """);

    /// <summary>Whether an organization stands under one of some in the month or any after it.</summary>
    public static readonly SqlText IsUnderSince = SqlText.Both("""
        SELECT COUNT(*)
        FROM organization_path p
        WHERE p.tenant_id = @TenantId AND p.ancestor_id IN @RootIds AND p.organization_id = @OrganizationId
          AND p.until_tree = @Still AND p.until_period > @Month
        """);

    // An organization's first place says when it was recorded and binds nobody; every later one does, and so does the split it came from.
    public static readonly SqlText LastChange = SqlText.Both("""
        SELECT COALESCE(MAX(d.changed_on), @First)
        FROM (SELECT p.effective_on AS changed_on
              FROM organization_place p
              WHERE p.tenant_id = @TenantId AND p.organization_id IN @PlacedIds
                AND (EXISTS (SELECT 1 FROM organization_place q
                             WHERE q.tenant_id = @TenantId AND q.organization_id = p.organization_id AND q.place_id < p.place_id)
                     OR EXISTS (SELECT 1 FROM organization_tree s
                                WHERE s.tenant_id = @TenantId AND s.tree_no = p.tree_no AND s.cause = 'split'))
              UNION ALL
              SELECT t.effective_on AS changed_on
              FROM organization_tree t
              WHERE t.tenant_id = @TenantId AND t.other_id = @OrganizationId AND t.cause IN ('merged', 'split')) d
        """);

    // Its own rows and places name the trees; of those that are another's only mergers and splits are part of its history.
    public static readonly SqlText History = SqlText.Page("""
        SELECT t.tree_no AS TreeNo, t.cause AS Cause, t.effective_on AS EffectiveOn, t.note AS Note,
               n.name AS Name, n.name_en AS NameEn, n.credit_code AS CreditCode,
               p.parent_id AS ParentId, above.name AS ParentName,
               CASE WHEN t.cause IN ('merged', 'split') THEN t.organization_id END AS SubjectId,
               CASE WHEN t.cause IN ('merged', 'split') THEN subject.name END AS SubjectName,
               CASE WHEN t.cause IN ('merged', 'split') THEN t.other_id END AS OtherId,
               CASE WHEN t.cause IN ('merged', 'split') THEN other.name END AS OtherName,
               u.display_name AS RecordedBy, t.recorded_at AS RecordedAt, COALESCE(p.place_id, 0) AS PlaceId
        FROM organization_tree t
        LEFT JOIN organization_name n ON n.tenant_id = @TenantId AND n.organization_id = @OrganizationId AND n.from_tree = t.tree_no
        LEFT JOIN organization_place p ON p.tenant_id = @TenantId AND p.organization_id = @OrganizationId AND p.tree_no = t.tree_no
        LEFT JOIN organization above ON above.tenant_id = @TenantId AND above.organization_id = p.parent_id
        LEFT JOIN organization subject ON subject.tenant_id = @TenantId AND subject.organization_id = t.organization_id
        LEFT JOIN organization other ON other.tenant_id = @TenantId AND other.organization_id = t.other_id
        LEFT JOIN app_user u ON u.tenant_id = @TenantId AND u.user_id = t.recorded_by
        WHERE t.tenant_id = @TenantId
          AND t.tree_no IN (SELECT a.tree_no FROM organization_tree a WHERE a.tenant_id = @TenantId AND a.organization_id = @OrganizationId
                            UNION
                            SELECT b.tree_no FROM organization_tree b
                            WHERE b.tenant_id = @TenantId AND b.other_id = @OrganizationId AND b.cause IN ('merged', 'split')
                            UNION
                            SELECT c.from_tree FROM organization_name c WHERE c.tenant_id = @TenantId AND c.organization_id = @OrganizationId
                            UNION
                            SELECT d.tree_no FROM organization_place d WHERE d.tenant_id = @TenantId AND d.organization_id = @OrganizationId)
          AND (t.tree_no < @BeforeTree OR (t.tree_no = @BeforeTree AND COALESCE(p.place_id, 0) < @BeforePlace))
        ORDER BY t.tree_no DESC, COALESCE(p.place_id, 0) DESC
        """);

    // The tree of a month as now known; the name is the last one given until the day, or the first there was.
    public static readonly SqlText ListAsOf = SqlText.Page("""
        SELECT o.organization_id AS Id, above.ancestor_id AS ParentId, o.kind AS Kind, n.name AS Name, n.name_en AS NameEn, n.credit_code AS CreditCode,
               (SELECT MAX(d.depth) FROM organization_path d
                WHERE d.tenant_id = @TenantId AND d.organization_id = o.organization_id AND d.until_tree = @Still
                  AND d.from_period <= @Month AND d.until_period > @Month) AS Level,
               o.region AS Region, o.industry_division AS IndustryDivision, o.version AS Version, o.closed_on AS ClosedOn, o.merged_into AS MergedInto
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        JOIN organization_name n ON n.tenant_id = o.tenant_id AND n.organization_id = o.organization_id
         AND n.from_tree = COALESCE((SELECT MAX(x.from_tree) FROM organization_name x
                                     JOIN organization_tree t ON t.tenant_id = x.tenant_id AND t.tree_no = x.from_tree
                                     WHERE x.tenant_id = @TenantId AND t.tenant_id = @TenantId AND x.organization_id = o.organization_id AND t.effective_on <= @Day),
                                    (SELECT MIN(y.from_tree) FROM organization_name y
                                     WHERE y.tenant_id = @TenantId AND y.organization_id = o.organization_id))
        LEFT JOIN organization_path above ON above.tenant_id = @TenantId AND above.organization_id = o.organization_id AND above.until_tree = @Still
         AND above.depth = 1 AND above.from_period <= @Month AND above.until_period > @Month
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId AND n.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND (@ParentId IS NULL OR above.ancestor_id = @ParentId)
          AND (@Q IS NULL OR UPPER(n.name) LIKE UPPER(@Q) ESCAPE '!' OR n.credit_code = @Exact)
          AND o.organization_id > @After
        ORDER BY o.organization_id
        """);
}
