"""A command as a job: its log, its end by a signal, what its watcher is told. Real files, real signals."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from reports import exit_codes
from reports.complaint import complain
from reports.job import LOGS_KEPT, run_job
from reports.options import House
from spiders import clock
from spiders.errors import BusyError, InputError, OdjekError, RegistryError, StoppedError, StoreError
from tests.conftest import REPOSITORY


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, None, is_quiet=True, is_verbose=False)


def files(house: House) -> list[Path]:
    return sorted((house.data / "logs").iterdir())


def lines_of(house: House) -> list[str]:
    return files(house)[-1].read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StoreError("x"), 1),
        (InputError("x"), 1),
        (RegistryError("x"), 1),
        (OdjekError("x"), 1),
        (OSError(28, "No space left on device", "data/odjek.duckdb"), 1),
        (BusyError("x"), 4),
        (StoppedError("x", signal.SIGINT), 130),
        (StoppedError("x", signal.SIGTERM), 143),
        (RuntimeError("Query interrupted"), 130),
    ],
)
def test_every_error_has_its_exit_code(error: Exception, code: int) -> None:
    known = exit_codes.ending(error)
    assert known is not None
    assert known[0] == code
    assert code in exit_codes.MEANING


@pytest.mark.parametrize("error", [KeyError("x"), OSError(5, "no file is named"), KeyboardInterrupt()])
def test_a_bug_has_none(error: BaseException) -> None:
    assert exit_codes.ending(error) is None


def test_the_documents_and_the_help_tell_the_same_codes() -> None:
    text = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    for code in exit_codes.MEANING:
        assert f"\n| {code} | " in text
        assert f"{code} " in exit_codes.HELP


def test_a_job_has_a_log_of_its_own(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        complain("skela: no answer from http://ana:tajna@proxy.example")
        logging.getLogger("spiders.outlet").warning("about the night")
        logging.getLogger("other").debug("noise")
        return 3

    assert run_job(house, "run", work, has_log=True) == 3
    [path] = files(house)
    assert path.name.endswith("Z-run.log")
    text = path.read_text(encoding="utf-8")
    assert "ERROR [odjek] skela: no answer from http://***@proxy.example" in text
    assert "WARNING [spiders.outlet] about the night" in text
    assert "noise" not in text
    assert "exit code 3" in text
    err = capsys.readouterr().err
    assert "tajna" not in err
    assert err.splitlines()[-1] == f"odjek: exit code 3; the log is {path}"
    complain("after the job")
    assert "after the job" not in path.read_text(encoding="utf-8")


def test_a_log_in_json_is_json_to_the_last_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house = House(tmp_path, None, is_quiet=True, is_verbose=True, log_format="json")

    def work() -> int:
        logging.getLogger("pipelines.store").info("run begins", extra={"run_id": "r1"})
        raise InputError("no such thing")

    with pytest.raises(InputError):
        run_job(house, "crawl", work, has_log=True)
    assert files(house)[0].suffix == ".jsonl"
    found = [json.loads(line) for line in lines_of(house)]
    assert found[-1]["message"] == "exit code 1: no such thing"
    assert found[-1]["run_id"] == "r1"
    assert [json.loads(line) for line in capsys.readouterr().err.splitlines()] == found  # -v


def test_a_crash_is_in_the_log_and_goes_on(house: House) -> None:
    with pytest.raises(ZeroDivisionError):
        run_job(house, "run", lambda: 1 // 0, has_log=True)
    assert "ZeroDivisionError" in "\n".join(lines_of(house))


def test_the_oldest_logs_go(house: House) -> None:
    folder = house.data / "logs"
    folder.mkdir()
    for day in range(40):
        (folder / f"2026{day // 28 + 1:02}{day % 28 + 1:02}T021500Z-run.{'log' if day % 2 else 'jsonl'}").touch()
    (folder / "notes.txt").touch()
    assert run_job(house, "run", lambda: 0, has_log=True) == 0
    left = [path.name for path in files(house) if path.suffix != ".txt"]
    assert len(left) == LOGS_KEPT
    assert left[-1] > f"{clock.now():%Y%m%d}"
    assert left[0] == "20260112T021500Z-run.log"
    assert (folder / "notes.txt").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
@pytest.mark.parametrize("makes_its_own_error", [False, True])
def test_a_signal_ends_the_work(house: House, number: int, code: int, makes_its_own_error: bool) -> None:
    before = signal.getsignal(signal.SIGTERM)

    def work() -> int:
        try:
            os.kill(os.getpid(), number)
        except KeyboardInterrupt:
            if makes_its_own_error:
                raise RuntimeError("Query interrupted") from None  # as DuckDB does
            raise
        return 0

    with pytest.raises(StoppedError) as stopped:
        run_job(house, "run", work, has_log=True)
    known = exit_codes.ending(stopped.value)
    assert known is not None
    assert known[0] == code
    assert f"exit code {code}: stopped" in lines_of(house)[-1]
    assert signal.getsignal(signal.SIGTERM) == before


class Told:
    """Stands where the watcher's address is, and keeps what is sent there."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    def post(self, url: str, body: str) -> str:
        self.heard.append((url.removeprefix("http://ping.example/x"), body))
        return ""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    made = Told()
    monkeypatch.setattr("reports.ping._post", made.post)
    return made


def failing() -> int:
    raise StoreError("the store is of another version")


def with_a_failed_outlet() -> int:
    complain("skela: no source could be read")
    return 3


@pytest.mark.parametrize(
    ("work", "path", "says"),
    [
        (lambda: 0, "", "exit code 0"),
        (with_a_failed_outlet, "", "exit code 3\nskela: no source could be read"),
        (lambda: 5, "/fail", "exit code 5"),
        (failing, "/fail", "exit code 1\nthe store is of another version"),
        (lambda: 1 // 0, "/fail", "exit code 1\ncrashed: ZeroDivisionError"),
        (lambda: os.kill(os.getpid(), signal.SIGTERM) or 0, "/fail", "exit code 143\nstopped"),
    ],
)
def test_the_watcher_hears_how_it_ended(
    house: House, told: Told, work: Callable[[], int], path: str, says: str
) -> None:
    with suppress(OdjekError, ZeroDivisionError):
        run_job(house, "run", work, ping="http://ping.example/x")
    assert [where for where, _ in told.heard] == ["/start", path]
    assert told.heard[1][1].startswith(says)


def test_an_overlap_is_a_failure_to_the_watcher_and_no_beginning(house: House, told: Told) -> None:
    code = "import sys; from pathlib import Path; from pipelines.lock import alone\n"
    code += "with alone(Path(sys.argv[1]), 'run'): print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(house.data)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        first.stdout.readline()
        with pytest.raises(BusyError):
            run_job(house, "run", lambda: 0, ping="http://ping.example/x", has_log=True)
        first.communicate()
    assert [where for where, _ in told.heard] == ["/fail"]
    assert told.heard[0][1].startswith("exit code 4\n")
    assert not (house.data / "logs").exists()
