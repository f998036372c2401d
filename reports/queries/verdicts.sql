-- One row per verdict: how many pairs were judged so.
SELECT verdict, count(*) AS match_count, count(DISTINCT article_id) AS article_count
FROM match
GROUP BY verdict
ORDER BY verdict
