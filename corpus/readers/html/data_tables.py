"""Tables of data, whose rows are read as lines, among the tables that only lay out a page, whose cells are."""

from lxml import etree

LEAST_ROWS, LEAST_COLUMNS = 2, 2
LONGEST_CELL = 60
"""Characters; a cell of a page's layout holds a text."""
MOST_UNLIKE = 0.34
"""Share of the rows that may have fewer cells than most, as those of a title or of joined cells do."""


def rows(root: etree._Element) -> frozenset[etree._Element]:
    """The rows of the page's tables of data.

    >>> from corpus.readers.html.document import parse
    >>> cells = "<tr><td>社区</td><td>户数</td></tr><tr><td>河西</td><td>三十</td></tr>"  # households by community
    >>> len(rows(parse(f"<table>{cells}</table>").root)), len(rows(parse("<table><tr><td>社区</td></tr></table>").root))
    (2, 0)
    """
    found: list[etree._Element] = []
    for table in root.iter("table"):
        if next(table.iterdescendants("table", "img", "h1", "h2", "h3", "ul"), None) is None:
            inside = list(table.iter("tr"))
            if _is_data(inside):
                found.extend(inside)
    return frozenset(found)


def _is_data(inside: list[etree._Element]) -> bool:
    widths = [len(row) for row in inside if len(row)]
    if len(widths) < LEAST_ROWS or sum(width < LEAST_COLUMNS for width in widths) > MOST_UNLIKE * len(widths):
        return False
    for row in inside:
        links = sum(1 for _ in row.iter("a"))
        for cell in row:
            if sum(map(len, map(str.strip, map(str, cell.itertext())))) > LONGEST_CELL or links > len(row) // 2:
                return False
    return True
