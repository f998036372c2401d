"""Vectors of sentences come from a folder, or one line says why they cannot."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.encoder import MOST_TOKENS, Encoder, digest
from analysis.vectors import vectors
from spiders.errors import InputError, StoreError
from tests.analysis.tiny_model import write

pytest.importorskip("onnxruntime", reason="the extra 'sentences' is not installed")

WORDS = {"?": [0, 0], "dobar": [1, 0], "dan": [0, 1]}


@pytest.mark.parametrize(
    ("form", "pooling", "sentence", "expected"),
    [
        ("tokens", "mean", "Dobar dan dan", [1, 2]),
        ("tokens", "cls", "Dobar dan dan", [1, 0]),
        ("sentence", "mean", "Dobar dan dan", [1, 2]),
        ("static", "mean", "Dobar dan dan", [1, 2]),
        ("static", "mean", "", [0, 0]),
        ("tokens", "mean", "dobar " * MOST_TOKENS + "dan " * 1000, [1, 0]),
        ("tokens", "mean", "neznano", [0, 0]),
    ],
)
def test_the_forms_in_which_models_are_published(
    tmp_path: Path, form: str, pooling: str, sentence: str, expected: list[float]
) -> None:
    found = Encoder(write(tmp_path, WORDS, form=form, pooling=pooling)).encode(sentence)
    length = np.linalg.norm(expected) or 1.0
    assert found == pytest.approx(np.array(expected) / length)


def nothing(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        path.unlink()


def no_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def broken_graph(folder: Path) -> None:
    (folder / "onnx" / "model.onnx").write_bytes(b"<html>")


def broken_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}")


def broken_pooling(folder: Path) -> None:
    (folder / "1_Pooling" / "config.json").write_text("{")


def several(folder: Path) -> None:
    graph = folder / "onnx" / "model.onnx"
    (folder / "one.onnx").write_bytes(graph.read_bytes())
    graph.rename(folder / "onnx" / "two.onnx")


def another_task(folder: Path) -> None:
    graph = folder / "onnx" / "model.onnx"
    graph.write_bytes(graph.read_bytes().replace(b"attention_mask", b"pixel_in_image"))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (nothing, "is no sentence model: it needs tokenizer.json and onnx/model.onnx or model.onnx"),
        (no_tokenizer, "is no sentence model: it needs tokenizer.json"),
        (broken_graph, "holds no sentence model that can be read: "),
        (broken_tokenizer, "holds no sentence model that can be read: "),
        (broken_pooling, "config.json cannot be read: "),
        (several, r"holds several models \(one.onnx, two.onnx\): leave one of them"),
        (another_task, "is no sentence model: it asks for input_ids, pixel_in_image"),
    ],
)
def test_a_folder_that_is_no_model_is_refused_in_one_line(
    tmp_path: Path, spoil: Callable[[Path], None], message: str
) -> None:
    spoil(write(tmp_path, WORDS))
    with pytest.raises(InputError, match=message) as refusal:
        Encoder(tmp_path)
    assert "\n" not in str(refusal.value)


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(InputError, match=r"extra 'sentences': .*pip install '\.\[sentences\]'"):
        Encoder(write(tmp_path, WORDS))


def test_the_digest_is_that_of_all_files_that_matter(tmp_path: Path) -> None:
    found = {
        digest(write(tmp_path / "one", WORDS)),
        digest(write(tmp_path / "same", WORDS)),
        digest(write(tmp_path / "words", WORDS | {"noć": [1, 1]})),
        digest(write(tmp_path / "pooling", WORDS, pooling="cls")),
        digest(write(tmp_path / "form", WORDS, form="sentence")),
    }
    assert len(found) == 4


def test_what_is_kept_is_not_encoded_again(tmp_path: Path) -> None:
    folder, kept_in = write(tmp_path / "model", WORDS), tmp_path / "vectors.sqlite"
    first = vectors(folder, "a", kept_in, ("dobar dan", "dan"))
    vectors.cache_clear()
    moved = tmp_path / "nowhere"  # no model there: whatever had to be encoded would fail
    assert np.array_equal(vectors(moved, "a", kept_in, ("dan", "dobar dan", "dan")), first[[1, 0, 1]])
    with pytest.raises(InputError):
        vectors(moved, "another model", kept_in, ("dan",))


def test_a_file_of_vectors_that_is_broken_can_be_removed(tmp_path: Path) -> None:
    kept_in = tmp_path / "vectors.sqlite"
    kept_in.write_text("something else " * 100)
    with pytest.raises(StoreError, match=r"vectors.sqlite cannot be used .*: remove it, it is made again"):
        vectors(write(tmp_path / "model", WORDS), "a", kept_in, ("dan",))
