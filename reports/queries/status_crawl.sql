-- One row per outlet of the latest crawl.
SELECT outlet, status, discovered_count, fetched_count, stored_count, refused_count, detail
FROM crawl
WHERE run_id = (SELECT arg_max(run_id, (started_at, run_id)) FROM run WHERE command = 'crawl')
ORDER BY outlet
