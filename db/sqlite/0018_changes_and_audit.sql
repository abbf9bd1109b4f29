-- Where a tenant's changes and its audit chain have got to. Every command that changes something takes this row last and keeps it until it commits,
-- so numbers are without gaps and in commit order; the hash is that of the last audit entry.
-- root_id is the root of the tenant's tree: what concerns all stands there.
CREATE TABLE change_head (
    tenant_id      INTEGER NOT NULL,
    root_id        INTEGER NOT NULL,
    last_change_no INTEGER NOT NULL,
    last_audit_no  INTEGER NOT NULL,
    last_sha256    TEXT    NOT NULL,
    CONSTRAINT pk_change_head PRIMARY KEY (tenant_id),
    CONSTRAINT fk_change_head_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT;

INSERT INTO change_head (tenant_id, root_id, last_change_no, last_audit_no, last_sha256)
SELECT tenant_id, organization_id, 0, 0, '0000000000000000000000000000000000000000000000000000000000000000' FROM organization WHERE parent_id IS NULL;

-- What changed, one row for each thing; only ever appended. organization_id says whose subtree may see it; version and period where the thing has them.
-- row_check is the head of the row's own SHA-256: the chain says that one of an entry's rows was changed, this says which.
CREATE TABLE change (
    tenant_id       INTEGER NOT NULL,
    change_no       INTEGER NOT NULL,
    occurred_at     TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    entity_id       INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    version         INTEGER NULL,
    period          TEXT    NULL,
    actor_user_id   INTEGER NOT NULL,
    audit_no        INTEGER NOT NULL,
    row_check       INTEGER NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (tenant_id, change_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_change_entity ON change (tenant_id, kind, entity_id, change_no);

-- Who did what: an entry for each command, sign-in and refused act, chained by hash. changes_sha256 is that of the change rows it brought about, so those are in the chain too.
CREATE TABLE audit_entry (
    tenant_id       INTEGER NOT NULL,
    audit_no        INTEGER NOT NULL,
    occurred_at     TEXT    NOT NULL,
    act             TEXT    NOT NULL,
    outcome         TEXT    NOT NULL,
    refusal         TEXT    NULL,
    kind            TEXT    NOT NULL,
    subject_id      INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    actor_user_id   INTEGER NOT NULL,
    actor_name      TEXT    NOT NULL,
    on_behalf_of    INTEGER NULL,
    address         TEXT    NULL,
    user_agent      TEXT    NULL,
    trace_id        TEXT    NULL,
    first_change_no INTEGER NULL,
    change_count    INTEGER NOT NULL,
    changes_sha256  TEXT    NULL,
    details         TEXT    NULL,
    previous_sha256 TEXT    NOT NULL,
    sha256          TEXT    NOT NULL,
    CONSTRAINT pk_audit_entry PRIMARY KEY (tenant_id, audit_no),
    CONSTRAINT ck_audit_entry_outcome CHECK (outcome IN ('done', 'refused')),
    CONSTRAINT ck_audit_entry_details CHECK (details IS NULL OR json_valid(details))
) STRICT;

CREATE INDEX ix_audit_entry_subject ON audit_entry (tenant_id, kind, subject_id, audit_no);
CREATE INDEX ix_audit_entry_actor ON audit_entry (tenant_id, actor_user_id, audit_no);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('change_head', 'sqlite_autoindex_change_head_1', '4 1'),
    ('change',      'change',                         '4000000 1000000 1 noskipscan'),
    ('change',      'ix_change_entity',               '4000000 1000000 125000 3 1 noskipscan'),
    ('audit_entry', 'sqlite_autoindex_audit_entry_1', '2000000 500000 1 noskipscan'),
    ('audit_entry', 'ix_audit_entry_subject',         '2000000 500000 62500 3 1 noskipscan'),
    ('audit_entry', 'ix_audit_entry_actor',           '2000000 500000 2000 1 noskipscan');

ANALYZE sqlite_schema;
