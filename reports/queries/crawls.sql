-- One row per outlet and run: what came through each stage, newest run first; position 1 is the outlet's latest.
SELECT
    crawl.run_id,
    crawl.outlet,
    outlet.name AS outlet_name,
    outlet.role,
    run.command,
    run.started_at,
    crawl.discovered_count,
    crawl.fetched_count,
    crawl.stored_count,
    crawl.refused_count,
    crawl.status,
    crawl.detail,
    row_number() OVER (PARTITION BY crawl.outlet ORDER BY run.started_at DESC, crawl.run_id DESC) AS position
FROM crawl
JOIN run USING (run_id)
LEFT JOIN outlet ON outlet.outlet = crawl.outlet
ORDER BY lower(coalesce(outlet.name, crawl.outlet)), crawl.outlet, position
