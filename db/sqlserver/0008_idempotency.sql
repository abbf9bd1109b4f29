-- The outcome of a command sent with Idempotency-Key, written in the command's own transaction and given again to whoever repeats it. Kept 7 days.
CREATE TABLE idempotency_key (
    tenant_id       bigint        NOT NULL,
    user_id         bigint        NOT NULL,
    idempotency_key nvarchar(128) NOT NULL,
    request_sha256  char(64)      NOT NULL,
    outcome         nvarchar(max) NOT NULL,
    created_at      datetime2(3)  NOT NULL,
    CONSTRAINT pk_idempotency_key PRIMARY KEY (tenant_id, user_id, idempotency_key),
    CONSTRAINT ck_idempotency_key_outcome CHECK (ISJSON(outcome) = 1)
);

CREATE INDEX ix_idempotency_key_created_at ON idempotency_key (tenant_id, created_at);
