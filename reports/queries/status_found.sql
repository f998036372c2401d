-- One row: what the latest analysis found, as the last line of a run says it.
SELECT
    count(*) AS article_count,
    count(DISTINCT outlet) AS outlet_count,
    count(DISTINCT state_article_id) AS state_article_count,
    count(*) FILTER (form = 'verbatim') AS verbatim_count,
    count(*) FILTER (form = 'partial') AS partial_count,
    count(*) FILTER (form NOT IN ('verbatim', 'partial')) AS retold_count,
    count(*) FILTER (NOT is_credited) AS uncredited_count,
    count(*) FILTER (direction = 'unknown') AS unordered_count
FROM amplification
