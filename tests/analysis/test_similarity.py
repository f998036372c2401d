"""What one sentence explains of another: invariant to spelling, symmetric, ordered as a reader would order it."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.similarity import Content, Coverage, Explainer, Weights, content, coverage, similarity
from benchmarks.similarity import MUST_REACH, SETS, read_pairs
from pipelines.normalise import to_latin
from tests.analysis.spelling import CYRILLIC, DIALECTS, SENTENCES, without_diacritics
from tests.analysis.translations import TRANSLATIONS
from tests.conftest import REPOSITORY

WEIGHTS = Weights(1000, {"vlad": 400, "predsednik": 500, "srbi": 600, "nov": 700})

STATE = [
    "Lečzavod iz Vrla izvezao je prošle godine 19,3 miliona flaša mineralne vode, dvanaest odsto više nego lane.",
    "Najveći kupac bila je Poljska, a ugovor sa tamošnjim lancem prodavnica potpisan je u martu.",
    "Direktorka Milica Zarić kaže da će pogon do jeseni zaposliti još četrdeset radnika.",
]


def contents(*texts: str) -> list[Content]:
    return [content(text) for text in texts]


@pytest.mark.parametrize(("theirs", "ours"), SENTENCES)
def test_usage_and_script_change_nothing(theirs: str, ours: str) -> None:
    assert content(theirs) == content(ours)
    assert content(theirs).weak == content(ours).weak
    assert similarity(content(theirs), content(ours), WEIGHTS) == similarity(content(ours), content(ours), WEIGHTS)


@given(st.text(CYRILLIC + " .,„“0123456789", max_size=80))
def test_script_changes_nothing(text: str) -> None:
    assert content(text) == content(to_latin(text))


@given(st.text(CYRILLIC + " .,„“0123456789", max_size=80))
def test_missing_diacritics_change_nothing(text: str) -> None:
    latin = to_latin(text)
    assert content(latin) == content(without_diacritics(latin)) == content(without_diacritics(latin, "d"))


@given(st.lists(st.sampled_from(DIALECTS), min_size=1, max_size=12))
def test_pronunciation_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    ijekavian, ekavian = (content(" ".join(words)) for words in zip(*pairs, strict=True))
    assert ijekavian == ekavian
    assert similarity(ijekavian, ekavian, WEIGHTS) == similarity(ekavian, ekavian, WEIGHTS)


@pytest.mark.parametrize(
    ("sentence", "best"),
    [
        ("Из Лечзавода је лани у свет отишло 19,3 милиона флаша воде, 12 одсто више.", 0),
        ("Zaposliće još 40 radnika do jeseni, najavila je direktorica Zarić.", 2),
        ("Poljaci su bili najveći kupci.", 1),
    ],
)
def test_a_retold_sentence_is_found(sentence: str, best: int) -> None:
    found = coverage(content(sentence), contents(*STATE), WEIGHTS)
    assert found.best == best
    assert found.score >= 0.5


@pytest.mark.parametrize(
    "sentence",
    [
        "Opštinsko veće Vrla usvojilo je budžet i odložilo raspravu o vrtiću.",
        "U Poljskoj je juče počelo svetsko prvenstvo u rukometu.",
        "Milica Zarić pobedila je na turniru u šahu.",
    ],
)
def test_another_sentence_is_not_explained(sentence: str) -> None:
    assert coverage(content(sentence), contents(*STATE), WEIGHTS).score < 0.45


def test_two_sentences_explain_one_together() -> None:
    merged = "Lečzavod je izvezao 19,3 miliona flaša vode, a zaposliće još 40 radnika do jeseni."
    found = coverage(content(merged), contents(*STATE), WEIGHTS)
    assert {found.best, found.second} == {0, 2}
    assert found.score > coverage(content(merged), contents(STATE[0]), WEIGHTS).score


def test_a_shared_speaker_is_no_shared_content() -> None:
    speaker = "Ministar saobraćaja Goran Petković izjavio je danas u Užicu da "
    roads, trains = contents(speaker + "će most biti otvoren u maju.", speaker + "vozovi kasne zbog radova na pruzi.")
    retold = content("Most će biti otvoren u maju, najavljeno je iz resora saobraćaja.")
    assert similarity(roads, retold, WEIGHTS) > similarity(roads, trains, WEIGHTS) + 0.1


@pytest.mark.parametrize(("language", "original", "translated", "same_topic"), TRANSLATIONS)
def test_a_translation_is_found(language: str, original: str, translated: str, same_topic: str) -> None:
    found = Explainer([content(original, language)], WEIGHTS)
    score = found.explain(content(translated)).score
    assert score >= 0.5
    assert score > found.explain(content(same_topic)).score + 0.1


@pytest.mark.parametrize(("sentence", "others"), [("", STATE), ("i da je", STATE), (STATE[0], []), (STATE[0], [""])])
def test_nothing_explains_nothing(sentence: str, others: list[str]) -> None:
    assert coverage(content(sentence), contents(*others), WEIGHTS) == Coverage(0.0, None, None)


@given(st.lists(st.sampled_from([word for pair in DIALECTS for word in pair]), max_size=15), st.sampled_from(STATE))
def test_scores_are_shares_and_symmetric(words: list[str], other: str) -> None:
    a, b = content(" ".join(words)), content(other)
    assert 0.0 <= similarity(a, b, WEIGHTS) <= 1.0
    assert similarity(a, b, WEIGHTS) == similarity(b, a, WEIGHTS)
    assert 0.0 <= coverage(a, [b, a], WEIGHTS).score <= 1.0


@pytest.mark.parametrize("count", [1, 10, 100_000])
def test_rarer_terms_weigh_more_in_a_corpus_of_any_size(count: int) -> None:
    weights = Weights(count, {"svuda": count, "retko": 1, "nigde": 0})
    assert (
        weights.rarest == weights.of("nigde") == weights.of("nepoznato") >= weights.of("retko") >= weights.of("svuda")
    )
    assert weights.of("svuda") > 0


def test_scores_do_not_depend_on_the_order_of_sets() -> None:
    code = (
        "from analysis.similarity import *; from tests.analysis.test_similarity import STATE\n"
        "a, b, c = map(content, STATE); w = Weights(3, {})\n"
        "print(repr([similarity(a, b, w), coverage(a, [b, c], w), w.total(a), similarity(b, c, w)]))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("name", SETS)
def test_agreement_with_people(name: str, shared: Path) -> None:
    pairs = [(score, content(a), content(b)) for score, a, b in read_pairs(shared / "real" / SETS[name])]
    frequencies = Counter(term for _, a, b in pairs for text in (a, b) for term in set(text))
    weights = Weights(2 * len(pairs), frequencies)
    scores = [similarity(a, b, weights) for _, a, b in pairs]
    assert np.corrcoef([score for score, _, _ in pairs], scores)[0, 1] >= MUST_REACH[name] - 0.005
