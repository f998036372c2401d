-- One row: what the latest analysis found and how much of it may be false, as the last line of a run says it.
SELECT
    count(*) AS article_count,
    count(DISTINCT outlet) AS outlet_count,
    count(DISTINCT state_article_id) AS state_article_count,
    count(*) FILTER (form = 'verbatim') AS verbatim_count,
    count(*) FILTER (form = 'partial') AS partial_count,
    count(*) FILTER (form NOT IN ('verbatim', 'partial')) AS retold_count,
    count(*) FILTER (NOT is_credited) AS uncredited_count,
    count(*) FILTER (direction = 'unknown') AS unordered_count,
    (SELECT any_value(rate) FROM false_discovery) AS false_share,
    (SELECT any_value(rate_low) FROM false_discovery) AS false_share_low,
    (SELECT any_value(rate_high) FROM false_discovery) AS false_share_high,
    (SELECT any_value(note) FROM false_discovery) AS false_note
FROM amplification
