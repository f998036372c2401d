"""The commands `odjek outlets …`: what the registry holds, and whether it can be used.

They are a part of the command line (`odjek.py`), and only for their number in a file of their own. What they do stands
in the packages, imported when it is needed.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from reports import options as option
from reports.complaint import complain
from spiders.errors import InputError

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
def check_outlets(context: typer.Context) -> int:
    """Check every file of the registry, without the network; asking the sites comes later."""
    from spiders.registry import read_folder

    good, errors = read_folder(context.obj.outlets)
    for error in errors:
        complain(str(error))
    print(f"{len(good)} outlets can be used, {len(errors)} files are refused; the sites were not asked")
    return 1 if errors else 0
