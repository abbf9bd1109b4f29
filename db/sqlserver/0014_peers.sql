-- 发布粒度: the periods of a year are released by month, by quarter or by year, never by two of them: what nests could be subtracted.
CREATE TABLE peer_year (
    tenant_id         bigint       NOT NULL,
    year              int          NOT NULL,
    grain             varchar(8)   NOT NULL,
    CONSTRAINT pk_peer_year PRIMARY KEY (tenant_id, year),
    CONSTRAINT fk_peer_year_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT ck_peer_year_grain CHECK (grain IN ('month', 'quarter', 'year'))
);

-- One working-out of the sector benchmarks of a period. What must happen is a row; the job only works it off. Frozen once it is done.
CREATE TABLE peer_release (
    tenant_id         bigint       NOT NULL,
    release_id        bigint       NOT NULL,
    period            varchar(7)   NOT NULL,
    year              int          NOT NULL,
    grain             varchar(8)   NOT NULL,
    state             varchar(16)  NOT NULL,
    closing_no        bigint       NULL,
    through_entry_no  bigint       NULL,
    closed_at         datetime2(3) NULL,
    requested_by      bigint       NULL,
    requested_at      datetime2(3) NOT NULL,
    started_at        datetime2(3) NULL,
    finished_at       datetime2(3) NULL,
    attempts          int          NOT NULL,
    lease_owner       varchar(40)  NULL,
    lease_until       datetime2(3) NULL,
    published_cells   int          NOT NULL,
    withheld_cells    int          NOT NULL,
    CONSTRAINT pk_peer_release PRIMARY KEY (tenant_id, release_id),
    CONSTRAINT fk_peer_release_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT ck_peer_release_state CHECK (state IN ('queued', 'running', 'done', 'failed'))
);

-- Asked for twice is asked for once.
CREATE UNIQUE INDEX uq_peer_release_open ON peer_release (tenant_id, period) WHERE state IN ('queued', 'running');

-- Two at once would not see what the other is about to publish, and so could publish what may not stand beside it.
CREATE UNIQUE INDEX uq_peer_release_running ON peer_release (tenant_id) WHERE state = 'running';

-- The answer of a release for one sector and measure. Numbers are millionths of the measure's unit, averaged and rounded; enterprises is shown as a band only.
CREATE TABLE peer_release_cell (
    tenant_id         bigint       NOT NULL,
    release_id        bigint       NOT NULL,
    sector            varchar(32)  NOT NULL,
    measure           varchar(32)  NOT NULL,
    state             varchar(16)  NOT NULL,
    reason            varchar(32)  NULL,
    enterprises       int          NOT NULL,
    p25_millionths    bigint       NULL,
    median_millionths bigint       NULL,
    p75_millionths    bigint       NULL,
    CONSTRAINT pk_peer_release_cell PRIMARY KEY (tenant_id, release_id, sector, measure),
    CONSTRAINT fk_peer_release_cell_release FOREIGN KEY (tenant_id, release_id) REFERENCES peer_release (tenant_id, release_id),
    CONSTRAINT ck_peer_release_cell_state CHECK (state IN ('published', 'withheld'))
);

-- The value of one enterprise: for its own eyes, and to know what later releases may say. part_of names the average it went into: p25, median, p75, or none (empty).
CREATE TABLE peer_release_value (
    tenant_id         bigint       NOT NULL,
    release_id        bigint       NOT NULL,
    sector            varchar(32)  NOT NULL,
    measure           varchar(32)  NOT NULL,
    organization_id   bigint       NOT NULL,
    value_millionths  bigint       NOT NULL,
    part_of           varchar(8)   NOT NULL,
    CONSTRAINT pk_peer_release_value PRIMARY KEY (tenant_id, release_id, sector, measure, organization_id),
    CONSTRAINT fk_peer_release_value_cell FOREIGN KEY (tenant_id, release_id, sector, measure) REFERENCES peer_release_cell (tenant_id, release_id, sector, measure),
    CONSTRAINT fk_peer_release_value_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_peer_release_value_part_of CHECK (part_of IN ('', 'p25', 'median', 'p75'))
);
