-- One row per text, with its place in the search for rivals.
-- text_no: number of the text.
-- day: days since 1970-01-01 of its publication.
-- is_text: a state story alone would explain it.
-- is_source: it may be another explanation.
SELECT
    text_no,
    (published_on - DATE '1970-01-01')::BIGINT AS day,
    text_no IN (SELECT text_no FROM undecided) AS is_text,
    role NOT IN ('state_media', 'mirror') AS is_source
FROM text
