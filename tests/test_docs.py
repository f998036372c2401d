"""What the documents promise exists, and what exists is documented."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from odjek import app
from tests.conftest import REPOSITORY

DOCS = REPOSITORY / "docs"
PAGES = sorted([*REPOSITORY.glob("*.md"), *DOCS.glob("*.md")])


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def commands(group: Any, prefix: str = "") -> dict[str, Any]:
    """Every command by its full name, those inside groups too."""
    found: dict[str, Any] = {}
    for title, command in group.commands.items():
        if hasattr(command, "commands"):
            found |= commands(command, f"{prefix}{title} ")
        else:
            found[prefix + title] = command
    return found


COMMANDS = commands(get_command(app))


def options(command: Any) -> Iterator[str]:
    for parameter in command.params:
        if parameter.param_type_name == "option":
            yield from (option for option in parameter.opts if option != "--help")


def sections() -> dict[str, str]:
    """Docs of each command: heading without `odjek` → text up to the next heading."""
    parts = re.split(r"^## `odjek (.+)`$", (DOCS / "commands.md").read_text(encoding="utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    text = sections()[command].split("\n## ")[0]
    documented = set(re.findall(r"(?<!\w)(--?[a-z][a-z-]*)", text))
    assert set(options(COMMANDS[command])) <= documented


def test_no_command_is_documented_that_does_not_exist() -> None:
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_is_documented_that_does_not_exist(command: str) -> None:
    rows = re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \|", sections()[command], flags=re.M)
    known = {*options(COMMANDS[command])}
    for option in re.findall(r"`(--?[a-z-]+)", " ".join(rows)):
        assert option in known


def test_the_options_before_the_command_are_documented() -> None:
    opening = (DOCS / "commands.md").read_text(encoding="utf-8").split("\n## ")[0]
    assert all(f"`{option}" in opening for option in options(get_command(app)))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_commands_in_examples_exist(path: Path) -> None:
    known = {command.split()[0] for command in COMMANDS} | {"COMMAND"}
    for line in re.findall(r"^ {4,}(?:\S*/)?odjek (.+)$", path.read_text(encoding="utf-8"), flags=re.M):
        words = re.sub(r"--(data|outlets) \S+|-[qv]\b|--(quiet|verbose|version)\b|\[options\]", "", line).split()
        assert not words or words[0] in known, line


def test_every_setting_is_documented() -> None:
    sources = [
        *(REPOSITORY / "spiders").rglob("*.py"),
        *(REPOSITORY / "pipelines").rglob("*.py"),
        REPOSITORY / "odjek.py",
    ]
    used = {
        setting for path in sources for setting in re.findall(r"\bODJEK_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    text = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert {setting for setting in used if f"`{setting}`" not in text} == set()


def test_every_make_target_is_documented() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    text = "".join((REPOSITORY / page).read_text(encoding="utf-8") for page in ("README.md", "CONTRIBUTING.md"))
    documented = set(re.findall(r"^    make ([a-z]+)", text, flags=re.M))
    assert targets == documented


def test_the_readme_opens_with_the_two_commands() -> None:
    lines = [line.split("#")[0].split() for line in (REPOSITORY / "README.md").read_text(encoding="utf-8").splitlines()]
    assert [words for words in lines if words][:2] == [["make", "demo"], ["make", "test"]]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{target} does not exist"


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git clone")
    return [REPOSITORY / line for line in listed.stdout.split("\0") if line and (REPOSITORY / line).is_file()]


REGISTRIES = "|".join(("py" + "pi", "python" + "hosted", "registry.npm" + "js", "deb." + "debian"))
MACHINE = "|".join(f"(?<![\\w.]){folder}" for folder in ("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"))


def test_no_file_names_a_package_registry_or_a_machine() -> None:
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        found = re.search(rf"(?:{REGISTRIES})\.(?:org|com)|{MACHINE}", text, flags=re.I)
        assert not found, f"{name(path)}: {found and found[0]}"
