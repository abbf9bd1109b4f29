-- The first answer of a request sent with Idempotency-Key, given again to whoever repeats it. Kept 7 days.
CREATE TABLE idempotency_key (
    tenant_id       bigint        NOT NULL,
    user_id         bigint        NOT NULL,
    idempotency_key nvarchar(128) NOT NULL,
    request_hash    char(64)      NOT NULL,
    status          int           NULL,
    location        nvarchar(400) NULL,
    etag            varchar(40)   NULL,
    body            nvarchar(max) NULL,
    created_at      datetime2(3)  NOT NULL,
    CONSTRAINT pk_idempotency_key PRIMARY KEY (tenant_id, user_id, idempotency_key)
);
