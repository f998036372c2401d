-- One row per outlet of one crawl and check: what the outlet's crawl before it found.
SELECT health.outlet, health.check_name, health.level, health.night_count, health.detail
FROM health
JOIN run USING (run_id)
WHERE run.started_at < (SELECT started_at FROM run WHERE run_id = $run_id)
    AND health.outlet IN (SELECT outlet FROM crawl WHERE run_id = $run_id)
QUALIFY rank() OVER (PARTITION BY health.outlet ORDER BY run.started_at DESC, health.run_id DESC) = 1
