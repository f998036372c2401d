"""A finished report takes the place of the old one in one step; a reader never sees half of it.

Linux exchanges two folders atomically (renameat2); elsewhere two renames follow each other at once.
"""

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spiders.errors import InputError

GENERATOR = "odjek report"
"""Stands in the <meta name="generator"> of every page: only a folder whose index says so is ever replaced."""

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a new empty folder beside `target`; it becomes `target` when the block ends, or goes if the block fails."""
    target = target.absolute()
    _refuse_foreign(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _locked(target.parent):
        new = target.with_name(f".{target.name}.building")
        shutil.rmtree(new, ignore_errors=True)  # left by a build that was killed
        new.mkdir()
        try:
            yield new
            _swap(new, target)
        finally:
            shutil.rmtree(new, ignore_errors=True)  # after the swap: the old report


def _refuse_foreign(target: Path) -> None:
    """Raise InputError rather than delete a folder that is not a report."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise InputError(f"{target}: not a folder; the report needs a folder of its own")
    if not target.is_dir() or not any(target.iterdir()):
        return
    index = target / "index.html"
    if not index.is_file() or GENERATOR not in index.read_text(encoding="utf-8", errors="replace")[:4000]:
        raise InputError(f"{target}: holds something else than a report; move it away or name another folder")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that two builds follow each other."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _swap(new: Path, target: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        old = target.with_name(f".{target.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
