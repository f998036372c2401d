"""The registry: what it reads, what it refuses and in which words, and the outlets that come with odjek."""

import re
from collections import Counter
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from spiders.errors import RegistryError
from spiders.outlet_fields import READERS, Role
from spiders.outlet_file import faults
from spiders.registry import PACKAGED, Outlet, host_index, load_outlet, load_outlets, outlet_of, read_folder

PACKAGED_FILES = sorted(PACKAGED.glob("*.toml"))
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "outlets.md"
TOMORROW = datetime.now(ZoneInfo("Europe/Belgrade")).date() + timedelta(days=1)
GOOD = {"name": '"Kompas"', "role": '"local"', "country": '"RS"', "hosts": '["kompas.example"]'}

REFUSED: list[tuple[str, str | None, str]] = [
    # missing, unknown, of the wrong type
    ("name", None, "missing"),
    ("role", None, "missing"),
    ("country", None, "missing"),
    ("hosts", None, "missing"),
    ("feed", '"https://kompas.example/feed/"', "unknown field; the fields are name, role"),
    ("name", "7", "7 is not a text"),
    ("name", '""', "empty"),
    ("name", '" Kompas"', "blanks around"),
    ("hosts", '"kompas.example"', "not a list"),
    ("hosts", "[7]", "7 is not a text"),
    ("feeds", '"https://kompas.example/feed/"', "not a list"),
    ("is_eu_sanctioned", '"yes"', "neither true nor false"),
    ("is_crawled", "0", "neither true nor false"),
    ("allow_loopback", "1", "neither true nor false"),
    # words that are not on the list
    ("role", '"propaganda"', '"propaganda" is none of state_media, mirror, agency, local'),
    ("role", '"unknown"', '"unknown" is none of'),
    ("country", '"Srbija"', "no ISO 3166-1 code"),
    ("country", '"rs"', "no ISO 3166-1 code"),
    ("country", '"YU"', "no ISO 3166-1 code"),
    ("script", '"cyrillic"', "none of cyrl, latn, both"),
    ("dialect", '"ikavian"', "none of ekavian, ijekavian"),
    ("language", '"bs"', 'is written "sr" here'),
    ("language", '"serbian"', "two-letter"),
    ("timezone", '"Belgrade"', "no time zone"),
    ("timezone", '"CET+1"', "no time zone"),
    # hosts
    ("hosts", "[]", "is empty"),
    ("hosts", '["https://kompas.example/"]', 'is an address; give the host alone: "kompas.example"'),
    ("hosts", '["kompas.example/vesti"]', "is an address"),
    ("hosts", '["Kompas.example"]', "lower-case"),
    ("hosts", '["kompas"]', "not a host"),
    ("hosts", '["kompas example.rs"]', "not a host"),
    ("hosts", '["kompas.example:99999"]', "not a host"),
    ("hosts", '["kompas.example", "www.kompas.example"]', "stands there twice"),
    ("hosts", '["kompas.example", "kompas.example"]', "stands there twice"),
    ("hosts", '["127.0.0.1:8000"]', "allow_loopback = true"),
    ("hosts", '["localhost"]', "allow_loopback = true"),
    ("hosts", '["kompas.example", "kompas.localhost"]', "allow_loopback = true"),
    ("path_prefix", '"serbian"', "one folder between slashes"),
    # where articles are found
    ("feeds", '["kompas.example/feed/"]', "not a full address"),
    ("feeds", '["https://kompas.example"]', "not a full address"),
    ("feeds", '["ftp://kompas.example/feed/"]', "not a full address"),
    ("feeds", '["https://kompas.example/a", "https://kompas.example/a"]', "stands there twice"),
    ("feeds", '["https://another.example/feed/"]', "another.example is not a host of the outlet; name it in"),
    ("feeds", '["https://akompas.example/feed/"]', "akompas.example is not a host of the outlet"),
    ("sitemaps", '["https://another.example/sitemap.xml"]', "another.example is not a host of the outlet; add it"),
    ("listings", '["https://another.example/"]', "another.example is not a host of the outlet; add it"),
    ("article_pattern", "'/(\\d+'", "no regular expression"),
    ("id_pattern", "'[0-9'", "no regular expression"),
    ("id_pattern", "'/\\d+'", "has 0 groups; exactly one"),
    ("id_pattern", "'/(\\d+)/(\\d+)'", "has 2 groups; exactly one"),
    ("archives", '["https://kompas.example/arhiva/"]', "needs {year}"),
    ("archives", '["https://kompas.example/{year}/{name}/"]', "needs {year}"),
    ("archives", '["https://tudji.example/{year}/"]', "tudji.example is not a host of the outlet"),
    ("telegram", '"@kompas"', "not a channel name"),
    ("telegram", '"https://t.me/kompas"', "not a channel name"),
    ("proxy", '"http://me:word@proxy.example:3128"', "a login does not belong in a file"),
    ("proxy", '"socks5://proxy.example"', "put an HTTP proxy before it"),
    ("fetcher", '"chrome"', "none of http, browser"),
    # what people know of it
    ("verified_on", f"{TOMORROW}", "lies in the future"),
    ("verified_on", '"2024-01-31"', "without quotes"),
    ("verified_on", "2024-01-31T10:00:00", "neither a date"),
    ("verified_on", '"yesterday"', 'nor "never"'),
    ("expected_per_day", "-1", "0 or more"),
    ("expected_per_day", "nan", "0 or more"),
    ("expected_per_day", "inf", "0 or more"),
    ("expected_per_day", "true", "0 or more"),
    ("expected_per_day", '"many"', "0 or more"),
    ("credited_as", '["Kompas", ""]', "empty"),
]
"""Field, what stands there as TOML (None: nothing), and what the message says."""


def write(folder: Path, stem: str = "kompas", /, **values: str | None) -> Path:
    """A file with the four needed fields, changed by `values` (TOML text; None leaves a field out)."""
    table = GOOD | values
    path = folder / f"{stem}.toml"
    path.write_text("".join(f"{key} = {value}\n" for key, value in table.items() if value is not None), "utf-8")
    return path


def test_ten_lines_are_enough(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        hosts='["kompas.example", "lat.kompas.example"]',
        script='"both"',
        feeds='["https://www.kompas.example/feed/", "https://rss.kompas.example/"]',
        id_pattern=r"'-(\d+)\.html$'",
        credited_as='["Kompas"]',
        verified_on='"never"',
        expected_per_day="12",
    )
    assert len(path.read_text("utf-8").splitlines()) <= 10 + 1
    assert load_outlet(path) == Outlet(
        outlet="kompas",
        name="Kompas",
        role="local",
        country="RS",
        hosts=("kompas.example", "lat.kompas.example"),
        script="both",
        feeds=("https://www.kompas.example/feed/", "https://rss.kompas.example/"),
        id_pattern=r"-(\d+)\.html$",
        credited_as=("Kompas",),
        expected_per_day=12.0,
    )


@pytest.mark.parametrize(("field", "value", "reason"), REFUSED)
def test_a_bad_field_is_refused_by_file_field_and_reason(
    tmp_path: Path, field: str, value: str | None, reason: str
) -> None:
    path = write(tmp_path, **{field: value})
    with pytest.raises(RegistryError) as refused:
        load_outlet(path)
    message = str(refused.value)
    assert message.startswith(f"{path}: {field}: ")
    assert reason in message
    assert "\n" not in message


def test_every_field_has_a_refused_value() -> None:
    read_as_others_are = {"owner", "note", "foreign_feed_hosts"}
    assert {field for field, _, _ in REFUSED} >= set(READERS) - read_as_others_are


@pytest.mark.parametrize(
    ("file", "content", "field", "reason"),
    [
        ("kompas.toml", b"name = Kompas\n", "file", "cannot be read"),
        ("kompas.toml", b'name = "a"\nname = "b"\n', "file", "cannot be read"),
        ("kompas.toml", "name = 'Вести'".encode("cp1251"), "file", "cannot be read"),
        ("Kompas.toml", b"", "file name", "lower-case letters and digits joined by hyphens"),
        ("rt_balkan.toml", b"", "file name", "joined by hyphens"),
        ("вести.toml", b"", "file name", "joined by hyphens"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, file: str, content: bytes, field: str, reason: str) -> None:
    path = tmp_path / file
    path.write_bytes(content)
    with pytest.raises(RegistryError, match=f"{re.escape(str(path))}: {field}: .*{reason}"):
        load_outlet(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"none\.toml: file: cannot be read"):
        load_outlet(tmp_path / "none.toml")


@pytest.mark.parametrize("field", READERS)
@pytest.mark.parametrize(
    "value", ["7", "-1.5", "nan", "true", '""', '"a"', '"/"', "[]", "[[]]", "{}", "07:32:00", '"["']
)
def test_whatever_a_field_holds_the_answer_is_an_outlet_or_one_line(tmp_path: Path, field: str, value: str) -> None:
    path = write(tmp_path, **{field: value})
    try:
        assert load_outlet(path).outlet == "kompas"
    except RegistryError as error:
        assert str(error).startswith(f"{path}: ")  # noqa: PT017 — an outlet is as good an answer


@pytest.mark.parametrize(
    "values",
    [
        {"feeds": '["https://feeds.example.org/kompas"]', "foreign_feed_hosts": '["feeds.example.org"]'},
        {"hosts": '["127.0.0.1:8000"]', "allow_loopback": "true", "feeds": '["http://127.0.0.1:8000/feed"]'},
        {"hosts": '["kompas.localhost"]', "allow_loopback": "true"},
        {"hosts": '["вести.срб"]', "feeds": '["https://вести.срб/фид/"]'},
        {"country": '"XK"', "language": '"sq"', "dialect": '"none"'},
        {"verified_on": "2024-01-31"},
        {"verified_on": '"never"'},
        {"expected_per_day": "0.5"},
    ],
)
def test_unusual_files_are_read(tmp_path: Path, values: dict[str, str]) -> None:
    assert load_outlet(write(tmp_path, **values)).name == "Kompas"


def test_a_host_belongs_to_one_outlet(tmp_path: Path) -> None:
    write(tmp_path, "a-first", hosts='["kompas.example"]')
    second = write(tmp_path, "b-second", hosts='["drugi.example", "www.kompas.example"]')
    write(tmp_path, "c-third", hosts='["treci.example"]', role='"nothing"')
    write(tmp_path, "d-fourth", hosts='["drugi.example"]')
    outlets, errors = read_folder(tmp_path)
    assert list(outlets) == ["a-first", "d-fourth"]
    assert str(errors[0]) == f"{second}: hosts: kompas.example belongs to a-first already"
    assert "c-third.toml: role" in str(errors[1])
    with pytest.raises(RegistryError, match="belongs to a-first already"):
        load_outlets(tmp_path)


def test_a_shared_host_is_parted_by_folder(tmp_path: Path) -> None:
    write(tmp_path, "east", hosts='["wide.example"]', path_prefix='"/istok/"')
    write(tmp_path, "west", hosts='["wide.example"]', path_prefix='"/zapad/"')
    index = host_index(load_outlets(tmp_path))
    assert outlet_of("https://www.wide.example/istok/vest/1", index) == "east"
    assert outlet_of("https://wide.example/zapad", index) == "west"
    assert outlet_of("https://wide.example/sever/1", index) is None
    assert outlet_of("https://wide.example/", index) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://kompas.example/a", "kompas"),
        ("http://www.kompas.example:80/", "kompas"),
        ("https://LAT.Kompas.example/a?b#c", "kompas"),
        ("https://www.lat.kompas.example", "kompas"),
        ("https://biznis.kompas.example/a", "kompas"),  # sub-domains belong to whoever holds the domain
        ("https://zena.kompas.example/a", "zena"),  # unless the registry gives them away
        ("https://skela.example/a", "skela"),  # listed with www. only
        ("http://127.0.0.1:8001/a", "kej"),
        ("http://127.0.0.1:8002/a", None),
        ("https://вести.срб/вест", "vesti"),
        ("https://xn--b1agj9af.xn--90a3ac./", "vesti"),
        ("https://akompas.example/", None),
        ("https://kompas.example.org/", None),
        ("https://example/", None),
        ("kompas.example/a", None),
        ("", None),
        ("http://[", None),
        ("http://kompas.example:port/", None),
        ("mailto:a@kompas.example", None),
    ],
)
def test_an_address_finds_its_outlet(tmp_path: Path, url: str, expected: str | None) -> None:
    write(tmp_path, "kompas", hosts='["kompas.example", "lat.kompas.example"]')
    write(tmp_path, "zena", hosts='["zena.kompas.example"]')
    write(tmp_path, "skela", hosts='["www.skela.example"]')
    write(tmp_path, "kej", hosts='["127.0.0.1:8001"]', allow_loopback="true")
    write(tmp_path, "vesti", hosts='["вести.срб"]')
    assert outlet_of(url, host_index(load_outlets(tmp_path))) == expected


def test_the_folder_is_the_one_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named, set_by_environment = tmp_path / "named", tmp_path / "environment"
    for folder in (named, set_by_environment):
        folder.mkdir()
        write(folder, folder.name)
    monkeypatch.setenv("ODJEK_OUTLETS", str(set_by_environment))
    assert list(load_outlets()) == ["environment"]
    assert list(load_outlets(named)) == ["named"]
    monkeypatch.delenv("ODJEK_OUTLETS")
    assert {name for name in load_outlets() if not name.endswith("-telegram")} == {path.stem for path in PACKAGED_FILES}


@pytest.mark.parametrize(("folder", "reason"), [("none", "is not a folder"), ("empty", "holds no .toml file")])
def test_a_folder_without_outlets_is_refused(tmp_path: Path, folder: str, reason: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RegistryError, match=f"{folder}: {reason}; name a folder"):
        load_outlets(tmp_path / folder)


@pytest.mark.parametrize("path", PACKAGED_FILES, ids=lambda path: path.stem)
def test_a_packaged_file_can_be_used(path: Path) -> None:
    outlet = load_outlet(path)
    assert "verified_on" in path.read_text("utf-8"), "say when it was verified, or that it never was"
    assert not outlet.allow_loopback
    assert not outlet.foreign_feed_hosts, "a feed on another domain has to be looked at by a person first"
    assert len({urlsplit(url).netloc for url in outlet.feeds}) <= 1
    if outlet.language != "sr":
        assert outlet.dialect == "none"
    if outlet.role in ("state_media", "mirror", "agency"):
        assert outlet.credited_as, "others credit it, so it needs the names they use"
    for name in outlet.credited_as:
        assert name[0].isupper() or "." in name, "a name in lower case is taken for a word, unless it is a domain"
    if outlet.is_crawled:
        assert outlet.expected_per_day is not None


def test_the_packaged_registry_covers_what_is_compared() -> None:
    outlets = load_outlets(PACKAGED).values()
    roles = Counter(outlet.role for outlet in outlets)
    local = Counter(outlet.country for outlet in outlets if outlet.role == "local")
    assert sum(roles.values()) >= 90
    assert roles["local"] >= 60
    assert all(local[country] >= 10 for country in ("RS", "BA", "ME", "XK"))
    assert set(roles) == set(get_args(Role)) - {"unknown"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://rt.rs/a/1-b", "rt-balkan"),
        ("https://lat.rt.rs/a/1-b", "rt-balkan"),
        ("https://sputnikportal.rs/20260208/a-1.html", "sputnik-srbija"),
        ("https://rs-lat.sputniknews.com/a", "sputnik-srbija"),
        ("https://sputniknews.com/a", "sputnik-globe"),
        ("https://serbia.news-pravda.com/serbia/2026/01/01/1.html", "pravda-serbia"),
        ("https://www.novosti.rs/c/a", "novosti"),
        ("https://www.tip.rs/a", "novosti"),
        ("https://www.bbc.com/serbian/lat/a", "bbc-srpski"),
        ("https://www.bbc.com/news/a", None),
        ("https://www.rtklive.com/sr/a", "rtk2"),
    ],
)
def test_a_known_address_finds_its_packaged_outlet(url: str, expected: str | None) -> None:
    assert outlet_of(url, host_index(load_outlets(PACKAGED))) == expected


def test_known_forms_of_address_are_judged_as_the_test_cases_say() -> None:
    """Beside a file lies its test case, where somebody knows its forms: `NAME.cases.csv`."""
    assert not list(faults(PACKAGED, load_outlets(PACKAGED)))
    assert len(list(PACKAGED.glob("*.cases.csv"))) >= 9


def test_every_field_can_be_written_and_is_documented() -> None:
    names = [field.name for field in fields(Outlet)]
    assert set(READERS) == set(names) - {"outlet"}
    explained = re.findall(r"^\| `(\w+)` \|", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)
    roles = set(get_args(Role)) - {"unknown"}
    assert [name for name in explained if name not in roles] == names[1:]
    assert roles <= set(explained)
