-- One row per address of an article in a match that a later visit did not find: when it was last read, since when it is
-- missed, what the site answered, and whether it was there again afterwards.
WITH visit AS (
    SELECT
        outlet,
        url,
        visited_at,
        outcome,
        http_status,
        detail,
        max(visited_at) FILTER (outcome IN ('unchanged', 'changed')) OVER (
            PARTITION BY outlet, url ORDER BY visited_at ROWS UNBOUNDED PRECEDING
        ) AS read_at
    FROM revisit
    WHERE outcome IN ('unchanged', 'changed', 'gone')
),
missed AS (
    SELECT
        outlet,
        url,
        read_at,
        min(visited_at) AS first_gone_at,
        max(visited_at) AS last_gone_at,
        arg_max(http_status, visited_at) AS http_status,
        arg_max(detail, visited_at) AS detail
    FROM visit
    WHERE outcome = 'gone'
    GROUP BY outlet, url, read_at
    QUALIFY row_number() OVER (PARTITION BY outlet, url ORDER BY last_gone_at DESC) = 1
),
found AS (
    SELECT outlet, url, max(visited_at) AS found_at
    FROM visit
    WHERE outcome <> 'gone'
    GROUP BY outlet, url
)
SELECT
    article.article_id,
    article.title,
    article.language,
    article.script,
    article.published_at,
    article.published_precision,
    missed.outlet,
    outlet.name AS outlet_name,
    outlet.role,
    missed.url,
    coalesce(missed.read_at, address.first_seen_at) AS last_read_at,
    missed.first_gone_at,
    missed.last_gone_at,
    missed.http_status,
    missed.detail,
    CASE WHEN found.found_at > missed.last_gone_at THEN found.found_at END AS back_at
FROM missed
JOIN address USING (outlet, url)
JOIN article ON article.article_id = address.article_id
JOIN outlet ON outlet.outlet = missed.outlet
LEFT JOIN found ON found.outlet = missed.outlet AND found.url = missed.url
WHERE article.article_id IN (
    SELECT article_id FROM match WHERE verdict <> 'unrelated'
    UNION
    SELECT state_article_id FROM match WHERE verdict <> 'unrelated'
)
ORDER BY missed.first_gone_at DESC, missed.outlet, missed.url
