"""A site that is in no registry yet becomes an outlet: asked, drawn up, written, and checked as any other.

The order of things alone; what is asked is in `spiders.probe_site`, what the file says in `pipelines.draft`.
"""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.checkup import Checkup, examine, samples_of
from pipelines.draft import Asked, Draft, draft, place_of
from pipelines.pool import ExtractionPool
from spiders import clock
from spiders.answer import Asker
from spiders.errors import InputError, RegistryError
from spiders.listing import looks_like_article
from spiders.outlet_fields import READERS, FieldError
from spiders.outlet_file import Case, case_of, toml, write_cases, write_new
from spiders.probe_outlet import probe_outlet
from spiders.probe_site import open_door, origin_of, survey
from spiders.registry import Outlet, host_index, load_outlet, outlet_of, read_folder

MOST_CASES = 6
"""Addresses of each kind in the test case: enough to show a form, few enough to be read."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What was written, and what the site answered to a check by it."""

    path: Path
    cases: Path
    checkup: Checkup
    missing: tuple[str, ...]


def known_in(folder: Path) -> dict[str, Outlet]:
    """The outlets of a folder that may be empty, or not there yet; RegistryError where one cannot be read."""
    if not any(folder.glob("*.toml")):
        return {}
    outlets, errors = read_folder(folder)
    if errors:
        raise errors[0]
    return outlets


def ready(asked: Asked, folder: Path) -> dict[str, Outlet]:
    """The outlets that are known; InputError or RegistryError for what can be refused before a site is asked."""
    known = known_in(folder)
    _refuse_country(asked.country)
    _refuse_known(origin_of(asked.url), known)
    if not _may_write(folder):
        raise InputError(f"{folder} cannot be written; give a folder of your own: odjek --outlets DIR outlets new URL")
    return known


async def welcome(asked: Asked, known: dict[str, Outlet], folder: Path, asker: Asker, pool: ExtractionPool) -> Newcomer:
    """Ask a site, write its file and its test case into a folder, and ask it again by that file."""
    door = await open_door(asked.url, asker)
    _refuse_known(door.front.final, known)
    place_of(urlsplit(door.front.final).netloc, door.page, asked)  # not after a minute of asking
    found = await survey(asked.url, door, asker, is_loopback=asked.is_loopback)
    samples = await asyncio.to_thread(samples_of, found.outlet, found.articles, pool)
    drawn = draft(found, samples, asked)
    if drawn.outlet in known:
        raise InputError(f'there is an outlet "{drawn.outlet}" already; --name gives this one another name')
    path, cases, outlet = _write(folder, drawn, asked)
    asker.admit(outlet)
    checkups = await asyncio.to_thread(list, examine([await probe_outlet(outlet, asker)], pool))
    return Newcomer(path, cases, checkups[0], drawn.missing)


def _refuse_country(country: str | None) -> None:
    try:
        READERS["country"](country or "RS")
    except FieldError as error:
        raise InputError(f"--country: {error}") from error


def _refuse_known(url: str, known: dict[str, Outlet]) -> None:
    if name := outlet_of(url, host_index(known)):
        raise InputError(f"{urlsplit(url).netloc} belongs to the outlet {name} already; 'odjek outlets check {name}'")


def _may_write(folder: Path) -> bool:
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK)


def _write(folder: Path, drawn: Draft, asked: Asked) -> tuple[Path, Path, Outlet]:
    opening = (f"Found by `odjek outlets new {asked.url}` on {clock.now().date()}; read it before you rely on it.",)
    ending = [f"not found out: {line}" for line in drawn.missing]
    text = toml(drawn.values, opening, ending)
    path = write_new(folder, drawn.outlet, text)
    try:
        outlet = load_outlet(path)
    except RegistryError:
        path.unlink()
        raise
    return path, write_cases(path, _cases(drawn, outlet)), outlet


def _cases(drawn: Draft, outlet: Outlet) -> list[Case]:
    """Some of the addresses, of both kinds, as the file judges them now."""
    articles = [url for url in drawn.articles if looks_like_article(url, outlet)]
    others = [url for url in drawn.others if not looks_like_article(url, outlet)]
    step = max(1, len(articles) // MOST_CASES)
    cases = [case_of(url, outlet, is_article=True) for url in articles[::step][:MOST_CASES]]
    return cases + [case_of(url, outlet, is_article=False) for url in others[:MOST_CASES]]
