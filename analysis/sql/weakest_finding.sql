-- One row: how much a decoy must share to be compared: nine tenths of the weakest finding; infinite when there is none.
-- strength: shared word n-grams, and a hundred times the share of rare terms.
SELECT coalesce(0.9 * min(c.shared_grams + 100 * c.shared_weight), 'infinity'::DOUBLE) AS strength
FROM amplification a
JOIN match m ON m.match_id = a.match_id
JOIN text l ON l.version_id = m.version_id
JOIN text s ON s.version_id = m.state_version_id
JOIN candidate c ON c.text_no = l.text_no AND c.source_no = s.text_no
