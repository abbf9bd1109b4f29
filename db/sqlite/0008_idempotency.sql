-- The outcome of a command sent with Idempotency-Key, written in the command's own transaction and given again to whoever repeats it. Kept 7 days.
CREATE TABLE idempotency_key (
    tenant_id       INTEGER NOT NULL,
    user_id         INTEGER NOT NULL,
    idempotency_key TEXT    NOT NULL,
    request_sha256  TEXT    NOT NULL,
    outcome         TEXT    NOT NULL,
    created_at      TEXT    NOT NULL,
    CONSTRAINT pk_idempotency_key PRIMARY KEY (tenant_id, user_id, idempotency_key),
    CONSTRAINT ck_idempotency_key_outcome CHECK (json_valid(outcome))
) STRICT;

CREATE INDEX ix_idempotency_key_created_at ON idempotency_key (tenant_id, created_at);
