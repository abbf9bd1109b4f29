using ScenarioHub.Platform.Data;

namespace ScenarioHub.Features.Integration;

/// <summary>Every statement over <c>webhook</c>, <c>webhook_secret</c>, <c>webhook_retry</c> and <c>webhook_attempt</c>.</summary>
internal static class WebhookSql
{
    // ---- what people do

    public static readonly SqlText Insert = SqlText.Both("""
        INSERT INTO webhook (tenant_id, webhook_id, organization_id, url, description, kinds, actions, state, off_reason, off_at, checkpoint_no, attempt_count,
                             failing_since, last_success_at, last_attempt_at, version, edition_no, lease_owner, lease_until, created_by, created_at, updated_by, updated_at)
        SELECT @TenantId, @WebhookId, a.organization_id, @Url, @Description, @Kinds, @Actions, @State, @OffReason, @OffAt, h.last_change_no, 0,
               NULL, NULL, NULL, 1, 1, NULL, NULL, @UserId, @Now, @UserId, @Now
        FROM organization_ancestor a
        JOIN change_head h ON h.tenant_id = a.tenant_id
        WHERE a.tenant_id = @TenantId AND h.tenant_id = @TenantId AND a.ancestor_id = @Within AND a.organization_id = @OrganizationId
        """);

    public static readonly SqlText CountOfOrganization = SqlText.Both("""
        SELECT COUNT(*) FROM webhook w WHERE w.tenant_id = @TenantId AND w.organization_id = @OrganizationId AND w.state <> 'removed'
        """);

    public static readonly SqlText OrganizationName = SqlText.Both("""
        SELECT o.name
        FROM organization o
        JOIN organization_ancestor a ON a.tenant_id = o.tenant_id AND a.organization_id = o.organization_id
        WHERE o.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND o.organization_id = @OrganizationId
        """);

    public static readonly SqlText Find = SqlText.Both("""
        SELECT w.webhook_id AS Id, w.url AS Url, w.description AS Description, w.organization_id AS OrganizationId, o.name AS OrganizationName, w.kinds AS Kinds, w.actions AS Actions,
               w.state AS State, w.off_reason AS OffReason, w.off_at AS OffAt, w.checkpoint_no AS CheckpointNo, h.last_change_no AS HeadNo,
               w.failing_since AS FailingSince, w.last_success_at AS LastSuccessAt, w.last_attempt_at AS LastAttemptAt, w.created_at AS CreatedAt, w.version AS Version,
               (SELECT COUNT(*) FROM webhook_retry r WHERE r.tenant_id = @TenantId AND r.webhook_id = w.webhook_id AND r.state IN ('holding', 'aside')) AS Waiting,
               (SELECT COUNT(*) FROM webhook_retry r WHERE r.tenant_id = @TenantId AND r.webhook_id = w.webhook_id AND r.state = 'failed') AS Failed
        FROM webhook w
        JOIN organization o ON o.tenant_id = w.tenant_id AND o.organization_id = w.organization_id
        JOIN organization_ancestor a ON a.tenant_id = w.tenant_id AND a.organization_id = w.organization_id
        JOIN change_head h ON h.tenant_id = w.tenant_id
        WHERE w.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.tenant_id = @TenantId AND h.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND w.webhook_id = @WebhookId AND w.state <> 'removed'
        """);

    public static readonly SqlText List = SqlText.Page("""
        SELECT w.webhook_id AS Id, w.url AS Url, w.description AS Description, w.organization_id AS OrganizationId, o.name AS OrganizationName, w.kinds AS Kinds, w.actions AS Actions,
               w.state AS State, w.off_reason AS OffReason, w.off_at AS OffAt, w.checkpoint_no AS CheckpointNo, h.last_change_no AS HeadNo,
               w.failing_since AS FailingSince, w.last_success_at AS LastSuccessAt, w.last_attempt_at AS LastAttemptAt, w.created_at AS CreatedAt, w.version AS Version,
               (SELECT COUNT(*) FROM webhook_retry r WHERE r.tenant_id = @TenantId AND r.webhook_id = w.webhook_id AND r.state IN ('holding', 'aside')) AS Waiting,
               (SELECT COUNT(*) FROM webhook_retry r WHERE r.tenant_id = @TenantId AND r.webhook_id = w.webhook_id AND r.state = 'failed') AS Failed
        FROM webhook w
        JOIN organization o ON o.tenant_id = w.tenant_id AND o.organization_id = w.organization_id
        JOIN organization_ancestor a ON a.tenant_id = w.tenant_id AND a.organization_id = w.organization_id
        JOIN change_head h ON h.tenant_id = w.tenant_id
        WHERE w.tenant_id = @TenantId AND o.tenant_id = @TenantId AND a.tenant_id = @TenantId AND h.tenant_id = @TenantId
          AND a.ancestor_id = @Within
          AND w.webhook_id > @AfterId AND w.state <> 'removed'
        ORDER BY w.webhook_id
        """);

    public static readonly SqlText Update = SqlText.Both("""
        UPDATE webhook
        SET organization_id = @OrganizationId, url = @Url, description = @Description, kinds = @Kinds, actions = @Actions, state = @State, off_reason = @OffReason, off_at = @OffAt,
            failing_since = @FailingSince, version = version + 1, edition_no = edition_no + 1, updated_by = @UserId, updated_at = @Now
        WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND version = @Version AND state <> 'removed'
        """);

    public static readonly SqlText Remove = SqlText.Both("""
        UPDATE webhook
        SET state = 'removed', version = version + 1, edition_no = edition_no + 1, updated_by = @UserId, updated_at = @Now
        WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND version = @Version AND state <> 'removed'
        """);

    // A turn under way finds the edition changed when it writes down its next attempt, and ends: it must not go on with an address, a filter or a secret of before.
    public static readonly SqlText Touch = SqlText.Both("""
        UPDATE webhook SET edition_no = edition_no + 1 WHERE tenant_id = @TenantId AND webhook_id = @WebhookId
        """);

    public static readonly SqlText SetBack = SqlText.Both("""
        UPDATE webhook SET checkpoint_no = @CheckpointNo WHERE tenant_id = @TenantId AND webhook_id = @WebhookId
        """);

    // ---- secrets

    public static readonly SqlText InsertSecret = SqlText.Both("""
        INSERT INTO webhook_secret (tenant_id, webhook_id, secret_no, sealed, created_by, created_at, ends_at)
        VALUES (@TenantId, @WebhookId, @SecretNo, @Sealed, @UserId, @Now, NULL)
        """);

    public static readonly SqlText Secrets = SqlText.Both("""
        SELECT s.secret_no AS No, s.created_at AS CreatedAt, s.ends_at AS EndsAt
        FROM webhook_secret s
        WHERE s.tenant_id = @TenantId AND s.webhook_id = @WebhookId AND (s.ends_at IS NULL OR s.ends_at > @Now)
        ORDER BY s.secret_no DESC
        """);

    public static readonly SqlText SealedSecrets = SqlText.Both("""
        SELECT s.sealed
        FROM webhook_secret s
        WHERE s.tenant_id = @TenantId AND s.webhook_id = @WebhookId AND (s.ends_at IS NULL OR s.ends_at > @Now)
        ORDER BY s.secret_no DESC
        """);

    public static readonly SqlText LastSecretNo = SqlText.Both("""
        SELECT COALESCE(MAX(s.secret_no), 0) FROM webhook_secret s WHERE s.tenant_id = @TenantId AND s.webhook_id = @WebhookId
        """);

    // Never later than it was to end already.
    public static readonly SqlText EndSecrets = SqlText.Both("""
        UPDATE webhook_secret SET ends_at = @EndsAt WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND (ends_at IS NULL OR ends_at > @EndsAt)
        """);

    public static readonly SqlText DeleteSecrets = SqlText.Both("""
        DELETE FROM webhook_secret WHERE tenant_id = @TenantId AND webhook_id = @WebhookId
        """);

    // ---- the turn of one webhook

    public static readonly SqlText Due = SqlText.AcrossTenants("the clock asks which webhooks have something to send, then sends it as their tenant", """
        SELECT w.tenant_id AS TenantId, w.webhook_id AS WebhookId
        FROM webhook w
        WHERE w.state = 'on' AND (w.lease_until IS NULL OR w.lease_until < @Now)
          AND (EXISTS (SELECT 1 FROM webhook_retry r
                       WHERE r.tenant_id = w.tenant_id AND r.webhook_id = w.webhook_id AND r.state IN ('holding', 'aside') AND r.next_at <= @Now)
            OR (EXISTS (SELECT 1 FROM change_head h WHERE h.tenant_id = w.tenant_id AND h.last_change_no > w.checkpoint_no)
                AND NOT EXISTS (SELECT 1 FROM webhook_retry r WHERE r.tenant_id = w.tenant_id AND r.webhook_id = w.webhook_id AND r.state = 'holding')))
        ORDER BY COALESCE(w.last_attempt_at, w.created_at), w.webhook_id
        """);

    public static readonly SqlText DropLeases = SqlText.AcrossTenants("the embedded database has one process: whatever was being sent when it starts is sent by nobody", """
        UPDATE webhook SET lease_owner = NULL, lease_until = NULL WHERE lease_until IS NOT NULL
        """);

    // Only one worker sends for a webhook: whoever this statement writes one row for.
    public static readonly SqlText Claim = SqlText.Both("""
        UPDATE webhook
        SET lease_owner = @Owner, lease_until = @LeaseUntil
        WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND state = 'on' AND (lease_until IS NULL OR lease_until < @Now)
        """);

    public static readonly SqlText Release = SqlText.Both("""
        UPDATE webhook SET lease_owner = NULL, lease_until = NULL WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND lease_owner = @Owner
        """);

    public static readonly SqlText FindToSend = SqlText.Both("""
        SELECT w.organization_id AS OrganizationId, w.url AS Url, w.kinds AS Kinds, w.actions AS Actions, w.checkpoint_no AS CheckpointNo, w.edition_no AS EditionNo,
               w.failing_since AS FailingSince, w.last_success_at AS LastSuccessAt, w.version AS Version
        FROM webhook w
        WHERE w.tenant_id = @TenantId AND w.webhook_id = @WebhookId
        """);

    // A window of the feed: however few of its changes are this webhook's, no more than so many numbers are looked at.
    public static readonly SqlText Feed = SqlText.Both("""
        SELECT c.change_no AS ChangeNo, c.occurred_at AS OccurredAt, c.kind AS Kind, c.action AS Action, c.entity_id AS EntityId, c.version AS Version, c.period AS Period,
               s.scenario_id AS ScenarioId, COALESCE(s.code, o.credit_code, g.code) AS Code
        FROM change c
        JOIN organization_ancestor a ON a.tenant_id = c.tenant_id AND a.organization_id = c.organization_id
        LEFT JOIN filing f ON f.tenant_id = @TenantId AND f.filing_id = c.entity_id AND c.kind = 'filing'
        LEFT JOIN scenario s ON s.tenant_id = @TenantId AND s.scenario_id = CASE WHEN c.kind = 'scenario' THEN c.entity_id ELSE f.scenario_id END
        LEFT JOIN organization o ON o.tenant_id = @TenantId AND o.organization_id = c.entity_id AND c.kind = 'organization'
        LEFT JOIN goal g ON g.tenant_id = @TenantId AND g.goal_id = c.entity_id AND c.kind = 'goal'
        WHERE c.tenant_id = @TenantId AND a.tenant_id = @TenantId
          AND a.ancestor_id = @OrganizationId
          AND c.change_no > @AfterNo AND c.change_no <= @ThroughNo
          AND c.kind IN @KindCodes
          AND (@ActionCodes IS NULL OR c.action IN @ActionCodes)
        ORDER BY c.change_no
        """);

    public static readonly SqlText NoteAttempt = SqlText.Both("""
        UPDATE webhook SET attempt_count = attempt_count + 1, last_attempt_at = @AttemptedAt WHERE tenant_id = @TenantId AND webhook_id = @WebhookId
        """);

    public static readonly SqlText InsertAttempt = SqlText.Both("""
        INSERT INTO webhook_attempt (tenant_id, webhook_id, attempt_no, change_no, message_id, type, attempt, attempted_at, duration_ms, status, error, answer)
        SELECT @TenantId, w.webhook_id, w.attempt_count, @ChangeNo, @MessageId, @Type, @Attempt, @AttemptedAt, @DurationMs, @Status, @Error, @Answer
        FROM webhook w
        WHERE w.tenant_id = @TenantId AND w.webhook_id = @WebhookId
        """);

    // Writes nothing when the lease went to another worker or a person changed the webhook meanwhile: then only the log says that the attempt was made.
    public static readonly SqlText Settle = SqlText.Both("""
        UPDATE webhook
        SET checkpoint_no = @CheckpointNo, failing_since = @FailingSince, last_success_at = @LastSuccessAt, lease_until = @LeaseUntil
        WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND lease_owner = @Owner AND edition_no = @EditionNo
        """);

    public static readonly SqlText SwitchOff = SqlText.Both("""
        UPDATE webhook
        SET state = 'off', off_reason = @OffReason, off_at = @Now, version = version + 1, edition_no = edition_no + 1
        WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND lease_owner = @Owner AND edition_no = @EditionNo AND state = 'on'
        """);

    // ---- what failed

    public static readonly SqlText Retries = SqlText.Page("""
        SELECT r.change_no AS ChangeNo, r.state AS State, r.attempts AS Attempts, r.first_at AS FirstAt, r.next_at AS NextAt
        FROM webhook_retry r
        WHERE r.tenant_id = @TenantId AND r.webhook_id = @WebhookId AND (r.state = 'holding' OR (r.state = 'aside' AND r.next_at <= @Now))
        ORDER BY r.change_no
        """);

    public static readonly SqlText InsertRetry = SqlText.Both("""
        INSERT INTO webhook_retry (tenant_id, webhook_id, change_no, state, attempts, first_at, last_at, next_at)
        VALUES (@TenantId, @WebhookId, @ChangeNo, @State, @Attempts, @Now, @Now, @NextAt)
        """);

    public static readonly SqlText UpdateRetry = SqlText.Both("""
        UPDATE webhook_retry
        SET state = @State, attempts = @Attempts, last_at = @Now, next_at = @NextAt
        WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND change_no = @ChangeNo
        """);

    public static readonly SqlText ResetRetry = SqlText.Both("""
        UPDATE webhook_retry
        SET state = @State, attempts = 0, first_at = @Now, last_at = @Now, next_at = @NextAt
        WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND change_no = @ChangeNo
        """);

    public static readonly SqlText DropRetry = SqlText.Both("""
        DELETE FROM webhook_retry WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND change_no = @ChangeNo
        """);

    public static readonly SqlText DropRetriesFrom = SqlText.Both("""
        DELETE FROM webhook_retry WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND change_no >= @ChangeNo
        """);

    // What was set aside while nothing got through need not wait out its own hours once something does.
    public static readonly SqlText PullRetries = SqlText.Both("""
        UPDATE webhook_retry
        SET next_at = @Now
        WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND state = 'aside' AND first_at >= @SinceAt
        """);

    public static readonly SqlText ResumeRetries = SqlText.Both("""
        UPDATE webhook_retry
        SET attempts = 0, first_at = @Now, next_at = @Now
        WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND state IN ('holding', 'aside')
        """);

    public static readonly SqlText ReplayFailed = SqlText.Both("""
        UPDATE webhook_retry
        SET state = 'aside', attempts = 0, first_at = @Now, next_at = @Now
        WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND state = 'failed' AND last_at >= @SinceAt
        """);

    // ---- the log

    public static readonly SqlText Attempts = SqlText.Page("""
        SELECT t.attempt_no AS No, t.change_no AS Change, t.message_id AS MessageId, t.type AS Type, t.attempt AS Attempt, t.attempted_at AS At, t.duration_ms AS DurationMs,
               t.status AS Status, t.error AS Error, t.answer AS Answer, r.next_at AS NextAttemptAt
        FROM webhook_attempt t
        LEFT JOIN webhook_retry r ON r.tenant_id = @TenantId AND r.webhook_id = t.webhook_id AND r.change_no = t.change_no AND r.attempts = t.attempt AND r.last_at = t.attempted_at
        WHERE t.tenant_id = @TenantId AND t.webhook_id = @WebhookId
          AND t.attempt_no < @BeforeNo
          AND (@ChangeNo IS NULL OR t.change_no = @ChangeNo)
          AND (@IsFailed IS NULL OR (@IsFailed = 1 AND t.error IS NOT NULL) OR (@IsFailed = 0 AND t.error IS NULL))
        ORDER BY t.attempt_no DESC
        """);

    public static readonly SqlText FindAttempt = SqlText.Both("""
        SELECT t.attempt_no AS No, t.change_no AS Change, t.message_id AS MessageId, t.type AS Type, t.attempt AS Attempt, t.attempted_at AS At, t.duration_ms AS DurationMs,
               t.status AS Status, t.error AS Error, t.answer AS Answer
        FROM webhook_attempt t
        WHERE t.tenant_id = @TenantId AND t.webhook_id = @WebhookId AND t.message_id = @MessageId AND t.change_no IS NULL
        """);

    public static readonly SqlText AllToForget = SqlText.AcrossTenants("the clock forgets what is older than anyone asks for, webhook by webhook, each as its tenant", """
        SELECT w.tenant_id AS TenantId, w.webhook_id AS WebhookId, w.state AS State FROM webhook w ORDER BY w.webhook_id
        """);

    public static readonly SqlText OldestAttempts = SqlText.Page("""
        SELECT t.attempt_no AS No, t.attempted_at AS At
        FROM webhook_attempt t
        WHERE t.tenant_id = @TenantId AND t.webhook_id = @WebhookId
        ORDER BY t.attempt_no
        """);

    public static readonly SqlText DeleteAttempts = SqlText.Both("""
        DELETE FROM webhook_attempt WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND attempt_no <= @ThroughNo
        """);

    public static readonly SqlText DeleteFailed = SqlText.Both("""
        DELETE FROM webhook_retry WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND state = 'failed' AND last_at < @BeforeAt
        """);

    public static readonly SqlText Delete = SqlText.Both("""
        DELETE FROM webhook WHERE tenant_id = @TenantId AND webhook_id = @WebhookId AND state = 'removed'
        """);
}
