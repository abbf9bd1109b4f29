-- An instant is found by its closing and the few entries after it; entries of a subtree are explained organization by organization.
DROP INDEX ix_ledger_entry_posted_at ON ledger_entry;

CREATE INDEX ix_ledger_entry_organization ON ledger_entry (tenant_id, organization_id, book, measure, period, entry_no);

-- The tree a closing was made under: it is read again under that tree.
ALTER TABLE ledger_closing ADD tree_no bigint NOT NULL CONSTRAINT df_ledger_closing_tree_no DEFAULT 1;

CREATE INDEX ix_ledger_closing_through ON ledger_closing (tenant_id, through_entry_no);

-- Balances and totals are derived: they are thrown away here and made again below, with the number of entries behind each, and in an order in which
-- a month's current rows lie together at the end of that month, whatever was corrected before.
DROP INDEX ix_ledger_balance_organization ON ledger_balance;

DROP TABLE ledger_balance;

DROP TABLE ledger_total;
GO

-- Pre-added entries by organization. A row holds from its closing until the closing that replaced it, so every closing can be read again.
CREATE TABLE ledger_balance (
    tenant_id       bigint        NOT NULL,
    organization_id bigint        NOT NULL,
    book            varchar(8)    NOT NULL,
    measure         varchar(32)   NOT NULL,
    period          char(7)       NOT NULL,
    until_closing   bigint        NOT NULL,
    sector          varchar(16)   NOT NULL,
    region          varchar(6)    NOT NULL,
    key_action      varchar(32)   NOT NULL,
    stage           varchar(16)   NOT NULL,
    grade           varchar(24)   NOT NULL,
    figure_state    varchar(16)   NOT NULL,
    from_closing    bigint        NOT NULL,
    quantity        bigint        NOT NULL,
    denominator     bigint        NOT NULL,
    figures         bigint        NOT NULL,
    entries         bigint        NOT NULL,
    CONSTRAINT pk_ledger_balance PRIMARY KEY (tenant_id, organization_id, book, measure, period, until_closing, sector, region, key_action, stage, grade, figure_state)
);

-- The whole tenant pre-added, once per way of looking at it: aspect 'sector' (member empty), 'region', 'stage', 'keyAction'.
-- What a national dashboard reads; its size does not depend on how many organizations file.
CREATE TABLE ledger_total (
    tenant_id       bigint        NOT NULL,
    book            varchar(8)    NOT NULL,
    measure         varchar(32)   NOT NULL,
    aspect          varchar(16)   NOT NULL,
    period          char(7)       NOT NULL,
    until_closing   bigint        NOT NULL,
    sector          varchar(16)   NOT NULL,
    member          varchar(32)   NOT NULL,
    grade           varchar(24)   NOT NULL,
    figure_state    varchar(16)   NOT NULL,
    from_closing    bigint        NOT NULL,
    quantity        bigint        NOT NULL,
    denominator     bigint        NOT NULL,
    figures         bigint        NOT NULL,
    entries         bigint        NOT NULL,
    CONSTRAINT pk_ledger_total PRIMARY KEY (tenant_id, book, measure, aspect, period, until_closing, sector, member, grade, figure_state)
);

-- What a fold adds to balances and totals while it runs; empty before and after.
CREATE TABLE ledger_balance_change (
    tenant_id       bigint        NOT NULL,
    organization_id bigint        NOT NULL,
    book            varchar(8)    NOT NULL,
    measure         varchar(32)   NOT NULL,
    period          char(7)       NOT NULL,
    sector          varchar(16)   NOT NULL,
    region          varchar(6)    NOT NULL,
    key_action      varchar(32)   NOT NULL,
    stage           varchar(16)   NOT NULL,
    grade           varchar(24)   NOT NULL,
    figure_state    varchar(16)   NOT NULL,
    quantity        bigint        NOT NULL,
    denominator     bigint        NOT NULL,
    figures         bigint        NOT NULL,
    entries         bigint        NOT NULL,
    CONSTRAINT pk_ledger_balance_change PRIMARY KEY (tenant_id, organization_id, book, measure, period, sector, region, key_action, stage, grade, figure_state)
);

CREATE TABLE ledger_total_change (
    tenant_id       bigint        NOT NULL,
    book            varchar(8)    NOT NULL,
    measure         varchar(32)   NOT NULL,
    aspect          varchar(16)   NOT NULL,
    period          char(7)       NOT NULL,
    sector          varchar(16)   NOT NULL,
    member          varchar(32)   NOT NULL,
    grade           varchar(24)   NOT NULL,
    figure_state    varchar(16)   NOT NULL,
    quantity        bigint        NOT NULL,
    denominator     bigint        NOT NULL,
    figures         bigint        NOT NULL,
    entries         bigint        NOT NULL,
    CONSTRAINT pk_ledger_total_change PRIMARY KEY (tenant_id, book, measure, aspect, period, sector, member, grade, figure_state)
);

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
