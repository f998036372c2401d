"""What a scheduler needs to run the job every night, as text. Who puts it in its place is `reports.installation`.

A scheduler starts the job without the variables of the user's shell: those that matter (ODJEK_…, proxies) go along.
"""

import hashlib
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from reports.exit_codes import BUSY, INCOMPLETE, INTERRUPTED, MISUSED, TERMINATED, UNREACHED, UNUSABLE
from spiders.errors import InputError

CARRIED = re.compile(r"ODJEK_(?!DATA$|OUTLETS$|NOW$|SHARED$)[A-Z_]+|(?i:https?|no|all)_(?i:proxy)")
WORKFLOW = Path(__file__).with_name("schedule.workflow.yml")
NICE = 10

SERVICE = """\
[Unit]
Description=odjek: crawl, compare, report ({data})
StartLimitIntervalSec=20h
StartLimitBurst=6

[Service]
Type=oneshot
ExecStart={command}
{environment}# {incomplete}: an outlet failed, 'odjek status' says which. {terminated}: stopped, the next night goes on.
SuccessExitStatus={incomplete} {terminated}
# Tried again: {unreached}, no outlet answered (a machine that has just woken up has no network yet), and a killed job.
Restart=on-failure
RestartPreventExitStatus={final}
RestartSec=10min
TimeoutStartSec=22h
TimeoutStopSec=2min
KillMode=mixed
Nice={nice}
IOSchedulingClass=idle
"""
TIMER = """\
[Unit]
Description=odjek every night ({data})

[Timer]
OnCalendar=*-*-* {at:%H:%M}:00
# A night that the machine slept through is made up for when it wakes.
Persistent=true
RandomizedDelaySec=10min

[Install]
WantedBy=timers.target
"""


@dataclass(frozen=True, slots=True)
class Nightly:
    """The job that is to run, with whole paths: a scheduler starts it from elsewhere."""

    program: Path
    data: Path
    outlets: Path | None
    at: time
    environment: Mapping[str, str]

    @property
    def command(self) -> list[str]:
        """The words of the command."""
        registry = ["--outlets", str(self.outlets)] if self.outlets else []
        return [str(self.program), "--quiet", "--data", str(self.data), *registry, "run"]

    @property
    def name(self) -> str:
        """The same for each call with this data folder, and no other's: `odjek-data-1f3a9c20`."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.data.name.lower()).strip("-") or "data"
        return f"odjek-{slug}-{hashlib.sha256(str(self.data).encode()).hexdigest()[:8]}"


def nightly(program: Path, data: Path, outlets: Path | None, at: time, environment: Mapping[str, str]) -> Nightly:
    """The job for a data folder, with those variables of the environment that it needs."""
    carried = {name: value for name, value in sorted(environment.items()) if CARRIED.fullmatch(name) and value}
    if model := carried.get("ODJEK_SENTENCE_MODEL"):
        carried["ODJEK_SENTENCE_MODEL"] = str(Path(model).resolve())
    job = Nightly(program, data.resolve(), outlets.resolve() if outlets else None, at, carried)
    for word in [*job.command, *carried.values()]:
        if not word.isprintable():
            raise InputError(f"{word!r} has a character that no scheduler takes; rename it")
    return job


def cron(job: Nightly) -> str:
    """One line of a crontab, marked as ours for this data folder; cron reads % as a line break, so it is escaped."""
    variables = "".join(f"{name}={shlex.quote(value)} " for name, value in job.environment.items())
    line = f"{variables}nice -n {NICE} {shlex.join(job.command)}".replace("%", "\\%")
    return f"{job.at.minute} {job.at.hour} * * * {line} {mark(job)}"


def mark(job: Nightly) -> str:
    """What ends our line in a crontab: to the shell, a comment."""
    return f"# {job.name}"


def units(job: Nightly) -> dict[str, str]:
    """The service and its timer of systemd, by the names of their files."""
    program, *words = job.command
    variables = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in job.environment.items())
    about = {"data": str(job.data).replace("%", "%%"), "at": job.at, "nice": NICE}
    final = " ".join(map(str, (UNUSABLE, MISUSED, BUSY, INTERRUPTED)))
    codes = {"incomplete": INCOMPLETE, "terminated": TERMINATED, "unreached": UNREACHED, "final": final}
    command = " ".join([_quoted(program), *(_quoted(word).replace("$", "$$") for word in words)])
    return {
        f"{job.name}.service": SERVICE.format(command=command, environment=variables, **codes, **about),
        f"{job.name}.timer": TIMER.format(**about),
    }


def _quoted(word: str) -> str:
    """A word as systemd reads it back: % is a specifier there."""
    plain = word.replace("%", "%%")
    if re.fullmatch(r"[\w./:=@,+%$-]+", plain, flags=re.ASCII):
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def workflow(at: time) -> str:
    """A workflow for GitHub Actions, whose clock is UTC: the hour is right for today's offset from it."""
    start = datetime.combine(datetime.now(UTC).astimezone(), at).astimezone(UTC)
    return WORKFLOW.read_text(encoding="utf-8").replace("MINUTE HOUR", f"{start.minute} {start.hour}")


def as_text(job: Nightly, form: str) -> str:
    """What `form` needs, to be read and put in its place by hand."""
    if form == "github":
        return workflow(job.at)
    if form == "cron":
        return cron(job)
    return "\n".join(f"# ~/.config/systemd/user/{name}\n{text}" for name, text in units(job).items())
