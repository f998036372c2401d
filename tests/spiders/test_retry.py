"""How long a busy host asks to be left alone."""

from datetime import UTC, datetime

import pytest

from spiders.retry import retry_after

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"7", 7.0),
        (b" 0 ", 0.0),
        (b"Wed, 04 Mar 2026 10:01:30 GMT", 90.0),
        (b"Wed, 04 Mar 2026 09:00:00 GMT", 0.0),
        (b"Wed, 04 Mar 2026 11:00:30 +0100", 30.0),
        (b"soon", None),
        (b"-3", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after(header: bytes | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds
