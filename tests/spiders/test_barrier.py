import pytest

from spiders.barrier import is_bot_check, is_script_shell

LINKS = b'<a href="/v">Vest</a>' * 20


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<html><head><title>Just a moment...</title></head></html>", True),
        (b"<title>\n Attention Required! | Cloudflare</title>", True),
        (b"<form><div class='g-recaptcha'></div></form>", True),
        (b"<form><div class='g-recaptcha'></div></form>" + LINKS, False),  # a front page with a form
        (b"<h1>403 Forbidden</h1>", False),
        (b"<script src='/cdn-cgi/challenge-platform/x.js'></script><h1>404</h1>", False),  # every page there has it
        (b"", False),
    ],
)
def test_checks_for_machines(body: bytes, expected: bool) -> None:
    assert is_bot_check(body) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'<div id="root"></div><script src="/a.js"></script>', True),
        (b"<div class=x id=app>\n</div><script>1</script>", True),
        (b"<noscript><p>You need to enable JavaScript.</p></noscript><script>1</script>", True),
        ("<noscript>Укључите JavaScript</noscript><script>1</script>".encode(), True),
        (b'<div id="root"><p>Vest</p></div><script src="/a.js"></script>', False),
        (b'<div id="root"></div>', False),
        (b"<p>Video</p><script>1</script>", False),
    ],
)
def test_pages_without_text_before_scripts_run(body: bytes, expected: bool) -> None:
    assert is_script_shell(body) is expected
