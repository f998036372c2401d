"""What time a job believes it is. Everything that dates a fetch, a run or a window asks here, and nothing else does.

`ODJEK_NOW` moves the start of the process to another time, from which it goes on: tests crawl a month in a minute.
"""

import os
from datetime import UTC, datetime, timedelta
from functools import cache


def now() -> datetime:
    """The time, aware, in UTC."""
    return _ahead() + datetime.now(UTC)  # in this order: the clock never shows less than it was set to


@cache
def _ahead() -> timedelta:
    """How far this process is ahead of the machine's clock; fixed when it is first asked."""
    stated = os.environ.get("ODJEK_NOW")
    if not stated:
        return timedelta(0)
    start = datetime.fromisoformat(stated)
    return (start if start.tzinfo else start.replace(tzinfo=UTC)) - datetime.now(UTC)
