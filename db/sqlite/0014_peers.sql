-- 发布粒度: the periods of a year are released by month, by quarter or by year, never by two of them: what nests could be subtracted.
CREATE TABLE peer_year (
    tenant_id INTEGER NOT NULL,
    year      INTEGER NOT NULL,
    grain     TEXT    NOT NULL,
    CONSTRAINT pk_peer_year PRIMARY KEY (tenant_id, year),
    CONSTRAINT fk_peer_year_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT ck_peer_year_grain CHECK (grain IN ('month', 'quarter', 'year'))
) STRICT;

-- One working-out of the sector benchmarks of a period. What must happen is a row; the job only works it off. Frozen once it is done.
CREATE TABLE peer_release (
    tenant_id        INTEGER NOT NULL,
    release_id       INTEGER NOT NULL,
    period           TEXT    NOT NULL,
    year             INTEGER NOT NULL,
    grain            TEXT    NOT NULL,
    state            TEXT    NOT NULL,
    closing_no       INTEGER NULL,
    through_entry_no INTEGER NULL,
    closed_at        TEXT    NULL,
    requested_by     INTEGER NULL,
    requested_at     TEXT    NOT NULL,
    started_at       TEXT    NULL,
    finished_at      TEXT    NULL,
    attempts         INTEGER NOT NULL,
    lease_owner      TEXT    NULL,
    lease_until      TEXT    NULL,
    published_cells  INTEGER NOT NULL,
    withheld_cells   INTEGER NOT NULL,
    CONSTRAINT pk_peer_release PRIMARY KEY (tenant_id, release_id),
    CONSTRAINT fk_peer_release_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT ck_peer_release_state CHECK (state IN ('queued', 'running', 'done', 'failed'))
) STRICT;

-- Asked for twice is asked for once.
CREATE UNIQUE INDEX uq_peer_release_open ON peer_release (tenant_id, period) WHERE state IN ('queued', 'running');

-- Two at once would not see what the other is about to publish, and so could publish what may not stand beside it.
CREATE UNIQUE INDEX uq_peer_release_running ON peer_release (tenant_id) WHERE state = 'running';

-- The answer of a release for one sector and measure. Numbers are millionths of the measure's unit, averaged and rounded; enterprises is shown as a band only.
CREATE TABLE peer_release_cell (
    tenant_id         INTEGER NOT NULL,
    release_id        INTEGER NOT NULL,
    sector            TEXT    NOT NULL,
    measure           TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    reason            TEXT    NULL,
    enterprises       INTEGER NOT NULL,
    p25_millionths    INTEGER NULL,
    median_millionths INTEGER NULL,
    p75_millionths    INTEGER NULL,
    CONSTRAINT pk_peer_release_cell PRIMARY KEY (tenant_id, release_id, sector, measure),
    CONSTRAINT fk_peer_release_cell_release FOREIGN KEY (tenant_id, release_id) REFERENCES peer_release (tenant_id, release_id),
    CONSTRAINT ck_peer_release_cell_state CHECK (state IN ('published', 'withheld'))
) STRICT, WITHOUT ROWID;

-- The value of one enterprise: for its own eyes, and to know what later releases may say. part_of names the average it went into: p25, median, p75, or none (empty).
CREATE TABLE peer_release_value (
    tenant_id        INTEGER NOT NULL,
    release_id       INTEGER NOT NULL,
    sector           TEXT    NOT NULL,
    measure          TEXT    NOT NULL,
    organization_id  INTEGER NOT NULL,
    value_millionths INTEGER NOT NULL,
    part_of          TEXT    NOT NULL,
    CONSTRAINT pk_peer_release_value PRIMARY KEY (tenant_id, release_id, sector, measure, organization_id),
    CONSTRAINT fk_peer_release_value_cell FOREIGN KEY (tenant_id, release_id, sector, measure) REFERENCES peer_release_cell (tenant_id, release_id, sector, measure),
    CONSTRAINT fk_peer_release_value_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_peer_release_value_part_of CHECK (part_of IN ('', 'p25', 'median', 'p75'))
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('peer_year',          'sqlite_autoindex_peer_year_1',    '12 3 1 noskipscan'),
    ('peer_release',       'sqlite_autoindex_peer_release_1', '80 20 1 noskipscan'),
    ('peer_release_cell',  'peer_release_cell',               '12000 3000 150 6 1 noskipscan'),
    ('peer_release_value', 'peer_release_value',              '400000 100000 5000 200 40 1 noskipscan');

ANALYZE sqlite_schema;
