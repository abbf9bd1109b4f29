-- A file as it was sent, in parts. It is complete before an import names it; what no import names was left by a sender who went away, and is swept up.
CREATE TABLE import_file (
    tenant_id       bigint         NOT NULL,
    file_id         bigint         NOT NULL,
    name            nvarchar(255)  NOT NULL,
    size_bytes      bigint         NOT NULL,
    sha256          char(64)       NOT NULL,
    received_by     bigint         NOT NULL,
    received_at     datetime2(3)   NOT NULL,
    CONSTRAINT pk_import_file PRIMARY KEY (tenant_id, file_id)
);

CREATE TABLE import_file_part (
    tenant_id       bigint         NOT NULL,
    file_id         bigint         NOT NULL,
    part_no         int            NOT NULL,
    content         varbinary(max) NOT NULL,
    CONSTRAINT pk_import_file_part PRIMARY KEY (tenant_id, file_id, part_no),
    CONSTRAINT fk_import_file_part_file FOREIGN KEY (tenant_id, file_id) REFERENCES import_file (tenant_id, file_id)
);

-- One run over one file. stage: checking finds what is wrong and writes nothing, committing writes. checked_at: when the whole file was checked, and premises by what;
-- a dry run ends there, with its receipt. Counts are of entries (a filing, a scenario), not of rows: rows of one scenario and month are one filing.
CREATE TABLE import_run (
    tenant_id       bigint         NOT NULL,
    import_id       bigint         NOT NULL,
    organization_id bigint         NOT NULL,
    kind            varchar(16)    NOT NULL,
    file_id         bigint         NOT NULL,
    source          varchar(32)    NULL,
    mapping         nvarchar(max)  NULL,
    mapping_version int            NULL,
    on_problem      varchar(16)    NOT NULL,
    submits         bit            NOT NULL,
    validate_only   bit            NOT NULL,
    state           varchar(16)    NOT NULL,
    stage           varchar(16)    NOT NULL,
    premises        nvarchar(max)  NULL,
    receipt         char(64)       NULL,
    checked_at      datetime2(3)   NULL,
    by_receipt      bit            NOT NULL,
    read_rows       int            NOT NULL,
    total_rows      int            NULL,
    total_entries   int            NULL,
    done_entries    int            NOT NULL,
    created         int            NOT NULL,
    updated         int            NOT NULL,
    unchanged       int            NOT NULL,
    refused         int            NOT NULL,
    submitted       int            NOT NULL,
    findings        int            NOT NULL,
    failure         varchar(64)    NULL,
    failure_about   nvarchar(max)  NULL,
    requested_by    bigint         NOT NULL,
    requested_at    datetime2(3)   NOT NULL,
    started_at      datetime2(3)   NULL,
    finished_at     datetime2(3)   NULL,
    attempts        int            NOT NULL,
    lease_owner     varchar(64)    NULL,
    lease_until     datetime2(3)   NULL,
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

CREATE INDEX ix_import_run_receipt ON import_run (tenant_id, receipt);

CREATE INDEX ix_import_run_file ON import_run (tenant_id, file_id);

-- The progress mark: entries of one transaction. touched_sha256 is what stood before it, outcome_sha256 what it came to; a chunk is committed in the transaction that wrote its entries.
CREATE TABLE import_chunk (
    tenant_id       bigint         NOT NULL,
    import_id       bigint         NOT NULL,
    chunk_no        int            NOT NULL,
    first_row       int            NOT NULL,
    last_row        int            NOT NULL,
    entries         int            NOT NULL,
    touched_sha256  char(64)       NULL,
    outcome_sha256  char(64)       NOT NULL,
    is_committed    bit            NOT NULL,
    CONSTRAINT pk_import_chunk PRIMARY KEY (tenant_id, import_id, chunk_no),
    CONSTRAINT fk_import_chunk_run FOREIGN KEY (tenant_id, import_id) REFERENCES import_run (tenant_id, import_id)
);

-- In the order of the file. chunk_no 0: found while reading it. is_refusal: the entry was (or would be) refused for it.
CREATE TABLE import_finding (
    tenant_id       bigint         NOT NULL,
    import_id       bigint         NOT NULL,
    sheet_no        int            NOT NULL,
    row_no          int            NOT NULL,
    finding_no      int            NOT NULL,
    chunk_no        int            NOT NULL,
    sheet           nvarchar(100)  NOT NULL,
    cell            varchar(32)    NULL,
    external_key    nvarchar(200)  NULL,
    pointer         nvarchar(400)  NOT NULL,
    code            varchar(64)    NOT NULL,
    rule_id         varchar(16)    NULL,
    severity        varchar(16)    NOT NULL,
    is_refusal      bit            NOT NULL,
    message_zh      nvarchar(2000) NOT NULL,
    message_en      nvarchar(2000) NOT NULL,
    right_zh        nvarchar(1000) NULL,
    right_en        nvarchar(1000) NULL,
    CONSTRAINT pk_import_finding PRIMARY KEY (tenant_id, import_id, sheet_no, row_no, finding_no),
    CONSTRAINT fk_import_finding_run FOREIGN KEY (tenant_id, import_id) REFERENCES import_run (tenant_id, import_id),
    CONSTRAINT ck_import_finding_severity CHECK (severity IN ('blocker', 'error', 'warning', 'info'))
);

CREATE INDEX ix_import_finding_chunk ON import_finding (tenant_id, import_id, chunk_no);

-- How one organization's source names its columns.
CREATE TABLE import_mapping (
    tenant_id       bigint         NOT NULL,
    organization_id bigint         NOT NULL,
    source          varchar(32)    NOT NULL,
    version         int            NOT NULL,
    content         nvarchar(max)  NOT NULL,
    updated_by      bigint         NOT NULL,
    updated_at      datetime2(3)   NOT NULL,
    CONSTRAINT pk_import_mapping PRIMARY KEY (tenant_id, organization_id, source),
    CONSTRAINT fk_import_mapping_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_import_mapping_content CHECK (ISJSON(content) = 1)
);
