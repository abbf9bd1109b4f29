-- What a cell's handle is vouched for with: made once, with the ledger, so that every node and every start signs alike. Replacing it refuses all handles given out before.
ALTER TABLE ledger_head ADD handle_key varbinary(32) NULL;

-- Counts the rebuilds that found something to replace: what was worked out from the balances before is then out of date although no entry was posted.
ALTER TABLE ledger_head ADD repair_no bigint NOT NULL CONSTRAINT df_ledger_head_repair_no DEFAULT 0;
GO

UPDATE ledger_head SET handle_key = CRYPT_GEN_RANDOM(32);
