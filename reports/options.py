"""The options that several commands share, and how their values are read; `odjek.py` says which command takes which."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Literal, TypeVar

import typer

from reports.ping import is_address

T = TypeVar("T")


def _reading(read: Callable[[str], T], shape: str) -> Callable[[str], T]:
    def parse(text: str) -> T:
        try:
            return read(str(text))  # a default comes as the value itself
        except ValueError as error:
            raise typer.BadParameter(f"'{text}' is not written as {shape}.") from error

    return parse


def _checked_address(text: str) -> str:
    if text and not is_address(text):
        raise ValueError(text)
    return text


def _usable_model(folder: Path | None) -> Path | None:
    """Refuse a sentence model that cannot be used before any site is asked."""
    if folder is not None:
        from analysis.sentence_model import measured

        measured(folder)
    return folder


_day = _reading(date.fromisoformat, "YYYY-MM-DD")
_clock = _reading(time.fromisoformat, "HH:MM")
_address = _reading(_checked_address, "http://… or https://…")
Role = Literal["state_media", "mirror", "agency", "local", "factchecker", "aggregator"]
RowForm = Literal["table", "csv", "json", "parquet"]
Since = typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Only articles published on this day or later.")
Until = typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Only articles published up to this day.")
At = typer.Option(parser=_clock, metavar="HH:MM", help="When to start, local time.", show_default="02:15")
Files = typer.Argument(metavar="PATH...", help="WARC(.gz), WACZ, JSONL, CSV or Parquet files.")
Again = typer.Option("--again", help="Instead: extract the archive anew, without the network.")
Names = typer.Option("--outlet", metavar="NAME", help="Only this outlet; can be given several times.")
WindowDays = typer.Option(min=1, max=365, metavar="N", help="How far an article is compared backwards.  [default: 14]")
SentenceModel = typer.Option(
    "--sentence-model",
    exists=True,
    file_okay=False,
    metavar="DIR",
    envvar="ODJEK_SENTENCE_MODEL",
    callback=_usable_model,
    help="A multilingual sentence model to ask about translations, too.",
)
Form = typer.Option("--format", help="How it is written.")
Output = typer.Option("--output", "-o", metavar="FILE", help="Write to a file, not to stdout.")
Data = typer.Option("--data", metavar="DIR", envvar="ODJEK_DATA", help="Folder of the database and the report.")
Registry = typer.Option("--outlets", metavar="DIR", envvar="ODJEK_OUTLETS", help="Another registry of outlets.")
Quiet = typer.Option("--quiet", "-q", help="No progress, only results and complaints.")
Verbose = typer.Option("--verbose", "-v", help="Show the log of the crawl.")
Wait = typer.Option("--wait", min=0, metavar="MINUTES", help="Wait so long for another job in the data folder.")
LogFormat = typer.Option("--log-format", envvar="ODJEK_LOG_FORMAT", help="How the log in DATA/logs is written.")
Ping = typer.Option(
    "--ping", parser=_address, metavar="URL", envvar="ODJEK_PING", help="A watcher to tell how it goes."
)


@dataclass(frozen=True, slots=True)
class House:
    """The options that stand before the command."""

    data: Path
    outlets: Path | None
    is_quiet: bool
    is_verbose: bool
    wait_minutes: float = 0.0
    log_format: Literal["text", "json"] = "text"
