using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Tenants;

/// <summary>Every statement over <c>tenant</c>, and the root each tenant begins with.</summary>
internal static class TenantSql
{
    private const string Why = "tenants are made and listed by the platform's own people, before and beside any one tenant";

    public static readonly SqlText Insert = SqlText.AcrossTenants(Why, """
        INSERT INTO tenant (tenant_id, code, name_zh, name_en, is_demo, created_at)
        SELECT @NewTenantId, @Code, @NameZh, @NameEn, @IsDemo, @Now
        WHERE NOT EXISTS (SELECT 1 FROM tenant WHERE code = @Code)
        """);

    public static readonly SqlText InsertRoot = SqlText.AcrossTenants(Why, """
        INSERT INTO organization (tenant_id, organization_id, parent_id, kind, credit_code, name, name_en, level, region, industry_division,
                                  version, created_at, updated_at)
        VALUES (@NewTenantId, @RootId, NULL, 'regulator', NULL, @NameZh, @NameEn, 0, NULL, NULL, 1, @Now, @Now)
        """);

    public static readonly SqlText InsertRootAncestor = SqlText.AcrossTenants(Why, """
        INSERT INTO organization_ancestor (tenant_id, ancestor_id, organization_id, depth) VALUES (@NewTenantId, @RootId, @RootId, 0)
        """);

    public static readonly SqlText InsertFirstTree = SqlText.AcrossTenants(Why, """
        INSERT INTO organization_tree (tenant_id, tree_no, cause, organization_id, other_id, effective_on, note, recorded_at, recorded_by)
        VALUES (@NewTenantId, 1, 'began', @RootId, NULL, @Today, NULL, @Now, 0)
        """);

    public static readonly SqlText InsertRootPath = SqlText.AcrossTenants(Why, """
        INSERT INTO organization_path (tenant_id, ancestor_id, organization_id, from_tree, from_period, until_period, until_tree, depth)
        VALUES (@NewTenantId, @RootId, @RootId, 1, '0000-00', '9999-99', @Still, 0)
        """);

    public static readonly SqlText InsertRootName = SqlText.AcrossTenants(Why, """
        INSERT INTO organization_name (tenant_id, organization_id, from_tree, until_tree, name, name_en, credit_code)
        VALUES (@NewTenantId, @RootId, 1, @Still, @NameZh, @NameEn, NULL)
        """);

    public static readonly SqlText InsertFirstAdmin = SqlText.AcrossTenants(Why, """
        INSERT INTO app_user (tenant_id, user_id, organization_id, user_name, display_name, password_hash, session_stamp,
                              failed_sign_ins, locked_until, is_disabled, created_at, last_signed_in_at)
        VALUES (@NewTenantId, @UserId, @RootId, @UserName, @DisplayName, @PasswordHash, @SessionStamp, 0, NULL, 0, @Now, NULL)
        """);

    public static readonly SqlText InsertFirstAdminRole = SqlText.AcrossTenants(Why, """
        INSERT INTO user_role (tenant_id, user_id, role) VALUES (@NewTenantId, @UserId, @Role)
        """);

    public static readonly SqlText List = SqlText.AcrossTenants(Why, """
        SELECT t.tenant_id AS Id, t.code AS Code, t.name_zh AS NameZh, t.name_en AS NameEn, t.is_demo AS IsDemo, t.created_at AS CreatedAt
        FROM tenant t
        ORDER BY t.tenant_id
        """);
}
