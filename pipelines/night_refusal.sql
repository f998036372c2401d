-- One row per outlet of one crawl and reason for which its pages are refused: tonight, and in the four weeks before; and
-- with the reason `gone`, of how many visits to stored articles nothing was found any more.
WITH this AS (
    SELECT started_at FROM run WHERE run_id = $run_id
), night AS (
    SELECT
        crawl.outlet, crawl.run_id, crawl.run_id = $run_id AS is_tonight,
        greatest(crawl.parsed_count - crawl.changed_count, 0) AS parsed_count,
        crawl.revisited_count, crawl.gone_count
    FROM crawl
    JOIN run USING (run_id)
    CROSS JOIN this
    WHERE run.command = 'crawl'
        AND run.started_at BETWEEN this.started_at - INTERVAL 28 DAY AND this.started_at
        AND crawl.outlet IN (SELECT outlet FROM crawl WHERE run_id = $run_id)
), refused AS (
    SELECT run_id, outlet, reason, count(*) AS refused_count
    FROM refusal
    WHERE coalesce(asked_as, 'article') = 'article'
        AND reason NOT IN ('outside_window', 'duplicate', 'robots', 'off_site', 'private_address', 'unknown_host')
    GROUP BY ALL
), total AS (
    SELECT
        night.outlet,
        sum(parsed_count + coalesce(of_all.refused_count, 0)) FILTER (is_tonight) AS tonight_total,
        sum(parsed_count + coalesce(of_all.refused_count, 0)) FILTER (NOT is_tonight) AS past_total
    FROM night
    LEFT JOIN (SELECT run_id, outlet, sum(refused_count) AS refused_count FROM refused GROUP BY ALL) AS of_all
        USING (run_id, outlet)
    GROUP BY night.outlet
)
SELECT
    night.outlet,
    refused.reason,
    coalesce(sum(refused_count) FILTER (is_tonight), 0)::INTEGER AS tonight_count,
    coalesce(any_value(total.tonight_total), 0)::INTEGER AS tonight_total,
    coalesce(sum(refused_count) FILTER (NOT is_tonight), 0)::INTEGER AS past_count,
    coalesce(any_value(total.past_total), 0)::INTEGER AS past_total
FROM night
JOIN refused USING (run_id, outlet)
JOIN total USING (outlet)
GROUP BY ALL
UNION ALL
SELECT
    outlet,
    'gone',
    coalesce(sum(gone_count) FILTER (is_tonight), 0)::INTEGER,
    coalesce(sum(revisited_count) FILTER (is_tonight), 0)::INTEGER,
    coalesce(sum(gone_count) FILTER (NOT is_tonight), 0)::INTEGER,
    coalesce(sum(revisited_count) FILTER (NOT is_tonight), 0)::INTEGER
FROM night
GROUP BY outlet
ORDER BY 1, 2
