-- One row per outlet, run and reason: how many pages or records were not stored.
SELECT run_id, outlet, reason, count(*) AS refusal_count
FROM refusal
GROUP BY ALL
ORDER BY run_id, outlet, refusal_count DESC, reason
