-- One row per outlet that was ever crawled without a gap, with the time up to which nothing was missed.
SELECT crawl.outlet, max(run.started_at) AS covered_at
FROM crawl
JOIN run USING (run_id)
WHERE crawl.is_covered AND crawl.outlet IN (SELECT unnest($outlets))
GROUP BY crawl.outlet
