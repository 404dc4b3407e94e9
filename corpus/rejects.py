"""What could not be read: a reason with a name, what happened, and what the user can do about it."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

SCHEMA = "reject/1"
LONGEST_MESSAGE = 300
LONGEST_PATH = 4096

REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        # the path itself
        "not_found": "check the path; in a shell, quote names with spaces",
        "no_permission": "give yourself read permission (chmod u+r, for a folder u+rx) or run as its owner",
        "not_a_file": "give regular files, folders or archives, not devices, pipes or sockets",
        "link_loop": "remove the link or give the folder it leads to",
        "no_pages": "give a folder that holds page files; hidden files (names that begin with a dot) are skipped",
        "records": "these are records and no pages; give the folder to index: cli.py index FOLDER --archive FILE",
        "parquet_parts": "write them as JSON Lines, which index reads: the same extract without --partition-format",
        "broken_part": "remove the file that is named and run the same extract again, which makes it anew; then index",
        "changed": "wait until the file is written completely, then run again",
        "read_error": "check the disk or network folder, copy the file to a local disk and run again",
        "no_protocol": "install what the message names (such as pip install s3fs), or copy the files to a local disk",
        # archives
        "broken_archive": "test the archive (unzip -t, tar -tf), fetch it again, or unpack what can be unpacked",
        "encrypted": "unpack it with its password and give the folder",
        "archive_bomb": "unpack it by hand if you trust it, and give the folder",
        "nested_archive": "unpack the outer archive and give the inner one",
        "too_many_files": "unpack it and give the folder, or split it into smaller archives",
        "duplicate_name": "unpack the archive by hand, keep the one you want, and give the folder",
        # what is in the file
        "empty": "remove the file or export the page again",
        "too_large": "split the file into its pages, or raise --page-limit",
        "unsupported_format": "save the page's text as a .txt file and give that",
        "binary": "give the page's text: export or convert it to a .txt file first",
        "broken_encoding": "save the file as UTF-8 from a program that shows it well, or export the page again",
        # tables
        "no_header": "give the table a first row with the names of its columns (text, title, date, …)",
        "no_text_column": "name the column that holds the text: --map text=COLUMN",
        "broken_row": "correct the row (CSV: quote cells with commas or line ends; JSON Lines: an object a line)",
        "broken_table": "export the table again, as CSV with quoted cells or as JSON Lines (one object a line)",
        # XML
        "broken_xml": "export the file again, or correct what an XML checker names (xmllint --noout FILE)",
        "unsafe_xml": "save it without a document type and entities if you trust it (xmllint --noent --dropdtd FILE)",
        # web pages
        "broken_markup": "open the page in a browser, save it again, or save its text as a .txt file",
        "markup_bomb": "it has more tags than any page; save its text as a .txt file and give that",
        # PDF
        "broken_pdf": "repair it (qpdf IN.pdf OUT.pdf, or mutool clean) or export the page again",
        "locked_pdf": "save it without its password (qpdf --decrypt --password=… IN.pdf OUT.pdf) and give that",
        "no_text_layer": "run it through OCR (ocrmypdf -l chi_sim), or install the extra .[ocr] and use --ocr",
        "no_ocr": "install the extra: pip install 'newspaper-activities[ocr]'",
        "broken_picture": "open it in an image viewer and save it as PNG or TIFF",
        "garbled_text": "use --ocr or ocrmypdf --force-ocr -l chi_sim, or export it with its fonts embedded",
        # extraction
        "extraction_failed": "run again with --verbose for the traceback and report it with the page",
        "time_limit": "raise --time-limit, or split the file into its pages",
        "memory_limit": "split the file into its pages and give those",
        "given_up": "split the file into its pages (qpdf --split-pages) and give those",
        "no_such_part": "check how many pages the file has",
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
        # libraries quote what they could not read, whatever its size; and no lone surrogate can be written
        for name, longest in (("message", LONGEST_MESSAGE), ("path", LONGEST_PATH)):
            text = getattr(self, name)
            whole = text if len(text) <= longest else f"{text[:longest]}…"
            object.__setattr__(self, name, whole.encode("utf-8", "backslashreplace").decode())

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
