-- A subtree's roll-up reads the balances of its own organizations, not those of the whole tenant.
CREATE INDEX ix_ledger_balance_organization ON ledger_balance (tenant_id, organization_id, book, measure, until_closing, period);

-- What SQLite's planner is to believe of the sizes of tables: four programmes of 10,000 scenarios and 1,000 organizations each, in their second year.
-- Without it all tables count as alike and a list in one parameter as long: a posting then reads the tenant's whole ledger, a fold all its balances, and
-- what scenarios owe is read with every organization beside every scenario. Fixed numbers and not ANALYZE, so that a plan depends on nobody's having run it.
-- stat: rows of the table, then for each leading column of the index the rows that share it. noskipscan: no walk over all values of a leading column.
ANALYZE sqlite_schema;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('tenant',                'sqlite_autoindex_tenant_1',             '4 1 noskipscan'),
    ('organization',          'sqlite_autoindex_organization_1',       '4000 1000 1 noskipscan'),
    ('organization',          'uq_organization_credit_code',           '4000 1000 1 noskipscan'),
    ('organization',          'uq_organization_name',                  '4000 1000 6 1 noskipscan'),
    ('organization_ancestor', 'organization_ancestor',                 '12000 3000 50 1 noskipscan'),
    ('organization_ancestor', 'ix_organization_ancestor_organization', '12000 3000 3 1 noskipscan'),
    ('organization_place',    'sqlite_autoindex_organization_place_1', '4000 1000 1 noskipscan'),
    ('organization_place',    'ix_organization_place_organization',    '4000 1000 1 1 noskipscan'),
    ('app_user',              'sqlite_autoindex_app_user_1',           '4000 1000 1 noskipscan'),
    ('app_user',              'sqlite_autoindex_app_user_2',           '4000 1 noskipscan'),
    ('user_role',             'sqlite_autoindex_user_role_1',          '4000 1000 1 1 noskipscan'),
    ('scenario',              'sqlite_autoindex_scenario_1',           '40000 10000 1 noskipscan'),
    ('scenario',              'sqlite_autoindex_scenario_2',           '40000 10000 1 noskipscan'),
    ('scenario',              'ix_scenario_state',                     '40000 10000 2500 1 noskipscan'),
    ('scenario',              'uq_scenario_name',                      '40000 10000 10 1 noskipscan'),
    ('scenario_version',      'sqlite_autoindex_scenario_version_1',   '160000 40000 4 1 noskipscan'),
    ('scenario_measure',      'sqlite_autoindex_scenario_measure_1',   '240000 60000 6 1 noskipscan'),
    ('scenario_stage',        'sqlite_autoindex_scenario_stage_1',     '60000 15000 2 1 1 noskipscan'),
    ('scenario_standing',     'sqlite_autoindex_scenario_standing_1',  '40000 10000 1 noskipscan'),
    ('scenario_standing',     'ix_scenario_standing_organization',     '40000 10000 10 noskipscan'),
    ('filing',                'sqlite_autoindex_filing_1',             '800000 200000 1 noskipscan'),
    ('filing',                'sqlite_autoindex_filing_2',             '800000 200000 20 1 noskipscan'),
    ('filing',                'ix_filing_period',                      '800000 200000 10000 1 1 noskipscan'),
    ('filing',                'ix_filing_state',                       '800000 200000 50000 2500 1 1 noskipscan'),
    ('filing_version',        'sqlite_autoindex_filing_version_1',     '840000 210000 2 1 noskipscan'),
    ('filing_figure',         'sqlite_autoindex_filing_figure_1',      '4800000 1200000 6 6 1 noskipscan'),
    ('ledger_entry',          'ledger_entry',                          '9600000 2400000 1 noskipscan'),
    ('ledger_entry',          'ix_ledger_entry_scenario',              '9600000 2400000 240 12 1 noskipscan'),
    ('ledger_entry',          'ix_ledger_entry_cell',                  '9600000 2400000 1200000 80000 3200 160 1 noskipscan'),
    ('ledger_entry',          'ix_ledger_entry_posted_at',             '9600000 2400000 200 1 noskipscan'),
    ('ledger_closing',        'sqlite_autoindex_ledger_closing_1',     '40000 10000 1 noskipscan'),
    ('ledger_balance',        'ledger_balance',                        '9600000 2400000 1200000 80000 40000 2000 6 2 1 1 1 1 1 noskipscan'),
    ('ledger_balance',        'ix_ledger_balance_organization',        '9600000 2400000 2400 1200 80 40 2 noskipscan'),
    ('ledger_total',          'ledger_total',                          '2400000 600000 300000 20000 10000 2500 120 6 2 1 1 noskipscan');

ANALYZE sqlite_schema;
