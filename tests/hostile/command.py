"""Run by tests in a process of its own: one command of odjek as a user would type it, without pauses between requests.

python -m tests.hostile.command --outlets DIR outlets check
"""

import sys

import spiders.settings
from odjek import run_command

HASTE = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "ODJEK_CONTACT": "redakcija@merenje.example"}

if __name__ == "__main__":
    for name, value in HASTE.items():
        setattr(spiders.settings, name, value)
    sys.exit(run_command(sys.argv[1:]))
