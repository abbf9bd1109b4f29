-- What must happen is a row; the job only works it off. lease_until lets another worker take over what a dead one left.
CREATE TABLE report_run (
    tenant_id        bigint        NOT NULL,
    report_id        bigint        NOT NULL,
    template         varchar(32)   NOT NULL,
    format           varchar(8)    NOT NULL,
    period           char(7)       NOT NULL,
    organization_id  bigint        NOT NULL,
    state            varchar(16)   NOT NULL,
    progress         int           NOT NULL,
    closing_no       bigint        NULL,
    through_entry_no bigint        NULL,
    requested_by     bigint        NOT NULL,
    requested_at     datetime2(3)  NOT NULL,
    started_at       datetime2(3)  NULL,
    finished_at      datetime2(3)  NULL,
    attempts         int           NOT NULL,
    lease_owner      varchar(40)   NULL,
    lease_until      datetime2(3)  NULL,
    failure          nvarchar(500) NULL,
    file_name        nvarchar(200) NULL,
    size_bytes       bigint        NULL,
    sha256           char(64)      NULL,
    CONSTRAINT pk_report_run PRIMARY KEY (tenant_id, report_id),
    CONSTRAINT fk_report_run_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_report_run_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    CONSTRAINT ck_report_run_format CHECK (format IN ('xlsx', 'docx'))
);

CREATE TABLE report_file (
    tenant_id bigint         NOT NULL,
    report_id bigint         NOT NULL,
    content   varbinary(max) NOT NULL,
    CONSTRAINT pk_report_file PRIMARY KEY (tenant_id, report_id),
    CONSTRAINT fk_report_file_run FOREIGN KEY (tenant_id, report_id) REFERENCES report_run (tenant_id, report_id)
);
