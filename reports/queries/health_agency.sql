-- One row per agency that was ever crawled and spell of days on which it was not fully covered; dates are null where it always
-- was. Days before its first crawl have no row.
WITH hole AS (
    SELECT
        outlet, state, day_on, article_count, expected_count,
        day_on - row_number() OVER (PARTITION BY outlet, state ORDER BY day_on)::INTEGER AS spell
    FROM outlet_day
    WHERE state <> 'whole'
), spell AS (
    SELECT
        outlet, state,
        min(day_on) AS first_on,
        max(day_on) AS last_on,
        count(*) AS day_count,
        round(sum(greatest(expected_count - article_count, 0)) FILTER (expected_count IS NOT NULL))::INTEGER AS missing_count
    FROM hole
    GROUP BY outlet, state, spell
)
SELECT
    outlet.outlet, outlet.name, watched.begun_on, watched.ended_on, watched.late_count,
    spell.state, spell.first_on, spell.last_on, spell.day_count, spell.missing_count
FROM (
    SELECT outlet, min(day_on) AS begun_on, max(day_on) AS ended_on, count(*) FILTER (is_late) AS late_count
    FROM outlet_day
    GROUP BY outlet
) AS watched
JOIN outlet USING (outlet)
LEFT JOIN spell USING (outlet)
WHERE outlet.role = 'agency'
ORDER BY lower(outlet.name), outlet.outlet, spell.first_on
