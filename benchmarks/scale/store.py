"""Generated news in a store, put there as `odjek import` does. Made once and kept: it is nobody's measurement."""

import json
from collections.abc import Iterable
from pathlib import Path

from benchmarks.gold import gold_texts
from benchmarks.scale.language import Language, Shape
from benchmarks.scale.news import Planted, Size, news
from pipelines.importer import import_files

SEED = 1


def filled(folder: Path, size: Size, seed: int = SEED, shape: Shape | None = None) -> tuple[Path, list[Planted]]:
    """A data folder in `folder` that holds the news of this size, and what was planted; made unless it is there."""
    data = folder / f"{size.local}-{size.state}-{size.days}-{seed}"
    truth = data / "planted.json"
    if not truth.exists():
        data.mkdir(parents=True, exist_ok=True)
        planted: list[Planted] = []
        records = data / "news.jsonl"
        written = news(Language(gold_texts(), seed, shape), size, seed)
        write(records, ((draft.record(), copy) for draft, copy in written), planted)
        import_files(data, [records], {})
        records.unlink()
        truth.write_text(json.dumps([[p.url, p.state_url, p.share, p.is_other_script] for p in planted]))
    return data, [Planted(*row) for row in json.loads(truth.read_text())]


def write(path: Path, rows: Iterable[tuple[dict[str, str], Planted | None]], planted: list[Planted]) -> None:
    """Write records as JSONL, and gather what was planted."""
    with path.open("w", encoding="utf-8") as file:
        for record, copy in rows:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            if copy:
                planted.append(copy)
