-- A goal of the programme (目标): a target is an obligation, a milestone a reported level, a vision has no number. Quantities are millionths of the goal's own unit.
-- code is the catalog's for an adopted goal; formula is a document of a closed set of typed formulas, null for a vision; proxy texts say what the formula measures instead of the source's definition.
-- inputs_no counts what an evaluation depends on besides the ledger: revisions of the goal, and manual figures.
CREATE TABLE goal (
    tenant_id         INTEGER NOT NULL,
    goal_id           INTEGER NOT NULL,
    organization_id   INTEGER NOT NULL,
    code              TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    statement_zh      TEXT    NOT NULL,
    statement_en      TEXT    NULL,
    source_document   TEXT    NULL,
    doc_no            TEXT    NULL,
    issuer            TEXT    NULL,
    issued_on         TEXT    NULL,
    source_seen       TEXT    NULL,
    evidence          TEXT    NULL,
    metric_code       TEXT    NULL,
    definition_zh     TEXT    NULL,
    unit              TEXT    NULL,
    comparator        TEXT    NULL,
    baseline_quantity INTEGER NULL,
    baseline_on       TEXT    NULL,
    target_quantity   INTEGER NULL,
    due_on            TEXT    NULL,
    scope_level       TEXT    NOT NULL,
    scope_text        TEXT    NULL,
    formula           TEXT    NULL,
    reads_ledger      INTEGER NOT NULL,
    proxy_zh          TEXT    NULL,
    proxy_en          TEXT    NULL,
    state             TEXT    NOT NULL,
    version           INTEGER NOT NULL,
    inputs_no         INTEGER NOT NULL,
    created_by        INTEGER NOT NULL,
    created_at        TEXT    NOT NULL,
    updated_by        INTEGER NOT NULL,
    updated_at        TEXT    NOT NULL,
    CONSTRAINT pk_goal PRIMARY KEY (tenant_id, goal_id),
    CONSTRAINT uq_goal_code UNIQUE (tenant_id, organization_id, code),
    CONSTRAINT fk_goal_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_goal_kind CHECK (kind IN ('target', 'milestone', 'vision')),
    CONSTRAINT ck_goal_vision CHECK (kind <> 'vision' OR (target_quantity IS NULL AND baseline_quantity IS NULL AND formula IS NULL)),
    CONSTRAINT ck_goal_comparator CHECK (comparator IN ('>', '>=', '<', '<=', 'reach')),
    CONSTRAINT ck_goal_scope_level CHECK (scope_level IN ('national', 'sector', 'local', 'enterprise')),
    CONSTRAINT ck_goal_state CHECK (state IN ('active', 'withdrawn')),
    CONSTRAINT ck_goal_formula CHECK (json_valid(formula))
) STRICT;

-- Where a goal stands: which of its inputs were last looked at and when, its last evaluation, and what that evaluation showed (points, forecast, what decides it).
-- Apart from goal, so that the clock and people do not write the same row. evaluated_on is Beijing's day.
CREATE TABLE goal_standing (
    tenant_id          INTEGER NOT NULL,
    goal_id            INTEGER NOT NULL,
    inputs_no          INTEGER NOT NULL,
    evaluated_on       TEXT    NOT NULL,
    evaluated_entry_no INTEGER NOT NULL,
    evaluation_no      INTEGER NOT NULL,
    verdict            TEXT    NULL,
    document           TEXT    NULL,
    CONSTRAINT pk_goal_standing PRIMARY KEY (tenant_id, goal_id),
    CONSTRAINT fk_goal_standing_goal FOREIGN KEY (tenant_id, goal_id) REFERENCES goal (tenant_id, goal_id),
    CONSTRAINT ck_goal_standing_document CHECK (json_valid(document))
) STRICT;

-- A figure the portal cannot know, entered with its evidence. Never changed: a later revision of the same day takes its place; value null takes it back.
CREATE TABLE goal_value (
    tenant_id      INTEGER NOT NULL,
    goal_value_id  INTEGER NOT NULL,
    goal_id        INTEGER NOT NULL,
    as_of          TEXT    NOT NULL,
    revision       INTEGER NOT NULL,
    value_quantity INTEGER NULL,
    low_quantity   INTEGER NULL,
    high_quantity  INTEGER NULL,
    grade          TEXT    NOT NULL,
    source         TEXT    NOT NULL,
    url            TEXT    NULL,
    document_no    TEXT    NULL,
    note           TEXT    NULL,
    recorded_by    INTEGER NOT NULL,
    recorded_at    TEXT    NOT NULL,
    CONSTRAINT pk_goal_value PRIMARY KEY (tenant_id, goal_value_id),
    CONSTRAINT uq_goal_value_revision UNIQUE (tenant_id, goal_id, as_of, revision),
    CONSTRAINT fk_goal_value_goal FOREIGN KEY (tenant_id, goal_id) REFERENCES goal (tenant_id, goal_id)
) STRICT;

-- What was judged, from what, against what. An equal judgement later adds no row: evaluated_at and last_closing_no of the last one move.
-- missing_millionths: share of the figures expected that is missing; low_grade_millionths: share of the value that is only self-reported.
CREATE TABLE goal_evaluation (
    tenant_id              INTEGER NOT NULL,
    goal_id                INTEGER NOT NULL,
    evaluation_no          INTEGER NOT NULL,
    first_evaluated_at     TEXT    NOT NULL,
    evaluated_at           TEXT    NOT NULL,
    closing_no             INTEGER NOT NULL,
    last_closing_no        INTEGER NOT NULL,
    goal_version           INTEGER NOT NULL,
    comparator             TEXT    NULL,
    target_quantity        INTEGER NULL,
    due_on                 TEXT    NULL,
    as_of                  TEXT    NULL,
    value_quantity         INTEGER NULL,
    low_quantity           INTEGER NULL,
    high_quantity          INTEGER NULL,
    expected               INTEGER NULL,
    reported               INTEGER NULL,
    missing                INTEGER NULL,
    missing_millionths     INTEGER NULL,
    low_grade_millionths   INTEGER NULL,
    forecast_quantity      INTEGER NULL,
    forecast_low_quantity  INTEGER NULL,
    forecast_high_quantity INTEGER NULL,
    verdict                TEXT    NULL,
    reasons                TEXT    NOT NULL,
    CONSTRAINT pk_goal_evaluation PRIMARY KEY (tenant_id, goal_id, evaluation_no),
    CONSTRAINT fk_goal_evaluation_goal FOREIGN KEY (tenant_id, goal_id) REFERENCES goal (tenant_id, goal_id),
    CONSTRAINT ck_goal_evaluation_verdict CHECK (verdict IN ('met', 'notMet', 'cannotSay', 'atRisk', 'onTrack', 'levelReached', 'levelNotReached'))
) STRICT;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('goal',            'sqlite_autoindex_goal_1',            '400 100 1 noskipscan'),
    ('goal',            'sqlite_autoindex_goal_2',            '400 100 10 1 noskipscan'),
    ('goal_standing',   'sqlite_autoindex_goal_standing_1',   '400 100 1 noskipscan'),
    ('goal_value',      'sqlite_autoindex_goal_value_1',      '1200 300 1 noskipscan'),
    ('goal_value',      'sqlite_autoindex_goal_value_2',      '1200 300 6 2 1 noskipscan'),
    ('goal_evaluation', 'sqlite_autoindex_goal_evaluation_1', '80000 20000 200 1 noskipscan');

ANALYZE sqlite_schema;
