"""Puts the nightly job into systemd, the crontab or a workflow, and takes it out again; asks each what it knows.

Whatever is done twice changes nothing the second time, and nothing that is not ours is touched. What is put there is
written in `reports.schedule`; each function returns the lines that the command line shows.
"""

import getpass
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from reports.schedule import Nightly, cron, mark, units, workflow
from spiders.errors import InputError

LINGER = Path("/var/lib/systemd/linger")
WORKFLOW_FILE = Path(".github/workflows/odjek.yml")
_OURS = "# Made by 'odjek schedule"


@dataclass(frozen=True, slots=True)
class Place:
    """How the job gets into one place, out of it, and what is known of it there."""

    install: Callable[[Nightly], list[str]]
    remove: Callable[[Nightly], list[str]]
    show: Callable[[Nightly], list[str]]


def install(job: Nightly, form: str | None) -> list[str]:
    """Install the job in one place: where it was asked for, else in systemd where it is, else in the crontab.

    One machine runs it from one place only: a line of the crontab gives way to a timer, and the other way round.
    """
    form = form or ("systemd" if has_systemd() else "cron")
    lines = PLACES[form].install(job)
    other = {"systemd": "cron", "cron": "systemd"}.get(form)
    if other and not job.environment.get("ODJEK_CONTACT"):
        lines.append("ODJEK_CONTACT is not set, so no site can write to you; set it to an address and install again")
    return [*lines, *(PLACES[other].remove(job) if other else [])]


def remove(job: Nightly, form: str | None) -> list[str]:
    """Remove the job from one place, or from this machine."""
    lines = [line for name in ([form] if form else ["systemd", "cron"]) for line in PLACES[name].remove(job)]
    return lines or [f"nothing was installed for {job.data}"]


def show(job: Nightly, form: str | None) -> list[str]:
    """Say where the job is installed and when it runs next."""
    lines = [line for name in ([form] if form else PLACES) for line in PLACES[name].show(job)]
    return lines or [f"nothing is installed for {job.data}; 'odjek schedule --install' does it"]


def has_systemd() -> bool:
    """Whether this user's systemd can be spoken to."""
    return shutil.which("systemctl") is not None and _call("systemctl", "--user", "show-environment").returncode == 0


def install_systemd(job: Nightly) -> list[str]:
    """Write the units, start the timer."""
    if shutil.which("systemctl") is None:
        raise InputError("there is no systemd on this machine; try 'odjek schedule --install --format cron'")
    changed = [path for path, text in _unit_files(job).items() if _write(path, text)]
    if changed:
        _systemctl("daemon-reload")
    _systemctl("enable", "--now", f"{job.name}.timer")
    if changed:
        _systemctl("restart", f"{job.name}.timer")  # it may have another hour
    lines = [f"{'installed' if changed else 'already installed'}: {path}" for path in _unit_files(job)]
    if not (LINGER / getpass.getuser()).exists():
        lines.append("it runs while you are logged in; 'loginctl enable-linger' lets it run always")
    return [*lines, *show_systemd(job)[1:]]


def remove_systemd(job: Nightly) -> list[str]:
    """Stop the timer and delete the units; a job that runs goes on."""
    present = [path for path in _unit_files(job) if path.exists()]
    if not present:
        return []
    if shutil.which("systemctl") is not None:
        _systemctl("disable", "--now", f"{job.name}.timer")
    for path in present:
        path.unlink()
    if shutil.which("systemctl") is not None:
        _systemctl("daemon-reload")
    return [f"removed: {path}" for path in present]


def show_systemd(job: Nightly) -> list[str]:
    """Where the timer is, when it runs next and how it ended last; nothing where it is not installed."""
    timer = next(path for path in _unit_files(job) if path.suffix == ".timer")
    if not timer.exists():
        return []
    lines = [f"systemd: {timer}"]
    if shutil.which("systemctl") is None:
        return lines
    asked = ["--property=ActiveState,NextElapseUSecRealtime,LastTriggerUSec", timer.name]
    about = dict(line.partition("=")[::2] for line in _call("systemctl", "--user", "show", *asked).stdout.splitlines())
    if about.get("ActiveState") != "active":
        return [*lines, "the timer is not running: 'odjek schedule --install' starts it"]
    lines.append(f"next: {about.get('NextElapseUSecRealtime') or 'not known'}")
    if about.get("LastTriggerUSec"):
        lines.append(f"last: {about['LastTriggerUSec']}; 'odjek status' and {job.data}/logs say how it went")
    return lines


def _unit_files(job: Nightly) -> dict[Path, str]:
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return {config / "systemd" / "user" / name: text for name, text in units(job).items()}


def install_cron(job: Nightly) -> list[str]:
    """Put our line into the crontab; the rest of it stays as it is."""
    lines, line = _crontab(), cron(job)
    if line in lines:
        return [f"already installed, in the crontab: {line}"]
    kept = _set_crontab(lines, [*(old for old in lines if not old.endswith(mark(job))), line])
    return [f"installed, in the crontab: {line}", *kept]


def remove_cron(job: Nightly) -> list[str]:
    """Take our line out of the crontab."""
    lines = _crontab()
    others = [line for line in lines if not line.endswith(mark(job))]
    return ["removed from the crontab", *_set_crontab(lines, others)] if others != lines else []


def show_cron(job: Nightly) -> list[str]:
    """Our line, and when it runs next; nothing where it is not installed."""
    found = [line for line in _crontab() if line.endswith(mark(job)) and not line.startswith("#")]
    lines = [f"crontab: {line}" for line in found]
    for time in (re.match(r"(\d+) (\d+) \* \* \* ", line) for line in found):
        if time:
            now = datetime.now().astimezone()
            at = now.replace(minute=int(time[1]), hour=int(time[2]), second=0)
            lines.append(f"next: {at + timedelta(days=at <= now):%a %Y-%m-%d %H:%M %Z}")
    return lines


def _crontab() -> list[str]:
    if shutil.which("crontab") is None:
        return []
    done = _call("crontab", "-l")
    if done.returncode and "no crontab" not in done.stderr.lower():
        raise InputError(f"the crontab cannot be read, so it is not changed: {done.stderr.strip()}")
    return [] if done.returncode else done.stdout.splitlines()


def _set_crontab(before: list[str], after: list[str]) -> list[str]:
    if shutil.which("crontab") is None:
        raise InputError("there is no cron on this machine; try 'odjek schedule --install --format systemd'")
    lines = []
    if before:
        backup = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "odjek" / "crontab.backup"
        _write(backup, "\n".join(before) + "\n")
        lines.append(f"the crontab as it was: {backup}")
    done = _call("crontab", "-", text="".join(f"{line}\n" for line in after))
    if done.returncode:
        raise InputError(f"the crontab was not changed: {done.stderr.strip()}")
    return lines


def install_workflow(job: Nightly) -> list[str]:
    """Write the workflow into the repository that the user stands in."""
    path = _workflow_file()
    if path.exists() and not path.read_text(encoding="utf-8").startswith(_OURS):
        raise InputError(f"{path} is not odjek's; move it away, or merge what 'odjek schedule --format github' prints")
    if not _write(path, workflow(job.at)):
        return [f"already installed: {path}"]
    return [f"installed: {path}", "commit and push it; docs/schedule.md says what GitHub has to be told first"]


def remove_workflow(job: Nightly) -> list[str]:
    """Delete the workflow, if it is ours."""
    if not show_workflow(job):
        return []
    _workflow_file().unlink()
    return [f"removed: {_workflow_file()}; commit and push that"]


def show_workflow(_job: Nightly) -> list[str]:
    """Where the workflow is; nothing where there is none."""
    root = _repository()
    path = root / WORKFLOW_FILE if root else None
    is_ours = path and path.exists() and path.read_text(encoding="utf-8").startswith(_OURS)
    return [f"github: {path}"] if is_ours else []


def _workflow_file() -> Path:
    root = _repository()
    if root is None:
        raise InputError(f"{Path.cwd()} is in no git repository; go to the one whose Actions shall run odjek")
    return root / WORKFLOW_FILE


def _repository() -> Path | None:
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)


def _write(path: Path, text: str) -> bool:
    """Write a file that only its owner may read (a proxy's password may be in it); False when it says so already."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return True


def _systemctl(*words: str) -> None:
    done = _call("systemctl", "--user", *words)
    if done.returncode:
        command = " ".join(["systemctl", "--user", *words])
        raise InputError(f"'{command}' failed: {done.stderr.strip() or done.stdout.strip()}; try --format cron")


def _call(*command: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603  our words


PLACES: dict[str, Place] = {
    "systemd": Place(install_systemd, remove_systemd, show_systemd),
    "cron": Place(install_cron, remove_cron, show_cron),
    "github": Place(install_workflow, remove_workflow, show_workflow),
}
