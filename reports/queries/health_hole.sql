-- One row per outlet and spell of days that were not fully covered, or had a hole that a later crawl closed (`closed`), in the
-- 60 days before the last one; the latest first.
WITH day AS (
    SELECT
        outlet_day.* EXCLUDE (state),
        CASE WHEN state = 'whole' THEN 'closed' ELSE state END AS state
    FROM outlet_day
    WHERE (state <> 'whole' OR is_late) AND day_on > (SELECT max(day_on) FROM outlet_day) - 60
), numbered AS (
    SELECT *, day_on - row_number() OVER (PARTITION BY outlet, state ORDER BY day_on)::INTEGER AS spell FROM day
)
SELECT
    numbered.outlet,
    outlet.name,
    outlet.role,
    numbered.state,
    min(day_on) AS first_on,
    max(day_on) AS last_on,
    count(*) AS day_count,
    max(closed_at) AS closed_at,
    round(sum(greatest(expected_count - article_count, 0)) FILTER (expected_count IS NOT NULL))::INTEGER AS missing_count
FROM numbered
JOIN outlet USING (outlet)
GROUP BY numbered.outlet, outlet.name, outlet.role, numbered.state, spell
ORDER BY last_on DESC, lower(outlet.name), numbered.outlet, first_on
