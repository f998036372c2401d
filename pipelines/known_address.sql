-- One row per address of an outlet that a crawl of this window need not fetch.
SELECT url FROM article_version WHERE outlet = $outlet
UNION
-- what redirected to a stored article
SELECT page.requested_url
FROM page
JOIN article_version v ON v.warc_file = page.warc_file AND v.warc_offset = page.warc_offset
WHERE page.outlet = $outlet AND page.requested_url IS NOT NULL
UNION
-- what is no article and does not become one; an error or a text that was too short may be mended
SELECT url FROM refusal
WHERE outlet = $outlet AND (
    reason IN ('list_page', 'not_html')
    OR reason = 'outside_window' AND (
        try_cast(regexp_extract(detail, '\d{4}-\d\d-\d\d') AS DATE) < $since::DATE
        OR try_cast(regexp_extract(detail, '\d{4}-\d\d-\d\d') AS DATE) > $until::DATE
    )
)
