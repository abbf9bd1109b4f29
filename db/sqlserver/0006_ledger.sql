-- One row a tenant. Updating it is the posting lock: entry numbers are taken in the order in which their transactions commit,
-- so "all entries up to N" is "all entries so far" on both engines.
CREATE TABLE ledger_head (
    tenant_id        bigint       NOT NULL,
    last_entry_no    bigint       NOT NULL,
    last_posted_at   datetime2(3) NOT NULL,
    last_closing_no  bigint       NOT NULL,
    through_entry_no bigint       NOT NULL,
    CONSTRAINT pk_ledger_head PRIMARY KEY (tenant_id),
    CONSTRAINT fk_ledger_head_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

-- Never updated, never deleted. figures is +1 for a posting, -1 for its reversal: sums of it count figures by state.
CREATE TABLE ledger_entry (
    tenant_id         bigint       NOT NULL,
    entry_no          bigint       NOT NULL,
    posted_at         datetime2(3) NOT NULL,
    book              varchar(8)   NOT NULL,
    cause             varchar(24)  NOT NULL,
    measure           varchar(32)  NOT NULL,
    period            char(7)      NOT NULL,
    organization_id   bigint       NOT NULL,
    sector            varchar(16)  NOT NULL,
    region            varchar(6)   NOT NULL,
    key_action        varchar(32)  NOT NULL,
    stage             varchar(16)  NOT NULL,
    grade             varchar(24)  NOT NULL,
    figure_state      varchar(16)  NOT NULL,
    scenario_id       bigint       NOT NULL,
    filing_id         bigint       NULL,
    filing_version    int          NULL,
    reverses_entry_no bigint       NULL,
    by_user           bigint       NOT NULL,
    quantity          bigint       NOT NULL,
    denominator       bigint       NOT NULL,
    figures           int          NOT NULL,
    CONSTRAINT pk_ledger_entry PRIMARY KEY (tenant_id, entry_no),
    CONSTRAINT ck_ledger_entry_book CHECK (book IN ('filed', 'approved'))
);

-- Finds what stands posted for a scenario's month.
CREATE INDEX ix_ledger_entry_scenario ON ledger_entry (tenant_id, scenario_id, period, entry_no);

-- Explains a cell, page by page.
CREATE INDEX ix_ledger_entry_cell ON ledger_entry (tenant_id, book, measure, sector, period, entry_no);

CREATE INDEX ix_ledger_entry_posted_at ON ledger_entry (tenant_id, posted_at, entry_no);

-- A closing says which entries were folded into balances with it.
CREATE TABLE ledger_closing (
    tenant_id        bigint       NOT NULL,
    closing_no       bigint       NOT NULL,
    after_entry_no   bigint       NOT NULL,
    through_entry_no bigint       NOT NULL,
    closed_at        datetime2(3) NOT NULL,
    CONSTRAINT pk_ledger_closing PRIMARY KEY (tenant_id, closing_no)
);

-- Pre-added entries by organization. A row holds from its closing until the closing that replaced it, so every closing can be read again.
-- until_closing stands early in the key: what is current (the largest number there is) lies together, however long the history.
CREATE TABLE ledger_balance (
    tenant_id       bigint      NOT NULL,
    book            varchar(8)  NOT NULL,
    measure         varchar(32) NOT NULL,
    until_closing   bigint      NOT NULL,
    period          char(7)     NOT NULL,
    organization_id bigint      NOT NULL,
    sector          varchar(16) NOT NULL,
    region          varchar(6)  NOT NULL,
    key_action      varchar(32) NOT NULL,
    stage           varchar(16) NOT NULL,
    grade           varchar(24) NOT NULL,
    figure_state    varchar(16) NOT NULL,
    from_closing    bigint      NOT NULL,
    quantity        bigint      NOT NULL,
    denominator     bigint      NOT NULL,
    figures         bigint      NOT NULL,
    CONSTRAINT pk_ledger_balance PRIMARY KEY (tenant_id, book, measure, until_closing, period, organization_id, sector, region, key_action, stage, grade, figure_state)
);

-- The whole tenant pre-added, once per way of looking at it: aspect 'sector' (member empty), 'region', 'stage', 'keyAction'.
-- What a national dashboard reads; its size does not depend on how many organizations file.
CREATE TABLE ledger_total (
    tenant_id     bigint      NOT NULL,
    book          varchar(8)  NOT NULL,
    measure       varchar(32) NOT NULL,
    until_closing bigint      NOT NULL,
    aspect        varchar(16) NOT NULL,
    period        char(7)     NOT NULL,
    sector        varchar(16) NOT NULL,
    member        varchar(32) NOT NULL,
    grade         varchar(24) NOT NULL,
    figure_state  varchar(16) NOT NULL,
    from_closing  bigint      NOT NULL,
    quantity      bigint      NOT NULL,
    denominator   bigint      NOT NULL,
    figures       bigint      NOT NULL,
    CONSTRAINT pk_ledger_total PRIMARY KEY (tenant_id, book, measure, until_closing, aspect, period, sector, member, grade, figure_state)
);
