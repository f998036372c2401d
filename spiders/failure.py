"""What went wrong with a request → one `Refusal` with its reason. What is no fault of the web is raised again."""

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost
from twisted.python.failure import Failure

from spiders.barrier import TURNED_AWAY, is_bot_check
from spiders.refusal import Refusal

_NO_ANSWER = {
    CannotResolveHostError: "the host's name is not known",
    DownloadConnectionRefusedError: "connection refused",
    DownloadTimeoutError: "timed out",
    DownloadCancelledError: "the answer is too large",
    DownloadFailedError: "the connection broke",
    ResponseDataLossError: "the answer was cut off",
    ConnectionLost: "the connection broke",
    ConnectionDone: "the connection was closed without an answer",
    ConnectError: "no connection",
    UnsupportedURLSchemeError: "not an http address",
    TunnelError: "the proxy does not lead there",
    OSError: "the packed answer could not be read",  # raised by Scrapy's decompression
}


class RefusedError(IgnoreRequest):
    """A request that was not sent, with the reason of its refusal."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def refused(failure: Failure, outlet: str) -> Refusal:
    """The refusal that a failed request of an outlet ends as."""
    error, request = failure.value, request_of(failure)
    url = request.url
    if isinstance(error, HttpError):
        return Refusal(outlet, url, _reason_of(error), f"status {error.response.status}")
    if isinstance(error, RefusedError):
        return Refusal(outlet, _first(request.meta, url), error.reason, error.detail)
    if isinstance(error, IgnoreRequest):  # Scrapy's own: too many redirects
        return Refusal(outlet, _first(request.meta, url), "fetch_failed", str(error) or "ignored")
    meaning = next((text for kind, text in _NO_ANSWER.items() if isinstance(error, kind)), None)
    if meaning is None:
        failure.raiseException()
    return Refusal(outlet, url, "fetch_failed", f"{meaning} ({type(error).__name__})")


def request_of(failure: Failure) -> Request:
    """The request that failed: Scrapy sets it on the failure, which knows no such attribute by itself."""
    request: Request = vars(failure)["request"]
    return request


def status_of(failure: Failure) -> int | None:
    """The HTTP status that a request failed with, if it had an answer."""
    return failure.value.response.status if isinstance(failure.value, HttpError) else None


def _reason_of(error: HttpError) -> str:
    """An error, or one that says who may not come in."""
    status = error.response.status
    if status in TURNED_AWAY or status == 503:
        is_check = is_bot_check(error.response.body)
        return "bot_check" if is_check else "blocked" if status in TURNED_AWAY else "http_error"
    return "http_error"


def _first(meta: dict[str, list[str]], url: str) -> str:
    """The address as it was found, before redirects."""
    return meta.get("redirect_urls", [url])[0]
