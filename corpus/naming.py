"""Names of files as text: Chinese Windows writes GBK where others write UTF-8, and a name may hold anything at all."""

import os
import unicodedata
import zipfile

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that move the cursor, colour the terminal, turn the direction of writing or end the line."""


def readable(name: bytes) -> str:
    """A file's name as text; Chinese Windows writes GBK where others write UTF-8.

    >>> readable("第3版.txt".encode("gbk"))  # page 3
    '第3版.txt'
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", "backslashreplace")


def shown(path: str) -> str:
    """A path as text that can be stored: names that are not UTF-8 are read as GB18030 or escaped."""
    return readable(os.fsencode(path))


def member_name(info: zipfile.ZipInfo) -> str:
    """A zip member's name. Chinese Windows writes GBK without saying so, which Python shows as `╥╗╘┬`."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return readable(info.filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def printable(text: str) -> str:
    r"""`text` for a terminal: what would forge a line, a colour or a direction of writing is shown as its code.

    >>> print(printable("a.txt\n\x1b[32mrejected\u202e"))
    a.txt\x0a\x1b[32mrejected\u202e
    """
    if text.isprintable():
        return text
    return "".join(_code(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


def _code(character: str) -> str:
    at = ord(character)
    return f"\\x{at:02x}" if at < 0x100 else f"\\u{at:04x}" if at < 0x10000 else f"\\U{at:08x}"


def hidden(*names: str) -> bool:
    """Whether a file is the system's and not the user's: dot files, and what macOS adds to archives.

    >>> hidden(".DS_Store"), hidden("__MACOSX", "a.txt"), hidden("2024", "A05.txt")
    (True, True, False)
    """
    return any(name == "__MACOSX" or (name.startswith(".") and name not in (".", "..")) for name in names)
