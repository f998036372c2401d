"""The archive gives every article again: into an empty store row by row, and in place of what an older odjek read."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipelines.again import extract_again, in_short
from pipelines.archive import FOLDER
from pipelines.importer import import_files
from spiders.errors import InputError
from spiders.registry import load_outlets
from tests.pipelines.house import House, news
from tests.spiders.conftest import write_outlet
from tests.spiders.web import Answer, Site, moved, rss

DAY = "Wed, 04 Mar 2026 10:00:00 +0100"
ALLOW = Answer(b"User-agent: *\nAllow: /\n", "text/plain")
UNTITLED = news(5).replace("<title>Vest broj 5 o mostu</title>", "").replace("<h1>Vest broj 5 o mostu</h1>", "")
UNDATED = news(6).replace("article:published_time", "x")
ROWS = (
    "SELECT outlet, url, version_id, title, text, byline, published_at, published_precision, published_source, "
    "modified_at, first_seen_at, discovered_by, page_sha256 FROM article_version ORDER BY url, version_id"
)
ARTICLES = "SELECT article_id, url, title, first_seen_at, version_count, address_count FROM article ORDER BY url"


@pytest.fixture(scope="module")
def house_once(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house after two crawls: an edit, a visit that found nothing new, a twin of the same bytes, hints that count."""
    folder = tmp_path_factory.mktemp("again")
    house = House(folder / "outlets", folder / "data")
    house.outlets.mkdir()
    site = Site()
    pages = {
        "/vesti/1": news(1),
        "/vesti/2": news(2),
        "/vesti/naslov-u-listi-5": UNTITLED,  # its headline is known from the feed alone
        "/vesti/bez-datuma-6": UNDATED,  # and so is this one's date
        "/vesti/2?verzija=druga": news(2),
        "/vesti/seli-se": moved("/vesti/preseljena"),
        "/vesti/preseljena": news(7),
        "/vesti/kratka": news(8, words=6),
        "/vesti/nema": Answer(b"nema", status=404),
    }
    listed = [path for path in pages if path != "/vesti/preseljena"]
    site.pages |= {"/robots.txt": ALLOW, "/rss": rss(*((path, DAY) for path in listed)), **pages}
    write_outlet(house.outlets, "reka", [site.host], feeds=[f"{site.url}/rss"])
    with site.serving():
        house.crawl(now="2026-03-04T12:00")
        site.pages["/vesti/1"] = news(1).replace("<p>", "<p>Prenosi Meridijan. ")
        house.crawl(now="2026-03-04T16:00")
    return house


@pytest.fixture
def crawled(house_once: House, tmp_path: Path) -> House:
    shutil.copytree(house_once.data, tmp_path / "data")
    return House(house_once.outlets, tmp_path / "data")


def again(house: House) -> Counter[str]:
    return extract_again(house.data, load_outlets(house.outlets), workers=1)


def test_the_archive_gives_the_same_articles_in_an_empty_store_and_in_its_own(crawled: House, tmp_path: Path) -> None:
    versions, articles = crawled.rows(ROWS), crawled.rows(ARTICLES)
    assert len(versions) == 7
    assert {row[11] for row in versions} == {"feed", "revisit"}
    twins = crawled.rows(
        "SELECT count(*), count(DISTINCT sha256) FROM page WHERE url LIKE '%/vesti/2%' AND sha256 <> ''"
    )
    assert twins[0][1] == 1  # the archive holds their bytes once
    files = sorted((crawled.data / FOLDER).iterdir())
    copy = House(crawled.outlets, tmp_path / "copy")
    outlets = load_outlets(crawled.outlets)
    counts = import_files(copy.data, files, outlets, workers=1)
    assert copy.rows(ROWS) == versions
    assert copy.rows(ARTICLES) == articles
    moved_from = "SELECT url, requested_url FROM page WHERE requested_url IS NOT NULL"
    assert copy.rows(moved_from) == crawled.rows(moved_from) != []
    assert counts["stored"] == 7
    assert counts["http_error"]
    assert counts["too_short"]
    assert import_files(copy.data, files, outlets, workers=1)["stored"] == 0
    assert copy.rows("SELECT count(*), count(DISTINCT (url, sha256)) FROM page WHERE http_status = 200")[0][0] <= 9
    # Extracting anew with the same odjek changes nothing.
    assert again(crawled) == Counter(read=7, changed=0, new=0, gone=0, kept=0)
    assert crawled.rows(ROWS) == versions
    assert crawled.rows(ARTICLES) == articles


def test_what_an_older_odjek_read_is_replaced(crawled: House) -> None:
    versions, articles = crawled.rows(ROWS), crawled.rows(ARTICLES)
    visits = crawled.rows("SELECT url, version_id FROM revisit ORDER BY ALL")
    links: list[Any] = [
        # an extractor that left the headline's ending in, took a wrong date, missed an article, and took one too many
        "UPDATE article_version SET title = title || ' - Reka', version_id = 'old-' || version_id[:12] WHERE url LIKE '%/vesti/1'",
        "UPDATE revisit SET version_id = 'old-' || version_id[:12] WHERE url LIKE '%/vesti/1'",
        "UPDATE article_version SET published_at = '2020-01-01', published_on = '2020-01-01' WHERE url LIKE '%/vesti/2'",
        "DELETE FROM article_version WHERE url LIKE '%preseljena'",
        "INSERT INTO article_version BY NAME SELECT * REPLACE ('kratka' AS version_id, page.url AS url, page.warc_file AS warc_file, "
        "page.warc_offset AS warc_offset) FROM (SELECT * FROM article_version LIMIT 1) v, "
        "(SELECT url, warc_file, warc_offset FROM page WHERE url LIKE '%kratka' LIMIT 1) page",
    ]
    for statement in links:
        crawled.rows(statement.replace("SELECT * REPLACE", "SELECT v.* REPLACE"))
    counts = again(crawled)
    assert counts == Counter(read=7, changed=2, new=1, gone=1, kept=0)
    assert crawled.rows(ROWS) == versions
    assert crawled.rows(ARTICLES) == articles
    assert crawled.rows("SELECT url, version_id FROM revisit ORDER BY ALL") == visits
    last = "SELECT split_part(url, '/vesti/', 2), reason FROM refusal WHERE run_id = (SELECT max(run_id) FROM run)"
    assert crawled.rows(last) == [("kratka", "too_short")]
    assert not (crawled.data / ".again").exists()


def test_under_another_registry_the_articles_stay_those_of_their_outlet(crawled: House) -> None:
    versions, articles = crawled.rows(ROWS), crawled.rows(ARTICLES)
    counts = extract_again(crawled.data, {}, workers=1)
    assert counts == Counter(read=0, changed=0, new=0, gone=0, kept=7)
    assert in_short(counts).endswith("; 7 of outlets that are not in this registry (--outlets) stay as they are")
    assert crawled.rows(ROWS) == versions
    assert crawled.rows(ARTICLES) == articles
    assert crawled.rows("SELECT DISTINCT outlet FROM address") == [("reka",)]


def test_without_an_archive_there_is_nothing_to_read_again(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no WARC file"):
        extract_again(tmp_path, {})
