-- One row a tenant. Updating it is the posting lock: entry numbers are taken in the order in which their transactions commit,
-- so "all entries up to N" is "all entries so far" on both engines.
CREATE TABLE ledger_head (
    tenant_id        INTEGER NOT NULL,
    last_entry_no    INTEGER NOT NULL,
    last_posted_at   TEXT    NOT NULL,
    last_closing_no  INTEGER NOT NULL,
    through_entry_no INTEGER NOT NULL,
    CONSTRAINT pk_ledger_head PRIMARY KEY (tenant_id),
    CONSTRAINT fk_ledger_head_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT;

-- Never updated, never deleted. figures is +1 for a posting, -1 for its reversal: sums of it count figures by state.
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

-- Finds what stands posted for a scenario's month.
CREATE INDEX ix_ledger_entry_scenario ON ledger_entry (tenant_id, scenario_id, period, entry_no);

-- Explains a cell, page by page.
CREATE INDEX ix_ledger_entry_cell ON ledger_entry (tenant_id, book, measure, sector, period, entry_no);

CREATE INDEX ix_ledger_entry_posted_at ON ledger_entry (tenant_id, posted_at, entry_no);

-- A closing says which entries were folded into balances with it.
CREATE TABLE ledger_closing (
    tenant_id        INTEGER NOT NULL,
    closing_no       INTEGER NOT NULL,
    after_entry_no   INTEGER NOT NULL,
    through_entry_no INTEGER NOT NULL,
    closed_at        TEXT    NOT NULL,
    CONSTRAINT pk_ledger_closing PRIMARY KEY (tenant_id, closing_no)
) STRICT;

-- Pre-added entries by organization. A row holds from its closing until the closing that replaced it, so every closing can be read again.
-- until_closing stands early in the key: what is current (the largest number there is) lies together, however long the history.
CREATE TABLE ledger_balance (
    tenant_id       INTEGER NOT NULL,
    book            TEXT    NOT NULL,
    measure         TEXT    NOT NULL,
    until_closing   INTEGER NOT NULL,
    period          TEXT    NOT NULL,
    organization_id INTEGER NOT NULL,
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
    CONSTRAINT pk_ledger_balance PRIMARY KEY (tenant_id, book, measure, until_closing, period, organization_id, sector, region, key_action, stage, grade, figure_state)
) STRICT, WITHOUT ROWID;

-- The whole tenant pre-added, once per way of looking at it: aspect 'sector' (member empty), 'region', 'stage', 'keyAction'.
-- What a national dashboard reads; its size does not depend on how many organizations file.
CREATE TABLE ledger_total (
    tenant_id     INTEGER NOT NULL,
    book          TEXT    NOT NULL,
    measure       TEXT    NOT NULL,
    until_closing INTEGER NOT NULL,
    aspect        TEXT    NOT NULL,
    period        TEXT    NOT NULL,
    sector        TEXT    NOT NULL,
    member        TEXT    NOT NULL,
    grade         TEXT    NOT NULL,
    figure_state  TEXT    NOT NULL,
    from_closing  INTEGER NOT NULL,
    quantity      INTEGER NOT NULL,
    denominator   INTEGER NOT NULL,
    figures       INTEGER NOT NULL,
    CONSTRAINT pk_ledger_total PRIMARY KEY (tenant_id, book, measure, until_closing, aspect, period, sector, member, grade, figure_state)
) STRICT, WITHOUT ROWID;
