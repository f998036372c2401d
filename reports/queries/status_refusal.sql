-- One row per reason of refusal in the latest crawl or import, with an example.
SELECT reason, count(*) AS refusal_count, min(url) AS example, arg_min(coalesce(detail, ''), url) AS detail
FROM refusal
WHERE run_id = (SELECT arg_max(run_id, (started_at, run_id)) FROM run WHERE command IN ('crawl', 'import'))
GROUP BY reason
ORDER BY refusal_count DESC, reason
