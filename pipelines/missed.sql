-- One row per article that could not be fetched when it was found, for as many days: the next crawl asks for it again,
-- whether any source still lists it or not. What is stored by now is left out when it is asked for.
SELECT outlet, url
FROM refusal
WHERE outlet IN (SELECT unnest($outlets))
GROUP BY outlet, url
HAVING min(refused_at) >= $now::TIMESTAMP - to_days($days::INTEGER)
    AND coalesce(arg_max(asked_as, refused_at), 'article') = 'article'
    AND arg_max(
        reason IN ('fetch_failed', 'blocked', 'bot_check', 'consent_page')
            OR reason = 'http_error' AND NOT regexp_matches(detail, 'status (404|410)'),
        refused_at
    )
ORDER BY min(refused_at), url
