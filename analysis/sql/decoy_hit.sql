-- One row per article that would have been reported for a decoy: likelier from it than from any real story.
-- article_id: article of a local outlet or an aggregator.
-- probability: the highest probability of an amplification with a decoy.
SELECT l.article_id, max(e.probability) AS probability
FROM evidence e
JOIN text l ON l.text_no = e.text_no
LEFT JOIN amplification a ON a.article_id = l.article_id
WHERE e.verdict = 'amplification'
    AND l.role IN ('local', 'aggregator')
    AND (e.direction = 'state_first' OR (e.direction = 'unknown' AND e.credit IS NOT NULL))
    AND (a.article_id IS NULL OR e.probability >= a.probability)
GROUP BY l.article_id
