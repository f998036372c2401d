"""The errors odjek raises on purpose, as a tree; `odjek.py` turns each into one line and an exit code.

    OdjekError
    ├── RegistryError   an outlet's TOML file cannot be used
    ├── InputError      a file, an address or an argument given by the user cannot be used
    ├── StoreError      the database is missing, empty or of another version
    │   └── BusyError   another process works in the data folder
    └── StoppedError    a signal ended the job before it was done

A message names what is wrong, where, and what to do. Anything else that is raised is a bug and crashes.
"""


class OdjekError(Exception):
    """An error whose message is meant for the user."""


class RegistryError(OdjekError):
    """An outlet's file is refused: the message names the file, the field and the reason."""


class InputError(OdjekError):
    """Something the user gave cannot be used."""


class StoreError(OdjekError):
    """The database cannot be used as it is."""


class BusyError(StoreError):
    """Another process works in the data folder."""


class StoppedError(OdjekError):
    """A signal ended the job; what was done up to then is kept."""

    def __init__(self, message: str, signum: int) -> None:
        super().__init__(message)
        self.signum = signum
