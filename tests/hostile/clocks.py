"""Sites that write their times in the future, in odd zones, in nights when the clock changes, or not at all."""

from datetime import UTC, datetime

from tests.hostile.server import Reply
from tests.hostile.site import IN, Site, article, body, hostile, page


def at(hour: int, minute: int, day: int = 22) -> dict[str, object]:
    """A time of October 2025 in UTC, known to the minute."""
    stated = datetime(2025, 10, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)
    return {"published_at": stated, "published_precision": "minute"}


@hostile("Sutrašnje novine")
def dates_in_the_future(site: Site) -> None:
    """A page dated 2099, whose feed says when; one whose feed says 2099 too; one that says both."""
    site.serve("/vesti/sutra-1", article("Vest iz budućnosti", day="2099-01-01T10:00:00Z"), stored=at(8, 0))
    site.serve("/vesti/sutra-2", article("Druga iz budućnosti"), stored=at(8, 0), day="Thu, 01 Jan 2099 10:00:00 GMT")
    site.pages["/vesti/2099/01/01/sutra-3"] = article("Treća iz budućnosti", day="2099-01-01T10:00:00Z")
    site.listed.insert(0, ("/vesti/2099/01/01/sutra-3", "Thu, 01 Jan 2099 10:00:00 GMT", "Treća"))
    site.never.append("/vesti/2099/01/01/sutra-3")  # everything that is known of it lies outside the window


@hostile("Noć od 25 sati")
def clock_goes_back(site: Site) -> None:
    """26 October 2025: the hour between two and three comes twice; without a zone it is the first."""
    site.serve("/vesti/noc-1", article("Prva vest noći", day="2025-10-26T02:30:00"), stored=at(0, 30, 26))
    site.serve("/vesti/noc-2", article("Druga vest noći", day="2025-10-26T02:30:00+02:00"), stored=at(0, 30, 26))
    site.serve("/vesti/noc-3", article("Treća vest noći", day="2025-10-26T02:30:00+01:00"), stored=at(1, 30, 26))
    site.serve("/vesti/noc-4", article("Četvrta vest noći", day="2025-10-26T03:30:00"), stored=at(2, 30, 26))
    site.serve("/vesti/noc-5", article("Peta vest noći", day="2025-10-25T23:30:00"), stored=at(21, 30, 25))


@hostile("Sve zone sveta")
def time_zones(site: Site) -> None:
    """One moment written in many ways; a zone of fourteen hours; midnight that means a day."""
    written = (
        "2025-10-22T10:00:00+02:00", "2025-10-22T08:00:00Z", "2025-10-22T22:00:00+14:00", "2025-10-21T22:00:00-10:00",
        "2025-10-22 10:00", "20251022T100000+0200", "Wed, 22 Oct 2025 10:00:00 +0200", "1761120000", "1761120000000",
        "22.10.2025. 10:00", "22. oktobar 2025. u 10:00", "22. октобра 2025. 10:00", "2025-10-22T10:00:00.123+02:00",
    )  # fmt: skip
    for number, day in enumerate(written, start=1):
        site.serve(f"/vesti/zona-{number}", article(f"Vest iz zone {number}", day=day), stored=at(8, 0))
    site.serve(
        "/vesti/ponoc-1",
        article("Vest u ponoć", day="2025-10-22T00:00:00+02:00"),
        stored={"published_precision": "day"},
        day="",
    )


@hostile("Besmislen dan")
def nonsense_dates(site: Site) -> None:
    """Days that do not exist, years before the web, words: the feed's date is taken."""
    for number, day in enumerate(
        ("2025-02-30T10:00:00Z", "0000-00-00", "1970-01-01T00:00:00Z", "juče", "2025-10-22T99:99", "-1", "9" * 5000),
        start=1,
    ):
        site.serve(f"/vesti/besmislen-dan-{number}", article(f"Besmislen dan {number}", day=day), stored=at(8, 0))


@hostile("Bez dana")
def undated(site: Site) -> None:
    """No date anywhere: stored, and said to have none."""
    nowhere = {"published_precision": "none", "published_at": None}
    site.serve(
        "/vesti/bez-dana-1", Reply(page("Vest bez dana", body("bez dana"), day=None).encode()), stored=nowhere, day=""
    )


@hostile("Van prozora")
def outside_the_window(site: Site) -> None:
    """The feed says today, the page says last year."""
    site.serve(
        "/vesti/van-prozora-1",
        article("Stara vest kao nova", day="2024-10-22T10:00:00+02:00"),
        refused="outside_window",
        day=IN,
    )
