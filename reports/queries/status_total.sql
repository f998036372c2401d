-- One row: how much the store holds.
SELECT
    (SELECT count(*) FROM article) AS article_count,
    (SELECT count(*) FROM article_version) AS version_count,
    (SELECT count(DISTINCT outlet) FROM article) AS outlet_count,
    (SELECT min(published_on) FROM article) AS first_published_on,
    (SELECT max(published_on) FROM article) AS last_published_on,
    (SELECT count(*) FROM refusal) AS refusal_count
