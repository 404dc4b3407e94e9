"""Carrying out corrections: shown as they change the archive, asked for, written to their file and to the archive."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from corpus.corrections.correction import Correction
    from corpus.corrections.file import Line
    from corpus.corrections.replay import Changed
    from schemas.record import ArticleRecord

SHOWN = 5
"""Articles whose changes are shown in full."""
LINES = 40
"""Lines of one of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be added to the file, and what is to be taken out of it."""

    added: tuple[Correction, ...] = ()
    removed: str | None = None

    def of(self, lines: Sequence[Line]) -> list[Line]:
        """The lines of the file after it."""
        from corpus.corrections.file import Line

        kept = [each for each in lines if each.correction is None or each.correction.id != self.removed]
        last = max((each.number for each in lines), default=0)
        return [*kept, *(Line(n, each.line(), each) for n, each in enumerate(self.added, last + 1))]


class Run:
    """One run of the command over one archive."""

    def __init__(self, archive: Path, yes: bool, dry_run: bool, wait: float) -> None:
        from corpus.corrections import file

        self._archive = archive
        self._yes, self._dry_run, self._wait = yes, dry_run, wait
        self._file = file.path_of(archive)
        self.at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def record(self, article_id: str) -> ArticleRecord:
        """The article's record as it stands in the archive."""
        from corpus.archive import database, records
        from corpus.corrections.correction import CorrectionError

        with database.reading(self._archive) as opened:
            record = next(records.with_id(opened, article_id), None)
        if record is None:
            raise CorrectionError(f"there is no article {article_id!r} in {self._archive}; cli.py search finds ids")
        return record

    def page_text(self, record: ArticleRecord) -> str:
        """The text of the page that an article is on."""
        from corpus.archive import database, records

        with database.reading(self._archive) as opened:
            (page,) = opened.execute(
                "SELECT page FROM article WHERE record_id = ? ORDER BY id", (record.article.id,)
            ).fetchone()
            return records.page_text(opened, page)[0]

    def show(self, record: ArticleRecord) -> None:
        """Print the article with the numbers that corrections may use."""
        from corpus.naming import printable

        article = record.article
        click.echo(printable(f"{article.id}  {article.kind}  {record.source.path}"))
        for number, block in enumerate(article.blocks, 1):
            click.echo(f"{number:3} {block.role:9} {printable(article.quote(block))}")
        names = {each.id: each.name for each in record.entities}
        for entity in record.entities:
            where = f" in {names[entity.parent]}" if entity.parent else ""
            click.echo(printable(f"{entity.type} {entity.name}{where}"))
        for count in record.counts:
            click.echo(printable(f"{count.id:3} {count.text} = {count.value:g} {count.unit} {count.object}".rstrip()))
        for date in record.dates:
            click.echo(printable(f"{date.id:3} {date.text} = {date.value or 'undecided'}"))
        for activity in record.activities:
            click.echo(printable(f"{activity.id:3} {activity.name} ({activity.type}, {activity.status})"))

    def list(self) -> None:
        """Print the corrections with what became of them, and what is wrong with any."""
        from corpus.archive import database
        from corpus.corrections import replay, telling
        from corpus.naming import printable

        with database.reading(self._archive) as opened:
            lines = replay.lines(opened, self._file)
            known = dict(opened.execute("SELECT id, articles FROM v_correction").fetchall())
            unneeded = {row[0] for row in opened.execute(_UNNEEDED)}
            for line in lines:
                if own := line.correction:
                    articles = known.get(own.id)
                    told = "run index" if articles is None else f"{articles} article{'s' * (articles != 1)}"
                    told = "unneeded" if own.id in unneeded else told
                    click.echo(printable(f"{own.id}  {own.kind:12} {own.scope:10} {told:12} {own.note or ''}".rstrip()))
            for trouble in telling.troubles(opened, lines, self._file.name):
                click.echo(trouble, err=True)
        if not lines:
            click.echo(f"there are no corrections in {printable(str(self._file))}", err=True)

    def add(self, corrections: Sequence[Correction]) -> None:
        """Show what corrections change, ask, and write them."""
        self._carry_out(Change(tuple(corrections)))

    def undo(self, correction_id: str) -> None:
        """Take a correction back."""
        self._carry_out(Change(removed=correction_id))

    def take_in(self, path: Path, by: str | None) -> None:
        """What was corrected in Label Studio."""
        from corpus.archive import database, records
        from corpus.naming import printable
        from exports import label_studio

        tasks = label_studio.read(path)
        with database.reading(self._archive) as opened:
            found = {task.article: next(records.with_id(opened, task.article), None) for task in tasks}
        made, refused = label_studio.corrections(tasks, found, by=by, at=self.at)
        for each in refused:
            click.echo(printable(f"not taken: {each}"), err=True)
        if made:
            self._carry_out(Change(tuple(made)))
        else:
            click.echo(f"{len(tasks)} tasks, and nothing in them is otherwise than in the archive", err=True)

    def _carry_out(self, change: Change) -> None:
        from corpus.archive import database

        with database.reading(self._archive):
            pass  # `writing` would make it
        with database.writing(self._archive, self._wait) as opened:
            done = self._within(opened, change, shown=True, kept=self._yes and not self._dry_run)
        if done or self._dry_run:
            return
        these = "this correction" if len(change.added) < 2 else f"these {len(change.added)} corrections"
        if not click.confirm(f"take {change.removed} back?" if change.removed else f"write {these}?"):
            raise click.ClickException("nothing was changed")
        with database.writing(self._archive, self._wait) as opened:
            self._within(opened, change, shown=False, kept=True)

    def _within(self, opened: sqlite3.Connection, change: Change, shown: bool, kept: bool) -> bool:
        """Make the change in a transaction, kept or undone; whether it was kept."""
        import work
        from corpus.archive import derive, store
        from corpus.corrections import file, replay
        from corpus.corrections.correction import CorrectionError
        from corpus.naming import printable

        lines = replay.lines(opened, self._file)
        known = {line.correction.id: line.number for line in lines if line.correction}
        added = tuple(each for each in change.added if each.id not in known)
        for each in change.added:
            if each.id in known:
                click.echo(f"line {known[each.id]} of {self._file.name} says so already: {each.id}", err=True)
        if change.added and not added:
            return True
        if change.removed is not None and change.removed not in known:
            raise CorrectionError(f"{self._file.name} has no correction {change.removed!r}; --list names them")
        change = Change(added, change.removed)
        opened.execute("BEGIN IMMEDIATE")
        for _ in replay.Replay(opened, lines, work.reading_again).catch_up():
            pass
        lost = _lost(opened)
        changed = replay.Replay(opened, change.of(lines), work.reading_again).catch_up()
        if shown:
            self._show(changed)
        else:
            for _ in changed:
                pass
        self._refuse(opened, change)
        for other, reason in _lost(opened).items():
            if other not in lost and shown:
                click.echo(f"{other} of line {known[other]} will not apply any more: {printable(reason)}", err=True)
        if not kept:
            opened.execute("ROLLBACK")
            return False
        store.unused_names(opened)
        derive.stale(opened)
        # the file first: what is in it and not in the archive, the next run replays
        if not self._file.exists() and lines:
            file.append(self._file, [line.correction for line in lines if line.correction])
        if change.removed is not None:
            file.remove(self._file, change.removed)
        if change.added:
            file.append(self._file, change.added)
        opened.execute("COMMIT")
        derive.finish(opened)
        for each in change.added:
            click.echo(f"{each.id} written to {self._file.name}; take it back: --undo {each.id}", err=True)
        if change.removed is not None:
            click.echo(f"{change.removed} taken out of {self._file.name}", err=True)
        return True

    def _show(self, changed: Iterable[Changed]) -> None:
        from corpus.corrections.changes import difference, pairs
        from corpus.naming import printable

        articles = sources = 0
        for each in changed:
            sources += 1
            for before, after in pairs(each.before, each.after):
                articles += 1
                if articles > SHOWN:
                    continue
                known = after or before
                assert known is not None
                gone = "" if after else "  (gone)"
                new = "" if before else "  (new)"
                title = known.title or "(no title)"
                click.echo(printable(f"{known.article.id}  {title}  {known.source.path}{gone}{new}"))
                lines = list(difference(before, after)) if after else []
                for line in lines[:LINES]:
                    click.echo(printable(f"  {line}"))
                if len(lines) > LINES:
                    click.echo(f"  … {len(lines) - LINES} more lines")
        more = f", {SHOWN} of them shown" if articles > SHOWN else ""
        click.echo(f"changes {articles} article{'s' * (articles != 1)} on {sources} source{'s' * (sources != 1)}{more}")

    def _refuse(self, opened: sqlite3.Connection, change: Change) -> None:
        """What does not apply is not written; what is taught may change nothing yet."""
        from corpus.corrections.correction import CorrectionError

        for each in change.added:
            rows = opened.execute("SELECT status, reason FROM correction_outcome WHERE correction = ?", (each.id,))
            told = {row["status"]: row["reason"] for row in rows}
            if "lost" in told:
                raise CorrectionError(f"it cannot be applied: {told['lost']}; nothing was changed")
            if each.article and "applied" not in told:
                raise CorrectionError("it changes nothing: the article reads so already; nothing was written")


_UNNEEDED = """
SELECT correction FROM correction_outcome GROUP BY correction
HAVING min(status) = 'unneeded' AND max(status) = 'unneeded'
"""


def _lost(opened: sqlite3.Connection) -> dict[str, str]:
    """The corrections that apply no longer, and why."""
    return dict(opened.execute("SELECT correction, reason FROM correction_outcome WHERE status = 'lost'").fetchall())
