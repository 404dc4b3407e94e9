"""Inputs that somebody could make on purpose, by the target of bench/fuzz that reads them: name and bytes.

Small enough to be quick where a reader is linear, large enough that one which is not takes for ever.
"""

import zlib
from collections.abc import Mapping

TEXT = "社区志愿者清扫街道，居民都说好。"  # volunteers sweep the street
MANY = 4000


def _alto(inside: str, page: str = 'HEIGHT="4000" WIDTH="3000"') -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout>'
        f'<Page ID="P" {page}><PrintSpace>{inside}</PrintSpace></Page></Layout></alto>'
    ).encode()


def _word(x: object, y: object, width: object = 40, height: object = 40, content: str = "社区") -> str:
    place = f'HPOS="{x}" VPOS="{y}" WIDTH="{width}" HEIGHT="{height}"'
    return f'<TextBlock><TextLine {place}><String CONTENT="{content}" {place}/></TextLine></TextBlock>'


def _entities(root: str, use: str) -> bytes:
    nested = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "{TEXT}">{nested}]>{use}'.encode()


def _pdf(*objects: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + trailer


def _pdf_page(drawing: bytes, page: bytes = b"", box: bytes = b"[0 0 600 800]") -> bytes:
    packed = zlib.compress(drawing, 9)
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>%s>>" % (box, page),
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def _pdf_text(size: bytes, place: bytes = b"50 700 Td", words: bytes = b"(some words here) Tj") -> bytes:
    return b"BT /F1 %s Tf %s %s ET" % (size, place, words)


HTML = {
    "deep div": "<div>" * MANY + TEXT,
    "deep table": "<table><tr><td>" * MANY + TEXT,
    "deep sections": "<section><p>" * MANY + TEXT,
    "deep articles": "<article>" * MANY + TEXT,
    "deep editor's spans": "<div id=js_content>" + "<section><span>" * MANY + TEXT,
    "many breaks": "<p>" + "社<br>" * MANY,
    "many spaces": "<p>" + " " * 50000 + TEXT,
    "many nbsp": "<p>" + "&nbsp;" * MANY + TEXT,
    "many dates": "<title>" + "2024年" * MANY + "</title><p>" + TEXT,
    "many dates in a row": "<h1>" + "20240101" * MANY + TEXT,
    "many attributes": "<div " + " ".join(f"a{i}=1" for i in range(MANY)) + ">" + TEXT,
    "attribute never closed": '<div class="' + "a " * MANY,
    "properties never closed": "<!--enpproperty <title>" + "a" * 50000,
    "many properties": "<!--enpproperty " + "<title>" * MANY + "--><p>" + TEXT,
    "comments never closed": "<!--" * MANY + TEXT,
    "script never closed": "<script>" + "<p>x" * MANY,
    "nul": "<p>\0\0" + TEXT + "\0" * 100,
    "surrogates by number": "<p>&#xD800;&#55357;&#x110000;" + TEXT * 20,
    "writing turned": "<p>\u202e\u2066" + TEXT * 20,
    "entities": _entities("html", "<html><p>&j;"),
    "opening quotes": "<p>" + "“" * MANY,
    "opening brackets": "<p>" + "（【" * MANY + TEXT,
    "an endless byline": "<p>（" + "记者 " * MANY + TEXT,
    "an endless list of reporters": "<p>本报记者" + "张三、" * MANY + TEXT,
    "picture inside": "<p>" + TEXT + '<img src="data:image/png;base64,' + "A" * 50000 + '">',
    "nothing": "<html></html>",
    **{
        f"charset {name}": f"<meta charset={name}><p>{TEXT}"
        for name in ("utf-7", "idna", "hex", "zlib_codec", "undefined", "unicode_escape", "klingon", "utf-16")
    },
}
XML = {
    "billion laughs": _entities("alto", _alto('<TextBlock><TextLine><String CONTENT="&j;"/>').decode()[38:]),
    "file as an entity": b'<!DOCTYPE alto [<!ENTITY x SYSTEM "file:///etc/passwd">]><alto>&x;</alto>',
    "parameter entity": b'<!DOCTYPE alto [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd">%x;]><alto/>',
    "external type": b'<!DOCTYPE alto SYSTEM "http://127.0.0.1:9/x.dtd"><alto/>',
    "deep": b"<alto>" + b"<a>" * MANY,
    "deep blocks": _alto("<ComposedBlock>" * MANY + "</ComposedBlock>" * MANY),
    "deep divisions": b'<mets xmlns="http://www.loc.gov/METS/"><structMap>' + b"<div>" * MANY,
    "instructions": b'<?xml version="1.0"?>' + b"<?a b?>" * MANY,
    "comment never closed": b'<?xml version="1.0"?><!--' + b"-" * 50000,
    "no number": _alto(_word("NaN", "NaN", "NaN", "NaN") * 20),
    "infinite": _alto(_word("inf", "-inf", "1e308", "1e308") * 20),
    "huge": _alto("".join(_word(i * 10**300, i, 10**308, 5) for i in range(5))),
    "negative": _alto(_word(-100, -5, -3, -9) * 20),
    "without extent": _alto(_word(0, 0, 0, 0) * 50),
    "all in one place": _alto(_word(1, 1, 1, 1) * 200),
    "overlapping": _alto("".join(_word(i * 3, i * 2, 2000, 30) for i in range(150))),
    "diagonal": _alto("".join(_word(i * 7, i * 9, 100, 10) for i in range(150))),
    "many words": _alto("<TextBlock><TextLine>" + '<String CONTENT="社"/>' * 1000 + "</TextLine></TextBlock>"),
    "odd page": _alto(_word(1, 1), 'HEIGHT="-1" WIDTH="0" PHYSICAL_IMG_NR="99999999999999999999" PRINTED_IMG_NR="-3"'),
    "surrogate": _alto('<TextBlock><TextLine><String CONTENT="&#xD800;社"/></TextLine></TextBlock>'),
    "another alto": b'<x:alto xmlns:x="y"><x:Layout/></x:alto>',
}
ROW = b'{"title":"a","text":"\xe7\xa4\xbe'
TABLES = {
    "deep list": b"\1" + b"[" * 50000,
    "deep array": b"\3" + b"[" * 50000,
    "deep object": b"\1" + b'{"text":' * MANY,
    "deep value": b'\1{"title":"a","text":' + b"[" * 20000 + b"]" * 20000 + b"}",
    "long number": b'\1{"title":' + b"1" * 50000 + b',"text":"x"}',
    "date without end": b"\1" + ROW + b'","date":' + b"1" * 5000 + b"}",
    "date that is no number": b"\1" + ROW + b'","date":NaN}',
    "date past all time": b"\1" + ROW + b'","date":1e18}',
    "date before all time": b"\1" + ROW + b'","date":-1e18}',
    "date infinite": b"\1" + ROW + b'","date":1e999}',
    "surrogates": b"\1" + ROW + b'\\udc00","\\ud800":"a","source":"\\ud800"}',
    "nul": b'\1{"title":"a\\u0000","text":"\\u0000"}',
    "other values": b'\1{"title":true,"text":null}\n{"title":[],"text":{}}\n"x"\n5\n',
    "quote never closed": b'\0title,text\n"' + b"a,b\n" * 500,
    "many columns": b"\0" + b"a," * MANY + b"\nb",
    "many names": b"\1{" + b",".join(b'"k%d":1' % i for i in range(MANY)) + b"}",
    "same names": b"\0text,text,text\na,b,c",
    "old line ends": b"\0title,text\r\ra,b\r",
    "nul in a cell": b"\0title,text\na\0b,c",
    "deep markup in a cell": ('\0title,text\n标题,"' + "<div>" * MANY + TEXT + '"').encode(),
    "ampersands in a cell": ('\0title,text\n标题,"' + "&" * 20000 + TEXT + '"').encode(),
    "array never closed": b'\3[{"title":"a","text":"b"},',
    "commas": b"\3[" + b"," * 50000,
}
DUMPS = {
    "digits": b"2" * 50000,
    "dates": "2024年".encode() * MANY,
    "masthead without end": ("2024年3月12日　星期二　" * 1000).encode(),
    "mastheads": ("A05版 社区新闻 2024年3月12日 星期二\n" * 500).encode(),
    "weekdays": ("星期" * MANY).encode(),
    "spaces between": ("社" + " " * 50000 + "区").encode(),
    "hz": b"~{" * MANY,
    "escapes": b"\x1b$B" * MANY,
    "four bytes": b"\x81\x30\x81\x30" * MANY,
    "surrogates in utf-16": b"\xff\xfe" + b"\x00\xd8" * MANY,
    "utf-32 past its end": b"\xff\xfe\0\0" + b"\xff" * 400,
    "mark only": b"\xef\xbb\xbf",
    "half a mark": b"\xfe\xff",
    "odd line ends": ("社\x0b区\x0c\x1c\x1d\x85\u2028\u2029" * 500).encode(),
}
NAMES = {
    "stars with letters": "{paper}" + "*a" * 200 + "\n" + "a" * 4000,
    "wildcards": "{date}" + "{any}" * 50 + "\n" + "a" * 4000 + "2024-01-01",
    "stars with folders": "{date}" + "*/" * 100 + "\n" + "a/" * 2000,
    "wildcards with dashes": "{page}\n{*}-{*}-{*}-{*}-{*}-{*}-{*}\n" + "-" * 3000,
    "sections": "{paper}{section}{page}{*}\n" + "社" * 3000 + "!",
    "dates": "{paper}{date}{page}{*}x\n" + "20240101" * 700,
    "papers": "{page}\n" + "日报" * 3000,
}
PDF = {
    "no text": _pdf_page(b""),
    "tiny type": _pdf_page(_pdf_text(b"0.0001")),
    "no type": _pdf_page(_pdf_text(b"0")),
    "huge type": _pdf_page(_pdf_text(b"1e30")),
    "negative type": _pdf_page(_pdf_text(b"-12")),
    "slanted": _pdf_page(_pdf_text(b"12", b"0.7 0.7 -0.7 0.7 300 300 Tm")),
    "turned": _pdf_page(_pdf_text(b"12"), b"/Rotate 90"),
    "no paper": _pdf_page(_pdf_text(b"12"), box=b"[0 0 0 0]"),
    "endless paper": _pdf_page(_pdf_text(b"12"), box=b"[0 0 1e9 1e9]"),
    "paper upside down": _pdf_page(_pdf_text(b"12"), box=b"[600 800 0 0]"),
    "beside the paper": _pdf_page(_pdf_text(b"12", b"5000 7000 Td")),
    "all in one place": _pdf_page(_pdf_text(b"12", words=b"(a) Tj 0 0 Td " * 1000)),
    "long string": _pdf_page(_pdf_text(b"1", words=b"(" + b"abc " * 100000 + b") Tj")),
    "many strings": _pdf_page(_pdf_text(b"12", words=b"(a) Tj 1 0 Td " * 100000)),
    "strewn words": _pdf_page(
        b"BT /F1 8 Tf "
        + b"".join(b"1 0 0 1 %d %d Tm (word%d) Tj " % (i * 7919 % 600, i * 104729 % 800, i) for i in range(500))
        + b"ET"
    ),
    "strewn rectangles": _pdf_page(
        b"".join(b"%d %d 5 5 re S " % (i * 7919 % 600, i * 104729 % 800) for i in range(30000)) + _pdf_text(b"8")
    ),
    "pages in a loop": _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "pages that are not there": _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[9 0 R]/Count 99999999>>"),
    "one page a thousand times": _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count 1000>>" % (b"3 0 R " * 1000),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ),
    "head only": b"%PDF-1.7",
    "garbage": b"%PDF-1.7\n" + bytes(range(256)) * 100,
}


def _encoded(cases: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {name: case.encode() if isinstance(case, str) else case for name, case in cases.items()}


HOSTILE: Mapping[str, Mapping[str, bytes]] = {
    "html": _encoded(HTML),
    "xml": XML,
    "tables": TABLES,
    "text": DUMPS,
    "names": _encoded(NAMES),
    "pdf": PDF,
}
