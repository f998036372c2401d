"""The generated news is what it claims to be: seeded, spelled in two scripts, and its planted copies are copies."""

import json
import random
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from analysis.tokens import Vocabulary, grams
from benchmarks.gold import gold_texts
from benchmarks.scale import measure, table
from benchmarks.scale.language import Language, Shape
from benchmarks.scale.news import COPY_DAYS, SHARES, Draft, Planted, Size, news
from benchmarks.scale.recombined import Pieces, Recombined
from benchmarks.scale.shape import shape
from benchmarks.scale.spelling import cyrillic, ijekavian
from benchmarks.scale.store import filled
from pipelines.database import connect
from pipelines.normalise import script_of, to_latin

SIZE = Size(local=300, state=60, days=10, copied=0.4)
SMALL = Shape(stems=6_000, names=3_000, phrases=500)
STORED = Size(local=50, state=15, days=30, copied=0.3)
News = list[tuple[Draft, Planted | None]]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return gold_texts()


@pytest.fixture(scope="module")
def written(texts: list[str]) -> News:
    return list(news(Language(texts, 1, SMALL), SIZE, 1))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[Planted]]:
    folder = tmp_path_factory.mktemp("scale")
    return folder, *filled(folder, STORED, shape=SMALL)


def test_the_same_seed_writes_the_same_news(texts: list[str]) -> None:
    size = Size(local=6, state=2, days=10)
    one, again, other = (list(news(Language(texts[:50], seed, SMALL), size, seed)) for seed in (1, 1, 2))
    assert again == one
    assert other != one


def test_copies_share_what_their_truth_says(written: News) -> None:
    articles = {draft.url: draft for draft, _ in written}
    copies = [copy for _, copy in written if copy]
    vocabulary = Vocabulary()

    def shared(copy: Planted) -> float:
        here, there = (grams(vocabulary.ids(articles[url].record()["text"]), 4) for url in (copy.url, copy.state_url))
        return float(np.isin(here, there).mean())

    assert len(copies) == pytest.approx(SIZE.copied * SIZE.local, rel=0.2)
    for share in SHARES:
        found = [shared(copy) for copy in copies if copy.share == share]
        # Edits and the ends of what was taken cost some; so do ijekavian words that the folding does not know.
        assert share * 0.75 < np.median(found) <= share + 0.05, share
    assert {copy.share for copy in copies} == set(SHARES)
    for copy in copies:
        local, state = articles[copy.url], articles[copy.state_url]
        assert timedelta(0) < local.published_at - state.published_at < timedelta(days=COPY_DAYS)
        assert copy.is_other_script == (local.outlet.is_cyrillic != state.outlet.is_cyrillic)
    assert 0.3 < np.mean([copy.is_other_script for copy in copies]) < 0.7


def test_articles_are_as_long_as_news_and_in_their_outlets_script(written: News) -> None:
    lengths = [len(draft.record()["text"].split()) for draft, copy in written if not copy]
    assert 100 < np.median(lengths) < 250
    assert max(lengths) < 480
    for draft, _ in written[:40]:
        assert script_of(draft.record()["text"]) == ("cyrl" if draft.outlet.is_cyrillic else "latn")
        assert draft.sentences[0][0].isupper() or not draft.sentences[0][0].isalpha()


@pytest.mark.parametrize(
    ("latin", "expected"),
    [("Njegova ljubav i džep", "Његова љубав и џеп"), ("Đaci čitaju 3 šale", "Ђаци читају 3 шале")],
)
def test_cyrillic(latin: str, expected: str) -> None:
    assert cyrillic(latin) == expected
    assert to_latin(expected) == latin


def test_ijekavian() -> None:
    assert ijekavian("pre nedelju dana čovek je bio na mestu") == "prije nedjelju dana čovjek je bio na mjestu"


def test_shape_counts_words_and_runs_by_the_texts_that_hold_them() -> None:
    texts = ["jedan dva tri četiri pet", "jedan dva tri četiri šest", "sedam osam devet deset"]
    assert shape(texts) == (3, 14, 10, 0.6, 0.4, 0.0)


def test_recombined_sentences_are_those_of_the_texts_unless_words_are_exchanged() -> None:
    draw = random.Random(1)
    given = ["Voda je u reci danas visoka. Grad je u dolini danas miran."]
    same, other = Recombined(given, 0.0), Recombined(given, 1.0)
    assert same.sentence(draw, same.subject(draw)) in given[0]
    assert _words(other.sentence(draw, other.subject(draw))) <= _words(given[0])
    assert _words(Pieces(given).sentence(draw, same.subject(draw))) <= _words(given[0])


def _words(text: str) -> set[str]:
    return {word.strip(".").lower() for word in text.split()}


def test_the_benchmark_runs(store: tuple[Path, Path, list[Planted]]) -> None:
    _, data, planted = store
    figures = {"local": STORED.local, "state": STORED.state, "days": STORED.days, **measure(data, planted, 1)}
    assert figures["odjek"]["recall"] == 1.0
    assert figures["analyze"]["reported_recall"] > 0.5
    assert figures["words"] > STORED.local * 80
    json.dumps(figures)
    assert any("times as long as tokenising" in line for line in table(figures))


def test_the_store_is_kept(store: tuple[Path, Path, list[Planted]]) -> None:
    folder, data, planted = store
    made = (data / "planted.json").stat().st_mtime_ns
    assert filled(folder, STORED, shape=SMALL) == (data, planted)
    assert (data / "planted.json").stat().st_mtime_ns == made


def test_rensa_finds_copies(store: tuple[Path, Path, list[Planted]]) -> None:
    pytest.importorskip("rensa")
    from benchmarks.scale.minhash import find

    _, data, planted = store
    with connect(data) as connection:
        found = find(connection)
    assert {(copy.url, copy.state_url) for copy in planted if copy.share >= 0.7} <= found
