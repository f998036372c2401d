"""The labelled stories of tests/gold, as the measurements read them."""

import json
from collections.abc import Iterable
from pathlib import Path

from pipelines.normalise import language_of, to_latin

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"


def sets() -> dict[str, Path]:
    """Name → folder of each set of labelled stories."""
    return {folder.name: folder for folder in sorted(GOLD.iterdir()) if (folder / "pairs.csv").exists()}


def gold_texts(*, without: str = "") -> list[str]:
    """The Serbian texts of the labelled stories, of all sets but one."""
    folders = (folder for name, folder in sets().items() if name != without)
    return serbian(text for folder in folders for text in texts_of(folder / "articles.jsonl"))


def texts_of(file: Path) -> list[str]:
    """The texts of a file of articles."""
    return [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]


def serbian(texts: Iterable[str]) -> list[str]:
    """Those that are Serbian, in Latin script."""
    return [to_latin(text) for text in texts if language_of(text) == "sr"]
