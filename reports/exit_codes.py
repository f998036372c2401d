"""What each exit code of odjek says, and which one an error ends with. docs/commands.md shows the same table."""

import re
import signal

from spiders.errors import BusyError, OdjekError, StoppedError

DONE, UNUSABLE, MISUSED, INCOMPLETE, BUSY, UNREACHED = range(6)
INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM

MEANING = {
    DONE: "done",
    UNUSABLE: "something cannot be used: one line on stderr says what, where, and what to do",
    MISUSED: "no such command or option, or a value it cannot take",
    INCOMPLETE: "done, but at least one outlet failed or raised an alarm; stderr names it, 'odjek status' too",
    BUSY: "another process works in the data folder: nothing was done",
    UNREACHED: "every outlet failed: is the network up? The last report stays",
    INTERRUPTED: "stopped from the keyboard; what was fetched is kept, the same command goes on",
    TERMINATED: "stopped by the system; likewise",
}
HEALTHY = (DONE, INCOMPLETE)
"""The job ran to its end, and there is a new report."""

_BRIEF = {code: re.split("[:;]", meaning)[0] for code, meaning in MEANING.items()}
HELP = "\b\n" + "\n".join(["Exit codes:", *(f"  {code:<3}  {meaning}" for code, meaning in _BRIEF.items())])


def ending(error: BaseException) -> tuple[int, str] | None:
    """The exit code and the line that an error ends with; None for what is a bug and must crash."""
    match error:
        case StoppedError():
            return 128 + error.signum, str(error)
        case BusyError():
            return BUSY, str(error)
        case OdjekError():
            return UNUSABLE, str(error)
        case OSError() if error.filename is not None:  # a full disk, a folder that may not be written
            return UNUSABLE, f"{error.filename}: {error.strerror}"
        case RuntimeError() if str(error) == "Query interrupted":  # what DuckDB makes of Ctrl-C
            return INTERRUPTED, "stopped"
    return None
