"""Articles and a store for the tests of the store and of settling."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.article import Article, Moment
from pipelines.normalise import clean_text, script_of
from pipelines.store import Store
from spiders.refusal import Refusal
from spiders.registry import Outlet

SEEN = datetime(2026, 3, 10, 12, tzinfo=UTC)
TEXT = clean_text(
    "Мост преко Дрине биће затворен од понедељка због радова на коловозу, саопштила је Управа за путеве. "
    "Возила ће саобраћати обилазницом преко Луга, а радови ће трајати најмање шест недеља, до краја маја. "
    "Пешаци ће мост моћи да користе све време, додаје се у саопштењу."
)
OTHER = TEXT + " Радове изводи предузеће из Ужица."
OUTLET = Outlet("reka", "Reka", "local", "RS", ("reka.example", "lat.reka.example"), script="both")


def minute(text: str) -> Moment:
    return Moment(datetime.fromisoformat(text).astimezone(UTC), "minute", "meta")


def day(text: str) -> Moment:
    return Moment(datetime.fromisoformat(text).replace(tzinfo=UTC), "day", "url")


def article(url: str, text: str = TEXT, published: Moment | None = None, **given: Any) -> Article:
    values: dict[str, Any] = {
        "outlet": "reka",
        "url": url,
        "title": "Мост се затвара",
        "text": text,
        "byline": None,
        "section": None,
        "language": "sr",
        "script": script_of(text),
        "published": published,
        "modified": None,
        "first_seen_at": SEEN,
        "discovered_by": "feed",
    }
    return Article(**{**values, **given})


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(query).fetchall()


def stored(data: Path, items: Iterable[Article | Refusal], outlets: dict[str, Outlet] | None = None) -> Store:
    store = Store(data)
    store.sync_outlets({"reka": OUTLET} if outlets is None else outlets)
    store.begin_run("import", {})
    store.add(items)
    store.settle()
    return store


HOST, LAT = "https://reka.example", "https://lat.reka.example"
