"""Run by the test in a process of its own: several sites drawn up as `odjek outlets new` does, refusals as JSON.

python -m tests.hostile.drawing '["FOLDER", "glasnik.example", …]'
"""

import json
import sys
from pathlib import Path

from pipelines.draft import Asked
from pipelines.newcomer import ready, welcome
from pipelines.pool import ExtractionPool
from spiders.answer import Asker
from spiders.errors import OdjekError
from spiders.probe import run_probe
from tests.hostile.command import HASTE


def main(argument: str) -> None:
    """Draw the sites up one after another; Scrapy starts only once in a process."""
    folder, *urls = json.loads(argument)
    said: dict[str, str] = {}

    async def draw(asker: Asker) -> None:
        for url in urls:
            try:
                asked = Asked(url, None, "local", "RS", is_loopback=False)
                await welcome(asked, ready(asked, Path(folder)), Path(folder), asker, pool)
            except OdjekError as error:
                said[url] = str(error)

    with ExtractionPool(1) as pool:
        run_probe(draw, {**HASTE, "LOG_ENABLED": False})
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1])
