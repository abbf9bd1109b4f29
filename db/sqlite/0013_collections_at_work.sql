-- A collection's measures are all it asks for; extra_measures are asked for beside what each scenario has promised.
ALTER TABLE collection ADD COLUMN extra_measures TEXT NULL;
-- The day on which the clock has something to do for it: open, remind, fall due, lock. Null when nothing is left to it.
ALTER TABLE collection ADD COLUMN next_on TEXT NULL;

-- What people or the clock (by_user 0) did with a collection. A step that touches many rows is worked off in bounded transactions:
-- steps of a collection are numbered in the order they were taken, and worked off in it; through_id says how far it came, and while finished_at is null somebody must go on with it.
CREATE TABLE collection_step (
    tenant_id       INTEGER NOT NULL,
    collection_id   INTEGER NOT NULL,
    step_no         INTEGER NOT NULL,
    kind            TEXT    NOT NULL,
    organization_id INTEGER NULL,
    on_day          TEXT    NOT NULL,
    reason          TEXT    NULL,
    through_id      INTEGER NOT NULL,
    touched         INTEGER NOT NULL,
    by_user         INTEGER NOT NULL,
    began_at        TEXT    NOT NULL,
    finished_at     TEXT    NULL,
    CONSTRAINT pk_collection_step PRIMARY KEY (tenant_id, collection_id, step_no),
    CONSTRAINT fk_collection_step_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT ck_collection_step_kind CHECK (kind IN ('called', 'revised', 'opened', 'reminded', 'fellDue', 'postponed', 'exempted', 'obliged', 'locked', 'unlocked', 'cancelled'))
) STRICT;

-- Whom a collection was called to the mind of (催报), on which day, and how many filings were missing then. by_user 0 is the clock.
CREATE TABLE collection_reminder (
    tenant_id       INTEGER NOT NULL,
    collection_id   INTEGER NOT NULL,
    remind_on       TEXT    NOT NULL,
    organization_id INTEGER NOT NULL,
    by_user         INTEGER NOT NULL,
    filings         INTEGER NOT NULL,
    reminded_at     TEXT    NOT NULL,
    CONSTRAINT pk_collection_reminder PRIMARY KEY (tenant_id, collection_id, remind_on, organization_id, by_user),
    CONSTRAINT fk_collection_reminder_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT fk_collection_reminder_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_collection_reminder_organization ON collection_reminder (tenant_id, organization_id, collection_id, remind_on);

CREATE INDEX ix_collection_organization ON collection (tenant_id, organization_id);

-- Who owes what of one collection, organization by organization.
CREATE INDEX ix_obligation_organization ON obligation (tenant_id, collection_id, organization_id, scenario_id, period, state);

-- Months in which nothing is filed any more but as a correction (锁定): those of all scenarios of an organization's subtree, of one sector or of all (the empty text).
-- lock_id is the name that whoever locks gives to his lock, so that two over the same month are lifted one by one.
CREATE TABLE filing_lock (
    tenant_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    period          TEXT    NOT NULL,
    sector          TEXT    NOT NULL,
    lock_id         INTEGER NOT NULL,
    locked_at       TEXT    NOT NULL,
    CONSTRAINT pk_filing_lock PRIMARY KEY (tenant_id, organization_id, period, sector, lock_id),
    CONSTRAINT fk_filing_lock_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('collection',          'ix_collection_organization',             '400 100 10 noskipscan'),
    ('collection_step',     'sqlite_autoindex_collection_step_1',     '4000 1000 10 1 noskipscan'),
    ('collection_reminder', 'collection_reminder',                    '300000 80000 3000 1000 1 1 noskipscan'),
    ('collection_reminder', 'ix_collection_reminder_organization',    '300000 80000 80 3 1 noskipscan'),
    ('obligation',          'ix_obligation_organization',             '800000 200000 10000 10 1 1 1 noskipscan'),
    ('filing_lock',         'filing_lock',                            '400 100 24 1 1 1 noskipscan');

ANALYZE sqlite_schema;
