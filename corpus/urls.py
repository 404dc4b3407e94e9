"""Shared storage by URL (s3://, webhdfs://, https:// …), through fsspec and the protocol's own package.

Files are found and named as in folders: sorted, hidden ones passed over, each named as the URL that was given with what
is below it. Only one listing of a folder is held at a time.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from corpus.described import Described
from corpus.issues import could_describe
from corpus.naming import hidden
from corpus.rejects import Reject, Rejected, from_os_error

DEEPEST = 100
"""Folders inside one another; deeper ones are a link that leads upwards."""
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_FILE = "file://"
_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Remote:
    """A file as listed: its URL, its size in bytes (None: not told), and its bytes as a stream to be closed."""

    name: str
    size: int | None
    open: Callable[[], BinaryIO]


def is_url(path: str) -> bool:
    """Whether a path is a URL of shared storage; one of a local file is not.

    >>> is_url("s3://papers/2024"), is_url("pages/a.txt"), is_url("file:///srv/pages")
    (True, False, False)
    """
    return bool(_URL.match(path)) and not path.lower().startswith(_FILE)


def plain(path: str) -> str:
    """A path as the system knows it: without the file:// that may stand before it.

    >>> plain("file:///srv/pages"), plain("pages")
    ('/srv/pages', 'pages')
    """
    return path[len(_FILE) :] if path.lower().startswith(_FILE) else path


def expand(url: str) -> Iterator[str | Reject]:
    """The URLs that fit a pattern, sorted; a URL without wildcards, or of the web (where ? is none), as it is."""
    if not _WILD.search(url) or url.lower().startswith("http"):
        yield url
        return
    try:
        system, path = _system(url)
        fitting = sorted(system.glob(path))
    except Exception as error:
        yield _reject(error, url)
        return
    begin = url[: url.index("://") + 3]
    found = [each for each in fitting if not hidden(*posixpath.relpath(each, path.partition("*")[0] or "/").split("/"))]
    for each in found:
        yield begin + each.lstrip("/")
    if not found:
        yield Reject(url, "not_found", "no file or folder fits the pattern")


def walk(url: str, described: Described, limit: int) -> Iterator[Remote | Reject]:
    """The file at `url`, or all files below it; METS files of a folder are read before its other files."""
    try:
        system, top = _system(url)
        ahead = [(url.rstrip("/"), system.info(top), 0)]
    except Exception as error:
        yield _reject(error, url)
        return
    while ahead:
        name, info, depth = ahead.pop()
        if info["type"] != "directory":
            yield _file(system, name, info)
            continue
        if depth == DEEPEST:
            yield Reject(name, "link_loop", f"it lies more than {DEEPEST} folders deep")
            continue
        try:
            entries = [(f"{name}/{base}", each) for base, each in _listed(system, info["name"])]
        except Exception as error:
            yield _reject(error, name)
            continue
        look_ahead(described, limit, (_file(system, *entry) for entry in entries if entry[1]["type"] != "directory"))
        if not entries and depth == 0:
            yield Reject(url, "no_pages", "the folder holds no file that could be a page")
        ahead.extend((*entry, depth + 1) for entry in reversed(entries))


def look_ahead(described: Described, limit: int, files: Iterable[Remote]) -> None:
    """Read what may be METS; what is wrong with it is told when it is read in its turn."""
    for file in files:
        if could_describe(file.name):
            try:
                with file.open() as content:
                    described.offer(file.name, content, limit)
            except Exception:
                continue


def failed(error: Exception, name: str) -> Reject:
    """What went wrong while a file was read: every protocol has exceptions of its own."""
    return _reject(error, name)


def _listed(system: Any, path: str) -> list[tuple[str, dict[str, Any]]]:
    """What is in a folder, sorted by name."""
    entries = [
        (posixpath.basename(each["name"].rstrip("/")), each)
        for each in system.ls(path, detail=True)
        if each["name"].strip("/") != path.strip("/")  # an object store may list the folder in itself
    ]
    system.invalidate_cache(path)
    return sorted(((base, each) for base, each in entries if not hidden(base)), key=lambda entry: entry[0])


def _file(system: Any, name: str, info: dict[str, Any]) -> Remote:
    return Remote(name, info.get("size"), lambda: system.open(info["name"], "rb"))


def _system(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path there."""
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]

        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise Rejected("no_protocol", str(error)) from error
    return system, path


def _reject(error: Exception, name: str) -> Reject:
    if isinstance(error, Rejected):
        return error.at(name)
    if isinstance(error, OSError) and error.errno is not None:
        return from_os_error(error, name)
    if isinstance(error, FileNotFoundError):
        return Reject(name, "not_found", "there is no such file or folder")
    if isinstance(error, PermissionError):
        return Reject(name, "no_permission", "it may not be read")
    return Reject(name, "read_error", f"{type(error).__name__}: {error}")
