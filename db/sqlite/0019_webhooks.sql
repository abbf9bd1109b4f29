-- Where the changes of a subtree are sent (Webhooks). kinds and actions: codes with a space between, null is all. checkpoint_no: all changes of the feed up to it were sent, set aside or are none of this one's.
-- edition_no counts what a turn under way must not go on without: revisions, secrets, replays. attempt_count numbers the log. A lease says that a worker is sending.
CREATE TABLE webhook (
    tenant_id       INTEGER NOT NULL,
    webhook_id      INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    url             TEXT    NOT NULL,
    description     TEXT    NULL,
    kinds           TEXT    NULL,
    actions         TEXT    NULL,
    state           TEXT    NOT NULL,
    off_reason      TEXT    NULL,
    off_at          TEXT    NULL,
    checkpoint_no   INTEGER NOT NULL,
    attempt_count   INTEGER NOT NULL,
    failing_since   TEXT    NULL,
    last_success_at TEXT    NULL,
    last_attempt_at TEXT    NULL,
    version         INTEGER NOT NULL,
    edition_no      INTEGER NOT NULL,
    lease_owner     TEXT    NULL,
    lease_until     TEXT    NULL,
    created_by      INTEGER NOT NULL,
    created_at      TEXT    NOT NULL,
    updated_by      INTEGER NOT NULL,
    updated_at      TEXT    NOT NULL,
    CONSTRAINT pk_webhook PRIMARY KEY (tenant_id, webhook_id),
    CONSTRAINT fk_webhook_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_webhook_state CHECK (state IN ('on', 'off', 'removed')),
    CONSTRAINT ck_webhook_off_reason CHECK (off_reason IN ('byPerson', 'gone', 'failing', 'secretUnreadable', 'cut'))
) STRICT;

CREATE INDEX ix_webhook_organization ON webhook (tenant_id, organization_id);

-- What a webhook signs with, sealed with the keys of the data folder: it must be read again, and must not lie open. ends_at: of one that a newer has taken the place of.
CREATE TABLE webhook_secret (
    tenant_id  INTEGER NOT NULL,
    webhook_id INTEGER NOT NULL,
    secret_no  INTEGER NOT NULL,
    sealed     TEXT    NOT NULL,
    created_by INTEGER NOT NULL,
    created_at TEXT    NOT NULL,
    ends_at    TEXT    NULL,
    CONSTRAINT pk_webhook_secret PRIMARY KEY (tenant_id, webhook_id, secret_no),
    CONSTRAINT fk_webhook_secret_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id)
) STRICT;

-- Changes that could not be sent, and those to be sent again by hand; none for what went well.
-- holding: those after it wait; aside: it is tried beside them; failed: all attempts are used up, next_at is null.
CREATE TABLE webhook_retry (
    tenant_id  INTEGER NOT NULL,
    webhook_id INTEGER NOT NULL,
    change_no  INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    attempts   INTEGER NOT NULL,
    first_at   TEXT    NOT NULL,
    last_at    TEXT    NOT NULL,
    next_at    TEXT    NULL,
    CONSTRAINT pk_webhook_retry PRIMARY KEY (tenant_id, webhook_id, change_no),
    CONSTRAINT fk_webhook_retry_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id),
    CONSTRAINT ck_webhook_retry_state CHECK (state IN ('holding', 'aside', 'failed'))
) STRICT;

CREATE INDEX ix_webhook_retry_next ON webhook_retry (tenant_id, webhook_id, state, next_at);

-- The log: an attempt to send one message, numbered within the webhook, kept for 30 days. change_no is null of a test; error is null when it was delivered.
CREATE TABLE webhook_attempt (
    tenant_id    INTEGER NOT NULL,
    webhook_id   INTEGER NOT NULL,
    attempt_no   INTEGER NOT NULL,
    change_no    INTEGER NULL,
    message_id   TEXT    NOT NULL,
    type         TEXT    NOT NULL,
    attempt      INTEGER NOT NULL,
    attempted_at TEXT    NOT NULL,
    duration_ms  INTEGER NOT NULL,
    status       INTEGER NULL,
    error        TEXT    NULL,
    answer       TEXT    NULL,
    CONSTRAINT pk_webhook_attempt PRIMARY KEY (tenant_id, webhook_id, attempt_no),
    CONSTRAINT fk_webhook_attempt_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id),
    CONSTRAINT ck_webhook_attempt_error CHECK (error IN ('status', 'redirect', 'timedOut', 'nameNotFound', 'connectionFailed', 'tlsFailed', 'badAnswer', 'addressNotAllowed'))
) STRICT;

CREATE INDEX ix_webhook_attempt_change ON webhook_attempt (tenant_id, webhook_id, change_no);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('webhook',         'sqlite_autoindex_webhook_1',         '200 50 1 noskipscan'),
    ('webhook',         'ix_webhook_organization',            '200 50 2 noskipscan'),
    ('webhook_secret',  'sqlite_autoindex_webhook_secret_1',  '250 60 2 1 noskipscan'),
    ('webhook_retry',   'sqlite_autoindex_webhook_retry_1',   '2000 500 10 1 noskipscan'),
    ('webhook_retry',   'ix_webhook_retry_next',              '2000 500 10 5 1 noskipscan'),
    ('webhook_attempt', 'sqlite_autoindex_webhook_attempt_1', '4000000 1000000 100000 1 noskipscan'),
    ('webhook_attempt', 'ix_webhook_attempt_change',          '4000000 1000000 100000 2 noskipscan');

ANALYZE sqlite_schema;
