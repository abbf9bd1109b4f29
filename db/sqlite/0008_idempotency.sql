-- The first answer of a request sent with Idempotency-Key, given again to whoever repeats it. Kept 7 days.
CREATE TABLE idempotency_key (
    tenant_id       INTEGER NOT NULL,
    user_id         INTEGER NOT NULL,
    idempotency_key TEXT    NOT NULL,
    request_hash    TEXT    NOT NULL,
    status          INTEGER NULL,
    location        TEXT    NULL,
    etag            TEXT    NULL,
    body            TEXT    NULL,
    created_at      TEXT    NOT NULL,
    CONSTRAINT pk_idempotency_key PRIMARY KEY (tenant_id, user_id, idempotency_key)
) STRICT;
