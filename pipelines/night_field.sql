-- One row per outlet of one crawl that gave something new: what its new articles carry, and what its earlier ones do.
-- Where a night gives fewer than eight, the outlet's latest of the last seven days are taken along.
WITH this AS (
    SELECT started_at FROM run WHERE run_id = $run_id
), first_version AS (
    SELECT article_id, arg_min(run_id, first_seen_at) AS run_id FROM article_version GROUP BY article_id
), seen AS (
    SELECT
        article.* EXCLUDE (title, text),
        first_version.run_id = $run_id AS is_new,
        first_version.run_id = $run_id
            OR article.first_seen_at >= this.started_at - INTERVAL 7 DAY
            AND row_number() OVER (PARTITION BY article.outlet ORDER BY article.first_seen_at DESC, article_id) <= 8
            AS is_recent,
        CASE published_precision
            WHEN 'minute' THEN published_at >= first_seen_at - INTERVAL 15 MINUTE
            WHEN 'day' THEN published_on = timezone(outlet.timezone, timezone('UTC', first_seen_at))::DATE
            ELSE false
        END AS is_dated_at_sight
    FROM article
    JOIN first_version USING (article_id)
    JOIN run USING (run_id)
    JOIN outlet USING (outlet)
    CROSS JOIN this
    WHERE run.command = 'crawl' AND run.started_at <= this.started_at
        AND article.first_seen_at >= this.started_at - INTERVAL 56 DAY
), usual AS (
    SELECT
        outlet,
        mode(language) AS language,
        mode(script) AS script,
        quantile_cont(word_count, 0.25) AS short_words,
        quantile_cont(word_count, 0.75) AS long_words
    FROM seen
    WHERE NOT is_recent
    GROUP BY outlet
)
SELECT
    seen.outlet,
    any_value(usual.language) AS language,
    any_value(usual.script) AS script,
    count(*) FILTER (is_recent) AS recent_count,
    count(*) FILTER (NOT is_recent) AS past_count,
    count(byline) FILTER (is_recent) AS recent_byline,
    count(byline) FILTER (NOT is_recent) AS past_byline,
    count(*) FILTER (is_recent AND published_precision = 'minute') AS recent_minute,
    count(*) FILTER (NOT is_recent AND published_precision = 'minute') AS past_minute,
    count(*) FILTER (is_recent AND is_dated_at_sight) AS recent_at_sight,
    count(*) FILTER (NOT is_recent AND is_dated_at_sight) AS past_at_sight,
    count(*) FILTER (is_recent AND seen.language = usual.language) AS recent_language,
    count(*) FILTER (NOT is_recent AND seen.language = usual.language) AS past_language,
    count(*) FILTER (is_recent AND seen.script = usual.script) AS recent_script,
    count(*) FILTER (NOT is_recent AND seen.script = usual.script) AS past_script,
    count(*) FILTER (is_recent AND word_count < usual.short_words) AS recent_short,
    count(*) FILTER (is_recent AND word_count > usual.long_words) AS recent_long,
    median(word_count) FILTER (is_recent) AS recent_words,
    median(word_count) FILTER (NOT is_recent) AS past_words
FROM seen
LEFT JOIN usual USING (outlet)
GROUP BY seen.outlet
HAVING bool_or(is_new)
ORDER BY seen.outlet
