"""Worker processes: how many can work at a time, and how they are started. Who uses them: `pool`, and the analysis."""

import multiprocessing
import os
from multiprocessing.context import ForkServerContext, SpawnContext


def cores() -> int:
    """How many processes can work at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_context() -> ForkServerContext | SpawnContext:
    """Never a plain fork: the parent has threads, a reactor and an open database."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")
