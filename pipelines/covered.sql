-- One row per outlet that was ever crawled without a gap: the time up to which nothing was missed, and when a crawl last
-- looked back as many days as it ever does.
SELECT
    crawl.outlet,
    max(run.started_at) AS covered_at,
    max(run.started_at) FILTER (crawl.since_on <= run.started_at::DATE - $days::INTEGER) AS looked_back_at
FROM crawl
JOIN run USING (run_id)
WHERE crawl.is_covered AND crawl.outlet IN (SELECT unnest($outlets))
GROUP BY crawl.outlet
