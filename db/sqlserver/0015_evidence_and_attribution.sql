-- What proves a figure's grade (核实等级): a file, which measures of the filing it proves, up to which grade, and who confirmed it. Never changed and never deleted:
-- it can be withdrawn, and then the figures that rest on it fall back. measures holds codes with a space between them.
-- fingerprint is of the file and of all that is said about it, so that the same sent twice is one record.
CREATE TABLE evidence (
    tenant_id           bigint        NOT NULL,
    evidence_id         bigint        NOT NULL,
    filing_id           bigint        NOT NULL,
    measures            varchar(2000) NOT NULL,
    grade               varchar(24)   NOT NULL,
    proves              nvarchar(500) NOT NULL,
    confirmed_by_name   nvarchar(100) NOT NULL,
    confirmed_by_office nvarchar(200) NOT NULL,
    confirmed_on        char(10)      NOT NULL,
    file_name           nvarchar(200) NOT NULL,
    media_type          varchar(100)  NOT NULL,
    size_bytes          bigint        NOT NULL,
    sha256              char(64)      NOT NULL,
    fingerprint         char(64)      NOT NULL,
    recorded_by         bigint        NOT NULL,
    recorded_at         datetime2(3)  NOT NULL,
    withdrawn_by        bigint        NULL,
    withdrawn_at        datetime2(3)  NULL,
    withdraw_reason     nvarchar(500) NULL,
    CONSTRAINT pk_evidence PRIMARY KEY (tenant_id, evidence_id),
    CONSTRAINT uq_evidence_fingerprint UNIQUE (tenant_id, filing_id, fingerprint),
    CONSTRAINT fk_evidence_filing FOREIGN KEY (tenant_id, filing_id) REFERENCES filing (tenant_id, filing_id),
    CONSTRAINT ck_evidence_grade CHECK (grade IN ('measured', 'financeConfirmed', 'thirdParty', 'regulatorVerified'))
);

-- Where else the same file was shown.
CREATE INDEX ix_evidence_sha256 ON evidence (tenant_id, sha256, filing_id);

CREATE TABLE evidence_file (
    tenant_id   bigint         NOT NULL,
    evidence_id bigint         NOT NULL,
    content     varbinary(max) NOT NULL,
    CONSTRAINT pk_evidence_file PRIMARY KEY (tenant_id, evidence_id),
    CONSTRAINT fk_evidence_file_evidence FOREIGN KEY (tenant_id, evidence_id) REFERENCES evidence (tenant_id, evidence_id)
);

-- quantity is what posts: (gross_quantity - hours counted elsewhere) x attribution_millionths / 1,000,000. gross_quantity is null where the two are the same,
-- as in every row from before this: a table of millions of figures need not be written again for a number it holds already.
ALTER TABLE filing_figure ADD gross_quantity bigint NULL;
ALTER TABLE filing_figure ADD attribution_millionths int NOT NULL CONSTRAINT df_filing_figure_attribution DEFAULT 1000000;
ALTER TABLE filing_figure ADD attribution_reason nvarchar(500) NULL;
-- Of COST_SAVE: the hours whose labour cost is part of the saving, in millionths. Of HOURS_SAVED: whether those are among its own (a measure's code, or none).
ALTER TABLE filing_figure ADD labour_quantity bigint NULL;
ALTER TABLE filing_figure ADD same_hours_as varchar(32) NULL;
-- What the grade rests on; null where the filer's word is all there is.
ALTER TABLE filing_figure ADD evidence_id bigint NULL;
