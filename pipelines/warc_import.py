"""The pages of a WARC file into the store: archived first, then extracted in worker processes, as in a crawl.

`spiders.warc` reads the file and tells whose page it is. A page whose bytes the archive holds already is not archived
again, so that DATA/warc itself can be imported: that extracts anew without the network.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.archive import FOLDER, WarcArchive
from pipelines.article import Article
from pipelines.pool import ExtractionPool, Job
from pipelines.store import BATCH, Store
from pipelines.version_row import naive
from spiders.errors import InputError
from spiders.page import Page, WarcRecord, Window
from spiders.refusal import Refusal
from spiders.registry import Outlet, host_index
from spiders.warc import read_pages


class WarcImport:
    """One WARC file on its way into the store. `results` gives what became of its pages, in their order."""

    def __init__(self, store: Store, path: Path, outlets: Mapping[str, Outlet], *, known_hosts: bool = False) -> None:
        self.store = store
        self._pages = read_pages(path, host_index(outlets), known_hosts)
        self._archive = WarcArchive(store.data / FOLDER, store.run_id)
        self._archived = store.archived()
        self._rows: list[dict[str, Any]] = []
        self._refusals: list[Refusal] = []
        self._broken: InputError | None = None

    def results(self, workers: int | None = None) -> Iterator[Article | Refusal]:
        """Articles and refusals; InputError at the end where the file breaks off."""
        with self._archive, ExtractionPool(workers) as pool:
            for result in pool.map(self._jobs()):
                yield from self._take_refusals()
                yield result
            yield from self._take_refusals()
            self._write_pages()
        if self._broken:
            raise self._broken

    def _jobs(self) -> Iterator[Job]:
        """Each page once its bytes are in the archive. A break in the file waits until the pages before it are done."""
        try:
            for page in self._pages:
                if isinstance(page, Refusal):
                    self._refusals.append(page)
                    continue
                self.store.add_unregistered(page.outlet, page.outlet, "unknown")
                yield self._archive_page(page), self.store.zones[page.outlet], Window()
        except InputError as error:
            self._broken = error

    def _archive_page(self, page: Page) -> Page:
        key = (page.url, hashlib.sha256(page.body).hexdigest())
        record = self._archived.get(key)
        if record is None:
            headers = [("Content-Type", page.content_type)] if page.content_type else []
            record = self._archive.write(page.url, 200, headers, page.body, page.fetched_at)
            self._archived[key] = record
        page = replace(page, warc=record)
        self._rows.append(_page_row(page, record))
        if len(self._rows) >= BATCH:
            self._write_pages()
        return page

    def _write_pages(self) -> None:
        self.store.add_pages(self._rows)
        self._rows = []

    def _take_refusals(self) -> list[Refusal]:
        refusals, self._refusals = self._refusals, []
        return refusals


def _page_row(page: Page, record: WarcRecord) -> dict[str, Any]:
    return {
        "outlet": page.outlet,
        "url": page.url,
        "requested_url": None,
        "kind": "article",
        "discovered_by": page.discovered_by,
        "http_status": 200,
        "content_type": page.content_type or None,
        "byte_count": len(page.body),
        "sha256": record.sha256,
        "warc_file": record.file,
        "warc_offset": record.offset,
        "fetched_at": naive(page.fetched_at),
    }
