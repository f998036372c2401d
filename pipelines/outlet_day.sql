-- One row per outlet and day since it was first crawled, up to the last day that is over: how completely it was asked for.
WITH lost AS (
    -- one row per article address that gave no page when it was found, with the crawl that found it
    SELECT
        outlet, url,
        arg_min(run_id, refused_at) AS run_id,
        max(refused_at) AS last_at,
        min(refused_at) AS first_at
    FROM refusal
    WHERE coalesce(asked_as, 'article') = 'article'
        AND (
            reason IN ('fetch_failed', 'blocked', 'bot_check', 'consent_page')
            OR reason = 'http_error' AND NOT regexp_matches(detail, 'status (404|410)')
        )
    GROUP BY outlet, url
), reached AS (
    SELECT crawl.outlet, run.started_at AS reached_at
    FROM crawl
    JOIN run USING (run_id)
    WHERE run.command = 'crawl' AND crawl.status <> 'failed'
), answered AS (
    SELECT outlet, max(reached_at) AS reached_at FROM reached GROUP BY outlet
), pending AS (
    -- each crawl asks for them again: what was not refused by the latest one has been settled, or given up
    SELECT
        lost.outlet, lost.run_id,
        count(*) AS lost_count,
        count(*) FILTER (lost.last_at >= answered.reached_at OR lost.last_at >= lost.first_at + INTERVAL 12 DAY) AS open_count,
        max(lost.last_at) AS last_at
    FROM lost
    JOIN answered USING (outlet)
    GROUP BY ALL
), broken AS (
    SELECT DISTINCT run_id, outlet FROM refusal WHERE asked_as IN ('feed', 'sitemap', 'listing', 'robots')
), asking AS (
    SELECT
        crawl.outlet, crawl.run_id, run.started_at, crawl.status, crawl.since_on,
        try_cast(run.arguments->>'$.until' AS DATE) AS until_on,
        timezone(outlet.timezone, timezone('UTC', run.started_at))::DATE AS asked_on,
        coalesce(pending.lost_count, 0) * 10 > crawl.discovered_count AS had_lost,
        settled.reached_at AS settled_at,
        (crawl.is_covered OR until_on IS NOT NULL AND crawl.status <> 'failed' AND crawl.detail IN ('', 'no article address of the window was found') AND broken.outlet IS NULL)
            AND coalesce(pending.open_count, 0) * 10 <= crawl.discovered_count AS is_whole
    FROM crawl
    JOIN run USING (run_id)
    JOIN outlet USING (outlet)
    LEFT JOIN pending ON pending.run_id = crawl.run_id AND pending.outlet = crawl.outlet
    ASOF LEFT JOIN reached AS settled ON settled.outlet = pending.outlet AND settled.reached_at > pending.last_at
    LEFT JOIN broken ON broken.run_id = crawl.run_id AND broken.outlet = crawl.outlet
    WHERE run.command = 'crawl'
), looked AS (
    SELECT *, unnest(generate_series(
        coalesce(since_on, asked_on - 1), least(coalesce(until_on, asked_on), asked_on), INTERVAL 1 DAY
    ))::DATE AS day_on
    FROM asking
), calendar AS (
    SELECT outlet, unnest(generate_series(
        min(coalesce(since_on, asked_on - 1)), max(asked_on) - 1, INTERVAL 1 DAY
    ))::DATE AS day_on
    FROM asking
    WHERE until_on IS NULL
    GROUP BY outlet
    UNION
    SELECT outlet, day_on FROM looked WHERE day_on < asked_on
), closed AS (
    SELECT
        outlet, day_on,
        min(CASE WHEN had_lost THEN coalesce(settled_at, started_at) ELSE started_at END)
            FILTER (is_whole AND asked_on > day_on) AS closed_at,
        arg_min(run_id, started_at) FILTER (is_whole AND asked_on > day_on) AS run_id,
        bool_or(status <> 'failed') AS was_asked
    FROM looked
    GROUP BY ALL
), held AS (
    SELECT
        article.outlet,
        coalesce(published_on, timezone(outlet.timezone, timezone('UTC', first_seen_at))::DATE) AS day_on,
        count(*) AS article_count
    FROM article
    JOIN outlet USING (outlet)
    GROUP BY ALL
)
SELECT
    calendar.outlet,
    calendar.day_on,
    CASE WHEN closed.closed_at IS NOT NULL THEN 'whole' WHEN closed.was_asked THEN 'partial' ELSE 'none' END AS state,
    coalesce(held.article_count, 0)::INTEGER AS article_count,
    closed.closed_at,
    coalesce(
        closed.closed_at > calendar.day_on + INTERVAL 60 HOUR AND calendar.day_on >= begun.asked_on - 1, false
    ) AS is_late,
    closed.run_id
FROM calendar
JOIN (SELECT outlet, min(asked_on) AS asked_on FROM asking GROUP BY outlet) AS begun USING (outlet)
LEFT JOIN closed USING (outlet, day_on)
LEFT JOIN held USING (outlet, day_on)
ORDER BY calendar.outlet, calendar.day_on
