"""`odjek outlets new` on invented sites: what is written, what is refused in one line, and that a crawl then stores it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from spiders.outlet_file import faults, read_cases
from spiders.registry import load_outlet, load_outlets
from tests.conftest import REPOSITORY
from tests.hostile.newcomers import NOW, answers
from tests.hostile.server import HostileWeb
from tests.hostile.test_check import run

WRITTEN: dict[str, dict[str, Any]] = {
    # site → the fields of its file that matter
    "glasnik.example": {
        "name": "Glasnik", "feeds": ("http://glasnik.example/kanal.xml",), "script": "latn", "dialect": "ekavian",
        "article_pattern": r"/\d{3,}/[^/]+/?$", "id_pattern": r"/(\d{3,})/[^/]+/?$", "expected_per_day": 4.3,
    },
    "mapa.example": {
        "name": "Mapa dana", "feeds": (), "sitemaps": ("http://mapa.example/mape.xml",), "id_pattern": None,
        "article_pattern": r"/20\d\d/[01]\d/[0-3]\d/[^/]+",
    },
    "pressa.example": {
        "feeds": (), "sitemaps": (), "listings": ("http://pressa.example/",), "expected_per_day": 4.3,
        "article_pattern": None, "id_pattern": None,
    },
    "spisak.example": {
        "listings": ("http://spisak.example/",), "id_pattern": r"-(\d{4,})(?:\.\w{2,5})?/?$", "expected_per_day": None,
    },
    "novine.example": {
        "name": "Новине", "hosts": ("novine.example", "lat.novine.example"), "script": "both",
        "feeds": ("http://novine.example/rss/",), "id_pattern": r"/(\d{4,})-[^/]+/?$",
    },
}  # fmt: skip
REFUSED: list[tuple[str, str]] = [
    # site → words of the one line
    ("kapija.example", "the site turns odjek away (bot_check, status 403)"),
    ("zatvoreno.example", "robots.txt forbids it to odjek"),
    ("saglasnost.example", "none of 3 articles can be read: a consent page"),
    ("pekara.example", "no article was found, neither by a feed, a sitemap nor links"),
    ("mrtvo.example", "no outlet can be made of it"),
    ("seoba.example", "glasnik.example belongs to the outlet glasnik already"),
    ("http://127.0.0.1:9/", "--allow-loopback asks it all the same"),
    ("http://10.0.0.1/", "private network"),
    ("vesti", "is not the address of a site"),
    ("ftp://vesti.example/", "is not the address of a site"),
    ("http://[", "is not the address of a site"),
    ("", "is not the address of a site"),
]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[HostileWeb, Path, dict[str, str]]:
    """All sites drawn up one after another in one process, and what was said of those that were refused."""
    folder = tmp_path_factory.mktemp("outlets")
    urls = [*WRITTEN, *(url for url, _ in REFUSED)]
    with HostileWeb(answers()) as web:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.hostile.drawing", json.dumps([str(folder), *urls])],
            cwd=REPOSITORY, env=os.environ | web.environment() | {"ODJEK_NOW": NOW}, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return web, folder, json.loads(done.stdout)


@pytest.mark.parametrize("host", WRITTEN)
def test_the_file_says_what_the_site_is(drawn: tuple[HostileWeb, Path, dict[str, str]], host: str) -> None:
    outlet = load_outlet(drawn[1] / f"{host.partition('.')[0]}.toml")
    assert {field: getattr(outlet, field) for field in WRITTEN[host]} == WRITTEN[host]
    assert (outlet.verified_on, outlet.role, outlet.country, outlet.allow_loopback) == (None, "local", "RS", False)


@pytest.mark.parametrize("host", WRITTEN)
def test_each_value_says_how_it_was_found(drawn: tuple[HostileWeb, Path, dict[str, str]], host: str) -> None:
    text = (drawn[1] / f"{host.partition('.')[0]}.toml").read_text("utf-8")
    assert text.startswith(f"# Found by `odjek outlets new {host}` on 2025-10-23;")
    above = ""
    for line in text.splitlines():
        assert line.startswith("#") or "  # " in line or above.startswith("# "), line
        above = line


@pytest.mark.parametrize("host", WRITTEN)
def test_the_test_case_holds_articles_and_other_pages(
    drawn: tuple[HostileWeb, Path, dict[str, str]], host: str
) -> None:
    cases = read_cases(drawn[1] / f"{host.partition('.')[0]}.cases.csv")
    assert [case.expected for case in cases] == ["article"] * 6 + ["other"] * 3
    assert len({case.key for case in cases}) == 6 + 1
    assert not list(faults(drawn[1], load_outlets(drawn[1])))


@pytest.mark.parametrize(("url", "words"), REFUSED, ids=[url for url, _ in REFUSED])
def test_what_is_no_outlet_is_refused_in_one_line(
    drawn: tuple[HostileWeb, Path, dict[str, str]], url: str, words: str
) -> None:
    said = drawn[2][url]
    assert words in said
    assert "\n" not in said
    assert not list(drawn[1].glob(f"{url.partition('.')[0] or 'none'}.*"))


def test_no_address_is_asked_twice(drawn: tuple[HostileWeb, Path, dict[str, str]]) -> None:
    """The check after the draft takes the pages that were asked for already; only what leads elsewhere leads there again."""
    twice = {url for url, count in drawn[0].asked.items() if count > 1}
    assert twice <= {"http://glasnik.example/", "http://www.glasnik.example/"}


def test_a_researcher_adds_and_crawls_an_outlet(tmp_path: Path) -> None:
    """From a folder that is not there yet to stored articles, by the command line alone."""
    registry = ["--data", str(tmp_path / "data"), "--outlets", str(tmp_path / "my-outlets")]
    with HostileWeb(answers()) as web:
        new = run(
            web,
            *registry,
            "outlets",
            "new",
            "novine.example",
            "--country",
            "RS",
            "--name",
            "novine-grada",
            "--role",
            "state_media",
        )
        assert (new.returncode, "novine-grada" in new.stdout) == (0, True), new.stderr
        crawled = run(web, *registry, "crawl", "--outlet", "novine-grada")
        assert crawled.returncode == 0, crawled.stderr
    outlet = load_outlet(tmp_path / "my-outlets" / "novine-grada.toml")
    assert (outlet.name, outlet.role, outlet.credited_as) == ("Новине", "state_media", ("Новине", "novine.example"))
    with duckdb.connect(str(tmp_path / "data" / "odjek.duckdb"), read_only=True) as store:
        assert store.execute("SELECT count(*) FROM article WHERE outlet = 'novine-grada'").fetchall() == [(16,)]
