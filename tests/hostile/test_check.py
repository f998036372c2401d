"""`odjek outlets check` on invented sites: one row for each, what is wrong with it, and what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.hostile.newcomers import NOW, answers
from tests.hostile.server import HostileWeb

FILES: dict[str, dict[str, Any]] = {
    "glasnik": {"feeds": ["/kanal.xml"]},
    "mapa": {"sitemaps": ["/mape.xml"]},
    "pressa": {"feeds": ["/feed/"]},
    "spisak": {"listings": ["/"], "id_pattern": r"-(\d\d)\d+$"},
    "novine": {"feeds": ["/rss/"]},
    "kapija": {"feeds": ["/feed/"]},
    "zatvoreno": {"feeds": ["/kanal.xml"]},
    "saglasnost": {"feeds": ["/kanal.xml"]},
    "seoba": {"feeds": ["/kanal.xml"]},
    "pekara": {"listings": ["/"]},
}
ROWS: list[tuple[str, str, str, str, str]] = [
    # outlet, verdict, articles, robots, words of what to do
    ("glasnik", "ok", "3/3", "allows", ""),
    ("mapa", "ok", "3/3", "allows", ""),
    ("pressa", "weak: feed http://pressa.example/feed/: an error (status 404)", "3/3", "allows", "correct it"),
    ("spisak", "weak: id_pattern finds one number in several addresses: 1 in 16", "3/3", "none", "joined into one"),
    ("novine", "weak: the pages are in cyrl, not latn", "3/3", "allows", 'write script = "cyrl"'),
    ("kapija", "blocked: feed http://kapija.example/feed/: a check for machines (status 403)", "0/0", "allows", "ask"),
    ("zatvoreno", "blocked: feed http://zatvoreno.example/kanal.xml: robots.txt forbids it", "0/0", "forbids", "ask"),
    ("saglasnost", "blocked: 3 of 3 articles refused: a consent page (Pre nego što nastavite)", "0/3", "allows", ""),
    ("seoba", "broken: robots.txt: moved to http://www.glasnik.example/", "0/0", "no answer", "put glasnik.example"),
    ("pekara", "broken: listing http://pekara.example/: it is empty", "0/0", "allows", "correct it"),
]


NEVER = '\n# ask again\nverified_on = "never"  # or never\n'


def run(web: HostileWeb, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own, on the web on loopback."""
    environment = os.environ | web.environment() | {"ODJEK_NOW": NOW}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.hostile.command", *arguments],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def write_files(folder: Path) -> None:
    for name, fields in FILES.items():
        host = f"http://{name}.example"
        named = {
            key: [host + path for path in value] if key != "id_pattern" else value for key, value in fields.items()
        }
        values = {"name": name.title(), "role": "local", "country": "RS", "hosts": [f"{name}.example"], **named}
        lines = [f"{field} = {json.dumps(value)}" for field, value in values.items()]
        (folder / f"{name}.toml").write_text("\n".join(lines), "utf-8")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, dict[str, Any]], str]:
    folder = tmp_path_factory.mktemp("outlets")
    write_files(folder)
    with HostileWeb(answers()) as web:
        (folder / "glasnik.toml").write_text((folder / "glasnik.toml").read_text("utf-8") + NEVER, "utf-8")
        done = run(web, "--outlets", str(folder), "outlets", "check", "--format", "json", "--write")
        assert max(web.asked.values()) == 1, "an address was asked twice"
        assert not web.unknown
    assert ["verified_on = 2025-10-23" in path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))] == [
        name in ("glasnik", "mapa") for name in sorted(FILES)
    ]
    assert (folder / "glasnik.toml").read_text("utf-8").endswith("# ask again\nverified_on = 2025-10-23  # or never\n")
    return done.returncode, {row["outlet"]: row for row in json.loads(done.stdout)}, done.stderr


@pytest.mark.parametrize(("outlet", "verdict", "articles", "robots", "remedy"), ROWS, ids=[row[0] for row in ROWS])
def test_each_outlet_has_its_verdict(
    checked: tuple[int, dict[str, dict[str, Any]], str],
    outlet: str, verdict: str, articles: str, robots: str, remedy: str,
) -> None:  # fmt: skip
    row = checked[1][outlet]
    assert (row["verdict"], row["articles"], row["robots"]) == (verdict, articles, robots)
    assert remedy in "".join(problem["remedy"] for problem in row["problems"])


def test_the_exit_code_says_that_some_cannot_be_used(checked: tuple[int, dict[str, dict[str, Any]], str]) -> None:
    code, rows, err = checked
    assert code == 3
    assert len(rows) == len(FILES) == len(ROWS)
    assert "ask: 10 of 10 outlets" in err


def test_json_holds_what_was_asked(checked: tuple[int, dict[str, dict[str, Any]], str]) -> None:
    row = checked[1]["glasnik"]
    assert [source["served"] for source in row["sources"]] == ["rss"]
    assert row["newest_on"] == "2025-10-22"
    assert [sample["precision"] for sample in row["samples"]] == ["minute"] * 3
    assert row["samples"][0]["title"] == "Most broj 0 na reci otvoren"
    index, part = checked[1]["mapa"]["sources"]
    assert (index["served"], part["served"], part["articles"]) == ("sitemap index", "sitemap", 16)
