"""The commands `odjek outlets …`: what the registry holds, and whether it can be used.

They are a part of the command line (`odjek.py`), and only for their number in a file of their own. What they do stands
in the packages, imported when it is needed.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports import options as option
from reports.complaint import complain
from spiders.errors import InputError

if TYPE_CHECKING:
    from spiders.registry import Outlet

outlets_app = typer.Typer(help="List and check the registry of outlets.", rich_markup_mode=None)


@outlets_app.command("list")
def list_outlets(
    context: typer.Context,
    role: Annotated[str | None, typer.Option(help="Only outlets of this role, e.g. local.")] = None,
    country: Annotated[str | None, typer.Option(help="Only outlets of this country, e.g. RS.")] = None,
    form: Annotated[option.RowForm, option.Form] = "table",
    output: Annotated[Path | None, option.Output] = None,
) -> None:
    """List the registry: names to give to --outlet."""
    from reports.rows import deliver, of_outlets
    from spiders.registry import load_outlets

    outlets = load_outlets(context.obj.outlets).values()
    chosen = [value for value in outlets if role in (None, value.role) and country in (None, value.country)]
    if not chosen:
        raise InputError("no outlet of this role and country; 'odjek outlets list' shows all")
    deliver(of_outlets(chosen), form, output, sys.stdout)


@outlets_app.command("check")
def check_outlets(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these outlets.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Only read the files; ask no site.")] = False,
    form: Annotated[option.RowForm, option.Form] = "table",
    output: Annotated[Path | None, option.Output] = None,
) -> int:
    """Check the files of the registry, then ask each outlet's site whether a crawl can use it."""
    from spiders.registry import read_folder

    good, errors = read_folder(context.obj.outlets)
    for error in errors:
        complain(str(error))
    if errors or offline:
        print(f"{len(good)} outlets can be used, {len(errors)} files are refused; the sites were not asked")
        return 1 if errors else 0
    return 0 if _probe(context.obj, good, _chosen(good, names or []), form, output) else 3


def _chosen(outlets: dict[str, "Outlet"], names: list[str]) -> list["Outlet"]:
    for name in names:
        if name not in outlets:
            raise InputError(f"no outlet \"{name}\" in the registry; 'odjek outlets list' shows the names")
    return [outlets[name] for name in names] or [outlet for outlet in outlets.values() if outlet.is_crawled]


def _probe(
    house: option.House, known: dict[str, "Outlet"], chosen: list["Outlet"], form: option.RowForm, output: Path | None
) -> bool:
    """Ask the sites, show what came of it; whether a crawl can use all of them."""
    from pipelines.checkup import examine
    from reports.checkup import advice, of_checkups, summary
    from reports.progress import Progress
    from reports.rows import deliver
    from spiders.probe import run_probe
    from spiders.probe_outlet import probe_outlets

    progress = Progress(sys.stderr, is_quiet=house.is_quiet, is_plain=house.is_verbose)
    with progress.step("ask") as note:
        probes = run_probe(
            lambda asker: probe_outlets(chosen, asker, lambda done: note(f"{done} of {len(chosen)} outlets")),
            {"LOG_ENABLED": house.is_verbose},
            outlets=known.values(),
        )
    with progress.step("extract"):
        checkups = list(examine(probes))
    deliver(of_checkups(checkups, form), form, output, sys.stdout)
    if form == "table":
        print("\n".join([*advice(checkups), summary(checkups)]))
    return all(checkup.is_usable for checkup in checkups)
