CREATE TABLE app_user (
    tenant_id         INTEGER NOT NULL,
    user_id           INTEGER NOT NULL,
    organization_id   INTEGER NOT NULL,
    user_name         TEXT    NOT NULL,
    display_name      TEXT    NOT NULL,
    password_hash     TEXT    NOT NULL,
    session_stamp     TEXT    NOT NULL,
    failed_sign_ins   INTEGER NOT NULL,
    locked_until      TEXT    NULL,
    is_disabled       INTEGER NOT NULL,
    created_at        TEXT    NOT NULL,
    last_signed_in_at TEXT    NULL,
    CONSTRAINT pk_app_user PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT uq_app_user_name UNIQUE (user_name),
    CONSTRAINT fk_app_user_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT;

CREATE TABLE user_role (
    tenant_id INTEGER NOT NULL,
    user_id   INTEGER NOT NULL,
    role      TEXT    NOT NULL,
    CONSTRAINT pk_user_role PRIMARY KEY (tenant_id, user_id, role),
    CONSTRAINT fk_user_role_user FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, user_id),
    CONSTRAINT ck_user_role_role CHECK (role IN ('filer', 'reviewer', 'enterpriseAdmin', 'regulator', 'regulatorAdmin', 'auditor', 'platformAdmin'))
) STRICT;
