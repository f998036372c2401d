"""What a site shows to a machine instead of a page, by its markup: a check for machines, or nothing before scripts run.

Asked of refused answers and of sources (spiders), and of pages on which no article was found (pipelines.extract). Pages
with text are judged by their words in pipelines.validate: articles, too, carry the scripts of captchas.
"""

import re

TURNED_AWAY = (401, 403, 407, 429, 451)
"""What a status says of who may come in."""

_HEAD = 200_000  # bytes that are looked at; a check is far smaller
_MOST_LINKS = 15  # front pages with a captcha in their newsletter's form have more
_CHECK = re.compile(
    rb"<title>\s*(?:just a moment|attention required!|ddos-guard|checking your browser|access denied|security check"
    rb"|bot verification|robot check|are you (?:a )?(?:human|robot))"
    rb"|_cf_chl_opt|cf-browser-verification|cf-turnstile|incapsula incident|px-captcha|captcha-delivery\.com"
    rb"|g-recaptcha|h-captcha|sucuri website firewall|verify (?:that )?you are (?:a )?human"
    rb"|enable javascript and cookies to continue",
    re.IGNORECASE,
)
_EMPTY_ROOT = re.compile(
    rb"<(?:div|main)[^>]*\bid=[\"']?(?:root|app|__next|__nuxt|___gatsby|svelte|react-root)\b[\"']?[^>]*>\s*</"
    rb"|<app-root[^>]*>\s*</",
    re.IGNORECASE,
)
_NEEDS_SCRIPTS = re.compile(rb"<noscript>(?:[^<]|<(?!/noscript)){0,500}javascript", re.IGNORECASE)


def is_bot_check(body: bytes) -> bool:
    """Whether an answer without an article is a captcha or another check for machines."""
    return body.count(b"<a ") < _MOST_LINKS and _CHECK.search(body[:_HEAD]) is not None


def is_script_shell(body: bytes) -> bool:
    """Whether a page without text has none before its scripts run."""
    if b"<script" not in body or body.count(b"<a ") >= _MOST_LINKS:
        return False
    head = body[:_HEAD]
    return _EMPTY_ROOT.search(head) is not None or _NEEDS_SCRIPTS.search(head) is not None
