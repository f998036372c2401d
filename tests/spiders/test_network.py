"""The machines a crawl must not be led to, however they are spelled."""

import pytest

from spiders.network import is_private


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("LocalHost.", True),
        ("vesti.localhost", True),
        ("printer.local", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("127.1", True),
        ("0", True),
        ("0x7f000001", True),
        ("2130706433", True),
        ("0177.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.0.9", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("[::1]", True),
        ("::ffff:127.0.0.1", True),
        ("fe80::1", True),
        ("fd00::1", True),
        ("93.184.216.34", False),
        ("::ffff:93.184.216.34", False),
        ("2606:2800:220:1:248:1893:25c8:1946", False),
        ("skela.example", False),
        ("999.1", False),
        ("2026.rs", False),
        ("24", True),  # 0.0.0.24
        ("", False),
    ],
)
def test_private_by_spelling(host: str, expected: bool) -> None:
    assert is_private(host) is expected
