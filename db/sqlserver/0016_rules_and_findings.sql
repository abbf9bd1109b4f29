-- A set of rules as a regulator has made it: which rules, how heavy, by which numbers, from which day. Number 1 is the built-in set and no row.
CREATE TABLE rule_set (
    tenant_id    bigint         NOT NULL,
    rule_set_id  bigint         NOT NULL,
    number       int            NOT NULL,
    state        varchar(16)    NOT NULL,
    effective_on char(10)       NULL,
    note         nvarchar(1000) NULL,
    version      int            NOT NULL,
    created_by   bigint         NOT NULL,
    created_at   datetime2(3)   NOT NULL,
    updated_at   datetime2(3)   NOT NULL,
    published_by bigint         NULL,
    published_at datetime2(3)   NULL,
    CONSTRAINT pk_rule_set PRIMARY KEY (tenant_id, rule_set_id),
    CONSTRAINT uq_rule_set_number UNIQUE (tenant_id, number),
    CONSTRAINT ck_rule_set_state CHECK (state IN ('draft', 'published')),
    CONSTRAINT ck_rule_set_effective_on CHECK (state = 'draft' OR effective_on IS NOT NULL)
);

-- parameters: the rule's numbers by name; a rule that came with a later release has no row and stands as built in.
CREATE TABLE rule_set_rule (
    tenant_id   bigint         NOT NULL,
    rule_set_id bigint         NOT NULL,
    rule_id     varchar(16)    NOT NULL,
    severity    varchar(16)    NOT NULL,
    is_enabled  bit            NOT NULL,
    parameters  nvarchar(max)  NOT NULL,
    CONSTRAINT pk_rule_set_rule PRIMARY KEY (tenant_id, rule_set_id, rule_id),
    CONSTRAINT fk_rule_set_rule_set FOREIGN KEY (tenant_id, rule_set_id) REFERENCES rule_set (tenant_id, rule_set_id),
    CONSTRAINT ck_rule_set_rule_severity CHECK (severity IN ('blocker', 'error', 'warning', 'info')),
    CONSTRAINT ck_rule_set_rule_parameters CHECK (ISJSON(parameters) = 1)
);

-- What a rule found in one version of a filing, and what was answered. about is the value it is about: another value is another finding, and this one is gone.
CREATE TABLE finding (
    tenant_id         bigint         NOT NULL,
    finding_id        bigint         NOT NULL,
    filing_id         bigint         NOT NULL,
    filing_version    int            NOT NULL,
    period            char(7)        NOT NULL,
    rule_set_number   int            NOT NULL,
    rule_id           varchar(16)    NOT NULL,
    severity          varchar(16)    NOT NULL,
    measure           varchar(32)    NOT NULL,
    about             varchar(400)   NOT NULL,
    state             varchar(16)    NOT NULL,
    found_zh          nvarchar(1000) NOT NULL,
    found_en          nvarchar(1000) NOT NULL,
    right_zh          nvarchar(1000) NOT NULL,
    right_en          nvarchar(1000) NOT NULL,
    made_by           bigint         NOT NULL,
    made_at           datetime2(3)   NOT NULL,
    explanation       nvarchar(1000) NULL,
    explanation_key   varchar(64)    NULL,
    explanation_doubt varchar(24)    NULL,
    explained_by      bigint         NULL,
    explained_at      datetime2(3)   NULL,
    decided_by        bigint         NULL,
    decided_at        datetime2(3)   NULL,
    decision_reason   nvarchar(500)  NULL,
    gone_at           datetime2(3)   NULL,
    CONSTRAINT pk_finding PRIMARY KEY (tenant_id, finding_id),
    CONSTRAINT fk_finding_filing FOREIGN KEY (tenant_id, filing_id) REFERENCES filing (tenant_id, filing_id),
    CONSTRAINT ck_finding_severity CHECK (severity IN ('blocker', 'error', 'warning', 'info')),
    CONSTRAINT ck_finding_state CHECK (state IN ('open', 'explained', 'accepted', 'rejected', 'gone')),
    CONSTRAINT ck_finding_doubt CHECK (explanation_doubt IN ('repeats-finding', 'same-text'))
);

CREATE INDEX ix_finding_filing ON finding (tenant_id, filing_id, filing_version);

CREATE INDEX ix_finding_state ON finding (tenant_id, state, finding_id);

CREATE INDEX ix_finding_explained ON finding (tenant_id, explained_by, explanation_key, explained_at);

-- A rule set run against what stands, before it takes effect. rules and rules_in_force are both sets as they were when it was asked for.
CREATE TABLE rehearsal (
    tenant_id          bigint         NOT NULL,
    rehearsal_id       bigint         NOT NULL,
    rule_set_id        bigint         NOT NULL,
    rule_set_number    int            NOT NULL,
    in_force_number    int            NOT NULL,
    rules              nvarchar(max)  NOT NULL,
    rules_in_force     nvarchar(max)  NOT NULL,
    organization_id    bigint         NOT NULL,
    first_period       char(7)        NOT NULL,
    last_period        char(7)        NOT NULL,
    state              varchar(16)    NOT NULL,
    filings            int            NULL,
    judged             int            NOT NULL,
    refused            int            NOT NULL,
    refused_in_force   int            NOT NULL,
    chunks             int            NOT NULL,
    cursor_period      char(7)        NULL,
    cursor_filing_id   bigint         NOT NULL,
    requested_by       bigint         NOT NULL,
    requested_at       datetime2(3)   NOT NULL,
    started_at         datetime2(3)   NULL,
    finished_at        datetime2(3)   NULL,
    attempts           int            NOT NULL,
    lease_owner        varchar(40)    NULL,
    lease_until        datetime2(3)   NULL,
    CONSTRAINT pk_rehearsal PRIMARY KEY (tenant_id, rehearsal_id),
    CONSTRAINT fk_rehearsal_rule_set FOREIGN KEY (tenant_id, rule_set_id) REFERENCES rule_set (tenant_id, rule_set_id),
    CONSTRAINT fk_rehearsal_organization FOREIGN KEY (tenant_id, organization_id) REFERENCES organization (tenant_id, organization_id),
    CONSTRAINT ck_rehearsal_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    CONSTRAINT ck_rehearsal_rules CHECK (ISJSON(rules) = 1),
    CONSTRAINT ck_rehearsal_rules_in_force CHECK (ISJSON(rules_in_force) = 1)
);

-- Counts of one chunk of filings (0: of all, once it is done). organization_id is a child of the organization rehearsed, or that itself.
CREATE TABLE rehearsal_count (
    tenant_id       bigint         NOT NULL,
    rehearsal_id    bigint         NOT NULL,
    chunk_no        int            NOT NULL,
    rule_id         varchar(16)    NOT NULL,
    severity        varchar(16)    NOT NULL,
    sector          varchar(32)    NOT NULL,
    organization_id bigint         NOT NULL,
    found           int            NOT NULL,
    found_in_force  int            NOT NULL,
    newly           int            NOT NULL,
    no_longer       int            NOT NULL,
    CONSTRAINT pk_rehearsal_count PRIMARY KEY (tenant_id, rehearsal_id, chunk_no, rule_id, severity, sector, organization_id),
    CONSTRAINT fk_rehearsal_count_rehearsal FOREIGN KEY (tenant_id, rehearsal_id) REFERENCES rehearsal (tenant_id, rehearsal_id)
);

CREATE TABLE rehearsal_example (
    tenant_id      bigint         NOT NULL,
    rehearsal_id   bigint         NOT NULL,
    rule_id        varchar(16)    NOT NULL,
    example_no     int            NOT NULL,
    filing_id      bigint         NOT NULL,
    filing_version int            NOT NULL,
    measure        varchar(32)    NOT NULL,
    severity       varchar(16)    NOT NULL,
    difference     varchar(16)    NOT NULL,
    found_zh       nvarchar(1000) NOT NULL,
    found_en       nvarchar(1000) NOT NULL,
    CONSTRAINT pk_rehearsal_example PRIMARY KEY (tenant_id, rehearsal_id, rule_id, example_no),
    CONSTRAINT fk_rehearsal_example_rehearsal FOREIGN KEY (tenant_id, rehearsal_id) REFERENCES rehearsal (tenant_id, rehearsal_id),
    CONSTRAINT ck_rehearsal_example_difference CHECK (difference IN ('kept', 'newly', 'noLonger'))
);
