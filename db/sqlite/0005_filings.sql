-- One scenario's figures for one month. state is that of the newest version; approved_version is the one that stands in the approved book.
-- revision counts every change, also those of a draft in place, which keeps its version. decision_id is that of the last submission, approval or return.
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

-- organization_id stands last in both, so that rights are judged within the index.
CREATE INDEX ix_filing_state ON filing (tenant_id, state, period, filing_id, organization_id);

CREATE INDEX ix_filing_period ON filing (tenant_id, period, filing_id, organization_id);

-- A version is frozen once submitted; a change after approval is a new one (订正).
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

-- Money in fen, all else in millionths of the measure's unit. quantity and denominator are 0 unless state is reported (denominator: ratio measures only).
-- baseline and target of a ratio measure are the ratio itself.
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
    note              TEXT    NULL,
    CONSTRAINT pk_filing_figure PRIMARY KEY (tenant_id, filing_id, version, measure),
    CONSTRAINT fk_filing_figure_version FOREIGN KEY (tenant_id, filing_id, version) REFERENCES filing_version (tenant_id, filing_id, version),
    CONSTRAINT ck_filing_figure_state CHECK (state IN ('reported', 'zero', 'exempt', 'withheld')),
    CONSTRAINT ck_filing_figure_grade CHECK (grade IN ('selfReported', 'measured', 'financeConfirmed', 'thirdParty', 'regulatorVerified')),
    CONSTRAINT ck_filing_figure_no_value CHECK (state = 'reported' OR (quantity = 0 AND denominator = 0))
) STRICT;
