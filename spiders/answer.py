"""What one request of a probe came to: an answer that can be read, or the reason why there is none. Values only.

`Asker` is what those who ask (spiders/probe_outlet.py, spiders/probe_site.py) need of who fetches (spiders/probe.py).
"""

from dataclasses import dataclass
from typing import Protocol

from spiders.found import Kind
from spiders.registry import Outlet


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request. `reason` is a key of REFUSALS; empty where the body can be used."""

    url: str  # as asked
    final: str  # where it was answered, after redirects; where they lead, when that was refused
    status: int | None = None
    content_type: str = ""
    body: bytes = b""
    text: str = ""  # of what is text, decoded as a browser would
    reason: str = ""
    detail: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it can be read."""
        return not self.reason


class Asker(Protocol):
    """Fetches as the crawl does, each address once."""

    async def ask(self, url: str, kind: Kind | str, outlet: Outlet | None = None) -> Answer:
        """Fetch one address; `outlet` is whose guard applies, None where it is not known yet."""

    def is_own(self, url: str, outlet: Outlet) -> bool:
        """Whether an address belongs to the outlet."""

    def admit(self, outlet: Outlet) -> None:
        """Know one more outlet from now on."""
