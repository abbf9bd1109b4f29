using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Organizations;

/// <summary>Every statement over <c>organization</c> and its ancestors, which are the present tree; those of all months are in <see cref="TreeSql"/>.</summary>
internal static class OrganizationSql
{
    // Ancestors are worked out from the tree that stands: on a server two who change it at once would else each miss the other, and could close a circle.
    public static readonly SqlText HoldTree = SqlText.Both("""
        UPDATE organization
        SET level = level
        WHERE tenant_id = @TenantId AND parent_id IS NULL
        """);

    public static readonly SqlText Insert = SqlText.Both("""
        INSERT INTO organization (tenant_id, organization_id, parent_id, kind, credit_code, name, name_en, level, region, industry_division,
                                  version, created_at, updated_at)
        SELECT @TenantId, @OrganizationId, p.organization_id, @Kind, @CreditCode, @Name, @NameEn, p.level + 1, @Region, @IndustryDivision, 1, @Now, @Now
        FROM organization p
        JOIN organization_ancestor a ON a.tenant_id = p.tenant_id AND a.organization_id = p.organization_id
        WHERE p.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND p.organization_id = @ParentId
          AND a.ancestor_id = @Within
        """);

    public static readonly SqlText InsertAncestors = SqlText.Both("""
        INSERT INTO organization_ancestor (tenant_id, ancestor_id, organization_id, depth)
        SELECT @TenantId, a.ancestor_id, @OrganizationId, a.depth + 1
        FROM organization_ancestor a
        WHERE a.tenant_id = @TenantId AND a.organization_id = @ParentId
        UNION ALL
        SELECT @TenantId, o.organization_id, o.organization_id, 0
        FROM organization o
        WHERE o.tenant_id = @TenantId AND o.organization_id = @OrganizationId
        """);

    // Which unique rule an insert or update would break: asked first to word the refusal; the unique indexes decide a race.
    public static readonly SqlText Clashes = SqlText.Both("""
        SELECT
            (SELECT COUNT(*) FROM organization o
             WHERE o.tenant_id = @TenantId AND o.credit_code = @CreditCode AND o.organization_id <> @OrganizationId) AS CreditCodes,
            (SELECT COUNT(*) FROM organization o
             WHERE o.tenant_id = @TenantId AND o.parent_id = @ParentId AND o.name = @Name AND o.organization_id <> @OrganizationId) AS Names
        """);

    public static readonly SqlText Find = SqlText.Both("""
        SELECT o.organization_id AS Id, o.parent_id AS ParentId, o.kind AS Kind, o.name AS Name, o.name_en AS NameEn, o.credit_code AS CreditCode,
               o.level AS Level, o.region AS Region, o.industry_division AS IndustryDivision, o.version AS Version,
               o.closed_on AS ClosedOn, o.merged_into AS MergedInto,
               (SELECT MAX(p.effective_on) FROM organization_place p
                WHERE p.tenant_id = @TenantId AND p.organization_id = o.organization_id) AS PlacedOn
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND o.organization_id = @OrganizationId
        """);

    public static readonly SqlText List = SqlText.Page("""
        SELECT o.organization_id AS Id, o.parent_id AS ParentId, o.kind AS Kind, o.name AS Name, o.name_en AS NameEn, o.credit_code AS CreditCode,
               o.level AS Level, o.region AS Region, o.industry_division AS IndustryDivision, o.version AS Version,
               o.closed_on AS ClosedOn, o.merged_into AS MergedInto
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND (@ParentId IS NULL OR o.parent_id = @ParentId)
          AND (@Q IS NULL OR UPPER(o.name) LIKE UPPER(@Q) ESCAPE '!' OR o.credit_code = @Exact)
          AND o.organization_id > @After
        ORDER BY o.organization_id
        """);

    public static readonly SqlText Update = SqlText.Both("""
        UPDATE organization
        SET kind = @Kind,
            credit_code = @CreditCode,
            name = @Name,
            name_en = @NameEn,
            region = @Region,
            industry_division = @IndustryDivision,
            version = version + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND organization_id = @OrganizationId AND version = @Version
        """);

    public static readonly SqlText Move = SqlText.Both("""
        UPDATE organization
        SET parent_id = @ParentId,
            version = version + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND organization_id IN @RootIds
        """);

    // Cut the moved subtrees from all that was above them ...
    public static readonly SqlText CutAncestors = SqlText.Both("""
        DELETE FROM organization_ancestor
        WHERE tenant_id = @TenantId
          AND organization_id IN (SELECT d.organization_id FROM organization_ancestor d
                                  WHERE d.tenant_id = @TenantId AND d.ancestor_id IN @RootIds)
          AND ancestor_id NOT IN (SELECT d.organization_id FROM organization_ancestor d
                                  WHERE d.tenant_id = @TenantId AND d.ancestor_id IN @RootIds)
        """);

    // ... and hang them under the new parent and all above that.
    public static readonly SqlText JoinAncestors = SqlText.Both("""
        INSERT INTO organization_ancestor (tenant_id, ancestor_id, organization_id, depth)
        SELECT @TenantId, up.ancestor_id, down.organization_id, up.depth + down.depth + 1
        FROM organization_ancestor up
        JOIN organization_ancestor down ON down.tenant_id = up.tenant_id
        WHERE up.tenant_id = @TenantId AND down.tenant_id = @TenantId
          AND up.organization_id = @ParentId
          AND down.ancestor_id IN @RootIds
        """);

    public static readonly SqlText Relevel = SqlText.Both("""
        UPDATE organization
        SET level = (SELECT MAX(a.depth) FROM organization_ancestor a
                     WHERE a.tenant_id = @TenantId AND a.organization_id = organization.organization_id)
        WHERE tenant_id = @TenantId
          AND organization_id IN (SELECT d.organization_id FROM organization_ancestor d
                                  WHERE d.tenant_id = @TenantId AND d.ancestor_id IN @RootIds)
        """);

    public static readonly SqlText Children = SqlText.Both("""
        SELECT o.organization_id AS Id, o.name AS Name, o.closed_on AS ClosedOn
        FROM organization o
        WHERE o.tenant_id = @TenantId AND o.parent_id = @OrganizationId
        ORDER BY o.organization_id
        """);

    /// <summary>Names that some would bring along and that others under the parent already have.</summary>
    public static readonly SqlText NamesTaken = SqlText.Both("""
        SELECT o.name
        FROM organization o
        JOIN organization x ON x.tenant_id = o.tenant_id AND x.name = o.name AND x.organization_id <> o.organization_id
        WHERE o.tenant_id = @TenantId AND x.tenant_id = @TenantId AND o.organization_id IN @RootIds AND x.parent_id = @ParentId
        """);

    public static readonly SqlText CountSubtrees = SqlText.Both("""
        SELECT COUNT(*)
        FROM organization_ancestor a
        WHERE a.tenant_id = @TenantId AND a.ancestor_id IN @RootIds
        """);

    public static readonly SqlText Close = SqlText.Both("""
        UPDATE organization
        SET closed_on = @ClosedOn,
            merged_into = @MergedInto,
            version = version + 1,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND organization_id = @OrganizationId
        """);

    public static readonly SqlText VersionsOf = SqlText.Both("""
        SELECT o.organization_id AS OrganizationId, o.version AS Version
        FROM organization o
        WHERE o.tenant_id = @TenantId AND o.organization_id IN @RootIds
        ORDER BY o.organization_id
        """);
}
