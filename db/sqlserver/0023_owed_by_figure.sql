-- How many measures an obligation names: what is there is counted figure by figure, so what is owed must be.
ALTER TABLE obligation ADD measure_count int NOT NULL CONSTRAINT df_obligation_measure_count DEFAULT 1;
GO

UPDATE obligation SET measure_count = LEN(measures) - LEN(REPLACE(measures, ' ', '')) + 1;
