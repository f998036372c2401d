-- One row per number that changed a result, with its reason.
-- method: method it belongs to, as in match.method.
-- name: name in thresholds.toml.
-- value: value that was used.
-- reason: why it is what it is.
SELECT method, name, value, reason
FROM arriving
