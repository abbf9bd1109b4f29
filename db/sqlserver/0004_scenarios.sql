-- The working copy: what the enterprise sees and edits. What is filtered, joined or summed is a column; all else is in document.
CREATE TABLE scenario (
    tenant_id         bigint        NOT NULL,
    scenario_id       bigint        NOT NULL,
    organization_id   bigint        NOT NULL,
    code              varchar(32)   NOT NULL,
    name              nvarchar(60)  NOT NULL,
    kind              varchar(16)   NOT NULL,
    state             varchar(16)   NOT NULL,
    stage             varchar(16)   NOT NULL,
    stage_since       char(10)      NOT NULL,
    industry_division varchar(2)    NOT NULL,
    region            varchar(6)    NOT NULL,
    key_action        varchar(32)   NOT NULL,
    business_domain   varchar(32)   NULL,
    open_scope        varchar(32)   NOT NULL,
    strategic_batch   int           NULL,
    state_secret      bit           NOT NULL,
    go_live_on        char(10)      NULL,
    capex_total_fen   bigint        NULL,
    opex_year_fen     bigint        NULL,
    crit_strategic    int           NULL,
    crit_economic     int           NULL,
    crit_livelihood   int           NULL,
    document          nvarchar(max) NOT NULL,
    version           int           NOT NULL,
    approved_version  int           NULL,
    return_reason     nvarchar(500) NULL,
    created_by        bigint        NOT NULL,
    created_at        datetime2(3)  NOT NULL,
    updated_at        datetime2(3)  NOT NULL,
    CONSTRAINT pk_scenario PRIMARY KEY (tenant_id, scenario_id),
    CONSTRAINT uq_scenario_code UNIQUE (tenant_id, code),
    CONSTRAINT fk_scenario_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_scenario_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned', 'withdrawn', 'retired')),
    CONSTRAINT ck_scenario_stage CHECK (stage IN ('idea', 'approved', 'building', 'pilot', 'scaled', 'replicated', 'retired')),
    CONSTRAINT ck_scenario_kind CHECK (kind IN ('application', 'demand', 'capability')),
    CONSTRAINT ck_scenario_document CHECK (ISJSON(document) = 1)
);

CREATE UNIQUE INDEX uq_scenario_name ON scenario (tenant_id, organization_id, name);

CREATE INDEX ix_scenario_state ON scenario (tenant_id, state, scenario_id);

-- What the regulator accepted last: the facts the ledger posts by. A later draft changes nothing here.
CREATE TABLE scenario_standing (
    tenant_id         bigint      NOT NULL,
    scenario_id       bigint      NOT NULL,
    version           int         NOT NULL,
    organization_id   bigint      NOT NULL,
    industry_division varchar(2)  NOT NULL,
    sector            varchar(16) NOT NULL,
    region            varchar(6)  NOT NULL,
    key_action        varchar(32) NOT NULL,
    stage             varchar(16) NOT NULL,
    stage_since       char(10)    NOT NULL,
    capex_total_fen   bigint      NULL,
    first_period      char(7)     NULL,
    retired_period    char(7)     NULL,
    CONSTRAINT pk_scenario_standing PRIMARY KEY (tenant_id, scenario_id),
    CONSTRAINT fk_scenario_standing_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
);

CREATE INDEX ix_scenario_standing_organization ON scenario_standing (tenant_id, organization_id);

-- The stages an accepted scenario went through: a month's figures stand in the stage of that month.
CREATE TABLE scenario_stage (
    tenant_id   bigint       NOT NULL,
    scenario_id bigint       NOT NULL,
    since       char(10)     NOT NULL,
    stage       varchar(16)  NOT NULL,
    CONSTRAINT pk_scenario_stage PRIMARY KEY (tenant_id, scenario_id, since, stage),
    CONSTRAINT fk_scenario_stage_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
);

-- The measures an accepted scenario files every month, with baseline and target in the ledger's units.
-- A denominator stands with the numerator of a ratio; without it the quantity is a value in the measure's own unit.
CREATE TABLE scenario_measure (
    tenant_id            bigint        NOT NULL,
    scenario_id          bigint        NOT NULL,
    measure              varchar(32)   NOT NULL,
    baseline_quantity    bigint        NULL,
    baseline_denominator bigint        NULL,
    baseline_period      varchar(7)    NULL,
    target_quantity      bigint        NULL,
    target_denominator   bigint        NULL,
    target_on            char(10)      NULL,
    note                 nvarchar(500) NULL,
    CONSTRAINT pk_scenario_measure PRIMARY KEY (tenant_id, scenario_id, measure),
    CONSTRAINT fk_scenario_measure_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
);

-- Every saved version, who made it, and which fields went from what to what.
CREATE TABLE scenario_version (
    tenant_id   bigint        NOT NULL,
    scenario_id bigint        NOT NULL,
    version     int           NOT NULL,
    event       varchar(16)   NOT NULL,
    state       varchar(16)   NOT NULL,
    reason      nvarchar(500) NULL,
    changes     nvarchar(max) NOT NULL,
    content     nvarchar(max) NOT NULL,
    by_user     bigint        NOT NULL,
    at          datetime2(3)  NOT NULL,
    CONSTRAINT pk_scenario_version PRIMARY KEY (tenant_id, scenario_id, version),
    CONSTRAINT fk_scenario_version_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id),
    CONSTRAINT ck_scenario_version_changes CHECK (ISJSON(changes) = 1),
    CONSTRAINT ck_scenario_version_content CHECK (ISJSON(content) = 1)
);

-- The senders' own names of a scenario: unique per tenant and source, never reused.
CREATE TABLE scenario_external_key (
    tenant_id    bigint       NOT NULL,
    source       varchar(32)  NOT NULL,
    external_key nvarchar(100) NOT NULL,
    scenario_id  bigint       NOT NULL,
    CONSTRAINT pk_scenario_external_key PRIMARY KEY (tenant_id, source, external_key),
    CONSTRAINT fk_scenario_external_key_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
);

CREATE INDEX ix_scenario_external_key_scenario ON scenario_external_key (tenant_id, scenario_id);

-- The last number given out for codes the system makes, by what they begin with (11-44-2026-). Counted up inside the command, so two registrations never share one.
CREATE TABLE scenario_code_counter (
    tenant_id   bigint      NOT NULL,
    prefix      varchar(24) NOT NULL,
    last_number int         NOT NULL,
    CONSTRAINT pk_scenario_code_counter PRIMARY KEY (tenant_id, prefix)
);
