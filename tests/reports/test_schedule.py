"""What a scheduler is given: every word must arrive as it was, whatever the folder is called."""

import re
import shutil
import subprocess
from datetime import time
from pathlib import Path

import pytest

from reports.schedule import Nightly, cron, nightly, units, workflow
from spiders.errors import InputError

AWKWARD = ["plain", "my data", "50% off", "it's", 'say "so"', "a$HOME", "back\\slash", "šta-ćemo", "#1; rm"]


def job(data: Path, at: time = time(2, 15), **environment: str) -> Nightly:
    return nightly(Path("/opt/my odjek/bin/odjek"), data, None, at, environment)


def as_cron_runs_it(line: str) -> list[str]:
    """The words of a crontab line: cron undoes \\%, the shell the quotes and the comment."""
    assert re.search(r"(?<!\\)%", line) is None
    command = line.split(" ", 5)[5].replace("\\%", "%")
    done = subprocess.run(
        ["/bin/sh", "-c", f"nice() {{ shift 2; printf '%s\\0' \"$ODJEK_CONTACT\" \"$@\"; }}; {command}"],
        capture_output=True, text=True, check=True, env={},
    )  # fmt: skip
    return done.stdout.split("\0")[:-1]


def as_systemd_reads_it(line: str) -> list[str]:
    """The words of an ExecStart= or Environment= line, by the rules of systemd.service(5)."""
    words = re.findall(r'"(?:[^"\\]|\\.)*"|\S+', line.partition("=")[2])
    return [re.sub(r"\\(.)", r"\1", word[1:-1] if word[0] == '"' else word).replace("%%", "%") for word in words]


@pytest.mark.parametrize("name", AWKWARD)
def test_every_word_arrives_by_cron(tmp_path: Path, name: str) -> None:
    made = job(tmp_path / name, ODJEK_CONTACT=f"{name}@example.org")
    assert as_cron_runs_it(cron(made)) == [f"{name}@example.org", *made.command]
    assert cron(made).startswith("15 2 * * * ")


@pytest.mark.parametrize("name", AWKWARD)
def test_every_word_arrives_by_systemd(tmp_path: Path, name: str) -> None:
    made = job(tmp_path / name, ODJEK_CONTACT=f"{name}@example.org")
    service = units(made)[f"{made.name}.service"]
    [command] = re.findall(r"^ExecStart=.+$", service, flags=re.M)
    [variable] = re.findall(r"^Environment=.+$", service, flags=re.M)
    assert [word.replace("$$", "$") for word in as_systemd_reads_it(command)] == made.command
    assert as_systemd_reads_it(variable) == [f"ODJEK_CONTACT={name}@example.org"]


@pytest.mark.parametrize("name", [AWKWARD[0], "".join(AWKWARD)])
def test_systemd_itself_finds_no_fault(tmp_path: Path, name: str) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd on this machine")
    program = shutil.which("true")
    assert program is not None
    made = nightly(
        Path(program), tmp_path / name, tmp_path / "my outlets", time(4, 5), {"http_proxy": "http://a:b%20@c"}
    )
    paths = []
    for file, text in units(made).items():
        paths.append(tmp_path / file)
        paths[-1].write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, paths)], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if made.name in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize(
    ("variable", "is_carried"),
    [
        ("ODJEK_CONTACT", True), ("ODJEK_PING", True), ("ODJEK_LOG_FORMAT", True), ("https_proxy", True),
        ("HTTP_PROXY", True), ("no_proxy", True),
        ("ODJEK_DATA", False), ("ODJEK_OUTLETS", False), ("ODJEK_NOW", False), ("ODJEK_SHARED", False),
        ("PATH", False), ("SECRET", False), ("MY_ODJEK_PING", False),
    ],
)  # fmt: skip
def test_the_variables_that_matter_go_along(tmp_path: Path, variable: str, is_carried: bool) -> None:
    assert (variable in job(tmp_path, **{variable: "x"}).environment) == is_carried
    assert variable not in job(tmp_path, **{variable: ""}).environment


def test_a_folder_goes_along_with_its_whole_path(tmp_path: Path) -> None:
    assert Path(job(tmp_path, ODJEK_SENTENCE_MODEL="models/x").environment["ODJEK_SENTENCE_MODEL"]).is_absolute()


def test_a_line_break_is_refused(tmp_path: Path) -> None:
    for made in ({"ODJEK_CONTACT": "a\n* * * * * rm"}, {"ODJEK_PING": "\x1b[31m"}):
        with pytest.raises(InputError, match="no scheduler takes"):
            job(tmp_path, **made)
    with pytest.raises(InputError):
        job(tmp_path / "two\nlines")


def test_each_folder_has_a_name_of_its_own(tmp_path: Path) -> None:
    names = {job(tmp_path / name).name for name in (*AWKWARD, "PLAIN", "x/plain")}
    assert len(names) == len(AWKWARD) + 2
    assert all(re.fullmatch(r"odjek-[a-z0-9-]+-[0-9a-f]{8}", name) for name in names)
    assert job(tmp_path / "plain").name == job(tmp_path / "x" / ".." / "plain").name


# The workflow for GitHub Actions: no parser of YAML is among the dependencies, so its steps are run as they stand.

GH = """#!/bin/sh
# Stands for GitHub's program: a release is a folder.
echo "$*" >>"$STORE.log"
case "$1 $2" in
  "api repos/"*) cat "$STORE.private" ;;
  "release view") test -d "$STORE" || exit 1; case "$*" in *last*) ls "$STORE" | grep ^store- | tail -1 ;; *:-3*) ls "$STORE" | grep ^store- | head -n -3 ;; esac ;;
  "release create") test ! -e "$STORE.unseen" && mkdir "$STORE" ;;
  "release download") cat "$STORE/$5" ;;
  "release upload") shift 3; cp "$@" "$STORE" ;;
  "release delete-asset") rm "$STORE/$4" ;;
esac
"""


def steps() -> dict[str, str]:
    """The shell of each named step."""
    found: dict[str, str] = {}
    for step in workflow(time(2, 15)).split("      - ")[1:]:
        name = re.match(r"name: (.+)", step)
        shell = re.search(r"^        run: (?:\|\n((?:          .*\n|\n)+)|(.+))", step, flags=re.M)
        if name and shell:
            found[name[1]] = re.sub(r"^ {10}", "", shell[1] or shell[2], flags=re.M)
    return found


class Night:
    """A runner of GitHub Actions: one folder per night, and the release that they share."""

    def __init__(self, root: Path) -> None:
        self.root, self.store, self.number = root, root / "release", 0
        (root / "bin").mkdir()
        for name, text in {"gh": GH, "date": '#!/bin/sh\necho "2026030${NIGHT}T021500Z"\n'}.items():
            (root / "bin" / name).write_text(text, encoding="utf-8")
            (root / "bin" / name).chmod(0o755)
        (root / "release.private").write_text("true\n", encoding="utf-8")

    def begin(self) -> Path:
        self.number += 1
        folder = self.root / str(self.number)
        folder.mkdir()
        return folder

    def do(self, step: str, folder: Path) -> int:
        environment = {"PATH": f"{self.root}/bin:/usr/bin:/bin", "STORE": str(self.store), "NIGHT": str(self.number)}
        environment |= {"GITHUB_REPOSITORY": "ana/vesti"}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps()[step]]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode


def test_a_workflow_keeps_the_data_from_night_to_night(tmp_path: Path) -> None:
    nights = Night(tmp_path)
    for number in range(1, 6):
        folder = nights.begin()
        assert nights.do("Refuse a public repository", folder) == 0
        assert nights.do("Fetch the data of the last night", folder) == 0
        store = folder / "data" / "odjek.duckdb"
        assert (store.read_text() if store.exists() else "") == "x" * (number - 1)
        store.write_text("x" * number)
        for made in ("warc", "report", "logs"):
            (folder / "data" / made).mkdir()
            (folder / "data" / made / f"{number}").write_text("of this night")
        assert nights.do("Keep the data", folder) == 0
    kept = sorted(path.name for path in nights.store.iterdir())
    assert kept == [
        *(f"store-2026030{number}T021500Z.tar.gz" for number in (3, 4, 5)),
        *(f"warc-2026030{number}T021500Z.tar.aa" for number in (1, 2, 3, 4, 5)),
    ]


def test_a_workflow_stops_where_the_data_cannot_be_seen_or_could_be_read_by_all(tmp_path: Path) -> None:
    nights = Night(tmp_path)
    folder = nights.begin()
    (tmp_path / "release.unseen").touch()  # there is a release, but GitHub does not answer
    assert nights.do("Fetch the data of the last night", folder) != 0
    (tmp_path / "release.private").write_text("false\n", encoding="utf-8")
    assert nights.do("Refuse a public repository", folder) != 0


def test_a_workflow_starts_at_an_hour_and_installs_as_the_readme_says() -> None:
    text = workflow(time(2, 15))
    assert re.search(r'- cron: "\d+ \d+ \* \* \*" # UTC', text)
    assert "\t" not in text
    assert steps()["Install"] == "make install"
