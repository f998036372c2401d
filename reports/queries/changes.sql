-- One row per change at an address of an article in a match: the text that stood there, and the one that followed.
-- A change lies between two readings: the last one that still had the old text, and the first that had the new one.
WITH involved AS (
    SELECT article_id FROM match WHERE verdict <> 'unrelated'
    UNION
    SELECT state_article_id FROM match WHERE verdict <> 'unrelated'
),
reading AS (
    SELECT version.outlet, version.url, version.version_id, version.first_seen_at AS read_at
    FROM article_version AS version
    SEMI JOIN involved USING (article_id)
    UNION
    SELECT revisit.outlet, revisit.url, revisit.version_id, revisit.visited_at
    FROM revisit
    JOIN address USING (outlet, url)
    SEMI JOIN involved USING (article_id)
    WHERE revisit.version_id IS NOT NULL
),
followed AS (
    SELECT
        outlet,
        url,
        version_id,
        read_at,
        lag(version_id) OVER at_address AS before_id,
        lag(read_at) OVER at_address AS last_read_at
    FROM reading
    WINDOW at_address AS (PARTITION BY outlet, url ORDER BY read_at, version_id)
)
SELECT
    after.article_id,
    followed.outlet,
    outlet.name AS outlet_name,
    outlet.role,
    followed.url,
    followed.last_read_at,
    followed.read_at,
    after.modified_at,
    after.published_at,
    after.published_precision,
    before.discovered_by = 'import' OR after.discovered_by = 'import' AS is_imported,
    before.title AS before_title,
    after.title,
    before.byline AS before_byline,
    after.byline,
    before.text AS before_text,
    after.text,
    before.language AS before_language,
    before.script AS before_script,
    after.language,
    after.script
FROM followed
JOIN article_version AS before ON before.version_id = followed.before_id
JOIN article_version AS after ON after.version_id = followed.version_id
JOIN outlet ON outlet.outlet = followed.outlet
WHERE followed.before_id <> followed.version_id AND followed.read_at > followed.last_read_at
ORDER BY followed.read_at DESC, followed.outlet, followed.url
