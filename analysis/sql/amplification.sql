-- One row per article of a local outlet or aggregator that took a state-media story: its likeliest one, of equally likely ones (within 0.05) the nearest word for word.
-- article_url: address of the article.
-- outlet: outlet that took the story.
-- title: its headline.
-- published_at: when it was published, UTC.
-- state_url: address of the state article.
-- state_outlet: state outlet.
-- state_title: headline of the state article.
-- state_published_at: when that was published, UTC.
-- form: verbatim, partial, paraphrase or translation.
-- probability: probability that the article was made from the state article.
-- shared_share: share of the article's words that the state article accounts for.
-- lag_minutes: minutes between the two; null unless both times are known to the minute.
-- lag_days: days between the two.
-- is_credited: whether the article credits the state outlet.
-- direction: state_first, or unknown where the times do not tell and the text itself shows the taking.
-- origin: whose story it first was.
-- via_url: article through which it came, where that is known.
-- match_id: match.
-- article_id: article.
-- state_article_id: state article.
WITH taken AS (
    SELECT
        m.*,
        -- Equal words alone: where an older form of the story has other words, a passage goes on but counts fewer.
        coalesce((SELECT sum(p.word_count) FROM passage p WHERE p.match_id = m.match_id AND p.kind = 'copied'), 0)
            AS equal_words,
        max(m.probability) OVER (PARTITION BY m.article_id) AS best
    FROM match m
    WHERE m.verdict = 'amplification' AND (m.direction = 'state_first' OR (m.direction = 'unknown' AND m.is_credited))
)
SELECT
    l.url AS article_url,
    l.outlet,
    l.title,
    l.published_at,
    s.url AS state_url,
    s.outlet AS state_outlet,
    s.title AS state_title,
    s.published_at AS state_published_at,
    m.form,
    m.probability,
    m.shared_share,
    m.lag_minutes,
    m.lag_days,
    m.is_credited,
    m.direction,
    m.origin,
    m.via_url,
    m.match_id,
    m.article_id,
    m.state_article_id
FROM taken m
JOIN article l ON l.article_id = m.article_id
JOIN article s ON s.article_id = m.state_article_id
JOIN outlet o ON o.outlet = l.outlet
WHERE o.role IN ('local', 'aggregator')
QUALIFY row_number() OVER (
    PARTITION BY m.article_id
    ORDER BY m.probability >= m.best - 0.05 DESC, m.equal_words DESC, m.probability DESC, s.published_at, m.match_id
) = 1
