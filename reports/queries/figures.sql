-- One row: the headline figures. Those of unknown order are counted apart from those where state media was first.
-- The languages are those that analysis/sql/text.sql compares.
WITH compared AS (
    SELECT
        count(*) AS compared_count,
        count(DISTINCT outlet) AS compared_outlet_count,
        min(published_on) AS first_on,
        max(published_on) AS last_on
    FROM article
    JOIN outlet USING (outlet)
    WHERE role IN ('local', 'aggregator') AND article.language IN ('sr', 'ru', 'en', 'mk')
),
state AS (
    SELECT
        count(*) AS state_count,
        count(DISTINCT outlet) AS state_outlet_count
    FROM article
    JOIN outlet USING (outlet)
    WHERE role IN ('state_media', 'mirror')
),
taken AS (
    SELECT
        count(*) FILTER (direction <> 'unknown') AS took_count,
        count(DISTINCT outlet) FILTER (direction <> 'unknown') AS took_outlet_count,
        count(*) FILTER (direction <> 'unknown' AND is_credited) AS credited_count,
        count(*) FILTER (direction <> 'unknown' AND via_url IS NOT NULL) AS via_count,
        count(*) FILTER (direction <> 'unknown' AND origin = 'agency') AS agency_origin_count,
        count(lag_minutes) FILTER (direction <> 'unknown') AS lag_count,
        median(lag_minutes) FILTER (direction <> 'unknown') AS median_lag_minutes,
        median(lag_days) FILTER (direction <> 'unknown') AS median_lag_days
    FROM amplification
),
undecided AS (
    SELECT count(DISTINCT match.article_id) AS unknown_count, count(DISTINCT article.outlet) AS unknown_outlet_count
    FROM match
    JOIN article USING (article_id)
    JOIN outlet USING (outlet)
    LEFT JOIN amplification ON amplification.article_id = match.article_id AND amplification.direction <> 'unknown'
    WHERE match.verdict = 'amplification'
        AND match.direction = 'unknown'
        AND outlet.role IN ('local', 'aggregator')
        AND amplification.article_id IS NULL
),
told AS (
    SELECT count(DISTINCT cascade.story_id) AS story_count
    FROM cascade
    JOIN amplification USING (article_id)
    WHERE amplification.direction <> 'unknown'
)
SELECT * FROM compared, state, taken, undecided, told
