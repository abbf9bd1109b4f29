-- A regulator's call for filings (填报任务): which months, whose, by when.
-- sectors and measures are codes with a space between them; null means all, and whatever each scenario has promised to file.
CREATE TABLE collection (
    tenant_id       INTEGER NOT NULL,
    collection_id   INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    note            TEXT    NULL,
    first_period    TEXT    NOT NULL,
    last_period     TEXT    NOT NULL,
    organization_id INTEGER NOT NULL,
    sectors         TEXT    NULL,
    measures        TEXT    NULL,
    state           TEXT    NOT NULL,
    opens_on        TEXT    NOT NULL,
    due_on          TEXT    NOT NULL,
    locks_on        TEXT    NULL,
    remind_days     TEXT    NOT NULL,
    version         INTEGER NOT NULL,
    created_by      INTEGER NOT NULL,
    created_at      TEXT    NOT NULL,
    updated_at      TEXT    NOT NULL,
    CONSTRAINT pk_collection PRIMARY KEY (tenant_id, collection_id),
    CONSTRAINT fk_collection_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_collection_state CHECK (state IN ('planned', 'open', 'due', 'locked', 'cancelled'))
) STRICT;

-- What one scenario owes for one month: figures of these measures (codes with a space between them). state says what it is to the books while a figure is not there.
CREATE TABLE obligation (
    tenant_id       INTEGER NOT NULL,
    scenario_id     INTEGER NOT NULL,
    period          TEXT    NOT NULL,
    collection_id   INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    measures        TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    exempt_reason   TEXT    NULL,
    CONSTRAINT pk_obligation PRIMARY KEY (tenant_id, scenario_id, period, collection_id),
    CONSTRAINT fk_obligation_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id),
    CONSTRAINT fk_obligation_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT ck_obligation_state CHECK (state IN ('notDue', 'missing', 'exempt'))
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_obligation_collection ON obligation (tenant_id, collection_id, state, scenario_id, period);

-- Every change of the tree of organizations has a number: a closing of the ledger names the tree it was read under, so it can be read again.
CREATE TABLE organization_tree (
    tenant_id       INTEGER NOT NULL,
    tree_no         INTEGER NOT NULL,
    cause           TEXT    NOT NULL,
    organization_id INTEGER NULL,
    effective_on    TEXT    NOT NULL,
    note            TEXT    NULL,
    recorded_at     TEXT    NOT NULL,
    recorded_by     INTEGER NOT NULL,
    CONSTRAINT pk_organization_tree PRIMARY KEY (tenant_id, tree_no)
) STRICT;

-- Who stood under whom in which months (from_period inclusive, until_period exclusive; 0000-00 and 9999-99 are without bound),
-- as known from one tree until another (from_tree inclusive, until_tree exclusive; the largest 64-bit number is still).
-- Rows with until_period 9999-99 are the tree of now (restated); rows of a month are the tree of then (as filed).
CREATE TABLE organization_path (
    tenant_id       INTEGER NOT NULL,
    ancestor_id     INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    from_tree       INTEGER NOT NULL,
    from_period     TEXT    NOT NULL,
    until_period    TEXT    NOT NULL,
    until_tree      INTEGER NOT NULL,
    depth           INTEGER NOT NULL,
    CONSTRAINT pk_organization_path PRIMARY KEY (tenant_id, ancestor_id, organization_id, from_tree, from_period),
    CONSTRAINT fk_organization_path_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_organization_path_organization ON organization_path (tenant_id, organization_id, until_tree, depth);

-- What an organization was called, and under which credit code, from one tree until another.
CREATE TABLE organization_name (
    tenant_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    from_tree       INTEGER NOT NULL,
    until_tree      INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    name_en         TEXT    NULL,
    credit_code     TEXT    NULL,
    CONSTRAINT pk_organization_name PRIMARY KEY (tenant_id, organization_id, from_tree),
    CONSTRAINT fk_organization_name_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT;

-- What stood before trees were numbered is tree 1, valid for all months.
INSERT INTO organization_tree (tenant_id, tree_no, cause, organization_id, effective_on, note, recorded_at, recorded_by)
SELECT t.tenant_id, 1, 'began', NULL, SUBSTR(t.created_at, 1, 10), NULL, t.created_at, 0
FROM tenant t;

INSERT INTO organization_path (tenant_id, ancestor_id, organization_id, from_tree, from_period, until_period, until_tree, depth)
SELECT a.tenant_id, a.ancestor_id, a.organization_id, 1, '0000-00', '9999-99', 9223372036854775807, a.depth
FROM organization_ancestor a;

INSERT INTO organization_name (tenant_id, organization_id, from_tree, until_tree, name, name_en, credit_code)
SELECT o.tenant_id, o.organization_id, 1, 9223372036854775807, o.name, o.name_en, o.credit_code
FROM organization o;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('collection',         'sqlite_autoindex_collection_1',         '400 100 1 noskipscan'),
    ('obligation',         'obligation',                            '800000 200000 20 1 1 noskipscan'),
    ('obligation',         'ix_obligation_collection',              '800000 200000 10000 5000 1 1 noskipscan'),
    ('organization_tree',  'sqlite_autoindex_organization_tree_1',  '4000 1000 1 noskipscan'),
    ('organization_path',  'organization_path',                     '16000 4000 50 2 1 1 noskipscan'),
    ('organization_path',  'ix_organization_path_organization',     '16000 4000 4 3 1 noskipscan'),
    ('organization_name',  'sqlite_autoindex_organization_name_1',  '4000 1000 1 1 noskipscan');

ANALYZE sqlite_schema;
