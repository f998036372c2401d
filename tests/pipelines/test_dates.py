from datetime import UTC, datetime

import pytest

from pipelines.article import Moment
from pipelines.dates import choose, is_believable, moment, moment_of_address

BELGRADE = "Europe/Belgrade"


def shown(stated: Moment | None) -> str | None:
    """A moment in one line: `2026-03-04T09:15` to the minute, `2026-03-04` to the day."""
    if stated is None:
        return None
    assert stated.at.tzinfo is UTC
    return stated.at.strftime("%Y-%m-%dT%H:%M" if stated.precision == "minute" else "%Y-%m-%d")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # machines
        ("2026-03-04T10:15:00+01:00", "2026-03-04T09:15"),
        ("2026-03-04T10:15+0100", "2026-03-04T09:15"),
        ("2026-03-04T10:15:00.123Z", "2026-03-04T10:15"),
        ("2026-03-04T10:15:00-05", "2026-03-04T15:15"),
        ("2026-03-04 10:15:00", "2026-03-04T09:15"),
        ("20260304T1015", "2026-03-04T09:15"),
        ("2026-07-04T10:15", "2026-07-04T08:15"),
        ("2026-03-04", "2026-03-04"),
        ("2026-03-04T00:00:00+01:00", "2026-03-04"),
        ("2026-03-04T00:00:00Z", "2026-03-04"),
        ("Wed, 04 Mar 2026 10:15:00 +0100", "2026-03-04T09:15"),
        ("Wed, 04 Mar 2026 09:15:00 GMT", "2026-03-04T09:15"),
        ("1772615700", "2026-03-04T09:15"),
        ("1772615700000", "2026-03-04T09:15"),
        # "none", as templates and databases write it
        ("0001-01-01T00:00:00", None),
        ("0001-01-01T00:30:00+01:00", None),
        ("9999-12-31T23:59:59Z", None),
        ("9999-12-31T23:59:59-05:00", None),
        ("9999-12-31", None),
        ("9999999999", None),
        # people
        ("4. marta 2026. u 10:15", "2026-03-04T09:15"),
        ("4. marta 2026. godine", "2026-03-04"),
        ("4. март 2026. у 10.15 часова", "2026-03-04T09:15"),
        ("Среда, 04.03.2026. 10:15", "2026-03-04T09:15"),
        ("сриједа, 4. март 2026.", "2026-03-04"),
        ("сриједа, 4. марта 2026, 10:15 >> 11:40", "2026-03-04T09:15"),
        ("04.03.2026. 10.15", "2026-03-04T09:15"),
        ("04. 03. 2026. u 10:15", "2026-03-04T09:15"),
        ("4.3.2026 10:15h", "2026-03-04T09:15"),
        ("04/03/2026 | 10:15", "2026-03-04T09:15"),
        ("04-03-2026", "2026-03-04"),
        ("04.03.26 | 10:15", "2026-03-04T09:15"),
        ("04.03.26. u 10:15", "2026-03-04T09:15"),
        ("porast od 12.10.26 poena", None),
        ("2026.03.04.", "2026-03-04"),
        ("10:15 04. 03. 2026. FoNeks | Ana Anić", "2026-03-04T09:15"),
        ("Objavljeno: 10:15h, 04.03.2026.", "2026-03-04T09:15"),
        ("4. ožujka 2026. u 10:15", "2026-03-04T09:15"),
        ("21. siječnja 2026.", "2026-01-21"),
        ("21. studenoga 2026.", "2026-11-21"),
        ("1. rujna 2026", "2026-09-01"),
        ("5. juna 2026", "2026-06-05"),
        ("5. juni 2026", "2026-06-05"),
        ("5. avgusta 2026. 23:59", "2026-08-05T21:59"),
        ("5. августа 2026. 23:59", "2026-08-05T21:59"),
        ("12. септембром 2026", "2026-09-12"),
        ("12. децембра 2026.", "2026-12-12"),
        ("4 март 2026 во 10:15", "2026-03-04T09:15"),
        ("12 ноември 2026", "2026-11-12"),
        ("March 4, 2026 10:15 am", "2026-03-04T09:15"),
        ("Mar 4, 2026 at 10:15 PM", "2026-03-04T21:15"),
        ("4 Mar 2026, 12:05 am", "2026-03-03T23:05"),
        ("4 mars 2026", "2026-03-04"),
        ("Foto: Tanjug, 4. marta 2026. Ažurirano 5. marta 2026.", "2026-03-04"),
        # neither
        ("", None),
        ("juče", None),
        ("32.13.2026.", None),
        ("2026-02-30", None),
        ("2026-13-45T10:15:00Z", None),
        ("rezultat 3:2, 12.5 miliona", None),
        ("broj 192.168.1.2026", None),
    ],
)
def test_moment(text, expected):
    assert shown(moment(text, BELGRADE, "meta")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-29T01:59", "2026-03-29T00:59"),
        ("2026-03-29T02:30", "2026-03-29T01:30"),  # the hour that is skipped
        ("2026-03-29T03:00", "2026-03-29T01:00"),
        ("2026-10-25T02:30", "2026-10-25T00:30"),  # the hour that comes twice: the first
    ],
)
def test_clock_changes(text, expected):
    assert shown(moment(text, BELGRADE, "meta")) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2026/03/04/naslov", "2026-03-04"),
        ("https://a.example/2026/3/4/naslov", "2026-03-04"),
        ("https://a.example/20260304/naslov-1195641800.html", "2026-03-04"),
        ("https://a.example/vesti/naslov-4-3-2026", "2026-03-04"),
        ("https://a.example/vesti/naslov-04-03-2026.html", "2026-03-04"),
        ("https://a.example/2026-03-04/izvor/naslov/123", "2026-03-04"),
        ("https://a.example//regioni/201708301112464533-naslov/", "2017-08-30"),
        ("https://a.example/vesti/2026/03/naslov", None),
        ("https://a.example/vesti/20269999/naslov", None),
        ("https://a.example/naslov-20260304123", None),
        ("https://a.example/naslov?datum=2026-03-04", None),
        ("https://a.example/", None),
    ],
)
def test_address(url, expected):
    assert shown(moment_of_address(url)) == expected


FETCHED = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2026-03-11T11:59Z", True),
        ("2026-03-11T12:01Z", False),
        ("1994-12-31", False),
        ("1970-01-01T00:00:00Z", False),
        ("2038-01-19", False),
    ],
)
def test_believable(stated, expected):
    found = moment(stated, BELGRADE, "meta")
    assert found is not None
    assert is_believable(found, FETCHED) is expected


@pytest.mark.parametrize(
    ("stated", "expected", "source"),
    [
        # the first wins
        ({"json-ld": "2026-03-04T10:15Z", "meta": "2026-03-05T10:15Z"}, "2026-03-04T10:15", "json-ld"),
        # what cannot be is passed over
        ({"json-ld": "1970-01-01T00:00:00Z", "meta": "2031-01-01T10:00Z", "url": "2026-03-04"}, "2026-03-04", "url"),
        # a day is made more precise by who names the same day, and by nobody else
        ({"json-ld": "2026-03-04", "text": "4. marta 2026. u 10:15"}, "2026-03-04T09:15", "text"),
        ({"url": "2026-03-04", "feed": "Wed, 04 Mar 2026 10:15:00 +0100"}, "2026-03-04T09:15", "feed"),
        ({"json-ld": "2026-03-04", "text": "5. marta 2026. u 10:15"}, "2026-03-04", "json-ld"),
        ({"url": "2026-03-05", "feed": "2026-03-04T23:30Z"}, "2026-03-04T23:30", "feed"),  # 00:30 there
        # one wrong date on every page: two others agree against it
        ({"meta": "2019-01-01T10:00Z", "url": "2026-03-04", "text": "4.3.2026. 10:15"}, "2026-03-04T09:15", "text"),
        ({"meta": "2019-01-01T10:00Z", "url": "2026-03-04"}, "2019-01-01T10:00", "meta"),
        ({}, None, None),
        # machine and person agree on a day after the fetch: the archive's time is wrong, not theirs
        ({"json-ld": "2026-05-04T10:15Z", "url": "2026-05-04"}, "2026-05-04T10:15", "json-ld"),
        ({"json-ld": "2026-05-04T10:15Z", "meta": "2026-05-04T10:15Z"}, None, None),
        ({"json-ld": "2026-05-04T10:15Z", "text": "8. maja 2026."}, None, None),
    ],
)
def test_choice(stated, expected, source):
    chosen = choose([moment(text, BELGRADE, name) for name, text in stated.items()], BELGRADE, FETCHED)
    assert shown(chosen) == expected
    assert (chosen.source if chosen else None) == source
