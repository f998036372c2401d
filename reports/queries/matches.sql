-- One row per match, without texts: what every list of the report shows of it. Pairs judged unrelated are only counted.
SELECT
    match.match_id,
    match.verdict,
    match.form,
    match.probability,
    match.direction,
    match.lag_minutes,
    -- Days between two publications; where one was never dated, first sight says nothing about the delay.
    CASE WHEN 'none' NOT IN (local.published_precision, state.published_precision) THEN match.lag_days END AS lag_days,
    match.is_credited,
    match.origin,
    match.shared_share,
    match.passage_count,
    match.article_id,
    match.state_article_id,
    amplification.match_id IS NOT NULL AND match.direction <> 'unknown' AS is_counted,
    match.verdict = 'amplification' AND match.direction = 'unknown' AS is_order_unknown,
    local.outlet,
    local_outlet.name AS outlet_name,
    local_outlet.role,
    local.title,
    local.url,
    local.language,
    local.script,
    local.published_at,
    local.published_precision,
    state.outlet AS state_outlet,
    state_outlet.name AS state_outlet_name,
    state_outlet.role AS state_role,
    state.title AS state_title,
    state.url AS state_url,
    state.language AS state_language,
    state.script AS state_script,
    state.published_at AS state_published_at,
    state.published_precision AS state_published_precision,
    told.story_id,
    told.story_title
FROM match
JOIN article AS local ON local.article_id = match.article_id
JOIN outlet AS local_outlet ON local_outlet.outlet = local.outlet
JOIN article AS state ON state.article_id = match.state_article_id
JOIN outlet AS state_outlet ON state_outlet.outlet = state.outlet
LEFT JOIN amplification ON amplification.match_id = match.match_id
LEFT JOIN (
    SELECT cascade.article_id, min(story.story_id) AS story_id, arg_min(story.title, story.story_id) AS story_title
    FROM cascade
    JOIN story USING (story_id)
    GROUP BY cascade.article_id
) AS told ON told.article_id = amplification.article_id
WHERE match.verdict <> 'unrelated'
ORDER BY local.published_at NULLS LAST, match.match_id
