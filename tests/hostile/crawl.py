"""Run by the test in a process of its own: one crawl with the real pipelines; counts and the peak of memory as JSON.

python -m tests.hostile.crawl '{"settings": {…}, "crawl": {…}}'
"""

import json
import resource
import sys
from datetime import date
from pathlib import Path

from spiders.crawl import run_crawl


def main(argument: str) -> None:
    """Crawl as the argument says."""
    asked = json.loads(argument)
    days = {name: date.fromisoformat(asked[name]) for name in ("since", "until") if name in asked}
    stats = run_crawl(asked["settings"], outlets_dir=Path(asked["outlets_dir"]), **days)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"peak_bytes": peak, "stats": stats}, default=str))


if __name__ == "__main__":
    main(sys.argv[1])
