-- One scenario's figures for one month. state is that of the newest version; approved_version is the one that stands in the approved book.
-- revision counts every change, also those of a draft in place, which keeps its version. decision_id is that of the last submission, approval or return.
CREATE TABLE filing (
    tenant_id        bigint       NOT NULL,
    filing_id        bigint       NOT NULL,
    scenario_id      bigint       NOT NULL,
    organization_id  bigint       NOT NULL,
    period           char(7)      NOT NULL,
    state            varchar(16)  NOT NULL,
    version          int          NOT NULL,
    revision         int          NOT NULL CONSTRAINT df_filing_revision DEFAULT 1,
    approved_version int          NULL,
    decision_id      bigint       NULL,
    created_at       datetime2(3) NOT NULL,
    updated_at       datetime2(3) NOT NULL,
    CONSTRAINT pk_filing PRIMARY KEY (tenant_id, filing_id),
    CONSTRAINT uq_filing_scenario_period UNIQUE (tenant_id, scenario_id, period),
    CONSTRAINT fk_filing_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id),
    CONSTRAINT ck_filing_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned'))
);

-- organization_id stands last in both, so that rights are judged within the index.
CREATE INDEX ix_filing_state ON filing (tenant_id, state, period, filing_id, organization_id);

CREATE INDEX ix_filing_period ON filing (tenant_id, period, filing_id, organization_id);

-- A version is frozen once submitted; a change after approval is a new one (订正).
CREATE TABLE filing_version (
    tenant_id     bigint        NOT NULL,
    filing_id     bigint        NOT NULL,
    version       int           NOT NULL,
    state         varchar(16)   NOT NULL,
    is_correction bit           NOT NULL,
    reason        nvarchar(500) NULL,
    saved_by      bigint        NOT NULL,
    saved_at      datetime2(3)  NOT NULL,
    submitted_by  bigint        NULL,
    submitted_at  datetime2(3)  NULL,
    decided_by    bigint        NULL,
    decided_at    datetime2(3)  NULL,
    return_reason nvarchar(500) NULL,
    CONSTRAINT pk_filing_version PRIMARY KEY (tenant_id, filing_id, version),
    CONSTRAINT fk_filing_version_filing FOREIGN KEY (tenant_id, filing_id) REFERENCES filing (tenant_id, filing_id),
    CONSTRAINT ck_filing_version_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned'))
);

-- Money in fen, all else in millionths of the measure's unit. quantity and denominator are 0 unless state is reported (denominator: ratio measures only).
-- baseline and target of a ratio measure are the ratio itself.
CREATE TABLE filing_figure (
    tenant_id         bigint        NOT NULL,
    filing_id         bigint        NOT NULL,
    version           int           NOT NULL,
    measure           varchar(32)   NOT NULL,
    state             varchar(16)   NOT NULL,
    grade             varchar(24)   NOT NULL,
    quantity          bigint        NOT NULL,
    denominator       bigint        NOT NULL,
    baseline_quantity bigint        NULL,
    target_quantity   bigint        NULL,
    note              nvarchar(500) NULL,
    CONSTRAINT pk_filing_figure PRIMARY KEY (tenant_id, filing_id, version, measure),
    CONSTRAINT fk_filing_figure_version FOREIGN KEY (tenant_id, filing_id, version) REFERENCES filing_version (tenant_id, filing_id, version),
    CONSTRAINT ck_filing_figure_state CHECK (state IN ('reported', 'zero', 'exempt', 'withheld')),
    CONSTRAINT ck_filing_figure_grade CHECK (grade IN ('selfReported', 'measured', 'financeConfirmed', 'thirdParty', 'regulatorVerified')),
    CONSTRAINT ck_filing_figure_no_value CHECK (state = 'reported' OR (quantity = 0 AND denominator = 0))
);
