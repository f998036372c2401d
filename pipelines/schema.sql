-- The working store. Names are singular; `_at` is UTC, `_on` a date, `is_` a boolean.
-- pipelines write the tables of this file; analysis/sql adds its own.

CREATE TABLE IF NOT EXISTS outlet (
    outlet TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('state_media', 'mirror', 'agency', 'local', 'factchecker', 'aggregator', 'unknown')),
    country TEXT,
    hosts TEXT[] NOT NULL,
    language TEXT,
    script TEXT,
    dialect TEXT,
    timezone TEXT NOT NULL,
    credited_as TEXT[] NOT NULL,
    owner TEXT,
    is_eu_sanctioned BOOLEAN NOT NULL,
    verified_on DATE,
    expected_per_day DOUBLE,
    id_pattern TEXT,
    is_registered BOOLEAN NOT NULL
);
COMMENT ON TABLE outlet IS 'One row per outlet: those of the registry and those that came with an import.';
COMMENT ON COLUMN outlet.outlet IS 'Registry name: the stem of the outlet''s TOML file, or the name given in an import.';
COMMENT ON COLUMN outlet.name IS 'Name as readers know it.';
COMMENT ON COLUMN outlet.role IS 'state_media, mirror, agency, local, factchecker, aggregator or unknown. A role says how the outlet is compared, not what it is worth.';
COMMENT ON COLUMN outlet.country IS 'ISO 3166-1 alpha-2 code; XK for Kosovo.';
COMMENT ON COLUMN outlet.hosts IS 'Hosts that serve the outlet; the first is the canonical one, the others are its twins.';
COMMENT ON COLUMN outlet.language IS 'Main language; sr stands for Serbian, Bosnian, Croatian and Montenegrin alike.';
COMMENT ON COLUMN outlet.script IS 'cyrl, latn or both.';
COMMENT ON COLUMN outlet.dialect IS 'ekavian, ijekavian, mixed or none.';
COMMENT ON COLUMN outlet.timezone IS 'Zone in which the outlet writes its dates.';
COMMENT ON COLUMN outlet.credited_as IS 'Names by which others credit it, without case endings.';
COMMENT ON COLUMN outlet.owner IS 'Owner where that is public knowledge.';
COMMENT ON COLUMN outlet.is_eu_sanctioned IS 'Whether the EU restricts its broadcasting (2022/351 and later).';
COMMENT ON COLUMN outlet.verified_on IS 'When a person last checked the file against the site; null: never.';
COMMENT ON COLUMN outlet.expected_per_day IS 'Articles the outlet is expected to publish a day.';
COMMENT ON COLUMN outlet.id_pattern IS 'Regular expression whose first group is the site''s own article id, the same on all hosts.';
COMMENT ON COLUMN outlet.is_registered IS 'False for an outlet known only from an import.';

CREATE TABLE IF NOT EXISTS run (
    run_id TEXT PRIMARY KEY,
    command TEXT NOT NULL,
    arguments TEXT NOT NULL,
    odjek_version TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    status TEXT NOT NULL CHECK (status IN ('running', 'ok', 'partial', 'failed')),
    detail TEXT
);
COMMENT ON TABLE run IS 'One row per crawl, import or analysis.';
COMMENT ON COLUMN run.run_id IS 'UTC start time and command, e.g. 20261122T021500Z-crawl.';
COMMENT ON COLUMN run.command IS 'crawl, import or analyze.';
COMMENT ON COLUMN run.arguments IS 'Arguments of the command as one JSON object.';
COMMENT ON COLUMN run.odjek_version IS 'Version of odjek that ran.';
COMMENT ON COLUMN run.started_at IS 'Start, UTC.';
COMMENT ON COLUMN run.finished_at IS 'End, UTC; null while it runs or when it was killed.';
COMMENT ON COLUMN run.status IS 'running, ok, partial (an outlet failed, the others finished) or failed.';
COMMENT ON COLUMN run.detail IS 'Totals of the run as one JSON object.';

CREATE TABLE IF NOT EXISTS page (
    run_id TEXT NOT NULL,
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    requested_url TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('article', 'feed', 'sitemap', 'listing', 'robots', 'other')),
    discovered_by TEXT,
    http_status INTEGER,
    content_type TEXT,
    etag TEXT,
    last_modified TEXT,
    byte_count BIGINT,
    sha256 TEXT,
    warc_file TEXT,
    warc_offset BIGINT,
    fetched_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE page IS 'One row per response that a crawl fetched or a WARC import read, whatever became of it.';
COMMENT ON COLUMN page.run_id IS 'Run that fetched it.';
COMMENT ON COLUMN page.outlet IS 'Outlet it was fetched for.';
COMMENT ON COLUMN page.url IS 'Final address.';
COMMENT ON COLUMN page.requested_url IS 'Address that was asked for, where that led to another; else null.';
COMMENT ON COLUMN page.kind IS 'What it was fetched as: article, feed, sitemap, listing, robots or other.';
COMMENT ON COLUMN page.discovered_by IS 'How its address was found: feed, sitemap, alternate, wordpress, listing, archive, telegram, retry, revisit, import.';
COMMENT ON COLUMN page.http_status IS 'HTTP status code; 304 where a page that was visited again has not changed.';
COMMENT ON COLUMN page.content_type IS 'Content-Type header.';
COMMENT ON COLUMN page.etag IS 'ETag header: what the site calls this state of the page.';
COMMENT ON COLUMN page.last_modified IS 'Last-Modified header, as sent.';
COMMENT ON COLUMN page.byte_count IS 'Bytes of the body.';
COMMENT ON COLUMN page.sha256 IS 'SHA-256 of the body.';
COMMENT ON COLUMN page.warc_file IS 'WARC file in DATA/warc that holds it.';
COMMENT ON COLUMN page.warc_offset IS 'Byte offset of its record in that file.';
COMMENT ON COLUMN page.fetched_at IS 'When it was fetched, UTC.';

CREATE TABLE IF NOT EXISTS crawl (
    run_id TEXT NOT NULL,
    outlet TEXT NOT NULL,
    listed_count INTEGER NOT NULL DEFAULT 0,
    outside_count INTEGER NOT NULL DEFAULT 0,
    discovered_count INTEGER NOT NULL,
    discovered_by TEXT NOT NULL DEFAULT '{}',
    fetched_count INTEGER NOT NULL,
    parsed_count INTEGER NOT NULL DEFAULT 0,
    stored_count INTEGER NOT NULL,
    refused_count INTEGER NOT NULL,
    revisited_count INTEGER NOT NULL DEFAULT 0,
    changed_count INTEGER NOT NULL DEFAULT 0,
    gone_count INTEGER NOT NULL DEFAULT 0,
    since_on DATE,
    is_covered BOOLEAN NOT NULL DEFAULT false,
    status TEXT NOT NULL CHECK (status IN ('ok', 'empty', 'failed')),
    detail TEXT NOT NULL,
    PRIMARY KEY (run_id, outlet)
);
COMMENT ON TABLE crawl IS 'One row per outlet of each crawl or import: how many articles came through each stage.';
COMMENT ON COLUMN crawl.run_id IS 'Run.';
COMMENT ON COLUMN crawl.outlet IS 'Outlet.';
COMMENT ON COLUMN crawl.listed_count IS 'Article addresses of the window that the sources listed, those stored before included; for an import, records read.';
COMMENT ON COLUMN crawl.outside_count IS 'Listings of addresses that were passed over, as their dates lie outside the window.';
COMMENT ON COLUMN crawl.discovered_count IS 'Article addresses found inside the window, those stored before left out; for a channel, posts read; for an import, records read.';
COMMENT ON COLUMN crawl.discovered_by IS 'How many of these were found each way, as one JSON object; the ways are those of page.discovered_by.';
COMMENT ON COLUMN crawl.fetched_count IS 'Articles fetched with status 200.';
COMMENT ON COLUMN crawl.parsed_count IS 'Pages or records in which an article was found, new or stored before.';
COMMENT ON COLUMN crawl.stored_count IS 'New article versions stored.';
COMMENT ON COLUMN crawl.refused_count IS 'Refusals.';
COMMENT ON COLUMN crawl.revisited_count IS 'Stored addresses that were visited again.';
COMMENT ON COLUMN crawl.changed_count IS 'Of these, addresses that carried another text.';
COMMENT ON COLUMN crawl.gone_count IS 'Of these, addresses whose article was gone.';
COMMENT ON COLUMN crawl.since_on IS 'First day that was looked for; null: the first source that listed anything was enough.';
COMMENT ON COLUMN crawl.is_covered IS 'Whether nothing was missed up to this crawl''s start: every source answered, or others than the broken one reached back as far, or it has been broken for three crawls.';
COMMENT ON COLUMN crawl.status IS 'ok; empty: reached, but no article address was found; failed: no answer that could be used.';
COMMENT ON COLUMN crawl.detail IS 'Why it failed or was left unfinished, in one line.';

CREATE TABLE IF NOT EXISTS refusal (
    run_id TEXT NOT NULL,
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    asked_as TEXT,
    refused_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE refusal IS 'One row per page or record that was not stored.';
COMMENT ON COLUMN refusal.run_id IS 'Run that refused it.';
COMMENT ON COLUMN refusal.outlet IS 'Outlet, or an empty text where it is not known.';
COMMENT ON COLUMN refusal.url IS 'Address, or file and line of an imported record.';
COMMENT ON COLUMN refusal.reason IS 'One of the reasons of spiders/refusal.py, each explained in docs/tables.md.';
COMMENT ON COLUMN refusal.detail IS 'What exactly was found.';
COMMENT ON COLUMN refusal.asked_as IS 'What it was asked for as: article, feed, sitemap, listing or robots; null where it was not asked for or was read.';
COMMENT ON COLUMN refusal.refused_at IS 'When, UTC.';

CREATE TABLE IF NOT EXISTS revisit (
    run_id TEXT NOT NULL,
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    version_id TEXT,
    due_at TIMESTAMP NOT NULL,
    visited_at TIMESTAMP NOT NULL,
    http_status INTEGER,
    outcome TEXT NOT NULL CHECK (outcome IN ('unchanged', 'changed', 'moved', 'gone', 'failed')),
    detail TEXT NOT NULL,
    warc_file TEXT,
    warc_offset BIGINT
);
COMMENT ON TABLE revisit IS 'One row per visit to an address whose article was stored already: what had become of it.';
COMMENT ON COLUMN revisit.run_id IS 'Run that visited it.';
COMMENT ON COLUMN revisit.outlet IS 'Outlet.';
COMMENT ON COLUMN revisit.url IS 'Address, as in article_version.';
COMMENT ON COLUMN revisit.version_id IS 'Version that the address carried then; null where no text could be read there.';
COMMENT ON COLUMN revisit.due_at IS 'Time of its schedule that made it due, UTC.';
COMMENT ON COLUMN revisit.visited_at IS 'When it was visited, UTC.';
COMMENT ON COLUMN revisit.http_status IS 'HTTP status code; 304: the site says that nothing has changed; null: no answer.';
COMMENT ON COLUMN revisit.outcome IS 'unchanged, changed (another text than at the last visit), moved, gone (404, 410 or the front page) or failed.';
COMMENT ON COLUMN revisit.detail IS 'What exactly was found.';
COMMENT ON COLUMN revisit.warc_file IS 'WARC file that holds the answer.';
COMMENT ON COLUMN revisit.warc_offset IS 'Byte offset of its record there.';

CREATE TABLE IF NOT EXISTS link (
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('link', 'forward', 'reply', 'embed')),
    target_url TEXT NOT NULL,
    target_outlet TEXT,
    words TEXT NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    run_id TEXT NOT NULL,
    PRIMARY KEY (outlet, url, kind, target_url)
);
COMMENT ON TABLE link IS 'One row per address that an article or a post leads to: links of its text, forwards, embedded posts.';
COMMENT ON COLUMN link.outlet IS 'Outlet whose article leads there.';
COMMENT ON COLUMN link.url IS 'Address of the article or post, as in article_version.';
COMMENT ON COLUMN link.kind IS 'link; forward (the post was forwarded from there); reply (it answers that post); embed (a post shown inside an article).';
COMMENT ON COLUMN link.target_url IS 'Where it leads: the canonical form; of Telegram always https://t.me/channel/number in small letters.';
COMMENT ON COLUMN link.target_outlet IS 'Outlet that it leads to; null where the registry knew none.';
COMMENT ON COLUMN link.words IS 'Words that carry the link; of a forward the name of the channel.';
COMMENT ON COLUMN link.first_seen_at IS 'When odjek first saw it, UTC.';
COMMENT ON COLUMN link.run_id IS 'Run that stored it.';

CREATE TABLE IF NOT EXISTS article_version (
    version_id TEXT PRIMARY KEY,
    article_id TEXT,
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    byline TEXT,
    section TEXT,
    language TEXT NOT NULL,
    script TEXT NOT NULL,
    published_at TIMESTAMP,
    published_precision TEXT NOT NULL CHECK (published_precision IN ('minute', 'day', 'none')),
    published_on DATE,
    published_source TEXT,
    modified_at TIMESTAMP,
    first_seen_at TIMESTAMP NOT NULL,
    discovered_by TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    word_count INTEGER NOT NULL,
    article_key TEXT NOT NULL,
    text_key TEXT NOT NULL,
    page_sha256 TEXT,
    warc_file TEXT,
    warc_offset BIGINT,
    run_id TEXT NOT NULL
);
COMMENT ON TABLE article_version IS 'One row per text that one address has carried: the ground that article and address are computed from.';
COMMENT ON COLUMN article_version.version_id IS 'Digest of outlet, address and content: the same wherever it is computed.';
COMMENT ON COLUMN article_version.article_id IS 'Article it belongs to, with its twins; null until the end of the run that stored it.';
COMMENT ON COLUMN article_version.outlet IS 'Outlet.';
COMMENT ON COLUMN article_version.url IS 'Address: the canonical form where odjek crawled it, as given where it was imported.';
COMMENT ON COLUMN article_version.title IS 'Headline.';
COMMENT ON COLUMN article_version.text IS 'Text as published; paragraphs are parted by a blank line.';
COMMENT ON COLUMN article_version.byline IS 'Author or source line.';
COMMENT ON COLUMN article_version.section IS 'Section of the site.';
COMMENT ON COLUMN article_version.language IS 'sr for Serbian, Bosnian, Croatian and Montenegrin alike; else ISO 639-1.';
COMMENT ON COLUMN article_version.script IS 'cyrl, latn or mixed.';
COMMENT ON COLUMN article_version.published_at IS 'Publication time, UTC; with precision day it is 00:00 of the local calendar day.';
COMMENT ON COLUMN article_version.published_precision IS 'minute, day or none.';
COMMENT ON COLUMN article_version.published_on IS 'Calendar day of publication where the outlet is.';
COMMENT ON COLUMN article_version.published_source IS 'Where the time was found: json-ld, meta, time, url, feed, sitemap, import.';
COMMENT ON COLUMN article_version.modified_at IS 'Time of change that the page itself states, UTC.';
COMMENT ON COLUMN article_version.first_seen_at IS 'When odjek first saw this version, UTC.';
COMMENT ON COLUMN article_version.discovered_by IS 'feed, sitemap, alternate, wordpress, listing, archive, telegram, retry, revisit or import.';
COMMENT ON COLUMN article_version.content_sha256 IS 'SHA-256 of title, byline and text.';
COMMENT ON COLUMN article_version.word_count IS 'Words of the text.';
COMMENT ON COLUMN article_version.article_key IS 'What all addresses of one article share: the site''s own id, or the address without host and edition.';
COMMENT ON COLUMN article_version.text_key IS 'Digest of the text in Latin letters without case and diacritics: the same for a transliterated twin.';
COMMENT ON COLUMN article_version.page_sha256 IS 'SHA-256 of the page''s bytes; null for records imported as text.';
COMMENT ON COLUMN article_version.warc_file IS 'WARC file that holds the page.';
COMMENT ON COLUMN article_version.warc_offset IS 'Byte offset of its record there.';
COMMENT ON COLUMN article_version.run_id IS 'Run that stored it.';

CREATE TABLE IF NOT EXISTS address (
    url TEXT NOT NULL,
    outlet TEXT NOT NULL,
    article_id TEXT NOT NULL,
    script TEXT NOT NULL,
    is_canonical BOOLEAN NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    PRIMARY KEY (outlet, url)
);
COMMENT ON TABLE address IS 'One row per address of an article: twins in the other script, mirrors, editions.';
COMMENT ON COLUMN address.url IS 'Address, as in article_version.';
COMMENT ON COLUMN address.outlet IS 'Outlet.';
COMMENT ON COLUMN address.article_id IS 'Article it leads to.';
COMMENT ON COLUMN address.script IS 'Script of the text found there.';
COMMENT ON COLUMN address.is_canonical IS 'True for the one address that article.url shows.';
COMMENT ON COLUMN address.first_seen_at IS 'When odjek first saw it, UTC.';

CREATE TABLE IF NOT EXISTS article (
    article_id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    outlet TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    byline TEXT,
    section TEXT,
    language TEXT NOT NULL,
    script TEXT NOT NULL,
    published_at TIMESTAMP,
    published_precision TEXT NOT NULL,
    published_on DATE,
    modified_at TIMESTAMP,
    first_seen_at TIMESTAMP NOT NULL,
    word_count INTEGER NOT NULL,
    version_id TEXT NOT NULL,
    version_count INTEGER NOT NULL,
    address_count INTEGER NOT NULL
);
COMMENT ON TABLE article IS 'One row per article of one outlet, twins collapsed; computed from article_version.';
COMMENT ON COLUMN article.article_id IS 'Digest of the outlet and the article''s smallest key (site id or address).';
COMMENT ON COLUMN article.url IS 'Address of the version shown.';
COMMENT ON COLUMN article.outlet IS 'Outlet.';
COMMENT ON COLUMN article.title IS 'Headline of the first version.';
COMMENT ON COLUMN article.text IS 'Text of the first version.';
COMMENT ON COLUMN article.byline IS 'Author or source line of the first version that has one.';
COMMENT ON COLUMN article.section IS 'Section of the site.';
COMMENT ON COLUMN article.language IS 'Language of the text.';
COMMENT ON COLUMN article.script IS 'Script of the text.';
COMMENT ON COLUMN article.published_at IS 'Earliest publication time of all versions, UTC; with precision day it is 00:00 of the local calendar day.';
COMMENT ON COLUMN article.published_precision IS 'minute, day or none.';
COMMENT ON COLUMN article.published_on IS 'Calendar day of publication where the outlet is.';
COMMENT ON COLUMN article.modified_at IS 'Latest time of change known, UTC.';
COMMENT ON COLUMN article.first_seen_at IS 'When odjek first saw any version, UTC.';
COMMENT ON COLUMN article.word_count IS 'Words of the text.';
COMMENT ON COLUMN article.version_id IS 'Version whose title and text are shown.';
COMMENT ON COLUMN article.version_count IS 'Texts that its addresses have carried, transliterations counted once.';
COMMENT ON COLUMN article.address_count IS 'Addresses that lead to it.';

CREATE TABLE IF NOT EXISTS outlet_day (
    outlet TEXT NOT NULL,
    day_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('whole', 'thin', 'partial', 'none')),
    article_count INTEGER NOT NULL,
    expected_count DOUBLE,
    closed_at TIMESTAMP,
    is_late BOOLEAN NOT NULL,
    run_id TEXT,
    PRIMARY KEY (outlet, day_on)
);
COMMENT ON TABLE outlet_day IS 'One row per outlet and day since it was first crawled: how completely its articles of that day could be found. Computed anew after each crawl.';
COMMENT ON COLUMN outlet_day.outlet IS 'Outlet.';
COMMENT ON COLUMN outlet_day.day_on IS 'Calendar day where the outlet is; the day that is not over yet has no row.';
COMMENT ON COLUMN outlet_day.state IS 'whole: every source answered after the day was over; thin: so too, but improbably few articles came of it; partial: something did not answer; none: nothing did, or no crawl ran.';
COMMENT ON COLUMN outlet_day.article_count IS 'Articles stored that were published on the day; those without a date count where they were first seen.';
COMMENT ON COLUMN outlet_day.expected_count IS 'Articles to expect on such a day by the outlet''s other days; null: too young to say.';
COMMENT ON COLUMN outlet_day.closed_at IS 'Start of the crawl that made the day whole, UTC; null: it has a hole.';
COMMENT ON COLUMN outlet_day.is_late IS 'Whether the day had a hole that a later crawl closed.';
COMMENT ON COLUMN outlet_day.run_id IS 'Crawl that made the day whole.';

CREATE TABLE IF NOT EXISTS health (
    run_id TEXT NOT NULL,
    outlet TEXT NOT NULL,
    check_name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('ok', 'warning', 'alarm', 'unknown')),
    measured DOUBLE,
    expected DOUBLE,
    probability DOUBLE,
    night_count INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (run_id, outlet, check_name)
);
COMMENT ON TABLE health IS 'One row per crawl, outlet and check: what the night gave beside the outlet''s own history.';
COMMENT ON COLUMN health.run_id IS 'Crawl.';
COMMENT ON COLUMN health.outlet IS 'Outlet.';
COMMENT ON COLUMN health.check_name IS 'What was looked at; each check is explained in docs/health.md.';
COMMENT ON COLUMN health.level IS 'ok, warning, alarm, or unknown: too young or too little to judge.';
COMMENT ON COLUMN health.measured IS 'What this crawl gave, in the unit of the check.';
COMMENT ON COLUMN health.expected IS 'What the outlet''s own history lets expect, in the same unit.';
COMMENT ON COLUMN health.probability IS 'How probable it is that a healthy night looks as bad or worse; null where nothing was estimated.';
COMMENT ON COLUMN health.night_count IS 'Crawls of the outlet in a row on which the check was at this level, this one included.';
COMMENT ON COLUMN health.detail IS 'What is wrong or what kept it from being judged, in one plain line; empty where all is well.';
