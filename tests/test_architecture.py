"""The house as DESIGN draws it: imports go one way, only the command line prints, files stay small."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

STAGES = ("spiders", "pipelines", "analysis", "reports", "odjek")
ALLOWED = {stage: {*STAGES[: number + 1]} for number, stage in enumerate(STAGES)} | {
    "demo": {"spiders", "demo"},
    "odjek": {*STAGES, "demo"},
}
SCRAPY_FACING = {"pipelines/archive.py", "pipelines/scrapy_items.py"}
BANNED_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (REPOSITORY / folder).rglob("*.py")]
    return sorted([*found, REPOSITORY / "odjek.py"])


PRODUCT = sources("spiders", "pipelines", "analysis", "reports", "demo")
ALL = sources("spiders", "pipelines", "analysis", "reports", "demo", "tests", "benchmarks")


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_imports_go_one_way(path: Path) -> None:
    stage = name(path).removesuffix(".py").split("/")[0]
    ours = {module.split(".")[0] for module in imported(path)} & {*STAGES, "demo", "tests", "benchmarks"}
    assert ours <= ALLOWED[stage]


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_only_the_edges_import_scrapy(path: Path) -> None:
    is_edge = name(path).startswith(("spiders/", "demo/")) or name(path) in SCRAPY_FACING
    assert is_edge or not any(module.split(".")[0] in {"scrapy", "twisted"} for module in imported(path))


@pytest.mark.parametrize("stage", ["analysis", "reports"])
def test_analysis_and_reports_run_without_scrapy(stage: str) -> None:
    modules = [name(path).removesuffix(".py").replace("/", ".") for path in sources(stage) if path.name != "odjek.py"]
    code = f"import sys, importlib; [importlib.import_module(m) for m in {modules!r}]; print('scrapy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("package", [*STAGES, "demo"])
def test_the_package_is_ours(package: str) -> None:
    assert Path(str(importlib.import_module(package).__file__)).is_relative_to(REPOSITORY)


COMMAND_LINE = {"odjek.py", "outlets_app.py", "pairs_app.py", "schedule_app.py", "complaint.py", "__main__.py"}


@pytest.mark.parametrize("path", [path for path in PRODUCT if path.name not in COMMAND_LINE], ids=name)
def test_only_the_command_line_prints_and_exits(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert not [call.id for call in calls if isinstance(call, ast.Name) and call.id in {"print", "exit", "quit"}]
    attributes = {ast.unparse(call) for call in calls if isinstance(call, ast.Attribute)}
    assert not attributes & {"sys.exit", "os._exit", "sys.stdout.write", "sys.stderr.write"}


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_no_error_is_swallowed(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: bare except"
            silent = isinstance(node.body[0], ast.Pass) and ast.unparse(node.type) in {"Exception", "BaseException"}
            assert not silent, f"line {node.lineno}: an exception of any kind is dropped"


@pytest.mark.parametrize("path", ALL, ids=name)
def test_files_are_small_and_named_for_what_they_hold(path: Path) -> None:
    assert path.stem not in BANNED_NAMES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_functions_are_small(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{node.name} is too long"


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_exemptions_have_a_reason(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if found := re.search(
            r"# (?:noqa: (?:[A-Z]+\d+[, ]*)+|type: ignore\[[\w, -]+\]|noqa\b|type: ignore\b)(.*)", line
        ):
            assert re.search(r"\w{3}", found[1]), f"line {number}: no reason beside it"


def test_the_shape_is_kept() -> None:
    sizes = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in PRODUCT)
    assert sizes[len(sizes) // 2] <= 140
