-- One row per run, newest first.
SELECT
    run.run_id,
    run.command,
    run.odjek_version,
    run.started_at,
    run.finished_at,
    CASE WHEN run.detail->>'$.error' = 'killed' THEN 'interrupted' ELSE run.status END AS status,
    count(crawl.outlet) AS outlet_count,
    count(crawl.outlet) FILTER (crawl.status = 'failed') AS failed_count,
    coalesce(sum(crawl.stored_count), 0)::BIGINT AS stored_count,
    coalesce(sum(crawl.refused_count), 0)::BIGINT AS refused_count
FROM run
LEFT JOIN crawl USING (run_id)
GROUP BY ALL
ORDER BY run.started_at DESC, run.run_id DESC
