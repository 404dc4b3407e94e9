"""Fuzz readers with atheris (`pip install -e '.[fuzz]'`), each for its minutes, going on after every finding.

    python -m bench.fuzz TARGET … [--minutes 20] [--folder out/fuzz]

Below the folder: seeds and what was learned in TARGET/, the smallest input of every finding with its traceback in
found/TARGET-…, and a line a run in runs.tsv: target, minutes, executions, findings, deaths of the process. Exit status
1 where something was found.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from bench.fuzz import one, seeds
from bench.fuzz.targets import TARGETS

OPTIONS = ("-rss_limit_mb=2048", "-timeout=10", "-max_len=65536", "-len_control=50", "-verbosity=1")


def main() -> int:
    """Fuzz what is named, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="+", choices=sorted(TARGETS), metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--folder", type=Path, default=Path("out/fuzz"))
    options = parser.parse_args()
    (options.folder / one.FOUND).mkdir(parents=True, exist_ok=True)
    os.nice(19)
    total = 0
    for target in options.targets:
        seeds.write(target, options.folder / target)
        total += run(target, options.minutes * 60, options.folder)
    return 1 if total else 0


def run(target: str, seconds: float, folder: Path) -> int:
    """Fuzz one target; a process that dies is replaced until the time is over. How many findings there were."""
    began = time.monotonic()
    executions = deaths = 0
    before = found(target, folder)
    while (left := seconds - (time.monotonic() - began)) > 5:
        log = folder / f"{target}.log"
        artifacts = f"-artifact_prefix={folder / one.FOUND / target}-"
        command = [sys.executable, "-m", "bench.fuzz.one", target, str(folder), *OPTIONS]
        with log.open("wb") as out:
            done = subprocess.run(
                [*command, artifacts, f"-max_total_time={int(left)}", str(folder / target)], stdout=out, stderr=out
            )
        counts = re.findall(r"^#(\d+)|^Done (\d+) runs", log.read_text("utf-8", "replace"), re.MULTILINE)
        executions += max((int(a or b) for a, b in counts), default=0)
        deaths += done.returncode != 0
        time.sleep(1)
    findings = len(found(target, folder) - before)
    minutes = (time.monotonic() - began) / 60
    line = f"{target}\t{minutes:.1f}\t{executions}\t{findings}\t{deaths}"
    with (folder / "runs.tsv").open("a", encoding="utf-8") as runs:
        runs.write(line + "\n")
    print(line, flush=True)
    return findings


def found(target: str, folder: Path) -> set[Path]:
    """The inputs that broke a target so far."""
    return {path for path in (folder / one.FOUND).glob(f"{target}-*") if path.suffix != ".txt"}


if __name__ == "__main__":
    sys.exit(main())
