-- One row per match that matches.sql lists: both texts, their passages, the credit and the best other explanation.
-- `visited_at` is the latest visit that could read the page; the features are those of docs/method.md.
WITH visited AS (
    SELECT outlet, url, max(visited_at) AS visited_at
    FROM revisit
    WHERE outcome IN ('unchanged', 'changed')
    GROUP BY outlet, url
)
SELECT
    match.match_id,
    match.credit,
    match.credit_start,
    match.state_share,
    match.shared_words,
    match.longest_words,
    match.title_similarity,
    match.via_url,
    match.via_article_id,
    match.rival_article_id,
    match.rival_share,
    match.method,
    match.run_id,
    version.title AS version_title,
    version.text,
    version.byline,
    version.url AS version_url,
    version.language AS version_language,
    version.script AS version_script,
    version.first_seen_at,
    version.modified_at,
    state_version.title AS state_version_title,
    state_version.text AS state_text,
    state_version.byline AS state_byline,
    state_version.url AS state_version_url,
    state_version.language AS state_version_language,
    state_version.script AS state_version_script,
    state_version.first_seen_at AS state_first_seen_at,
    state_version.modified_at AS state_modified_at,
    via_outlet.name AS via_outlet_name,
    rival.title AS rival_title,
    rival.url AS rival_url,
    rival.language AS rival_language,
    rival.script AS rival_script,
    rival.published_at AS rival_published_at,
    rival.published_precision AS rival_published_precision,
    rival_outlet.name AS rival_outlet_name,
    rival_outlet.role AS rival_role,
    seen_again.visited_at,
    state_seen_again.visited_at AS state_visited_at,
    judged.shared_probability,
    judged.shared_copied_share,
    judged.shared_retold_share,
    judged.shared_reverse_share,
    judged.shared_shared_numbers,
    round(exp(judged.shared_own_names) - 1)::INTEGER AS own_names,
    round(exp(judged.shared_own_voice) - 1)::INTEGER AS own_sentences,
    sqrt(judged.shared_public_speech) AS public_speech,
    judged.shared_known ** 2 AS known_elsewhere,
    judged.rivalry_margin,
    coalesce(shared.passages, []) AS passages
FROM match
JOIN article_version AS version ON version.version_id = match.version_id
JOIN article_version AS state_version ON state_version.version_id = match.state_version_id
LEFT JOIN article AS via ON via.article_id = match.via_article_id
LEFT JOIN outlet AS via_outlet ON via_outlet.outlet = via.outlet
LEFT JOIN article AS rival ON rival.article_id = match.rival_article_id
LEFT JOIN outlet AS rival_outlet ON rival_outlet.outlet = rival.outlet
LEFT JOIN visited AS seen_again ON seen_again.outlet = version.outlet AND seen_again.url = version.url
LEFT JOIN visited AS state_seen_again
    ON state_seen_again.outlet = state_version.outlet AND state_seen_again.url = state_version.url
LEFT JOIN text AS judged_text ON judged_text.version_id = match.version_id
LEFT JOIN text AS state_text ON state_text.version_id = match.state_version_id
LEFT JOIN evidence AS judged ON judged.text_no = judged_text.text_no AND judged.source_no = state_text.text_no
LEFT JOIN (
    SELECT match_id, list(passage ORDER BY passage_no) AS passages
    FROM passage
    GROUP BY match_id
) AS shared ON shared.match_id = match.match_id
WHERE match.verdict <> 'unrelated'
ORDER BY match.match_id
