-- A tenant is one regulator's programme.
CREATE TABLE tenant (
    tenant_id  INTEGER NOT NULL,
    code       TEXT    NOT NULL,
    name_zh    TEXT    NOT NULL,
    name_en    TEXT    NOT NULL,
    is_demo    INTEGER NOT NULL,
    created_at TEXT    NOT NULL,
    CONSTRAINT pk_tenant PRIMARY KEY (tenant_id),
    CONSTRAINT uq_tenant_code UNIQUE (code)
) STRICT;

-- The present tree. A tenant's root has no parent.
CREATE TABLE organization (
    tenant_id         INTEGER NOT NULL,
    organization_id   INTEGER NOT NULL,
    parent_id         INTEGER NULL,
    kind              TEXT    NOT NULL,
    credit_code       TEXT    NULL,
    name              TEXT    NOT NULL,
    name_en           TEXT    NULL,
    level             INTEGER NOT NULL,
    region            TEXT    NULL,
    industry_division TEXT    NULL,
    version           INTEGER NOT NULL,
    created_at        TEXT    NOT NULL,
    updated_at        TEXT    NOT NULL,
    CONSTRAINT pk_organization PRIMARY KEY (tenant_id, organization_id),
    CONSTRAINT fk_organization_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT fk_organization_parent FOREIGN KEY (tenant_id, parent_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_organization_kind CHECK (kind IN ('regulator', 'directory', 'group', 'subsidiary'))
) STRICT;

CREATE UNIQUE INDEX uq_organization_credit_code ON organization (tenant_id, credit_code) WHERE credit_code IS NOT NULL;

CREATE UNIQUE INDEX uq_organization_name ON organization (tenant_id, parent_id, name);

-- Every organization with each of its ancestors and itself (depth 0): a subtree is one range of the key.
CREATE TABLE organization_ancestor (
    tenant_id       INTEGER NOT NULL,
    ancestor_id     INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    depth           INTEGER NOT NULL,
    CONSTRAINT pk_organization_ancestor PRIMARY KEY (tenant_id, ancestor_id, organization_id),
    CONSTRAINT fk_organization_ancestor_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_organization_ancestor_organization ON organization_ancestor (tenant_id, organization_id, ancestor_id);

-- Where an organization hung, from which day: the tree's history, never changed.
CREATE TABLE organization_place (
    tenant_id       INTEGER NOT NULL,
    place_id        INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    parent_id       INTEGER NULL,
    effective_on    TEXT    NOT NULL,
    recorded_at     TEXT    NOT NULL,
    recorded_by     INTEGER NOT NULL,
    CONSTRAINT pk_organization_place PRIMARY KEY (tenant_id, place_id),
    CONSTRAINT fk_organization_place_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT;

CREATE INDEX ix_organization_place_organization ON organization_place (tenant_id, organization_id, effective_on);
