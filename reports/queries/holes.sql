-- One row per outlet whose days were watched, in the days that the figures cover: how many could be searched whole.
-- A day has a hole where no crawl ran or something did not answer; it is thin where improbably little came of it.
WITH period AS (
    SELECT min(published_on) AS first_on, max(published_on) AS last_on
    FROM article
    JOIN outlet USING (outlet)
    WHERE role IN ('local', 'aggregator') AND article.language IN ('sr', 'ru', 'en', 'mk')
)
SELECT
    outlet_day.outlet,
    outlet.name AS outlet_name,
    outlet.role,
    count(*) AS day_count,
    count(*) FILTER (outlet_day.state IN ('partial', 'none')) AS hole_count,
    count(*) FILTER (outlet_day.state = 'thin') AS thin_count,
    count(*) FILTER (outlet_day.is_late) AS late_count,
    list(outlet_day.day_on ORDER BY outlet_day.day_on) FILTER (outlet_day.state IN ('partial', 'none')) AS hole_days,
    list(outlet_day.day_on ORDER BY outlet_day.day_on) FILTER (outlet_day.state = 'thin') AS thin_days
FROM outlet_day
JOIN outlet USING (outlet)
JOIN period ON outlet_day.day_on BETWEEN period.first_on AND period.last_on
WHERE outlet.role IN ('local', 'aggregator', 'state_media', 'mirror', 'agency')
GROUP BY outlet_day.outlet, outlet.name, outlet.role
ORDER BY lower(outlet.name), outlet_day.outlet
