-- One row per text, with its place in the search for candidates.
-- text_no: number of the text.
-- day: days since 1970-01-01 of its publication.
-- is_text: it is judged.
-- is_source: it may be what another was made from.
SELECT
    text_no,
    (published_on - DATE '1970-01-01')::BIGINT AS day,
    role NOT IN ('state_media', 'mirror', 'unknown') AS is_text,
    role IN ('state_media', 'mirror') AS is_source
FROM text
