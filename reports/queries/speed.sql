-- One row per step of time: articles that took a state story that long after it, both times known to the minute.
SELECT
    step.label,
    count(amplification.article_id) FILTER (amplification.is_credited) AS credited_count,
    count(amplification.article_id) FILTER (NOT amplification.is_credited) AS uncredited_count
FROM (
    VALUES
        (1, 'under 1 h', 0, 60),
        (2, '1–3 h', 60, 180),
        (3, '3–6 h', 180, 360),
        (4, '6–12 h', 360, 720),
        (5, '12–24 h', 720, 1440),
        (6, '1–2 days', 1440, 2880),
        (7, 'over 2 days', 2880, 2147483647)
) AS step(position, label, from_minutes, to_minutes)
LEFT JOIN amplification
    ON amplification.direction <> 'unknown'
    AND amplification.lag_minutes >= step.from_minutes
    AND amplification.lag_minutes < step.to_minutes
GROUP BY step.position, step.label
ORDER BY step.position
