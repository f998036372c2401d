-- One row per outlet of one crawl and source of addresses that is broken tonight (`problem` says how), or way of finding
-- articles that gave some on most of the last four weeks' nights and gives none tonight, though another one does.
WITH this AS (
    SELECT started_at FROM run WHERE run_id = $run_id
), found AS (
    SELECT
        crawl.outlet, crawl.run_id, crawl.run_id = $run_id AS is_tonight, crawl.discovered_count,
        key AS way, (crawl.discovered_by->>key)::INTEGER AS way_count
    FROM crawl
    JOIN run USING (run_id)
    CROSS JOIN this
    CROSS JOIN unnest(['feed', 'sitemap', 'alternate', 'wordpress', 'listing', 'archive', 'telegram']) AS of(key)
    WHERE run.command = 'crawl' AND crawl.status <> 'failed'
        AND run.started_at BETWEEN this.started_at - INTERVAL 28 DAY AND this.started_at
        AND crawl.outlet IN (SELECT outlet FROM crawl WHERE run_id = $run_id)
), problem AS (
    SELECT outlet, coalesce(asked_as, 'source') AS kind, url, any_value(reason || ': ' || detail) AS problem
    FROM refusal
    WHERE run_id = $run_id AND asked_as IN ('feed', 'sitemap', 'listing')
    GROUP BY ALL
    UNION ALL
    SELECT
        outlet, way, '',
        'gave articles on ' || count(*) FILTER (NOT is_tonight AND way_count > 0) || ' of '
            || count(*) FILTER (NOT is_tonight) || ' nights, and none tonight'
    FROM found
    GROUP BY outlet, way
    HAVING count(*) FILTER (NOT is_tonight) >= 5
        AND count(*) FILTER (NOT is_tonight AND way_count > 0) >= 0.8 * count(*) FILTER (NOT is_tonight)
        AND sum(way_count) FILTER (NOT is_tonight) >= 10
        AND coalesce(sum(way_count) FILTER (is_tonight), 0) = 0
        AND max(discovered_count) FILTER (is_tonight) > 0
)
SELECT outlet, kind, url, problem
FROM problem
ORDER BY outlet, url = '', url, kind
