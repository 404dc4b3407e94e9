"""What plan foretells against what runs take: seconds, memory, bytes."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import work
from bench.scale.program import command, generated
from bench.scale.watching import Run, watch


def main(sizes: Sequence[int], workers: Sequence[int], folder: Path | None) -> None:
    """Plan and run for every size and number of workers, on generated pages or those of a folder."""
    print(f"{'':36}{'plan':>10}{'low':>10}{'high':>10}{'real':>10}{'real/plan':>11}")
    with tempfile.TemporaryDirectory() as name:
        for size in [0] if folder else sizes:
            pages = folder or generated(Path(name) / str(size), size)
            for number in workers:
                with tempfile.TemporaryDirectory(dir=name) as place:
                    _compare(pages, number, Path(place))


def _compare(pages: Path, workers: int, top: Path) -> None:
    told = command("plan", pages, "--workers", workers, "--json")
    plan = json.loads(subprocess.run(told, check=True, capture_output=True).stdout)
    extract = watch(command("extract", pages, "-o", top / "r.jsonl", "--jobs", workers, "-q"))
    index = watch(command("index", pages, "--archive", top / "a.db", "--jobs", workers, "-q"))
    print(f"{plan['files']} files, {plan['bytes'] / 1e6:.1f} MB, {plan['sampled']} in the sample, {workers} workers")
    _row("extract, processor's seconds", plan["processor_seconds"], extract.last.processor)
    for what, run, key in (("extract", extract, "extract_seconds"), ("index", index, "index_seconds")):
        _row(f"{what}, seconds by the clock", plan[key], run.last.clock)
        _row(f"{what}, seconds undisturbed", plan[key], undisturbed(run, workers))
    _row("extract, memory MB", [plan["memory_bytes"] / 1e6] * 3, extract.memory / 1e6)
    _row("index, memory MB", [plan["index_memory_bytes"] / 1e6] * 3, index.memory / 1e6)
    written = sum(path.stat().st_size for path in top.glob("r.jsonl*"))
    _row("records, MB", [each / 1e6 for each in plan["records_bytes"]], written / 1e6)
    _row("archive, MB", [each / 1e6 for each in plan["archive_bytes"]], (top / "a.db").stat().st_size / 1e6)
    with (top / "r.jsonl").open("rb") as file:
        _row("articles", plan["articles"], sum(1 for _ in file))


def undisturbed(run: Run, workers: int) -> float:
    """The clock without the time in which processes were ready and had no processor, shared out among the workers; no
    less than the processors need for all the work."""
    waited = max(run.last.workers.waited / workers, run.last.parent.waited)
    return max(run.last.clock - waited, run.last.processor / work.processors())


def _row(what: str, plan: Sequence[float], real: float) -> None:
    print(f"  {what:34}" + "".join(f"{each:10.1f}" for each in (*plan, real)) + f"{real / max(1e-9, plan[0]):11.2f}")
