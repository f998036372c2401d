-- One row per method that judged a match or was recorded by an analysis.
SELECT method.method, method.version, method.described_at, count(match.match_id) AS match_count
FROM method
LEFT JOIN match USING (method)
GROUP BY ALL
ORDER BY method.described_at DESC, method.method
