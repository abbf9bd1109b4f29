-- An instant is found by its closing and the few entries after it; entries of a subtree are explained organization by organization.
DROP INDEX ix_ledger_entry_posted_at;

CREATE INDEX ix_ledger_entry_organization ON ledger_entry (tenant_id, organization_id, book, measure, period, entry_no);

-- The tree a closing was made under: it is read again under that tree.
ALTER TABLE ledger_closing ADD COLUMN tree_no INTEGER NOT NULL CONSTRAINT df_ledger_closing_tree_no DEFAULT 1;

CREATE INDEX ix_ledger_closing_through ON ledger_closing (tenant_id, through_entry_no);

-- Balances and totals are derived: they are thrown away here and made again below, with the number of entries behind each, and in an order in which
-- a month's current rows lie together at the end of that month, whatever was corrected before.
DROP INDEX ix_ledger_balance_organization;

DROP TABLE ledger_balance;

DROP TABLE ledger_total;

-- Pre-added entries by organization. A row holds from its closing until the closing that replaced it, so every closing can be read again.
CREATE TABLE ledger_balance (
    tenant_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    book            TEXT    NOT NULL,
    measure         TEXT    NOT NULL,
    period          TEXT    NOT NULL,
    until_closing   INTEGER NOT NULL,
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
    entries         INTEGER NOT NULL,
    CONSTRAINT pk_ledger_balance PRIMARY KEY (tenant_id, organization_id, book, measure, period, until_closing, sector, region, key_action, stage, grade, figure_state)
) STRICT, WITHOUT ROWID;

-- The whole tenant pre-added, once per way of looking at it: aspect 'sector' (member empty), 'region', 'stage', 'keyAction'.
-- What a national dashboard reads; its size does not depend on how many organizations file.
CREATE TABLE ledger_total (
    tenant_id     INTEGER NOT NULL,
    book          TEXT    NOT NULL,
    measure       TEXT    NOT NULL,
    aspect        TEXT    NOT NULL,
    period        TEXT    NOT NULL,
    until_closing INTEGER NOT NULL,
    sector        TEXT    NOT NULL,
    member        TEXT    NOT NULL,
    grade         TEXT    NOT NULL,
    figure_state  TEXT    NOT NULL,
    from_closing  INTEGER NOT NULL,
    quantity      INTEGER NOT NULL,
    denominator   INTEGER NOT NULL,
    figures       INTEGER NOT NULL,
    entries       INTEGER NOT NULL,
    CONSTRAINT pk_ledger_total PRIMARY KEY (tenant_id, book, measure, aspect, period, until_closing, sector, member, grade, figure_state)
) STRICT, WITHOUT ROWID;

-- What a fold adds to balances and totals while it runs; empty before and after.
CREATE TABLE ledger_balance_change (
    tenant_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    book            TEXT    NOT NULL,
    measure         TEXT    NOT NULL,
    period          TEXT    NOT NULL,
    sector          TEXT    NOT NULL,
    region          TEXT    NOT NULL,
    key_action      TEXT    NOT NULL,
    stage           TEXT    NOT NULL,
    grade           TEXT    NOT NULL,
    figure_state    TEXT    NOT NULL,
    quantity        INTEGER NOT NULL,
    denominator     INTEGER NOT NULL,
    figures         INTEGER NOT NULL,
    entries         INTEGER NOT NULL,
    CONSTRAINT pk_ledger_balance_change PRIMARY KEY (tenant_id, organization_id, book, measure, period, sector, region, key_action, stage, grade, figure_state)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_total_change (
    tenant_id    INTEGER NOT NULL,
    book         TEXT    NOT NULL,
    measure      TEXT    NOT NULL,
    aspect       TEXT    NOT NULL,
    period       TEXT    NOT NULL,
    sector       TEXT    NOT NULL,
    member       TEXT    NOT NULL,
    grade        TEXT    NOT NULL,
    figure_state TEXT    NOT NULL,
    quantity     INTEGER NOT NULL,
    denominator  INTEGER NOT NULL,
    figures      INTEGER NOT NULL,
    entries      INTEGER NOT NULL,
    CONSTRAINT pk_ledger_total_change PRIMARY KEY (tenant_id, book, measure, aspect, period, sector, member, grade, figure_state)
) STRICT, WITHOUT ROWID;

INSERT INTO ledger_balance (tenant_id, organization_id, book, measure, period, until_closing, sector, region, key_action, stage, grade, figure_state,
                            from_closing, quantity, denominator, figures, entries)
SELECT d.tenant_id, d.organization_id, d.book, d.measure, d.period,
       COALESCE(LEAD(d.closing_no) OVER (PARTITION BY d.tenant_id, d.organization_id, d.book, d.measure, d.period, d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state ORDER BY d.closing_no), 9223372036854775807),
       d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state, d.closing_no,
       SUM(d.quantity) OVER (PARTITION BY d.tenant_id, d.organization_id, d.book, d.measure, d.period, d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING),
       SUM(d.denominator) OVER (PARTITION BY d.tenant_id, d.organization_id, d.book, d.measure, d.period, d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING),
       SUM(d.figures) OVER (PARTITION BY d.tenant_id, d.organization_id, d.book, d.measure, d.period, d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING),
       SUM(d.entries) OVER (PARTITION BY d.tenant_id, d.organization_id, d.book, d.measure, d.period, d.sector, d.region, d.key_action, d.stage, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING)
FROM (SELECT e.tenant_id, e.organization_id, e.book, e.measure, e.period, e.sector, e.region, e.key_action, e.stage, e.grade, e.figure_state, c.closing_no,
             SUM(e.quantity) AS quantity, SUM(e.denominator) AS denominator, SUM(e.figures) AS figures, COUNT(*) AS entries
      FROM ledger_closing c
      JOIN ledger_entry e ON e.tenant_id = c.tenant_id AND e.entry_no > c.after_entry_no AND e.entry_no <= c.through_entry_no
      GROUP BY e.tenant_id, e.organization_id, e.book, e.measure, e.period, e.sector, e.region, e.key_action, e.stage, e.grade, e.figure_state, c.closing_no) d;

INSERT INTO ledger_total (tenant_id, book, measure, aspect, period, until_closing, sector, member, grade, figure_state,
                          from_closing, quantity, denominator, figures, entries)
SELECT d.tenant_id, d.book, d.measure, d.aspect, d.period,
       COALESCE(LEAD(d.closing_no) OVER (PARTITION BY d.tenant_id, d.book, d.measure, d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state ORDER BY d.closing_no), 9223372036854775807),
       d.sector, d.member, d.grade, d.figure_state, d.closing_no,
       SUM(d.quantity) OVER (PARTITION BY d.tenant_id, d.book, d.measure, d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING),
       SUM(d.denominator) OVER (PARTITION BY d.tenant_id, d.book, d.measure, d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING),
       SUM(d.figures) OVER (PARTITION BY d.tenant_id, d.book, d.measure, d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING),
       SUM(d.entries) OVER (PARTITION BY d.tenant_id, d.book, d.measure, d.aspect, d.period, d.sector, d.member, d.grade, d.figure_state ORDER BY d.closing_no ROWS UNBOUNDED PRECEDING)
FROM (SELECT k.tenant_id, k.book, k.measure, k.aspect, k.period, k.sector, k.member, k.grade, k.figure_state, k.closing_no,
             SUM(k.quantity) AS quantity, SUM(k.denominator) AS denominator, SUM(k.figures) AS figures, COUNT(*) AS entries
      FROM (SELECT e.tenant_id, e.book, e.measure, v.aspect, e.period, e.sector, e.grade, e.figure_state, c.closing_no, e.quantity, e.denominator, e.figures,
                   CASE v.aspect WHEN 'region' THEN e.region WHEN 'stage' THEN e.stage WHEN 'keyAction' THEN e.key_action ELSE '' END AS member
            FROM ledger_closing c
            JOIN ledger_entry e ON e.tenant_id = c.tenant_id AND e.entry_no > c.after_entry_no AND e.entry_no <= c.through_entry_no
            CROSS JOIN (SELECT 'sector' AS aspect UNION ALL SELECT 'region' UNION ALL SELECT 'stage' UNION ALL SELECT 'keyAction') v) k
      GROUP BY k.tenant_id, k.book, k.measure, k.aspect, k.period, k.sector, k.member, k.grade, k.figure_state, k.closing_no) d;

DELETE FROM sqlite_stat1 WHERE tbl IN ('ledger_balance', 'ledger_total') OR idx = 'ix_ledger_entry_posted_at';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ledger_entry',          'ix_ledger_entry_organization', '9600000 2400000 2400 1200 80 4 1 noskipscan'),
    ('ledger_closing',        'ix_ledger_closing_through',    '40000 10000 1 noskipscan'),
    ('ledger_balance',        'ledger_balance',               '9600000 2400000 2400 1200 80 4 3 2 1 1 1 1 1 noskipscan'),
    ('ledger_total',          'ledger_total',                 '2400000 600000 300000 20000 5000 200 150 8 4 2 1 noskipscan'),
    ('ledger_balance_change', 'ledger_balance_change',        '4000 1000 50 25 5 2 2 2 1 1 1 1 noskipscan'),
    ('ledger_total_change',   'ledger_total_change',          '4000 1000 500 50 12 10 5 3 2 1 noskipscan');

ANALYZE sqlite_schema;
