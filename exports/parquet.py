"""Tables as Parquet, for pandas, Polars, R, DuckDB and Spark: a folder with one file a table.

Written in row groups, so that memory does not grow with the table. Needs pyarrow, which is large and therefore an
extra: pip install '.[parquet]'.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.errors import ExportError
from exports.table import Table, Value, data_dictionary

if TYPE_CHECKING:
    import pyarrow

ROWS = 50_000
"""Rows of one row group."""


def write(tables: Sequence[Table], target: Path) -> dict[str, int]:
    """TABLE.parquet for each table in the folder `target`; the rows written of each. ExportError without pyarrow."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ExportError("Parquet needs pyarrow: pip install '.[parquet]'; or export as csv or excel") from error
    if target.exists() and not target.is_dir():
        raise ExportError(f"{target} is a file; Parquet is written as a folder of one file a table, name a folder")
    target.mkdir(parents=True, exist_ok=True)
    counted = {}
    for table in (*tables, data_dictionary(tables)):
        schema = _schema(table)
        final = target / f"{table.name}.parquet"
        part = final.with_name(f".{final.name}.tmp")
        counted[table.name] = 0
        try:
            with parquet.ParquetWriter(part, schema, compression="zstd") as writer:
                for rows in _groups(table):
                    columns = [list(values) for values in zip(*rows, strict=True)]
                    arrays = [pyarrow.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
                    writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
                    counted[table.name] += len(rows)
            part.replace(final)
        finally:
            part.unlink(missing_ok=True)
    return counted


def _schema(table: Table) -> "pyarrow.Schema":
    import pyarrow

    kinds: dict[str, Any] = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    return pyarrow.schema(
        [
            pyarrow.field(c.name, kinds[c.kind], metadata={"meaning": c.meaning, "zh": c.meaning_zh})
            for c in table.columns
        ]
    )


def _groups(table: Table) -> Iterator[list[Sequence[Value]]]:
    rows = iter(table.rows)
    while group := list(islice(rows, ROWS)):
        yield group
