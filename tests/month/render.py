"""What the invented newsrooms serve at a moment: feeds, sitemaps, lists and pages. Values in, bytes out."""

import gzip
import json
import random
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from demo.script import to_latin
from tests.hostile.server import HTML, Reply
from tests.month.press import Paper, Story

PER_PAGE = 12
XML = "application/xml"
_WHO = ("Градоначелник", "Министарка", "Директор водовода", "Председница општине", "Начелник станице", "Управник луке")
_SAYS = ("најављује", "потврђује на седници", "објашњава новинарима", "поручује са моста", "понавља у новом извештају")
_WHAT = (
    "да ће радови на насипу",
    "да ће нова линија",
    "да ће попис штете",
    "да ће отварање болнице",
    "да ће зимски ред",
)
_WHEN = ("почети после празника", "трајати до пролећа", "коштати мање него лане", "зависити од времена")
_WHY = ("јер је река и даље висока.", "како је одлучено на збору.", "што су одборници подржали.", "иако новца нема.")
_TITLES = ("отвара мост код реке", "обилази насип и луку", "позива грађане на збор", "тражи нови извештај о води")


def zoned(at: datetime, paper: Paper) -> datetime:
    """A moment in the outlet's zone."""
    return at.astimezone(ZoneInfo(paper.zone))


@lru_cache(maxsize=20_000)
def text_of(seed: str, state: tuple[str, ...], is_short: bool) -> tuple[str, tuple[str, ...]]:
    """Headline and paragraphs after the edits so far, in Cyrillic."""
    chance = random.Random(seed)
    title = f"{chance.choice(_WHO)} {chance.choice(_TITLES)} {seed.rpartition(' ')[2]}"
    count = 1 if is_short else 5
    body = [
        " ".join(chance.choice(words) for words in (_WHO, _SAYS, _WHAT, _WHEN, _WHY))
        + (" " if is_short else f" Записник носи број {chance.randrange(10**6)} и чува се у архиви града.")
        for _ in range(count)
    ]
    for edit in state:
        if edit == "softened":
            title = f"{title}, према најавама"
        body = ["Преноси Меридијан.", *body] if edit == "credited" else body
        body = [*body, "Касније је саопштено да се рок помера за десет дана."] if edit == "longer" else body
    return title, tuple(body)


def shown(paper: Paper, story: Story, at: datetime) -> tuple[str, tuple[str, ...]]:
    """Headline and paragraphs as the outlet writes them at a time."""
    state = tuple(edit.kind for edit in story.edits[: story.state(at)])
    title, body = text_of(f"{paper.slug} {story.number}", state, story.flaw == "too_short")
    if paper.script == "cyrl":
        return title, body
    return to_latin(title), tuple(map(to_latin, body))


def page(paper: Paper, story: Story, at: datetime, is_new: bool) -> str:
    """An article's page; a redesign moves the date from the meta data into the text, or back."""
    title, body = shown(paper, story, at)
    if story.flaw == "soft_404":
        title, body = "Stranica nije pronađena", ("Tražena stranica ne postoji. Vratite se na naslovnu.",)
    when = zoned(story.dated, paper)
    template = ("jsonld" if paper.template == "meta" else "meta") if is_new else paper.template
    head = {
        "meta": f'<meta property="article:published_time" content="{when.isoformat()}">',
        "jsonld": f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{when.isoformat()}"}}</script>',
    }.get(template, "")
    visible = {
        "time": f'<time datetime="{when.isoformat()}">{when:%d.%m.%Y.}</time>',
        "visible": f'<div class="datum">{when:%d.%m.%Y. %H:%M}</div>',
    }.get(template, "")
    paragraphs = "".join(f"<p>{line}</p>" for line in body)
    frame = "main" if is_new else "article"
    return (
        f'<!doctype html><html lang="sr"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<nav><a href="/">Naslovna</a></nav><{frame}><h1>{title}</h1>{visible}{paragraphs}</{frame}>'
        "<footer>Impresum</footer></body></html>"
    )


def feed(paper: Paper, stories: list[Story], at: datetime) -> Reply:
    """The feed in the outlet's format."""
    items = [(paper.url + paper.path(story, at), shown(paper, story, at)[0], story) for story in stories]
    return {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json}[paper.feed](paper, items, at)


Items = list[tuple[str, str, Story]]


def _stated(paper: Paper, story: Story) -> str:
    when = zoned(story.dated, paper)
    if paper.feed_dates == "none":
        return ""
    return f"{when:%Y-%m-%d %H:%M:%S}" if paper.feed_dates == "naive" else format_datetime(when)


def _rss(paper: Paper, items: Items, at: datetime) -> Reply:
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{url}?utm_source=rss</link>"
        + (f"<pubDate>{stated}</pubDate>" if (stated := _stated(paper, story)) else "")
        + "</item>"
        for url, title, story in items
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{paper.name}</title>{entries}</channel></rss>'
    return Reply(text.encode(), "application/rss+xml")


def _atom(paper: Paper, items: Items, at: datetime) -> Reply:
    entries = "".join(
        f"<entry><title>{escape(title)}</title><id>{url}</id><link rel='alternate' href='{url}'/>"
        f"<published>{zoned(story.dated, paper).isoformat()}</published></entry>"
        for url, title, story in items
    )
    text = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{paper.name}</title>{entries}</feed>"
    return Reply(text.encode(), "application/atom+xml")


def _rdf(paper: Paper, items: Items, at: datetime) -> Reply:
    entries = "".join(
        f"<item rdf:about='{url}'><title>{escape(title)}</title><link>{url}</link>"
        f"<dc:date>{zoned(story.dated, paper).isoformat()}</dc:date></item>"
        for url, title, story in items
    )
    spaces = (
        "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'"
    )
    return Reply(f"<rdf:RDF {spaces}><channel><title>K</title></channel>{entries}</rdf:RDF>".encode(), "text/xml")


def _json(paper: Paper, items: Items, at: datetime) -> Reply:
    listed = [
        {"id": url, "url": url, "title": title, "date_published": zoned(story.dated, paper).isoformat()}
        for url, title, story in items
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": paper.name, "items": listed}
    return Reply(json.dumps(feed).encode(), "application/feed+json")


def sitemaps(paper: Paper, stories: list[Story], at: datetime) -> dict[str, Reply]:
    """Path → file. An index has a packed part for each day, with the time of the part's last change."""
    if paper.sitemap != "dated":
        return {"/sitemap.xml": _urlset(paper, stories, at)}
    days: dict[str, list[Story]] = {}
    for story in stories:
        days.setdefault(f"{zoned(story.dated, paper):%Y-%m-%d}", []).append(story)
    parts = {f"/mape/{day}.xml.gz": held for day, held in days.items()}
    index = "".join(
        f"<sitemap><loc>{paper.url}{path}</loc><lastmod>{zoned(_changed(paper, held, at), paper).isoformat()}</lastmod></sitemap>"
        for path, held in parts.items()
    )
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    files = {"/sitemap.xml": Reply(f"<sitemapindex {space}>{index}</sitemapindex>".encode(), XML)}
    for path, held in parts.items():
        files[path] = Reply(gzip.compress(_body(_urlset(paper, held, at)), mtime=0), "application/gzip")
    return files


def _changed(paper: Paper, held: list[Story], at: datetime) -> datetime:
    """When a part was last written: when a story was added to it."""
    late = timedelta(days=3)
    return max(story.listed_at + (late if story.flaw == "late_in_sitemap" else timedelta()) for story in held)


def _urlset(paper: Paper, stories: list[Story], at: datetime) -> Reply:
    entries = "".join(
        f"<url><loc>{paper.url}{paper.path(story, at)}</loc>{_day(paper, story, at)}</url>" for story in stories
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return Reply(f"<urlset {spaces}>{entries}</urlset>".encode(), XML)


def _day(paper: Paper, story: Story, at: datetime) -> str:
    if paper.sitemap == "news":
        title = escape(shown(paper, story, at)[0])
        when = zoned(story.dated, paper).isoformat()
        return f"<news:news><news:publication_date>{when}</news:publication_date><news:title>{title}</news:title></news:news>"
    edits = [edit.at for edit in story.edits[: story.state(at)]]
    changed = max([story.dated, *edits])
    return f"<lastmod>{zoned(changed, paper).isoformat()}</lastmod>"


def listing(paper: Paper, stories: list[Story], at: datetime, number: int, head: str = "", path: str = "") -> Reply:
    """A page of links with their days, and the way to the older ones."""
    blocks = "".join(
        f'<div class="vest"><a href="{paper.path(story, at)}">{shown(paper, story, at)[0]}</a> '
        f'<time datetime="{zoned(story.dated, paper).isoformat()}">{zoned(story.dated, paper):%d.%m.}</time></div>'
        for story in stories[(number - 1) * PER_PAGE : number * PER_PAGE]
    )
    older = (
        f'<a rel="next" href="{path}?strana={number + 1}">Starije</a>'
        if path and len(stories) > number * PER_PAGE
        else ""
    )
    text = f"<!doctype html><html><head><title>{paper.name}</title>{head}</head><body>{blocks}{older}</body></html>"
    return Reply(text.encode())


def posts_of_wordpress(paper: Paper, stories: list[Story], at: datetime, asked: dict[str, str]) -> Reply:
    """The posts as WordPress lists them: by date, those between two days."""

    def moment(name: str, default: str) -> datetime:
        return datetime.fromisoformat(asked.get(name, default)).replace(tzinfo=ZoneInfo(paper.zone))

    first, last = moment("after", "1990-01-01T00:00:00"), moment("before", "2100-01-01T00:00:00")
    fit = sorted(
        (story for story in stories if first < story.dated < last), key=lambda story: story.dated, reverse=True
    )
    size, number = int(asked.get("per_page", "10")), int(asked.get("page", "1"))
    posts = [
        {
            "link": paper.url + paper.path(story, at),
            "date_gmt": f"{story.dated.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%M:%S}",
            "title": {"rendered": shown(paper, story, at)[0]},
        }
        for story in fit[(number - 1) * size : number * size]
    ]
    return Reply(json.dumps(posts).encode(), "application/json")


def preview(paper: Paper, stories: list[Story], at: datetime, before: int | None) -> Reply:
    """The posts of a channel, twenty to a page, the newest last."""
    fit = [story for story in reversed(stories) if before is None or story.number < before][-20:]
    posts = "".join(_post(paper, story, at) for story in fit)
    older = (
        f'<a class="tme_messages_more" href="/s/kanal?before={fit[0].number}" data-before="{fit[0].number}"></a>'
        if fit
        else ""
    )
    text = f'<!doctype html><html><body><div class="tgme_channel_info">{paper.name}</div>{older}{posts}</body></html>'
    return Reply(text.encode(), HTML)


def _post(paper: Paper, story: Story, at: datetime) -> str:
    title, body = shown(paper, story, at)
    return (
        f'<div class="tgme_widget_message js-widget_message" data-post="kanal/{story.number}">'
        f'<div class="tgme_widget_message_text js-message_text">{title}<br>{"<br>".join(body)}</div>'
        f'<a class="tgme_widget_message_date" href="#"><time datetime="{zoned(story.dated, paper).isoformat()}"></time></a></div>'
    )


def _body(reply: Reply) -> bytes:
    assert isinstance(reply.body, bytes)
    return reply.body
