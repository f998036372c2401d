-- One row per outlet that was ever crawled: what its latest crawl came to, and when it last gave an article.
WITH latest AS (
    SELECT crawl.*, run.started_at
    FROM crawl
    JOIN run USING (run_id)
    WHERE run.command = 'crawl'
    QUALIFY row_number() OVER (PARTITION BY crawl.outlet ORDER BY run.started_at DESC, run.run_id DESC) = 1
),
held AS (
    SELECT outlet, count(*) AS article_count, max(first_seen_at) AS last_article_at
    FROM article
    GROUP BY outlet
)
SELECT
    latest.outlet,
    latest.status,
    latest.started_at AS crawled_at,
    latest.discovered_count,
    latest.stored_count,
    latest.refused_count,
    coalesce(held.article_count, 0) AS article_count,
    held.last_article_at,
    latest.detail
FROM latest
LEFT JOIN held USING (outlet)
ORDER BY latest.status = 'ok', latest.status, latest.outlet
