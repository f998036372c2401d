"""How the command line says that something is wrong: one line on stderr, whatever the message holds, and in the log."""

import logging
import sys

from spiders.log_lines import without_secrets

LOG = logging.getLogger("odjek")
LOG.addHandler(logging.NullHandler())  # without a log of the job, nothing is printed twice


def complain(message: str) -> None:
    """Print one line on stderr."""
    line = without_secrets(" ".join(message.split()))
    print("odjek:", line, file=sys.stderr)
    LOG.error(line)
