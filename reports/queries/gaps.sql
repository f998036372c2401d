-- One row per outlet that the findings cover badly or not at all, with its kind: failed, empty, nothing, silent, few, never.
-- An outlet is silent beside the others: `ended_on` is the day that half of them reach, so that neither a crawl of last
-- year's articles nor one wrong date makes all look silent.
WITH finished AS (
    SELECT max(coalesce(finished_at, started_at))::DATE AS finished_on
    FROM run
),
ended AS (
    SELECT quantile_disc(last_on, 0.5) AS ended_on
    FROM (
        SELECT max(published_on) AS last_on
        FROM article, finished
        WHERE published_on <= finished_on
        GROUP BY outlet
    )
),
latest AS (
    SELECT crawl.outlet, crawl.status, crawl.detail, run.started_at
    FROM crawl
    JOIN run USING (run_id)
    WHERE run.command = 'crawl'
    QUALIFY row_number() OVER (PARTITION BY crawl.outlet ORDER BY run.started_at DESC, crawl.run_id DESC) = 1
),
stored AS (
    SELECT
        article.outlet,
        min(published_on) AS first_on,
        max(published_on) FILTER (published_on <= finished_on) AS last_on,
        count(*) FILTER (published_on BETWEEN ended_on - ($recent_days::INTEGER - 1) AND ended_on) AS recent_count,
        least($recent_days::INTEGER, date_diff('day', min(published_on), any_value(ended_on)) + 1) AS recent_days
    FROM article, ended, finished
    GROUP BY article.outlet
),
judged AS (
    SELECT
        outlet.outlet,
        outlet.name,
        outlet.role,
        outlet.country,
        outlet.expected_per_day,
        latest.started_at,
        coalesce(latest.detail, '') AS detail,
        stored.last_on,
        stored.recent_count,
        stored.recent_days,
        CASE
            WHEN latest.status = 'failed' THEN 'failed'
            WHEN latest.status = 'empty' THEN 'empty'
            WHEN latest.outlet IS NOT NULL AND stored.outlet IS NULL THEN 'nothing'
            WHEN latest.outlet IS NOT NULL AND (
                stored.last_on IS NULL OR stored.last_on < ended.ended_on - $quiet_days::INTEGER
            ) THEN 'silent'
            WHEN latest.outlet IS NOT NULL
                AND stored.recent_count < $fewest_share * outlet.expected_per_day * stored.recent_days THEN 'few'
            WHEN latest.outlet IS NULL AND stored.outlet IS NULL THEN 'never'
        END AS kind
    FROM outlet
    CROSS JOIN ended
    LEFT JOIN latest USING (outlet)
    LEFT JOIN stored USING (outlet)
)
SELECT *
FROM judged
WHERE kind IS NOT NULL
ORDER BY list_position(['failed', 'empty', 'nothing', 'silent', 'few', 'never'], kind), lower(name), outlet
