-- One row per distinct text that is compared: a version of an article, its transliterated twins left out.
-- text_no: number of the text in this analysis.
-- version_id: version it is read from.
-- article_id: article it belongs to.
-- outlet: outlet.
-- role: role of the outlet.
-- language: language of the text.
-- earliest_at: the earliest it can have been published, UTC; null when nothing is known.
-- latest_at: the latest it can have been published, UTC.
-- published_on: local day of publication, or the day it was first seen when its date is unknown.
WITH version AS (
    SELECT
        v.* EXCLUDE (title, text),
        o.role,
        v.page_sha256 IS NOT NULL OR v.discovered_by <> 'import' AS is_read,  -- of a record nobody knows when it was read
        CASE v.published_precision
            WHEN 'minute' THEN v.published_at
            WHEN 'day' THEN timezone('UTC', timezone(o.timezone, v.published_on::TIMESTAMP))
        END AS earliest_at,
        CASE v.published_precision
            WHEN 'minute' THEN v.published_at
            WHEN 'day' THEN
                timezone('UTC', timezone(o.timezone, v.published_on + INTERVAL 1 DAY)) - INTERVAL 1 MICROSECOND
            ELSE v.first_seen_at
        END AS latest_at,
        CASE
            WHEN v.modified_at::TIME <> TIME '00:00' THEN v.modified_at
            ELSE timezone('UTC', timezone(o.timezone, v.modified_at + INTERVAL 1 DAY)) - INTERVAL 1 MICROSECOND
        END AS changed_at  -- 00:00 may stand for the whole day
    FROM article_version v
    JOIN outlet o USING (outlet)
),
edited AS (
    SELECT *
    FROM version
    SEMI JOIN (SELECT outlet, url FROM version GROUP BY outlet, url HAVING count(DISTINCT text_key) > 1)
        USING (outlet, url)
),
-- Two texts of a page, unless each has its own date of publication; is_after: null where nothing tells which came first.
pair AS (
    SELECT
        v.version_id,
        CASE
            WHEN NOT v.is_read AND NOT w.is_read AND v.modified_at IS NOT DISTINCT FROM w.modified_at THEN NULL
            WHEN v.is_read AND w.is_read OR v.modified_at IS NOT DISTINCT FROM w.modified_at
                THEN v.first_seen_at > w.first_seen_at
            ELSE coalesce(v.modified_at > w.modified_at, w.modified_at IS NULL)
        END AS is_after,
        CASE
            WHEN w.is_read
                THEN greatest(
                    w.first_seen_at,
                    (
                        SELECT max(r.visited_at)
                        FROM revisit r
                        WHERE r.version_id = w.version_id AND r.visited_at < v.first_seen_at
                    )
                )
            ELSE greatest(w.earliest_at, w.modified_at)
        END AS other_at
    FROM edited v
    JOIN edited w ON w.outlet = v.outlet AND w.url = v.url AND w.text_key <> v.text_key
    WHERE CASE
        WHEN v.is_read AND w.is_read THEN coalesce(v.earliest_at <= w.first_seen_at, true)
        ELSE coalesce(v.earliest_at <= w.latest_at AND w.earliest_at <= v.latest_at, true)
    END
),
-- A version that its page did not carry when it was published, or perhaps not; after_at: when another was there still.
late AS (
    SELECT version_id, max(other_at) FILTER (is_after) AS after_at
    FROM pair
    WHERE is_after IS NOT false
    GROUP BY version_id
),
timed AS (
    SELECT
        version.* EXCLUDE (earliest_at, latest_at),
        late.version_id IS NOT NULL AS is_late,
        CASE WHEN is_late THEN greatest(earliest_at, after_at) ELSE earliest_at END AS since_at,
        CASE
            WHEN NOT is_late THEN latest_at
            WHEN changed_at > since_at THEN least(changed_at, CASE WHEN is_read THEN first_seen_at END)
            ELSE greatest(first_seen_at, since_at)
        END AS until_at
    FROM version
    LEFT JOIN late USING (version_id)
),
distinct_text AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY article_id, text_key
            ORDER BY
                is_late,
                CASE WHEN is_late THEN until_at END,
                published_precision = 'none',
                published_at,
                script = 'cyrl',
                version_id
        ) AS place
    FROM timed
    WHERE language IN ('sr', 'ru', 'en', 'mk') AND word_count >= $least_words
)
SELECT
    row_number() OVER (ORDER BY outlet, version_id) - 1 AS text_no,
    version_id,
    article_id,
    outlet,
    role,
    language,
    since_at AS earliest_at,
    until_at AS latest_at,
    coalesce(published_on, first_seen_at::DATE) AS published_on
FROM distinct_text
WHERE place = 1
