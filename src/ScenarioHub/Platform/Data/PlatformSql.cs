namespace ScenarioHub.Platform.Data;

internal static class PlatformSql
{
    public static readonly SqlText TakeIdBlock = SqlText.AcrossTenants("ids are unique in the whole deployment",
        "UPDATE id_block SET next_id = next_id + @BlockSize WHERE name = 'all'");

    public static readonly SqlText ReadIdBlock = SqlText.AcrossTenants("ids are unique in the whole deployment",
        "SELECT next_id FROM id_block WHERE name = 'all'");

    public static readonly SqlText FindOutcome = SqlText.Both("""
        SELECT k.request_sha256 AS RequestSha256, k.outcome AS Outcome
        FROM idempotency_key k
        WHERE k.tenant_id = @TenantId AND k.user_id = @UserId AND k.idempotency_key = @Key
        """);

    public static readonly SqlText KeepOutcome = SqlText.Both("""
        INSERT INTO idempotency_key (tenant_id, user_id, idempotency_key, request_sha256, outcome, created_at)
        VALUES (@TenantId, @UserId, @Key, @RequestSha256, @Outcome, @Now)
        """);

    public static readonly SqlText ForgetOutcomes = SqlText.AcrossTenants("the clock forgets outcomes that no retry can still ask for, whosever they are",
        "DELETE FROM idempotency_key WHERE created_at < @Before");
}
