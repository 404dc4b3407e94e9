"""What could not be read: a reason with a name, what happened, and what the user can do about it."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

SCHEMA = "reject/1"

REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        # the path itself
        "not_found": "check the path; in a shell, quote names with spaces",
        "no_permission": "give yourself read permission (chmod u+r, for a folder u+rx) or run as its owner",
        "not_a_file": "give regular files, folders or archives, not devices, pipes or sockets",
        "link_loop": "remove the link or give the folder it leads to",
        "no_pages": "give a folder that holds page files; hidden files (names that begin with a dot) are skipped",
        "changed": "wait until the file is written completely, then run again",
        "read_error": "check the disk or network folder, copy the file to a local disk and run again",
        # archives
        "broken_archive": "test the archive (unzip -t, tar -tf), fetch it again, or unpack what can be unpacked",
        "encrypted": "unpack it with its password and give the folder",
        "archive_bomb": "unpack it by hand if you trust it, and give the folder",
        "nested_archive": "unpack the outer archive and give the inner one",
        # what is in the file
        "empty": "remove the file or export the page again",
        "too_large": "split the file into its pages, or raise --page-limit",
        "unsupported_format": "save the page's text as a .txt file and give that",
        "binary": "give the page's text: export or convert it to a .txt file first",
        "broken_encoding": "save the file as UTF-8 from a program that shows it well, or export the page again",
        # extraction
        "extraction_failed": "run again with --verbose for the traceback and report it with the page",
        "time_limit": "raise --time-limit, or split the file into its pages",
        "worker_died": "run again with --jobs 1; if it dies again, memory is short or the page needs a report",
    }
)
"""Every reason a reject can have, with the remedy it names."""


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that gave no page, or a page that gave no record; `reason` is a key of REMEDIES."""

    path: str
    reason: str
    message: str
    detail: str = ""  # a traceback, for --verbose and for reports; not part of the published record

    def __post_init__(self) -> None:
        if self.reason not in REMEDIES:
            raise ValueError(f"no remedy is known for {self.reason!r}; add it to REMEDIES")

    @property
    def remedy(self) -> str:
        """What the user can do about it."""
        return REMEDIES[self.reason]

    def to_dict(self) -> dict[str, Any]:
        """The reject as plain JSON values (schemas/reject.schema.json).

        >>> Reject("a.txt", "empty", "the file has no text").to_dict()["reason"]
        'empty'
        """
        return {
            "schema": SCHEMA,
            "path": self.path,
            "reason": self.reason,
            "message": self.message,
            "remedy": self.remedy,
        }


class Rejected(Exception):  # noqa: N818 - an input is rejected; it is not this program's error
    """Raised by whoever finds that an input cannot be read; whoever knows the path makes a Reject of it."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message

    def at(self, path: str) -> Reject:
        """The reject for the input at `path`."""
        return Reject(path, self.reason, self.message)


def from_os_error(error: OSError, path: str) -> Reject:
    """What the operating system refused, as a reject.

    >>> from_os_error(PermissionError(13, "Permission denied"), "a.txt").reason
    'no_permission'
    """
    words = error.strerror or type(error).__name__
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Reject(path, "not_found", "there is no such file or folder")
    if isinstance(error, PermissionError):
        return Reject(path, "no_permission", f"it may not be read ({words})")
    if error.errno == errno.ELOOP:
        return Reject(path, "link_loop", "the link leads to itself")
    return Reject(path, "read_error", f"reading failed ({words})")
