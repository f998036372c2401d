"""A record that somebody else collected → one article, or a refusal that says what it lacks.

Pure. `pipelines.records` reads the files, `pipelines.importer` stores what comes out. The fields are those of
docs/tables.md; fields that are not known are ignored.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pipelines.article import Article, Moment
from pipelines.dates import moment
from pipelines.normalise import clean_line, clean_text, language_of, script_of
from pipelines.outlet_row import DEFAULT_ZONE, ROLES
from pipelines.records import Record
from spiders import clock
from spiders.address import is_web
from spiders.refusal import Refusal
from spiders.registry import Outlet, outlet_of

NEEDED = ("url", "title", "text", "published_at")
_OUTLET = re.compile(r"[\w.-]{1,100}")
_SAME_LANGUAGE = dict.fromkeys(("sr", "hr", "bs", "cnr", "me", "sh", "srp", "hrv", "bos"), "sr")


@dataclass(frozen=True, slots=True)
class Imported:
    """An article, and how its record describes an outlet that the registry may not know."""

    article: Article
    outlet_name: str
    role: str


class _FieldError(Exception):
    """A field cannot be read: its name and why."""


def read_record(
    record: Record, outlets: Mapping[str, Outlet], index: Mapping[str, str], seen_at: datetime
) -> Imported | Refusal:
    """The article of a record; `index` is the registry's hosts, for a record that names no outlet."""
    fields = record.fields
    try:
        missing = [name for name in NEEDED if fields.get(name) is None or not str(fields[name]).strip()]
        if missing:
            return Refusal(_known(fields), record.where, "missing_field", ", ".join(missing))
        url = _address(fields["url"])
        outlet = _line(fields, "outlet") or outlet_of(url, index)
        if outlet is None:
            return Refusal(
                "", record.where, "unknown_host", f"{url}: name its outlet in the record, or register its host"
            )
        return _imported(fields, url, outlet, outlets.get(outlet), seen_at)
    except _FieldError as error:
        return Refusal(_known(fields), record.where, "bad_field", str(error))


def _imported(fields: Mapping[str, Any], url: str, name: str, outlet: Outlet | None, seen_at: datetime) -> Imported:
    if not _OUTLET.fullmatch(name):
        raise _FieldError(f"outlet: {name[:50]!r} is not one word of letters, digits, dots and hyphens")
    role = _line(fields, "role") or "unknown"
    if role not in ROLES:
        raise _FieldError(f"role: {role[:50]!r} is none of {', '.join(ROLES)}")
    zone = outlet.timezone if outlet else DEFAULT_ZONE
    text = clean_text(_text(fields, "text"))
    language = _line(fields, "language")
    article = Article(
        outlet=name,
        url=url,
        title=clean_line(_text(fields, "title")),
        text=text,
        byline=_line(fields, "byline"),
        section=_line(fields, "section"),
        language=_language(language) if language else language_of(text),
        script=script_of(text),
        published=_moment(fields, "published_at", zone),
        modified=_moment(fields, "modified_at", zone),
        first_seen_at=seen_at,
        discovered_by="import",
    )
    if not article.title or not article.text:
        raise _FieldError("title or text: nothing but blanks and control characters")
    return Imported(article, _line(fields, "outlet_name") or name, role)


def _known(fields: Mapping[str, Any]) -> str:
    name = fields.get("outlet")
    return name if isinstance(name, str) and _OUTLET.fullmatch(name) else ""


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str):
        raise _FieldError(f"{name}: a text is needed, not {type(value).__name__}")
    return value.encode("utf-8", "replace").decode()  # JSON may carry half of a surrogate pair


def _line(fields: Mapping[str, Any], name: str) -> str | None:
    return (clean_line(_text(fields, name)) or None) if fields.get(name) is not None else None


def _address(value: Any) -> str:
    """The address as it was given, without fragment, its host in lower case."""
    if not isinstance(value, str) or not is_web(value):
        raise _FieldError(f"url: {str(value)[:100]!r} is no web address")
    parts = urlsplit(value.strip())
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, ""))


def _language(code: str) -> str:
    base = code.lower().replace("_", "-").split("-")[0]
    return _SAME_LANGUAGE.get(base, base)


def _moment(fields: Mapping[str, Any], name: str, zone: str) -> Moment | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, date):  # Parquet has types for times; a datetime is a date too
        value = value.isoformat()
    found = moment(value, zone, "import") if isinstance(value, str) else None
    if found is None:
        raise _FieldError(f"{name}: {str(value)[:50]!r} is no date (2026-03-04) or time (2026-03-04T10:15+01:00)")
    return found


def now() -> datetime:
    """The time of an import: the first time its articles are seen."""
    return clock.now()
