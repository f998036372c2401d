-- One row per word n-gram of an outlet that stands in more than one of its articles.
-- outlet: outlet.
-- gram: hash of the n-gram.
-- article_count: articles of the outlet that hold it.
-- day_count: days on which it published such an article.
-- first_on: day of the earliest of them.
SELECT
    t.outlet,
    g.gram,
    count(DISTINCT t.article_id) AS article_count,
    count(DISTINCT t.published_on) AS day_count,
    min(t.published_on) AS first_on
FROM gram g
JOIN text t USING (text_no)
WHERE g.is_repeated
GROUP BY t.outlet, g.gram
HAVING count(DISTINCT t.article_id) > 1
