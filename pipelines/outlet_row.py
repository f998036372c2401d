"""An outlet as a row of the table `outlet`: one of the registry, or one that only an import named.

Pure: `pipelines.store` writes the rows.
"""

from typing import Any, get_args

from spiders.outlet_fields import Role
from spiders.registry import Outlet

ROLES: tuple[str, ...] = (*get_args(Role), "unknown")
DEFAULT_ZONE = "Europe/Belgrade"
"""Zone of an outlet that the registry does not know; all zones of the four countries agree with it."""

_SAME_NAME = (
    *("outlet", "name", "role", "country", "language", "script", "dialect", "timezone"),
    *("owner", "is_eu_sanctioned", "verified_on", "expected_per_day", "id_pattern"),
)


def outlet_row(outlet: Outlet) -> dict[str, Any]:
    """The row of an outlet of the registry."""
    row = {name: getattr(outlet, name) for name in _SAME_NAME}
    return {**row, "hosts": list(outlet.hosts), "credited_as": list(outlet.credited_as), "is_registered": True}


def unregistered_row(outlet: str, name: str, role: str) -> dict[str, Any]:
    """The row of an outlet known from an import alone."""
    row: dict[str, Any] = dict.fromkeys(_SAME_NAME)
    row |= {"outlet": outlet, "name": name, "role": role, "timezone": DEFAULT_ZONE, "is_eu_sanctioned": False}
    return {**row, "hosts": [], "credited_as": [], "is_registered": False}


def described(name: str, role: str) -> tuple[int, str]:
    """Orders contradicting descriptions of one outlet, so that the order of import does not choose between them."""
    return ROLES.index(role), name
