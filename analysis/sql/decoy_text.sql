-- One row per text while decoys are judged: as in text, but each state text stands in the place of one far from its day.
-- text_no: number of the text, as in text.
-- version_id: version it is read from.
-- article_id: article it belongs to.
-- outlet: outlet.
-- role: role of the outlet.
-- language: language of the text.
-- earliest_at: the earliest that the text in whose place it stands can have been published, UTC.
-- latest_at: the latest that it can have been published, UTC.
-- published_on: day of the text in whose place it stands.
SELECT * FROM main.text WHERE role NOT IN ('state_media', 'mirror')
UNION ALL
SELECT
    t.text_no,
    t.version_id,
    t.article_id,
    t.outlet,
    t.role,
    t.language,
    place.earliest_at,
    place.latest_at,
    place.published_on
FROM arriving a
JOIN main.text t ON t.text_no = a.text_no
JOIN main.text place ON place.text_no = a.place_no
