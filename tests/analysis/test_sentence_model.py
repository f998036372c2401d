"""A sentence model helps where a translation's words are in no list, and changes nothing where nothing is translated."""

import json
from pathlib import Path
from typing import Any

import pytest

from analysis import run
from analysis.model import load
from analysis.reading import Reading
from analysis.sentence_model import TOP, SentenceModel, measured, with_sentences
from analysis.similarity import Weights
from analysis.tokens import Vocabulary
from pipelines.normalise import fold
from spiders.errors import InputError
from tests.analysis.conftest import Analysed, Record
from tests.analysis.test_run import PASSAGES, RESULT, Gold
from tests.analysis.tiny_model import bilingual, write

pytest.importorskip("onnxruntime", reason="the extra 'sentences' is not installed")

STORY = [
    (
        "Beekeepers removed a swarm weighing almost nine kilograms from the bell tower in Gornji Brestovik on Thursday.",
        "Pčelari su u četvrtak iz zvonika u Gornjem Brestoviku izneli roj težak skoro devet kilograma.",
    ),
    (
        "The insects had settled behind a rotten beam and frightened everyone who came to ring for the evening service.",
        "Insekti su se nastanili iza trule grede i plašili svakoga ko bi došao da zazvoni za večernje bogosluženje.",
    ),
    (
        "Firefighters held the ladder while volunteers scooped honeycombs into wooden crates with bare hands.",
        "Vatrogasci su pridržavali merdevine, a dobrovoljci golim rukama prebacivali saće u drvene gajbe.",
    ),
    (
        "Sexton Ljubiša Tatomir admitted that he had plugged his ears and hurried down the spiral staircase twice a day.",
        "Crkvenjak Ljubiša Tatomir priznao je da je dvaput dnevno zapušio uši i žurio niz zavojite stepenice.",
    ),
    (
        "Wax dripping through the floorboards had already stained the vestments and glued the hymn books together.",
        "Vosak koji je kapao kroz patos već je umrljao odežde i slepio pesmarice.",
    ),
    (
        "The honey will be sold at the autumn fair to pay for a lightning rod and a thicker rope.",
        "Med će biti prodat na jesenjem vašaru da bi se platili gromobran i deblje uže.",
    ),
    (
        "Veterinarian Zorka Bugarin found neither mites nor mould and praised the cleanliness of the brood.",
        "Veterinarka Zorka Bugarin nije našla ni grinje ni buđ i pohvalila je čistoću legla.",
    ),
]
TRANSLATED: list[Record] = [
    {
        "url": "https://svetionik.example/en/1",
        "outlet": "svetionik",
        "outlet_name": "Svetionik (English service)",
        "role": "state_media",
        "title": "A swarm leaves the bell tower",
        "text": "\n\n".join(english for english, _ in STORY),
        "published_at": "2026-03-05T09:00+01:00",
    },
    {
        "url": "https://dolinske.example/1",
        "outlet": "dolinske",
        "outlet_name": "Dolinske novine",
        "role": "local",
        "title": "Med iz zvonika",
        "text": "\n\n".join(serbian for _, serbian in STORY),
        "published_at": "2026-03-06T12:00+01:00",
    },
]
PAIR = (TRANSLATED[1]["url"], TRANSLATED[0]["url"])


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return bilingual(tmp_path / "tiny", STORY)


@pytest.fixture
def corpus(gold: Gold) -> list[Record]:
    """The translated story among others, one of them in three languages."""
    dev = [record for record in gold("dev") if record["url"].rsplit("/", 1)[1][:3] in {"d01", "d02"}]
    return TRANSLATED + dev + [record for record in gold("hard_dev") if "/yF-" in record["url"]]


def in_one_language(database: Any) -> list[Any]:
    """Matches and passages of all pairs in one language."""
    foreign = {url for (url,) in database.execute("SELECT url FROM article WHERE language IN ('en', 'ru')").fetchall()}
    rows = [row for query in (RESULT, PASSAGES) for row in database.execute(query).fetchall()]
    return [row for row in rows if foreign.isdisjoint(row[:2])]


def verdict(database: Any) -> tuple[str, float]:
    """Verdict and probability of the translated story."""
    (row,) = (row for row in database.execute(RESULT).fetchall() if row[:2] == PAIR)
    return row[2], row[4]


def shown(database: Any) -> set[tuple[str, str]]:
    """What a reader sees of the translated story: its sentences, beside those that retell them."""
    state, local = (record["text"] for record in TRANSLATED)
    passages = database.execute(PASSAGES).fetchdf()
    return {
        (state[row.state_start_char : row.state_end_char], local[row.start_char : row.end_char])
        for row in passages[passages["url"] == PAIR[0]].itertuples()
    }


def test_a_translation_gains_and_pairs_in_one_language_keep_every_digit(
    analysed: Analysed, corpus: list[Record], model: Path
) -> None:
    without, asked = analysed(corpus), analysed(corpus, sentence_model=model)
    (_, doubtful), (after, sure) = verdict(without), verdict(asked)
    assert after == "amplification"
    assert 1 - sure < (1 - doubtful) / 2
    assert shown(asked) == set(STORY)
    assert shown(without) < shown(asked)
    assert in_one_language(without) == in_one_language(asked) != []


def test_day_by_day_and_in_workers_gives_the_same_as_all_at_once(
    analysed: Analysed, gold: Gold, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = TRANSLATED + [record for record in gold("hard_dev") if "/yF-" in record["url"]]
    once = analysed(corpus, sentence_model=model)
    late = analysed(corpus[1:], corpus[:1], sentence_model=model)  # with the vectors of the first analysis in the file
    monkeypatch.setattr(run, "FEW", 1)
    monkeypatch.setattr(run, "cores", lambda: 2)
    together = analysed(corpus, sentence_model=model)
    for query in (RESULT, PASSAGES):
        assert once.execute(query).fetchall() == late.execute(query).fetchall() == together.execute(query).fetchall()


def test_the_run_says_which_model_was_asked(analysed: Analysed, model: Path) -> None:
    database = analysed(TRANSLATED, sentence_model=model)
    (arguments,), (version,) = database.execute(
        "SELECT arguments FROM run WHERE command = 'analyze' UNION ALL SELECT version FROM method"
    ).fetchall()
    found = json.loads(arguments)["sentence_model"]
    assert found.keys() == {"name", "digest", "strangers", "translations"}
    assert found["name"] == "tiny"
    assert version == f"{load().version}+sent-{found['digest'][:8]}"
    assert (
        database.execute("SELECT DISTINCT method FROM match WHERE NOT starts_with(method, ?)", [version]).fetchall()
        == []
    )


def test_a_model_that_does_not_know_serbian_is_refused(tmp_path: Path) -> None:
    english = write(tmp_path / "english", {"?": [1, 0, 0], "the": [0, 1, 0], "government": [0, 0, 1]})
    with pytest.raises(InputError, match="needs to be a multilingual one"):
        measured(english)


@pytest.fixture
def sentences(model: Path, tmp_path: Path) -> SentenceModel:
    found = with_sentences(load(), model, tmp_path).sentences
    assert found
    return found


def reading(text: str, language: str) -> Reading:
    return Reading.of(text, "", language, Vocabulary(), Weights(1, {}))


@pytest.mark.parametrize(
    ("article", "source", "is_asked"),
    [
        ("sr", "en", True), ("sr", "ru", True), ("mk", "ru", True), ("en", "ru", True),
        ("sr", "sr", False), ("en", "en", False), ("sr", "mk", False),
    ],
)  # fmt: skip
def test_only_texts_in_two_languages_are_asked_about(
    sentences: SentenceModel, article: str, source: str, is_asked: bool
) -> None:
    assert sentences.is_for(reading("Tekst.", article), reading("Text.", source)) == is_asked


ENGLISH, SERBIAN = STORY[2]


@pytest.mark.parametrize(
    ("serbian", "english", "score"),
    [
        (SERBIAN, ENGLISH, TOP),
        (fold(SERBIAN), ENGLISH, TOP),
        (SERBIAN, STORY[1][0], 0.0),
        (f"{SERBIAN[:-1]} 14 sati.", ENGLISH, TOP / 2),
        (f"{SERBIAN[:-1]} 14 sati.", f"{ENGLISH[:-1]} for 14 hours.", TOP),
        ("Merdevine.", "Ladder.", 0.0),
    ],
)
def test_what_a_sentence_scores(sentences: SentenceModel, serbian: str, english: str, score: float) -> None:
    assert sentences.scores(reading(serbian, "sr"), reading(english, "en")) == pytest.approx(score, abs=0.06)
