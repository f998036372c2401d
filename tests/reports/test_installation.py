"""Installing, removing and showing the nightly job, with programs that stand for crontab and systemctl: files, no root."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from odjek import run_command

Run = Callable[..., tuple[int, str, str]]

CRONTAB = """#!/bin/sh
cd {root}
case "$1" in
  -l)
    if [ -e broken ]; then echo "crontab: you are not allowed" >&2; exit 1; fi
    if [ ! -e table ]; then echo "no crontab for ana" >&2; exit 1; fi
    exec /bin/cat table ;;
  -) exec /bin/cat >table ;;
  *) exit 2 ;;
esac
"""
SYSTEMCTL = """#!/bin/sh
cd {root}
echo "$*" >>calls
if [ -e no-bus ]; then echo "Failed to connect to bus: No medium found" >&2; exit 1; fi
case "$2" in
  enable) : >active ;;
  disable) /bin/rm -f active ;;
  show)
    echo "NextElapseUSecRealtime=Mon 2026-11-23 02:18:51 CET"
    echo "LastTriggerUSec="
    if [ -e active ]; then echo ActiveState=active; else echo ActiveState=inactive; fi ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the machine's crontab and units lie; its programs are added with `has`."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config dir"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("ODJEK_CONTACT", "ana@example.org")
    monkeypatch.delenv("ODJEK_OUTLETS", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def has(machine: Path, *programs: str) -> None:
    for program in programs:
        text = {"crontab": CRONTAB, "systemctl": SYSTEMCTL}[program].format(root=shlex.quote(str(machine)))
        (machine / "bin" / program).write_text(text, encoding="utf-8")
        (machine / "bin" / program).chmod(0o755)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], machine: Path) -> Run:
    def call(*arguments: str, data: str = "my 50% data") -> tuple[int, str, str]:
        capsys.readouterr()
        code = run_command(["--data", str(machine / data), "schedule", *arguments])
        return code, *capsys.readouterr()

    return call


def snapshot(machine: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(machine)): path.read_bytes()
        for path in machine.rglob("*")
        if path.is_file() and path.name != "calls"
    }


def test_a_job_that_tells_nobody_who_asks_is_pointed_out(
    machine: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(machine, "crontab")
    assert "ODJEK_CONTACT is not set" not in run("--install")[1]
    monkeypatch.delenv("ODJEK_CONTACT")
    assert "ODJEK_CONTACT is not set, so no site can write to you" in run("--install")[1]


OTHERS = "MAILTO=ana\n# mine\n5 5 * * * true # odjek-like\n"


@pytest.mark.parametrize("before", [None, "", OTHERS])
def test_cron_there_and_back(machine: Path, run: Run, before: str | None) -> None:
    has(machine, "crontab")
    table = machine / "table"
    if before is not None:
        table.write_text(before)
    code, out, _ = run("--install")
    assert code == 0
    assert "installed, in the crontab: 15 2 * * * ODJEK_CONTACT=ana@example.org nice" in out
    installed = snapshot(machine)
    assert table.read_text().startswith(before or "")
    assert table.read_text().removeprefix(before or "").count("\n") == 1
    assert run("--install")[1].startswith("already installed")
    assert snapshot(machine) == installed
    assert "next: " in run("--show")[1]
    assert run("--install", "--at", "04:05")[0] == 0
    assert table.read_text().count("odjek --quiet") == 1
    assert "\n5 4 * * * ODJEK" in "\n" + table.read_text()
    assert run("--remove")[1].startswith("removed from the crontab")
    assert table.read_text() == (before or "")
    assert run("--remove")[1].startswith("nothing was installed")
    assert run("--show")[1].startswith("nothing is installed")
    assert not (machine / "my 50% data").exists()
    if before:
        assert before in (machine / "state" / "odjek" / "crontab.backup").read_text()
        assert (machine / "state" / "odjek" / "crontab.backup").stat().st_mode & 0o077 == 0


def test_each_data_folder_has_its_own_line(machine: Path, run: Run) -> None:
    has(machine, "crontab")
    for data in ("one", "two", "one"):
        run("--install", data=data)
    assert (machine / "table").read_text().count("\n") == 2
    run("--remove", data="one")
    assert "/two run" in (machine / "table").read_text()


def test_a_crontab_that_cannot_be_read_is_not_replaced(machine: Path, run: Run) -> None:
    has(machine, "crontab")
    (machine / "table").write_text(OTHERS)
    (machine / "broken").touch()
    code, _, err = run("--install")
    assert code == 1
    assert "cannot be read, so it is not changed: crontab: you are not allowed" in err
    assert (machine / "table").read_text() == OTHERS


def test_systemd_there_and_back(machine: Path, run: Run) -> None:
    has(machine, "crontab", "systemctl")
    code, out, _ = run("--install")
    assert code == 0
    units = sorted((machine / "config dir" / "systemd" / "user").iterdir())
    assert [path.suffix for path in units] == [".service", ".timer"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in units)
    assert "next: Mon 2026-11-23 02:18:51 CET" in out
    assert "loginctl enable-linger" in out
    assert not (machine / "table").exists()
    calls = (machine / "calls").read_text()
    assert calls.index("--user daemon-reload") < calls.index(f"--user enable --now {units[1].name}")
    installed = snapshot(machine)
    (machine / "calls").unlink()
    assert run("--install")[1].startswith("already installed")
    assert snapshot(machine) == installed
    assert "daemon-reload" not in (machine / "calls").read_text()
    run("--install", "--at", "04:05")
    assert "OnCalendar=*-*-* 04:05:00" in units[1].read_text()
    assert f"--user restart {units[1].name}" in (machine / "calls").read_text()
    assert "systemd: " in run("--show")[1]
    assert run("--remove")[1].count("removed: ") == 2
    assert list((machine / "config dir" / "systemd" / "user").iterdir()) == []
    assert not (machine / "active").exists()
    assert run("--remove")[1].startswith("nothing was installed")


def test_one_machine_runs_it_from_one_place(machine: Path, run: Run) -> None:
    has(machine, "crontab", "systemctl")
    run("--install", "--format", "cron")
    assert "removed from the crontab" in run("--install", "--format", "systemd")[1]
    assert (machine / "table").read_text() == ""
    assert "removed: " in run("--install", "--format", "cron")[1]
    assert not (machine / "active").exists()


@pytest.mark.parametrize(
    ("programs", "arguments", "says"),
    [
        ([], ["--install"], "no cron on this machine"),
        ([], ["--install", "--format", "systemd"], "no systemd on this machine"),
        (["systemctl"], ["--install", "--format", "systemd"], "Failed to connect to bus"),
        ([], ["--install", "--format", "github"], "is in no git repository"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    machine: Path, run: Run, programs: list[str], arguments: list[str], says: str
) -> None:
    has(machine, *programs)
    (machine / "no-bus").touch()
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert says in err
    assert err.count("\n") == 1


def test_without_a_bus_cron_is_taken(machine: Path, run: Run) -> None:
    has(machine, "crontab", "systemctl")
    (machine / "no-bus").touch()
    assert "installed, in the crontab" in run("--install")[1]


def test_a_workflow_there_and_back(machine: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine / "repository" / ".git").mkdir(parents=True)
    (machine / "repository" / "notes").mkdir()
    monkeypatch.chdir(machine / "repository" / "notes")
    path = machine / "repository" / ".github" / "workflows" / "odjek.yml"
    assert run("--install", "--format", "github")[1].startswith(f"installed: {path}")
    assert path.read_text().startswith("# Made by 'odjek schedule --format github'")
    assert run("--install", "--format", "github")[1] == f"already installed: {path}\n"
    assert run("--show")[1] == f"github: {path}\n"
    assert run("--remove", "--format", "github")[1].startswith("removed: ")
    assert not path.exists()
    path.write_text("name: of somebody else\n")
    code, _, err = run("--install", "--format", "github")
    assert (code, path.read_text()) == (1, "name: of somebody else\n")
    assert "is not odjek's" in err
    assert run("--remove", "--format", "github")[1].startswith("nothing was installed")


def test_printing_installs_nothing(machine: Path, run: Run) -> None:
    has(machine, "crontab", "systemctl")
    before = snapshot(machine)
    for form in ("cron", "systemd", "github"):
        assert run("--format", form)[0] == 0
    assert snapshot(machine) == before
    assert run("--install", "--remove")[0] == 2
