"""The command line of odjek: the only place that prints and sets exit codes.

    0    done
    1    an OdjekError: one line on stderr that says what is wrong and what to do
    2    a command or option that does not exist, or a value it cannot take
    3    done, but at least one outlet failed
    130  stopped from the keyboard

What a command does stands in the packages, imported only when it is needed: `odjek --help` answers at once. Results go
to stdout, progress and complaints to stderr. Every command and option is described in docs/commands.md.
"""

import sys
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from spiders.errors import InputError, OdjekError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

app = typer.Typer(
    help="Shows how stories of Russian state media travel through the news of the Western Balkans.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
outlets_app = typer.Typer(help="Lists and checks the registry of outlets.", rich_markup_mode=None)
app.add_typer(outlets_app, name="outlets")


def main() -> None:
    """Run the command line and exit."""
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        return app(arguments or ["--help"], prog_name="odjek", standalone_mode=False) or 0
    except OdjekError as error:
        complain(str(error))
        return 1
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "odjek"
        complain(f"{error.format_message().replace('Value error, ', '')} See '{command} --help'.")
        return error.exit_code


def complain(message: str) -> None:
    """Print one line on stderr, whatever the message holds."""
    print("odjek:", " ".join(message.split()), file=sys.stderr)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print("odjek", version("odjek"))
        raise typer.Exit


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is no date; write YYYY-MM-DD.") from error


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(str(text))  # the default comes as a time
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is no time of day; write HH:MM.") from error


OutletNames = Annotated[
    list[str] | None, typer.Option("--outlet", metavar="NAME", help="Only this outlet; can be given several times.")
]
Since = Annotated[
    date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Only articles published on this day or later.")
]
Until = Annotated[
    date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Only articles published up to this day.")
]
WindowDays = Annotated[int, typer.Option(min=1, max=365, help="How many days an article is compared backwards.")]
RowFormat = Literal["table", "csv", "json", "parquet"]
Format = Annotated[RowFormat, typer.Option("--format", help="How rows are written.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, not to stdout.")]


@dataclass(frozen=True, slots=True)
class House:
    """The options that stand before the command."""

    data: Path
    outlets: Path | None
    is_quiet: bool
    is_verbose: bool


@app.callback()
def options(
    context: typer.Context,
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", envvar="ODJEK_DATA", help="Folder of the database and the report.")
    ] = Path("data"),
    outlets: Annotated[
        Path | None,
        typer.Option("--outlets", metavar="DIR", envvar="ODJEK_OUTLETS", help="Another registry of outlets."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, only results and complaints.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the log of the crawl.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that stand before the command."""
    context.obj = House(data, outlets, quiet, verbose)


# Reading: what has been found


def _write(reader: "pa.RecordBatchReader", form: RowFormat, output: Path | None) -> None:
    """Write the rows of a query in the format that was asked for, to stdout or to a file."""
    from reports import rows

    if output:
        rows.write_file(reader, form, output)
    elif form == "parquet" and sys.stdout.isatty():
        raise InputError("Parquet is not for a terminal: give --output FILE")
    else:
        rows.write(reader, form, sys.stdout.buffer if form == "parquet" else sys.stdout)


@app.command()
def sql(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="SQL; without it a prompt, or what stdin holds.")] = None,
    form: Format = "table",
    output: Output = None,
    with_files: Annotated[
        bool, typer.Option("--with-files", help="Let the query read and write files of yours.")
    ] = False,
) -> None:
    """Query the published snapshot (read-only; no crawl is ever blocked)."""
    from reports.query import connect, select, snapshot

    with connect(snapshot(context.obj.data), with_files=with_files) as connection:
        if query is None and sys.stdin.isatty():
            _prompt(connection, form, output)
            return
        text = sys.stdin.read() if query is None else query
        reader = select(connection, text)
        if reader is None:
            raise InputError("query: nothing that gives rows; try 'odjek sql \"SELECT * FROM amplification\"'")
        _write(reader, form, output)


def _prompt(connection: "duckdb.DuckDBPyConnection", form: RowFormat, output: Path | None) -> None:
    """Read queries from the keyboard, each up to its semicolon."""
    import readline  # noqa: F401 - gives input() its editing and history

    from reports.query import select

    print("Each query ends with a semicolon; SHOW TABLES; lists the tables, DESCRIBE match; its columns. Ctrl-D ends.")
    text = ""
    while True:
        try:
            text += input("  ...> " if text else "odjek> ") + "\n"
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if not text.rstrip().endswith(";"):
            text = text if text.strip() else ""
            continue
        try:
            if (reader := select(connection, text)) is not None:
                _write(reader, form, output)
        except InputError as error:
            complain(str(error))
        text = ""


@app.command()
def export(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="Table or view of the snapshot.")] = "amplification",
    form: Annotated[
        Literal["csv", "json", "parquet"] | None,
        typer.Option("--format", help="How rows are written; else the file's ending says it, else csv."),
    ] = None,
    output: Output = None,
) -> None:
    """Write one table of the published snapshot."""
    from reports.query import connect, select, snapshot, tables

    endings: dict[str, RowFormat] = {".csv": "csv", ".json": "json", ".parquet": "parquet"}
    with connect(snapshot(context.obj.data)) as connection:
        known = tables(connection)
        if table not in known:
            raise InputError(f"no table '{table}' in the snapshot; there are {', '.join(known)}")
        reader = select(connection, f'FROM "{table}" ORDER BY ALL')  # one of the names just listed
        _write(reader, form or endings.get(output.suffix if output else "", "csv"), output)


@outlets_app.command("list")
def list_outlets(
    context: typer.Context,
    role: Annotated[str | None, typer.Option(help="Only outlets of this role, e.g. local.")] = None,
    country: Annotated[str | None, typer.Option(help="Only outlets of this country, e.g. RS.")] = None,
    form: Format = "table",
    output: Output = None,
) -> None:
    """List the registry: names to give to --outlet."""
    from reports.rows import REGISTRY_COLUMNS, from_values, registry_row
    from spiders.registry import load_outlets

    chosen = [
        value
        for value in load_outlets(context.obj.outlets).values()
        if role in (None, value.role) and (country is None or country.upper() == value.country)
    ]
    _write(from_values(REGISTRY_COLUMNS, map(registry_row, chosen)), form, output)


@outlets_app.command("check")
def check_outlets(context: typer.Context) -> int:
    """Check every file of the registry, without the network; probing the sites comes later."""
    from spiders.registry import read_folder

    good, errors = read_folder(context.obj.outlets)
    for error in errors:
        complain(str(error))
    print(f"{len(good)} outlets can be used, {len(errors)} files are refused. Their sites were not asked.")
    return 1 if errors else 0


@app.command()
def schedule(
    context: typer.Context,
    at: Annotated[time, typer.Option(parser=_clock, metavar="HH:MM", help="When the job starts, local time.")] = time(
        2, 15
    ),
    form: Annotated[
        Literal["cron", "systemd"], typer.Option("--format", help="A crontab line, or a systemd service and timer.")
    ] = "cron",
) -> None:
    """Print what runs the job every night; installs nothing."""
    from reports.schedule import cron, systemd

    house: House = context.obj
    command = [str(Path(sys.executable).with_name("odjek")), "--quiet", "--data", str(house.data.resolve())]
    if house.outlets:
        command += ["--outlets", str(house.outlets.resolve())]
    print({"cron": cron, "systemd": systemd}[form]([*command, "run"], at))


if __name__ == "__main__":
    main()
