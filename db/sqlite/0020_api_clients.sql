-- A person or a machine: every column that records who did something names a row of app_user. A client has no password; it is not signed in by name.
ALTER TABLE app_user ADD COLUMN kind TEXT NOT NULL CONSTRAINT df_app_user_kind DEFAULT 'person' CONSTRAINT ck_app_user_kind CHECK (kind IN ('person', 'client'));

-- Each request reads its caller by this number, before the tenant is known.
CREATE UNIQUE INDEX uq_app_user_id ON app_user (user_id);

-- A machine that calls the API (接口客户端). client_id is its user_id in app_user, whose user_name is the identifier it signs in with; name, organization (root of what it sees) and is_disabled stand there.
-- scopes: names of Scope.cs with blanks between. addresses: CIDR blocks with blanks between, null = from anywhere. expires_on: last day it may call, Beijing's.
-- last_used_at is written once a minute at most.
CREATE TABLE api_client (
    tenant_id      INTEGER NOT NULL,
    client_id      INTEGER NOT NULL,
    scopes         TEXT    NOT NULL,
    addresses      TEXT    NULL,
    expires_on     TEXT    NULL,
    version        INTEGER NOT NULL,
    created_by     INTEGER NOT NULL,
    created_at     TEXT    NOT NULL,
    updated_by     INTEGER NOT NULL,
    updated_at     TEXT    NOT NULL,
    last_used_at   TEXT    NULL,
    last_used_from TEXT    NULL,
    CONSTRAINT pk_api_client PRIMARY KEY (tenant_id, client_id),
    CONSTRAINT fk_api_client_user FOREIGN KEY (tenant_id, client_id) REFERENCES app_user (tenant_id, user_id)
) STRICT;

-- A secret of a client: its SHA-256 alone is kept, and its last characters so that people can tell two apart. Never deleted: who called with it stays answerable.
CREATE TABLE api_client_secret (
    tenant_id     INTEGER NOT NULL,
    client_id     INTEGER NOT NULL,
    secret_id     INTEGER NOT NULL,
    secret_sha256 TEXT    NOT NULL,
    ending        TEXT    NOT NULL,
    expires_on    TEXT    NULL,
    created_by    INTEGER NOT NULL,
    created_at    TEXT    NOT NULL,
    revoked_by    INTEGER NULL,
    revoked_at    TEXT    NULL,
    last_used_at  TEXT    NULL,
    CONSTRAINT pk_api_client_secret PRIMARY KEY (tenant_id, client_id, secret_id),
    CONSTRAINT fk_api_client_secret_client FOREIGN KEY (tenant_id, client_id) REFERENCES api_client (tenant_id, client_id)
) STRICT;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('app_user',          'uq_app_user_id',                        '4000 1 noskipscan'),
    ('api_client',        'sqlite_autoindex_api_client_1',         '400 100 1 noskipscan'),
    ('api_client_secret', 'sqlite_autoindex_api_client_secret_1',  '1200 300 3 1 noskipscan');

ANALYZE sqlite_schema;
