-- One row per run, the latest first; ten are shown. What a crawl fetched and an analysis found stands in its own columns.
-- A run that was killed is interrupted: it is marked by the next one, and until then runs while nobody is at work.
WITH crawled AS (
    SELECT
        run_id,
        count(*) AS outlet_count,
        count(*) FILTER (status = 'failed') AS failed_count,
        sum(stored_count)::BIGINT AS stored_count,
        sum(refused_count)::BIGINT AS refused_count
    FROM crawl
    GROUP BY run_id
), judged AS (
    SELECT
        run_id,
        count(DISTINCT outlet) FILTER (level = 'alarm') AS alarm_count,
        count(DISTINCT outlet) FILTER (level = 'warning') AS warning_count
    FROM health
    GROUP BY run_id
)
SELECT
    run.run_id,
    run.command,
    CASE
        WHEN run.detail->>'$.error' = 'killed' OR (run.status = 'running' AND NOT $is_busy) THEN 'interrupted'
        ELSE run.status
    END AS status,
    run.started_at,
    date_diff('second', run.started_at, run.finished_at) AS seconds,
    crawled.outlet_count,
    crawled.stored_count,
    crawled.refused_count,
    crawled.failed_count,
    judged.alarm_count,
    judged.warning_count,
    try_cast(run.detail->>'$.findings' AS BIGINT) AS finding_count,
    try_cast(run.detail->>'$.false_share' AS DOUBLE) AS false_share,
    try_cast(run.detail->>'$.rate_low' AS DOUBLE) AS false_share_low,
    try_cast(run.detail->>'$.rate_high' AS DOUBLE) AS false_share_high,
    run.detail
FROM run
LEFT JOIN crawled USING (run_id)
LEFT JOIN judged USING (run_id)
ORDER BY run.started_at DESC, run.run_id DESC
LIMIT 10
