"""How far the probabilities can be believed: the model measured on labelled pairs, as it came with odjek.

`python -m benchmarks verdicts --write` measures it and writes the file; the page on the method shows it.
"""

import tomllib
from hashlib import sha256
from typing import Any

from analysis import model

FILE = model.FILE.with_name("reliability.toml")


def reliability(version: str | None) -> dict[str, Any]:
    """The table by tenths; `is_current` where it was measured with the shipped weights and `version` uses these.

    It is always measured without a sentence model; `has_sentences` where `version` asks one.
    """
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    is_shipped = version is not None and "+cal" not in version
    digest = sha256(model.FILE.read_bytes()).hexdigest()[:16]
    return {
        **table,
        "is_shipped": is_shipped,
        "is_current": is_shipped and table["model"] == digest,
        "has_sentences": version is not None and "+sent" in version,
    }
