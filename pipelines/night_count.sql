-- Sets, for the findings of one crawl, on how many crawls of the outlet in a row the check was at this level.
UPDATE health
SET night_count = 1 + before.night_count
FROM (
    SELECT health.outlet, health.check_name, health.level, health.night_count
    FROM health
    JOIN run USING (run_id)
    WHERE run.started_at < (SELECT started_at FROM run WHERE run_id = $run_id)
    QUALIFY row_number() OVER (PARTITION BY health.outlet, health.check_name ORDER BY run.started_at DESC) = 1
) AS before
WHERE health.run_id = $run_id
    AND before.outlet = health.outlet
    AND before.check_name = health.check_name
    AND before.level = health.level
