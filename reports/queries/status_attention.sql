-- One row per finding that needs attention, of the latest crawl of each outlet: alarms first, then warnings; `position` 1
-- is the outlet's worst.
WITH latest AS (
    SELECT DISTINCT crawl.outlet, run.run_id, run.started_at
    FROM crawl
    JOIN run USING (run_id)
    WHERE run.command = 'crawl'
    QUALIFY rank() OVER (PARTITION BY crawl.outlet ORDER BY run.started_at DESC, run.run_id DESC) = 1
)
SELECT
    health.outlet,
    outlet.name,
    outlet.role,
    health.check_name,
    health.level,
    health.detail,
    health.night_count,
    health.measured,
    health.expected,
    health.probability,
    latest.started_at AS crawled_at,
    latest.run_id,
    row_number() OVER (
        PARTITION BY health.outlet ORDER BY health.level, list_position($checks::TEXT[], health.check_name)
    ) AS position
FROM health
JOIN latest USING (outlet, run_id)
LEFT JOIN outlet USING (outlet)
WHERE health.level IN ('alarm', 'warning')
ORDER BY
    min(health.level) OVER (PARTITION BY health.outlet),
    outlet.role = 'agency' DESC,
    health.outlet,
    position
