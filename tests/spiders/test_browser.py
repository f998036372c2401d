"""An outlet whose pages are built by scripts, crawled with a real Chromium; and what happens without one."""

import json
import shutil
from pathlib import Path

import pytest

from pipelines.archive import FOLDER
from pipelines.importer import import_files
from spiders.browser import is_installed
from spiders.registry import load_outlets
from spiders.warc_file import read_records
from tests.pipelines.house import House, news
from tests.spiders.conftest import write_outlet
from tests.spiders.web import Answer, Site, rss

DAY = "Wed, 04 Mar 2026 10:00:00 +0100"
ALLOW = Answer(b"User-agent: *\nAllow: /\n", "text/plain")
ROW = "SELECT title, text, byline, published_at, first_seen_at, discovered_by, url FROM article_version"


@pytest.fixture
def house(tmp_path: Path) -> House:
    (tmp_path / "outlets").mkdir()
    return House(tmp_path / "outlets", tmp_path / "data")


def shell(page: str, extra: str = "") -> str:
    """A page that holds nothing before its script has run; the script writes `page`."""
    return (
        "<!doctype html><html><head><title>…</title></head><body><div id='app'></div>"
        f"<script>{extra} document.documentElement.innerHTML = {json.dumps(page)};</script></body></html>"
    )


def scripted(house: House, site: Site, **fields: str) -> None:
    pages = {
        "/vesti/1": shell(news(1).replace("<h1>", "<img src='/slika.png'><h1>")),
        "/vesti/2": shell(news(2), "fetch('http://127.0.0.2:9/tajna').catch(() => 0);"),
        "/vesti/na-stranu": shell("", "location = 'http://127.0.0.2:9/';"),
        "/vesti/nema": Answer(b"<h1>Nema</h1>", status=404),
    }
    site.pages |= {"/robots.txt": ALLOW, "/rss": rss(*((path, DAY) for path in pages)), **pages}
    write_outlet(house.outlets, "reka", [site.host], feeds=[f"{site.url}/rss"], **fields)


def test_a_page_is_what_its_scripts_make_of_it(house: House, tmp_path: Path) -> None:
    if not is_installed():
        pytest.skip("scrapy-playwright is not installed: pip install '.[browser]'")
    if shutil.which("chromium") is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    site = Site()
    scripted(house, site, fetcher="browser")
    with site.serving():
        with house.start(RETRY_TIMES=0) as process:
            _, complaints = process.communicate(timeout=120)
        assert process.returncode == 0, complaints[-3000:]
    stored = house.rows(f"{ROW} ORDER BY url")
    assert [row[-1] for row in stored] == [f"{site.url}/vesti/1", f"{site.url}/vesti/2"]
    assert stored[0][1].startswith("Reč1 0 o mostu")
    assert dict(house.rows("SELECT split_part(url, '/vesti/', 2), reason FROM refusal"))["nema"] == "http_error"
    assert "/slika.png" not in site.asked  # a picture is not loaded
    assert all("odjek" in agent for agent in site.agents)  # nor does the browser call itself another
    # The archive says that no server sent it so, and gives the same article again.
    kinds = {
        record.fields["warc-target-uri"].rpartition("/")[2]: record.fields["warc-type"]
        for path in (house.data / FOLDER).iterdir()
        for record in read_records(path, lambda fields: fields["warc-type"] in ("response", "resource"))
    }
    assert (kinds["robots.txt"], kinds["rss"], kinds["1"]) == ("response", "response", "resource")
    files = list((house.data / FOLDER).iterdir())
    import_files(tmp_path / "again", files, load_outlets(house.outlets))
    assert House(house.outlets, tmp_path / "again").rows(f"{ROW} ORDER BY url") == stored


def test_without_the_extra_one_line_says_so(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    absent.mkdir()
    (absent / "sitecustomize.py").write_text(
        "import spiders.browser\nspiders.browser.EXTRA = 'no_such_module'\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", f"{absent}:{Path(__file__).parents[2]}")
    site = Site()
    scripted(house, site, fetcher="browser")
    with site.serving(), house.start(RETRY_TIMES=0) as process:
        _, complaints = process.communicate(timeout=60)
    assert process.returncode == 0, complaints[-3000:]
    assert complaints.count("fetched without a browser; pip install '.[browser]'") == 1
    assert set(house.rows("SELECT DISTINCT reason FROM refusal")) == {("script_shell",), ("http_error",)}
