-- One row per number that changes a result, with its reason.
SELECT method, name, value, reason
FROM threshold
ORDER BY method, name
