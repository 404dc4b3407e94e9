"""Web pages saved as one file (MHTML: .mhtml, .mht): a mail message with the page and its pictures as parts."""

import email
import email.message

from corpus.rejects import Rejected

MOST_PARTS = 2000
"""Parts that are looked at: a page has its pictures and style sheets as parts."""


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
