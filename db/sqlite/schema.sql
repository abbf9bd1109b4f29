-- The schema after all migrations, written by the suite (SCENARIOHUB_APPROVE=1). Read it, do not edit it.

CREATE TABLE api_client (
    tenant_id      INTEGER NOT NULL,
    client_id      INTEGER NOT NULL,
    scopes         TEXT    NOT NULL,
    addresses      TEXT    NULL,
    expires_on     TEXT    NULL,
    version        INTEGER NOT NULL,
    created_by     INTEGER NOT NULL,
    created_at     TEXT    NOT NULL,
    updated_by     INTEGER NOT NULL,
    updated_at     TEXT    NOT NULL,
    last_used_at   TEXT    NULL,
    last_used_from TEXT    NULL,
    CONSTRAINT pk_api_client PRIMARY KEY (tenant_id, client_id),
    CONSTRAINT fk_api_client_user FOREIGN KEY (tenant_id, client_id) REFERENCES app_user (tenant_id, user_id)
) STRICT;

CREATE TABLE api_client_secret (
    tenant_id     INTEGER NOT NULL,
    client_id     INTEGER NOT NULL,
    secret_id     INTEGER NOT NULL,
    secret_sha256 TEXT    NOT NULL,
    ending        TEXT    NOT NULL,
    expires_on    TEXT    NULL,
    created_by    INTEGER NOT NULL,
    created_at    TEXT    NOT NULL,
    revoked_by    INTEGER NULL,
    revoked_at    TEXT    NULL,
    last_used_at  TEXT    NULL,
    CONSTRAINT pk_api_client_secret PRIMARY KEY (tenant_id, client_id, secret_id),
    CONSTRAINT fk_api_client_secret_client FOREIGN KEY (tenant_id, client_id) REFERENCES api_client (tenant_id, client_id)
) STRICT;

CREATE TABLE app_user (
    tenant_id         INTEGER NOT NULL,
    user_id           INTEGER NOT NULL,
    organization_id   INTEGER NOT NULL,
    user_name         TEXT    NOT NULL,
    display_name      TEXT    NOT NULL,
    password_hash     TEXT    NOT NULL,
    session_stamp     TEXT    NOT NULL,
    failed_sign_ins   INTEGER NOT NULL,
    locked_until      TEXT    NULL,
    is_disabled       INTEGER NOT NULL,
    created_at        TEXT    NOT NULL,
    last_signed_in_at TEXT    NULL, kind TEXT NOT NULL CONSTRAINT df_app_user_kind DEFAULT 'person' CONSTRAINT ck_app_user_kind CHECK (kind IN ('person', 'client')),
    CONSTRAINT pk_app_user PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT uq_app_user_name UNIQUE (user_name),
    CONSTRAINT fk_app_user_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT;

CREATE TABLE audit_entry (
    tenant_id       INTEGER NOT NULL,
    audit_no        INTEGER NOT NULL,
    occurred_at     TEXT    NOT NULL,
    act             TEXT    NOT NULL,
    outcome         TEXT    NOT NULL,
    refusal         TEXT    NULL,
    kind            TEXT    NOT NULL,
    subject_id      INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    actor_user_id   INTEGER NOT NULL,
    actor_name      TEXT    NOT NULL,
    on_behalf_of    INTEGER NULL,
    address         TEXT    NULL,
    user_agent      TEXT    NULL,
    trace_id        TEXT    NULL,
    first_change_no INTEGER NULL,
    change_count    INTEGER NOT NULL,
    changes_sha256  TEXT    NULL,
    details         TEXT    NULL,
    previous_sha256 TEXT    NOT NULL,
    sha256          TEXT    NOT NULL,
    CONSTRAINT pk_audit_entry PRIMARY KEY (tenant_id, audit_no),
    CONSTRAINT ck_audit_entry_outcome CHECK (outcome IN ('done', 'refused')),
    CONSTRAINT ck_audit_entry_details CHECK (details IS NULL OR json_valid(details))
) STRICT;

CREATE TABLE change (
    tenant_id       INTEGER NOT NULL,
    change_no       INTEGER NOT NULL,
    occurred_at     TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    entity_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    version         INTEGER NULL,
    period          TEXT    NULL,
    actor_user_id   INTEGER NOT NULL,
    audit_no        INTEGER NOT NULL,
    row_check       INTEGER NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (tenant_id, change_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE change_head (
    tenant_id      INTEGER NOT NULL,
    root_id        INTEGER NOT NULL,
    last_change_no INTEGER NOT NULL,
    last_audit_no  INTEGER NOT NULL,
    last_sha256    TEXT    NOT NULL,
    CONSTRAINT pk_change_head PRIMARY KEY (tenant_id),
    CONSTRAINT fk_change_head_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT;

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
    updated_at      TEXT    NOT NULL, extra_measures TEXT NULL, next_on TEXT NULL,
    CONSTRAINT pk_collection PRIMARY KEY (tenant_id, collection_id),
    CONSTRAINT fk_collection_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_collection_state CHECK (state IN ('planned', 'open', 'due', 'locked', 'cancelled'))
) STRICT;

CREATE TABLE collection_reminder (
    tenant_id       INTEGER NOT NULL,
    collection_id   INTEGER NOT NULL,
    remind_on       TEXT    NOT NULL,
    organization_id INTEGER NOT NULL,
    by_user         INTEGER NOT NULL,
    filings         INTEGER NOT NULL,
    reminded_at     TEXT    NOT NULL,
    CONSTRAINT pk_collection_reminder PRIMARY KEY (tenant_id, collection_id, remind_on, organization_id, by_user),
    CONSTRAINT fk_collection_reminder_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT fk_collection_reminder_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE collection_step (
    tenant_id       INTEGER NOT NULL,
    collection_id   INTEGER NOT NULL,
    step_no         INTEGER NOT NULL,
    kind            TEXT    NOT NULL,
    organization_id INTEGER NULL,
    on_day          TEXT    NOT NULL,
    reason          TEXT    NULL,
    through_id      INTEGER NOT NULL,
    touched         INTEGER NOT NULL,
    by_user         INTEGER NOT NULL,
    began_at        TEXT    NOT NULL,
    finished_at     TEXT    NULL,
    CONSTRAINT pk_collection_step PRIMARY KEY (tenant_id, collection_id, step_no),
    CONSTRAINT fk_collection_step_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT ck_collection_step_kind CHECK (kind IN ('called', 'revised', 'opened', 'reminded', 'fellDue', 'postponed', 'exempted', 'obliged', 'locked', 'unlocked', 'cancelled'))
) STRICT;

CREATE TABLE evidence (
    tenant_id           INTEGER NOT NULL,
    evidence_id         INTEGER NOT NULL,
    filing_id           INTEGER NOT NULL,
    measures            TEXT    NOT NULL,
    grade               TEXT    NOT NULL,
    proves              TEXT    NOT NULL,
    confirmed_by_name   TEXT    NOT NULL,
    confirmed_by_office TEXT    NOT NULL,
    confirmed_on        TEXT    NOT NULL,
    file_name           TEXT    NOT NULL,
    media_type          TEXT    NOT NULL,
    size_bytes          INTEGER NOT NULL,
    sha256              TEXT    NOT NULL,
    fingerprint         TEXT    NOT NULL,
    recorded_by         INTEGER NOT NULL,
    recorded_at         TEXT    NOT NULL,
    withdrawn_by        INTEGER NULL,
    withdrawn_at        TEXT    NULL,
    withdraw_reason     TEXT    NULL,
    CONSTRAINT pk_evidence PRIMARY KEY (tenant_id, evidence_id),
    CONSTRAINT uq_evidence_fingerprint UNIQUE (tenant_id, filing_id, fingerprint),
    CONSTRAINT fk_evidence_filing FOREIGN KEY (tenant_id, filing_id) REFERENCES filing (tenant_id, filing_id),
    CONSTRAINT ck_evidence_grade CHECK (grade IN ('measured', 'financeConfirmed', 'thirdParty', 'regulatorVerified'))
) STRICT;

CREATE TABLE evidence_file (
    tenant_id   INTEGER NOT NULL,
    evidence_id INTEGER NOT NULL,
    content     BLOB    NOT NULL,
    CONSTRAINT pk_evidence_file PRIMARY KEY (tenant_id, evidence_id),
    CONSTRAINT fk_evidence_file_evidence FOREIGN KEY (tenant_id, evidence_id) REFERENCES evidence (tenant_id, evidence_id)
) STRICT;

CREATE TABLE filing (
    tenant_id        INTEGER NOT NULL,
    filing_id        INTEGER NOT NULL,
    scenario_id      INTEGER NOT NULL,
    organization_id  INTEGER NOT NULL,
    period           TEXT    NOT NULL,
    state            TEXT    NOT NULL,
    version          INTEGER NOT NULL,
    revision         INTEGER NOT NULL CONSTRAINT df_filing_revision DEFAULT 1,
    approved_version INTEGER NULL,
    decision_id      INTEGER NULL,
    created_at       TEXT    NOT NULL,
    updated_at       TEXT    NOT NULL,
    CONSTRAINT pk_filing PRIMARY KEY (tenant_id, filing_id),
    CONSTRAINT uq_filing_scenario_period UNIQUE (tenant_id, scenario_id, period),
    CONSTRAINT fk_filing_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id),
    CONSTRAINT ck_filing_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned'))
) STRICT;

CREATE TABLE filing_figure (
    tenant_id         INTEGER NOT NULL,
    filing_id         INTEGER NOT NULL,
    version           INTEGER NOT NULL,
    measure           TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    grade             TEXT    NOT NULL,
    quantity          INTEGER NOT NULL,
    denominator       INTEGER NOT NULL,
    baseline_quantity INTEGER NULL,
    target_quantity   INTEGER NULL,
    note              TEXT    NULL, gross_quantity INTEGER NULL, attribution_millionths INTEGER NOT NULL CONSTRAINT df_filing_figure_attribution DEFAULT 1000000, attribution_reason TEXT NULL, labour_quantity INTEGER NULL, same_hours_as TEXT NULL, evidence_id INTEGER NULL,
    CONSTRAINT pk_filing_figure PRIMARY KEY (tenant_id, filing_id, version, measure),
    CONSTRAINT fk_filing_figure_version FOREIGN KEY (tenant_id, filing_id, version) REFERENCES filing_version (tenant_id, filing_id, version),
    CONSTRAINT ck_filing_figure_state CHECK (state IN ('reported', 'zero', 'exempt', 'withheld')),
    CONSTRAINT ck_filing_figure_grade CHECK (grade IN ('selfReported', 'measured', 'financeConfirmed', 'thirdParty', 'regulatorVerified')),
    CONSTRAINT ck_filing_figure_no_value CHECK (state = 'reported' OR (quantity = 0 AND denominator = 0))
) STRICT;

CREATE TABLE filing_lock (
    tenant_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    period          TEXT    NOT NULL,
    sector          TEXT    NOT NULL,
    lock_id         INTEGER NOT NULL,
    locked_at       TEXT    NOT NULL,
    CONSTRAINT pk_filing_lock PRIMARY KEY (tenant_id, organization_id, period, sector, lock_id),
    CONSTRAINT fk_filing_lock_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE filing_version (
    tenant_id     INTEGER NOT NULL,
    filing_id     INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    state         TEXT    NOT NULL,
    is_correction INTEGER NOT NULL,
    reason        TEXT    NULL,
    saved_by      INTEGER NOT NULL,
    saved_at      TEXT    NOT NULL,
    submitted_by  INTEGER NULL,
    submitted_at  TEXT    NULL,
    decided_by    INTEGER NULL,
    decided_at    TEXT    NULL,
    return_reason TEXT    NULL,
    CONSTRAINT pk_filing_version PRIMARY KEY (tenant_id, filing_id, version),
    CONSTRAINT fk_filing_version_filing FOREIGN KEY (tenant_id, filing_id) REFERENCES filing (tenant_id, filing_id),
    CONSTRAINT ck_filing_version_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned'))
) STRICT;

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

CREATE TABLE id_block (
    name    TEXT    NOT NULL,
    next_id INTEGER NOT NULL,
    CONSTRAINT pk_id_block PRIMARY KEY (name)
) STRICT;

CREATE TABLE idempotency_key (
    tenant_id       INTEGER NOT NULL,
    user_id         INTEGER NOT NULL,
    idempotency_key TEXT    NOT NULL,
    request_sha256  TEXT    NOT NULL,
    outcome         TEXT    NOT NULL,
    created_at      TEXT    NOT NULL,
    CONSTRAINT pk_idempotency_key PRIMARY KEY (tenant_id, user_id, idempotency_key),
    CONSTRAINT ck_idempotency_key_outcome CHECK (json_valid(outcome))
) STRICT;

CREATE TABLE import_chunk (
    tenant_id      INTEGER NOT NULL,
    import_id      INTEGER NOT NULL,
    chunk_no       INTEGER NOT NULL,
    first_row      INTEGER NOT NULL,
    last_row       INTEGER NOT NULL,
    entries        INTEGER NOT NULL,
    touched_sha256 TEXT    NULL,
    outcome_sha256 TEXT    NOT NULL,
    is_committed   INTEGER NOT NULL,
    CONSTRAINT pk_import_chunk PRIMARY KEY (tenant_id, import_id, chunk_no),
    CONSTRAINT fk_import_chunk_run FOREIGN KEY (tenant_id, import_id) REFERENCES import_run (tenant_id, import_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_file (
    tenant_id   INTEGER NOT NULL,
    file_id     INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    size_bytes  INTEGER NOT NULL,
    sha256      TEXT    NOT NULL,
    received_by INTEGER NOT NULL,
    received_at TEXT    NOT NULL,
    CONSTRAINT pk_import_file PRIMARY KEY (tenant_id, file_id)
) STRICT;

CREATE TABLE import_file_part (
    tenant_id INTEGER NOT NULL,
    file_id   INTEGER NOT NULL,
    part_no   INTEGER NOT NULL,
    content   BLOB    NOT NULL,
    CONSTRAINT pk_import_file_part PRIMARY KEY (tenant_id, file_id, part_no),
    CONSTRAINT fk_import_file_part_file FOREIGN KEY (tenant_id, file_id) REFERENCES import_file (tenant_id, file_id)
) STRICT;

CREATE TABLE import_finding (
    tenant_id    INTEGER NOT NULL,
    import_id    INTEGER NOT NULL,
    sheet_no     INTEGER NOT NULL,
    row_no       INTEGER NOT NULL,
    finding_no   INTEGER NOT NULL,
    chunk_no     INTEGER NOT NULL,
    sheet        TEXT    NOT NULL,
    cell         TEXT    NULL,
    external_key TEXT    NULL,
    pointer      TEXT    NOT NULL,
    code         TEXT    NOT NULL,
    rule_id      TEXT    NULL,
    severity     TEXT    NOT NULL,
    is_refusal   INTEGER NOT NULL,
    message_zh   TEXT    NOT NULL,
    message_en   TEXT    NOT NULL,
    right_zh     TEXT    NULL,
    right_en     TEXT    NULL,
    CONSTRAINT pk_import_finding PRIMARY KEY (tenant_id, import_id, sheet_no, row_no, finding_no),
    CONSTRAINT fk_import_finding_run FOREIGN KEY (tenant_id, import_id) REFERENCES import_run (tenant_id, import_id),
    CONSTRAINT ck_import_finding_severity CHECK (severity IN ('blocker', 'error', 'warning', 'info'))
) STRICT, WITHOUT ROWID;

CREATE TABLE import_mapping (
    tenant_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    source          TEXT    NOT NULL,
    version         INTEGER NOT NULL,
    content         TEXT    NOT NULL,
    updated_by      INTEGER NOT NULL,
    updated_at      TEXT    NOT NULL,
    CONSTRAINT pk_import_mapping PRIMARY KEY (tenant_id, organization_id, source),
    CONSTRAINT fk_import_mapping_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_import_mapping_content CHECK (json_valid(content))
) STRICT;

CREATE TABLE import_run (
    tenant_id       INTEGER NOT NULL,
    import_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    kind            TEXT    NOT NULL,
    file_id         INTEGER NOT NULL,
    source          TEXT    NULL,
    mapping         TEXT    NULL,
    mapping_version INTEGER NULL,
    on_problem      TEXT    NOT NULL,
    submits         INTEGER NOT NULL,
    validate_only   INTEGER NOT NULL,
    state           TEXT    NOT NULL,
    stage           TEXT    NOT NULL,
    premises        TEXT    NULL,
    receipt         TEXT    NULL,
    checked_at      TEXT    NULL,
    by_receipt      INTEGER NOT NULL,
    read_rows       INTEGER NOT NULL,
    total_rows      INTEGER NULL,
    total_entries   INTEGER NULL,
    done_entries    INTEGER NOT NULL,
    created         INTEGER NOT NULL,
    updated         INTEGER NOT NULL,
    unchanged       INTEGER NOT NULL,
    refused         INTEGER NOT NULL,
    submitted       INTEGER NOT NULL,
    findings        INTEGER NOT NULL,
    failure         TEXT    NULL,
    failure_about   TEXT    NULL,
    requested_by    INTEGER NOT NULL,
    requested_at    TEXT    NOT NULL,
    started_at      TEXT    NULL,
    finished_at     TEXT    NULL,
    attempts        INTEGER NOT NULL,
    lease_owner     TEXT    NULL,
    lease_until     TEXT    NULL,
    CONSTRAINT pk_import_run PRIMARY KEY (tenant_id, import_id),
    CONSTRAINT fk_import_run_file FOREIGN KEY (tenant_id, file_id) REFERENCES import_file (tenant_id, file_id),
    CONSTRAINT fk_import_run_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_import_run_kind CHECK (kind IN ('scenarios', 'figures')),
    CONSTRAINT ck_import_run_on_problem CHECK (on_problem IN ('refuseAll', 'skipRows')),
    CONSTRAINT ck_import_run_state CHECK (state IN ('queued', 'running', 'checked', 'done', 'refused', 'failed', 'cancelled')),
    CONSTRAINT ck_import_run_stage CHECK (stage IN ('checking', 'committing')),
    CONSTRAINT ck_import_run_mapping CHECK (json_valid(mapping)),
    CONSTRAINT ck_import_run_premises CHECK (json_valid(premises)),
    CONSTRAINT ck_import_run_failure_about CHECK (json_valid(failure_about))
) STRICT;

CREATE INDEX ix_audit_entry_actor ON audit_entry (tenant_id, actor_user_id, audit_no);

CREATE INDEX ix_audit_entry_subject ON audit_entry (tenant_id, kind, subject_id, audit_no);

CREATE INDEX ix_change_entity ON change (tenant_id, kind, entity_id, change_no);

CREATE INDEX ix_collection_organization ON collection (tenant_id, organization_id);

CREATE INDEX ix_collection_reminder_organization ON collection_reminder (tenant_id, organization_id, collection_id, remind_on);

CREATE INDEX ix_evidence_sha256 ON evidence (tenant_id, sha256, filing_id);

CREATE INDEX ix_filing_period ON filing (tenant_id, period, filing_id, organization_id);

CREATE INDEX ix_filing_state ON filing (tenant_id, state, period, filing_id, organization_id);

CREATE INDEX ix_finding_explained ON finding (tenant_id, explained_by, explanation_key, explained_at);

CREATE INDEX ix_finding_filing ON finding (tenant_id, filing_id, filing_version);

CREATE INDEX ix_finding_state ON finding (tenant_id, state, finding_id);

CREATE INDEX ix_idempotency_key_created_at ON idempotency_key (tenant_id, created_at);

CREATE INDEX ix_import_finding_chunk ON import_finding (tenant_id, import_id, chunk_no);

CREATE INDEX ix_import_run_file ON import_run (tenant_id, file_id);

CREATE INDEX ix_import_run_receipt ON import_run (tenant_id, receipt);

CREATE INDEX ix_ledger_closing_through ON ledger_closing (tenant_id, through_entry_no);

CREATE INDEX ix_ledger_entry_cell ON ledger_entry (tenant_id, book, measure, sector, period, entry_no);

CREATE INDEX ix_ledger_entry_organization ON ledger_entry (tenant_id, organization_id, book, measure, period, entry_no);

CREATE INDEX ix_ledger_entry_scenario ON ledger_entry (tenant_id, scenario_id, period, entry_no);

CREATE INDEX ix_obligation_collection ON obligation (tenant_id, collection_id, state, scenario_id, period);

CREATE INDEX ix_obligation_organization ON obligation (tenant_id, collection_id, organization_id, scenario_id, period, state);

CREATE INDEX ix_organization_ancestor_organization ON organization_ancestor (tenant_id, organization_id, ancestor_id);

CREATE INDEX ix_organization_path_organization ON organization_path (tenant_id, organization_id, until_tree, depth);

CREATE INDEX ix_organization_place_organization ON organization_place (tenant_id, organization_id, effective_on);

CREATE INDEX ix_organization_tree_organization ON organization_tree (tenant_id, organization_id, tree_no);

CREATE INDEX ix_organization_tree_other ON organization_tree (tenant_id, other_id, tree_no);

CREATE INDEX ix_scenario_external_key_scenario ON scenario_external_key (tenant_id, scenario_id);

CREATE INDEX ix_scenario_standing_organization ON scenario_standing (tenant_id, organization_id);

CREATE INDEX ix_scenario_state ON scenario (tenant_id, state, scenario_id);

CREATE INDEX ix_webhook_attempt_change ON webhook_attempt (tenant_id, webhook_id, change_no);

CREATE INDEX ix_webhook_organization ON webhook (tenant_id, organization_id);

CREATE INDEX ix_webhook_retry_next ON webhook_retry (tenant_id, webhook_id, state, next_at);

CREATE TABLE ledger_balance (
    tenant_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    book            TEXT    NOT NULL,
    measure         TEXT    NOT NULL,
    period          TEXT    NOT NULL,
    until_closing   INTEGER NOT NULL,
    sector          TEXT    NOT NULL,
    region          TEXT    NOT NULL,
    key_action      TEXT    NOT NULL,
    stage           TEXT    NOT NULL,
    grade           TEXT    NOT NULL,
    figure_state    TEXT    NOT NULL,
    from_closing    INTEGER NOT NULL,
    quantity        INTEGER NOT NULL,
    denominator     INTEGER NOT NULL,
    figures         INTEGER NOT NULL,
    entries         INTEGER NOT NULL,
    CONSTRAINT pk_ledger_balance PRIMARY KEY (tenant_id, organization_id, book, measure, period, until_closing, sector, region, key_action, stage, grade, figure_state)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_balance_change (
    tenant_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    book            TEXT    NOT NULL,
    measure         TEXT    NOT NULL,
    period          TEXT    NOT NULL,
    sector          TEXT    NOT NULL,
    region          TEXT    NOT NULL,
    key_action      TEXT    NOT NULL,
    stage           TEXT    NOT NULL,
    grade           TEXT    NOT NULL,
    figure_state    TEXT    NOT NULL,
    quantity        INTEGER NOT NULL,
    denominator     INTEGER NOT NULL,
    figures         INTEGER NOT NULL,
    entries         INTEGER NOT NULL,
    CONSTRAINT pk_ledger_balance_change PRIMARY KEY (tenant_id, organization_id, book, measure, period, sector, region, key_action, stage, grade, figure_state)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_closing (
    tenant_id        INTEGER NOT NULL,
    closing_no       INTEGER NOT NULL,
    after_entry_no   INTEGER NOT NULL,
    through_entry_no INTEGER NOT NULL,
    closed_at        TEXT    NOT NULL, tree_no INTEGER NOT NULL CONSTRAINT df_ledger_closing_tree_no DEFAULT 1,
    CONSTRAINT pk_ledger_closing PRIMARY KEY (tenant_id, closing_no)
) STRICT;

CREATE TABLE ledger_entry (
    tenant_id         INTEGER NOT NULL,
    entry_no          INTEGER NOT NULL,
    posted_at         TEXT    NOT NULL,
    book              TEXT    NOT NULL,
    cause             TEXT    NOT NULL,
    measure           TEXT    NOT NULL,
    period            TEXT    NOT NULL,
    organization_id   INTEGER NOT NULL,
    sector            TEXT    NOT NULL,
    region            TEXT    NOT NULL,
    key_action        TEXT    NOT NULL,
    stage             TEXT    NOT NULL,
    grade             TEXT    NOT NULL,
    figure_state      TEXT    NOT NULL,
    scenario_id       INTEGER NOT NULL,
    filing_id         INTEGER NULL,
    filing_version    INTEGER NULL,
    reverses_entry_no INTEGER NULL,
    by_user           INTEGER NOT NULL,
    quantity          INTEGER NOT NULL,
    denominator       INTEGER NOT NULL,
    figures           INTEGER NOT NULL,
    CONSTRAINT pk_ledger_entry PRIMARY KEY (tenant_id, entry_no),
    CONSTRAINT ck_ledger_entry_book CHECK (book IN ('filed', 'approved'))
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_head (
    tenant_id        INTEGER NOT NULL,
    last_entry_no    INTEGER NOT NULL,
    last_posted_at   TEXT    NOT NULL,
    last_closing_no  INTEGER NOT NULL,
    through_entry_no INTEGER NOT NULL, handle_key BLOB NULL, repair_no INTEGER NOT NULL CONSTRAINT df_ledger_head_repair_no DEFAULT 0,
    CONSTRAINT pk_ledger_head PRIMARY KEY (tenant_id),
    CONSTRAINT fk_ledger_head_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT;

CREATE TABLE ledger_total (
    tenant_id     INTEGER NOT NULL,
    book          TEXT    NOT NULL,
    measure       TEXT    NOT NULL,
    aspect        TEXT    NOT NULL,
    period        TEXT    NOT NULL,
    until_closing INTEGER NOT NULL,
    sector        TEXT    NOT NULL,
    member        TEXT    NOT NULL,
    grade         TEXT    NOT NULL,
    figure_state  TEXT    NOT NULL,
    from_closing  INTEGER NOT NULL,
    quantity      INTEGER NOT NULL,
    denominator   INTEGER NOT NULL,
    figures       INTEGER NOT NULL,
    entries       INTEGER NOT NULL,
    CONSTRAINT pk_ledger_total PRIMARY KEY (tenant_id, book, measure, aspect, period, until_closing, sector, member, grade, figure_state)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_total_change (
    tenant_id    INTEGER NOT NULL,
    book         TEXT    NOT NULL,
    measure      TEXT    NOT NULL,
    aspect       TEXT    NOT NULL,
    period       TEXT    NOT NULL,
    sector       TEXT    NOT NULL,
    member       TEXT    NOT NULL,
    grade        TEXT    NOT NULL,
    figure_state TEXT    NOT NULL,
    quantity     INTEGER NOT NULL,
    denominator  INTEGER NOT NULL,
    figures      INTEGER NOT NULL,
    entries      INTEGER NOT NULL,
    CONSTRAINT pk_ledger_total_change PRIMARY KEY (tenant_id, book, measure, aspect, period, sector, member, grade, figure_state)
) STRICT, WITHOUT ROWID;

CREATE TABLE obligation (
    tenant_id       INTEGER NOT NULL,
    scenario_id     INTEGER NOT NULL,
    period          TEXT    NOT NULL,
    collection_id   INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    measures        TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    exempt_reason   TEXT    NULL, measure_count INTEGER NOT NULL CONSTRAINT df_obligation_measure_count DEFAULT 1,
    CONSTRAINT pk_obligation PRIMARY KEY (tenant_id, scenario_id, period, collection_id),
    CONSTRAINT fk_obligation_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id),
    CONSTRAINT fk_obligation_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT ck_obligation_state CHECK (state IN ('notDue', 'missing', 'exempt'))
) STRICT, WITHOUT ROWID;

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
    updated_at        TEXT    NOT NULL, closed_on TEXT NULL, merged_into INTEGER NULL,
    CONSTRAINT pk_organization PRIMARY KEY (tenant_id, organization_id),
    CONSTRAINT fk_organization_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT fk_organization_parent FOREIGN KEY (tenant_id, parent_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_organization_kind CHECK (kind IN ('regulator', 'directory', 'group', 'subsidiary'))
) STRICT;

CREATE TABLE organization_ancestor (
    tenant_id       INTEGER NOT NULL,
    ancestor_id     INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    depth           INTEGER NOT NULL,
    CONSTRAINT pk_organization_ancestor PRIMARY KEY (tenant_id, ancestor_id, organization_id),
    CONSTRAINT fk_organization_ancestor_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE organization_place (
    tenant_id       INTEGER NOT NULL,
    place_id        INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    parent_id       INTEGER NULL,
    effective_on    TEXT    NOT NULL,
    recorded_at     TEXT    NOT NULL,
    recorded_by     INTEGER NOT NULL, tree_no INTEGER NULL,
    CONSTRAINT pk_organization_place PRIMARY KEY (tenant_id, place_id),
    CONSTRAINT fk_organization_place_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT;

CREATE TABLE organization_tree (
    tenant_id       INTEGER NOT NULL,
    tree_no         INTEGER NOT NULL,
    cause           TEXT    NOT NULL,
    organization_id INTEGER NULL,
    effective_on    TEXT    NOT NULL,
    note            TEXT    NULL,
    recorded_at     TEXT    NOT NULL,
    recorded_by     INTEGER NOT NULL, other_id INTEGER NULL,
    CONSTRAINT pk_organization_tree PRIMARY KEY (tenant_id, tree_no)
) STRICT;

CREATE TABLE peer_release (
    tenant_id        INTEGER NOT NULL,
    release_id       INTEGER NOT NULL,
    period           TEXT    NOT NULL,
    year             INTEGER NOT NULL,
    grain            TEXT    NOT NULL,
    state            TEXT    NOT NULL,
    closing_no       INTEGER NULL,
    through_entry_no INTEGER NULL,
    closed_at        TEXT    NULL,
    requested_by     INTEGER NULL,
    requested_at     TEXT    NOT NULL,
    started_at       TEXT    NULL,
    finished_at      TEXT    NULL,
    attempts         INTEGER NOT NULL,
    lease_owner      TEXT    NULL,
    lease_until      TEXT    NULL,
    published_cells  INTEGER NOT NULL,
    withheld_cells   INTEGER NOT NULL,
    CONSTRAINT pk_peer_release PRIMARY KEY (tenant_id, release_id),
    CONSTRAINT fk_peer_release_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT ck_peer_release_state CHECK (state IN ('queued', 'running', 'done', 'failed'))
) STRICT;

CREATE TABLE peer_release_cell (
    tenant_id         INTEGER NOT NULL,
    release_id        INTEGER NOT NULL,
    sector            TEXT    NOT NULL,
    measure           TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    reason            TEXT    NULL,
    enterprises       INTEGER NOT NULL,
    p25_millionths    INTEGER NULL,
    median_millionths INTEGER NULL,
    p75_millionths    INTEGER NULL,
    CONSTRAINT pk_peer_release_cell PRIMARY KEY (tenant_id, release_id, sector, measure),
    CONSTRAINT fk_peer_release_cell_release FOREIGN KEY (tenant_id, release_id) REFERENCES peer_release (tenant_id, release_id),
    CONSTRAINT ck_peer_release_cell_state CHECK (state IN ('published', 'withheld'))
) STRICT, WITHOUT ROWID;

CREATE TABLE peer_release_value (
    tenant_id        INTEGER NOT NULL,
    release_id       INTEGER NOT NULL,
    sector           TEXT    NOT NULL,
    measure          TEXT    NOT NULL,
    organization_id  INTEGER NOT NULL,
    value_millionths INTEGER NOT NULL,
    part_of          TEXT    NOT NULL,
    CONSTRAINT pk_peer_release_value PRIMARY KEY (tenant_id, release_id, sector, measure, organization_id),
    CONSTRAINT fk_peer_release_value_cell FOREIGN KEY (tenant_id, release_id, sector, measure) REFERENCES peer_release_cell (tenant_id, release_id, sector, measure),
    CONSTRAINT fk_peer_release_value_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_peer_release_value_part_of CHECK (part_of IN ('', 'p25', 'median', 'p75'))
) STRICT, WITHOUT ROWID;

CREATE TABLE peer_year (
    tenant_id INTEGER NOT NULL,
    year      INTEGER NOT NULL,
    grain     TEXT    NOT NULL,
    CONSTRAINT pk_peer_year PRIMARY KEY (tenant_id, year),
    CONSTRAINT fk_peer_year_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT ck_peer_year_grain CHECK (grain IN ('month', 'quarter', 'year'))
) STRICT;

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

CREATE TABLE report_file (
    tenant_id INTEGER NOT NULL,
    report_id INTEGER NOT NULL,
    content   BLOB    NOT NULL,
    CONSTRAINT pk_report_file PRIMARY KEY (tenant_id, report_id),
    CONSTRAINT fk_report_file_run FOREIGN KEY (tenant_id, report_id) REFERENCES report_run (tenant_id, report_id)
) STRICT;

CREATE TABLE report_run (
    tenant_id        INTEGER NOT NULL,
    report_id        INTEGER NOT NULL,
    template         TEXT    NOT NULL,
    format           TEXT    NOT NULL,
    period           TEXT    NOT NULL,
    organization_id  INTEGER NOT NULL,
    state            TEXT    NOT NULL,
    progress         INTEGER NOT NULL,
    closing_no       INTEGER NULL,
    through_entry_no INTEGER NULL,
    requested_by     INTEGER NOT NULL,
    requested_at     TEXT    NOT NULL,
    started_at       TEXT    NULL,
    finished_at      TEXT    NULL,
    attempts         INTEGER NOT NULL,
    lease_owner      TEXT    NULL,
    lease_until      TEXT    NULL,
    failure          TEXT    NULL,
    file_name        TEXT    NULL,
    size_bytes       INTEGER NULL,
    sha256           TEXT    NULL,
    CONSTRAINT pk_report_run PRIMARY KEY (tenant_id, report_id),
    CONSTRAINT fk_report_run_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_report_run_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    CONSTRAINT ck_report_run_format CHECK (format IN ('xlsx', 'docx'))
) STRICT;

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

CREATE TABLE scenario_code_counter (
    tenant_id   INTEGER NOT NULL,
    prefix      TEXT    NOT NULL,
    last_number INTEGER NOT NULL,
    CONSTRAINT pk_scenario_code_counter PRIMARY KEY (tenant_id, prefix)
) STRICT;

CREATE TABLE scenario_external_key (
    tenant_id    INTEGER NOT NULL,
    source       TEXT    NOT NULL,
    external_key TEXT    NOT NULL,
    scenario_id  INTEGER NOT NULL,
    CONSTRAINT pk_scenario_external_key PRIMARY KEY (tenant_id, source, external_key),
    CONSTRAINT fk_scenario_external_key_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
) STRICT;

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

CREATE TABLE scenario_place (
    tenant_id       INTEGER NOT NULL,
    scenario_id     INTEGER NOT NULL,
    since_period    TEXT    NOT NULL,
    organization_id INTEGER NOT NULL,
    CONSTRAINT pk_scenario_place PRIMARY KEY (tenant_id, scenario_id, since_period),
    CONSTRAINT fk_scenario_place_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE scenario_stage (
    tenant_id   INTEGER NOT NULL,
    scenario_id INTEGER NOT NULL,
    since       TEXT    NOT NULL,
    stage       TEXT    NOT NULL,
    CONSTRAINT pk_scenario_stage PRIMARY KEY (tenant_id, scenario_id, since, stage),
    CONSTRAINT fk_scenario_stage_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
) STRICT;

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

CREATE UNIQUE INDEX uq_app_user_id ON app_user (user_id);

CREATE UNIQUE INDEX uq_organization_credit_code ON organization (tenant_id, credit_code) WHERE credit_code IS NOT NULL;

CREATE UNIQUE INDEX uq_organization_name ON organization (tenant_id, parent_id, name);

CREATE UNIQUE INDEX uq_peer_release_open ON peer_release (tenant_id, period) WHERE state IN ('queued', 'running');

CREATE UNIQUE INDEX uq_peer_release_running ON peer_release (tenant_id) WHERE state = 'running';

CREATE UNIQUE INDEX uq_scenario_name ON scenario (tenant_id, organization_id, name);

CREATE TABLE user_role (
    tenant_id INTEGER NOT NULL,
    user_id   INTEGER NOT NULL,
    role      TEXT    NOT NULL,
    CONSTRAINT pk_user_role PRIMARY KEY (tenant_id, user_id, role),
    CONSTRAINT fk_user_role_user FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, user_id),
    CONSTRAINT ck_user_role_role CHECK (role IN ('filer', 'reviewer', 'enterpriseAdmin', 'regulator', 'regulatorAdmin', 'auditor', 'platformAdmin'))
) STRICT;

CREATE TABLE webhook (
    tenant_id       INTEGER NOT NULL,
    webhook_id      INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    url             TEXT    NOT NULL,
    description     TEXT    NULL,
    kinds           TEXT    NULL,
    actions         TEXT    NULL,
    state           TEXT    NOT NULL,
    off_reason      TEXT    NULL,
    off_at          TEXT    NULL,
    checkpoint_no   INTEGER NOT NULL,
    attempt_count   INTEGER NOT NULL,
    failing_since   TEXT    NULL,
    last_success_at TEXT    NULL,
    last_attempt_at TEXT    NULL,
    version         INTEGER NOT NULL,
    edition_no      INTEGER NOT NULL,
    lease_owner     TEXT    NULL,
    lease_until     TEXT    NULL,
    created_by      INTEGER NOT NULL,
    created_at      TEXT    NOT NULL,
    updated_by      INTEGER NOT NULL,
    updated_at      TEXT    NOT NULL,
    CONSTRAINT pk_webhook PRIMARY KEY (tenant_id, webhook_id),
    CONSTRAINT fk_webhook_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_webhook_state CHECK (state IN ('on', 'off', 'removed')),
    CONSTRAINT ck_webhook_off_reason CHECK (off_reason IN ('byPerson', 'gone', 'failing', 'secretUnreadable', 'cut'))
) STRICT;

CREATE TABLE webhook_attempt (
    tenant_id    INTEGER NOT NULL,
    webhook_id   INTEGER NOT NULL,
    attempt_no   INTEGER NOT NULL,
    change_no    INTEGER NULL,
    message_id   TEXT    NOT NULL,
    type         TEXT    NOT NULL,
    attempt      INTEGER NOT NULL,
    attempted_at TEXT    NOT NULL,
    duration_ms  INTEGER NOT NULL,
    status       INTEGER NULL,
    error        TEXT    NULL,
    answer       TEXT    NULL,
    CONSTRAINT pk_webhook_attempt PRIMARY KEY (tenant_id, webhook_id, attempt_no),
    CONSTRAINT fk_webhook_attempt_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id),
    CONSTRAINT ck_webhook_attempt_error CHECK (error IN ('status', 'redirect', 'timedOut', 'nameNotFound', 'connectionFailed', 'tlsFailed', 'badAnswer', 'addressNotAllowed'))
) STRICT;

CREATE TABLE webhook_retry (
    tenant_id  INTEGER NOT NULL,
    webhook_id INTEGER NOT NULL,
    change_no  INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    attempts   INTEGER NOT NULL,
    first_at   TEXT    NOT NULL,
    last_at    TEXT    NOT NULL,
    next_at    TEXT    NULL,
    CONSTRAINT pk_webhook_retry PRIMARY KEY (tenant_id, webhook_id, change_no),
    CONSTRAINT fk_webhook_retry_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id),
    CONSTRAINT ck_webhook_retry_state CHECK (state IN ('holding', 'aside', 'failed'))
) STRICT;

CREATE TABLE webhook_secret (
    tenant_id  INTEGER NOT NULL,
    webhook_id INTEGER NOT NULL,
    secret_no  INTEGER NOT NULL,
    sealed     TEXT    NOT NULL,
    created_by INTEGER NOT NULL,
    created_at TEXT    NOT NULL,
    ends_at    TEXT    NULL,
    CONSTRAINT pk_webhook_secret PRIMARY KEY (tenant_id, webhook_id, secret_no),
    CONSTRAINT fk_webhook_secret_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, webhook_id)
) STRICT;
