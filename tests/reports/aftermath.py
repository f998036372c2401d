"""What became of the sample's articles after they were read, where they lead, and what the model saw of one pair."""

from datetime import timedelta
from typing import Any

from tests.reports.newsroom import START, Newsroom


def aftermath(room: Newsroom) -> None:
    """A softened headline and a credit taken out, a credit added, a page gone, a page gone and back, a channel."""
    plain = room.plain("l1")
    edited = plain.replace(", prenosi Meridijan", "")
    version(room, "l1", 40.0, title="Otvoren most na Vrtači: evo koliko je koštao?", text=edited, text_key="l1-2")
    visit(room, "l1", 30.0, "unchanged", version_id="v-l1")
    visit(room, "l1", 40.0, "changed", version_id="v-l1-40")
    signed = room.plain("l2") + "\n\nIzvor: Меридијан"
    version(room, "l2", 41.0, title="Novi most kod Podgaja", text=signed, text_key="l2-2")
    visit(room, "l2", 41.0, "changed", version_id="v-l2-41")
    version(room, "s1", 42.0, title="Zavrsen most preko Vrtace: „Kraj čekanja na obali“", text=room.plain("s1"))
    visit(room, "l3", 44.0, "gone", http_status=404, detail="http_error: 404")
    visit(room, "l3", 68.0, "gone", http_status=404, detail="http_error: 404")
    visit(room, "l4", 44.0, "gone", http_status=200, detail="front_page: led to https://lovcenske-novine.example/")
    visit(room, "l4", 68.0, "unchanged", version_id="v-l4")
    _links(room)
    for number, article in enumerate(("l4", "s1")):
        room.insert("text", text_no=number, version_id=f"v-{article}")
    row = {"shared_probability": 0.95, "shared_copied_share": 0.8, "shared_retold_share": 0.9, "rivalry_margin": 1.1}
    seen = {
        "shared_reverse_share": 0.3,
        "shared_shared_numbers": 0.6,
        "shared_own_names": 0.0,
        "shared_own_voice": 0.0,
        "shared_public_speech": 0.25,
        "shared_known": 0.5,
    }
    room.insert("evidence", text_no=0, source_no=1, **row, **seen)


def version(room: Newsroom, article_id: str, hours: float, **row: Any) -> None:
    """Another text at the address of an article, first read `hours` after the start."""
    name = f"v-{article_id}-{hours:.0f}"
    room.connection.execute(
        f"INSERT INTO article_version SELECT * REPLACE ('{name}' AS version_id) FROM article_version WHERE version_id = ?",
        [f"v-{article_id}"],
    )
    for column, value in (row | {"first_seen_at": START + timedelta(hours=hours)}).items():
        room.connection.execute(f"UPDATE article_version SET {column} = ? WHERE version_id = ?", [value, name])
    address(room, article_id)


def address(room: Newsroom, article_id: str) -> None:
    """The one address of an article, once."""
    room.connection.execute(
        """
        INSERT INTO address SELECT url, outlet, article_id, script, true, first_seen_at FROM article
        WHERE article_id = ? AND article_id NOT IN (SELECT article_id FROM address)
        """,
        [article_id],
    )


def visit(room: Newsroom, article_id: str, hours: float, outcome: str, **row: Any) -> None:
    """A visit to the address of an article, `hours` after the start."""
    url, outlet = room.connection.execute(
        "SELECT url, outlet FROM article WHERE article_id = ?", [article_id]
    ).fetchall()[0]
    address(room, article_id)
    at = START + timedelta(hours=hours)
    defaults = {"run_id": "20260316T020000Z-crawl", "http_status": 200, "due_at": at, "visited_at": at, "detail": ""}
    room.insert("revisit", **(defaults | {"outlet": outlet, "url": url, "outcome": outcome} | row))


def _links(room: Newsroom) -> None:
    """A channel of a state outlet: a local portal links to its post, it forwards a local channel, and what is no flow."""
    room.outlet("stepa-telegram", "Stepa Info (Telegram)", "state_media", hosts=["t.me"], country="RU")
    room.outlet("portal-kej-telegram", "Portal Kej (Telegram)", hosts=["t.me"])
    room.article("p1", "stepa-telegram", "Most je otvoren", "Most je otvoren.", 1.5, url="https://t.me/stepainfo/11")
    links = (
        ("portal-kej", "l1", "link", "https://meridijan.example/s1", "meridijan", "Meridijan"),
        ("portal-kej", "l1", "embed", "https://t.me/stepainfo/11", "stepa-telegram", ""),
        ("stepa-telegram", "p1", "forward", "https://t.me/portalkej/7", "portal-kej-telegram", "Portal Kej"),
        ("portal-kej-telegram", "p2", "link", "https://portal-kej.example/l1", "portal-kej", "Most"),
        ("portal-kej", "l6", "link", "https://vestnik-agencija.example/a1", "vestnik-agencija", "Vestnik"),
    )
    for article_id in ("l1", "l6", "s1", "p1", "a1"):
        address(room, article_id)
    for outlet, article_id, kind, target, target_outlet, words in links:
        url = "https://t.me/stepainfo/11" if article_id == "p1" else f"https://{outlet}.example/{article_id}"
        row = {"target_url": target, "target_outlet": target_outlet, "words": words, "first_seen_at": START}
        room.insert("link", outlet=outlet, url=url, kind=kind, run_id="20260316T020000Z-crawl", **row)
