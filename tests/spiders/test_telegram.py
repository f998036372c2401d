"""Previews of channels: what of a post is read, and what is no post. The pages are of our own, in Telegram's form."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from spiders.link import Link, target, telegram_address
from spiders.registry import Outlet, channel_of, host_index, load_outlets, outlet_of
from spiders.telegram import Post, Preview, deleted, is_channel, is_preview, preview_address, read_preview
from tests.spiders.telegram_page import NO_PREVIEW, post, preview_page, service

SITE = Outlet("kompas", "Kompas", "state_media", "RS", ("kompas.example",), telegram="Kompas_Kanal", path_prefix=None)
AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
URL = "https://t.me/s/Kompas_Kanal"


@pytest.fixture
def channel() -> Outlet:
    found = channel_of(SITE)
    assert found is not None
    return found


def read(channel: Outlet, *posts: str) -> tuple[Post, ...]:
    return read_preview(preview_page("Kompas_Kanal", *posts), URL, channel, AT).posts


def test_a_channel_is_an_outlet_beside_the_site(channel: Outlet) -> None:
    assert (channel.outlet, channel.name, channel.role) == ("kompas-telegram", "Kompas (Telegram)", "state_media")
    index = host_index([SITE, channel])
    assert outlet_of("https://t.me/kompas_kanal/17", index) == "kompas-telegram"
    assert outlet_of("https://t.me/drugi_kanal/17", index) is None
    assert is_channel(channel)
    assert not is_channel(SITE)
    assert channel_of(channel) is None
    assert channel_of(replace(SITE, telegram=None)) is None


def test_the_registry_has_the_channels_of_its_outlets(tmp_path: Path) -> None:
    text = 'name = "Kompas"\nrole = "local"\ncountry = "RS"\nhosts = ["kompas.example"]\n'
    (tmp_path / "kompas.toml").write_text(f'{text}telegram = "Kompas_Kanal"\n', encoding="utf-8")
    assert list(load_outlets(tmp_path)) == ["kompas", "kompas-telegram"]
    alone = text.replace("kompas.example", "t.me") + 'telegram = "kompas_kanal"\npath_prefix = "/kompas_kanal/"\n'
    (tmp_path / "sam-kanal.toml").write_text(alone, encoding="utf-8")
    assert list(load_outlets(tmp_path)) == ["kompas", "sam-kanal"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (URL, True),
        ("https://t.me/s/kompas_kanal?before=20", True),
        ("https://t.me/kompas_kanal", False),
        ("https://t.me/s/drugi", False),
        ("https://tudji.example/s/kompas_kanal", False),
    ],
)
def test_what_is_the_preview_of_a_channel(channel: Outlet, url: str, expected: bool) -> None:
    assert is_preview(url, channel) == expected
    assert preview_address(channel) == "https://t.me/s/kompas_kanal"


def test_a_post_with_everything(channel: Outlet) -> None:
    text = (
        '<b>Мост је затворен</b><br/><br/>Више на <a href="https://kompas.example/vesti/17?utm_source=tg">сајту</a>.'
        '<br><a href="https://t.me/s/Kompas_Kanal?q=%23most">#most</a>'
    )
    html = post(
        "Kompas_Kanal",
        17,
        text,
        forward=("Meridijan", "https://t.me/Meridijan_RS/99"),
        reply=12,
        preview="https://kompas.example/vesti/17",
        is_edited=True,
        author="M. M.",
    )
    (found,) = read(channel, html)
    assert found == Post(
        url="https://t.me/kompas_kanal/17",
        outlet="kompas-telegram",
        text="Мост је затворен\nВише на сајту.\n#most",
        published="2026-03-04T09:15:30+00:00",
        is_edited=True,
        author="M. M.",
        forwarded_from="Meridijan",
        links=(
            Link("forward", "https://t.me/meridijan_rs/99", "Meridijan"),
            Link("reply", "https://t.me/kompas_kanal/12"),
            Link("link", "https://kompas.example/vesti/17", "сајту"),
        ),
        fetched_at=AT,
    )
    assert found.number == 17


def test_posts_keep_their_order_and_what_is_none_is_left_out(channel: Outlet) -> None:
    posts = read(
        channel,
        service("Kompas_Kanal", 1),
        post("Kompas_Kanal", 2, "Prva"),
        post("Tudji", 3, "Oglas"),
        post("Kompas_Kanal", 4),
        post("Kompas_Kanal", 5, '<div class="js-message_text">Peta</div>'),
    )
    assert [(found.number, found.text, found.is_edited) for found in posts] == [
        (2, "Prva", False),
        (4, "", False),
        (5, "Peta", False),
    ]


def test_the_page_before(channel: Outlet) -> None:
    page = preview_page("Kompas_Kanal", post("Kompas_Kanal", 21, "a"), before=21)
    assert read_preview(page, URL, channel, AT).older == f"{URL}?before=21"
    assert read_preview(page.replace("/s/Kompas_Kanal?", "/s/Drugi?"), URL, channel, AT).older is None
    assert read_preview(preview_page("Kompas_Kanal"), URL, channel, AT).older is None


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (NO_PREVIEW, "the channel shows no public preview"),
        ("", "not an HTML page"),
        (preview_page("Kompas_Kanal"), ""),
    ],
)
def test_a_channel_that_shows_nothing(channel: Outlet, page: str, problem: str) -> None:
    assert read_preview(page, URL, channel, AT).problem.startswith(problem or "")
    assert bool(read_preview(page, URL, channel, AT).problem) == bool(problem)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://t.me/Kompas/12", "https://t.me/kompas/12"),
        ("http://www.telegram.me/s/kompas/12?single", "https://t.me/kompas/12"),
        ("https://t.me/s/Kompas", "https://t.me/kompas"),
        ("https://t.me/+AbCdEf", None),
        ("https://t.me/share/url?url=x", None),
        ("https://t.me/joinchat/AbCd", None),
        ("https://t.me.example/kompas/12", None),
    ],
)
def test_addresses_of_telegram(url: str, expected: str | None) -> None:
    assert telegram_address(url) == expected
    if expected:
        assert target(url) == expected


def test_other_targets_get_their_one_spelling() -> None:
    assert target("http://m.kompas.example/vesti/1/?utm_source=tg#a") == "https://kompas.example/vesti/1"


@pytest.mark.parametrize(
    ("shown", "query", "expected"),
    [
        ((21, 23), "", (22, 24)),  # between the others, and after the last
        ((21, 23), "?before=24", (22,)),
        ((21, 22, 23, 24), "", ()),
        ((), "", ()),  # a preview that shows nothing says nothing
        ((23,), "", (24,)),  # what lies before is on another page
    ],
)
def test_posts_that_are_shown_no_longer(shown: tuple[int, ...], query: str, expected: tuple[int, ...]) -> None:
    home = "https://t.me/kompas"
    at = datetime(2026, 3, 4, tzinfo=UTC)
    posts = tuple(Post(f"{home}/{n}", "kompas", "Tekst", None, False, None, None, (), at) for n in shown)
    known = [f"{home}/{number}" for number in (21, 22, 23, 24)]
    found = deleted(Preview(posts), f"https://t.me/s/kompas{query}", known)
    assert found == tuple(f"{home}/{number}" for number in expected)
