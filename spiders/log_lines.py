"""How a line of the log is written, as text or as one JSON object; and that no password gets into it.

Who opens and keeps the files is in `reports.job`; what a crawl logs beside Scrapy's own lines in `spiders.crawl_log`.
"""

import json
import logging
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

_USER = re.compile(r"(?<=://)[^/?#\s@]+@")
_AUTHORIZATION = re.compile(r"(?i)(authorization\W{1,6}b?\W?(?:basic|bearer)\s+)[\w+/=.~-]+")


def without_secrets(text: str) -> str:
    """A text without names and passwords of addresses (proxies have them), and without authorization headers."""
    return _AUTHORIZATION.sub(r"\1***", _USER.sub("***@", text))


class TextLines(logging.Formatter):
    """`2026-11-22T02:15:00Z WARNING [spiders.outlet] …`, in UTC as everything that odjek dates."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s [%(name)s] %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        """One record; a traceback, or what Scrapy prints of its settings, takes several lines."""
        return without_secrets(super().format(record))


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and where they are known run_id, outlet, url, reason."""

    KNOWN: ClassVar = ("outlet", "url", "reason")

    def __init__(self) -> None:
        super().__init__()
        self._run_id: str | None = None

    def format(self, record: logging.LogRecord) -> str:
        """One record. What follows the line that says that a run begins is of this run."""
        about = vars(record)
        self._run_id = about.get("run_id", self._run_id)
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "run_id": self._run_id,
            **_about(record.args if isinstance(record.args, Mapping) else {}),
            **{name: about[name] for name in self.KNOWN if name in about},
            "exception": self.formatException(record.exc_info) if record.exc_info else None,
        }
        present = {name: without_secrets(str(value)) for name, value in line.items() if value is not None}
        return json.dumps(present, ensure_ascii=False)


def _about(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What the arguments of a line say of its outlet and address; where Scrapy gives the request, that knows both."""
    request = arguments.get("request")
    found = {"url": request.url, "outlet": request.meta.get("outlet")} if request is not None else {}
    return found | {name: arguments[name] for name in JsonLines.KNOWN if name in arguments}
