"""What a scheduler needs to run the job every night, as text; nothing is installed here."""

import shlex
from collections.abc import Sequence
from datetime import time
from pathlib import Path

SYSTEMD = """\
# ~/.config/systemd/user/odjek.service
[Unit]
Description=odjek: crawl, compare, report

[Service]
Type=oneshot
ExecStart={command}
# 3: done, but an outlet failed; `odjek status` says which
SuccessExitStatus=3

# ~/.config/systemd/user/odjek.timer; then: systemctl --user enable --now odjek.timer
[Unit]
Description=odjek every night

[Timer]
OnCalendar=*-*-* {at:%H:%M}:00
Persistent=true

[Install]
WantedBy=timers.target"""


def command(program: Path, data: Path, outlets: Path | None) -> list[str]:
    """Return the command of the nightly job, with whole paths: a scheduler starts it from elsewhere."""
    registry = ["--outlets", str(outlets.resolve())] if outlets else []
    return [str(program), "--quiet", "--data", str(data.resolve()), *registry, "run"]


def cron(command: Sequence[str], at: time) -> str:
    """Return one line for `crontab -e`; cron reads % as a line break, so it is escaped."""
    line = shlex.join(command).replace("%", "\\%")
    return f"{at.minute} {at.hour} * * * {line}"


def systemd(command: Sequence[str], at: time) -> str:
    """Return a service and its timer; systemd reads % as a specifier, so it is doubled."""
    quoted = " ".join(f'"{word}"' if " " in word else word for word in command)
    return SYSTEMD.format(command=quoted.replace("%", "%%"), at=at)
