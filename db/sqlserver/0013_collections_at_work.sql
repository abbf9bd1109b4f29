-- A collection's measures are all it asks for; extra_measures are asked for beside what each scenario has promised.
ALTER TABLE collection ADD extra_measures varchar(2000) NULL;
-- The day on which the clock has something to do for it: open, remind, fall due, lock. Null when nothing is left to it.
ALTER TABLE collection ADD next_on char(10) NULL;

-- What people or the clock (by_user 0) did with a collection. A step that touches many rows is worked off in bounded transactions:
-- steps of a collection are numbered in the order they were taken, and worked off in it; through_id says how far it came, and while finished_at is null somebody must go on with it.
CREATE TABLE collection_step (
    tenant_id       bigint        NOT NULL,
    collection_id   bigint        NOT NULL,
    step_no         bigint        NOT NULL,
    kind            varchar(16)   NOT NULL,
    organization_id bigint        NULL,
    on_day          char(10)      NOT NULL,
    reason          nvarchar(500) NULL,
    through_id      bigint        NOT NULL,
    touched         bigint        NOT NULL,
    by_user         bigint        NOT NULL,
    began_at        datetime2(3)  NOT NULL,
    finished_at     datetime2(3)  NULL,
    CONSTRAINT pk_collection_step PRIMARY KEY (tenant_id, collection_id, step_no),
    CONSTRAINT fk_collection_step_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT ck_collection_step_kind CHECK (kind IN ('called', 'revised', 'opened', 'reminded', 'fellDue', 'postponed', 'exempted', 'obliged', 'locked', 'unlocked', 'cancelled'))
);

-- Whom a collection was called to the mind of (催报), on which day, and how many filings were missing then. by_user 0 is the clock.
CREATE TABLE collection_reminder (
    tenant_id       bigint        NOT NULL,
    collection_id   bigint        NOT NULL,
    remind_on       char(10)      NOT NULL,
    organization_id bigint        NOT NULL,
    by_user         bigint        NOT NULL,
    filings         int           NOT NULL,
    reminded_at     datetime2(3)  NOT NULL,
    CONSTRAINT pk_collection_reminder PRIMARY KEY (tenant_id, collection_id, remind_on, organization_id, by_user),
    CONSTRAINT fk_collection_reminder_collection FOREIGN KEY (tenant_id, collection_id) REFERENCES collection (tenant_id, collection_id),
    CONSTRAINT fk_collection_reminder_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

CREATE INDEX ix_collection_reminder_organization ON collection_reminder (tenant_id, organization_id, collection_id, remind_on);

CREATE INDEX ix_collection_organization ON collection (tenant_id, organization_id);

-- Who owes what of one collection, organization by organization.
CREATE INDEX ix_obligation_organization ON obligation (tenant_id, collection_id, organization_id, scenario_id, period, state);

-- Months in which nothing is filed any more but as a correction (锁定): those of all scenarios of an organization's subtree, of one sector or of all (the empty text).
-- lock_id is the name that whoever locks gives to his lock, so that two over the same month are lifted one by one.
CREATE TABLE filing_lock (
    tenant_id       bigint        NOT NULL,
    organization_id bigint        NOT NULL,
    period          char(7)       NOT NULL,
    sector          varchar(32)   NOT NULL,
    lock_id         bigint        NOT NULL,
    locked_at       datetime2(3)  NOT NULL,
    CONSTRAINT pk_filing_lock PRIMARY KEY (tenant_id, organization_id, period, sector, lock_id),
    CONSTRAINT fk_filing_lock_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id)
);

