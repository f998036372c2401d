"""How the command line says that something is wrong: one line on stderr, whatever the message holds."""

import sys


def complain(message: str) -> None:
    """Print one line on stderr."""
    print("odjek:", " ".join(message.split()), file=sys.stderr)
