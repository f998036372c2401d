"""The commands `odjek outlets …`: what the registry holds, and whether it can be used.

They are a part of the command line (`odjek.py`), and only for their number in a file of their own. What they do stands
in the packages, imported when it is needed.
"""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports import options as option
from reports.complaint import complain
from reports.exit_codes import DONE, INCOMPLETE, UNUSABLE
from spiders.errors import InputError

if TYPE_CHECKING:
    from pipelines.checkup import Checkup
    from reports.progress import Progress
    from spiders.registry import Outlet

outlets_app = typer.Typer(help="List, check and extend the registry of outlets.", rich_markup_mode=None)


@outlets_app.command("list")
def list_outlets(
    context: typer.Context,
    role: Annotated[str | None, typer.Option(help="Only outlets of this role, e.g. local.")] = None,
    country: Annotated[str | None, typer.Option(help="Only outlets of this country, e.g. RS.")] = None,
    form: Annotated[option.RowForm | None, option.Form] = None,
    output: Annotated[Path | None, option.Output] = None,
) -> None:
    """List the registry: names to give to --outlet."""
    from reports.rows import deliver, form_of, of_outlets
    from spiders.registry import load_outlets

    outlets = load_outlets(context.obj.outlets).values()
    chosen = [value for value in outlets if role in (None, value.role) and country in (None, value.country)]
    if not chosen:
        raise InputError("no outlet of this role and country; 'odjek outlets list' shows all")
    deliver(of_outlets(chosen), form or form_of(output, "table"), output, sys.stdout)


@outlets_app.command("check")
def check_outlets(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these outlets.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Only read the files; ask no site.")] = False,
    form: Annotated[option.RowForm | None, option.Form] = None,
    output: Annotated[Path | None, option.Output] = None,
    write: Annotated[bool, typer.Option("--write", help="Set verified_on to today where an outlet is ok.")] = False,
) -> int:
    """Check the files of the registry, then ask each outlet's site whether a crawl can use it."""
    from reports.rows import form_of
    from spiders.outlet_file import faults, set_verified
    from spiders.registry import folder_of, read_folder

    form = form or form_of(output, "table")
    folder = folder_of(context.obj.outlets)
    good, errors = read_folder(folder)
    wrong = [*map(str, errors), *faults(folder, good)]
    for line in wrong:
        complain(line)
    chosen = _chosen(good, names or [])
    if wrong or offline:
        unmet = f", {len(wrong) - len(errors)} test cases are not met" if len(wrong) > len(errors) else ""
        print(f"{len(good)} outlets can be used, {len(errors)} files are refused{unmet}; the sites were not asked")
        return UNUSABLE if wrong else DONE
    checkups = _probe(context.obj, good, chosen)
    _show(checkups, form, output)
    if len(checkups) > 1 and all(checkup.probed.robots.reason == "fetch_failed" for checkup in checkups):
        complain("no site answered: is the network up?")
    if write:
        written = set_verified(folder, [checkup.outlet.outlet for checkup in checkups if checkup.verdict == "ok"])
        print(f"verified_on is today in {len(written)} files", file=sys.stderr)
    return DONE if all(checkup.is_usable for checkup in checkups) else INCOMPLETE


def _chosen(outlets: dict[str, "Outlet"], names: list[str]) -> list["Outlet"]:
    for name in names:
        if name not in outlets:
            raise InputError(f"no outlet \"{name}\" in the registry; 'odjek outlets list' shows the names")
    return [outlets[name] for name in names] or [outlet for outlet in outlets.values() if outlet.is_crawled]


def _probe(house: option.House, known: dict[str, "Outlet"], chosen: list["Outlet"]) -> list["Checkup"]:
    """Ask the sites, and judge what they answer."""
    from pipelines.checkup import examine
    from pipelines.pool import ExtractionPool
    from spiders.probe import run_probe
    from spiders.probe_outlet import probe_outlets

    progress = _progress(house)
    with progress.step("ask") as note:
        probes = run_probe(
            lambda asker: probe_outlets(chosen, asker, lambda done: note(f"{done} of {len(chosen)} outlets")),
            {"LOG_ENABLED": house.is_verbose},
            outlets=known.values(),
        )
    with progress.step("extract"), ExtractionPool() as pool:
        return list(examine(probes, pool))


def _show(checkups: list["Checkup"], form: option.RowForm, output: Path | None) -> None:
    from reports.checkup import advice, of_checkups, summary
    from reports.rows import deliver

    deliver(of_checkups(checkups, form), form, output, sys.stdout)
    if form == "table":
        print("\n".join([*advice(checkups), *([summary(checkups)] if len(checkups) > 1 else [])]))


def _progress(house: option.House) -> "Progress":
    from reports.progress import Progress

    return Progress(sys.stderr, is_quiet=house.is_quiet, is_plain=house.is_verbose)


@outlets_app.command("new")
def new_outlet(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The site's address.")],
    name: Annotated[str | None, typer.Option(help="Its name; in lower case with hyphens, only the file's.")] = None,
    role: Annotated[option.Role, typer.Option(help="What it is compared as.")] = "local",
    country: Annotated[str | None, typer.Option(help="Its country, e.g. RS; else by the ending of its host.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write here.")] = None,
    allow_loopback: Annotated[bool, typer.Option("--allow-loopback", help="Ask this machine, for tests.")] = False,
) -> int:
    """Ask an unknown site where its articles are found, and write its file and its test case."""
    from pipelines.draft import Asked
    from pipelines.newcomer import ready, welcome
    from pipelines.pool import ExtractionPool
    from spiders.probe import run_probe
    from spiders.probe_site import loopback_of
    from spiders.registry import folder_of

    house: option.House = context.obj
    folder = output or folder_of(house.outlets)
    asked = Asked(url, name, role, country, allow_loopback)
    known = ready(asked, folder)
    with _progress(house).step("ask") as note, ExtractionPool(1) as pool:
        newcomer = run_probe(
            lambda asker: welcome(asked, known, folder, asker, pool),
            {"LOG_ENABLED": house.is_verbose},
            loopback=loopback_of(url) if allow_loopback else (),
            on_ask=note,
        )
        note(f"{newcomer.checkup.outlet.outlet} is found")
    print(f"written: {newcomer.path}\ntest case: {newcomer.cases}")
    print("".join(f"not found out: {line}\n" for line in newcomer.missing), end="")
    _show([newcomer.checkup], "table", None)
    data = ["--data", str(house.data)] if house.data != Path("data") else []
    command = shlex.join(["odjek", *data, "--outlets", str(folder), "crawl", "--outlet", newcomer.path.stem])
    print(f"next: read {newcomer.path.name}, then {command}")
    return DONE if newcomer.checkup.is_usable else INCOMPLETE
