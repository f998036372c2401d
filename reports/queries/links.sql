-- One row per link, forward, reply or shown post that leads from or to Russian state media or its channels: the article
-- that leads there, where it leads, and the match of the two where there is one. Links inside one house are left out.
SELECT
    link.outlet,
    source.name AS outlet_name,
    source.role,
    link.url,
    link.kind,
    link.target_url,
    link.target_outlet,
    target.name AS target_name,
    target.role AS target_role,
    link.words,
    link.first_seen_at,
    article.article_id,
    article.title,
    article.language,
    article.script,
    article.published_at,
    coalesce(article.published_precision, 'none') AS published_precision,
    led_to.article_id AS target_article_id,
    led_to.title AS target_title,
    led_to.language AS target_language,
    led_to.script AS target_script,
    led_to.published_at AS target_published_at,
    led_to.published_precision AS target_published_precision,
    CASE
        WHEN led_to.published_precision = 'minute' AND article.published_precision = 'minute'
            THEN date_diff('minute', led_to.published_at, article.published_at)
    END AS lag_minutes,
    match.match_id,
    match.verdict
FROM link
JOIN outlet AS source ON source.outlet = link.outlet
JOIN outlet AS target ON target.outlet = link.target_outlet
LEFT JOIN address ON address.outlet = link.outlet AND address.url = link.url
LEFT JOIN article ON article.article_id = address.article_id
LEFT JOIN address AS target_address
    ON target_address.outlet = link.target_outlet AND target_address.url = link.target_url
LEFT JOIN article AS led_to ON led_to.article_id = target_address.article_id
LEFT JOIN match
    ON match.verdict <> 'unrelated'
    AND (
        (match.article_id = article.article_id AND match.state_article_id = led_to.article_id)
        OR (match.article_id = led_to.article_id AND match.state_article_id = article.article_id)
    )
WHERE regexp_replace(link.outlet, '-telegram$', '') <> regexp_replace(link.target_outlet, '-telegram$', '')
    AND (source.role IN ('state_media', 'mirror')) <> (target.role IN ('state_media', 'mirror'))
ORDER BY coalesce(article.published_at, link.first_seen_at) DESC, link.outlet, link.url, link.kind, link.target_url
