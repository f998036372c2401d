-- One row per address that is likely to answer with the bytes that the archive holds already, with its last answer:
-- feeds, sitemaps, listings and robots.txt of these outlets, and the articles that are due for another visit.
SELECT url, max(fetched_at) AS at, arg_max({'file': warc_file, 'byte': warc_offset, 'sha256': sha256}, fetched_at) AS record
FROM page
WHERE outlet IN (SELECT unnest($outlets))
    AND (kind <> 'article' OR url IN (SELECT unnest($due)))
    AND http_status = 200 AND byte_count > 0 AND fetched_at >= $now::TIMESTAMP - INTERVAL 60 DAY
GROUP BY url
