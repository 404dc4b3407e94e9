"""Web pages saved as one file (MHTML: .mhtml, .mht): a mail message with the page and its pictures as parts."""

import email
import email.message
import re

from corpus.rejects import Rejected

MOST_PARTS = 2000
"""Parts that are looked at: a page has its pictures and style sheets as parts."""

_HEADERS = re.compile(rb"\s*(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,40}")
_SAVED = re.compile(rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)", re.I | re.M)


def is_saved(start: bytes) -> bool:
    """Whether a file that begins with these bytes is a page saved as one file."""
    headers = _HEADERS.match(start)
    return bool(headers and _SAVED.search(headers[0]) and re.search(rb"^mime-version:", headers[0], re.I | re.M))


def page(data: bytes) -> bytes:
    """The bytes of the page: its largest part in HTML, as frames and advertisements are parts too.

    Raises Rejected: empty where no part is a page, broken_markup where the parts cannot be told.

    >>> page(b"MIME-Version: 1.0\\nContent-Type: text/html\\n\\n<p>1</p>")
    b'<p>1</p>'
    """
    largest = b""
    try:
        for number, part in enumerate(email.message_from_bytes(data).walk()):
            if number > MOST_PARTS:
                break
            if part.get_content_type() in ("text/html", "application/xhtml+xml") and not part.is_multipart():
                largest = max(largest, _content(part), key=len)
    except (RecursionError, ValueError, LookupError, AssertionError, AttributeError, TypeError) as error:
        raise Rejected("broken_markup", f"its parts cannot be told apart ({type(error).__name__})") from error
    if not largest.strip():
        raise Rejected("empty", "the saved page holds no part in HTML")
    return largest


def _content(part: email.message.Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
