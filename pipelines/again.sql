-- From the store `fresh`, into which the whole archive was extracted anew, into the working store, in one transaction.
-- Only versions whose record was read again are replaced: what was imported as text, or lies in files that were moved away
-- or are damaged, stays as it is.

-- Records of outlets that the registry in use does not have (another one was used, or a file was taken out): by their host
-- alone they would become articles of nobody, beside those of the outlet. They stay as they are.
CREATE OR REPLACE TEMP TABLE not_asked AS
SELECT DISTINCT b.warc_file, b.warc_offset
FROM fresh.page n JOIN main.page b USING (warc_file, warc_offset) JOIN fresh.outlet o ON o.outlet = n.outlet
WHERE b.outlet <> n.outlet AND NOT o.is_registered;

-- One row per version that came out of the archive this time; pages that a crawl passed over for their date stay out.
CREATE OR REPLACE TEMP TABLE now_read AS
SELECT * EXCLUDE (article_id, run_id) FROM fresh.article_version v ANTI JOIN not_asked USING (warc_file, warc_offset)
WHERE NOT EXISTS (FROM refusal r WHERE r.outlet = v.outlet AND r.url = v.url AND r.reason = 'outside_window')
    OR EXISTS (FROM main.article_version o WHERE o.outlet = v.outlet AND o.url = v.url);

-- One row per version of the store whose record was read again.
CREATE OR REPLACE TEMP TABLE read_before AS
SELECT * EXCLUDE (article_id, run_id) FROM article_version v
SEMI JOIN (
    SELECT warc_file, warc_offset FROM fresh.page
    UNION SELECT warc_file, warc_offset FROM fresh.article_version
) USING (warc_file, warc_offset)
ANTI JOIN not_asked USING (warc_file, warc_offset);

-- What the same record gave before and gives now.
CREATE OR REPLACE TEMP TABLE replaced AS
SELECT o.version_id AS old_id, n.version_id AS new_id
FROM read_before o JOIN now_read n USING (outlet, url, warc_file, warc_offset)
WHERE o.version_id <> n.version_id;

CREATE OR REPLACE TEMP TABLE gone AS
SELECT version_id, outlet, url FROM read_before
WHERE version_id NOT IN (SELECT version_id FROM now_read) AND version_id NOT IN (SELECT old_id FROM replaced);

CREATE OR REPLACE TEMP TABLE written AS
SELECT * FROM now_read EXCEPT SELECT * FROM read_before;

CREATE OR REPLACE TEMP TABLE told AS
SELECT
    (SELECT count(*) FROM now_read) AS read_count,
    (SELECT count(*) FROM replaced) AS changed_count,
    (SELECT count(*) FROM written WHERE version_id NOT IN (SELECT new_id FROM replaced)
        AND version_id NOT IN (SELECT version_id FROM article_version)) AS new_count,
    (SELECT count(*) FROM gone) AS gone_count,
    (SELECT count(*) FROM article_version SEMI JOIN not_asked USING (warc_file, warc_offset)) AS kept_count;

DELETE FROM article_version
WHERE version_id IN (SELECT old_id FROM replaced UNION SELECT version_id FROM gone UNION SELECT version_id FROM written);

-- An outlet that lost a version is settled anew, also where no new one came.
UPDATE article_version SET article_id = NULL WHERE outlet IN (SELECT outlet FROM gone);

INSERT INTO article_version BY NAME SELECT *, $run_id AS run_id FROM written;

UPDATE revisit SET version_id = replaced.new_id FROM replaced WHERE revisit.version_id = replaced.old_id;

INSERT INTO link BY NAME
SELECT * REPLACE ($run_id AS run_id) FROM fresh.link l
WHERE EXISTS (FROM now_read n WHERE n.outlet = l.outlet AND n.url = l.url)
ON CONFLICT DO NOTHING;

-- Each text that is none any more has its reason.
INSERT INTO refusal BY NAME
SELECT DISTINCT ON (gone.version_id) $run_id AS run_id, gone.outlet, gone.url,
    coalesce(r.reason, 'duplicate') AS reason, coalesce(r.detail, 'read again: another version has its text') AS detail,
    NULL AS asked_as, now()::TIMESTAMP AS refused_at
FROM gone LEFT JOIN fresh.refusal r ON r.outlet = gone.outlet AND r.url = gone.url;
