"""XML from strangers to a tree: no entities, no network, no includes, whatever encoding it says it is in.

Entities can only do harm here: no library uses them in ALTO or METS, and they are how a kilobyte becomes a gigabyte.
"""

import html.entities
import re
from dataclasses import dataclass

from lxml import etree

from corpus.readers import encoding
from corpus.readers.formats import XML_WINDOW
from corpus.rejects import Rejected

_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml\b[^>]{0,500}\?>")
_DECLARED = re.compile(rb"""<\?xml\b[^>]{0,200}\bencoding\s*=\s*["']([A-Za-z0-9._-]{2,30})["']""")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)(?:(\w{1,31});)?")


@dataclass(frozen=True, slots=True)
class Document:
    """The tree's root, the codec its bytes were in, and what was wrong with them or ""."""

    root: etree._Element
    encoding: str
    note: str = ""


def parse(data: bytes) -> Document:
    """The tree of `data`. Raises Rejected: broken_xml, unsafe_xml, or what encoding.decode finds.

    A bare `&` and names of HTML's entities, which XML does not know, are read as what they stand for.

    >>> parse('<?xml version="1.0" encoding="gb2312"?><a b="街坊&nbsp;& 邻居"/>'.encode()).root.get("b")  # neighbours
    '街坊\\xa0& 邻居'
    """
    decoded = _decode(data)
    text = _UNPRINTABLE.sub("", _DECLARATION.sub("", decoded.text))
    if "<!ENTITY" in text:
        raise Rejected("unsafe_xml", "it declares entities of its own")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_AMPERSAND.sub(_character, text).encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Rejected("broken_xml", f"it is no well-formed XML ({error})") from error
    if root is None:
        raise Rejected("broken_xml", "it has no root element")
    return Document(root, decoded.encoding, decoded.note)


def local(element: etree._Element) -> str:
    """An element's name without its namespace; "" for what is no element (an entity that nothing stands for)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute's value whatever its namespace (xlink:href); "" where it has none."""
    found = (value for key, value in element.items() if key == name or str(key).endswith("}" + name))
    return str(next(found, ""))


def _decode(data: bytes) -> encoding.Decoded:
    """By evidence; where that makes no Chinese, by what the document declares."""
    try:
        return encoding.decode(data)
    except Rejected:
        declared = _DECLARED.search(data[:XML_WINDOW])
        if not declared:
            raise
        try:
            name = declared[1].decode().lower()
            return encoding.Decoded(data.decode(name), name)
        except (UnicodeError, LookupError):
            pass
        raise


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name and (character := html.entities.html5.get(name + ";")):
        return character
    return "&amp;" + match[0][1:]
