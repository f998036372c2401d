-- The tables of the analysis as the report needs them, for tests that need no analysis.
CREATE TABLE match (
    match_id TEXT, article_id TEXT, state_article_id TEXT, version_id TEXT, state_version_id TEXT, verdict TEXT, form TEXT,
    probability DOUBLE, direction TEXT, lag_minutes BIGINT, lag_days INTEGER, is_credited BOOLEAN, credit TEXT,
    credit_start INTEGER, origin TEXT, via_article_id TEXT, via_url TEXT, shared_share DOUBLE, state_share DOUBLE,
    shared_words INTEGER, longest_words INTEGER, passage_count INTEGER, title_similarity DOUBLE, rival_article_id TEXT,
    rival_share DOUBLE, method TEXT, run_id TEXT
);
CREATE TABLE text (text_no BIGINT, version_id TEXT);
CREATE TABLE evidence (
    text_no BIGINT, source_no BIGINT, shared_probability DOUBLE, shared_copied_share DOUBLE, shared_retold_share DOUBLE,
    shared_reverse_share DOUBLE, shared_shared_numbers DOUBLE, shared_own_names DOUBLE, shared_own_voice DOUBLE,
    shared_public_speech DOUBLE, shared_known DOUBLE, rivalry_margin DOUBLE
);
CREATE TABLE passage (
    match_id TEXT, passage_no INTEGER, kind TEXT, start_char INTEGER, end_char INTEGER, state_start_char INTEGER,
    state_end_char INTEGER, word_count INTEGER, score DOUBLE, is_explained BOOLEAN
);
CREATE TABLE story (
    story_id TEXT, title TEXT, state_article_id TEXT, first_published_at TIMESTAMP, first_published_precision TEXT,
    state_outlet TEXT, state_article_count INTEGER, article_count INTEGER, outlet_count INTEGER
);
CREATE TABLE cascade (
    story_id TEXT, article_id TEXT, parent_article_id TEXT, depth INTEGER, outlet TEXT, published_at TIMESTAMP, form TEXT,
    probability DOUBLE, lag_minutes BIGINT, lag_days INTEGER
);
CREATE TABLE narrative (narrative TEXT, title TEXT, article_id TEXT, phrase_count INTEGER);
CREATE TABLE agency_cover (
    match_id TEXT, article_id TEXT, from_on DATE, to_on DATE, agency_count INTEGER, gap_count INTEGER, gaps TEXT, cover TEXT
);
CREATE TABLE method (method TEXT, version TEXT, described_at TIMESTAMP);
CREATE TABLE threshold (method TEXT, name TEXT, value DOUBLE, reason TEXT);
CREATE TABLE false_discovery (
    run_id TEXT, method TEXT, judged_pairs BIGINT, decoy_pairs BIGINT, decoy_hits BIGINT, amplifications BIGINT, rate DOUBLE,
    rate_low DOUBLE, rate_high DOUBLE, probability_rate DOUBLE, note TEXT
);
CREATE VIEW amplification AS
SELECT
    local.url AS article_url, local.outlet, local.title, local.published_at, state.url AS state_url,
    state.outlet AS state_outlet, state.title AS state_title, state.published_at AS state_published_at, match.form,
    match.probability, match.shared_share, match.lag_minutes, match.lag_days, match.is_credited, match.direction,
    match.origin, match.via_url, match.match_id, match.article_id, match.state_article_id
FROM match
JOIN article AS local ON local.article_id = match.article_id
JOIN outlet ON outlet.outlet = local.outlet
JOIN article AS state ON state.article_id = match.state_article_id
WHERE match.verdict = 'amplification' AND outlet.role IN ('local', 'aggregator')
QUALIFY row_number() OVER (PARTITION BY match.article_id ORDER BY match.probability DESC, match.match_id) = 1;
