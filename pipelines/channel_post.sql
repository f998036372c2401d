-- One row per post of a channel that was still shown when it was last seen.
SELECT v.outlet, v.url
FROM article_version v
WHERE v.outlet IN (SELECT unnest($outlets)) AND v.discovered_by = 'telegram'
GROUP BY v.outlet, v.url
HAVING max(v.first_seen_at) > coalesce((
    SELECT max(visited_at) FROM revisit WHERE revisit.outlet = v.outlet AND revisit.url = v.url AND outcome = 'gone'
), '-infinity'::TIMESTAMP)
