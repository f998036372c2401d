"""Redirects, by status and by meta refresh, that lead to no address: Scrapy's middlewares raise, and the page is lost.

Whether an address that is one may be followed is decided in spiders/guard.py.
"""

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.http import Response

from spiders.failure import RefusedError


class SafeRedirect(RedirectMiddleware):
    """Scrapy's redirects by status."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Follow as Scrapy does, or raise RefusedError."""
        try:
            return super().process_response(request, response)
        except ValueError as error:
            raise _nowhere(response.headers.get("Location") or b"") from error


class SafeMetaRefresh(MetaRefreshMiddleware):
    """Scrapy's redirects by meta refresh."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Follow as Scrapy does, or raise RefusedError."""
        try:
            return super().process_response(request, response)
        except ValueError as error:
            raise _nowhere(b"") from error


def _nowhere(location: bytes) -> RefusedError:
    return RefusedError("bad_address", f"redirects to {location[:200].decode('latin-1') or 'what is no address'}")
