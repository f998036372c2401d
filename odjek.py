"""The command line of odjek."""


def main() -> None:
    """Run the command line."""
