-- One row per day: articles of local outlets and aggregators published then that took a state story; those of unknown
-- order only where the text itself shows the taking.
SELECT
    article.published_on AS day,
    count(*) FILTER (amplification.direction <> 'unknown' AND amplification.is_credited) AS credited_count,
    count(*) FILTER (amplification.direction <> 'unknown' AND NOT amplification.is_credited) AS uncredited_count,
    count(*) FILTER (amplification.direction = 'unknown') AS unknown_count
FROM amplification
JOIN article USING (article_id)
WHERE article.published_on IS NOT NULL
GROUP BY ALL
ORDER BY day
