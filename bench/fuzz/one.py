"""python -m bench.fuzz.one TARGET FOLDER [libFuzzer's options]: one fuzzing process, as bench.fuzz starts it.

An error is written down under the place in our code that it came from, with the smallest input, and fuzzing goes on;
only what kills the process (a crash in C, a time-out, too much memory) ends it, and libFuzzer keeps that input itself.
"""

import hashlib
import importlib
import re
import sys
import traceback
from pathlib import Path
from typing import Any

FOUND = "found"


def signature(error: BaseException) -> str:
    """What tells two findings apart: the kind of error and the innermost two places in our own code, what
    it says but for numbers."""
    ours = [f for f in traceback.extract_tb(error.__traceback__) if "/site-packages/" not in f.filename]
    places = [f"{Path(frame.filename).stem}.{frame.name}" for frame in ours[-2:]]
    message = re.sub(r"\d+", "N", str(error))
    return f"{type(error).__name__}-{'-'.join(places)}-{hashlib.sha256(message.encode()).hexdigest()[:6]}"


def main() -> None:
    """Fuzz until libFuzzer's options say it is enough."""
    atheris: Any = importlib.import_module("atheris")  # an extra that not everyone has
    name, folder = sys.argv[1], Path(sys.argv[2]) / FOUND
    with atheris.instrument_imports(include=["corpus", "extract", "schemas"]):
        from bench.fuzz.targets import EXTRACTING, TARGETS

        if name in EXTRACTING:
            importlib.import_module("extract.pipeline")  # loaded on first use otherwise, and then not watched
    target = TARGETS[name]

    def test(data: bytes) -> None:
        try:
            target(data)
        except Exception as error:
            case = folder / f"{name}-{signature(error)}"
            if not case.exists() or case.stat().st_size > len(data):
                case.write_bytes(data)
                case.with_name(f"{case.name}.txt").write_text(traceback.format_exc(), "utf-8", "replace")

    atheris.Setup([sys.argv[0], *sys.argv[3:]], test)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
