CREATE TABLE app_user (
    tenant_id         bigint        NOT NULL,
    user_id           bigint        NOT NULL,
    organization_id   bigint        NOT NULL,
    user_name         varchar(64)   NOT NULL,
    display_name      nvarchar(100) NOT NULL,
    password_hash     varchar(200)  NOT NULL,
    session_stamp     varchar(32)   NOT NULL,
    failed_sign_ins   int           NOT NULL,
    locked_until      datetime2(3)  NULL,
    is_disabled       bit           NOT NULL,
    created_at        datetime2(3)  NOT NULL,
    last_signed_in_at datetime2(3)  NULL,
    CONSTRAINT pk_app_user PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT uq_app_user_name UNIQUE (user_name),
    CONSTRAINT fk_app_user_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE TABLE user_role (
    tenant_id bigint      NOT NULL,
    user_id   bigint      NOT NULL,
    role      varchar(32) NOT NULL,
    CONSTRAINT pk_user_role PRIMARY KEY (tenant_id, user_id, role),
    CONSTRAINT fk_user_role_user FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, user_id),
    CONSTRAINT ck_user_role_role CHECK (role IN ('filer', 'reviewer', 'enterpriseAdmin', 'regulator', 'regulatorAdmin', 'auditor', 'platformAdmin'))
);
