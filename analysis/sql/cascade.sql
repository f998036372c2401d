-- One row per article in the spread of a story: whom it has the story from, and how far from the state article.
-- story_id: story.
-- article_id: article that took it.
-- parent_article_id: article it was taken from: the state article, or another local one.
-- depth: 1 when taken from the state article itself, 2 when from one that had it from there, and so on.
-- outlet: outlet of the article.
-- published_at: when it was published, UTC.
-- form: form of the match with the state article.
-- probability: its probability.
-- lag_minutes: minutes from the state article; null unless both times are known to the minute.
-- lag_days: days from the state article.
WITH RECURSIVE taken AS (
    SELECT a.*, coalesce(m.via_article_id, a.state_article_id) AS parent_article_id
    FROM amplification a
    JOIN match m ON m.match_id = a.match_id
),
spread AS (
    SELECT t.article_id, 1 AS depth FROM taken t WHERE t.parent_article_id = t.state_article_id
    UNION
    SELECT t.article_id, s.depth + 1
    FROM taken t
    JOIN spread s ON s.article_id = t.parent_article_id
    WHERE s.depth < 50
)
SELECT
    t.state_article_id AS story_id,
    t.article_id,
    t.parent_article_id,
    coalesce((SELECT min(s.depth) FROM spread s WHERE s.article_id = t.article_id), 2) AS depth,
    t.outlet,
    t.published_at,
    t.form,
    t.probability,
    t.lag_minutes,
    t.lag_days
FROM taken t
ORDER BY story_id, t.published_at, t.article_id
