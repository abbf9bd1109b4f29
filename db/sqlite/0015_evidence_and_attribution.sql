-- What proves a figure's grade (核实等级): a file, which measures of the filing it proves, up to which grade, and who confirmed it. Never changed and never deleted:
-- it can be withdrawn, and then the figures that rest on it fall back. measures holds codes with a space between them.
-- fingerprint is of the file and of all that is said about it, so that the same sent twice is one record.
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

-- Where else the same file was shown.
CREATE INDEX ix_evidence_sha256 ON evidence (tenant_id, sha256, filing_id);

CREATE TABLE evidence_file (
    tenant_id   INTEGER NOT NULL,
    evidence_id INTEGER NOT NULL,
    content     BLOB    NOT NULL,
    CONSTRAINT pk_evidence_file PRIMARY KEY (tenant_id, evidence_id),
    CONSTRAINT fk_evidence_file_evidence FOREIGN KEY (tenant_id, evidence_id) REFERENCES evidence (tenant_id, evidence_id)
) STRICT;

-- quantity is what posts: (gross_quantity - hours counted elsewhere) x attribution_millionths / 1,000,000. gross_quantity is null where the two are the same,
-- as in every row from before this: a table of millions of figures need not be written again for a number it holds already.
ALTER TABLE filing_figure ADD COLUMN gross_quantity INTEGER NULL;
ALTER TABLE filing_figure ADD COLUMN attribution_millionths INTEGER NOT NULL CONSTRAINT df_filing_figure_attribution DEFAULT 1000000;
ALTER TABLE filing_figure ADD COLUMN attribution_reason TEXT NULL;
-- Of COST_SAVE: the hours whose labour cost is part of the saving, in millionths. Of HOURS_SAVED: whether those are among its own (a measure's code, or none).
ALTER TABLE filing_figure ADD COLUMN labour_quantity INTEGER NULL;
ALTER TABLE filing_figure ADD COLUMN same_hours_as TEXT NULL;
-- What the grade rests on; null where the filer's word is all there is.
ALTER TABLE filing_figure ADD COLUMN evidence_id INTEGER NULL;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('evidence',      'sqlite_autoindex_evidence_1',      '80000 20000 1 noskipscan'),
    ('evidence',      'sqlite_autoindex_evidence_2',      '80000 20000 2 1 noskipscan'),
    ('evidence',      'ix_evidence_sha256',               '80000 20000 2 1 noskipscan'),
    ('evidence_file', 'sqlite_autoindex_evidence_file_1', '80000 20000 1 noskipscan');

ANALYZE sqlite_schema;
