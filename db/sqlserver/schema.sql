-- The schema after all migrations, written by the suite (SCENARIOHUB_APPROVE=1). Read it, do not edit it.

CREATE TABLE api_client (
    tenant_id      BIGINT         NOT NULL,
    client_id      BIGINT         NOT NULL,
    scopes         VARCHAR (1000) NOT NULL,
    addresses      VARCHAR (2500) NULL,
    expires_on     CHAR (10)      NULL,
    version        INT            NOT NULL,
    created_by     BIGINT         NOT NULL,
    created_at     DATETIME2 (3)  NOT NULL,
    updated_by     BIGINT         NOT NULL,
    updated_at     DATETIME2 (3)  NOT NULL,
    last_used_at   DATETIME2 (3)  NULL,
    last_used_from VARCHAR (64)   NULL,
    CONSTRAINT pk_api_client PRIMARY KEY (tenant_id, client_id),
    CONSTRAINT fk_api_client_user FOREIGN KEY (tenant_id, client_id) REFERENCES app_user (tenant_id, user_id)
);

CREATE TABLE api_client_secret (
    tenant_id     BIGINT        NOT NULL,
    client_id     BIGINT        NOT NULL,
    secret_id     BIGINT        NOT NULL,
    secret_sha256 VARCHAR (64)  NOT NULL,
    ending        VARCHAR (8)   NOT NULL,
    expires_on    CHAR (10)     NULL,
    created_by    BIGINT        NOT NULL,
    created_at    DATETIME2 (3) NOT NULL,
    revoked_by    BIGINT        NULL,
    revoked_at    DATETIME2 (3) NULL,
    last_used_at  DATETIME2 (3) NULL,
    CONSTRAINT pk_api_client_secret PRIMARY KEY (tenant_id, client_id, secret_id),
    CONSTRAINT fk_api_client_secret_client FOREIGN KEY (tenant_id, client_id) REFERENCES api_client (tenant_id, client_id)
);

CREATE TABLE app_user (
    tenant_id         BIGINT         NOT NULL,
    user_id           BIGINT         NOT NULL,
    organization_id   BIGINT         NOT NULL,
    user_name         VARCHAR (64)   NOT NULL,
    display_name      NVARCHAR (100) NOT NULL,
    password_hash     VARCHAR (200)  NOT NULL,
    session_stamp     VARCHAR (32)   NOT NULL,
    failed_sign_ins   INT            NOT NULL,
    locked_until      DATETIME2 (3)  NULL,
    is_disabled       BIT            NOT NULL,
    created_at        DATETIME2 (3)  NOT NULL,
    last_signed_in_at DATETIME2 (3)  NULL,
    kind              VARCHAR (8)    CONSTRAINT df_app_user_kind DEFAULT 'person' NOT NULL CONSTRAINT ck_app_user_kind CHECK (kind IN ('person', 'client')),
    CONSTRAINT pk_app_user PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT uq_app_user_name UNIQUE (user_name),
    CONSTRAINT fk_app_user_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE UNIQUE INDEX uq_app_user_id
    ON app_user(user_id);

CREATE TABLE audit_entry (
    tenant_id       BIGINT         NOT NULL,
    audit_no        BIGINT         NOT NULL,
    occurred_at     DATETIME2 (3)  NOT NULL,
    act             VARCHAR (64)   NOT NULL,
    outcome         VARCHAR (8)    NOT NULL,
    refusal         VARCHAR (64)   NULL,
    kind            VARCHAR (32)   NOT NULL,
    subject_id      BIGINT         NOT NULL,
    organization_id BIGINT         NOT NULL,
    actor_user_id   BIGINT         NOT NULL,
    actor_name      NVARCHAR (100) NOT NULL,
    on_behalf_of    BIGINT         NULL,
    address         VARCHAR (64)   NULL,
    user_agent      NVARCHAR (200) NULL,
    trace_id        CHAR (32)      NULL,
    first_change_no BIGINT         NULL,
    change_count    INT            NOT NULL,
    changes_sha256  CHAR (64)      NULL,
    details         NVARCHAR (MAX) NULL,
    previous_sha256 CHAR (64)      NOT NULL,
    sha256          CHAR (64)      NOT NULL,
    CONSTRAINT pk_audit_entry PRIMARY KEY (tenant_id, audit_no),
    CONSTRAINT ck_audit_entry_outcome CHECK (outcome IN ('done', 'refused')),
    CONSTRAINT ck_audit_entry_details CHECK (details IS NULL
                                             OR ISJSON(details) = 1)
);

CREATE INDEX ix_audit_entry_actor
    ON audit_entry(tenant_id, actor_user_id, audit_no);

CREATE INDEX ix_audit_entry_subject
    ON audit_entry(tenant_id, kind, subject_id, audit_no);

CREATE TABLE change (
    tenant_id       BIGINT        NOT NULL,
    change_no       BIGINT        NOT NULL,
    occurred_at     DATETIME2 (3) NOT NULL,
    kind            VARCHAR (32)  NOT NULL,
    action          VARCHAR (32)  NOT NULL,
    entity_id       BIGINT        NOT NULL,
    organization_id BIGINT        NOT NULL,
    version         INT           NULL,
    period          CHAR (7)      NULL,
    actor_user_id   BIGINT        NOT NULL,
    audit_no        BIGINT        NOT NULL,
    row_check       BIGINT        NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (tenant_id, change_no)
);

CREATE INDEX ix_change_entity
    ON change(tenant_id, kind, entity_id, change_no);

CREATE TABLE change_head (
    tenant_id      BIGINT    NOT NULL,
    root_id        BIGINT    NOT NULL,
    last_change_no BIGINT    NOT NULL,
    last_audit_no  BIGINT    NOT NULL,
    last_sha256    CHAR (64) NOT NULL,
    CONSTRAINT pk_change_head PRIMARY KEY (tenant_id),
    CONSTRAINT fk_change_head_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

CREATE TABLE collection (
    tenant_id       BIGINT          NOT NULL,
    collection_id   BIGINT          NOT NULL,
    name            NVARCHAR (200)  NOT NULL,
    note            NVARCHAR (1000) NULL,
    first_period    CHAR (7)        NOT NULL,
    last_period     CHAR (7)        NOT NULL,
    organization_id BIGINT          NOT NULL,
    sectors         VARCHAR (500)   NULL,
    measures        VARCHAR (2000)  NULL,
    state           VARCHAR (16)    NOT NULL,
    opens_on        CHAR (10)       NOT NULL,
    due_on          CHAR (10)       NOT NULL,
    locks_on        CHAR (10)       NULL,
    remind_days     VARCHAR (40)    NOT NULL,
    version         INT             NOT NULL,
    created_by      BIGINT          NOT NULL,
    created_at      DATETIME2 (3)   NOT NULL,
    updated_at      DATETIME2 (3)   NOT NULL,
    extra_measures  VARCHAR (2000)  NULL,
    next_on         CHAR (10)       NULL,
    CONSTRAINT pk_collection PRIMARY KEY (tenant_id, collection_id),
    CONSTRAINT fk_collection_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_collection_state CHECK (state IN ('planned', 'open', 'due', 'locked', 'cancelled'))
);

CREATE INDEX ix_collection_organization
    ON collection(tenant_id, organization_id);

CREATE TABLE collection_reminder (
    tenant_id       BIGINT        NOT NULL,
    collection_id   BIGINT        NOT NULL,
    remind_on       CHAR (10)     NOT NULL,
    organization_id BIGINT        NOT NULL,
    by_user         BIGINT        NOT NULL,
    filings         INT           NOT NULL,
    reminded_at     DATETIME2 (3) NOT NULL,
    CONSTRAINT pk_collection_reminder PRIMARY KEY (tenant_id, collection_id, remind_on, organization_id, by_user),
    CONSTRAINT fk_collection_reminder_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT fk_collection_reminder_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE INDEX ix_collection_reminder_organization
    ON collection_reminder(tenant_id, organization_id, collection_id, remind_on);

CREATE TABLE collection_step (
    tenant_id       BIGINT         NOT NULL,
    collection_id   BIGINT         NOT NULL,
    step_no         BIGINT         NOT NULL,
    kind            VARCHAR (16)   NOT NULL,
    organization_id BIGINT         NULL,
    on_day          CHAR (10)      NOT NULL,
    reason          NVARCHAR (500) NULL,
    through_id      BIGINT         NOT NULL,
    touched         BIGINT         NOT NULL,
    by_user         BIGINT         NOT NULL,
    began_at        DATETIME2 (3)  NOT NULL,
    finished_at     DATETIME2 (3)  NULL,
    CONSTRAINT pk_collection_step PRIMARY KEY (tenant_id, collection_id, step_no),
    CONSTRAINT fk_collection_step_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT ck_collection_step_kind CHECK (kind IN ('called', 'revised', 'opened', 'reminded', 'fellDue', 'postponed', 'exempted', 'obliged', 'locked', 'unlocked', 'cancelled'))
);

CREATE TABLE evidence (
    tenant_id           BIGINT         NOT NULL,
    evidence_id         BIGINT         NOT NULL,
    filing_id           BIGINT         NOT NULL,
    measures            VARCHAR (2000) NOT NULL,
    grade               VARCHAR (24)   NOT NULL,
    proves              NVARCHAR (500) NOT NULL,
    confirmed_by_name   NVARCHAR (100) NOT NULL,
    confirmed_by_office NVARCHAR (200) NOT NULL,
    confirmed_on        CHAR (10)      NOT NULL,
    file_name           NVARCHAR (200) NOT NULL,
    media_type          VARCHAR (100)  NOT NULL,
    size_bytes          BIGINT         NOT NULL,
    sha256              CHAR (64)      NOT NULL,
    fingerprint         CHAR (64)      NOT NULL,
    recorded_by         BIGINT         NOT NULL,
    recorded_at         DATETIME2 (3)  NOT NULL,
    withdrawn_by        BIGINT         NULL,
    withdrawn_at        DATETIME2 (3)  NULL,
    withdraw_reason     NVARCHAR (500) NULL,
    CONSTRAINT pk_evidence PRIMARY KEY (tenant_id, evidence_id),
    CONSTRAINT uq_evidence_fingerprint UNIQUE (tenant_id, filing_id, fingerprint),
    CONSTRAINT fk_evidence_filing FOREIGN KEY (tenant_id, filing_id) REFERENCES filing (tenant_id, filing_id),
    CONSTRAINT ck_evidence_grade CHECK (grade IN ('measured', 'financeConfirmed', 'thirdParty', 'regulatorVerified'))
);

CREATE INDEX ix_evidence_sha256
    ON evidence(tenant_id, sha256, filing_id);

CREATE TABLE evidence_file (
    tenant_id   BIGINT          NOT NULL,
    evidence_id BIGINT          NOT NULL,
    content     VARBINARY (MAX) NOT NULL,
    CONSTRAINT pk_evidence_file PRIMARY KEY (tenant_id, evidence_id),
    CONSTRAINT fk_evidence_file_evidence FOREIGN KEY (tenant_id, evidence_id) REFERENCES evidence (tenant_id, evidence_id)
);

CREATE TABLE filing (
    tenant_id        BIGINT        NOT NULL,
    filing_id        BIGINT        NOT NULL,
    scenario_id      BIGINT        NOT NULL,
    organization_id  BIGINT        NOT NULL,
    period           CHAR (7)      NOT NULL,
    state            VARCHAR (16)  NOT NULL,
    version          INT           NOT NULL,
    revision         INT           CONSTRAINT df_filing_revision DEFAULT 1 NOT NULL,
    approved_version INT           NULL,
    decision_id      BIGINT        NULL,
    created_at       DATETIME2 (3) NOT NULL,
    updated_at       DATETIME2 (3) NOT NULL,
    CONSTRAINT pk_filing PRIMARY KEY (tenant_id, filing_id),
    CONSTRAINT uq_filing_scenario_period UNIQUE (tenant_id, scenario_id, period),
    CONSTRAINT fk_filing_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id),
    CONSTRAINT ck_filing_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned'))
);

CREATE INDEX ix_filing_period
    ON filing(tenant_id, period, filing_id, organization_id);

CREATE INDEX ix_filing_state
    ON filing(tenant_id, state, period, filing_id, organization_id);

CREATE TABLE filing_figure (
    tenant_id              BIGINT         NOT NULL,
    filing_id              BIGINT         NOT NULL,
    version                INT            NOT NULL,
    measure                VARCHAR (32)   NOT NULL,
    state                  VARCHAR (16)   NOT NULL,
    grade                  VARCHAR (24)   NOT NULL,
    quantity               BIGINT         NOT NULL,
    denominator            BIGINT         NOT NULL,
    baseline_quantity      BIGINT         NULL,
    target_quantity        BIGINT         NULL,
    note                   NVARCHAR (500) NULL,
    gross_quantity         BIGINT         NULL,
    attribution_millionths INT            CONSTRAINT df_filing_figure_attribution DEFAULT 1000000 NOT NULL,
    attribution_reason     NVARCHAR (500) NULL,
    labour_quantity        BIGINT         NULL,
    same_hours_as          VARCHAR (32)   NULL,
    evidence_id            BIGINT         NULL,
    CONSTRAINT pk_filing_figure PRIMARY KEY (tenant_id, filing_id, version, measure),
    CONSTRAINT fk_filing_figure_version FOREIGN KEY (tenant_id, filing_id, version) REFERENCES filing_version (tenant_id, filing_id, version),
    CONSTRAINT ck_filing_figure_state CHECK (state IN ('reported', 'zero', 'exempt', 'withheld')),
    CONSTRAINT ck_filing_figure_grade CHECK (grade IN ('selfReported', 'measured', 'financeConfirmed', 'thirdParty', 'regulatorVerified')),
    CONSTRAINT ck_filing_figure_no_value CHECK (state = 'reported'
                                                OR (quantity = 0
                                                    AND denominator = 0))
);

CREATE TABLE filing_lock (
    tenant_id       BIGINT        NOT NULL,
    organization_id BIGINT        NOT NULL,
    period          CHAR (7)      NOT NULL,
    sector          VARCHAR (32)  NOT NULL,
    lock_id         BIGINT        NOT NULL,
    locked_at       DATETIME2 (3) NOT NULL,
    CONSTRAINT pk_filing_lock PRIMARY KEY (tenant_id, organization_id, period, sector, lock_id),
    CONSTRAINT fk_filing_lock_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE TABLE filing_version (
    tenant_id     BIGINT         NOT NULL,
    filing_id     BIGINT         NOT NULL,
    version       INT            NOT NULL,
    state         VARCHAR (16)   NOT NULL,
    is_correction BIT            NOT NULL,
    reason        NVARCHAR (500) NULL,
    saved_by      BIGINT         NOT NULL,
    saved_at      DATETIME2 (3)  NOT NULL,
    submitted_by  BIGINT         NULL,
    submitted_at  DATETIME2 (3)  NULL,
    decided_by    BIGINT         NULL,
    decided_at    DATETIME2 (3)  NULL,
    return_reason NVARCHAR (500) NULL,
    CONSTRAINT pk_filing_version PRIMARY KEY (tenant_id, filing_id, version),
    CONSTRAINT fk_filing_version_filing FOREIGN KEY (tenant_id, filing_id) REFERENCES filing (tenant_id, filing_id),
    CONSTRAINT ck_filing_version_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned'))
);

CREATE TABLE finding (
    tenant_id         BIGINT          NOT NULL,
    finding_id        BIGINT          NOT NULL,
    filing_id         BIGINT          NOT NULL,
    filing_version    INT             NOT NULL,
    period            CHAR (7)        NOT NULL,
    rule_set_number   INT             NOT NULL,
    rule_id           VARCHAR (16)    NOT NULL,
    severity          VARCHAR (16)    NOT NULL,
    measure           VARCHAR (32)    NOT NULL,
    about             VARCHAR (400)   NOT NULL,
    state             VARCHAR (16)    NOT NULL,
    found_zh          NVARCHAR (1000) NOT NULL,
    found_en          NVARCHAR (1000) NOT NULL,
    right_zh          NVARCHAR (1000) NOT NULL,
    right_en          NVARCHAR (1000) NOT NULL,
    made_by           BIGINT          NOT NULL,
    made_at           DATETIME2 (3)   NOT NULL,
    explanation       NVARCHAR (1000) NULL,
    explanation_key   VARCHAR (64)    NULL,
    explanation_doubt VARCHAR (24)    NULL,
    explained_by      BIGINT          NULL,
    explained_at      DATETIME2 (3)   NULL,
    decided_by        BIGINT          NULL,
    decided_at        DATETIME2 (3)   NULL,
    decision_reason   NVARCHAR (500)  NULL,
    gone_at           DATETIME2 (3)   NULL,
    CONSTRAINT pk_finding PRIMARY KEY (tenant_id, finding_id),
    CONSTRAINT fk_finding_filing FOREIGN KEY (tenant_id, filing_id) REFERENCES filing (tenant_id, filing_id),
    CONSTRAINT ck_finding_severity CHECK (severity IN ('blocker', 'error', 'warning', 'info')),
    CONSTRAINT ck_finding_state CHECK (state IN ('open', 'explained', 'accepted', 'rejected', 'gone')),
    CONSTRAINT ck_finding_doubt CHECK (explanation_doubt IN ('repeats-finding', 'same-text'))
);

CREATE INDEX ix_finding_explained
    ON finding(tenant_id, explained_by, explanation_key, explained_at);

CREATE INDEX ix_finding_filing
    ON finding(tenant_id, filing_id, filing_version);

CREATE INDEX ix_finding_state
    ON finding(tenant_id, state, finding_id);

CREATE TABLE goal (
    tenant_id         BIGINT          NOT NULL,
    goal_id           BIGINT          NOT NULL,
    organization_id   BIGINT          NOT NULL,
    code              NVARCHAR (40)   NOT NULL,
    kind              VARCHAR (16)    NOT NULL,
    statement_zh      NVARCHAR (500)  NOT NULL,
    statement_en      NVARCHAR (1000) NULL,
    source_document   NVARCHAR (300)  NULL,
    doc_no            NVARCHAR (100)  NULL,
    issuer            NVARCHAR (200)  NULL,
    issued_on         VARCHAR (10)    NULL,
    source_seen       NVARCHAR (500)  NULL,
    evidence          NVARCHAR (200)  NULL,
    metric_code       NVARCHAR (40)   NULL,
    definition_zh     NVARCHAR (500)  NULL,
    unit              NVARCHAR (20)   NULL,
    comparator        VARCHAR (8)     NULL,
    baseline_quantity BIGINT          NULL,
    baseline_on       VARCHAR (10)    NULL,
    target_quantity   BIGINT          NULL,
    due_on            CHAR (10)       NULL,
    scope_level       VARCHAR (16)    NOT NULL,
    scope_text        NVARCHAR (200)  NULL,
    formula           NVARCHAR (MAX)  NULL,
    reads_ledger      BIT             NOT NULL,
    proxy_zh          NVARCHAR (500)  NULL,
    proxy_en          NVARCHAR (1000) NULL,
    state             VARCHAR (16)    NOT NULL,
    version           INT             NOT NULL,
    inputs_no         INT             NOT NULL,
    created_by        BIGINT          NOT NULL,
    created_at        DATETIME2 (3)   NOT NULL,
    updated_by        BIGINT          NOT NULL,
    updated_at        DATETIME2 (3)   NOT NULL,
    CONSTRAINT pk_goal PRIMARY KEY (tenant_id, goal_id),
    CONSTRAINT uq_goal_code UNIQUE (tenant_id, organization_id, code),
    CONSTRAINT fk_goal_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_goal_kind CHECK (kind IN ('target', 'milestone', 'vision')),
    CONSTRAINT ck_goal_vision CHECK (kind <> 'vision'
                                     OR (target_quantity IS NULL
                                         AND baseline_quantity IS NULL
                                         AND formula IS NULL)),
    CONSTRAINT ck_goal_comparator CHECK (comparator IN ('>', '>=', '<', '<=', 'reach')),
    CONSTRAINT ck_goal_scope_level CHECK (scope_level IN ('national', 'sector', 'local', 'enterprise')),
    CONSTRAINT ck_goal_state CHECK (state IN ('active', 'withdrawn')),
    CONSTRAINT ck_goal_formula CHECK (ISJSON(formula) = 1)
);

CREATE TABLE goal_evaluation (
    tenant_id              BIGINT        NOT NULL,
    goal_id                BIGINT        NOT NULL,
    evaluation_no          INT           NOT NULL,
    first_evaluated_at     DATETIME2 (3) NOT NULL,
    evaluated_at           DATETIME2 (3) NOT NULL,
    closing_no             BIGINT        NOT NULL,
    last_closing_no        BIGINT        NOT NULL,
    goal_version           INT           NOT NULL,
    comparator             VARCHAR (8)   NULL,
    target_quantity        BIGINT        NULL,
    due_on                 CHAR (10)     NULL,
    as_of                  CHAR (10)     NULL,
    value_quantity         BIGINT        NULL,
    low_quantity           BIGINT        NULL,
    high_quantity          BIGINT        NULL,
    expected               BIGINT        NULL,
    reported               BIGINT        NULL,
    missing                BIGINT        NULL,
    missing_millionths     BIGINT        NULL,
    low_grade_millionths   BIGINT        NULL,
    forecast_quantity      BIGINT        NULL,
    forecast_low_quantity  BIGINT        NULL,
    forecast_high_quantity BIGINT        NULL,
    verdict                VARCHAR (20)  NULL,
    reasons                VARCHAR (400) NOT NULL,
    CONSTRAINT pk_goal_evaluation PRIMARY KEY (tenant_id, goal_id, evaluation_no),
    CONSTRAINT fk_goal_evaluation_goal FOREIGN KEY (tenant_id, goal_id) REFERENCES goal (tenant_id, goal_id),
    CONSTRAINT ck_goal_evaluation_verdict CHECK (verdict IN ('met', 'notMet', 'cannotSay', 'atRisk', 'onTrack', 'levelReached', 'levelNotReached'))
);

CREATE TABLE goal_standing (
    tenant_id          BIGINT         NOT NULL,
    goal_id            BIGINT         NOT NULL,
    inputs_no          INT            NOT NULL,
    evaluated_on       CHAR (10)      NOT NULL,
    evaluated_entry_no BIGINT         NOT NULL,
    evaluation_no      INT            NOT NULL,
    verdict            VARCHAR (20)   NULL,
    document           NVARCHAR (MAX) NULL,
    CONSTRAINT pk_goal_standing PRIMARY KEY (tenant_id, goal_id),
    CONSTRAINT fk_goal_standing_goal FOREIGN KEY (tenant_id, goal_id) REFERENCES goal (tenant_id, goal_id),
    CONSTRAINT ck_goal_standing_document CHECK (ISJSON(document) = 1)
);

CREATE TABLE goal_value (
    tenant_id      BIGINT          NOT NULL,
    goal_value_id  BIGINT          NOT NULL,
    goal_id        BIGINT          NOT NULL,
    as_of          CHAR (10)       NOT NULL,
    revision       INT             NOT NULL,
    value_quantity BIGINT          NULL,
    low_quantity   BIGINT          NULL,
    high_quantity  BIGINT          NULL,
    grade          VARCHAR (24)    NOT NULL,
    source         NVARCHAR (300)  NOT NULL,
    url            NVARCHAR (500)  NULL,
    document_no    NVARCHAR (100)  NULL,
    note           NVARCHAR (1000) NULL,
    recorded_by    BIGINT          NOT NULL,
    recorded_at    DATETIME2 (3)   NOT NULL,
    CONSTRAINT pk_goal_value PRIMARY KEY (tenant_id, goal_value_id),
    CONSTRAINT uq_goal_value_revision UNIQUE (tenant_id, goal_id, as_of, revision),
    CONSTRAINT fk_goal_value_goal FOREIGN KEY (tenant_id, goal_id) REFERENCES goal (tenant_id, goal_id)
);

CREATE TABLE idempotency_key (
    tenant_id       BIGINT         NOT NULL,
    user_id         BIGINT         NOT NULL,
    idempotency_key NVARCHAR (128) NOT NULL,
    request_sha256  CHAR (64)      NOT NULL,
    outcome         NVARCHAR (MAX) NOT NULL,
    created_at      DATETIME2 (3)  NOT NULL,
    CONSTRAINT pk_idempotency_key PRIMARY KEY (tenant_id, user_id, idempotency_key),
    CONSTRAINT ck_idempotency_key_outcome CHECK (ISJSON(outcome) = 1)
);

CREATE INDEX ix_idempotency_key_created_at
    ON idempotency_key(tenant_id, created_at);

CREATE TABLE id_block (
    name    VARCHAR (16) NOT NULL,
    next_id BIGINT       NOT NULL,
    CONSTRAINT pk_id_block PRIMARY KEY (name)
);

CREATE TABLE import_chunk (
    tenant_id      BIGINT    NOT NULL,
    import_id      BIGINT    NOT NULL,
    chunk_no       INT       NOT NULL,
    first_row      INT       NOT NULL,
    last_row       INT       NOT NULL,
    entries        INT       NOT NULL,
    touched_sha256 CHAR (64) NULL,
    outcome_sha256 CHAR (64) NOT NULL,
    is_committed   BIT       NOT NULL,
    CONSTRAINT pk_import_chunk PRIMARY KEY (tenant_id, import_id, chunk_no),
    CONSTRAINT fk_import_chunk_run FOREIGN KEY (tenant_id, import_id) REFERENCES import_run (tenant_id, import_id)
);

CREATE TABLE import_file (
    tenant_id   BIGINT         NOT NULL,
    file_id     BIGINT         NOT NULL,
    name        NVARCHAR (255) NOT NULL,
    size_bytes  BIGINT         NOT NULL,
    sha256      CHAR (64)      NOT NULL,
    received_by BIGINT         NOT NULL,
    received_at DATETIME2 (3)  NOT NULL,
    CONSTRAINT pk_import_file PRIMARY KEY (tenant_id, file_id)
);

CREATE TABLE import_file_part (
    tenant_id BIGINT          NOT NULL,
    file_id   BIGINT          NOT NULL,
    part_no   INT             NOT NULL,
    content   VARBINARY (MAX) NOT NULL,
    CONSTRAINT pk_import_file_part PRIMARY KEY (tenant_id, file_id, part_no),
    CONSTRAINT fk_import_file_part_file FOREIGN KEY (tenant_id, file_id) REFERENCES import_file (tenant_id, file_id)
);

CREATE TABLE import_finding (
    tenant_id    BIGINT          NOT NULL,
    import_id    BIGINT          NOT NULL,
    sheet_no     INT             NOT NULL,
    row_no       INT             NOT NULL,
    finding_no   INT             NOT NULL,
    chunk_no     INT             NOT NULL,
    sheet        NVARCHAR (100)  NOT NULL,
    cell         VARCHAR (32)    NULL,
    external_key NVARCHAR (200)  NULL,
    pointer      NVARCHAR (400)  NOT NULL,
    code         VARCHAR (64)    NOT NULL,
    rule_id      VARCHAR (16)    NULL,
    severity     VARCHAR (16)    NOT NULL,
    is_refusal   BIT             NOT NULL,
    message_zh   NVARCHAR (2000) NOT NULL,
    message_en   NVARCHAR (2000) NOT NULL,
    right_zh     NVARCHAR (1000) NULL,
    right_en     NVARCHAR (1000) NULL,
    CONSTRAINT pk_import_finding PRIMARY KEY (tenant_id, import_id, sheet_no, row_no, finding_no),
    CONSTRAINT fk_import_finding_run FOREIGN KEY (tenant_id, import_id) REFERENCES import_run (tenant_id, import_id),
    CONSTRAINT ck_import_finding_severity CHECK (severity IN ('blocker', 'error', 'warning', 'info'))
);

CREATE INDEX ix_import_finding_chunk
    ON import_finding(tenant_id, import_id, chunk_no);

CREATE TABLE import_mapping (
    tenant_id       BIGINT         NOT NULL,
    organization_id BIGINT         NOT NULL,
    source          VARCHAR (32)   NOT NULL,
    version         INT            NOT NULL,
    content         NVARCHAR (MAX) NOT NULL,
    updated_by      BIGINT         NOT NULL,
    updated_at      DATETIME2 (3)  NOT NULL,
    CONSTRAINT pk_import_mapping PRIMARY KEY (tenant_id, organization_id, source),
    CONSTRAINT fk_import_mapping_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_import_mapping_content CHECK (ISJSON(content) = 1)
);

CREATE TABLE import_run (
    tenant_id       BIGINT         NOT NULL,
    import_id       BIGINT         NOT NULL,
    organization_id BIGINT         NOT NULL,
    kind            VARCHAR (16)   NOT NULL,
    file_id         BIGINT         NOT NULL,
    source          VARCHAR (32)   NULL,
    mapping         NVARCHAR (MAX) NULL,
    mapping_version INT            NULL,
    on_problem      VARCHAR (16)   NOT NULL,
    submits         BIT            NOT NULL,
    validate_only   BIT            NOT NULL,
    state           VARCHAR (16)   NOT NULL,
    stage           VARCHAR (16)   NOT NULL,
    premises        NVARCHAR (MAX) NULL,
    receipt         CHAR (64)      NULL,
    checked_at      DATETIME2 (3)  NULL,
    by_receipt      BIT            NOT NULL,
    read_rows       INT            NOT NULL,
    total_rows      INT            NULL,
    total_entries   INT            NULL,
    done_entries    INT            NOT NULL,
    created         INT            NOT NULL,
    updated         INT            NOT NULL,
    unchanged       INT            NOT NULL,
    refused         INT            NOT NULL,
    submitted       INT            NOT NULL,
    findings        INT            NOT NULL,
    failure         VARCHAR (64)   NULL,
    failure_about   NVARCHAR (MAX) NULL,
    requested_by    BIGINT         NOT NULL,
    requested_at    DATETIME2 (3)  NOT NULL,
    started_at      DATETIME2 (3)  NULL,
    finished_at     DATETIME2 (3)  NULL,
    attempts        INT            NOT NULL,
    lease_owner     VARCHAR (64)   NULL,
    lease_until     DATETIME2 (3)  NULL,
    CONSTRAINT pk_import_run PRIMARY KEY (tenant_id, import_id),
    CONSTRAINT fk_import_run_file FOREIGN KEY (tenant_id, file_id) REFERENCES import_file (tenant_id, file_id),
    CONSTRAINT fk_import_run_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_import_run_kind CHECK (kind IN ('scenarios', 'figures')),
    CONSTRAINT ck_import_run_on_problem CHECK (on_problem IN ('refuseAll', 'skipRows')),
    CONSTRAINT ck_import_run_state CHECK (state IN ('queued', 'running', 'checked', 'done', 'refused', 'failed', 'cancelled')),
    CONSTRAINT ck_import_run_stage CHECK (stage IN ('checking', 'committing')),
    CONSTRAINT ck_import_run_mapping CHECK (ISJSON(mapping) = 1),
    CONSTRAINT ck_import_run_premises CHECK (ISJSON(premises) = 1),
    CONSTRAINT ck_import_run_failure_about CHECK (ISJSON(failure_about) = 1)
);

CREATE INDEX ix_import_run_file
    ON import_run(tenant_id, file_id);

CREATE INDEX ix_import_run_receipt
    ON import_run(tenant_id, receipt);

CREATE TABLE ledger_balance (
    tenant_id       BIGINT       NOT NULL,
    organization_id BIGINT       NOT NULL,
    book            VARCHAR (8)  NOT NULL,
    measure         VARCHAR (32) NOT NULL,
    period          CHAR (7)     NOT NULL,
    until_closing   BIGINT       NOT NULL,
    sector          VARCHAR (16) NOT NULL,
    region          VARCHAR (6)  NOT NULL,
    key_action      VARCHAR (32) NOT NULL,
    stage           VARCHAR (16) NOT NULL,
    grade           VARCHAR (24) NOT NULL,
    figure_state    VARCHAR (16) NOT NULL,
    from_closing    BIGINT       NOT NULL,
    quantity        BIGINT       NOT NULL,
    denominator     BIGINT       NOT NULL,
    figures         BIGINT       NOT NULL,
    entries         BIGINT       NOT NULL,
    CONSTRAINT pk_ledger_balance PRIMARY KEY (tenant_id, organization_id, book, measure, period, until_closing, sector, region, key_action, stage, grade, figure_state)
);

CREATE TABLE ledger_balance_change (
    tenant_id       BIGINT       NOT NULL,
    organization_id BIGINT       NOT NULL,
    book            VARCHAR (8)  NOT NULL,
    measure         VARCHAR (32) NOT NULL,
    period          CHAR (7)     NOT NULL,
    sector          VARCHAR (16) NOT NULL,
    region          VARCHAR (6)  NOT NULL,
    key_action      VARCHAR (32) NOT NULL,
    stage           VARCHAR (16) NOT NULL,
    grade           VARCHAR (24) NOT NULL,
    figure_state    VARCHAR (16) NOT NULL,
    quantity        BIGINT       NOT NULL,
    denominator     BIGINT       NOT NULL,
    figures         BIGINT       NOT NULL,
    entries         BIGINT       NOT NULL,
    CONSTRAINT pk_ledger_balance_change PRIMARY KEY (tenant_id, organization_id, book, measure, period, sector, region, key_action, stage, grade, figure_state)
);

CREATE TABLE ledger_closing (
    tenant_id        BIGINT        NOT NULL,
    closing_no       BIGINT        NOT NULL,
    after_entry_no   BIGINT        NOT NULL,
    through_entry_no BIGINT        NOT NULL,
    closed_at        DATETIME2 (3) NOT NULL,
    tree_no          BIGINT        CONSTRAINT df_ledger_closing_tree_no DEFAULT 1 NOT NULL,
    CONSTRAINT pk_ledger_closing PRIMARY KEY (tenant_id, closing_no)
);

CREATE INDEX ix_ledger_closing_through
    ON ledger_closing(tenant_id, through_entry_no);

CREATE TABLE ledger_entry (
    tenant_id         BIGINT        NOT NULL,
    entry_no          BIGINT        NOT NULL,
    posted_at         DATETIME2 (3) NOT NULL,
    book              VARCHAR (8)   NOT NULL,
    cause             VARCHAR (24)  NOT NULL,
    measure           VARCHAR (32)  NOT NULL,
    period            CHAR (7)      NOT NULL,
    organization_id   BIGINT        NOT NULL,
    sector            VARCHAR (16)  NOT NULL,
    region            VARCHAR (6)   NOT NULL,
    key_action        VARCHAR (32)  NOT NULL,
    stage             VARCHAR (16)  NOT NULL,
    grade             VARCHAR (24)  NOT NULL,
    figure_state      VARCHAR (16)  NOT NULL,
    scenario_id       BIGINT        NOT NULL,
    filing_id         BIGINT        NULL,
    filing_version    INT           NULL,
    reverses_entry_no BIGINT        NULL,
    by_user           BIGINT        NOT NULL,
    quantity          BIGINT        NOT NULL,
    denominator       BIGINT        NOT NULL,
    figures           INT           NOT NULL,
    CONSTRAINT pk_ledger_entry PRIMARY KEY (tenant_id, entry_no),
    CONSTRAINT ck_ledger_entry_book CHECK (book IN ('filed', 'approved'))
);

CREATE INDEX ix_ledger_entry_cell
    ON ledger_entry(tenant_id, book, measure, sector, period, entry_no);

CREATE INDEX ix_ledger_entry_organization
    ON ledger_entry(tenant_id, organization_id, book, measure, period, entry_no);

CREATE INDEX ix_ledger_entry_scenario
    ON ledger_entry(tenant_id, scenario_id, period, entry_no);

CREATE TABLE ledger_head (
    tenant_id        BIGINT         NOT NULL,
    last_entry_no    BIGINT         NOT NULL,
    last_posted_at   DATETIME2 (3)  NOT NULL,
    last_closing_no  BIGINT         NOT NULL,
    through_entry_no BIGINT         NOT NULL,
    handle_key       VARBINARY (32) NULL,
    repair_no        BIGINT         CONSTRAINT df_ledger_head_repair_no DEFAULT 0 NOT NULL,
    CONSTRAINT pk_ledger_head PRIMARY KEY (tenant_id),
    CONSTRAINT fk_ledger_head_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

CREATE TABLE ledger_total (
    tenant_id     BIGINT       NOT NULL,
    book          VARCHAR (8)  NOT NULL,
    measure       VARCHAR (32) NOT NULL,
    aspect        VARCHAR (16) NOT NULL,
    period        CHAR (7)     NOT NULL,
    until_closing BIGINT       NOT NULL,
    sector        VARCHAR (16) NOT NULL,
    member        VARCHAR (32) NOT NULL,
    grade         VARCHAR (24) NOT NULL,
    figure_state  VARCHAR (16) NOT NULL,
    from_closing  BIGINT       NOT NULL,
    quantity      BIGINT       NOT NULL,
    denominator   BIGINT       NOT NULL,
    figures       BIGINT       NOT NULL,
    entries       BIGINT       NOT NULL,
    CONSTRAINT pk_ledger_total PRIMARY KEY (tenant_id, book, measure, aspect, period, until_closing, sector, member, grade, figure_state)
);

CREATE TABLE ledger_total_change (
    tenant_id    BIGINT       NOT NULL,
    book         VARCHAR (8)  NOT NULL,
    measure      VARCHAR (32) NOT NULL,
    aspect       VARCHAR (16) NOT NULL,
    period       CHAR (7)     NOT NULL,
    sector       VARCHAR (16) NOT NULL,
    member       VARCHAR (32) NOT NULL,
    grade        VARCHAR (24) NOT NULL,
    figure_state VARCHAR (16) NOT NULL,
    quantity     BIGINT       NOT NULL,
    denominator  BIGINT       NOT NULL,
    figures      BIGINT       NOT NULL,
    entries      BIGINT       NOT NULL,
    CONSTRAINT pk_ledger_total_change PRIMARY KEY (tenant_id, book, measure, aspect, period, sector, member, grade, figure_state)
);

CREATE TABLE obligation (
    tenant_id       BIGINT         NOT NULL,
    scenario_id     BIGINT         NOT NULL,
    period          CHAR (7)       NOT NULL,
    collection_id   BIGINT         NOT NULL,
    organization_id BIGINT         NOT NULL,
    measures        VARCHAR (2000) NOT NULL,
    state           VARCHAR (16)   NOT NULL,
    exempt_reason   NVARCHAR (500) NULL,
    measure_count   INT            CONSTRAINT df_obligation_measure_count DEFAULT 1 NOT NULL,
    CONSTRAINT pk_obligation PRIMARY KEY (tenant_id, scenario_id, period, collection_id),
    CONSTRAINT fk_obligation_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id),
    CONSTRAINT fk_obligation_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT ck_obligation_state CHECK (state IN ('notDue', 'missing', 'exempt'))
);

CREATE INDEX ix_obligation_collection
    ON obligation(tenant_id, collection_id, state, scenario_id, period);

CREATE INDEX ix_obligation_organization
    ON obligation(tenant_id, collection_id, organization_id, scenario_id, period, state);

CREATE TABLE organization (
    tenant_id         BIGINT         NOT NULL,
    organization_id   BIGINT         NOT NULL,
    parent_id         BIGINT         NULL,
    kind              VARCHAR (16)   NOT NULL,
    credit_code       CHAR (18)      NULL,
    name              NVARCHAR (100) NOT NULL,
    name_en           NVARCHAR (200) NULL,
    level             INT            NOT NULL,
    region            VARCHAR (6)    NULL,
    industry_division VARCHAR (2)    NULL,
    version           INT            NOT NULL,
    created_at        DATETIME2 (3)  NOT NULL,
    updated_at        DATETIME2 (3)  NOT NULL,
    closed_on         CHAR (10)      NULL,
    merged_into       BIGINT         NULL,
    CONSTRAINT pk_organization PRIMARY KEY (tenant_id, organization_id),
    CONSTRAINT fk_organization_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT fk_organization_parent FOREIGN KEY (tenant_id, parent_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_organization_kind CHECK (kind IN ('regulator', 'directory', 'group', 'subsidiary'))
);

CREATE UNIQUE INDEX uq_organization_credit_code
    ON organization(tenant_id, credit_code) WHERE credit_code IS NOT NULL;

CREATE UNIQUE INDEX uq_organization_name
    ON organization(tenant_id, parent_id, name);

CREATE TABLE organization_ancestor (
    tenant_id       BIGINT NOT NULL,
    ancestor_id     BIGINT NOT NULL,
    organization_id BIGINT NOT NULL,
    depth           INT    NOT NULL,
    CONSTRAINT pk_organization_ancestor PRIMARY KEY (tenant_id, ancestor_id, organization_id),
    CONSTRAINT fk_organization_ancestor_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE INDEX ix_organization_ancestor_organization
    ON organization_ancestor(tenant_id, organization_id, ancestor_id);

CREATE TABLE organization_name (
    tenant_id       BIGINT         NOT NULL,
    organization_id BIGINT         NOT NULL,
    from_tree       BIGINT         NOT NULL,
    until_tree      BIGINT         NOT NULL,
    name            NVARCHAR (200) NOT NULL,
    name_en         NVARCHAR (200) NULL,
    credit_code     VARCHAR (18)   NULL,
    CONSTRAINT pk_organization_name PRIMARY KEY (tenant_id, organization_id, from_tree),
    CONSTRAINT fk_organization_name_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE TABLE organization_path (
    tenant_id       BIGINT   NOT NULL,
    ancestor_id     BIGINT   NOT NULL,
    organization_id BIGINT   NOT NULL,
    from_tree       BIGINT   NOT NULL,
    from_period     CHAR (7) NOT NULL,
    until_period    CHAR (7) NOT NULL,
    until_tree      BIGINT   NOT NULL,
    depth           INT      NOT NULL,
    CONSTRAINT pk_organization_path PRIMARY KEY (tenant_id, ancestor_id, organization_id, from_tree, from_period),
    CONSTRAINT fk_organization_path_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE INDEX ix_organization_path_organization
    ON organization_path(tenant_id, organization_id, until_tree, depth);

CREATE TABLE organization_place (
    tenant_id       BIGINT        NOT NULL,
    place_id        BIGINT        NOT NULL,
    organization_id BIGINT        NOT NULL,
    parent_id       BIGINT        NULL,
    effective_on    CHAR (10)     NOT NULL,
    recorded_at     DATETIME2 (3) NOT NULL,
    recorded_by     BIGINT        NOT NULL,
    tree_no         BIGINT        NULL,
    CONSTRAINT pk_organization_place PRIMARY KEY (tenant_id, place_id),
    CONSTRAINT fk_organization_place_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE INDEX ix_organization_place_organization
    ON organization_place(tenant_id, organization_id, effective_on);

CREATE TABLE organization_tree (
    tenant_id       BIGINT          NOT NULL,
    tree_no         BIGINT          NOT NULL,
    cause           VARCHAR (24)    NOT NULL,
    organization_id BIGINT          NULL,
    effective_on    CHAR (10)       NOT NULL,
    note            NVARCHAR (1000) NULL,
    recorded_at     DATETIME2 (3)   NOT NULL,
    recorded_by     BIGINT          NOT NULL,
    other_id        BIGINT          NULL,
    CONSTRAINT pk_organization_tree PRIMARY KEY (tenant_id, tree_no)
);

CREATE INDEX ix_organization_tree_organization
    ON organization_tree(tenant_id, organization_id, tree_no);

CREATE INDEX ix_organization_tree_other
    ON organization_tree(tenant_id, other_id, tree_no);

CREATE TABLE peer_release (
    tenant_id        BIGINT        NOT NULL,
    release_id       BIGINT        NOT NULL,
    period           VARCHAR (7)   NOT NULL,
    year             INT           NOT NULL,
    grain            VARCHAR (8)   NOT NULL,
    state            VARCHAR (16)  NOT NULL,
    closing_no       BIGINT        NULL,
    through_entry_no BIGINT        NULL,
    closed_at        DATETIME2 (3) NULL,
    requested_by     BIGINT        NULL,
    requested_at     DATETIME2 (3) NOT NULL,
    started_at       DATETIME2 (3) NULL,
    finished_at      DATETIME2 (3) NULL,
    attempts         INT           NOT NULL,
    lease_owner      VARCHAR (40)  NULL,
    lease_until      DATETIME2 (3) NULL,
    published_cells  INT           NOT NULL,
    withheld_cells   INT           NOT NULL,
    CONSTRAINT pk_peer_release PRIMARY KEY (tenant_id, release_id),
    CONSTRAINT fk_peer_release_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT ck_peer_release_state CHECK (state IN ('queued', 'running', 'done', 'failed'))
);

CREATE UNIQUE INDEX uq_peer_release_open
    ON peer_release(tenant_id, period) WHERE state IN ('queued', 'running');

CREATE UNIQUE INDEX uq_peer_release_running
    ON peer_release(tenant_id) WHERE state = 'running';

CREATE TABLE peer_release_cell (
    tenant_id         BIGINT       NOT NULL,
    release_id        BIGINT       NOT NULL,
    sector            VARCHAR (32) NOT NULL,
    measure           VARCHAR (32) NOT NULL,
    state             VARCHAR (16) NOT NULL,
    reason            VARCHAR (32) NULL,
    enterprises       INT          NOT NULL,
    p25_millionths    BIGINT       NULL,
    median_millionths BIGINT       NULL,
    p75_millionths    BIGINT       NULL,
    CONSTRAINT pk_peer_release_cell PRIMARY KEY (tenant_id, release_id, sector, measure),
    CONSTRAINT fk_peer_release_cell_release FOREIGN KEY (tenant_id, release_id) REFERENCES peer_release (tenant_id, release_id),
    CONSTRAINT ck_peer_release_cell_state CHECK (state IN ('published', 'withheld'))
);

CREATE TABLE peer_release_value (
    tenant_id        BIGINT       NOT NULL,
    release_id       BIGINT       NOT NULL,
    sector           VARCHAR (32) NOT NULL,
    measure          VARCHAR (32) NOT NULL,
    organization_id  BIGINT       NOT NULL,
    value_millionths BIGINT       NOT NULL,
    part_of          VARCHAR (8)  NOT NULL,
    CONSTRAINT pk_peer_release_value PRIMARY KEY (tenant_id, release_id, sector, measure, organization_id),
    CONSTRAINT fk_peer_release_value_cell FOREIGN KEY (tenant_id, release_id, sector, measure) REFERENCES peer_release_cell (tenant_id, release_id, sector, measure),
    CONSTRAINT fk_peer_release_value_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_peer_release_value_part_of CHECK (part_of IN ('', 'p25', 'median', 'p75'))
);

CREATE TABLE peer_year (
    tenant_id BIGINT      NOT NULL,
    year      INT         NOT NULL,
    grain     VARCHAR (8) NOT NULL,
    CONSTRAINT pk_peer_year PRIMARY KEY (tenant_id, year),
    CONSTRAINT fk_peer_year_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT ck_peer_year_grain CHECK (grain IN ('month', 'quarter', 'year'))
);

CREATE TABLE rehearsal (
    tenant_id        BIGINT         NOT NULL,
    rehearsal_id     BIGINT         NOT NULL,
    rule_set_id      BIGINT         NOT NULL,
    rule_set_number  INT            NOT NULL,
    in_force_number  INT            NOT NULL,
    rules            NVARCHAR (MAX) NOT NULL,
    rules_in_force   NVARCHAR (MAX) NOT NULL,
    organization_id  BIGINT         NOT NULL,
    first_period     CHAR (7)       NOT NULL,
    last_period      CHAR (7)       NOT NULL,
    state            VARCHAR (16)   NOT NULL,
    filings          INT            NULL,
    judged           INT            NOT NULL,
    refused          INT            NOT NULL,
    refused_in_force INT            NOT NULL,
    chunks           INT            NOT NULL,
    cursor_period    CHAR (7)       NULL,
    cursor_filing_id BIGINT         NOT NULL,
    requested_by     BIGINT         NOT NULL,
    requested_at     DATETIME2 (3)  NOT NULL,
    started_at       DATETIME2 (3)  NULL,
    finished_at      DATETIME2 (3)  NULL,
    attempts         INT            NOT NULL,
    lease_owner      VARCHAR (40)   NULL,
    lease_until      DATETIME2 (3)  NULL,
    CONSTRAINT pk_rehearsal PRIMARY KEY (tenant_id, rehearsal_id),
    CONSTRAINT fk_rehearsal_rule_set FOREIGN KEY (tenant_id, rule_set_id) REFERENCES rule_set (tenant_id, rule_set_id),
    CONSTRAINT fk_rehearsal_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_rehearsal_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    CONSTRAINT ck_rehearsal_rules CHECK (ISJSON(rules) = 1),
    CONSTRAINT ck_rehearsal_rules_in_force CHECK (ISJSON(rules_in_force) = 1)
);

CREATE TABLE rehearsal_count (
    tenant_id       BIGINT       NOT NULL,
    rehearsal_id    BIGINT       NOT NULL,
    chunk_no        INT          NOT NULL,
    rule_id         VARCHAR (16) NOT NULL,
    severity        VARCHAR (16) NOT NULL,
    sector          VARCHAR (32) NOT NULL,
    organization_id BIGINT       NOT NULL,
    found           INT          NOT NULL,
    found_in_force  INT          NOT NULL,
    newly           INT          NOT NULL,
    no_longer       INT          NOT NULL,
    CONSTRAINT pk_rehearsal_count PRIMARY KEY (tenant_id, rehearsal_id, chunk_no, rule_id, severity, sector, organization_id),
    CONSTRAINT fk_rehearsal_count_rehearsal FOREIGN KEY (tenant_id, rehearsal_id) REFERENCES rehearsal (tenant_id, rehearsal_id)
);

CREATE TABLE rehearsal_example (
    tenant_id      BIGINT          NOT NULL,
    rehearsal_id   BIGINT          NOT NULL,
    rule_id        VARCHAR (16)    NOT NULL,
    example_no     INT             NOT NULL,
    filing_id      BIGINT          NOT NULL,
    filing_version INT             NOT NULL,
    measure        VARCHAR (32)    NOT NULL,
    severity       VARCHAR (16)    NOT NULL,
    difference     VARCHAR (16)    NOT NULL,
    found_zh       NVARCHAR (1000) NOT NULL,
    found_en       NVARCHAR (1000) NOT NULL,
    CONSTRAINT pk_rehearsal_example PRIMARY KEY (tenant_id, rehearsal_id, rule_id, example_no),
    CONSTRAINT fk_rehearsal_example_rehearsal FOREIGN KEY (tenant_id, rehearsal_id) REFERENCES rehearsal (tenant_id, rehearsal_id),
    CONSTRAINT ck_rehearsal_example_difference CHECK (difference IN ('kept', 'newly', 'noLonger'))
);

CREATE TABLE report_file (
    tenant_id BIGINT          NOT NULL,
    report_id BIGINT          NOT NULL,
    content   VARBINARY (MAX) NOT NULL,
    CONSTRAINT pk_report_file PRIMARY KEY (tenant_id, report_id),
    CONSTRAINT fk_report_file_run FOREIGN KEY (tenant_id, report_id) REFERENCES report_run (tenant_id, report_id)
);

CREATE TABLE report_run (
    tenant_id        BIGINT         NOT NULL,
    report_id        BIGINT         NOT NULL,
    template         VARCHAR (32)   NOT NULL,
    format           VARCHAR (8)    NOT NULL,
    period           CHAR (7)       NOT NULL,
    organization_id  BIGINT         NOT NULL,
    state            VARCHAR (16)   NOT NULL,
    progress         INT            NOT NULL,
    closing_no       BIGINT         NULL,
    through_entry_no BIGINT         NULL,
    requested_by     BIGINT         NOT NULL,
    requested_at     DATETIME2 (3)  NOT NULL,
    started_at       DATETIME2 (3)  NULL,
    finished_at      DATETIME2 (3)  NULL,
    attempts         INT            NOT NULL,
    lease_owner      VARCHAR (40)   NULL,
    lease_until      DATETIME2 (3)  NULL,
    failure          NVARCHAR (500) NULL,
    file_name        NVARCHAR (200) NULL,
    size_bytes       BIGINT         NULL,
    sha256           CHAR (64)      NULL,
    CONSTRAINT pk_report_run PRIMARY KEY (tenant_id, report_id),
    CONSTRAINT fk_report_run_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_report_run_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    CONSTRAINT ck_report_run_format CHECK (format IN ('xlsx', 'docx'))
);

CREATE TABLE rule_set (
    tenant_id    BIGINT          NOT NULL,
    rule_set_id  BIGINT          NOT NULL,
    number       INT             NOT NULL,
    state        VARCHAR (16)    NOT NULL,
    effective_on CHAR (10)       NULL,
    note         NVARCHAR (1000) NULL,
    version      INT             NOT NULL,
    created_by   BIGINT          NOT NULL,
    created_at   DATETIME2 (3)   NOT NULL,
    updated_at   DATETIME2 (3)   NOT NULL,
    published_by BIGINT          NULL,
    published_at DATETIME2 (3)   NULL,
    CONSTRAINT pk_rule_set PRIMARY KEY (tenant_id, rule_set_id),
    CONSTRAINT uq_rule_set_number UNIQUE (tenant_id, number),
    CONSTRAINT ck_rule_set_state CHECK (state IN ('draft', 'published')),
    CONSTRAINT ck_rule_set_effective_on CHECK (state = 'draft'
                                               OR effective_on IS NOT NULL)
);

CREATE TABLE rule_set_rule (
    tenant_id   BIGINT         NOT NULL,
    rule_set_id BIGINT         NOT NULL,
    rule_id     VARCHAR (16)   NOT NULL,
    severity    VARCHAR (16)   NOT NULL,
    is_enabled  BIT            NOT NULL,
    parameters  NVARCHAR (MAX) NOT NULL,
    CONSTRAINT pk_rule_set_rule PRIMARY KEY (tenant_id, rule_set_id, rule_id),
    CONSTRAINT fk_rule_set_rule_set FOREIGN KEY (tenant_id, rule_set_id) REFERENCES rule_set (tenant_id, rule_set_id),
    CONSTRAINT ck_rule_set_rule_severity CHECK (severity IN ('blocker', 'error', 'warning', 'info')),
    CONSTRAINT ck_rule_set_rule_parameters CHECK (ISJSON(parameters) = 1)
);

CREATE TABLE scenario (
    tenant_id         BIGINT         NOT NULL,
    scenario_id       BIGINT         NOT NULL,
    organization_id   BIGINT         NOT NULL,
    code              VARCHAR (32)   NOT NULL,
    name              NVARCHAR (60)  NOT NULL,
    kind              VARCHAR (16)   NOT NULL,
    state             VARCHAR (16)   NOT NULL,
    stage             VARCHAR (16)   NOT NULL,
    stage_since       CHAR (10)      NOT NULL,
    industry_division VARCHAR (2)    NOT NULL,
    region            VARCHAR (6)    NOT NULL,
    key_action        VARCHAR (32)   NOT NULL,
    business_domain   VARCHAR (32)   NULL,
    open_scope        VARCHAR (32)   NOT NULL,
    strategic_batch   INT            NULL,
    state_secret      BIT            NOT NULL,
    go_live_on        CHAR (10)      NULL,
    capex_total_fen   BIGINT         NULL,
    opex_year_fen     BIGINT         NULL,
    crit_strategic    INT            NULL,
    crit_economic     INT            NULL,
    crit_livelihood   INT            NULL,
    document          NVARCHAR (MAX) NOT NULL,
    version           INT            NOT NULL,
    approved_version  INT            NULL,
    return_reason     NVARCHAR (500) NULL,
    created_by        BIGINT         NOT NULL,
    created_at        DATETIME2 (3)  NOT NULL,
    updated_at        DATETIME2 (3)  NOT NULL,
    CONSTRAINT pk_scenario PRIMARY KEY (tenant_id, scenario_id),
    CONSTRAINT uq_scenario_code UNIQUE (tenant_id, code),
    CONSTRAINT fk_scenario_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_scenario_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned', 'withdrawn', 'retired')),
    CONSTRAINT ck_scenario_stage CHECK (stage IN ('idea', 'approved', 'building', 'pilot', 'scaled', 'replicated', 'retired')),
    CONSTRAINT ck_scenario_kind CHECK (kind IN ('application', 'demand', 'capability')),
    CONSTRAINT ck_scenario_document CHECK (ISJSON(document) = 1)
);

CREATE INDEX ix_scenario_state
    ON scenario(tenant_id, state, scenario_id);

CREATE UNIQUE INDEX uq_scenario_name
    ON scenario(tenant_id, organization_id, name);

CREATE TABLE scenario_code_counter (
    tenant_id   BIGINT       NOT NULL,
    prefix      VARCHAR (24) NOT NULL,
    last_number INT          NOT NULL,
    CONSTRAINT pk_scenario_code_counter PRIMARY KEY (tenant_id, prefix)
);

CREATE TABLE scenario_external_key (
    tenant_id    BIGINT         NOT NULL,
    source       VARCHAR (32)   NOT NULL,
    external_key NVARCHAR (100) NOT NULL,
    scenario_id  BIGINT         NOT NULL,
    CONSTRAINT pk_scenario_external_key PRIMARY KEY (tenant_id, source, external_key),
    CONSTRAINT fk_scenario_external_key_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
);

CREATE INDEX ix_scenario_external_key_scenario
    ON scenario_external_key(tenant_id, scenario_id);

CREATE TABLE scenario_measure (
    tenant_id            BIGINT         NOT NULL,
    scenario_id          BIGINT         NOT NULL,
    measure              VARCHAR (32)   NOT NULL,
    baseline_quantity    BIGINT         NULL,
    baseline_denominator BIGINT         NULL,
    baseline_period      VARCHAR (7)    NULL,
    target_quantity      BIGINT         NULL,
    target_denominator   BIGINT         NULL,
    target_on            CHAR (10)      NULL,
    note                 NVARCHAR (500) NULL,
    CONSTRAINT pk_scenario_measure PRIMARY KEY (tenant_id, scenario_id, measure),
    CONSTRAINT fk_scenario_measure_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
);

CREATE TABLE scenario_place (
    tenant_id       BIGINT   NOT NULL,
    scenario_id     BIGINT   NOT NULL,
    since_period    CHAR (7) NOT NULL,
    organization_id BIGINT   NOT NULL,
    CONSTRAINT pk_scenario_place PRIMARY KEY (tenant_id, scenario_id, since_period),
    CONSTRAINT fk_scenario_place_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
);

CREATE TABLE scenario_stage (
    tenant_id   BIGINT       NOT NULL,
    scenario_id BIGINT       NOT NULL,
    since       CHAR (10)    NOT NULL,
    stage       VARCHAR (16) NOT NULL,
    CONSTRAINT pk_scenario_stage PRIMARY KEY (tenant_id, scenario_id, since, stage),
    CONSTRAINT fk_scenario_stage_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
);

CREATE TABLE scenario_standing (
    tenant_id         BIGINT       NOT NULL,
    scenario_id       BIGINT       NOT NULL,
    version           INT          NOT NULL,
    organization_id   BIGINT       NOT NULL,
    industry_division VARCHAR (2)  NOT NULL,
    sector            VARCHAR (16) NOT NULL,
    region            VARCHAR (6)  NOT NULL,
    key_action        VARCHAR (32) NOT NULL,
    stage             VARCHAR (16) NOT NULL,
    stage_since       CHAR (10)    NOT NULL,
    capex_total_fen   BIGINT       NULL,
    first_period      CHAR (7)     NULL,
    retired_period    CHAR (7)     NULL,
    CONSTRAINT pk_scenario_standing PRIMARY KEY (tenant_id, scenario_id),
    CONSTRAINT fk_scenario_standing_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
);

CREATE INDEX ix_scenario_standing_organization
    ON scenario_standing(tenant_id, organization_id);

CREATE TABLE scenario_version (
    tenant_id   BIGINT         NOT NULL,
    scenario_id BIGINT         NOT NULL,
    version     INT            NOT NULL,
    event       VARCHAR (16)   NOT NULL,
    state       VARCHAR (16)   NOT NULL,
    reason      NVARCHAR (500) NULL,
    changes     NVARCHAR (MAX) NOT NULL,
    content     NVARCHAR (MAX) NOT NULL,
    by_user     BIGINT         NOT NULL,
    at          DATETIME2 (3)  NOT NULL,
    CONSTRAINT pk_scenario_version PRIMARY KEY (tenant_id, scenario_id, version),
    CONSTRAINT fk_scenario_version_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id),
    CONSTRAINT ck_scenario_version_changes CHECK (ISJSON(changes) = 1),
    CONSTRAINT ck_scenario_version_content CHECK (ISJSON(content) = 1)
);

CREATE TABLE tenant (
    tenant_id  BIGINT         NOT NULL,
    code       VARCHAR (32)   NOT NULL,
    name_zh    NVARCHAR (100) NOT NULL,
    name_en    NVARCHAR (200) NOT NULL,
    is_demo    BIT            NOT NULL,
    created_at DATETIME2 (3)  NOT NULL,
    CONSTRAINT pk_tenant PRIMARY KEY (tenant_id),
    CONSTRAINT uq_tenant_code UNIQUE (code)
);

CREATE TABLE user_role (
    tenant_id BIGINT       NOT NULL,
    user_id   BIGINT       NOT NULL,
    role      VARCHAR (32) NOT NULL,
    CONSTRAINT pk_user_role PRIMARY KEY (tenant_id, user_id, role),
    CONSTRAINT fk_user_role_user FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, user_id),
    CONSTRAINT ck_user_role_role CHECK (role IN ('filer', 'reviewer', 'enterpriseAdmin', 'regulator', 'regulatorAdmin', 'auditor', 'platformAdmin'))
);

CREATE TABLE webhook (
    tenant_id       BIGINT          NOT NULL,
    webhook_id      BIGINT          NOT NULL,
    organization_id BIGINT          NOT NULL,
    url             NVARCHAR (2000) NOT NULL,
    description     NVARCHAR (200)  NULL,
    kinds           VARCHAR (1700)  NULL,
    actions         VARCHAR (1700)  NULL,
    state           VARCHAR (16)    NOT NULL,
    off_reason      VARCHAR (24)    NULL,
    off_at          DATETIME2 (3)   NULL,
    checkpoint_no   BIGINT          NOT NULL,
    attempt_count   BIGINT          NOT NULL,
    failing_since   DATETIME2 (3)   NULL,
    last_success_at DATETIME2 (3)   NULL,
    last_attempt_at DATETIME2 (3)   NULL,
    version         INT             NOT NULL,
    edition_no      BIGINT          NOT NULL,
    lease_owner     VARCHAR (32)    NULL,
    lease_until     DATETIME2 (3)   NULL,
    created_by      BIGINT          NOT NULL,
    created_at      DATETIME2 (3)   NOT NULL,
    updated_by      BIGINT          NOT NULL,
    updated_at      DATETIME2 (3)   NOT NULL,
    CONSTRAINT pk_webhook PRIMARY KEY (tenant_id, webhook_id),
    CONSTRAINT fk_webhook_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_webhook_state CHECK (state IN ('on', 'off', 'removed')),
    CONSTRAINT ck_webhook_off_reason CHECK (off_reason IN ('byPerson', 'gone', 'failing', 'secretUnreadable', 'cut'))
);

CREATE INDEX ix_webhook_organization
    ON webhook(tenant_id, organization_id);

CREATE TABLE webhook_attempt (
    tenant_id    BIGINT          NOT NULL,
    webhook_id   BIGINT          NOT NULL,
    attempt_no   BIGINT          NOT NULL,
    change_no    BIGINT          NULL,
    message_id   VARCHAR (64)    NOT NULL,
    type         VARCHAR (65)    NOT NULL,
    attempt      INT             NOT NULL,
    attempted_at DATETIME2 (3)   NOT NULL,
    duration_ms  INT             NOT NULL,
    status       INT             NULL,
    error        VARCHAR (24)    NULL,
    answer       NVARCHAR (2000) NULL,
    CONSTRAINT pk_webhook_attempt PRIMARY KEY (tenant_id, webhook_id, attempt_no),
    CONSTRAINT fk_webhook_attempt_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id),
    CONSTRAINT ck_webhook_attempt_error CHECK (error IN ('status', 'redirect', 'timedOut', 'nameNotFound', 'connectionFailed', 'tlsFailed', 'badAnswer', 'addressNotAllowed'))
);

CREATE INDEX ix_webhook_attempt_change
    ON webhook_attempt(tenant_id, webhook_id, change_no);

CREATE TABLE webhook_retry (
    tenant_id  BIGINT        NOT NULL,
    webhook_id BIGINT        NOT NULL,
    change_no  BIGINT        NOT NULL,
    state      VARCHAR (16)  NOT NULL,
    attempts   INT           NOT NULL,
    first_at   DATETIME2 (3) NOT NULL,
    last_at    DATETIME2 (3) NOT NULL,
    next_at    DATETIME2 (3) NULL,
    CONSTRAINT pk_webhook_retry PRIMARY KEY (tenant_id, webhook_id, change_no),
    CONSTRAINT fk_webhook_retry_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id),
    CONSTRAINT ck_webhook_retry_state CHECK (state IN ('holding', 'aside', 'failed'))
);

CREATE INDEX ix_webhook_retry_next
    ON webhook_retry(tenant_id, webhook_id, state, next_at);

CREATE TABLE webhook_secret (
    tenant_id  BIGINT         NOT NULL,
    webhook_id BIGINT         NOT NULL,
    secret_no  BIGINT         NOT NULL,
    sealed     VARCHAR (1000) NOT NULL,
    created_by BIGINT         NOT NULL,
    created_at DATETIME2 (3)  NOT NULL,
    ends_at    DATETIME2 (3)  NULL,
    CONSTRAINT pk_webhook_secret PRIMARY KEY (tenant_id, webhook_id, secret_no),
    CONSTRAINT fk_webhook_secret_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id)
);
