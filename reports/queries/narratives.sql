-- One row per article of a narrative: recurring phrases of a theme, whoever wrote them.
SELECT
    narrative.narrative,
    narrative.title AS narrative_title,
    narrative.article_id,
    narrative.phrase_count,
    article.title,
    article.url,
    article.language,
    article.script,
    article.outlet,
    outlet.name AS outlet_name,
    outlet.role,
    article.published_at,
    article.published_precision
FROM narrative
JOIN article USING (article_id)
JOIN outlet ON outlet.outlet = article.outlet
ORDER BY narrative.narrative, article.published_at NULLS LAST, narrative.article_id
