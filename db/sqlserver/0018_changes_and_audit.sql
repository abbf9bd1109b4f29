-- Where a tenant's changes and its audit chain have got to. Every command that changes something takes this row last and keeps it until it commits,
-- so numbers are without gaps and in commit order; the hash is that of the last audit entry.
-- root_id is the root of the tenant's tree: what concerns all stands there.
CREATE TABLE change_head (
    tenant_id      bigint   NOT NULL,
    root_id        bigint   NOT NULL,
    last_change_no bigint   NOT NULL,
    last_audit_no  bigint   NOT NULL,
    last_sha256    char(64) NOT NULL,
    CONSTRAINT pk_change_head PRIMARY KEY (tenant_id),
    CONSTRAINT fk_change_head_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

INSERT INTO change_head (tenant_id, root_id, last_change_no, last_audit_no, last_sha256)
SELECT tenant_id, organization_id, 0, 0, '0000000000000000000000000000000000000000000000000000000000000000' FROM organization WHERE parent_id IS NULL;

-- What changed, one row for each thing; only ever appended. organization_id says whose subtree may see it; version and period where the thing has them.
-- row_check is the head of the row's own SHA-256: the chain says that one of an entry's rows was changed, this says which.
CREATE TABLE change (
    tenant_id       bigint       NOT NULL,
    change_no       bigint       NOT NULL,
    occurred_at     datetime2(3) NOT NULL,
    kind            varchar(32)  NOT NULL,
    action          varchar(32)  NOT NULL,
    entity_id       bigint       NOT NULL,
    organization_id bigint       NOT NULL,
    version         int          NULL,
    period          char(7)      NULL,
    actor_user_id   bigint       NOT NULL,
    audit_no        bigint       NOT NULL,
    row_check       bigint       NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (tenant_id, change_no)
);

CREATE INDEX ix_change_entity ON change (tenant_id, kind, entity_id, change_no);

-- Who did what: an entry for each command, sign-in and refused act, chained by hash. changes_sha256 is that of the change rows it brought about, so those are in the chain too.
CREATE TABLE audit_entry (
    tenant_id       bigint        NOT NULL,
    audit_no        bigint        NOT NULL,
    occurred_at     datetime2(3)  NOT NULL,
    act             varchar(64)   NOT NULL,
    outcome         varchar(8)    NOT NULL,
    refusal         varchar(64)   NULL,
    kind            varchar(32)   NOT NULL,
    subject_id      bigint        NOT NULL,
    organization_id bigint        NOT NULL,
    actor_user_id   bigint        NOT NULL,
    actor_name      nvarchar(100) NOT NULL,
    on_behalf_of    bigint        NULL,
    address         varchar(64)   NULL,
    user_agent      nvarchar(200) NULL,
    trace_id        char(32)      NULL,
    first_change_no bigint        NULL,
    change_count    int           NOT NULL,
    changes_sha256  char(64)      NULL,
    details         nvarchar(max) NULL,
    previous_sha256 char(64)      NOT NULL,
    sha256          char(64)      NOT NULL,
    CONSTRAINT pk_audit_entry PRIMARY KEY (tenant_id, audit_no),
    CONSTRAINT ck_audit_entry_outcome CHECK (outcome IN ('done', 'refused')),
    CONSTRAINT ck_audit_entry_details CHECK (details IS NULL OR ISJSON(details) = 1)
);

CREATE INDEX ix_audit_entry_subject ON audit_entry (tenant_id, kind, subject_id, audit_no);
CREATE INDEX ix_audit_entry_actor ON audit_entry (tenant_id, actor_user_id, audit_no);
