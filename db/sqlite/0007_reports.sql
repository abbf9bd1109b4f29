-- What must happen is a row; the job only works it off. lease_until lets another worker take over what a dead one left.
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

CREATE TABLE report_file (
    tenant_id INTEGER NOT NULL,
    report_id INTEGER NOT NULL,
    content   BLOB    NOT NULL,
    CONSTRAINT pk_report_file PRIMARY KEY (tenant_id, report_id),
    CONSTRAINT fk_report_file_run FOREIGN KEY (tenant_id, report_id) REFERENCES report_run (tenant_id, report_id)
) STRICT;
