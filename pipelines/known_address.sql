-- One row per address of an outlet that a crawl of this window need not fetch.
SELECT url FROM article_version WHERE outlet = $outlet
UNION
-- what redirected to a stored article
SELECT page.requested_url
FROM page
JOIN article_version v ON v.warc_file = page.warc_file AND v.warc_offset = page.warc_offset
WHERE page.outlet = $outlet AND page.requested_url IS NOT NULL
UNION
-- what is no article and does not become one
SELECT url FROM refusal
WHERE outlet = $outlet AND (
    reason IN ('list_page', 'not_html')
    OR reason = 'outside_window' AND (
        try_cast(regexp_extract(detail, '\d{4}-\d\d-\d\d') AS DATE) < $since::DATE
        OR try_cast(regexp_extract(detail, '\d{4}-\d\d-\d\d') AS DATE) > $until::DATE
    )
)
UNION
-- what gave no article, until its next turn of the schedule: it may be mended, but not every night. What missed.sql
-- asks for again is not held back.
SELECT url FROM refusal
WHERE outlet = $outlet AND (
    asked_as = 'article' AND reason <> 'robots'
    OR asked_as IS NULL AND reason IN (
        'bot_check', 'consent_page', 'script_shell', 'paywall', 'soft_404', 'no_text', 'too_short', 'no_title',
        'extraction_failed'
    )
)
GROUP BY url
HAVING NOT coalesce(list_bool_or([
        min(refused_at) + to_hours(hour) > max(refused_at) AND min(refused_at) + to_hours(hour) <= $now::TIMESTAMP
        FOR hour IN $hours::BIGINT[]
    ]), false)
    AND NOT (
        min(refused_at) >= $now::TIMESTAMP - to_days($days::INTEGER)
        AND arg_max(
            reason IN ('fetch_failed', 'blocked', 'bot_check', 'consent_page')
                OR reason = 'http_error' AND NOT regexp_matches(detail, 'status (404|410)'),
            refused_at
        )
    )
