"""What a killed run had archived and not yet stored: taken from its WARC files, so that nothing is asked twice.

Rows are written every two seconds, the archive at once: a kill leaves pages whose bytes are there and whose articles
are not. The next run takes them up before it begins, under the id of the run that fetched them. What a record was asked
for stands in the record itself (`spiders.asked`).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipelines.archive import FOLDER, REDIRECTS, payload_at
from pipelines.article import Article
from pipelines.outlet_row import DEFAULT_ZONE
from pipelines.pool import ExtractionPool
from pipelines.revisited import Edit, judged
from pipelines.store import Store
from pipelines.version_row import naive
from spiders import asked
from spiders.address import canonical
from spiders.asked import Asked
from spiders.barrier import TURNED_AWAY
from spiders.errors import InputError
from spiders.http_message import Message, read_message
from spiders.page import Page, WarcRecord, Window
from spiders.refusal import Refusal
from spiders.registry import Outlet
from spiders.revisit import Due, Outcome, Visit, is_same, outcome_of_refusal
from spiders.warc_file import Fields, Record, read_records

KILLED = """
SELECT run_id, arguments FROM run
WHERE command IN ('crawl', 'import') AND (
    status = 'running'
    OR status = 'failed' AND detail->>'$.error' = 'killed' AND detail->>'$.taken_up' IS NULL
)
ORDER BY started_at
"""

Outcomes = Page | Refusal | Visit


@dataclass(frozen=True, slots=True)
class Leftover:
    """One archived answer, and what was known of it."""

    asked_for: Asked
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    record: WarcRecord


def take_up(store: Store, outlets: Mapping[str, Outlet], workers: int | None = None) -> int:
    """Store what killed runs had archived; call it before a run begins. How many pages it was."""
    total = 0
    for run_id, arguments in store.connection.execute(KILLED).fetchall():
        store.resume_run(run_id)
        found = list(_leftovers(store, run_id))
        _store(store, found, outlets, _window(arguments), workers)
        detail = json.dumps({"error": "killed", "taken_up": len(found)})
        store.connection.execute("UPDATE run SET status = 'failed', detail = ? WHERE run_id = ?", [detail, run_id])
        total += len(found)
    return total


def _leftovers(store: Store, run_id: str) -> Iterator[Leftover]:
    """The answers in the files of a run that left nothing in the store."""
    folder = store.data / FOLDER
    for path in sorted(folder.glob(f"odjek-{run_id}-[0-9][0-9][0-9][0-9][0-9].warc.gz")):
        done = _offsets(store, "article_version", path) | _offsets(store, "revisit", path)
        refused = {
            url for (url,) in store.connection.execute("SELECT url FROM refusal WHERE run_id = ?", [run_id]).fetchall()
        }
        for record in _whole(path):
            if record.offset in done:
                continue
            found = _leftover(folder, path.name, record)
            if found and found.status not in REDIRECTS and not {found.url, found.asked_for.requested_url} & refused:
                yield found


def _whole(path: Path) -> Iterator[Record]:
    """The answers in a file, up to where the kill cut it off."""
    try:
        for record in read_records(path, _is_article):
            if not record.fault:
                yield record
    except InputError:
        return


def _is_article(fields: Fields) -> bool:
    known = asked.from_json(fields.get(asked.FIELD.lower(), ""))
    return known is not None and known.kind == "article"


def _offsets(store: Store, table: str, path: Path) -> set[int]:
    query = f"SELECT warc_offset FROM {table} WHERE warc_file = ?"  # noqa: S608  # tables of ours
    return {offset for (offset,) in store.connection.execute(query, [path.name]).fetchall()}


def _leftover(folder: Path, name: str, record: Record) -> Leftover | None:
    fields, message = record.fields, read_message(record.block)
    known = asked.from_json(fields[asked.FIELD.lower()])
    if known is None:
        return None
    body = _body(folder, name, record, message)
    return Leftover(
        asked_for=known,
        url=fields["warc-target-uri"],
        status=message.status if message else known.status or 200,
        headers=message.headers if message else fields,
        body=body,
        fetched_at=datetime.fromisoformat(fields["warc-date"]),
        record=WarcRecord(name, record.offset, hashlib.sha256(body).hexdigest()),
    )


def _body(folder: Path, name: str, record: Record, message: Message | None) -> bytes:
    if record.fields["warc-type"] == "revisit":
        return payload_at(folder, name, record.offset)
    return message.body() if message else record.block


def _store(
    store: Store, found: list[Leftover], outlets: Mapping[str, Outlet], window: Window, workers: int | None
) -> None:
    outcomes = [_outcome(leftover, outlets.get(leftover.asked_for.outlet)) for leftover in found]
    pages = [outcome for outcome in outcomes if isinstance(outcome, Page)]
    zones = {page.outlet: store.zones.get(page.outlet, DEFAULT_ZONE) for page in pages}
    jobs = [(page, zones[page.outlet], Window() if page.due else window) for page in pages]
    results: list[Article | Refusal | Visit | Edit] = [item for item in outcomes if not isinstance(item, Page)]
    if jobs:
        with ExtractionPool(workers) as pool:
            results += [judged(page, result) for page, result in zip(pages, pool.map(jobs), strict=True)]
    edits = [item for item in results if isinstance(item, Edit)]
    has_row = {name: _offsets(store, "page", Path(name)) for name in {item.record.file for item in found}}
    store.add_pages(_page_row(item) for item in found if item.record.offset not in has_row[item.record.file])
    store.add([edit.article for edit in edits] + [item for item in results if isinstance(item, Article | Refusal)])
    store.add_visits([edit.visit for edit in edits] + [item for item in results if isinstance(item, Visit)])


def _outcome(found: Leftover, outlet: Outlet | None) -> Outcomes:
    """What the spider would have made of the answer."""
    known, due, url = found.asked_for, found.asked_for.due, canonical(found.url, outlet)
    reason = "blocked" if found.status in TURNED_AWAY else "http_error"
    if due and found.status == 304:
        return _visit(found, due, due.version_id, "unchanged")
    if found.status != 200:
        detail = f"status {found.status}"
        if due:
            return _visit(found, due, None, outcome_of_refusal(reason, found.status), f"{reason}: {detail}")
        return Refusal(known.outlet, found.url, reason, detail, "article")
    if due and url == due.address and is_same(due, found.body):
        return _visit(found, due, due.version_id, "unchanged")
    content_type = found.headers.get("content-type", "")
    return Page(
        url,
        known.outlet,
        found.body,
        content_type,
        found.fetched_at,
        known.discovered_by,
        known.hint,
        found.record,
        due,
    )


def _visit(found: Leftover, due: Due, version_id: str | None, outcome: Outcome, detail: str = "") -> Visit:
    where = (found.record.file, found.record.offset)
    at = found.fetched_at
    return Visit(found.asked_for.outlet, due.address, version_id, due.due_at, at, found.status, outcome, detail, *where)


def _page_row(found: Leftover) -> dict[str, Any]:
    return {
        "outlet": found.asked_for.outlet,
        "url": found.url,
        "requested_url": found.asked_for.requested_url,
        "kind": "article",
        "discovered_by": found.asked_for.discovered_by,
        "http_status": found.status,
        "content_type": found.headers.get("content-type"),
        "etag": found.headers.get("etag"),
        "last_modified": found.headers.get("last-modified"),
        "byte_count": len(found.body),
        "sha256": found.record.sha256,
        "warc_file": found.record.file,
        "warc_offset": found.record.offset,
        "fetched_at": naive(found.fetched_at),
    }


def _window(arguments: str) -> Window:
    """The days that the killed run was asked for."""
    given = json.loads(arguments)
    since, until = given.get("since"), given.get("until")
    return Window(date.fromisoformat(since) if since else None, date.fromisoformat(until) if until else None)
