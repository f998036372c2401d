"""Templates become HTML: the jinja environment with what every page may use.

Everything is escaped. An address from a page is linked only where it is http or https (`web_address`).
"""

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports import words

TEMPLATES = Path(__file__).parent / "templates"
SAFE_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,78}[a-z0-9])?")


def environment() -> Environment:
    """The environment of all templates: autoescape on, an unknown name is an error."""
    result = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    result.globals["words"] = words
    result.filters.update(
        page_name=page_name,
        web_address=web_address,
        share=words.share,
        decimal=words.decimal,
        likelihood=words.likelihood,
        number=words.number,
    )
    return result


def page_name(key: str) -> str:
    """The file name for an id or registry name: itself where that is safe on every file system, else a digest."""
    if SAFE_NAME.fullmatch(key) and ".." not in key:
        return f"{key}.html"
    return f"x-{hashlib.sha256(key.encode()).hexdigest()[:20]}.html"


def web_address(url: str | None) -> str | None:
    """The address if a reader may be sent there, else None: never javascript:, data: or file:."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None
