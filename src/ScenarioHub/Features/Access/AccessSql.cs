using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Access;

/// <summary>Every statement over <c>app_user</c> and <c>user_role</c>.</summary>
internal static class AccessSql
{
    public static readonly SqlText FindByName = SqlText.AcrossTenants("a person signs in before a tenant is known", """
        SELECT tenant_id AS TenantId, user_id AS UserId, organization_id AS OrganizationId, password_hash AS PasswordHash, session_stamp AS SessionStamp,
               failed_sign_ins AS FailedSignIns, locked_until AS LockedUntil, is_disabled AS IsDisabled
        FROM app_user
        WHERE user_name = @UserName AND kind = 'person'
        """);

    // The count is taken inside the statement: two wrong passwords at once are two.
    public static readonly SqlText CountFailure = SqlText.AcrossTenants("a person signs in before a tenant is known", """
        UPDATE app_user
        SET failed_sign_ins = IIF(failed_sign_ins + 1 >= @Allowed, 0, failed_sign_ins + 1),
            locked_until = IIF(failed_sign_ins + 1 >= @Allowed, @LockedUntil, locked_until)
        WHERE user_id = @UserId
        """);

    public static readonly SqlText CountSuccess = SqlText.AcrossTenants("a person signs in before a tenant is known", """
        UPDATE app_user
        SET failed_sign_ins = 0,
            locked_until = NULL,
            last_signed_in_at = @Now,
            password_hash = @PasswordHash
        WHERE user_id = @UserId
        """);

    // A person's rights are his roles, a client's its scopes.
    public static readonly SqlText LoadCaller = SqlText.AcrossTenants("the cookie names a person, the row says of which tenant", """
        SELECT u.tenant_id AS TenantId, u.user_id AS UserId, u.organization_id AS OrganizationId, u.user_name AS UserName,
               u.display_name AS DisplayName, u.session_stamp AS SessionStamp, t.is_demo AS IsDemo, STRING_AGG(r.role, ',') AS Roles, c.scopes AS Scopes
        FROM app_user u
        JOIN tenant t ON t.tenant_id = u.tenant_id
        LEFT JOIN user_role r ON r.tenant_id = u.tenant_id AND r.user_id = u.user_id
        LEFT JOIN api_client c ON c.tenant_id = u.tenant_id AND c.client_id = u.user_id
        WHERE u.user_id = @UserId AND u.is_disabled = 0
        GROUP BY u.tenant_id, u.user_id, u.organization_id, u.user_name, u.display_name, u.session_stamp, t.is_demo, c.scopes
        """);

    public static readonly SqlText EndSessions = SqlText.Both("""
        UPDATE app_user SET session_stamp = @SessionStamp WHERE tenant_id = @TenantId AND user_id = @UserId
        """);

    public static readonly SqlText OrganizationOf = SqlText.Both("""
        SELECT u.organization_id FROM app_user u WHERE u.tenant_id = @TenantId AND u.user_id = @UserId
        """);

    public static readonly SqlText FindCallerPlace = SqlText.Both("""
        SELECT t.code AS TenantCode, t.name_zh AS TenantNameZh, t.name_en AS TenantNameEn, t.is_demo AS IsDemo,
               o.name AS OrganizationName, o.credit_code AS CreditCode
        FROM tenant t
        JOIN organization o ON o.tenant_id = t.tenant_id
        WHERE o.tenant_id = @TenantId AND t.tenant_id = @TenantId AND o.organization_id = @Within
        """);

    public static readonly SqlText Insert = SqlText.Both("""
        INSERT INTO app_user (tenant_id, user_id, organization_id, user_name, display_name, password_hash, session_stamp,
                              failed_sign_ins, locked_until, is_disabled, created_at, last_signed_in_at)
        SELECT @TenantId, @UserId, @OrganizationId, @UserName, @DisplayName, @PasswordHash, @SessionStamp, 0, NULL, 0, @Now, NULL
        WHERE EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = @OrganizationId)
        """);

    // Read only to word the refusal: who belongs to a closed organization would see its past and could change nothing.
    public static readonly SqlText ClosedOn = SqlText.Both("""
        SELECT o.closed_on
        FROM organization o
        WHERE o.tenant_id = @TenantId AND o.organization_id = @OrganizationId AND o.closed_on IS NOT NULL
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = @OrganizationId)
        """);

    public static readonly SqlText NameTaken = SqlText.AcrossTenants("a sign-in name is unique in the whole deployment",
        "SELECT COUNT(*) FROM app_user WHERE user_name = @UserName");

    public static readonly SqlText InsertRole = SqlText.Both("""
        INSERT INTO user_role (tenant_id, user_id, role) VALUES (@TenantId, @UserId, @Role)
        """);

    public static readonly SqlText List = SqlText.Page("""
        SELECT u.user_id AS UserId, u.user_name AS UserName, u.display_name AS DisplayName, u.organization_id AS OrganizationId,
               o.name AS OrganizationName, u.is_disabled AS IsDisabled, u.last_signed_in_at AS LastSignedInAt,
               (SELECT STRING_AGG(r.role, ',') FROM user_role r WHERE r.tenant_id = @TenantId AND r.user_id = u.user_id) AS Roles
        FROM app_user u
        JOIN organization o ON o.tenant_id = u.tenant_id AND o.organization_id = u.organization_id
        JOIN organization_ancestor a ON a.tenant_id = u.tenant_id AND a.organization_id = u.organization_id
        WHERE u.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND u.user_id > @After
          AND u.kind = 'person'
        ORDER BY u.user_id
        """);

    public static readonly SqlText Disable = SqlText.Both("""
        UPDATE app_user
        SET is_disabled = 1,
            session_stamp = @SessionStamp
        WHERE tenant_id = @TenantId
          AND user_id = @UserId
          AND kind = 'person'
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = app_user.organization_id)
        """);
}
