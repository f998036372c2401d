-- One row per n-gram of a text that is not news there: its outlet printed it on an earlier day, or prints it always.
-- text_no: text.
-- gram: hash of the n-gram: boilerplate, recycled background, templates.
SELECT g.text_no, g.gram
FROM gram g
JOIN text t USING (text_no)
JOIN gram_use u ON u.outlet = t.outlet AND u.gram = g.gram
WHERE u.first_on < t.published_on OR u.article_count >= $boilerplate_articles OR u.day_count >= $boilerplate_days
UNION
SELECT g.text_no, g.gram
FROM gram g
JOIN common_gram c USING (gram)
