-- One row per n-gram of a text that is not news there: its outlet printed it on an earlier day, or prints it always.
-- text_no: text.
-- gram: hash of the n-gram: boilerplate, recycled background, templates.
WITH printed AS MATERIALIZED ( -- or DuckDB joins text and gram_use by the outlet alone: 20 GB at 50,000 texts
    SELECT g.text_no, g.gram, t.outlet, t.published_on
    FROM gram g
    JOIN text t USING (text_no)
)
SELECT p.text_no, p.gram
FROM printed p
JOIN gram_use u ON u.outlet = p.outlet AND u.gram = p.gram
WHERE u.first_on < p.published_on OR u.article_count >= $boilerplate_articles OR u.day_count >= $boilerplate_days
UNION
SELECT g.text_no, g.gram
FROM gram g
JOIN common_gram c USING (gram)
