"""The command `odjek schedule`: run the job every night.

It is a part of the command line (`odjek.py`), and only for its size in a file of its own. What a scheduler is given is
written in `reports.schedule`; `reports.installation` puts it there.
"""

import os
import sys
from datetime import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from reports import options as option


def schedule(
    context: typer.Context,
    at: Annotated[time, option.At] = time(2, 15),
    form: Annotated[Literal["cron", "systemd", "github"] | None, option.Form] = None,
    install: Annotated[bool, typer.Option("--install", help="Put it where it belongs.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take it out again.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Say what is installed, and when it runs next.")] = False,
) -> None:
    """Run the job every night: print what a scheduler needs, install it, remove it, or say what is installed."""
    from reports import installation
    from reports.schedule import as_text, nightly

    if install + remove + show > 1:
        raise typer.BadParameter("give one of --install, --remove and --show.")
    program = Path(sys.executable).with_name("odjek")
    job = nightly(program, context.obj.data, context.obj.outlets, at, os.environ)
    asked = {installation.install: install, installation.remove: remove, installation.show: show}
    act = next((act for act, is_asked in asked.items() if is_asked), None)
    print("\n".join(act(job, form)) if act else as_text(job, form or "cron"))
