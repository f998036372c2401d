-- One row: in how many pairs an article could have been called an amplification of a state article.
-- pair_count: texts of local outlets and aggregators, each times the state texts inside the window before it.
WITH day AS (
    SELECT
        published_on,
        count(*) FILTER (role IN ('local', 'aggregator')) AS article_texts,
        count(*) FILTER (role IN ('state_media', 'mirror')) AS state_texts
    FROM text
    GROUP BY published_on
)
SELECT coalesce(sum(l.article_texts * s.state_texts), 0)::BIGINT AS pair_count
FROM day l
JOIN day s ON l.published_on - s.published_on BETWEEN 0 AND $window_days
