-- One row per text that a state story would explain and another text, of no state outlet, that may explain it as well.
-- text_no: text that is judged.
-- source_no: text of an agency, another local outlet, or of a fact-checker or aggregator.
-- shared_grams: word n-grams both hold.
-- shared_weight: share of the two texts' rare terms that both hold.
WITH judged AS (SELECT t.* FROM text t SEMI JOIN undecided u ON u.text_no = t.text_no),
other AS (SELECT * FROM text WHERE role NOT IN ('state_media', 'mirror')),
copied AS (
    SELECT l.text_no, r.text_no AS source_no, count(*) AS shared_grams
    FROM gram l
    JOIN judged j ON j.text_no = l.text_no
    JOIN gram r ON r.gram = l.gram
    JOIN other o ON o.text_no = r.text_no
    WHERE o.outlet <> j.outlet AND abs(j.published_on - o.published_on) <= $window_days
        AND l.gram NOT IN (FROM common_gram)
    GROUP BY ALL
    HAVING count(*) >= $shared_grams
),
retold AS (
    SELECT n.*
    FROM near_rival n
    JOIN text j ON j.text_no = n.text_no
    JOIN text o ON o.text_no = n.source_no
    WHERE o.outlet <> j.outlet
)
SELECT
    text_no,
    source_no,
    coalesce(shared_grams, 0) AS shared_grams,
    coalesce(shared_weight, 0) AS shared_weight
FROM copied
FULL JOIN retold USING (text_no, source_no)
QUALIFY row_number() OVER (
    PARTITION BY text_no ORDER BY coalesce(shared_grams, 0) + 100 * coalesce(shared_weight, 0) DESC, source_no
) <= $rivals
