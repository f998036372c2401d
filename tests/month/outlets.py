"""The outlets of the month and what befalls them, as data. All names are invented."""

from tests.month.press import Paper
from tests.month.trouble import Trouble

OUTLETS = [
    # feeds of every kind, short and long
    Paper("obalnik", "Obalnik", 24, feed_size=10, sitemap="plain", stamp="etag"),
    Paper("talasnik", "Talasnik", 8, feed="atom", feed_size=30, stamp="etag", template="jsonld", script="cyrl"),
    Paper("sprudnik", "Sprudnik", feed="rdf", template="time", stamp="modified"),
    Paper("zatonac", "Zatonac", feed="json", template="jsonld", stamp="both"),
    Paper("nasipnik", "Nasipnik", feed_dates="naive", template="visible", listing=True),
    Paper("pristanik", "Pristanik", feed_dates="none", sitemap="plain"),
    Paper("skelnik", "Skelnik", feed_order="dated", sitemap="dated", flaws=("back_dated",)),
    Paper("splavnik", "Splavnik", feed="atom", feed_size=10, sitemap="dated", robots_sitemap=True, named=("feed",)),
    Paper("ribnik", "Ribnik", feed="rdf", sitemap="news", zone="Europe/Sarajevo"),
    Paper("ritnik", "Ritnik", feed="json", listing=True, flaws=("too_short", "soft_404"), stamp="both"),
    # sitemaps
    Paper("rukavnik", "Rukavnik", 6, feed="", sitemap="news", robots_sitemap=True, flaws=("future",)),
    Paper("vrelnik", "Vrelnik", 5, feed="", sitemap="dated", robots_sitemap=True, script="cyrl", flaws=("back_dated",)),
    Paper("vrbnik", "Vrbnik", feed="", sitemap="plain", flaws=("late_in_sitemap", "future"), stamp="modified"),
    Paper("topolnik", "Topolnik", sitemap="plain", feed_size=10, flaws=("late_in_sitemap",)),
    Paper("jasenik", "Jasenik", feed="", sitemap="news", named=("sitemap",), zone="Europe/Skopje"),
    Paper("lucnik", "Lučnik", feed="", sitemap="dated", flaws=("late_in_sitemap",), template="time"),
    # nothing in the file: announced feeds, guesses, WordPress
    Paper("slapnik", "Slapnik", named=(), announces=True, script="cyrl"),
    Paper("molnik", "Molnik", feed="atom", named=(), announces=True, sitemap="plain"),
    Paper("brzacnik", "Brzačnik", 4, feed="", wordpress=True, named=()),
    Paper("kormilnik", "Kormilnik", feed_size=10, wordpress=True, named=(), announces=True, stamp="etag"),
    Paper("jedrnik", "Jedrnik", feed="", sitemap="plain", named=(), robots_sitemap=True),
    # lists
    Paper("virnik", "Virnik", 5, feed="", listing=True, template="visible", flaws=("too_short", "soft_404")),
    Paper("sidrnik", "Sidrnik", feed="", listing=True, template="time", flaws=("back_dated",), stamp="etag"),
    Paper("camacnik", "Čamačnik", feed_size=10, listing=True, script="cyrl", template="jsonld"),
    # channels
    Paper("kanalnik", "Kanalnik", 6, feed="", telegram=True, named=(), deleted=0.08),
    Paper("limanik", "Limanik", feed="", telegram=True, named=(), script="cyrl", edited=0.3),
    # redesigns
    Paper("izvornik", "Izvornik", sitemap="plain", redesigned=12, stamp="etag", fields={"id_pattern": r"-(\d+)$"}),
    Paper("potocnik", "Potočnik", feed="atom", sitemap="dated", redesigned=17, script="cyrl"),
    Paper("recanik", "Rečanik", feed="", listing=True, redesigned=9),
    Paper("jezernik", "Jezernik", moves_feed=8, sitemap="plain"),
    Paper("barnik", "Barnik", moves_feed=14, listing=True),
    Paper("plavnik", "Plavnik", drops_feed=10, sitemap="news"),
    Paper("mocvarnik", "Močvarnik", drops_feed=15, listing=True, template="time"),
    Paper("uscenik", "Ušćenik", drops_feed=6, wordpress=True, redesigned=20),
    # agencies, and what is quiet
    Paper("depesa", "Depeša", 10, sitemap="news", role="agency", stamp="both"),
    Paper("telegraf-reka", "Telegraf reka", 6, feed="atom", role="agency", listing=True),
    Paper("tisina", "Tišina", 0.5, sitemap="plain"),
    Paper("deltanik", "Deltanik", feed_size=10, edited=0.5, stamp="modified", sitemap="news"),
    Paper("lagunik", "Lagunik", deleted=0.2, sitemap="plain", stamp="both"),
    Paper("estuarnik", "Estuarnik", feed="json", script="cyrl", sitemap="plain"),
]
TROUBLES = [
    Trouble("obalnik", "down", 3, 5),
    Trouble("obalnik", "articles_captcha", 20, 20),
    Trouble("talasnik", "feed_html", 4, 5),
    Trouble("sprudnik", "dropped", 9, 9),
    Trouble("zatonac", "captcha", 2, 3),
    Trouble("nasipnik", "feed_stale", 11, 14),
    Trouble("pristanik", "feed_empty", 18, 19),
    Trouble("skelnik", "sitemap_503", 5, 12),
    Trouble("splavnik", "down", 13, 19),
    Trouble("ribnik", "feed_broken", 7, 9),
    Trouble("rukavnik", "sitemap_503", 16, 16),
    Trouble("vrelnik", "robots_500", 21, 22),
    Trouble("vrbnik", "articles_503", 10, 11),
    Trouble("topolnik", "busy", 6, 6),
    Trouble("jasenik", "busy_long", 15, 15),
    Trouble("lucnik", "slow", 8, 8),
    Trouble("slapnik", "forbidden", 23, 25),
    Trouble("molnik", "feed_stale", 16, 18),
    Trouble("brzacnik", "down", 24, 24),
    Trouble("virnik", "articles_captcha", 12, 13),
    Trouble("kanalnik", "down", 14, 14),
    Trouble("depesa", "down", 17, 19),
    Trouble("deltanik", "feed_503", 19, 21),
    Trouble("estuarnik", "captcha", 26, 27),
]
ABSENT_NIGHTS = {21, 22, 23}
"""Nights on which odjek itself does not run."""
KILLED_NIGHT = 4
"""The night on which the crawl is killed half-way and started again."""
