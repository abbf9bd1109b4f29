-- A person or a machine: every column that records who did something names a row of app_user. A client has no password; it is not signed in by name.
ALTER TABLE app_user ADD kind varchar(8) NOT NULL CONSTRAINT df_app_user_kind DEFAULT 'person' CONSTRAINT ck_app_user_kind CHECK (kind IN ('person', 'client'));

-- Each request reads its caller by this number, before the tenant is known.
CREATE UNIQUE INDEX uq_app_user_id ON app_user (user_id);

-- A machine that calls the API (接口客户端). client_id is its user_id in app_user, whose user_name is the identifier it signs in with; name, organization (root of what it sees) and is_disabled stand there.
-- scopes: names of Scope.cs with blanks between. addresses: CIDR blocks with blanks between, null = from anywhere. expires_on: last day it may call, Beijing's.
-- last_used_at is written once a minute at most.
CREATE TABLE api_client (
    tenant_id      bigint        NOT NULL,
    client_id      bigint        NOT NULL,
    scopes         varchar(1000) NOT NULL,
    addresses      varchar(2500) NULL,
    expires_on     char(10)      NULL,
    version        int           NOT NULL,
    created_by     bigint        NOT NULL,
    created_at     datetime2(3)  NOT NULL,
    updated_by     bigint        NOT NULL,
    updated_at     datetime2(3)  NOT NULL,
    last_used_at   datetime2(3)  NULL,
    last_used_from varchar(64)   NULL,
    CONSTRAINT pk_api_client PRIMARY KEY (tenant_id, client_id),
    CONSTRAINT fk_api_client_user FOREIGN KEY (tenant_id, client_id) REFERENCES app_user (tenant_id, user_id)
);

-- A secret of a client: its SHA-256 alone is kept, and its last characters so that people can tell two apart. Never deleted: who called with it stays answerable.
CREATE TABLE api_client_secret (
    tenant_id     bigint       NOT NULL,
    client_id     bigint       NOT NULL,
    secret_id     bigint       NOT NULL,
    secret_sha256 varchar(64)  NOT NULL,
    ending        varchar(8)   NOT NULL,
    expires_on    char(10)     NULL,
    created_by    bigint       NOT NULL,
    created_at    datetime2(3) NOT NULL,
    revoked_by    bigint       NULL,
    revoked_at    datetime2(3) NULL,
    last_used_at  datetime2(3) NULL,
    CONSTRAINT pk_api_client_secret PRIMARY KEY (tenant_id, client_id, secret_id),
    CONSTRAINT fk_api_client_secret_client FOREIGN KEY (tenant_id, client_id) REFERENCES api_client (tenant_id, client_id)
);
