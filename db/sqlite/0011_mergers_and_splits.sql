-- An organization that was taken up by another, or divided up, is closed: it keeps its past and takes nothing new.
ALTER TABLE organization ADD COLUMN closed_on TEXT NULL;

ALTER TABLE organization ADD COLUMN merged_into INTEGER NULL;

-- The other organization of a change: the new parent of a move, who took up a merged one, whom a new one was split from.
ALTER TABLE organization_tree ADD COLUMN other_id INTEGER NULL;

-- The tree a place was recorded with; what was there before trees were numbered belongs to tree 1.
ALTER TABLE organization_place ADD COLUMN tree_no INTEGER NULL;

UPDATE organization_place SET tree_no = 1;

CREATE INDEX ix_organization_tree_organization ON organization_tree (tenant_id, organization_id, tree_no);

CREATE INDEX ix_organization_tree_other ON organization_tree (tenant_id, other_id, tree_no);

-- Whose a scenario was, from which month (since_period inclusive, 0000-00 without bound), where that changed by a merger; without rows it is its standing's for all months.
CREATE TABLE scenario_place (
    tenant_id       INTEGER NOT NULL,
    scenario_id     INTEGER NOT NULL,
    since_period    TEXT    NOT NULL,
    organization_id INTEGER NOT NULL,
    CONSTRAINT pk_scenario_place PRIMARY KEY (tenant_id, scenario_id, since_period),
    CONSTRAINT fk_scenario_place_scenario FOREIGN KEY (tenant_id, scenario_id) REFERENCES scenario (tenant_id, scenario_id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('organization_tree', 'ix_organization_tree_organization', '4000 1000 2 1 noskipscan'),
    ('organization_tree', 'ix_organization_tree_other',        '4000 1000 6 1 noskipscan'),
    ('scenario_place',    'scenario_place',                    '4000 1000 2 1 noskipscan');

ANALYZE sqlite_schema;
