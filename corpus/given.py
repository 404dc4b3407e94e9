"""What the user names: paths, patterns with wildcards, lists of paths; each as a path to look for page files at.

Patterns are for shells that expand none, or not `**`; a list is for more paths than a command line holds. A path that
exists is never taken for a pattern, and a line of a list never is.
"""

import codecs
import contextlib
import io
import itertools
import os
import re
import sys
from collections.abc import Iterable, Iterator
from fnmatch import translate
from typing import BinaryIO

from corpus import urls
from corpus.naming import hidden, readable, shown
from corpus.rejects import Reject, from_os_error

STANDARD_INPUT = "-"
LONGEST_PATH = 32768
"""Bytes of one line of a list: more than any system allows a path."""
_WILD = re.compile(r"[*?\[]")
_ANYWHERE = "**"


def expand(patterns: Iterable[str]) -> Iterator[str | Reject]:
    """Every path that is named, in the order given; what fits a pattern comes sorted, folder by folder.

    `*`, `?` and `[…]` stand for part of a name and never for one that begins with a dot; `**` for any folders. A
    pattern with `**` gives files only, any other also folders.
    """
    for pattern in map(urls.plain, patterns):
        if urls.is_url(pattern):
            yield from urls.expand(pattern)
            continue
        if pattern == STANDARD_INPUT or not _WILD.search(pattern) or os.path.lexists(pattern):
            yield pattern
            continue
        found = _fitting(pattern)
        first = next(found, None)
        if first is None:
            yield Reject(shown(pattern), "not_found", "no file or folder fits the pattern")
        else:
            yield from itertools.chain((first,), found)


def listed(name: str) -> Iterator[str | Reject]:
    """The paths in the list at `name` ("-": standard input), one a line, or ended by NUL where there is one.

    UTF-8, GB18030, or UTF-16 with its mark (as PowerShell writes it); blank lines are skipped. A relative path is
    relative to the current folder.
    """
    try:
        with contextlib.nullcontext(sys.stdin.buffer) if name == STANDARD_INPUT else open(name, "rb") as file:
            for line in _lines(io.BufferedReader(file) if isinstance(file, io.RawIOBase) else file):
                path = _path(line)
                if len(line) >= LONGEST_PATH or "\0" in path:
                    yield Reject(shown(name), "not_found", f"a line of the list is no path: {path[:40]} …")
                elif path:
                    yield os.path.join(".", path) if path == STANDARD_INPUT else urls.plain(path)
    except OSError as error:
        yield from_os_error(error, shown(name))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a list without their ends; a longer one than LONGEST_PATH comes cut to that length."""
    first = file.readline(LONGEST_PATH)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        rest = io.BytesIO(first + file.read(MOST_WIDE))
        yield from (line.encode("utf-8", "surrogatepass") for line in io.TextIOWrapper(rest, "utf-16", "replace"))
        return
    first = first.removeprefix(codecs.BOM_UTF8)
    end = b"\0" if b"\0" in first else b"\n"
    rest_of_line = b""
    for piece in itertools.chain((first,), iter(lambda: file.readline(LONGEST_PATH), b"")):
        *whole, rest_of_line = (rest_of_line + piece).split(end)
        yield from (line[:LONGEST_PATH] for line in whole)
        if len(rest_of_line) > LONGEST_PATH:
            yield rest_of_line[:LONGEST_PATH]
            rest_of_line = b""
    yield rest_of_line


MOST_WIDE = 64 * 2**20
"""Bytes of a list in UTF-16, which is read at once."""


def _path(line: bytes) -> str:
    line = line.strip(b"\r\n")
    as_named = os.fsdecode(line)
    # the name on the disk may itself be GBK; only where there is none such, the list alone is
    if os.path.lexists(as_named) if b"\0" not in line else False:
        return as_named
    return readable(line).strip()


def _fitting(pattern: str) -> Iterator[str | Reject]:
    parts = [part for part, _ in itertools.groupby(re.split(r"[/\\]" if os.sep == "\\" else "/", pattern))]
    fixed = next(at for at, part in enumerate(parts) if _WILD.search(part))
    top = "/".join(parts[:fixed]) or ("/" if fixed else "")
    wild = [part for part in parts[fixed:] if part]
    if wild[-1] == _ANYWHERE:
        wild.append("*")
    return _below(top, wild, only_files=_ANYWHERE in wild)


def _below(top: str, parts: list[str], only_files: bool) -> Iterator[str | Reject]:
    part, rest = parts[0], parts[1:]
    if part == _ANYWHERE:
        # folders are not entered through links here, so that none is met twice and none leads upwards
        ahead = [top]
        while ahead:
            folder = ahead.pop()
            yield from _below(folder, rest, only_files)
            names = _names(folder)
            if isinstance(names, Reject):
                yield names
                continue
            inner = [os.path.join(folder, name) for name in reversed(names) if not hidden(name)]
            ahead.extend(path for path in inner if os.path.isdir(path) and not os.path.islink(path))
        return
    names = _names(top)
    if isinstance(names, Reject):
        # a folder that cannot be listed is named once, by the `**` that came to it
        return
    fits = re.compile(translate(part)).match
    for name in names:
        if not fits(name) or (hidden(name) and not part.startswith(".")):
            continue
        path = os.path.join(top, name)
        if rest:
            if os.path.isdir(path):
                yield from _below(path, rest, only_files)
        elif not (only_files and os.path.isdir(path)):
            yield path


def _names(folder: str) -> list[str] | Reject:
    try:
        return sorted(entry.name for entry in os.scandir(folder or "."))
    except OSError as error:
        return from_os_error(error, shown(folder))
