"""Runs one measurement, or all: `python -m benchmarks [extraction|similarity|verdicts|…]`."""

import importlib
import pkgutil
import sys
from itertools import takewhile

import benchmarks


def main() -> None:
    """Run the named module's `main`, or every module's."""
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__"]
    wanted = list(takewhile(lambda word: not word.startswith("-"), sys.argv[1:])) or names
    for name in wanted:
        if name not in names:
            sys.exit(f"no measurement named {name}; there are {', '.join(names)}")
        print(f"== {name} ==", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
