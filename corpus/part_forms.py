"""In which form the records of a part are written: JSON Lines, or Parquet with the same fields, nested as there.

Parquet needs pyarrow, which is large and therefore an extra: pip install '.[parquet]'.
"""

import hashlib
import io
from typing import TYPE_CHECKING, Any, Literal

from corpus.atomic import AtomicFile
from corpus.output import OutputError

if TYPE_CHECKING:
    import pyarrow

Form = Literal["jsonl", "parquet"]
ROW_GROUP = 16 * 2**20
"""Bytes of JSON lines that make a row group: some thousand articles, held in memory until they are written."""


class JsonLines:
    """Records as lines, as they come."""

    def __init__(self, file: AtomicFile) -> None:
        self._file, self._digest = file, hashlib.sha256()
        self._size = 0

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._size

    @property
    def sha256(self) -> str:
        """Of the file."""
        return self._digest.hexdigest()

    def write(self, lines: bytes) -> None:
        """Append records."""
        self._file.write(lines)
        self._digest.update(lines)
        self._size += len(lines)

    def close(self) -> None:
        """All records have been written."""

    def give_up(self) -> None:
        """The file will not be."""


class Parquet:
    """The same records, a row each."""

    def __init__(self, file: AtomicFile) -> None:
        import pyarrow
        from pyarrow import parquet

        self._sink = _Sink(file)
        self._schema = schema()
        self._waiting = bytearray()
        self._longest = 0
        self._writer: Any = parquet.ParquetWriter(
            pyarrow.PythonFile(self._sink, mode="w"), self._schema, compression="zstd"
        )

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._sink.size

    @property
    def sha256(self) -> str:
        """Of the file."""
        return self._sink.digest.hexdigest()

    def write(self, lines: bytes) -> None:
        """Append records, given as lines."""
        self._waiting += lines
        self._longest = max(self._longest, len(lines))
        if len(self._waiting) >= ROW_GROUP:
            self._flush()

    def close(self) -> None:
        """All records have been written."""
        self._flush()
        self._writer.close()

    def give_up(self) -> None:
        """The file will not be."""
        # pyarrow ends a file even when it is forgotten
        self._sink.open = False
        self._writer.close()

    def _flush(self) -> None:
        from pyarrow import json

        if not self._waiting:
            return
        # a line has to fit into a block
        reading = json.ReadOptions(use_threads=False, block_size=max(2**20, self._longest + 1))
        parsing = json.ParseOptions(explicit_schema=self._schema, unexpected_field_behavior="error")
        table = json.read_json(io.BytesIO(bytes(self._waiting)), reading, parsing)
        self._writer.write_table(table, row_group_size=max(1, table.num_rows))
        self._waiting, self._longest = bytearray(), 0


class _Sink(io.RawIOBase):
    """What pyarrow writes into: an AtomicFile, with its digest."""

    def __init__(self, file: AtomicFile) -> None:
        self._file, self.size, self.digest = file, 0, hashlib.sha256()
        self.open = True

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.size

    def write(self, data: Any) -> int:
        content = bytes(data)
        if self.open:
            self._file.write(content)
            self.digest.update(content)
        self.size += len(content)
        return len(content)


def schema() -> "pyarrow.Schema":
    """The columns of a Parquet part: the fields of article/1 by their names. Numbers of counts are floating."""
    import pyarrow as pa

    text, number = pa.string(), pa.int64()

    def rows(*fields: tuple[str, Any]) -> Any:
        return pa.list_(pa.struct(list(fields)))

    span = [("start", number), ("end", number)]
    ids = pa.list_(text)
    check = pa.struct([("of", text), ("part", text), ("agrees", pa.bool_())])
    source = [(name, text) for name in ("path", "sha256", "encoding", "format")]
    return pa.schema(
        [
            ("schema", text),
            ("id", text),
            ("kind", text),
            ("source", pa.struct([*source, ("page", number), ("paper", text), ("issue_date", text)])),
            ("headlines", rows(("text", text), ("role", text))),
            ("title", text),
            ("bylines", rows(("name", text), ("role", text))),
            ("text", text),
            (
                "blocks",
                rows(("role", text), *span, ("source", pa.list_(pa.list_(number))), ("incomplete", pa.bool_())),
            ),
            (
                "entities",
                rows(
                    *[(name, text) for name in ("id", "type", "name", "in", "code", "basis")], ("mentions", rows(*span))
                ),
            ),
            (
                "counts",
                rows(
                    ("id", text), ("text", text), *span, ("value", pa.float64()), ("max", pa.float64()),
                    *[(name, text) for name in ("unit", "object", "mod", "role")], ("check", check),
                ),
            ),
            ("dates", rows(("id", text), ("text", text), *span, ("value", text))),
            (
                "activities",
                rows(
                    *[(name, text) for name in ("id", "name", "type")],
                    *[(name, ids) for name in ("organizers", "partners", "places")],
                    ("date", text), ("audience", ids), ("counts", ids), ("evidence", pa.struct(span)), ("status", text),
                ),
            ),
            ("keywords", ids),
        ]
    )  # fmt: skip


def check_installed(form: Form) -> None:
    """OutputError where what a form needs is not installed."""
    if form == "parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise OutputError(
                "Parquet needs pyarrow: pip install '.[parquet]'; or leave --partition-format out for JSON Lines"
            ) from error


def writer(form: Form, file: AtomicFile) -> JsonLines | Parquet:
    """Who writes records in a form."""
    return Parquet(file) if form == "parquet" else JsonLines(file)
