"""The pages of WARC files into the store: archived first, then extracted in worker processes, as in a crawl.

`spiders.warc` reads a file and tells whose page it is. Bytes that the archive holds already are not archived again, and
a page whose article is stored is not extracted again: an import that was killed goes on where it was. To extract what
is stored anew is the work of `pipelines.again`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipelines import wacz
from pipelines.archive import FOLDER, WarcArchive
from pipelines.article import Article
from pipelines.importer import batches
from pipelines.markup import as_utf8
from pipelines.pool import ExtractionPool, Job
from pipelines.post import article_of
from pipelines.store import Store
from pipelines.version_row import naive
from spiders.address import canonical
from spiders.asked import Asked
from spiders.errors import InputError
from spiders.page import Page, WarcRecord, Window
from spiders.refusal import Refusal
from spiders.registry import Outlet, host_index
from spiders.telegram import is_channel, is_preview, read_preview
from spiders.warc import Payloads, read_pages

AHEAD = 50
"""Pages looked up in the store at once."""


class WarcImport:
    """WARC files on their way into the store, one by one; a context manager that holds the worker processes.

    Files of the archive (`folder`; else that of the store) are read where they are; others are archived.
    """

    def __init__(
        self,
        store: Store,
        outlets: Mapping[str, Outlet],
        *,
        known_hosts: bool = False,
        workers: int | None = None,
        folder: Path | None = None,
    ) -> None:
        self.store = store
        self._outlets = outlets
        self._index = host_index(outlets)
        self._known_hosts = known_hosts
        self._archive = WarcArchive(folder or store.data / FOLDER, store.run_id)
        self._pool = ExtractionPool(workers)
        self._payloads: Payloads = {}
        self._ready: list[Article | Refusal] = []
        self._broken: InputError | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(self._archive)
        self._stack.enter_context(self._pool)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def results(self, path: Path) -> Iterator[Article | Refusal]:
        """What became of the pages of a file; InputError at the end where it breaks off."""
        if path.suffix.lower() != wacz.SUFFIX:
            yield from self._results(path)
            return
        broken = []
        for unpacked in wacz.warc_files(path):
            try:
                yield from self._results(unpacked)
            except InputError as error:
                broken.append(str(error).replace(str(unpacked), f"{path}/{unpacked.name}"))
        if broken:
            raise InputError("; ".join(broken))

    def _results(self, path: Path) -> Iterator[Article | Refusal]:
        self._broken = None
        for result in self._pool.map(self._jobs(path)):
            yield from self._take_ready()
            yield result
        yield from self._take_ready()
        if self._broken:
            raise self._broken

    def _jobs(self, path: Path) -> Iterator[Job]:
        """Each page once its bytes are in the archive and its row in the store."""
        is_ours = path.parent.resolve() == self._archive.folder.resolve()
        for pages in batches(self._pages(path), AHEAD):
            for page in self._archived(pages, is_ours=is_ours):
                outlet = self._outlets.get(page.outlet)
                if outlet and is_channel(outlet) and is_preview(page.url, outlet):
                    self._ready += posts_of(page, outlet)
                else:
                    address = canonical(page.url, outlet)
                    yield replace(page, url=address), self.store.zones[page.outlet], Window()

    def _pages(self, path: Path) -> Iterator[Page]:
        """The pages of a file. A break in it waits until the pages before it are done."""
        try:
            for page in read_pages(path, self._index, self._known_hosts, self._payloads):
                if isinstance(page, Refusal):
                    self._ready.append(page)
                else:
                    yield page
        except InputError as error:
            self._broken = error

    def _archived(self, pages: Sequence[Page], *, is_ours: bool) -> list[Page]:
        """Those of the pages whose articles are not stored, each with its place in the archive."""
        keys = [(page.url, canonical(page.url, self._outlets.get(page.outlet)), _sha256(page)) for page in pages]
        known, stored = self.store.archived(keys), self.store.extracted(keys)
        rows: list[dict[str, Any]] = []
        due: list[Page] = []
        for page, key in zip(pages, keys, strict=True):
            self.store.add_unregistered(page.outlet, page.outlet, "unknown")
            if key in stored:
                self._ready.append(Refusal(page.outlet, page.url, "duplicate", "the same page is stored"))
                continue
            record = page.warc if is_ours else known.get(key)
            record = record or self._write(page)
            if key not in known:
                known[key] = record
                rows.append(page_row(page, record))
            due.append(replace(page, warc=record))
        self._archive.sync()
        self.store.add_pages(rows)
        return due

    def _write(self, page: Page) -> WarcRecord:
        headers = [("Content-Type", page.content_type)] if page.content_type else []
        kind = "listing" if page.discovered_by == "telegram" else "article"
        known = Asked(page.outlet, kind, page.discovered_by, page.requested_url, page.hint)
        return self._archive.write(page.url, 200, headers, page.body, page.fetched_at, asked_for=known)

    def _take_ready(self) -> list[Article | Refusal]:
        ready, self._ready = self._ready, []
        return ready


def posts_of(page: Page, outlet: Outlet) -> list[Article | Refusal]:
    """The posts that the archived preview of a channel shows."""
    text = as_utf8(page.body, page.content_type).decode()
    preview = read_preview(text, page.url, outlet, page.fetched_at, page.warc)
    return [article_of(post, outlet.timezone, Window()) for post in preview.posts]


def page_row(page: Page, record: WarcRecord) -> dict[str, Any]:
    """The row of `page` of a page that was archived."""
    return {
        "outlet": page.outlet,
        "url": page.url,
        "requested_url": page.requested_url,
        "kind": "listing" if page.discovered_by == "telegram" else "article",
        "discovered_by": page.discovered_by,
        "http_status": 200,
        "content_type": page.content_type or None,
        "byte_count": len(page.body),
        "sha256": record.sha256,
        "warc_file": record.file,
        "warc_offset": record.offset,
        "fetched_at": naive(page.fetched_at),
    }


def _sha256(page: Page) -> str:
    return page.warc.sha256 if page.warc else ""
