"""Telling a watcher outside how the job goes, as healthchecks.io takes it: a watcher notices a night without a word.

    POST URL/start   the job begins        POST URL   it ran to its end        POST URL/fail   it did not

The job never fails for it: an address that does not answer is asked three times, then complained of once.
"""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 5.0
ATTEMPTS = 3
PAUSE_SECONDS = 1.0
MOST_CHARACTERS = 5_000
"""Watchers keep some kilobytes of a message; ours is some lines."""


def is_address(url: str) -> bool:
    """Whether a ping can be sent there."""
    return url.startswith(("http://", "https://")) and bool(urlsplit(url).hostname)


class Ping:
    """Sends the signs of life of one job; without an address it does nothing."""

    def __init__(self, url: str, complain: Callable[[str], None]) -> None:
        self._url = url.rstrip("/")
        self._complain = complain
        self._has_complained = False

    def start(self) -> None:
        """The job begins."""
        self._send("/start", "")

    def end(self, *, is_good: bool, body: str) -> None:
        """The job has ended."""
        self._send("" if is_good else "/fail", body)

    def _send(self, path: str, body: str) -> None:
        if not self._url:
            return
        reason = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(PAUSE_SECONDS * attempt)
            reason = _post(self._url + path, body)
            if not reason.startswith("again"):
                break
        if reason and not self._has_complained:
            self._has_complained = True
            host = urlsplit(self._url).hostname  # the rest of the address is a secret
            self._complain(f"the ping to {host} was not heard ({reason.removeprefix('again: ')}); the job goes on")


def _post(url: str, body: str) -> str:
    """Nothing when it was heard, else why not; `again: …` where another attempt may help."""
    request = urllib.request.Request(  # noqa: S310  is_address lets only http(s) through
        url, body[:MOST_CHARACTERS].encode(), {"Content-Type": "text/plain; charset=utf-8", "User-Agent": "odjek"}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310  likewise
            return ""
    except urllib.error.HTTPError as error:
        error.close()
        return f"{'again: ' if error.code >= 500 or error.code == 429 else ''}status {error.code}"
    except (OSError, http.client.HTTPException) as error:  # no answer in any of its kinds
        return f"again: {getattr(error, 'reason', None) or error or type(error).__name__}"
