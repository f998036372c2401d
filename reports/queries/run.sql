-- One row: the latest run of the snapshot; its time is the time of the report.
SELECT
    count(*) AS run_count,
    max(coalesce(finished_at, started_at)) AS generated_at,
    arg_max(run_id, (started_at, run_id)) AS run_id,
    arg_max(odjek_version, (started_at, run_id)) AS odjek_version
FROM run
