-- A subtree's roll-up reads the balances of its own organizations, not those of the whole tenant.
CREATE INDEX ix_ledger_balance_organization ON ledger_balance (tenant_id, organization_id, book, measure, until_closing, period);

-- The embedded engine is told the sizes of tables here too; SQL Server keeps its own statistics.
