"""Sentences become vectors: runs a model that lies in a folder, with onnxruntime and tokenizers (extra `sentences`).

The folder is as such models are published: `tokenizer.json` beside `onnx/model.onnx` or `model.onnx`, and
`1_Pooling/config.json` where a sentence is not the mean of its tokens. Nothing is ever downloaded. Each sentence is
run by itself and on one core, so that its vector depends on nothing but the sentence. Vectors are kept in `vectors`;
what they mean for a match is in `sentence_model`.
"""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from spiders.errors import InputError

Vector = npt.NDArray[np.float64]
EXTRA = "a sentence model needs the extra 'sentences': .venv/bin/pip install '.[sentences]'"
MOST_TOKENS = 128
"""Of a longer sentence the beginning counts; the models are trained on as many."""
_INPUTS = {"input_ids", "attention_mask", "token_type_ids", "offsets"}


class Encoder:
    """One model, loaded."""

    def __init__(self, folder: Path) -> None:
        """Load the model of a folder; InputError when there is none, or the extra is not installed."""
        self._folder = folder
        graph = graph_of(folder)
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise InputError(EXTRA) from error
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 4  # what is wrong is raised
            self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # both raise nothing more precise
            raise InputError(f"{folder} holds no sentence model that can be read: {_first_line(error)}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._inputs = {node.name: node for node in self._session.get_inputs()}
        names = [node.name for node in self._session.get_outputs()]
        self._output = "sentence_embedding" if "sentence_embedding" in names else names[0]
        self._is_first = _is_first(folder)
        if "input_ids" not in self._inputs or not _INPUTS.issuperset(self._inputs):
            raise InputError(f"{graph} is no sentence model: it asks for {', '.join(sorted(self._inputs))}")

    def encode(self, sentence: str) -> Vector:
        """The vector of a sentence, of length 1 (0 where the model knows none of its words)."""
        is_flat = len(self._inputs["input_ids"].shape) == 1  # static vectors, looked up and averaged
        ids = self._tokenizer.encode(sentence, add_special_tokens=not is_flat).ids or [0]
        try:
            found = self._session.run([self._output], self._feed(ids, is_flat=is_flat))[0]
        except Exception as error:  # onnxruntime raises nothing more precise
            raise InputError(f"the sentence model in {self._folder} fails: {_first_line(error)}") from error
        vector = np.asarray(found, np.float64)
        if vector.ndim == 3:
            vector = vector[0, 0] if self._is_first else vector[0].mean(axis=0)
        vector = vector.reshape(-1)
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector

    def _feed(self, ids: list[int], *, is_flat: bool) -> dict[str, npt.NDArray[Any]]:
        values = {
            "input_ids": np.array(ids),
            "attention_mask": np.ones(len(ids)),
            "token_type_ids": np.zeros(len(ids)),
            "offsets": np.zeros(1),
        }
        return {
            name: (values[name] if is_flat else values[name][None]).astype(
                np.int32 if node.type == "tensor(int32)" else np.int64
            )
            for name, node in self._inputs.items()
        }


@cache
def encoder(folder: Path) -> Encoder:
    """The model of a folder, loaded once in each process."""
    return Encoder(folder)


def graph_of(folder: Path) -> Path:
    """The file of the model in a folder; InputError where there is none, or one of several would have to be guessed."""
    usual = [path for path in (folder / "onnx" / "model.onnx", folder / "model.onnx") if path.is_file()]
    found = usual or sorted([*folder.glob("*.onnx"), *folder.glob("onnx/*.onnx")])
    if not found or not (folder / "tokenizer.json").is_file():
        raise InputError(f"{folder} is no sentence model: it needs tokenizer.json and onnx/model.onnx or model.onnx")
    if len(found) > 1 and not usual:
        raise InputError(f"{folder} holds several models ({', '.join(path.name for path in found)}): leave one of them")
    return found[0]


def digest(folder: Path) -> str:
    """SHA-256 over all files that decide what a sentence's vector is, in hexadecimal digits."""
    graph = graph_of(folder)
    files = [folder / "tokenizer.json", folder / "1_Pooling" / "config.json", graph]
    files += sorted(graph.parent.glob(f"{graph.stem}*data"))  # weights of more than 2 GB lie beside the graph
    found = sha256()
    for path in files:
        if path.is_file():
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    found.update(block)
    return found.hexdigest()


def _is_first(folder: Path) -> bool:
    """Whether a sentence is its first token, not the mean of its tokens."""
    path = folder / "1_Pooling" / "config.json"
    if not path.is_file():
        return False
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path} cannot be read: {_first_line(error)}") from error
    return bool(config.get("pooling_mode_cls_token")) or config.get("pooling_mode") == "cls"


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
