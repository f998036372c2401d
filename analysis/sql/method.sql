-- One row: the method that made the matches of this database.
-- method: version of the model and digest of the thresholds.
-- version: version of the model; with +cal- and a digest where it was calibrated on pairs of this store, +sent- and a digest where a sentence model was asked.
-- described_at: when the analysis started, UTC.
SELECT current.method, regexp_replace(current.method, '-[0-9a-f]+$', '') AS version, run.started_at AS described_at
FROM current
JOIN run ON run.run_id = current.run_id
