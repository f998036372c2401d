"""The outlets of the month and what befalls them, as data."""

from tests.month.press import Paper
from tests.month.trouble import Trouble

OUTLETS = [
    Paper("obala", "Obala", 8, feed_size=10, sitemap="plain"),
    Paper("talas", "Talas", 4, feed="atom", stamp="etag", template="jsonld", script="cyrl"),
    Paper("sprud", "Sprud", 3, feed="rdf", template="time", stamp="modified"),
    Paper("zaton", "Zaton", 3, feed="json", template="jsonld", stamp="both"),
    Paper("rukavac", "Rukavac", 6, feed="", sitemap="news", robots_sitemap=True, flaws=("future",)),
    Paper("vrelo", "Vrelo", 5, feed="", sitemap="dated", robots_sitemap=True, script="cyrl", flaws=("back_dated",)),
    Paper("slap", "Slap", 3, feed="rss", named=(), announces=True),
    Paper("virovi", "Virovi", 5, feed="", listing=True, template="visible", flaws=("too_short", "soft_404")),
    Paper("brzak", "Brzak", 4, feed="", wordpress=True, named=()),
    Paper("kanal", "Kanal", 6, feed="", telegram=True, named=()),
]
TROUBLES = [
    Trouble("obala", "down", 3, 5),
    Trouble("talas", "feed_html", 4, 5),
    Trouble("zaton", "captcha", 2, 3),
]
ABSENT_NIGHTS = {6}
"""Nights on which odjek itself does not run."""
