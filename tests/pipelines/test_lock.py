"""One job at a time in a data folder: real processes, ended in every way there is."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.lock import FILE, alone
from spiders.errors import BusyError, StoreError
from tests.conftest import REPOSITORY

HOLD = """
import sys
from pathlib import Path
from pipelines.lock import alone
with alone(Path(sys.argv[1]), "run"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def holder(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that works in the folder until it is told to end."""
    command = [sys.executable, "-c", HOLD, str(data)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.communicate("\n")


def is_free(data: Path) -> bool:
    try:
        with alone(data, "crawl"):
            return True
    except BusyError:
        return False


def test_the_second_is_told_who_was_first(tmp_path: Path) -> None:
    with holder(tmp_path) as first, pytest.raises(BusyError) as refused, alone(tmp_path, "crawl"):
        pass
    assert f"'odjek run' (process {first.pid}, since 2" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert is_free(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_lock_goes_with_its_process(tmp_path: Path, number: signal.Signals) -> None:
    with holder(tmp_path) as first:
        assert not is_free(tmp_path)
        first.send_signal(number)
        first.wait()
        assert is_free(tmp_path)


def test_a_child_of_a_killed_job_holds_nothing(tmp_path: Path) -> None:
    child = "import subprocess; child = subprocess.Popen(['sleep', '60'])"
    code = HOLD.replace('print("held"', f"{child}; print(child.pid")
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        child = int(first.stdout.readline())
        try:
            assert not is_free(tmp_path)
            first.kill()
            first.wait()
            assert is_free(tmp_path)
        finally:
            os.kill(child, signal.SIGKILL)


def test_who_may_wait_goes_on_when_the_first_is_done(tmp_path: Path) -> None:
    said: list[str] = []

    def end_the_first(line: str) -> None:
        said.append(line)
        first.kill()

    with holder(tmp_path) as first, alone(tmp_path, "crawl", wait_seconds=60, on_wait=end_the_first):
        assert ["waiting for 'odjek run'" in line for line in said] == [True]


def test_the_same_folder_under_another_name_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    with holder(tmp_path / "data"):
        assert not is_free(tmp_path / "link")
    with alone(tmp_path / "data", "run"), alone(tmp_path / "link", "crawl"):
        pass  # one process does not shut itself out
    assert is_free(tmp_path / "data")


def test_a_folder_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    with alone(tmp_path / "none", "analyze"):
        pass
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("left", ["", "{", "[]", '{"command": "run"}', "\x00\xff"])
def test_what_a_killed_job_left_in_the_file_says_nothing(tmp_path: Path, left: str) -> None:
    (tmp_path / FILE).write_text(left, encoding="latin-1")
    assert is_free(tmp_path)
    with (tmp_path / FILE).open("r") as other:
        fcntl.flock(other, fcntl.LOCK_EX)  # before it wrote who it is
        (tmp_path / FILE).write_text(left, encoding="latin-1")
        with pytest.raises(BusyError, match="another process works there"), alone(tmp_path, "crawl"):
            pass


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_file_system_without_locks_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StoreError, match="keep the data folder on a local disk") as refused, alone(tmp_path, "run"):
        pass
    assert not isinstance(refused.value, BusyError)
