-- One row per reason of refusal in the latest crawl or import.
SELECT reason, count(*) AS refusal_count, any_value(url) AS example
FROM refusal
WHERE run_id = (SELECT arg_max(run_id, (started_at, run_id)) FROM run WHERE command IN ('crawl', 'import'))
GROUP BY reason
ORDER BY refusal_count DESC, reason
