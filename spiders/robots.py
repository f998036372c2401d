"""robots.txt obeyed, from the one copy that the spider fetched, archived and searched for sitemaps.

Scrapy's middleware asks for robots.txt on its own, outside of the archive. Here it is told the answer; it still asks by
itself for hosts that the spider did not. What an answer means follows RFC 9309: 4xx allows all, no answer allows none.
"""

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from spiders.failure import RefusedError
from spiders.sitemap import MAX_ROBOTS

MAX_CRAWL_DELAY = 30.0  # seconds; a longer one would keep the crawl of a night from ending


class RobotsGate(RobotsTxtMiddleware):
    """Scrapy's robots middleware, which can be told what a host's robots.txt says."""

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let the request pass, or raise RefusedError where robots.txt disallows it."""
        agent = self._robotstxt_useragent or self._default_useragent
        if rp is not None and not rp.allowed(request.url, agent):
            raise RefusedError("robots", "disallowed by robots.txt")

    def tell(self, netloc: str, body: bytes) -> float:
        """Use this robots.txt for a host; returns the delay between requests that it asks for, in seconds."""
        parser = ProtegoRobotParser(body[:MAX_ROBOTS], self.crawler.spider)
        self._parsers[netloc] = parser
        agent = self._robotstxt_useragent or self._default_useragent
        return min(parser.crawl_delay(agent) or 0.0, MAX_CRAWL_DELAY)
