-- One row per outlet and spell of days of the last fortnight that were not fully covered, with how many articles are missing by
-- what the outlet usually gives; null: too young to say.
WITH hole AS (
    SELECT
        *,
        day_on - row_number() OVER (PARTITION BY outlet, state ORDER BY day_on)::INTEGER AS spell
    FROM outlet_day
    WHERE state <> 'whole' AND day_on >= (SELECT max(day_on) FROM outlet_day) - 13
)
SELECT
    hole.outlet,
    outlet.role,
    hole.state,
    min(hole.day_on) AS first_on,
    max(hole.day_on) AS last_on,
    count(*) AS day_count,
    round(sum(greatest(expected_count - article_count, 0)) FILTER (expected_count IS NOT NULL))::INTEGER AS missing_count
FROM hole
JOIN outlet USING (outlet)
GROUP BY hole.outlet, outlet.role, hole.state, hole.spell
ORDER BY hole.outlet, first_on
