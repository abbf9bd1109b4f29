-- A goal of the programme (目标): a target is an obligation, a milestone a reported level, a vision has no number. Quantities are millionths of the goal's own unit.
-- code is the catalog's for an adopted goal; formula is a document of a closed set of typed formulas, null for a vision; proxy texts say what the formula measures instead of the source's definition.
-- inputs_no counts what an evaluation depends on besides the ledger: revisions of the goal, and manual figures.
CREATE TABLE goal (
    tenant_id         bigint         NOT NULL,
    goal_id           bigint         NOT NULL,
    organization_id   bigint         NOT NULL,
    code              nvarchar(40)   NOT NULL,
    kind              varchar(16)    NOT NULL,
    statement_zh      nvarchar(500)  NOT NULL,
    statement_en      nvarchar(1000) NULL,
    source_document   nvarchar(300)  NULL,
    doc_no            nvarchar(100)  NULL,
    issuer            nvarchar(200)  NULL,
    issued_on         varchar(10)    NULL,
    source_seen       nvarchar(500)  NULL,
    evidence          nvarchar(200)  NULL,
    metric_code       nvarchar(40)   NULL,
    definition_zh     nvarchar(500)  NULL,
    unit              nvarchar(20)   NULL,
    comparator        varchar(8)     NULL,
    baseline_quantity bigint         NULL,
    baseline_on       varchar(10)    NULL,
    target_quantity   bigint         NULL,
    due_on            char(10)       NULL,
    scope_level       varchar(16)    NOT NULL,
    scope_text        nvarchar(200)  NULL,
    formula           nvarchar(max)  NULL,
    reads_ledger      bit            NOT NULL,
    proxy_zh          nvarchar(500)  NULL,
    proxy_en          nvarchar(1000) NULL,
    state             varchar(16)    NOT NULL,
    version           int            NOT NULL,
    inputs_no         int            NOT NULL,
    created_by        bigint         NOT NULL,
    created_at        datetime2(3)   NOT NULL,
    updated_by        bigint         NOT NULL,
    updated_at        datetime2(3)   NOT NULL,
    CONSTRAINT pk_goal PRIMARY KEY (tenant_id, goal_id),
    CONSTRAINT uq_goal_code UNIQUE (tenant_id, organization_id, code),
    CONSTRAINT fk_goal_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_goal_kind CHECK (kind IN ('target', 'milestone', 'vision')),
    CONSTRAINT ck_goal_vision CHECK (kind <> 'vision' OR (target_quantity IS NULL AND baseline_quantity IS NULL AND formula IS NULL)),
    CONSTRAINT ck_goal_comparator CHECK (comparator IN ('>', '>=', '<', '<=', 'reach')),
    CONSTRAINT ck_goal_scope_level CHECK (scope_level IN ('national', 'sector', 'local', 'enterprise')),
    CONSTRAINT ck_goal_state CHECK (state IN ('active', 'withdrawn')),
    CONSTRAINT ck_goal_formula CHECK (ISJSON(formula) = 1)
);

-- Where a goal stands: which of its inputs were last looked at and when, its last evaluation, and what that evaluation showed (points, forecast, what decides it).
-- Apart from goal, so that the clock and people do not write the same row. evaluated_on is Beijing's day.
CREATE TABLE goal_standing (
    tenant_id          bigint        NOT NULL,
    goal_id            bigint        NOT NULL,
    inputs_no          int           NOT NULL,
    evaluated_on       char(10)      NOT NULL,
    evaluated_entry_no bigint        NOT NULL,
    evaluation_no      int           NOT NULL,
    verdict            varchar(20)   NULL,
    document           nvarchar(max) NULL,
    CONSTRAINT pk_goal_standing PRIMARY KEY (tenant_id, goal_id),
    CONSTRAINT fk_goal_standing_goal FOREIGN KEY (tenant_id, goal_id) REFERENCES goal (tenant_id, goal_id),
    CONSTRAINT ck_goal_standing_document CHECK (ISJSON(document) = 1)
);

-- A figure the portal cannot know, entered with its evidence. Never changed: a later revision of the same day takes its place; value null takes it back.
CREATE TABLE goal_value (
    tenant_id      bigint         NOT NULL,
    goal_value_id  bigint         NOT NULL,
    goal_id        bigint         NOT NULL,
    as_of          char(10)       NOT NULL,
    revision       int            NOT NULL,
    value_quantity bigint         NULL,
    low_quantity   bigint         NULL,
    high_quantity  bigint         NULL,
    grade          varchar(24)    NOT NULL,
    source         nvarchar(300)  NOT NULL,
    url            nvarchar(500)  NULL,
    document_no    nvarchar(100)  NULL,
    note           nvarchar(1000) NULL,
    recorded_by    bigint         NOT NULL,
    recorded_at    datetime2(3)   NOT NULL,
    CONSTRAINT pk_goal_value PRIMARY KEY (tenant_id, goal_value_id),
    CONSTRAINT uq_goal_value_revision UNIQUE (tenant_id, goal_id, as_of, revision),
    CONSTRAINT fk_goal_value_goal FOREIGN KEY (tenant_id, goal_id) REFERENCES goal (tenant_id, goal_id)
);

-- What was judged, from what, against what. An equal judgement later adds no row: evaluated_at and last_closing_no of the last one move.
-- missing_millionths: share of the figures expected that is missing; low_grade_millionths: share of the value that is only self-reported.
CREATE TABLE goal_evaluation (
    tenant_id              bigint       NOT NULL,
    goal_id                bigint       NOT NULL,
    evaluation_no          int          NOT NULL,
    first_evaluated_at     datetime2(3) NOT NULL,
    evaluated_at           datetime2(3) NOT NULL,
    closing_no             bigint       NOT NULL,
    last_closing_no        bigint       NOT NULL,
    goal_version           int          NOT NULL,
    comparator             varchar(8)   NULL,
    target_quantity        bigint       NULL,
    due_on                 char(10)     NULL,
    as_of                  char(10)     NULL,
    value_quantity         bigint       NULL,
    low_quantity           bigint       NULL,
    high_quantity          bigint       NULL,
    expected               bigint       NULL,
    reported               bigint       NULL,
    missing                bigint       NULL,
    missing_millionths     bigint       NULL,
    low_grade_millionths   bigint       NULL,
    forecast_quantity      bigint       NULL,
    forecast_low_quantity  bigint       NULL,
    forecast_high_quantity bigint       NULL,
    verdict                varchar(20)  NULL,
    reasons                varchar(400) NOT NULL,
    CONSTRAINT pk_goal_evaluation PRIMARY KEY (tenant_id, goal_id, evaluation_no),
    CONSTRAINT fk_goal_evaluation_goal FOREIGN KEY (tenant_id, goal_id) REFERENCES goal (tenant_id, goal_id),
    CONSTRAINT ck_goal_evaluation_verdict CHECK (verdict IN ('met', 'notMet', 'cannotSay', 'atRisk', 'onTrack', 'levelReached', 'levelNotReached'))
);
