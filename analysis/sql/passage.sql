-- One row per passage that an article and a state article share.
-- match_id: match it belongs to.
-- passage_no: 1, 2, … in the order of the article.
-- kind: copied word for word (small edits allowed), or retold.
-- start_char: offset of its first character in the article version's text, in code points.
-- end_char: offset behind its last character there.
-- state_start_char: the same in the state article version's text.
-- state_end_char: the same in the state article version's text.
-- word_count: equal words of a copied passage, words of a retold sentence.
-- score: share that is the same, 0 to 1.
-- is_explained: whether the best other explanation accounts for it too.
SELECT
    m.match_id,
    p.passage_no,
    p.kind,
    p.start_char,
    p.end_char,
    p.state_start_char,
    p.state_end_char,
    p.word_count,
    p.score,
    p.is_explained
FROM match m
JOIN text l ON l.version_id = m.version_id
JOIN text s ON s.version_id = m.state_version_id
JOIN evidence_passage p ON p.text_no = l.text_no AND p.source_no = s.text_no
ORDER BY m.match_id, p.passage_no
