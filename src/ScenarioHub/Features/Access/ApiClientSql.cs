using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Access;

/// <summary>Every statement over <c>api_client</c> and <c>api_client_secret</c>, and over the clients in <c>app_user</c>.</summary>
internal static class ApiClientSql
{
    // One row a request. A secret that was withdrawn takes the tokens it brought along.
    public static readonly SqlText LoadCaller = SqlText.AcrossTenants("a token names a client and its tenant before anyone is the caller", """
        SELECT u.tenant_id AS TenantId, u.user_id AS ClientId, u.organization_id AS OrganizationId, u.user_name AS ClientKey,
               u.display_name AS Name, t.is_demo AS IsDemo, c.scopes AS Scopes, c.addresses AS Addresses, c.expires_on AS ExpiresOn
        FROM app_user u
        JOIN api_client c ON c.tenant_id = u.tenant_id AND c.client_id = u.user_id
        JOIN api_client_secret s ON s.tenant_id = c.tenant_id AND s.client_id = c.client_id
        JOIN tenant t ON t.tenant_id = u.tenant_id
        WHERE u.tenant_id = @OfTenant AND u.user_id = @ClientId AND u.is_disabled = 0
          AND s.secret_id = @SecretId AND s.revoked_at IS NULL
        """);

    public static readonly SqlText FindByKey = SqlText.AcrossTenants("a client asks for a token before a tenant is known", """
        SELECT u.tenant_id AS TenantId, u.user_id AS ClientId, u.is_disabled AS IsDisabled, c.scopes AS Scopes, c.addresses AS Addresses, c.expires_on AS ExpiresOn,
               s.secret_id AS SecretId, s.secret_sha256 AS SecretSha256, s.expires_on AS SecretExpiresOn
        FROM app_user u
        JOIN api_client c ON c.tenant_id = u.tenant_id AND c.client_id = u.user_id
        JOIN api_client_secret s ON s.tenant_id = c.tenant_id AND s.client_id = c.client_id
        WHERE u.user_name = @ClientKey AND u.kind = 'client' AND s.revoked_at IS NULL
        """);

    public static readonly SqlText NoteUse = SqlText.AcrossTenants("a process notes once a minute which clients called, whosever they are", """
        UPDATE api_client
        SET last_used_at = @At,
            last_used_from = @UsedFrom
        WHERE tenant_id = @OfTenant AND client_id = @ClientId AND (last_used_at IS NULL OR last_used_at < @At)
        """);

    public static readonly SqlText NoteSecretUse = SqlText.AcrossTenants("a process notes once a minute which clients called, whosever they are", """
        UPDATE api_client_secret
        SET last_used_at = @At
        WHERE tenant_id = @OfTenant AND client_id = @ClientId AND secret_id = @SecretId AND (last_used_at IS NULL OR last_used_at < @At)
        """);

    public static readonly SqlText InsertUser = SqlText.Both("""
        INSERT INTO app_user (tenant_id, user_id, organization_id, user_name, display_name, password_hash, session_stamp,
                              failed_sign_ins, locked_until, is_disabled, created_at, last_signed_in_at, kind)
        SELECT @TenantId, @ClientId, @OrganizationId, @ClientKey, @Name, '', '', 0, NULL, 0, @Now, NULL, 'client'
        WHERE EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = @OrganizationId)
        """);

    public static readonly SqlText Insert = SqlText.Both("""
        INSERT INTO api_client (tenant_id, client_id, scopes, addresses, expires_on, version, created_by, created_at, updated_by, updated_at, last_used_at, last_used_from)
        VALUES (@TenantId, @ClientId, @Scopes, @Addresses, @ExpiresOn, 1, @UserId, @Now, @UserId, @Now, NULL, NULL)
        """);

    public static readonly SqlText List = SqlText.Page("""
        SELECT u.user_id AS Id, u.user_name AS ClientKey, u.display_name AS Name, u.organization_id AS OrganizationId, o.name AS OrganizationName,
               u.is_disabled AS IsDisabled, c.scopes AS Scopes, c.addresses AS Addresses, c.expires_on AS ExpiresOn, c.version AS Version,
               c.created_by AS CreatedBy, b.display_name AS CreatedByName, c.created_at AS CreatedAt, c.last_used_at AS LastUsedAt, c.last_used_from AS LastUsedFrom
        FROM api_client c
        JOIN app_user u ON u.tenant_id = c.tenant_id AND u.user_id = c.client_id
        JOIN organization o ON o.tenant_id = u.tenant_id AND o.organization_id = u.organization_id
        JOIN organization_ancestor a ON a.tenant_id = u.tenant_id AND a.organization_id = u.organization_id
        LEFT JOIN app_user b ON b.tenant_id = c.tenant_id AND b.user_id = c.created_by
        WHERE c.tenant_id = @TenantId AND u.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND c.client_id > @After
        ORDER BY c.client_id
        """);

    public static readonly SqlText Find = SqlText.Both("""
        SELECT u.user_id AS Id, u.user_name AS ClientKey, u.display_name AS Name, u.organization_id AS OrganizationId, o.name AS OrganizationName,
               u.is_disabled AS IsDisabled, c.scopes AS Scopes, c.addresses AS Addresses, c.expires_on AS ExpiresOn, c.version AS Version,
               c.created_by AS CreatedBy, b.display_name AS CreatedByName, c.created_at AS CreatedAt, c.last_used_at AS LastUsedAt, c.last_used_from AS LastUsedFrom
        FROM api_client c
        JOIN app_user u ON u.tenant_id = c.tenant_id AND u.user_id = c.client_id
        JOIN organization o ON o.tenant_id = u.tenant_id AND o.organization_id = u.organization_id
        JOIN organization_ancestor a ON a.tenant_id = u.tenant_id AND a.organization_id = u.organization_id
        LEFT JOIN app_user b ON b.tenant_id = c.tenant_id AND b.user_id = c.created_by
        WHERE c.tenant_id = @TenantId AND u.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND c.client_id = @ClientId
        """);

    public static readonly SqlText ListSecrets = SqlText.Both("""
        SELECT s.client_id AS ClientId, s.secret_id AS SecretId, s.ending AS Ending, s.expires_on AS ExpiresOn, s.created_at AS CreatedAt, s.last_used_at AS LastUsedAt
        FROM api_client_secret s
        WHERE s.tenant_id = @TenantId AND s.client_id IN @ClientIds AND s.revoked_at IS NULL
        ORDER BY s.client_id, s.secret_id
        """);

    // The version decides between two at once; the row of app_user then follows in the same transaction.
    public static readonly SqlText Update = SqlText.Both("""
        UPDATE api_client
        SET scopes = @Scopes,
            addresses = @Addresses,
            expires_on = @ExpiresOn,
            version = version + 1,
            updated_by = @UserId,
            updated_at = @Now
        WHERE tenant_id = @TenantId AND client_id = @ClientId AND version = @Version
        """);

    public static readonly SqlText UpdateUser = SqlText.Both("""
        UPDATE app_user
        SET display_name = @Name,
            organization_id = @OrganizationId,
            is_disabled = @IsDisabled
        WHERE tenant_id = @TenantId AND user_id = @ClientId
          AND EXISTS (SELECT 1 FROM organization_ancestor a
                      WHERE a.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = @OrganizationId)
        """);

    // Holds the row: of two who add a secret at once the second counts the first one's.
    public static readonly SqlText Hold = SqlText.Both("""
        UPDATE api_client SET version = version WHERE tenant_id = @TenantId AND client_id = @ClientId
        """);

    public static readonly SqlText CountSecrets = SqlText.Both("""
        SELECT COUNT(*)
        FROM api_client_secret s
        WHERE s.tenant_id = @TenantId AND s.client_id = @ClientId AND s.revoked_at IS NULL AND (s.expires_on IS NULL OR s.expires_on >= @Today)
        """);

    public static readonly SqlText InsertSecret = SqlText.Both("""
        INSERT INTO api_client_secret (tenant_id, client_id, secret_id, secret_sha256, ending, expires_on, created_by, created_at, revoked_by, revoked_at, last_used_at)
        VALUES (@TenantId, @ClientId, @SecretId, @SecretSha256, @Ending, @ExpiresOn, @UserId, @Now, NULL, NULL, NULL)
        """);

    public static readonly SqlText RevokeSecret = SqlText.Both("""
        UPDATE api_client_secret
        SET revoked_by = @UserId,
            revoked_at = @Now
        WHERE tenant_id = @TenantId AND client_id = @ClientId AND secret_id = @SecretId AND revoked_at IS NULL
          AND EXISTS (SELECT 1
                      FROM app_user u
                      JOIN organization_ancestor a ON a.tenant_id = @TenantId AND a.organization_id = u.organization_id
                      WHERE u.tenant_id = @TenantId AND u.user_id = @ClientId AND a.ancestor_id = @Within)
        """);
}
