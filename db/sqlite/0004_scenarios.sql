-- The working copy: what the enterprise sees and edits. What is filtered, joined or summed is a column; all else is in document.
CREATE TABLE scenario (
    tenant_id         INTEGER NOT NULL,
    scenario_id       INTEGER NOT NULL,
    organization_id   INTEGER NOT NULL,
    code              TEXT    NOT NULL,
    name              TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    stage             TEXT    NOT NULL,
    stage_since       TEXT    NOT NULL,
    industry_division TEXT    NOT NULL,
    region            TEXT    NOT NULL,
    key_action        TEXT    NOT NULL,
    business_domain   TEXT    NULL,
    open_scope        TEXT    NOT NULL,
    strategic_batch   INTEGER NULL,
    state_secret      INTEGER NOT NULL,
    go_live_on        TEXT    NULL,
    capex_total_fen   INTEGER NULL,
    opex_year_fen     INTEGER NULL,
    crit_strategic    INTEGER NULL,
    crit_economic     INTEGER NULL,
    crit_livelihood   INTEGER NULL,
    document          TEXT    NOT NULL,
    version           INTEGER NOT NULL,
    approved_version  INTEGER NULL,
    return_reason     TEXT    NULL,
    created_by        INTEGER NOT NULL,
    created_at        TEXT    NOT NULL,
    updated_at        TEXT    NOT NULL,
    CONSTRAINT pk_scenario PRIMARY KEY (tenant_id, scenario_id),
    CONSTRAINT uq_scenario_code UNIQUE (tenant_id, code),
    CONSTRAINT fk_scenario_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_scenario_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned', 'withdrawn', 'retired')),
    CONSTRAINT ck_scenario_stage CHECK (stage IN ('idea', 'approved', 'building', 'pilot', 'scaled', 'replicated', 'retired')),
    CONSTRAINT ck_scenario_kind CHECK (kind IN ('application', 'demand', 'capability')),
    CONSTRAINT ck_scenario_document CHECK (json_valid(document))
) STRICT;

CREATE UNIQUE INDEX uq_scenario_name ON scenario (tenant_id, organization_id, name);

CREATE INDEX ix_scenario_state ON scenario (tenant_id, state, scenario_id);

-- What the regulator accepted last: the facts the ledger posts by. A later draft changes nothing here.
CREATE TABLE scenario_standing (
    tenant_id         INTEGER NOT NULL,
    scenario_id       INTEGER NOT NULL,
    version           INTEGER NOT NULL,
    organization_id   INTEGER NOT NULL,
    industry_division TEXT    NOT NULL,
    sector            TEXT    NOT NULL,
    region            TEXT    NOT NULL,
    key_action        TEXT    NOT NULL,
    stage             TEXT    NOT NULL,
    stage_since       TEXT    NOT NULL,
    capex_total_fen   INTEGER NULL,
    first_period      TEXT    NULL,
    retired_period    TEXT    NULL,
    CONSTRAINT pk_scenario_standing PRIMARY KEY (tenant_id, scenario_id),
    CONSTRAINT fk_scenario_standing_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
) STRICT;

CREATE INDEX ix_scenario_standing_organization ON scenario_standing (tenant_id, organization_id);

-- The stages an accepted scenario went through: a month's figures stand in the stage of that month.
CREATE TABLE scenario_stage (
    tenant_id   INTEGER NOT NULL,
    scenario_id INTEGER NOT NULL,
    since       TEXT    NOT NULL,
    stage       TEXT    NOT NULL,
    CONSTRAINT pk_scenario_stage PRIMARY KEY (tenant_id, scenario_id, since, stage),
    CONSTRAINT fk_scenario_stage_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
) STRICT;

-- The measures an accepted scenario files every month, with baseline and target in the ledger's units.
-- A denominator stands with the numerator of a ratio; without it the quantity is a value in the measure's own unit.
CREATE TABLE scenario_measure (
    tenant_id            INTEGER NOT NULL,
    scenario_id          INTEGER NOT NULL,
    measure              TEXT    NOT NULL,
    baseline_quantity    INTEGER NULL,
    baseline_denominator INTEGER NULL,
    baseline_period      TEXT    NULL,
    target_quantity      INTEGER NULL,
    target_denominator   INTEGER NULL,
    target_on            TEXT    NULL,
    note                 TEXT    NULL,
    CONSTRAINT pk_scenario_measure PRIMARY KEY (tenant_id, scenario_id, measure),
    CONSTRAINT fk_scenario_measure_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
) STRICT;

-- Every saved version, who made it, and which fields went from what to what.
CREATE TABLE scenario_version (
    tenant_id   INTEGER NOT NULL,
    scenario_id INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    event       TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    reason      TEXT    NULL,
    changes     TEXT    NOT NULL,
    content     TEXT    NOT NULL,
    by_user     INTEGER NOT NULL,
    at          TEXT    NOT NULL,
    CONSTRAINT pk_scenario_version PRIMARY KEY (tenant_id, scenario_id, version),
    CONSTRAINT fk_scenario_version_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id),
    CONSTRAINT ck_scenario_version_changes CHECK (json_valid(changes)),
    CONSTRAINT ck_scenario_version_content CHECK (json_valid(content))
) STRICT;

-- The senders' own names of a scenario: unique per tenant and source, never reused.
CREATE TABLE scenario_external_key (
    tenant_id    INTEGER NOT NULL,
    source       TEXT    NOT NULL,
    external_key TEXT    NOT NULL,
    scenario_id  INTEGER NOT NULL,
    CONSTRAINT pk_scenario_external_key PRIMARY KEY (tenant_id, source, external_key),
    CONSTRAINT fk_scenario_external_key_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
) STRICT;

CREATE INDEX ix_scenario_external_key_scenario ON scenario_external_key (tenant_id, scenario_id);

-- The last number given out for codes the system makes, by what they begin with (11-44-2026-). Counted up inside the command, so two registrations never share one.
CREATE TABLE scenario_code_counter (
    tenant_id   INTEGER NOT NULL,
    prefix      TEXT    NOT NULL,
    last_number INTEGER NOT NULL,
    CONSTRAINT pk_scenario_code_counter PRIMARY KEY (tenant_id, prefix)
) STRICT;
