-- One row per run, the latest first; ten are shown.
SELECT
    run_id,
    command,
    status,
    started_at,
    date_diff('second', started_at, finished_at) AS seconds,
    detail
FROM run
ORDER BY started_at DESC, run_id DESC
LIMIT 10
