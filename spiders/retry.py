"""Asking again later: a host that says 429 or 503 is left alone for as long as it asks, then asked again.

Scrapy's own middleware asks again at once and does not read Retry-After. Here the whole host pauses, not only the one
request: its other requests would be answered the same, and use up their attempts.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.utils.asyncio import call_later

BUSY = (429, 503)


class PatientRetry(RetryMiddleware):
    """Scrapy's retry middleware, with pauses. ODJEK_RETRY_WAIT: first pause; ODJEK_RETRY_WAIT_MAX: longest, seconds."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Retry as Scrapy does; a busy host pauses first, and one that asks for too long a pause is given up."""
        if response.status not in BUSY or request.meta.get("dont_retry"):
            return super().process_response(request, response)
        settings = self.crawler.settings
        attempt = request.meta.get("retry_times", 0)
        pause = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if pause is None:
            pause = settings.getfloat("ODJEK_RETRY_WAIT") * 2**attempt
        if pause > settings.getfloat("ODJEK_RETRY_WAIT_MAX"):
            return response
        again = super().process_response(request, response)
        if isinstance(again, Request):
            self._pause(request, pause)
        return again

    def _pause(self, request: Request, seconds: float) -> None:
        """Send nothing to the request's host for a while."""
        downloader = self.crawler.engine.downloader
        slot = downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is None or seconds <= 0:
            return
        if slot.latercall is not None:
            slot.latercall.cancel()
        # The downloader starts nothing in a slot that waits for this call, as it does for its own delays.
        slot.latercall = call_later(seconds, downloader._latercall, slot)  # noqa: SLF001  there is no public pause
        slot.lastseen = monotonic()


def retry_after(header: bytes | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a date; None where it says neither."""
    text = (header or b"").decode("latin-1").strip()
    if text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
