"""Scrapy's settings for odjek, found through scrapy.cfg; `scrapy crawl outlet -s NAME=VALUE` overrides any of them.

What each of odjek's own settings (ODJEK_…) means is in docs/crawling.md.
"""

import os
from importlib.metadata import version

BOT_NAME = "odjek"
SPIDER_MODULES = ["spiders.outlet"]

# odjek's own
ODJEK_DATA = os.environ.get("ODJEK_DATA", "data")
ODJEK_OUTLETS = os.environ.get("ODJEK_OUTLETS", "")  # empty: the packaged registry
ODJEK_CONTACT = os.environ.get("ODJEK_CONTACT", "")
ODJEK_RETRY_WAIT = 10.0  # seconds before a host that says 429 or 503 without Retry-After is asked again; doubles
ODJEK_REVISIT_HOURS = [6, 24, 72, 168, 720]  # after publication an article is visited again; empty: never
ODJEK_CATCHUP_DAYS = 14  # how far back a crawl without --since looks at most, and a failed address is tried again
ODJEK_BROWSER = os.environ.get("ODJEK_BROWSER", "")  # path of the Chromium for outlets that need one; empty: found
ODJEK_RETRY_WAIT_MAX = 120.0  # a host that asks for a longer pause is given up until the next run

# Who asks. A site that wants to complain needs an address: the spider adds ODJEK_CONTACT.
USER_AGENT = f"odjek/{version('odjek')}"
ROBOTSTXT_USER_AGENT = "odjek"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "sr,bs;q=0.9,hr;q=0.8,sq;q=0.5,en;q=0.3",
}
COOKIES_ENABLED = False
REFERER_ENABLED = True  # Scrapy's redirects need it
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # a socket that runs Python code has no place in a job that nobody watches

# Politeness: one request at a time to a host, and as long a pause as its own answer took, two seconds at least.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 64  # hosts at once: each waits for its own pause
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

# Patience
DOWNLOAD_TIMEOUT = 45
DNS_TIMEOUT = 20
RETRY_TIMES = 3
RETRY_HTTP_CODES = [429, 500, 502, 503, 504, 520, 521, 522, 524, 408]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # it becomes a counted refusal
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 5
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024  # a sitemap may have 50 MB; also bounds what a packed answer unpacks to
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
DEPTH_LIMIT = 0  # spiders/discovery.py counts its own
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # discovery asks for nothing twice; a redirect may come back

LOG_LEVEL = "INFO"
LOG_SHORT_NAMES = True
LOG_FORMATTER = "spiders.crawl_log.CrawlLog"
LOGSTATS_INTERVAL = 60.0

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "spiders.proxy.OutletProxy": 80,
    "spiders.guard.Guard": 90,  # before robots.txt of the place is asked
    "spiders.robots.RobotsGate": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "spiders.retry.PatientRetry": 550,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "spiders.redirect.SafeMetaRefresh": 580,
    "spiders.browser.BrowserGate": 585,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "spiders.packed.WholePackets": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "spiders.redirect.SafeRedirect": 600,
}
SPIDER_MIDDLEWARES = {
    "pipelines.archive.ArchiveMiddleware": 10,
    "pipelines.scrapy_items.SkipStored": 500,
}
ITEM_PIPELINES = {
    "pipelines.scrapy_items.ExtractPipeline": 300,
    "pipelines.scrapy_items.StorePipeline": 800,
}
