"""Where a text leads: links, forwards, embedded posts, as values. Read by spiders/telegram.py and pipelines/links.py.

An address of Telegram has many forms; here it gets one, which is also the address that posts are stored under.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from spiders.address import canonical

Kind = Literal["link", "forward", "reply", "embed"]
_TELEGRAM = ("t.me", "telegram.me", "telegram.dog")
_POST = re.compile(r"/(?:s/)?(?P<channel>[A-Za-z]\w{3,31})(?:/(?P<number>\d+))?/?$")


@dataclass(frozen=True, slots=True)
class Link:
    """One address that a text leads to, in one spelling, and the words that carry it."""

    kind: Kind
    url: str
    words: str = ""


def telegram_address(url: str) -> str | None:
    """t.me/s/Kompas/12?single → https://t.me/kompas/12; None where the address is of no public channel."""
    parts = urlsplit(url)
    if (parts.hostname or "").removeprefix("www.") not in _TELEGRAM:
        return None
    found = _POST.match(parts.path)
    if found is None:
        return None
    channel, number = found["channel"].lower(), found["number"]
    return f"https://t.me/{channel}/{number}" if number else f"https://t.me/{channel}"


def target(url: str) -> str:
    """The one spelling of an address that a text leads to."""
    return telegram_address(url) or canonical(url, None)
