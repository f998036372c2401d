-- One row: how many outlets the latest crawl of each found well, with an alarm, with a warning, or too young to judge.
WITH latest AS (
    SELECT DISTINCT crawl.outlet, run.run_id, run.started_at
    FROM crawl
    JOIN run USING (run_id)
    WHERE run.command = 'crawl'
    QUALIFY rank() OVER (PARTITION BY crawl.outlet ORDER BY run.started_at DESC, run.run_id DESC) = 1
), judged AS (
    SELECT
        outlet,
        any_value(latest.started_at) AS started_at,
        bool_or(level = 'alarm') AS has_alarm,
        bool_or(level = 'warning') AS has_warning,
        bool_or(level = 'unknown' AND check_name IN ('silent', 'dropped')) AS is_young
    FROM health
    JOIN latest USING (outlet, run_id)
    GROUP BY outlet
)
SELECT
    count(*) AS outlet_count,
    max(started_at) AS crawled_at,
    count(*) FILTER (has_alarm) AS alarm_count,
    count(*) FILTER (has_warning AND NOT has_alarm) AS warning_count,
    count(*) FILTER (is_young AND NOT has_alarm AND NOT has_warning) AS young_count
FROM judged
