-- One row per outlet of one crawl: what became of it, and how many of its articles are of the last day and week.
WITH this AS (
    SELECT run_id, started_at, try_cast(arguments->>'$.until' AS DATE) AS until_on, coalesce(detail->>'$.reason', '') AS reason
    FROM run
    WHERE run_id = $run_id
), first_crawl AS (
    SELECT crawl.outlet, min(run.started_at) AS at
    FROM crawl
    JOIN run USING (run_id)
    WHERE run.command = 'crawl' AND crawl.status <> 'failed' AND run.started_at <= (SELECT started_at FROM this)
    GROUP BY crawl.outlet
), told AS (
    -- An article counts when it was published; no later than the start of the crawl that saw it, so that one whose page
    -- tells only the day, or nothing, is of the night on which it was found.
    SELECT
        article.outlet,
        least(
            CASE published_precision
                WHEN 'minute' THEN published_at
                WHEN 'day' THEN published_at + INTERVAL 1 DAY
                ELSE first_seen_at
            END,
            coalesce(seen.started_at, first_seen_at)
        ) AS at,
        coalesce(seen.run_id = $run_id, false) AS is_new
    FROM article
    LEFT JOIN (
        SELECT article_id, arg_min(run_id, first_seen_at) AS run_id FROM article_version GROUP BY article_id
    ) AS first_version USING (article_id)
    LEFT JOIN run AS seen ON seen.run_id = first_version.run_id AND seen.command = 'crawl'
), recent AS (
    SELECT
        told.outlet,
        count(*) FILTER (told.at > this.started_at - INTERVAL 1 DAY) AS day_count,
        count(*) FILTER (told.at > this.started_at - INTERVAL 7 DAY) AS week_count,
        count(*) FILTER (told.is_new) AS new_count,
        max(told.at) AS newest_at
    FROM told, this
    WHERE told.at <= this.started_at
    GROUP BY told.outlet
), turned AS (
    SELECT
        outlet,
        count(*) FILTER (coalesce(asked_as, 'article') = 'article') AS refused_count,
        count(*) FILTER (coalesce(asked_as, 'article') = 'article' AND is_wall) AS wall_count,
        mode(reason) FILTER (coalesce(asked_as, 'article') = 'article' AND is_wall) AS wall,
        bool_or(is_wall) AS has_wall
    FROM (
        SELECT *, reason IN ('blocked', 'bot_check', 'consent_page', 'script_shell', 'paywall') AS is_wall
        FROM refusal
        WHERE run_id = $run_id
    )
    GROUP BY outlet
)
SELECT
    crawl.outlet,
    outlet.role,
    outlet.expected_per_day,
    timezone(outlet.timezone, timezone('UTC', this.started_at)) AS local_at,
    this.started_at,
    this.until_on IS NOT NULL AS is_backfill,
    this.reason NOT IN ('finished', '') AS is_stopped,
    timezone(outlet.timezone, timezone('UTC', first_crawl.at))::DATE AS first_on,
    crawl.status,
    crawl.detail,
    coalesce(recent.day_count, 0) AS day_count,
    coalesce(recent.week_count, 0) AS week_count,
    coalesce(recent.new_count, 0) AS new_count,
    recent.newest_at,
    coalesce(turned.refused_count, 0) + crawl.stored_count AS asked_count,
    coalesce(turned.wall_count, 0) AS wall_count,
    turned.wall,
    coalesce(turned.has_wall, false) AS is_walled_off
FROM crawl
CROSS JOIN this
JOIN outlet USING (outlet)
LEFT JOIN first_crawl USING (outlet)
LEFT JOIN recent USING (outlet)
LEFT JOIN turned USING (outlet)
WHERE crawl.run_id = $run_id
ORDER BY crawl.outlet
