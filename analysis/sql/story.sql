-- One row per state-media story that anybody took: state articles that are one text count as one story.
-- story_id: id of its earliest state article.
-- title: headline of that article.
-- state_article_id: its id.
-- first_published_at: when it was published, UTC.
-- first_published_precision: minute, day or none.
-- state_outlet: outlet that had it first.
-- state_article_count: state articles matched.
-- article_count: local articles that took it.
-- outlet_count: local outlets that took it.
SELECT
    s.article_id AS story_id,
    s.title,
    s.article_id AS state_article_id,
    s.published_at AS first_published_at,
    s.published_precision AS first_published_precision,
    s.outlet AS state_outlet,
    1 AS state_article_count,
    count(*) AS article_count,
    count(DISTINCT a.outlet) AS outlet_count
FROM amplification a
JOIN article s ON s.article_id = a.state_article_id
GROUP BY ALL
ORDER BY article_count DESC, first_published_at, story_id
