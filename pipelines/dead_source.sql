-- One row per feed, sitemap or listing that could not be read in any of the outlet's last three crawls that read another:
-- it is gone, and no longer a gap in what is known.
WITH latest AS (
    SELECT outlet, run_id
    FROM crawl
    JOIN run USING (run_id)
    WHERE run.command = 'crawl' AND crawl.status <> 'failed' AND crawl.outlet IN (SELECT unnest($outlets))
    QUALIFY row_number() OVER (PARTITION BY crawl.outlet ORDER BY run.started_at DESC) <= $crawls
)
SELECT outlet, refusal.url
FROM refusal
JOIN latest USING (outlet, run_id)
WHERE refusal.asked_as IN ('feed', 'sitemap', 'listing')
GROUP BY ALL
HAVING count(DISTINCT run_id) = $crawls
