-- One row per reported article: whether the agencies were covered on its days.
SELECT match_id, cover, from_on, to_on, agency_count, gap_count, gaps
FROM agency_cover
SEMI JOIN match USING (match_id)
ORDER BY cover = 'whole', gap_count DESC, match_id
