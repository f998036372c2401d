"""The newsroom over real HTTP, asked as a crawler asks it: through the server as a proxy."""

import gzip
import urllib.request
from collections import Counter
from collections.abc import Iterator
from http.client import RemoteDisconnected
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from lxml import etree, html

from demo.newsroom import SITES_FILE, Site, newsroom
from demo.server import RETRY_AFTER_S, DemoWeb
from spiders.errors import InputError

SITES = {site.outlet.outlet: site for site in newsroom()}


class Client:
    """Asks the newsroom's hosts by their own names."""

    def __init__(self, web: DemoWeb) -> None:
        self.web = web
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": web.proxy}))

    def get(self, url: str, **headers: str) -> tuple[bytes, Any]:
        with self._opener.open(urllib.request.Request(url, headers=headers), timeout=10) as response:
            return response.read(), response.headers

    def patiently(self, url: str) -> bytes:
        for _ in range(5):
            try:
                return self.get(url)[0]
            except HTTPError as error:
                error.close()
                if error.code != 429:
                    raise
        raise AssertionError(f"{url} is busy for ever")


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with DemoWeb() as web:
        yield Client(web)


def articles_in_window(site: Site) -> set[str]:
    return {site.url(article) for article in site.articles}


# --- how articles are found ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outlet", [name for name, site in SITES.items() if site.feed and not site.is_down])
def test_every_feed_parses_and_names_all_articles(client: Client, outlet: str) -> None:
    site = SITES[outlet]
    for host in site.hosts:
        parsed = feedparser.parse(client.patiently(f"http://{host}{site.feed_path}"))
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert parsed.version == ("rss20" if site.feed == "rss" else "atom10")
        links = {entry.link.removesuffix(site.extra.get("tracking", "")) for entry in parsed.entries}
        assert links == {site.url(article, host) for article in site.articles}
        titles = {entry.link: entry.title for entry in parsed.entries}
        assert all(titles.values())
        assert all(entry.published_parsed for entry in parsed.entries)


def test_news_sitemap_states_titles_and_times(client: Client) -> None:
    site = SITES["ekonomska-beleznica"]
    root = etree.fromstring(client.get(f"http://{site.hosts[0]}{site.sitemap_path}")[0])
    assert {str(loc) for loc in root.xpath("//*[local-name()='loc']/text()")} == articles_in_window(site)
    assert len(root.xpath("//*[local-name()='publication_date']")) == len(site.articles)
    assert len(root.xpath("//*[local-name()='news']/*[local-name()='title']")) == len(site.articles)


def test_dated_sitemap_index_leads_to_one_file_a_day(client: Client) -> None:
    site = SITES["istocni-vidik"]
    robots = client.get(f"http://{site.hosts[0]}/robots.txt")[0].decode()
    [index] = [line.partition(": ")[2] for line in robots.splitlines() if line.startswith("Sitemap: ")]
    days = etree.fromstring(client.get(index)[0]).xpath("//*[local-name()='loc']/text()")
    found: set[str] = set()
    for day in days:
        urls = etree.fromstring(client.get(str(day))[0]).xpath("//*[local-name()='loc']/text()")
        date = str(day)[-14:-4].replace("-", "/")
        assert all(date in url for url in urls)
        found |= set(map(str, urls))
    assert found == articles_in_window(site)


def test_packed_sitemap(client: Client) -> None:
    site = SITES["zetska-tribina"]
    body = gzip.decompress(client.get(f"http://{site.hosts[0]}{site.sitemap_path}")[0])
    assert set(etree.fromstring(body).xpath("//*[local-name()='loc']/text()")) == articles_in_window(site)


def test_listing_pages_alone_lead_to_every_article(client: Client) -> None:
    site = SITES["sumadijski-zapis"]
    home = f"http://{site.hosts[0]}"
    assert site.feed is None
    assert site.sitemap is None
    with pytest.raises(HTTPError):
        client.get(f"{home}/sitemap.xml")
    found: set[str] = set()
    pages, url = 0, f"{home}/vesti"
    while url:
        pages += 1
        tree = html.fromstring(client.get(url)[0])
        found |= {home + link for link in tree.xpath("//li/a/@href")}
        following = tree.xpath("//a[@rel='next']/@href")
        url = home + following[0] if following else ""
    assert pages >= 3
    assert found == articles_in_window(site)


@pytest.mark.parametrize("outlet", [name for name, site in SITES.items() if site.is_feed_linked])
def test_a_feed_the_registry_does_not_know_is_linked(client: Client, outlet: str) -> None:
    site = SITES[outlet]
    assert not site.outlet.feeds
    tree = html.fromstring(client.get(f"http://{site.hosts[0]}/")[0])
    [link] = tree.xpath("//link[@rel='alternate'][contains(@type, '+xml')]/@href")
    assert str(link).endswith(site.feed_path)


# --- what is odd about sites -----------------------------------------------------------------------------------------


def test_windows_1250_is_really_sent(client: Client) -> None:
    site = SITES["podunavski-list"]
    article = next(article for article in site.articles if "č" in article.text.title)
    body, headers = client.get(site.url(article))
    assert "windows-1250" in headers["Content-Type"]
    assert article.text.title.encode("cp1250") in body
    assert article.text.title.encode() not in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_wrong_dates_stand_in_the_meta_data_only(client: Client) -> None:
    site = SITES["timocki-kurir"]
    stated = set()
    for article in site.articles[:4]:
        tree = html.fromstring(client.get(site.url(article))[0])
        stated |= set(tree.xpath("//meta[@property='article:published_time']/@content"))
        assert f"{article.at:/%Y/%m/%d/}" in site.url(article)
    assert len(stated) == 1
    assert not any(day.startswith("2026") for day in stated)


def test_a_busy_site_says_when_to_come_again() -> None:
    site = SITES["portal-kej"]
    url = f"http://{site.hosts[0]}{site.feed_path}"
    with DemoWeb() as web:
        client = Client(web)
        client.get(f"http://{site.hosts[0]}/robots.txt")
        for _ in range(site.busy):
            with pytest.raises(HTTPError) as refusal:
                client.get(url)
            assert refusal.value.code == 429
            assert refusal.value.headers["Retry-After"] == str(RETRY_AFTER_S)
            refusal.value.close()
        assert client.get(url)[0]
    assert site.busy >= 1


def test_robots_forbids_a_folder_that_the_feed_lists(client: Client) -> None:
    site = SITES["gradska-mreza"]
    rules = RobotFileParser()
    rules.parse(client.get(f"http://{site.hosts[0]}/robots.txt")[0].decode().splitlines())
    forbidden = [article for article in site.articles if not rules.can_fetch("odjek", site.url(article))]
    assert len(forbidden) == 2
    assert all(article.path.startswith("/plus/") for article in forbidden)
    feed = client.get(f"http://{site.hosts[0]}{site.feed_path}")[0].decode()
    assert all(site.url(article) in feed for article in forbidden)


def test_a_site_that_is_down_does_not_answer(client: Client) -> None:
    [down] = [site for site in SITES.values() if site.is_down]
    with pytest.raises(RemoteDisconnected):
        client.get(f"http://{down.hosts[0]}/robots.txt")


def test_an_edited_article_is_shown_by_the_twin_only(client: Client) -> None:
    site = SITES["meridijan"]
    [article] = [article for article in site.articles if article.revised]
    first = client.get(site.url(article))[0].decode()
    later = client.get(site.url(article, site.hosts[1]))[0].decode()
    assert "46 путника" in first
    assert "61 putnik" in later
    assert "dateModified" in later


def test_www_leads_to_the_bare_host(client: Client) -> None:
    url = SITES["novi-pregled"].outlet.feeds[0]
    assert urlsplit(url).netloc.startswith("www.")
    assert feedparser.parse(client.get(url)[0]).entries


def test_some_answers_are_packed_for_those_who_accept_it(client: Client) -> None:
    site = SITES["orion-vesti"]
    url = site.url(site.articles[0])
    packed, headers = client.get(url, **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == client.get(url)[0]


# --- the server ------------------------------------------------------------------------------------------------------


def test_every_address_can_be_made_and_no_page_is_empty() -> None:
    with DemoWeb() as web:
        answers = {url: make() for url, make in web.pages.items()}
    assert len(answers) > 400
    assert all(answer.body for answer in answers.values())
    kinds = Counter(answer.content_type.partition(";")[0] for answer in answers.values())
    assert kinds["text/html"] > 300


def test_every_start_gives_the_same_bytes() -> None:
    with DemoWeb() as one, DemoWeb() as other:
        assert one.port != other.port
        urls = list(one.pages)[::25]
        assert [one.pages[url]().body for url in urls] == [other.pages[url]().body for url in urls]


def test_requests_are_counted_and_unknown_ones_answered() -> None:
    with DemoWeb() as web:
        client = Client(web)
        with pytest.raises(HTTPError, match="404"):
            client.get("http://morava24.example/nema-ovoga")
        with pytest.raises(HTTPError, match="502"):
            client.get("http://nepoznat.example/")
        assert web.asked["http://morava24.example/nema-ovoga"] == 1


def test_a_browser_sees_the_sites_under_one_address(client: Client) -> None:
    with urllib.request.urlopen(f"{client.web.proxy}/") as response:
        index = html.fromstring(response.read())
    assert {link.strip("/") for link in index.xpath("//td/a/@href")} == {
        host for site in SITES.values() for host in site.hosts
    }
    with urllib.request.urlopen(f"{client.web.proxy}/meridijan.example/") as response:
        front = html.fromstring(response.read())
    links = front.xpath("//a/@href")
    assert links
    assert all(link.startswith(("/meridijan.example/", "/lat.meridijan.example/", "#")) for link in links)


def test_a_port_that_is_taken_is_one_clear_error(client: Client) -> None:
    with pytest.raises(InputError, match=f"port {client.web.port}"), DemoWeb(client.web.port):
        pass


def test_sites_are_described_where_they_are_built() -> None:
    text = SITES_FILE.read_text(encoding="utf-8")
    for field in Site.__dataclass_fields__:
        assert field in ("outlet", "articles") or field in text.partition("\n[")[0], field
