-- A file as it was sent, in parts. It is complete before an import names it; what no import names was left by a sender who went away, and is swept up.
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

-- One run over one file. stage: checking finds what is wrong and writes nothing, committing writes. checked_at: when the whole file was checked, and premises by what;
-- a dry run ends there, with its receipt. Counts are of entries (a filing, a scenario), not of rows: rows of one scenario and month are one filing.
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

CREATE INDEX ix_import_run_receipt ON import_run (tenant_id, receipt);

CREATE INDEX ix_import_run_file ON import_run (tenant_id, file_id);

-- The progress mark: entries of one transaction. touched_sha256 is what stood before it, outcome_sha256 what it came to; a chunk is committed in the transaction that wrote its entries.
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

-- In the order of the file. chunk_no 0: found while reading it. is_refusal: the entry was (or would be) refused for it.
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

CREATE INDEX ix_import_finding_chunk ON import_finding (tenant_id, import_id, chunk_no);

-- How one organization's source names its columns.
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

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('import_file',      'sqlite_autoindex_import_file_1',      '4000 1000 1 noskipscan'),
    ('import_file_part', 'sqlite_autoindex_import_file_part_1', '40000 10000 10 1 noskipscan'),
    ('import_run',       'sqlite_autoindex_import_run_1',       '4000 1000 1 noskipscan'),
    ('import_run',       'ix_import_run_receipt',               '4000 1000 2 noskipscan'),
    ('import_run',       'ix_import_run_file',                  '4000 1000 1 noskipscan'),
    ('import_chunk',     'import_chunk',                        '100000 25000 25 1 noskipscan'),
    ('import_finding',   'import_finding',                      '1000000 250000 1000 500 2 1 noskipscan'),
    ('import_finding',   'ix_import_finding_chunk',             '1000000 250000 1000 50 noskipscan'),
    ('import_mapping',   'sqlite_autoindex_import_mapping_1',   '400 100 2 1 noskipscan');

ANALYZE sqlite_schema;
