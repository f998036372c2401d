-- One row per judged pair of an article and a state article; no row means unrelated.
-- match_id: digest of the two article ids.
-- article_id: article of a local outlet, an aggregator or a fact-checker.
-- state_article_id: article of a state outlet or of a mirror.
-- version_id: version of the article that the passages lie in.
-- state_version_id: version of the state article that the passages lie in.
-- verdict: amplification, shared_origin, local_first, quote, independent or critical; unrelated pairs are in evidence only.
-- form: verbatim, partial, paraphrase or translation; null where no text is shared.
-- probability: probability that the article was made from the state article, directly or through others.
-- direction: state_first, local_first or unknown.
-- lag_minutes: minutes from the state article to the article; null unless both times are known to the minute.
-- lag_days: days from the state article to the article.
-- is_credited: whether the article credits the state outlet.
-- credit: the words of the credit.
-- credit_start: offset of the credited name in the article's text; null for a byline.
-- origin: whose story it first was: state_media, agency, local or unknown.
-- via_article_id: the article through which this one has the story; null when directly or not known.
-- via_url: its address.
-- shared_share: share of the article's words that the state article accounts for, retold ones in part.
-- state_share: share of the state article's words that are copied.
-- shared_words: words copied word for word.
-- longest_words: equal words in the longest passage.
-- passage_count: passages.
-- title_similarity: Jaro-Winkler similarity of the headlines, folded.
-- rival_article_id: the best other explanation of what is shared.
-- rival_share: share of the article's words that it accounts for.
-- method: version of the model and digest of the thresholds.
-- run_id: run that judged.
WITH best AS (
    SELECT
        e.*,
        l.article_id,
        s.article_id AS state_article_id,
        l.version_id,
        s.version_id AS state_version_id,
        l.earliest_at = l.latest_at AND s.earliest_at = s.latest_at AS is_timed  -- not so a text that a page had later
    FROM evidence e
    JOIN text l ON l.text_no = e.text_no
    JOIN text s ON s.text_no = e.source_no
    WHERE l.role IN ('local', 'aggregator', 'factchecker')
    QUALIFY row_number() OVER (
        PARTITION BY l.article_id, s.article_id
        ORDER BY e.probability DESC, e.copied_words DESC, l.version_id, s.version_id
    ) = 1
)
SELECT
    substr(sha256(b.article_id || b.state_article_id), 1, 16) AS match_id,
    b.article_id,
    b.state_article_id,
    b.version_id,
    b.state_version_id,
    b.verdict,
    b.form,
    b.probability,
    b.direction,
    -- Between the pages; of an edited one it may be another than between the texts, but never against their order.
    CASE
        WHEN b.is_timed AND l.published_precision = 'minute' AND s.published_precision = 'minute'
            AND (b.direction = 'local_first') = (l.published_at < s.published_at)
            THEN date_diff('minute', s.published_at, l.published_at)
    END AS lag_minutes,
    date_diff('day', coalesce(s.published_on, s.first_seen_at::DATE), coalesce(l.published_on, l.first_seen_at::DATE))
        AS lag_days,
    b.credit IS NOT NULL AS is_credited,
    b.credit,
    b.credit_start,
    b.origin,
    b.via_article_id,
    v.url AS via_url,
    b.shared_share,
    b.state_share,
    b.copied_words AS shared_words,
    b.longest_words,
    (SELECT count(*) FROM evidence_passage p WHERE p.text_no = b.text_no AND p.source_no = b.source_no) AS passage_count,
    b.title_similarity,
    r.article_id AS rival_article_id,
    b.rival_share,
    current.method,
    current.run_id
FROM best b
JOIN article l ON l.article_id = b.article_id
JOIN article s ON s.article_id = b.state_article_id
LEFT JOIN text r ON r.text_no = b.rival_no
LEFT JOIN article v ON v.article_id = b.via_article_id
CROSS JOIN current
WHERE b.verdict <> 'unrelated'
ORDER BY match_id
