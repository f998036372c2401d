"""Lists every record of a real tabloid that names Russian state media, and the credit that was found in it, to be read.

    python -m benchmarks credits

A mention is not always a credit, and only a reader can say which is which; what was read is in docs/benchmarks.md.
"""

import json
import os
import re
from pathlib import Path

from analysis.credit import find_credit, mentions
from pipelines.normalise import clean_text, fold
from spiders.registry import load_outlets

SHARED = Path(os.environ.get("ODJEK_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
OUTLETS = ("sputnik-srbija", "rt-balkan")
_NAMED = re.compile(r"\bsput(?:nj|n)ik|\brt\b")


def main() -> None:
    """Print one line for each record that names Sputnik or RT."""
    path = SHARED / "real" / "alo_rs.jsonl"
    if not path.exists():
        print(f"no real records in {SHARED}; set ODJEK_SHARED to their folder")
        return
    outlets = [outlet for outlet in load_outlets().values() if outlet.outlet in OUTLETS]
    named = credited = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text, byline = clean_text(record["text"]), record.get("byline")
        if not _NAMED.search(fold(f"{byline or ''} {text}")):
            continue
        named += 1
        names = {outlet.outlet: (*outlet.credited_as, outlet.name) for outlet in outlets}
        found = [(outlet, find_credit(known, text, byline)) for outlet, known in names.items()]
        shown = [f"{outlet}, {credit.kind}: {credit.words}" for outlet, credit in found if credit]
        credited += bool(shown)
        count = sum(mentions(known, text) for known in names.values())
        said = "; ".join(shown) or f"named {count} times, no credit"
        print(f"{record['id']} {record['published_at']} [{byline}] {said}")
    print(f"{named} records name Sputnik or RT, {credited} with a credit")
