"""What a crawl logs beside Scrapy's own lines: each refusal, with its outlet, address and reason."""

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from spiders.refusal import Refusal


class CrawlLog(LogFormatter):
    """Scrapy's words, and those for refusals."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """A refusal is for the log of the night; what is stored is in the store."""
        if not isinstance(item, Refusal):
            return super().scraped(item, response, spider)
        about = {"outlet": item.outlet, "reason": item.reason, "detail": item.detail, "url": item.url}
        return {"level": logging.INFO, "msg": "%(outlet)s: %(reason)s: %(detail)s (%(url)s)", "args": about}
