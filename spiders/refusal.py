"""Why a page or record was not stored: every stage that refuses something yields a `Refusal`."""

from dataclasses import dataclass

REFUSALS = {
    "http_error": "the server answered with an error status",
    "blocked": "the site turns odjek away: status 401, 403, 407, 429 or 451",
    "bot_check": "a captcha or another check for machines stands where the page should",
    "fetch_failed": "no answer that can be used: connection refused, timed out, cut off or too large",
    "bad_address": "the address, or where it leads, cannot be asked: too long, or none",
    "robots": "robots.txt disallows the address",
    "off_site": "the address is not, or leads away from, a host of the outlet",
    "front_page": "the address leads to the front page: the article is gone",
    "private_address": "the address is on this machine or a private network",
    "bad_source": "a feed, a sitemap or a listing could not be read",
    "not_html": "the response is not an HTML page",
    "list_page": "a front page, section, tag or search page: many links, no article",
    "consent_page": "a consent or log-in page stands where the article should",
    "script_shell": "the page holds no text before its scripts run",
    "paywall": "only the beginning is shown, the rest is for subscribers",
    "soft_404": "the page says that there is nothing under this address",
    "no_text": "no article text was found on the page",
    "too_short": "the text has too few words to compare",
    "no_title": "the page has no headline",
    "outside_window": "published before or after the window that was asked for",
    "unknown_host": "the address belongs to no outlet of the registry",
    "missing_field": "an imported record lacks a field that is needed",
    "bad_field": "an imported record has a field that cannot be read",
    "duplicate": "the same address with the same text is stored already",
    "not_archived": "an archive names the page, but its bytes stand in another file that was not given",
    "extraction_failed": "the page broke the extraction; its bytes are in the archive",
}
"""Every reason a page or a record can be refused for, with its plain meaning. No other reason is stored."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page or record that was not stored, and why: `reason` is a key of REFUSALS."""

    outlet: str
    url: str
    reason: str
    detail: str = ""
    asked_as: str | None = None  # article, feed, sitemap, listing or robots; None where a page was read first
