-- Where the changes of a subtree are sent (Webhooks). kinds and actions: codes with a space between, null is all. checkpoint_no: all changes of the feed up to it were sent, set aside or are none of this one's.
-- edition_no counts what a turn under way must not go on without: revisions, secrets, replays. attempt_count numbers the log. A lease says that a worker is sending.
CREATE TABLE webhook (
    tenant_id       bigint         NOT NULL,
    webhook_id      bigint         NOT NULL,
    organization_id bigint         NOT NULL,
    url             nvarchar(2000) NOT NULL,
    description     nvarchar(200)  NULL,
    kinds           varchar(1700)  NULL,
    actions         varchar(1700)  NULL,
    state           varchar(16)    NOT NULL,
    off_reason      varchar(24)    NULL,
    off_at          datetime2(3)   NULL,
    checkpoint_no   bigint         NOT NULL,
    attempt_count   bigint         NOT NULL,
    failing_since   datetime2(3)   NULL,
    last_success_at datetime2(3)   NULL,
    last_attempt_at datetime2(3)   NULL,
    version         int            NOT NULL,
    edition_no      bigint         NOT NULL,
    lease_owner     varchar(32)    NULL,
    lease_until     datetime2(3)   NULL,
    created_by      bigint         NOT NULL,
    created_at      datetime2(3)   NOT NULL,
    updated_by      bigint         NOT NULL,
    updated_at      datetime2(3)   NOT NULL,
    CONSTRAINT pk_webhook PRIMARY KEY (tenant_id, webhook_id),
    CONSTRAINT fk_webhook_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_webhook_state CHECK (state IN ('on', 'off', 'removed')),
    CONSTRAINT ck_webhook_off_reason CHECK (off_reason IN ('byPerson', 'gone', 'failing', 'secretUnreadable', 'cut'))
);

CREATE INDEX ix_webhook_organization ON webhook (tenant_id, organization_id);

-- What a webhook signs with, sealed with the keys of the data folder: it must be read again, and must not lie open. ends_at: of one that a newer has taken the place of.
CREATE TABLE webhook_secret (
    tenant_id  bigint        NOT NULL,
    webhook_id bigint        NOT NULL,
    secret_no  bigint        NOT NULL,
    sealed     varchar(1000) NOT NULL,
    created_by bigint        NOT NULL,
    created_at datetime2(3)  NOT NULL,
    ends_at    datetime2(3)  NULL,
    CONSTRAINT pk_webhook_secret PRIMARY KEY (tenant_id, webhook_id, secret_no),
    CONSTRAINT fk_webhook_secret_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id)
);

-- Changes that could not be sent, and those to be sent again by hand; none for what went well.
-- holding: those after it wait; aside: it is tried beside them; failed: all attempts are used up, next_at is null.
CREATE TABLE webhook_retry (
    tenant_id  bigint       NOT NULL,
    webhook_id bigint       NOT NULL,
    change_no  bigint       NOT NULL,
    state      varchar(16)  NOT NULL,
    attempts   int          NOT NULL,
    first_at   datetime2(3) NOT NULL,
    last_at    datetime2(3) NOT NULL,
    next_at    datetime2(3) NULL,
    CONSTRAINT pk_webhook_retry PRIMARY KEY (tenant_id, webhook_id, change_no),
    CONSTRAINT fk_webhook_retry_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id),
    CONSTRAINT ck_webhook_retry_state CHECK (state IN ('holding', 'aside', 'failed'))
);

CREATE INDEX ix_webhook_retry_next ON webhook_retry (tenant_id, webhook_id, state, next_at);

-- The log: an attempt to send one message, numbered within the webhook, kept for 30 days. change_no is null of a test; error is null when it was delivered.
CREATE TABLE webhook_attempt (
    tenant_id    bigint         NOT NULL,
    webhook_id   bigint         NOT NULL,
    attempt_no   bigint         NOT NULL,
    change_no    bigint         NULL,
    message_id   varchar(64)    NOT NULL,
    type         varchar(65)    NOT NULL,
    attempt      int            NOT NULL,
    attempted_at datetime2(3)   NOT NULL,
    duration_ms  int            NOT NULL,
    status       int            NULL,
    error        varchar(24)    NULL,
    answer       nvarchar(2000) NULL,
    CONSTRAINT pk_webhook_attempt PRIMARY KEY (tenant_id, webhook_id, attempt_no),
    CONSTRAINT fk_webhook_attempt_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id),
    CONSTRAINT ck_webhook_attempt_error CHECK (error IN ('status', 'redirect', 'timedOut', 'nameNotFound', 'connectionFailed', 'tlsFailed', 'badAnswer', 'addressNotAllowed'))
);

CREATE INDEX ix_webhook_attempt_change ON webhook_attempt (tenant_id, webhook_id, change_no);
