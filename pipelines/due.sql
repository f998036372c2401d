-- One row per stored address that is due for another visit: one of the times of its schedule has come since it was last
-- seen. Several that were missed make one visit. The schedule counts from publication, so that what is fetched long after
-- it was published is not watched as if it were new; of a bare day its end is taken.
WITH held AS (
    SELECT
        v.outlet,
        v.url AS address,
        arg_max(page.url, v.first_seen_at) AS url,
        arg_max(v.version_id, v.first_seen_at) AS version_id,
        min(v.first_seen_at) AS first_seen_at,
        min(CASE v.published_precision
            WHEN 'minute' THEN v.published_at
            WHEN 'day' THEN v.published_at + INTERVAL 1 DAY
        END) AS published_at
    FROM article_version v
    JOIN page USING (warc_file, warc_offset)
    WHERE v.outlet IN (SELECT unnest($outlets)) AND page.kind = 'article' AND v.discovered_by <> 'import'
    GROUP BY ALL
), visited AS (
    -- an address that gave no answer, or a wall to machines, has not been seen; one that leads to another address of the
    -- outlet is visited there
    SELECT
        outlet, url AS address, max(visited_at) AS seen_at, arg_max(version_id, visited_at) AS version_id,
        arg_max(outcome = 'moved' AND NOT starts_with(detail, 'off_site'), visited_at) AS is_moved
    FROM revisit
    WHERE outcome <> 'failed'
        OR http_status = 200 AND NOT regexp_matches(detail, '^(bot_check|consent_page|script_shell):')
    GROUP BY ALL
), stamped AS (
    -- of the last page that carried its text
    SELECT outlet, url, arg_max({'etag': etag, 'last_modified': last_modified, 'sha256': sha256}, fetched_at) AS stamp
    FROM page
    ANTI JOIN (SELECT * FROM revisit WHERE outcome = 'failed') USING (warc_file, warc_offset)
    WHERE kind = 'article' AND http_status = 200
    GROUP BY ALL
), scheduled AS (
    SELECT
        held.outlet, held.address, held.url, coalesce(visited.version_id, held.version_id) AS version_id,
        coalesce(visited.seen_at, held.first_seen_at) AS seen_at,
        least(held.first_seen_at, coalesce(held.published_at, held.first_seen_at)) AS begins_at
    FROM held
    LEFT JOIN visited USING (outlet, address)
    WHERE visited.is_moved IS DISTINCT FROM true
)
SELECT
    scheduled.outlet, address, scheduled.url, version_id, max(begins_at + to_hours(hour)) AS due_at,
    any_value(stamp.etag) AS etag, any_value(stamp.last_modified) AS last_modified, any_value(stamp.sha256) AS sha256
FROM scheduled
CROSS JOIN (SELECT unnest($hours::BIGINT[]) AS hour)
LEFT JOIN stamped ON stamped.outlet = scheduled.outlet AND stamped.url = scheduled.url
WHERE begins_at + to_hours(hour) <= $now
    AND begins_at + to_hours(hour) > seen_at
    -- after a long silence, or under a new schedule, the whole store is not asked for at once
    AND begins_at + to_hours(2 * list_max($hours::BIGINT[])) >= $now
GROUP BY ALL
ORDER BY due_at, address
