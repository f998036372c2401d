"""Writes sentence models of a few kilobytes, in the form in which real ones are published: tokenizer.json, model.onnx.

A word's vector is all that such a model knows, and the vector of a sentence their mean. `bilingual` makes one that knows
the yardstick and the sentences it is given as translations of each other; ONNX files are protocol buffers, and the few
fields that are needed are put together by hand.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.wordlists import rows
from pipelines.normalise import fold

Pair = tuple[str, str]
FLOAT, INT64 = 1, 7


def bilingual(folder: Path, pairs: Iterable[Pair] = (), *, form: str = "tokens") -> Path:
    """A model for which a sentence and its translation are the same: those of the yardstick, and `pairs`."""
    known = [*pairs, *((foreign, serbian) for _, foreign, serbian, _ in rows("yardstick.tsv"))]
    words: dict[str, set[int]] = {}
    for number, pair in enumerate(known):
        for sentence in pair:
            for word in re.findall(r"\w+", f"{sentence} {fold(sentence)}".casefold()):
                words.setdefault(word, set()).add(number)
    axes = np.eye(len(known) + 1)
    # What is in several sentences says nothing of any: it lies where unknown words lie.
    vectors = {word: axes[min(numbers)] for word, numbers in words.items() if len(numbers) == 1}
    return write(folder, {"[UNK]": axes[-1]} | vectors, form=form)


def write(folder: Path, vectors: Mapping[str, npt.ArrayLike], *, form: str = "tokens", pooling: str = "mean") -> Path:
    """A model of these words, the first being what stands for unknown ones; `form` is that of the graph: `tokens` (a vector a token), `sentence`, or `static`."""
    table = np.array(list(vectors.values()), np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(list(vectors))), encoding="utf-8")
    (folder / "onnx").mkdir(exist_ok=True)
    (folder / "onnx" / "model.onnx").write_bytes(_graph(table, form))
    (folder / "1_Pooling").mkdir(exist_ok=True)
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": pooling == "cls"}))
    return folder


def _tokenizer(words: Sequence[str]) -> dict[str, object]:
    return {
        "version": "1.0",
        "truncation": None,
        "padding": {
            "strategy": {"Fixed": 200}, "direction": "Right", "pad_to_multiple_of": None,
            "pad_id": 0, "pad_type_id": 0, "pad_token": words[0],
        },  # as some real ones have
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": {word: at for at, word in enumerate(words)}, "unk_token": words[0]},
    }  # fmt: skip


def _graph(table: npt.NDArray[np.float32], form: str) -> bytes:
    ids = ["tokens"] if form == "static" else ["batch", "tokens"]
    inputs = [_value("input_ids", INT64, ids)]
    inputs += [_value("offsets", INT64, ["batch"])] if form == "static" else [_value("attention_mask", INT64, ids)]
    nodes = [_node("Gather", ["table", "input_ids"], "found")]
    outputs = [_value("found", FLOAT, [*ids, "size"])]
    if form != "tokens":
        nodes.append(_node("ReduceMean", ["found"], "sentence_embedding", axis=len(ids) - 1))
        outputs.append(_value("sentence_embedding", FLOAT, ["batch", "size"]))
    tensor = b"".join(_number(1, size) for size in table.shape) + _number(2, FLOAT) + _text(8, "table")
    graph = (
        b"".join(_bytes(1, node) for node in nodes) + _text(2, "tiny") + _bytes(5, tensor + _bytes(9, table.tobytes()))
    )
    graph += b"".join(_bytes(11, value) for value in inputs) + b"".join(_bytes(12, value) for value in outputs)
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _text(1, "") + _number(2, 13))


def _node(operation: str, inputs: Sequence[str], output: str, axis: int | None = None) -> bytes:
    node = b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(4, operation)
    if axis is not None:
        keep = int(axis == 0)  # a batch of one, where there is none
        node += _bytes(5, _text(1, "axes") + _number(8, axis) + _number(20, 7))
        node += _bytes(5, _text(1, "keepdims") + _number(3, keep) + _number(20, 2))
    return node


def _value(name: str, kind: int, shape: Sequence[str]) -> bytes:
    dimensions = b"".join(_bytes(1, _text(2, dimension)) for dimension in shape)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, dimensions)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
