"""Labelled stories among other news: the background is of their outlets and days, and what is false is counted."""

import json
from pathlib import Path

import pytest

from benchmarks import hidden
from benchmarks.gold import GOLD, gold_texts
from benchmarks.scale.recombined import Pieces


def test_the_background_is_of_the_stories_outlets_and_days() -> None:
    articles = GOLD / "dev" / "articles.jsonl"
    stories = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()]
    records = list(hidden.background(articles, Pieces(gold_texts()), 300))
    assert {record["outlet"] for record in records} <= {story["outlet"] for story in stories}
    # A day in UTC: stories of the first hours of a local day are of the day before.
    assert {record["published_at"][:7] for record in records} <= {story["published_at"][:7] for story in stories}
    share = sum(record["role"] == "state_media" for record in records) / len(records)
    assert 0.05 < share < 0.15
    assert len({record["url"] for record in records}) == len(records)


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder of sets with one, of the first four plain stories."""
    folder = tmp_path / "gold" / "few"
    folder.mkdir(parents=True)
    articles = (GOLD / "dev" / "articles.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    head, *pairs = (GOLD / "dev" / "pairs.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    stories = ("d01", "d02", "d03", "d04")
    (folder / "pairs.csv").write_text(head + "".join(line for line in pairs if line[:3] in stories), encoding="utf-8")
    kept = (line for line in articles if any(f"/{story}-" in json.loads(line)["url"] for story in stories))
    (folder / "articles.jsonl").write_text("".join(kept), encoding="utf-8")
    return folder.parent


def test_the_benchmark_runs(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "figures.json"
    words = ["hidden", "--set", "few", "--background", "20", "--kind", "gold", "--json", str(out)]
    monkeypatch.setattr("sys.argv", ["python -m benchmarks", *words])
    monkeypatch.setattr(hidden, "GOLD", few)
    hidden.main()
    figures = json.loads(out.read_text(encoding="utf-8"))
    taken = sum(",amplification," in line for line in (few / "few" / "pairs.csv").read_text().splitlines())
    assert taken - 2 <= figures["gold"]["found"] <= figures["alone"]["found"] <= taken
    assert figures["gold"]["accused"] == figures["gold"]["false"] == 0
    assert figures["gold"]["is_inside"]
    assert "background" in capsys.readouterr().out
