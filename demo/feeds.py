"""Where a site lists its articles for machines: RSS, Atom, sitemaps of three kinds, robots.txt. Text in, text out."""

import gzip
from collections.abc import Callable, Iterable
from datetime import date, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from demo.newsroom import Article, Site, as_shown

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def rss(site: Site, host: str) -> bytes:
    """RSS 2.0, newest first, in the site's encoding; some sites add a tracking parameter to the links."""
    tracking = site.extra.get("tracking", "")
    items = "".join(
        f"<item><title>{escape(shown.text.title)}</title><link>{escape(site.url(shown, host) + tracking)}</link>"
        f"<guid isPermaLink='false'>{site.outlet.outlet}-{shown.id}</guid>"
        f"<pubDate>{format_datetime(shown.at)}</pubDate><category>{escape(shown.section)}</category>"
        f"<description>{escape(shown.text.paragraphs[0])}</description></item>\n"
        for shown in _shown(site, host)
    )
    head = f"<?xml version='1.0' encoding='{site.encoding}'?>\n<rss version='2.0'><channel>"
    about = (
        f"<title>{escape(site.outlet.name)}</title><link>http://{host}/</link><description>{escape(site.outlet.name)}"
    )
    return f"{head}{about}</description>\n{items}</channel></rss>\n".encode(site.encoding, "xmlcharrefreplace")


def atom(site: Site, host: str) -> bytes:
    """Atom 1.0, newest first."""
    entries = "".join(
        f"<entry><title>{escape(shown.text.title)}</title><id>tag:{host},2026:{shown.id}</id>"
        f"<link rel='alternate' type='text/html' href='{escape(site.url(shown, host))}'/>"
        f"<published>{shown.at.isoformat()}</published><updated>{(shown.modified or shown.at).isoformat()}</updated>"
        f"<summary type='html'>{escape(escape(f'<p>{shown.text.paragraphs[0]}</p>'))}</summary></entry>\n"
        for shown in _shown(site, host)
    )
    newest = max(article.at for article in site.articles).isoformat()
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<title>{escape(site.outlet.name)}</title><id>http://{host}/</id><updated>{newest}</updated>\n{entries}</feed>\n"
    ).encode()


def sitemaps(site: Site, host: str) -> dict[str, Callable[[], bytes]]:
    """Path → file, for each file that the site's sitemap consists of."""
    path = site.sitemap_path
    if site.sitemap == "dated":
        days = sorted({article.at.date() for article in site.articles}, reverse=True)
        parts = {day: f"/sitemaps/{day}.xml" for day in days}
        index = "".join(
            f"<sitemap><loc>http://{host}{part}</loc><lastmod>{day}T23:55:00+01:00</lastmod></sitemap>\n"
            for day, part in parts.items()
        )
        files = {part: _of_day(site, host, day) for day, part in parts.items()}
        return files | {path: lambda: _xml(f"<sitemapindex xmlns='{_SITEMAP}'>\n{index}</sitemapindex>")}
    entry = _news_entry if site.sitemap == "news" else _plain_entry
    body = "".join(entry(site, host, article) for article in _shown(site, host))
    namespace = f" xmlns:news='{_NEWS}'" if site.sitemap == "news" else ""
    whole = _xml(f"<urlset xmlns='{_SITEMAP}'{namespace}>\n{body}{_tag_entry(site, host)}</urlset>")
    return {path: lambda: gzip.compress(whole, mtime=0) if site.sitemap == "gzip" else whole}


def robots(site: Site, host: str) -> str:
    """robots.txt: what must not be fetched, and where the sitemap is."""
    lines = ["User-agent: *", f"Disallow: {site.disallow or ''}", "Disallow: /pretraga"]
    if site.sitemap and site.is_sitemap_in_robots:
        lines.append(f"\nSitemap: http://{host}{site.sitemap_path}")
    return "\n".join(lines) + "\n"


def _shown(site: Site, host: str) -> Iterable[Article]:
    return [as_shown(article, host, site) for article in site.articles]


def _xml(text: str) -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{text}\n".encode()


def _of_day(site: Site, host: str, day: date) -> Callable[[], bytes]:
    entries = "".join(_plain_entry(site, host, article) for article in site.articles if article.at.date() == day)
    return lambda: _xml(f"<urlset xmlns='{_SITEMAP}'>\n{entries}</urlset>")


def _plain_entry(site: Site, host: str, article: Article) -> str:
    changed = article.modified or article.published
    return f"<url><loc>{escape(site.url(article, host))}</loc><lastmod>{changed.isoformat()}</lastmod></url>\n"


def _news_entry(site: Site, host: str, article: Article) -> str:
    published = article.published
    stated = published.isoformat() if isinstance(published, datetime) else str(published)
    return (
        f"<url><loc>{escape(site.url(article, host))}</loc><news:news><news:publication><news:name>"
        f"{escape(site.outlet.name)}</news:name><news:language>sr</news:language></news:publication>"
        f"<news:publication_date>{stated}</news:publication_date><news:title>{escape(article.text.title)}</news:title>"
        "</news:news></url>\n"
    )


def _tag_entry(site: Site, host: str) -> str:
    """Some sitemaps list pages that hold no article."""
    path = site.extra.get("listed_tag")
    return f"<url><loc>http://{host}{path}</loc><lastmod>2026-03-12</lastmod></url>\n" if path else ""
