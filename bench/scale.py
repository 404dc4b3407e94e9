"""What plan foretells against what a run takes: seconds, memory, bytes, on pages of bench.generate.

    python -m bench.scale [--pages 2000] [--jobs 2] [--folder FOLDER]

The program runs as its user runs it; the processor's time of all its processes and their memory are asked of the system
while it runs (psutil). On a machine that does other work too the clock tells little; the processor's time does.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from bench.generate import pages

ROOT = Path(__file__).parent.parent
PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took: seconds by the clock, of processors, and the most memory at a time (bytes)."""

    clock: float
    processor: float
    memory: int


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="pages that are there, instead of generated ones")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        folder = told.folder or generated(top / "pages", told.pages)
        plan = json.loads(
            subprocess.run(
                command("plan", folder, "--workers", told.jobs, "--json"), check=True, capture_output=True
            ).stdout
        )
        extract = measured(command("extract", folder, "-o", top / "r.jsonl", "--jobs", told.jobs, "-q"))
        index = measured(command("index", folder, "--archive", top / "a.db", "--jobs", told.jobs, "-q"))
        written = sum(path.stat().st_size for path in top.glob("r.jsonl*"))
        archive = (top / "a.db").stat().st_size
        with (top / "r.jsonl").open("rb") as file:
            articles = sum(1 for _ in file)
    print(f"{plan['files']} files, {plan['bytes'] / 1e6:.1f} MB, {told.jobs} jobs; {plan['sampled']} read for the plan")
    print(f"{'':26}{'plan':>12}{'low':>12}{'high':>12}{'real':>12}{'real/plan':>11}")
    row("articles", plan["articles"], articles)
    row("processor's seconds", plan["processor_seconds"], extract.processor)
    row("extract, seconds", plan["extract_seconds"], extract.clock)
    row("index, seconds", plan["index_seconds"], index.clock)
    row("records, MB", [each / 1e6 for each in plan["records_bytes"]], written / 1e6)
    row("archive, MB", [each / 1e6 for each in plan["archive_bytes"]], archive / 1e6)
    row("memory, MB", [plan["memory_bytes"] / 1e6] * 3, extract.memory / 1e6)
    print(f"index: {index.processor:.1f} processor's seconds, {index.memory / 1e6:.0f} MB")
    return 0


def row(what: str, plan: list[float], real: float) -> None:
    """Print one figure."""
    print(f"{what:26}" + "".join(f"{each:12.1f}" for each in (*plan, real)) + f"{real / max(1e-9, plan[0]):11.2f}")


def generated(folder: Path, number: int) -> Path:
    """A folder with so many pages."""
    for made in islice(pages(), number):
        file = folder / made.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made.text, "utf-8")
    return folder


def command(*arguments: object) -> list[str]:
    """The program's command line."""
    return [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]


def measured(arguments: list[str]) -> Run:
    """Run a command to its end, asking for its processes meanwhile."""
    began = time.perf_counter()
    process = subprocess.Popen(arguments)
    seconds: dict[int, float] = {}
    most = 0
    while process.poll() is None:
        memory = 0
        try:
            for each in (top := psutil.Process(process.pid), *top.children(recursive=True)):
                try:
                    used = each.cpu_times()
                    seconds[each.pid] = used.user + used.system
                    memory += each.memory_info().rss
                except psutil.Error:
                    continue
        except psutil.Error:
            pass
        most = max(most, memory)
        time.sleep(PAUSE)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return Run(time.perf_counter() - began, sum(seconds.values()), most)


if __name__ == "__main__":
    sys.exit(main())
