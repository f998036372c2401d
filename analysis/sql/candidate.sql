-- One row per text and possible source inside the window that share enough to be compared, in either order of time.
-- text_no: text of a local outlet, an aggregator or a fact-checker; of an agency, to learn who had a story first.
-- source_no: text of another outlet.
-- shared_grams: rare word n-grams both hold.
-- shared_weight: share of the two texts' rare terms that both hold (cosine of inverse document frequencies).
WITH fresh AS (
    SELECT g.text_no, g.gram
    FROM gram g
    ANTI JOIN stale_gram s ON s.text_no = g.text_no AND s.gram = g.gram
),
judged AS (SELECT * FROM text WHERE role NOT IN ('state_media', 'mirror', 'unknown')),
state AS (SELECT * FROM text WHERE role IN ('state_media', 'mirror')),
copied AS (
    SELECT l.text_no, r.text_no AS source_no, count(*) AS shared_grams
    FROM fresh l
    JOIN judged j ON j.text_no = l.text_no
    JOIN fresh r ON r.gram = l.gram
    JOIN state s ON s.text_no = r.text_no
    WHERE abs(j.published_on - s.published_on) <= $window_days
    GROUP BY ALL
    HAVING count(*) >= $shared_grams
)
SELECT
    text_no,
    source_no,
    coalesce(shared_grams, 0) AS shared_grams,
    coalesce(shared_weight, 0) AS shared_weight
FROM copied
FULL JOIN near_candidate USING (text_no, source_no)
