-- One row per state story that at least one local article took.
SELECT
    story.story_id,
    story.title,
    story.state_article_id,
    story.first_published_at,
    story.first_published_precision,
    story.state_outlet,
    story.state_article_count,
    story.article_count,
    story.outlet_count,
    outlet.name AS state_outlet_name,
    article.url AS state_url,
    article.language,
    article.script,
    count(amplification.article_id) FILTER (amplification.direction <> 'unknown') AS took_count,
    count(DISTINCT amplification.outlet) FILTER (amplification.direction <> 'unknown') AS took_outlet_count,
    count(amplification.article_id) FILTER (amplification.direction = 'unknown') AS unknown_count,
    count(amplification.article_id)
        FILTER (amplification.direction <> 'unknown' AND amplification.is_credited) AS credited_count,
    min(amplification.lag_minutes) FILTER (amplification.direction <> 'unknown') AS first_lag_minutes,
    min(amplification.lag_days) FILTER (amplification.direction <> 'unknown') AS first_lag_days
FROM story
LEFT JOIN outlet ON outlet.outlet = story.state_outlet
LEFT JOIN article ON article.article_id = story.state_article_id
LEFT JOIN cascade ON cascade.story_id = story.story_id
LEFT JOIN amplification ON amplification.article_id = cascade.article_id
GROUP BY ALL
ORDER BY took_outlet_count DESC, took_count DESC, story.first_published_at NULLS LAST, story.story_id
