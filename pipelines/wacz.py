"""WACZ files: the WARC files inside of the zip that archiving browsers save, unpacked for as long as they are read.

Their index and list of pages are not needed: every record says what it is. Read by `pipelines.importer`.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from spiders.errors import InputError

SUFFIX = ".wacz"
_WARC = (".warc", ".warc.gz")


def warc_files(path: Path) -> Iterator[Path]:
    """The WARC files of a WACZ file, each there until the last is done; InputError where it is none."""
    try:
        with zipfile.ZipFile(path) as packed, tempfile.TemporaryDirectory() as folder:
            names = [name for name in packed.namelist() if name.startswith("archive/") and name.endswith(_WARC)]
            if not names:
                raise InputError(f"{path}: holds no WARC file in its folder archive/")
            for name in names:
                unpacked = Path(folder) / PurePosixPath(name).name
                with packed.open(name) as source, unpacked.open("wb") as target:
                    shutil.copyfileobj(source, target)
                yield unpacked
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError) as error:
        raise InputError(f"{path}: cannot be read as a WACZ file: {error}") from error
