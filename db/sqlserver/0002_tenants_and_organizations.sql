-- A tenant is one regulator's programme.
CREATE TABLE tenant (
    tenant_id  bigint        NOT NULL,
    code       varchar(32)   NOT NULL,
    name_zh    nvarchar(100) NOT NULL,
    name_en    nvarchar(200) NOT NULL,
    is_demo    bit           NOT NULL,
    created_at datetime2(3)  NOT NULL,
    CONSTRAINT pk_tenant PRIMARY KEY (tenant_id),
    CONSTRAINT uq_tenant_code UNIQUE (code)
);

-- The present tree. A tenant's root has no parent.
CREATE TABLE organization (
    tenant_id         bigint        NOT NULL,
    organization_id   bigint        NOT NULL,
    parent_id         bigint        NULL,
    kind              varchar(16)   NOT NULL,
    credit_code       char(18)      NULL,
    name              nvarchar(100) NOT NULL,
    name_en           nvarchar(200) NULL,
    level             int           NOT NULL,
    region            varchar(6)    NULL,
    industry_division varchar(2)    NULL,
    version           int           NOT NULL,
    created_at        datetime2(3)  NOT NULL,
    updated_at        datetime2(3)  NOT NULL,
    CONSTRAINT pk_organization PRIMARY KEY (tenant_id, organization_id),
    CONSTRAINT fk_organization_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT fk_organization_parent FOREIGN KEY (tenant_id, parent_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_organization_kind CHECK (kind IN ('regulator', 'directory', 'group', 'subsidiary'))
);

CREATE UNIQUE INDEX uq_organization_credit_code ON organization (tenant_id, credit_code) WHERE credit_code IS NOT NULL;

CREATE UNIQUE INDEX uq_organization_name ON organization (tenant_id, parent_id, name);

-- Every organization with each of its ancestors and itself (depth 0): a subtree is one range of the key.
CREATE TABLE organization_ancestor (
    tenant_id       bigint NOT NULL,
    ancestor_id     bigint NOT NULL,
    organization_id bigint NOT NULL,
    depth           int    NOT NULL,
    CONSTRAINT pk_organization_ancestor PRIMARY KEY (tenant_id, ancestor_id, organization_id),
    CONSTRAINT fk_organization_ancestor_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE INDEX ix_organization_ancestor_organization ON organization_ancestor (tenant_id, organization_id, ancestor_id);

-- Where an organization hung, from which day: the tree's history, never changed.
CREATE TABLE organization_place (
    tenant_id       bigint       NOT NULL,
    place_id        bigint       NOT NULL,
    organization_id bigint       NOT NULL,
    parent_id       bigint       NULL,
    effective_on    char(10)     NOT NULL,
    recorded_at     datetime2(3) NOT NULL,
    recorded_by     bigint       NOT NULL,
    CONSTRAINT pk_organization_place PRIMARY KEY (tenant_id, place_id),
    CONSTRAINT fk_organization_place_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE INDEX ix_organization_place_organization ON organization_place (tenant_id, organization_id, effective_on);
