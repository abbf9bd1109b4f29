-- How many measures an obligation names: what is there is counted figure by figure, so what is owed must be.
ALTER TABLE obligation ADD COLUMN measure_count INTEGER NOT NULL CONSTRAINT df_obligation_measure_count DEFAULT 1;

UPDATE obligation SET measure_count = LENGTH(measures) - LENGTH(REPLACE(measures, ' ', '')) + 1;
