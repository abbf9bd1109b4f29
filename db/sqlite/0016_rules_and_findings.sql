-- A set of rules as a regulator has made it: which rules, how heavy, by which numbers, from which day. Number 1 is the built-in set and no row.
CREATE TABLE rule_set (
    tenant_id    INTEGER NOT NULL,
    rule_set_id  INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    effective_on TEXT    NULL,
    note         TEXT    NULL,
    version      INTEGER NOT NULL,
    created_by   INTEGER NOT NULL,
    created_at   TEXT    NOT NULL,
    updated_at   TEXT    NOT NULL,
    published_by INTEGER NULL,
    published_at TEXT    NULL,
    CONSTRAINT pk_rule_set PRIMARY KEY (tenant_id, rule_set_id),
    CONSTRAINT uq_rule_set_number UNIQUE (tenant_id, number),
    CONSTRAINT ck_rule_set_state CHECK (state IN ('draft', 'published')),
    CONSTRAINT ck_rule_set_effective_on CHECK (state = 'draft' OR effective_on IS NOT NULL)
) STRICT;

-- parameters: the rule's numbers by name; a rule that came with a later release has no row and stands as built in.
CREATE TABLE rule_set_rule (
    tenant_id   INTEGER NOT NULL,
    rule_set_id INTEGER NOT NULL,
    rule_id     TEXT    NOT NULL,
    severity    TEXT    NOT NULL,
    is_enabled  INTEGER NOT NULL,
    parameters  TEXT    NOT NULL,
    CONSTRAINT pk_rule_set_rule PRIMARY KEY (tenant_id, rule_set_id, rule_id),
    CONSTRAINT fk_rule_set_rule_set FOREIGN KEY (tenant_id, rule_set_id) REFERENCES rule_set (tenant_id, rule_set_id),
    CONSTRAINT ck_rule_set_rule_severity CHECK (severity IN ('blocker', 'error', 'warning', 'info')),
    CONSTRAINT ck_rule_set_rule_parameters CHECK (json_valid(parameters))
) STRICT;

-- What a rule found in one version of a filing, and what was answered. about is the value it is about: another value is another finding, and this one is gone.
CREATE TABLE finding (
    tenant_id         INTEGER NOT NULL,
    finding_id        INTEGER NOT NULL,
    filing_id         INTEGER NOT NULL,
    filing_version    INTEGER NOT NULL,
    period            TEXT    NOT NULL,
    rule_set_number   INTEGER NOT NULL,
    rule_id           TEXT    NOT NULL,
    severity          TEXT    NOT NULL,
    measure           TEXT    NOT NULL,
    about             TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    found_zh          TEXT    NOT NULL,
    found_en          TEXT    NOT NULL,
    right_zh          TEXT    NOT NULL,
    right_en          TEXT    NOT NULL,
    made_by           INTEGER NOT NULL,
    made_at           TEXT    NOT NULL,
    explanation       TEXT    NULL,
    explanation_key   TEXT    NULL,
    explanation_doubt TEXT    NULL,
    explained_by      INTEGER NULL,
    explained_at      TEXT    NULL,
    decided_by        INTEGER NULL,
    decided_at        TEXT    NULL,
    decision_reason   TEXT    NULL,
    gone_at           TEXT    NULL,
    CONSTRAINT pk_finding PRIMARY KEY (tenant_id, finding_id),
    CONSTRAINT fk_finding_filing FOREIGN KEY (tenant_id, filing_id) REFERENCES filing (tenant_id, filing_id),
    CONSTRAINT ck_finding_severity CHECK (severity IN ('blocker', 'error', 'warning', 'info')),
    CONSTRAINT ck_finding_state CHECK (state IN ('open', 'explained', 'accepted', 'rejected', 'gone')),
    CONSTRAINT ck_finding_doubt CHECK (explanation_doubt IN ('repeats-finding', 'same-text'))
) STRICT;

CREATE INDEX ix_finding_filing ON finding (tenant_id, filing_id, filing_version);

CREATE INDEX ix_finding_state ON finding (tenant_id, state, finding_id);

CREATE INDEX ix_finding_explained ON finding (tenant_id, explained_by, explanation_key, explained_at);

-- A rule set run against what stands, before it takes effect. rules and rules_in_force are both sets as they were when it was asked for.
CREATE TABLE rehearsal (
    tenant_id          INTEGER NOT NULL,
    rehearsal_id       INTEGER NOT NULL,
    rule_set_id        INTEGER NOT NULL,
    rule_set_number    INTEGER NOT NULL,
    in_force_number    INTEGER NOT NULL,
    rules              TEXT    NOT NULL,
    rules_in_force     TEXT    NOT NULL,
    organization_id    INTEGER NOT NULL,
    first_period       TEXT    NOT NULL,
    last_period        TEXT    NOT NULL,
    state              TEXT    NOT NULL,
    filings            INTEGER NULL,
    judged             INTEGER NOT NULL,
    refused            INTEGER NOT NULL,
    refused_in_force   INTEGER NOT NULL,
    chunks             INTEGER NOT NULL,
    cursor_period      TEXT    NULL,
    cursor_filing_id   INTEGER NOT NULL,
    requested_by       INTEGER NOT NULL,
    requested_at       TEXT    NOT NULL,
    started_at         TEXT    NULL,
    finished_at        TEXT    NULL,
    attempts           INTEGER NOT NULL,
    lease_owner        TEXT    NULL,
    lease_until        TEXT    NULL,
    CONSTRAINT pk_rehearsal PRIMARY KEY (tenant_id, rehearsal_id),
    CONSTRAINT fk_rehearsal_rule_set FOREIGN KEY (tenant_id, rule_set_id) REFERENCES rule_set (tenant_id, rule_set_id),
    CONSTRAINT fk_rehearsal_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_rehearsal_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    CONSTRAINT ck_rehearsal_rules CHECK (json_valid(rules)),
    CONSTRAINT ck_rehearsal_rules_in_force CHECK (json_valid(rules_in_force))
) STRICT;

-- Counts of one chunk of filings (0: of all, once it is done). organization_id is a child of the organization rehearsed, or that itself.
CREATE TABLE rehearsal_count (
    tenant_id       INTEGER NOT NULL,
    rehearsal_id    INTEGER NOT NULL,
    chunk_no        INTEGER NOT NULL,
    rule_id         TEXT    NOT NULL,
    severity        TEXT    NOT NULL,
    sector          TEXT    NOT NULL,
    organization_id INTEGER NOT NULL,
    found           INTEGER NOT NULL,
    found_in_force  INTEGER NOT NULL,
    newly           INTEGER NOT NULL,
    no_longer       INTEGER NOT NULL,
    CONSTRAINT pk_rehearsal_count PRIMARY KEY (tenant_id, rehearsal_id, chunk_no, rule_id, severity, sector, organization_id),
    CONSTRAINT fk_rehearsal_count_rehearsal FOREIGN KEY (tenant_id, rehearsal_id) REFERENCES rehearsal (tenant_id, rehearsal_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE rehearsal_example (
    tenant_id      INTEGER NOT NULL,
    rehearsal_id   INTEGER NOT NULL,
    rule_id        TEXT    NOT NULL,
    example_no     INTEGER NOT NULL,
    filing_id      INTEGER NOT NULL,
    filing_version INTEGER NOT NULL,
    measure        TEXT    NOT NULL,
    severity       TEXT    NOT NULL,
    difference     TEXT    NOT NULL,
    found_zh       TEXT    NOT NULL,
    found_en       TEXT    NOT NULL,
    CONSTRAINT pk_rehearsal_example PRIMARY KEY (tenant_id, rehearsal_id, rule_id, example_no),
    CONSTRAINT fk_rehearsal_example_rehearsal FOREIGN KEY (tenant_id, rehearsal_id) REFERENCES rehearsal (tenant_id, rehearsal_id),
    CONSTRAINT ck_rehearsal_example_difference CHECK (difference IN ('kept', 'newly', 'noLonger'))
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('rule_set',          'sqlite_autoindex_rule_set_1',      '40 10 1 noskipscan'),
    ('rule_set',          'sqlite_autoindex_rule_set_2',      '40 10 1 noskipscan'),
    ('rule_set_rule',     'sqlite_autoindex_rule_set_rule_1', '800 200 20 1 noskipscan'),
    ('finding',           'sqlite_autoindex_finding_1',       '400000 100000 1 noskipscan'),
    ('finding',           'ix_finding_filing',                '400000 100000 3 2 noskipscan'),
    ('finding',           'ix_finding_state',                 '400000 100000 20000 1 noskipscan'),
    ('finding',           'ix_finding_explained',             '400000 100000 1000 3 2 noskipscan'),
    ('rehearsal',         'sqlite_autoindex_rehearsal_1',     '40 10 1 noskipscan'),
    ('rehearsal_count',   'rehearsal_count',                  '400000 100000 10000 200 10 8 4 1 noskipscan'),
    ('rehearsal_example', 'rehearsal_example',                '20000 5000 500 50 1 noskipscan');

ANALYZE sqlite_schema;
