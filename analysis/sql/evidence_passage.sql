-- One row per passage that two compared texts share; table passage has those of the matches.
-- text_no: text that is judged.
-- source_no: text of a state outlet or mirror.
-- passage_no: 1, 2, … in the order of the article.
-- kind: copied or retold.
-- start_char: offset in the article's text.
-- end_char: offset behind it.
-- state_start_char: offset in the state text.
-- state_end_char: offset behind it.
-- word_count: equal words of a copied passage, words of a retold sentence.
-- score: share that is the same.
-- is_explained: whether the rival accounts for it too.
SELECT
    text_no,
    source_no,
    passage_no,
    kind,
    start_char,
    end_char,
    state_start_char,
    state_end_char,
    word_count,
    score,
    is_explained
FROM arriving
