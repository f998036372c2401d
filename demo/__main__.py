"""`python -m demo [PORT]` serves the newsroom for looking at it in a browser, until Ctrl-C."""

import sys
import threading

from demo.server import DemoWeb
from spiders.errors import OdjekError

DEFAULT_PORT = 8026


def main() -> int:
    """Serve until interrupted; returns the exit code."""
    argument = sys.argv[1] if len(sys.argv) > 1 else str(DEFAULT_PORT)
    if not argument.isdigit() or int(argument) > 65535:
        print(f"'{argument}' is no port; use: python -m demo [PORT]", file=sys.stderr)
        return 2
    try:
        with DemoWeb(int(argument)) as newsroom:
            print(f"The demo newsroom is at {newsroom.proxy}/ (Ctrl-C ends it).")
            threading.Event().wait()
    except OdjekError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
