"""Where worker processes come from: never forked from this process, which has threads."""

import multiprocessing
import multiprocessing.forkserver
from collections.abc import Sequence
from multiprocessing.context import BaseContext

PRELOAD = ("extract.tokens", "work")
"""What is imported once for all workers: heavy, and nothing that a mistake in a lexicon could hinder. Names only."""


def context(preload: Sequence[str]) -> BaseContext:
    """A fork server, which imports the modules once for all workers, where there is one; else each starts afresh."""
    if not _has_one():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([*preload])
    return found


def start(preload: Sequence[str]) -> None:
    """Start it now, so that it imports on one processor what this process goes on to import on another."""
    if _has_one():
        context(preload)
        multiprocessing.forkserver.ensure_running()


def _has_one() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()
