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
WITH distinct_text AS (
    SELECT
        v.*,
        row_number() OVER (
            PARTITION BY v.article_id, v.text_key
            ORDER BY v.published_precision = 'none', v.published_at, v.script = 'cyrl', v.version_id
        ) AS place
    FROM article_version v
    WHERE v.language IN ('sr', 'ru', 'en', 'mk') AND v.word_count >= $least_words
)
SELECT
    row_number() OVER (ORDER BY d.outlet, d.version_id) - 1 AS text_no,
    d.version_id,
    d.article_id,
    d.outlet,
    o.role,
    d.language,
    CASE d.published_precision
        WHEN 'minute' THEN d.published_at
        WHEN 'day' THEN timezone('UTC', timezone(o.timezone, d.published_on::TIMESTAMP))
    END AS earliest_at,
    CASE d.published_precision
        WHEN 'minute' THEN d.published_at
        WHEN 'day' THEN timezone('UTC', timezone(o.timezone, d.published_on + INTERVAL 1 DAY))
        ELSE d.first_seen_at
    END AS latest_at,
    coalesce(d.published_on, d.first_seen_at::DATE) AS published_on
FROM distinct_text d
JOIN outlet o USING (outlet)
WHERE d.place = 1
