-- One row per pair of outlets where one leads to the other: by links of its texts, forwards, replies, posts shown.
-- The delay is that of the linking article behind the article it leads to, where both are stored with their minute.
-- An outlet's links to itself, and between its site and its own channel, are in no row.
SELECT
    link.outlet,
    source.name AS outlet_name,
    source.role,
    list_contains(source.hosts, 't.me') AS is_channel,
    link.target_outlet,
    target.name AS target_name,
    target.role AS target_role,
    list_contains(target.hosts, 't.me') AS is_target_channel,
    count(DISTINCT link.url) AS article_count,
    count(*) FILTER (link.kind = 'link') AS link_count,
    count(*) FILTER (link.kind = 'forward') AS forward_count,
    count(*) FILTER (link.kind = 'embed') AS embed_count,
    count(*) FILTER (link.kind = 'reply') AS reply_count,
    min(coalesce(article.published_at, link.first_seen_at)) AS first_at,
    max(coalesce(article.published_at, link.first_seen_at)) AS last_at,
    median(date_diff('minute', led_to.published_at, article.published_at)) FILTER (
        led_to.published_precision = 'minute' AND article.published_precision = 'minute'
    ) AS median_lag_minutes
FROM link
JOIN outlet AS source ON source.outlet = link.outlet
JOIN outlet AS target ON target.outlet = link.target_outlet
LEFT JOIN address ON address.outlet = link.outlet AND address.url = link.url
LEFT JOIN article ON article.article_id = address.article_id
LEFT JOIN address AS target_address
    ON target_address.outlet = link.target_outlet AND target_address.url = link.target_url
LEFT JOIN article AS led_to ON led_to.article_id = target_address.article_id
WHERE regexp_replace(link.outlet, '-telegram$', '') <> regexp_replace(link.target_outlet, '-telegram$', '')
GROUP BY link.outlet, link.target_outlet, source.name, source.role, source.hosts, target.name, target.role, target.hosts
ORDER BY lower(source.name), article_count DESC, lower(target.name), link.outlet, link.target_outlet
