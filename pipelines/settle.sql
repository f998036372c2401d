-- From article_version to article and address, for every outlet that has a version without an article.
-- One row of article_version stays what it is; only its article_id is set. Nothing here depends on the order of rows.

CREATE OR REPLACE TEMP TABLE changed AS
SELECT DISTINCT outlet FROM article_version WHERE article_id IS NULL;

-- One row per key of a changed outlet and text it carried, with the group of exactly equal texts it belongs to.
-- Equal texts are one article while each follows the one before within $days: a template that repeats later is another.
-- Texts below $words are left alone (flashes, "no comment"). A text without a date joins the earliest of its group.
CREATE OR REPLACE TEMP TABLE twin AS
WITH text_of_key AS (
    SELECT outlet, article_key, text_key, published_on
    FROM article_version SEMI JOIN changed USING (outlet)
    WHERE word_count >= $words
    GROUP BY ALL
), gap AS (
    SELECT *, coalesce(published_on - lag(published_on) OVER same_text > $days, false) AS is_apart
    FROM text_of_key
    WINDOW same_text AS (PARTITION BY outlet, text_key ORDER BY published_on NULLS FIRST, article_key)
)
SELECT outlet, article_key, text_key,
    count_if(is_apart) OVER (PARTITION BY outlet, text_key ORDER BY published_on NULLS FIRST, article_key
                             ROWS UNBOUNDED PRECEDING) AS cluster
FROM gap;

-- One row per pair of keys that are one article, both ways round.
CREATE OR REPLACE TEMP TABLE link AS
WITH hub AS (
    SELECT outlet, text_key, cluster, min(article_key) AS smallest FROM twin GROUP BY ALL HAVING count(DISTINCT article_key) > 1
), pair AS (
    SELECT DISTINCT outlet, article_key, smallest FROM twin JOIN hub USING (outlet, text_key, cluster) WHERE article_key <> smallest
)
SELECT outlet, article_key AS this, smallest AS that FROM pair
UNION
SELECT outlet, smallest, article_key FROM pair;

-- One row per linked key with the smallest key that it reaches.
CREATE OR REPLACE TEMP TABLE root AS
WITH RECURSIVE reach(outlet, article_key, root_key) USING KEY (outlet, article_key) AS (
    SELECT DISTINCT outlet, this, this FROM link
    UNION
    SELECT link.outlet, link.that, min(reach.root_key)
    FROM reach
    JOIN link ON link.outlet = reach.outlet AND link.this = reach.article_key
    JOIN recurring.reach AS known ON known.outlet = link.outlet AND known.article_key = link.that
    WHERE reach.root_key < known.root_key
    GROUP BY link.outlet, link.that
)
SELECT * FROM reach;

-- One row per version of a changed outlet with its article; `rank` 1 is the version the article shows: the earliest,
-- by local day, then by the minute where it is known; of equal times the outlet's first host, https, the shorter address.
CREATE OR REPLACE TEMP TABLE placed AS
WITH named AS (
    SELECT v.* EXCLUDE (article_id, title, text),
        sha256(v.outlet || chr(10) || coalesce(r.root_key, v.article_key))[:16] AS article_id,
        coalesce(list_position(o.hosts, regexp_extract(v.url, '^[a-z]+://([^/?#]*)', 1)), 1000) AS host_rank
    FROM article_version v
    SEMI JOIN changed USING (outlet)
    LEFT JOIN root r ON r.outlet = v.outlet AND r.article_key = v.article_key
    LEFT JOIN outlet o ON o.outlet = v.outlet
)
SELECT *, row_number() OVER (
    PARTITION BY article_id
    ORDER BY published_on NULLS LAST, published_precision = 'day', published_at,
        host_rank, NOT starts_with(url, 'https:'), length(url), url, version_id
) AS rank
FROM named;

-- One row per article, without its title and text: those are the shown version's.
CREATE OR REPLACE TEMP TABLE settled AS
WITH shown AS (
    SELECT article_id, url, outlet, language, script, published_at, published_precision, published_on, word_count, version_id
    FROM placed
    WHERE rank = 1
), gathered AS (
    SELECT
        article_id,
        first(byline ORDER BY rank) FILTER (byline IS NOT NULL) AS byline,
        first(section ORDER BY rank) FILTER (section IS NOT NULL) AS section,
        max(modified_at) AS modified_at,
        min(first_seen_at) AS first_seen_at,
        count(DISTINCT text_key)::INTEGER AS version_count,
        count(DISTINCT url)::INTEGER AS address_count
    FROM placed
    GROUP BY article_id
)
SELECT
    article_id, url, outlet, byline, section, language, script, published_at, published_precision, published_on,
    modified_at, first_seen_at, word_count, version_id, version_count, address_count
FROM shown JOIN gathered USING (article_id);

CREATE OR REPLACE TEMP TABLE settled_address AS
SELECT
    url, first(outlet) AS outlet, first(article_id) AS article_id, first(script ORDER BY rank) AS script,
    min(rank) = 1 AS is_canonical, min(first_seen_at) AS first_seen_at
FROM placed
GROUP BY outlet, url;

-- Only rows that differ are written: a night's run changes few articles of many.
CREATE OR REPLACE TEMP TABLE new_article AS
SELECT * FROM settled
EXCEPT
SELECT article.* EXCLUDE (title, text) FROM article SEMI JOIN changed USING (outlet);

DELETE FROM article USING changed
WHERE article.outlet = changed.outlet AND (
    article.article_id IN (SELECT article_id FROM new_article)
    OR article.article_id NOT IN (SELECT article_id FROM settled)
);

INSERT INTO article BY NAME
SELECT new_article.*, v.title, v.text FROM new_article JOIN article_version v USING (version_id);

CREATE OR REPLACE TEMP TABLE new_address AS
SELECT * FROM settled_address
EXCEPT
SELECT address.* FROM address SEMI JOIN changed USING (outlet);

DELETE FROM address USING new_address WHERE address.outlet = new_address.outlet AND address.url = new_address.url;

INSERT INTO address BY NAME SELECT * FROM new_address;

UPDATE article_version SET article_id = placed.article_id FROM placed
WHERE article_version.version_id = placed.version_id AND article_version.article_id IS DISTINCT FROM placed.article_id;
