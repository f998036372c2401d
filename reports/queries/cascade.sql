-- One row per local article of a story's cascade, with the match that shows the taking.
SELECT
    cascade.story_id,
    cascade.article_id,
    cascade.parent_article_id,
    cascade.depth,
    cascade.outlet,
    cascade.form,
    cascade.probability,
    cascade.lag_minutes,
    CASE WHEN 'none' NOT IN (article.published_precision, story.first_published_precision) THEN cascade.lag_days END
        AS lag_days,
    outlet.name AS outlet_name,
    article.title,
    article.url,
    article.language,
    article.script,
    article.published_at,
    article.published_precision,
    amplification.match_id,
    amplification.direction,
    amplification.is_credited,
    CASE WHEN parent_outlet.role NOT IN ('state_media', 'mirror') THEN parent_outlet.name END AS parent_name
FROM cascade
JOIN story ON story.story_id = cascade.story_id
JOIN article ON article.article_id = cascade.article_id
JOIN outlet ON outlet.outlet = article.outlet
LEFT JOIN amplification ON amplification.article_id = cascade.article_id
LEFT JOIN article AS parent ON parent.article_id = cascade.parent_article_id
LEFT JOIN outlet AS parent_outlet ON parent_outlet.outlet = parent.outlet
WHERE outlet.role NOT IN ('state_media', 'mirror')
ORDER BY cascade.story_id, article.published_at NULLS LAST, cascade.article_id
