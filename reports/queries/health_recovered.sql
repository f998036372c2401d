-- One row per outlet whose alarm was over at its latest crawl.
WITH latest AS (
    SELECT DISTINCT crawl.outlet, run.run_id
    FROM crawl
    JOIN run USING (run_id)
    WHERE run.command = 'crawl'
    QUALIFY rank() OVER (PARTITION BY crawl.outlet ORDER BY run.started_at DESC, run.run_id DESC) = 1
)
SELECT health.outlet, coalesce(outlet.name, health.outlet) AS name, health.detail
FROM health
JOIN latest USING (outlet, run_id)
LEFT JOIN outlet USING (outlet)
WHERE health.check_name = 'recovered'
ORDER BY lower(name), health.outlet
