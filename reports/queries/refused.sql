-- One row per outlet and reason: how many pages or records were not stored, over all its runs.
SELECT outlet, reason, count(*) AS refusal_count
FROM refusal
GROUP BY ALL
ORDER BY outlet, refusal_count DESC, reason
