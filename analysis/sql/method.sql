-- One row: the method that made the matches of this database.
-- method: version of the model and digest of the thresholds.
-- version: version of the model.
-- described_at: when the analysis started, UTC.
SELECT current.method, split_part(current.method, '-', 1) AS version, run.started_at AS described_at
FROM current
JOIN run ON run.run_id = current.run_id
