-- One row per outlet: what it is, what is stored of it, and what was found in its articles, each article counted once.
WITH reading AS (
    SELECT
        match.article_id,
        match.outlet,
        CASE
            WHEN match.verdict = 'amplification' AND match.direction = 'unknown' THEN 'unknown'
            WHEN amplification.match_id IS NULL THEN match.verdict
            ELSE 'took'
        END AS reading,
        match.form,
        match.is_credited
    FROM (SELECT match.*, article.outlet FROM match JOIN article USING (article_id)) AS match
    LEFT JOIN amplification ON amplification.match_id = match.match_id
    WHERE match.verdict <> 'unrelated'
    QUALIFY row_number() OVER (
        PARTITION BY match.article_id
        ORDER BY
            amplification.match_id IS NULL,
            match.verdict = 'amplification' DESC,
            match.shared_share DESC NULLS LAST,
            match.match_id
    ) = 1
),
found AS (
    SELECT
        outlet,
        count(*) FILTER (reading = 'took') AS took_count,
        count(*) FILTER (reading = 'took' AND is_credited) AS credited_count,
        count(*) FILTER (reading = 'took' AND form = 'verbatim') AS verbatim_count,
        count(*) FILTER (reading = 'took' AND form = 'partial') AS partial_count,
        count(*) FILTER (reading = 'took' AND form = 'paraphrase') AS paraphrase_count,
        count(*) FILTER (reading = 'took' AND form = 'translation') AS translation_count,
        count(*) FILTER (reading = 'unknown') AS unknown_count,
        count(*) FILTER (reading = 'shared_origin') AS shared_origin_count,
        count(*) FILTER (reading NOT IN ('took', 'unknown', 'shared_origin')) AS other_count
    FROM reading
    GROUP BY outlet
),
stored AS (
    SELECT
        outlet,
        count(*) AS article_count,
        count(*) FILTER (language IN ('sr', 'ru', 'en', 'mk')) AS compared_count, -- as analysis/sql/text.sql compares
        min(published_on) AS first_on,
        max(published_on) AS last_on,
        count(*) FILTER (published_precision = 'minute') AS minute_count,
        count(*) FILTER (published_precision = 'day') AS day_count,
        count(*) FILTER (published_precision = 'none') AS none_count
    FROM article
    GROUP BY outlet
),
delay AS (
    SELECT outlet, median(lag_minutes) AS median_lag_minutes
    FROM amplification
    WHERE direction <> 'unknown'
    GROUP BY outlet
)
SELECT
    outlet.outlet,
    outlet.name,
    outlet.role,
    outlet.country,
    outlet.hosts,
    list_append(outlet.credited_as, outlet.name) AS credited_as,
    outlet.script,
    outlet.owner,
    outlet.is_eu_sanctioned,
    outlet.is_registered,
    outlet.verified_on,
    outlet.expected_per_day,
    stored.first_on,
    stored.last_on,
    delay.median_lag_minutes,
    coalesce(stored.article_count, 0) AS article_count,
    coalesce(stored.compared_count, 0) AS compared_count,
    coalesce(stored.minute_count, 0) AS minute_count,
    coalesce(stored.day_count, 0) AS day_count,
    coalesce(stored.none_count, 0) AS none_count,
    coalesce(found.took_count, 0) AS took_count,
    coalesce(found.credited_count, 0) AS credited_count,
    coalesce(found.verbatim_count, 0) AS verbatim_count,
    coalesce(found.partial_count, 0) AS partial_count,
    coalesce(found.paraphrase_count, 0) AS paraphrase_count,
    coalesce(found.translation_count, 0) AS translation_count,
    coalesce(found.unknown_count, 0) AS unknown_count,
    coalesce(found.shared_origin_count, 0) AS shared_origin_count,
    coalesce(found.other_count, 0) AS other_count
FROM outlet
LEFT JOIN stored USING (outlet)
LEFT JOIN found USING (outlet)
LEFT JOIN delay USING (outlet)
ORDER BY lower(outlet.name), outlet.outlet
