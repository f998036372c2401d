"""Keeps tests/gold/floors.toml: what the shipped model reaches on each set, and may not fall below.

Floors only rise. A figure that has fallen keeps its floor, so the tests fail, until somebody lowers it with a reason,
which stays in the file. Floors belong to the data whose digest stands beside them.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from math import ceil, floor
from pathlib import Path
from typing import Any

from analysis.evaluate import Evaluation

FALLS = frozenset({"accused", "brier"})
"""Figures of which less is better."""
SLACK = 0.002
"""How far F1 and the Brier score may fall: the last digits of a sum differ between machines."""
HEAD = """\
# What the shipped model reaches on each set of labelled stories: tests/analysis/test_gold.py fails below it.
# Written by `python -m benchmarks verdicts --raise-floors`; do not edit by hand.
"""

Floors = dict[str, Any]
"""Figure → least value (most for those in FALLS); beside them the digest, and why it was ever lowered."""


def write(gold: Path, results: Mapping[str, Evaluation], reason: str | None) -> Iterator[str]:
    """Write the floors of all sets; yields a line for each figure that moved, or should have."""
    path = gold / "floors.toml"
    old = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    new = {}
    for name, result in results.items():
        reached = {"digest": digest(gold / name), **reach(result)}
        new[name] = raised(old.get(name, {}), reached, reason)
        yield from _changes(name, old.get(name, {}), reached, new[name])
    path.write_text(as_toml(new), encoding="utf-8")
    yield f"wrote {path.name}"


def digest(folder: Path) -> str:
    """Digest of a set's articles and pairs."""
    data = b"".join((folder / file).read_bytes() for file in ("articles.jsonl", "pairs.csv"))
    return hashlib.sha256(data).hexdigest()[:16]


def reach(result: Evaluation) -> Floors:
    """The figures of a result as floors."""
    return {
        "f1": round(floor(result.f1 * 1000) / 1000 - SLACK, 3),
        "accepted": result.accepted.hits,
        "accused": result.accused.hits,
        "brier": round(ceil(result.brier * 1000) / 1000 + SLACK, 3),
        "parents": result.parents.hits,
        "forms": {form: rate.hits for form, rate in result.forms.items()},
    }


def raised(old: Floors, reached: Floors, reason: str | None) -> Floors:
    """The better of both, figure by figure; with a reason what was reached, and the reason where that is less."""
    result: Floors = {"digest": reached["digest"], "lowered": list(old.get("lowered", []))}
    fallen = False
    for name, value in reached.items():
        if name == "digest":
            continue
        if name == "forms":
            known = old.get("forms", {})
            result["forms"] = {
                form: least if reason else max(least, known.get(form, least)) for form, least in value.items()
            }
            fallen |= any(least < known.get(form, least) for form, least in value.items())
            continue
        before = old.get(name, value)
        is_worse = value > before if name in FALLS else value < before
        fallen |= is_worse
        result[name] = before if is_worse and not reason else value
    if fallen and reason:
        result["lowered"].append(reason)
    return result


def as_toml(floors: Mapping[str, Floors]) -> str:
    """The floors as their file."""
    lines = [HEAD.rstrip()]
    for name, figures in floors.items():
        lines += ["", f"[{name}]", f'digest = "{figures["digest"]}"']
        if figures["lowered"]:
            lines.append(f"lowered = [{', '.join(_string(reason) for reason in figures['lowered'])}]")
        lines += [f"{key} = {figures[key]:g}" for key in ("f1", "accepted", "accused", "brier", "parents")]
        lines.append(f"forms = {{ {', '.join(f'{form} = {least}' for form, least in figures['forms'].items())} }}")
    return "\n".join(lines) + "\n"


def _string(text: str) -> str:
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _changes(name: str, old: Floors, reached: Floors, new: Floors) -> Iterator[str]:
    if old and old["digest"] != new["digest"]:
        yield f"{name}: the data changed"
    for key, value in {**reached, **{f"forms.{form}": least for form, least in reached["forms"].items()}}.items():
        if key in {"digest", "forms"}:
            continue
        form = key.removeprefix("forms.")
        before, after = (part.get("forms", {}).get(form) if form != key else part.get(key) for part in (old, new))
        if after != value:
            yield f"{name}: {key} is {value:g} and stays pinned at {after:g}; lower it with --lower REASON"
        elif before != after:
            yield f"{name}: {key} {'new' if before is None else f'{before:g}'} → {after:g}"
