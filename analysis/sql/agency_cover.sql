-- One row per reported article: whether the agencies that are crawled were covered on its days, without which a shared origin can look like a copy.
-- match_id: match, as in amplification.
-- article_id: article.
-- from_on: day before the earlier of the two articles.
-- to_on: day of the article.
-- agency_count: agencies that were ever crawled.
-- gap_count: agencies of which a day in between was not fully covered.
-- gaps: which agencies and days, in words; null where none.
-- cover: whole; gap, the finding stands on a day with a silent or partly covered agency; unknown, no agency was ever crawled.
WITH finding AS (
    SELECT
        a.match_id,
        a.article_id,
        least(coalesce(s.published_on, s.first_seen_at::DATE), coalesce(l.published_on, l.first_seen_at::DATE)) - 1 AS from_on,
        coalesce(l.published_on, l.first_seen_at::DATE) AS to_on
    FROM amplification a
    JOIN article l ON l.article_id = a.article_id
    JOIN article s ON s.article_id = a.state_article_id
), agency AS (
    SELECT outlet, max(day_on) AS last_on
    FROM outlet_day
    JOIN outlet USING (outlet)
    WHERE outlet.role = 'agency'
    GROUP BY outlet
), looked AS (
    -- The day that is not over yet is no gap: it has no row, and the next crawl looks at it.
    SELECT
        finding.match_id,
        agency.outlet,
        list(days.day_on ORDER BY days.day_on) FILTER (
            coalesce(outlet_day.state, 'none') <> 'whole' AND (outlet_day.state IS NOT NULL OR days.day_on <> agency.last_on + 1)
        ) AS open_days
    FROM finding
    CROSS JOIN agency
    CROSS JOIN LATERAL (SELECT unnest(generate_series(finding.from_on, finding.to_on, INTERVAL 1 DAY))::DATE AS day_on) AS days
    LEFT JOIN outlet_day ON outlet_day.outlet = agency.outlet AND outlet_day.day_on = days.day_on
    GROUP BY ALL
), summed AS (
    SELECT
        match_id,
        count(*)::INTEGER AS agency_count,
        count(open_days)::INTEGER AS gap_count,
        string_agg(outlet || ': ' || array_to_string(list_transform(open_days, lambda day: day::TEXT), ', '), '; ' ORDER BY outlet)
            FILTER (open_days IS NOT NULL) AS gaps
    FROM looked
    GROUP BY match_id
)
SELECT
    finding.match_id,
    finding.article_id,
    finding.from_on,
    finding.to_on,
    coalesce(summed.agency_count, 0) AS agency_count,
    coalesce(summed.gap_count, 0) AS gap_count,
    summed.gaps,
    CASE WHEN summed.match_id IS NULL THEN 'unknown' WHEN summed.gap_count > 0 THEN 'gap' ELSE 'whole' END AS cover
FROM finding
LEFT JOIN summed USING (match_id)
