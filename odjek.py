"""The command line of odjek: with `reports/…_app.py` the only place that prints and sets exit codes.

What each exit code means is in `reports/exit_codes.py`, what makes a command a job in `reports/job.py`. What a command
does stands in the packages, imported only when it is needed: `odjek --help` answers at once. Results go to stdout,
progress and complaints to stderr. Every command and option is described in docs/commands.md.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from signal import Signals
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reports import exit_codes
from reports import options as option
from reports.complaint import complain
from reports.options import House
from reports.outlets_app import outlets_app
from reports.pairs_app import calibrate_model, evaluate_pairs
from reports.schedule_app import schedule
from spiders.errors import InputError, OdjekError, StoppedError, StoreError

if TYPE_CHECKING:
    from reports.health import Ended
    from reports.progress import Progress

app = typer.Typer(
    help="Shows how stories of Russian state media travel through the news of the Western Balkans.",
    epilog=exit_codes.HELP,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(outlets_app, name="outlets")


def main() -> None:
    """Run the command line and exit."""
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        return app(arguments or ["--help"], prog_name="odjek", standalone_mode=False) or 0
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "odjek"
        complain(f"{error.format_message().replace('Value error, ', '')} See '{command} --help'.")
        return error.exit_code
    except typer.Abort:  # Ctrl-C in a command that only reads
        return exit_codes.INTERRUPTED
    except (OdjekError, OSError, RuntimeError) as error:
        known = exit_codes.ending(error)
        if known is None:
            raise
        complain(known[1])
        return known[0]


# Options


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print("odjek", version("odjek"))
        raise typer.Exit


Version = typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")


@app.callback()
def options(
    context: typer.Context,
    data: Annotated[Path, option.Data] = Path("data"),
    outlets: Annotated[Path | None, option.Registry] = None,
    quiet: Annotated[bool, option.Quiet] = False,
    verbose: Annotated[bool, option.Verbose] = False,
    wait: Annotated[float, option.Wait] = 0.0,
    log_format: Annotated[Literal["text", "json"], option.LogFormat] = "text",
    version: Annotated[bool, Version] = False,
) -> None:
    """Take the options that stand before the command."""
    context.obj = House(data, outlets, quiet, verbose, wait, log_format)


def _progress(house: House) -> "Progress":
    from reports.progress import Progress

    return Progress(sys.stderr, is_quiet=house.is_quiet, is_plain=house.is_verbose)


# Working: crawl, import, analyze, report


def _job(context: typer.Context, work: Callable[[], int | None], *, ping: str | None = None) -> int:
    """Do a command's work alone in the data folder; those that crawl are logged."""
    from reports.job import run_job

    name = context.info_name or ""
    if name not in ("analyze", "report"):  # they have nothing to do where there is no folder
        context.obj.data.mkdir(parents=True, exist_ok=True)
    return run_job(context.obj, name, lambda: work() or 0, ping=ping or "", has_log=name in ("run", "crawl"))


@app.command()
def run(
    context: typer.Context,
    demo: Annotated[bool, typer.Option("--demo", help="Crawl the invented newsroom that comes with odjek.")] = False,
    outlet: Annotated[list[str] | None, option.Names] = None,
    since: Annotated[date | None, option.Since] = None,
    until: Annotated[date | None, option.Until] = None,
    window_days: Annotated[int | None, option.WindowDays] = None,
    sentence_model: Annotated[Path | None, option.SentenceModel] = None,
    ping: Annotated[str | None, option.Ping] = None,
) -> int:
    """Do the whole job: crawl, analyze, publish, report. After a stop, run it again: it goes on where it was."""
    source = context.find_root().get_parameter_source("data")
    if demo and source and source.name != "COMMANDLINE":
        context.obj = replace(context.obj, data=context.obj.data / "demo")  # what is invented stays apart from the rest
    house: House = context.obj

    def work() -> int:
        if demo:
            return _demo(house, window_days, sentence_model)
        code = _crawled(house, outlet or [], since, until)
        if code != exit_codes.UNREACHED:
            _analyze(house, window_days, sentence_model)
        return code

    return _job(context, work, ping=ping)


def _demo(house: House, window_days: int | None, sentence_model: Path | None) -> int:
    """Crawl the invented newsroom over real HTTP, and say how much of its truth was found."""
    from demo.newsroom import OUTLETS, PAIRS, SINCE, UNTIL
    from demo.server import DemoWeb

    haste = {"DOWNLOAD_DELAY": 0.0, "AUTOTHROTTLE_ENABLED": False}  # nobody else is served by this machine
    environment = dict(os.environ)
    with DemoWeb() as web:
        try:
            os.environ.update(web.environment())
            left = _crawl(replace(house, outlets=OUTLETS), [], SINCE, UNTIL, haste)
        finally:
            os.environ.clear()
            os.environ.update(environment)
    meant = {site.outlet.outlet for site in web.sites if site.is_down}
    failed = ", ".join(sorted({*left.failed, *left.alarms})) or "none"
    print(f"outlets that failed: {failed}; meant to: {', '.join(sorted(meant)) or 'none'}")
    _analyze(house, window_days, sentence_model, PAIRS)
    return exit_codes.DONE if {*left.failed, *left.alarms} == meant else exit_codes.INCOMPLETE


@app.command()
def crawl(
    context: typer.Context,
    outlet: Annotated[list[str] | None, option.Names] = None,
    since: Annotated[date | None, option.Since] = None,
    until: Annotated[date | None, option.Until] = None,
    ping: Annotated[str | None, option.Ping] = None,
) -> int:
    """Fetch the new articles of the registry's outlets into the store."""
    return _job(context, lambda: _crawled(context.obj, outlet or [], since, until), ping=ping)


def _crawled(house: House, names: list[str], since: date | None, until: date | None) -> int:
    """Crawl; the exit code says whether all is well, an outlet failed or raised an alarm, or all failed."""
    return _crawl(house, names, since, until).code


def _crawl(
    house: House, names: list[str], since: date | None, until: date | None, settings: Mapping[str, float] | None = None
) -> "Ended":
    """Crawl in this process and say what came of it."""
    from pipelines.database import connect, store_path
    from reports.health import ended
    from reports.progress import crawl_note
    from spiders.crawl import run_crawl
    from spiders.crawl_stats import by_outlet

    if store_path(house.data).exists():
        connect(house.data).close()  # a store that is locked or foreign is refused before any site is asked
    if not settings and not os.environ.get("ODJEK_CONTACT"):
        _progress(house).line("ODJEK_CONTACT is not set: no site can write to you; set it to an address of yours")
    given = {"ODJEK_DATA": str(house.data), "LOG_INSTALL_ROOT_HANDLER": False, **(settings or {})}
    with _progress(house).step("crawl") as note:
        stats = run_crawl(
            given,
            outlet=",".join(names),
            since=since,
            until=until,
            outlets_dir=house.outlets,
            on_progress=lambda counts: note(crawl_note(counts)),
        )
        note(crawl_note(by_outlet(stats)))
    kept = "what was fetched is kept, the same command goes on"
    if stats["stopped_by"]:
        raise StoppedError(f"the crawl was stopped by {Signals(stats['stopped_by']).name}; {kept}", stats["stopped_by"])
    if stats["finish_reason"] != "finished":
        raise StoreError(f"the crawl ended early ({stats['finish_reason']}): the log says why; {kept}")
    left = ended(house.data, {outlet: of["status"] for outlet, of in by_outlet(stats).items()})
    for outlet, line in left.alarms.items():
        complain(f"{outlet}: {line}")
    if left.warnings:
        _progress(house).line(f"warnings: {', '.join(left.warnings)}; 'odjek status' says what is wrong")
    return left


@app.command("import")
def import_articles(
    context: typer.Context,
    paths: Annotated[list[Path] | None, option.Files] = None,
    known_hosts: Annotated[bool, typer.Option("--known-hosts", help="Of a WARC, only hosts of the registry.")] = False,
    again: Annotated[bool, option.Again] = False,
) -> int:
    """Read articles from files, as if they had been crawled."""
    from pipelines.again import extract_again, in_short
    from pipelines.importer import import_files
    from reports.progress import in_words
    from spiders.registry import load_outlets

    house: House = context.obj
    outlets = load_outlets(house.outlets)
    if again == bool(paths):
        raise typer.BadParameter("give PATH..., or --again and nothing else.")

    def work() -> None:
        with _progress(house).counting("import", "records") as tell:
            if again:
                print(in_short(extract_again(house.data, outlets, progress=tell)))
                return
            counts = import_files(house.data, paths or [], outlets, known_hosts=known_hosts, progress=tell)
        refused = {reason: count for reason, count in counts.items() if reason != "stored" and count}
        print(f"{counts['stored']:,} stored; refused: {in_words(refused) or 'none'}")
        if not counts["stored"] and not counts["duplicate"]:
            raise InputError(f"nothing could be stored of {', '.join(map(str, paths or []))}; 'odjek status' shows why")
        if refused:
            _progress(house).line("'odjek status' shows an example of each reason, and what is wrong with it")

    return _job(context, work)


@app.command()
def analyze(
    context: typer.Context,
    window_days: Annotated[int | None, option.WindowDays] = None,
    sentence_model: Annotated[Path | None, option.SentenceModel] = None,
) -> int:
    """Compare the articles, publish the snapshot and build the report."""
    return _job(context, lambda: _analyze(context.obj, window_days, sentence_model))


def _analyze(house: House, window_days: int | None, sentence_model: Path | None, truth: Path | None = None) -> None:
    """Analyse, publish, report, and say what was found; `truth` holds labelled pairs to score it by."""
    from analysis.evaluate import evaluate
    from analysis.run import analyze
    from pipelines.snapshot import publish
    from reports.health import found
    from reports.score import one_line

    overrides = {"window_days": float(window_days)} if window_days else {}
    with _progress(house).step("analyze") as note:
        analyze(
            house.data,
            overrides=overrides,
            sentence_model=sentence_model,
            progress=lambda name, done, total: note(f"{name} {done}/{total}"),
        )
        note("done")
    with _progress(house).step("publish"):
        path = publish(house.data)
    _report(house)
    print(found(path))
    if truth:
        print(f"against {truth.name}: {one_line(evaluate(path, truth))}")
    print(f"report: {house.data / 'report' / 'index.html'}\ndatabase: {path}")


@app.command()
def report(context: typer.Context) -> int:
    """Build the report again from the published snapshot."""
    return _job(context, lambda: print(f"report: {_report(context.obj)}"))


def _report(house: House) -> Path:
    from reports.query import snapshot
    from reports.site import build

    path = snapshot(house.data)
    with _progress(house).step("report"):
        return build(path, house.data / "report")


# Reading: what has been found


@app.command()
def status(context: typer.Context, form: Annotated[Literal["table", "json"], option.Form] = "table") -> None:
    """Say what the store holds, how the latest runs ended, and which outlets need attention."""
    from reports.health import health
    from reports.terminal import show_health

    show_health(health(context.obj.data), form, sys.stdout)


@app.command()
def sql(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="SQL; without it a prompt, or what stdin holds.")] = None,
    form: Annotated[option.RowForm | None, option.Form] = None,
    output: Annotated[Path | None, option.Output] = None,
    with_files: Annotated[bool, typer.Option("--with-files", help="Let the query use files of yours.")] = False,
) -> None:
    """Query the published snapshot (read-only; no crawl is ever blocked)."""
    from reports.query import connect, select, snapshot
    from reports.rows import deliver, form_of

    form = form or form_of(output, "table")
    with connect(snapshot(context.obj.data), with_files=with_files) as connection:
        if query is None and sys.stdin.isatty():
            from reports.prompt import GREETING, prompt

            print(GREETING)
            prompt(connection, lambda reader: deliver(reader, form, output, sys.stdout), complain)
            return
        reader = select(connection, sys.stdin.read() if query is None else query)
        if reader is None:
            raise InputError("query: nothing that gives rows; try 'odjek sql \"FROM amplification\"'")
        deliver(reader, form, output, sys.stdout)


@app.command()
def export(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="Table or view of the snapshot.")] = "amplification",
    form: Annotated[Literal["csv", "json", "parquet"] | None, option.Form] = None,
    output: Annotated[Path | None, option.Output] = None,
) -> None:
    """Write one table of the published snapshot, as csv unless the file's ending says otherwise."""
    from reports.query import connect, select_table, snapshot
    from reports.rows import deliver, form_of

    with connect(snapshot(context.obj.data)) as connection:
        deliver(select_table(connection, table), form or form_of(output, "csv"), output, sys.stdout)


app.command("evaluate")(evaluate_pairs)
app.command("calibrate")(calibrate_model)
app.command()(schedule)


if __name__ == "__main__":
    main()
