-- A regulator's call for filings (填报任务): which months, whose, by when.
-- sectors and measures are codes with a space between them; null means all, and whatever each scenario has promised to file.
CREATE TABLE collection (
    tenant_id       bigint         NOT NULL,
    collection_id   bigint         NOT NULL,
    name            nvarchar(200)  NOT NULL,
    note            nvarchar(1000) NULL,
    first_period    char(7)        NOT NULL,
    last_period     char(7)        NOT NULL,
    organization_id bigint         NOT NULL,
    sectors         varchar(500)   NULL,
    measures        varchar(2000)  NULL,
    state           varchar(16)    NOT NULL,
    opens_on        char(10)       NOT NULL,
    due_on          char(10)       NOT NULL,
    locks_on        char(10)       NULL,
    remind_days     varchar(40)    NOT NULL,
    version         int            NOT NULL,
    created_by      bigint         NOT NULL,
    created_at      datetime2(3)   NOT NULL,
    updated_at      datetime2(3)   NOT NULL,
    CONSTRAINT pk_collection PRIMARY KEY (tenant_id, collection_id),
    CONSTRAINT fk_collection_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_collection_state CHECK (state IN ('planned', 'open', 'due', 'locked', 'cancelled'))
);

-- What one scenario owes for one month: figures of these measures (codes with a space between them). state says what it is to the books while a figure is not there.
CREATE TABLE obligation (
    tenant_id       bigint         NOT NULL,
    scenario_id     bigint         NOT NULL,
    period          char(7)        NOT NULL,
    collection_id   bigint         NOT NULL,
    organization_id bigint         NOT NULL,
    measures        varchar(2000)  NOT NULL,
    state           varchar(16)    NOT NULL,
    exempt_reason   nvarchar(500)  NULL,
    CONSTRAINT pk_obligation PRIMARY KEY (tenant_id, scenario_id, period, collection_id),
    CONSTRAINT fk_obligation_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id),
    CONSTRAINT fk_obligation_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT ck_obligation_state CHECK (state IN ('notDue', 'missing', 'exempt'))
);

CREATE INDEX ix_obligation_collection ON obligation (tenant_id, collection_id, state, scenario_id, period);

-- Every change of the tree of organizations has a number: a closing of the ledger names the tree it was read under, so it can be read again.
CREATE TABLE organization_tree (
    tenant_id       bigint         NOT NULL,
    tree_no         bigint         NOT NULL,
    cause           varchar(24)    NOT NULL,
    organization_id bigint         NULL,
    effective_on    char(10)       NOT NULL,
    note            nvarchar(1000) NULL,
    recorded_at     datetime2(3)   NOT NULL,
    recorded_by     bigint         NOT NULL,
    CONSTRAINT pk_organization_tree PRIMARY KEY (tenant_id, tree_no)
);

-- Who stood under whom in which months (from_period inclusive, until_period exclusive; 0000-00 and 9999-99 are without bound),
-- as known from one tree until another (from_tree inclusive, until_tree exclusive; the largest 64-bit number is still).
-- Rows with until_period 9999-99 are the tree of now (restated); rows of a month are the tree of then (as filed).
CREATE TABLE organization_path (
    tenant_id       bigint         NOT NULL,
    ancestor_id     bigint         NOT NULL,
    organization_id bigint         NOT NULL,
    from_tree       bigint         NOT NULL,
    from_period     char(7)        NOT NULL,
    until_period    char(7)        NOT NULL,
    until_tree      bigint         NOT NULL,
    depth           int            NOT NULL,
    CONSTRAINT pk_organization_path PRIMARY KEY (tenant_id, ancestor_id, organization_id, from_tree, from_period),
    CONSTRAINT fk_organization_path_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE INDEX ix_organization_path_organization ON organization_path (tenant_id, organization_id, until_tree, depth);

-- What an organization was called, and under which credit code, from one tree until another.
CREATE TABLE organization_name (
    tenant_id       bigint         NOT NULL,
    organization_id bigint         NOT NULL,
    from_tree       bigint         NOT NULL,
    until_tree      bigint         NOT NULL,
    name            nvarchar(200)  NOT NULL,
    name_en         nvarchar(200)  NULL,
    credit_code     varchar(18)    NULL,
    CONSTRAINT pk_organization_name PRIMARY KEY (tenant_id, organization_id, from_tree),
    CONSTRAINT fk_organization_name_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

-- What stood before trees were numbered is tree 1, valid for all months.
INSERT INTO organization_tree (tenant_id, tree_no, cause, organization_id, effective_on, note, recorded_at, recorded_by)
SELECT t.tenant_id, 1, 'began', NULL, CONVERT(char(10), t.created_at, 23), NULL, t.created_at, 0
FROM tenant t;

INSERT INTO organization_path (tenant_id, ancestor_id, organization_id, from_tree, from_period, until_period, until_tree, depth)
SELECT a.tenant_id, a.ancestor_id, a.organization_id, 1, '0000-00', '9999-99', 9223372036854775807, a.depth
FROM organization_ancestor a;

INSERT INTO organization_name (tenant_id, organization_id, from_tree, until_tree, name, name_en, credit_code)
SELECT o.tenant_id, o.organization_id, 1, 9223372036854775807, o.name, o.name_en, o.credit_code
FROM organization o;
