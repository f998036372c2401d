-- One row per word n-gram that is a phrase of the language or of the trade, not a mark of one text.
-- gram: hash of the n-gram; a story lives for days, a phrase is used every day.
SELECT g.gram
FROM gram g
JOIN text t USING (text_no)
WHERE g.gram IN (SELECT gram FROM gram GROUP BY gram HAVING count(*) > $phrase_days)
GROUP BY g.gram
HAVING count(DISTINCT t.published_on) > $phrase_days
