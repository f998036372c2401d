"""What a request was for, as its WARC record keeps it: so an archive can be read again as if it were fetched now.

Written by `pipelines.archive`, as the value of the field `WARC-JSON-Metadata`; read by `spiders.warc`. The archives of
others have no such field, or one with other names, and are read without it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from spiders.found import Way
from spiders.page import Hint
from spiders.revisit import Due

FIELD = "WARC-JSON-Metadata"
WAYS = (*get_args(Way), "import")
_NO_HINT = Hint()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a crawl knew of an address when it asked for it."""

    outlet: str
    kind: str  # article, feed, sitemap, listing or robots
    discovered_by: str = ""
    requested_url: str | None = None  # where that led to another address
    hint: Hint = _NO_HINT
    due: Due | None = None
    status: int | None = None  # of a page that a browser built: its record has no HTTP headers


def to_json(asked: Asked) -> str:
    """One line of ASCII; what is empty is left out."""
    due = asked.due
    values: dict[str, Any] = {
        "outlet": asked.outlet,
        "kind": asked.kind,
        "discovered_by": asked.discovered_by,
        "requested_url": asked.requested_url,
        "title": asked.hint.title,
        "published": asked.hint.published,
        "modified": asked.hint.modified,
        "due": due and {"address": due.address, "version_id": due.version_id, "due_at": due.due_at.isoformat()},
        "due_sha256": due and due.sha256,
        "status": asked.status,
    }
    return json.dumps({"odjek": {name: value for name, value in values.items() if value}})


def from_json(text: str) -> Asked | None:
    """What `to_json` wrote; None where another program did, or it cannot be read."""
    try:
        fields = json.loads(text)["odjek"]
        hint = Hint(*(_text(fields, name) for name in ("title", "published", "modified")))
        due = fields.get("due")
        return Asked(
            str(fields["outlet"]),
            str(fields["kind"]),
            _way(fields),
            _text(fields, "requested_url"),
            hint,
            _due(due, _text(fields, "due_sha256")) if due else None,
            int(fields["status"]) if "status" in fields else None,
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _way(fields: Mapping[str, Any]) -> str:
    """How it was found, where that is a word of odjek's: the files of others may say anything."""
    stated = fields.get("discovered_by")
    return str(stated) if stated in WAYS else ""


def _due(fields: Mapping[str, Any], sha256: str | None) -> Due:
    address = str(fields["address"])
    return Due(
        address, address, str(fields["version_id"]), datetime.fromisoformat(str(fields["due_at"])), sha256=sha256
    )


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return None if value is None else str(value)
