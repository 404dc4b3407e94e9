"""Carrying out corrections: shown as they change the archive, asked for, written to their file and to the archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from corpus.corrections.change import Change, Found
    from corpus.corrections.correction import Correction
    from schemas.record import ArticleRecord

LINES = 40
"""Lines of an article whose changes are shown."""


class Run:
    """One run of the command over one archive."""

    def __init__(self, archive: Path, yes: bool, dry_run: bool, wait: float) -> None:
        import work
        from corpus.corrections import carrying_out

        self._archive = archive
        self._yes, self._dry_run, self._wait = yes, dry_run, wait
        self._corrector = carrying_out.Corrector(archive, work.reading_again)
        self._file = self._corrector.path
        self.at = carrying_out.now()

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
        from corpus.corrections.listing import listed
        from corpus.naming import printable

        with database.reading(self._archive) as opened:
            lines = replay.lines(opened, self._file)
            for each in listed(opened, lines):
                own, n = each.correction, each.articles
                told = {"waiting": "run index", "unneeded": "unneeded"}.get(each.fate, f"{n} article{'s' * (n != 1)}")
                click.echo(printable(f"{own.id}  {own.kind:12} {own.scope:10} {told:12} {own.note or ''}".rstrip()))
            for trouble in telling.troubles(opened, lines, self._file.name):
                click.echo(trouble, err=True)
        if not lines:
            click.echo(f"there are no corrections in {printable(str(self._file))}", err=True)

    def add(self, corrections: Sequence[Correction]) -> None:
        """Show what corrections change, ask, and write them."""
        from corpus.corrections.change import Change

        self._carry_out(Change(tuple(corrections)))

    def approve(self, record: ArticleRecord, note: str | None, by: str | None) -> None:
        """Write that an article has been looked at and is right."""
        from corpus.archive import database
        from corpus.corrections import replay, reviewing
        from corpus.naming import printable

        with database.reading(self._archive) as opened:
            lines = replay.lines(opened, self._file)
        note = note or printable(f"looked at: {record.title or 'an untitled article'} ({record.source.path})")
        self._carry_out(reviewing.approval(record, lines, note, by, self.at))

    def undo(self, correction_id: str) -> None:
        """Take a correction back."""
        from corpus.corrections.change import Change

        self._carry_out(Change(removed=correction_id))

    def take_in(self, path: Path, by: str | None) -> None:
        """What was corrected in Label Studio."""
        from corpus.archive import database, records
        from corpus.corrections.change import Change
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
        from corpus.corrections.change import SHOWN, Expected
        from corpus.corrections.correction import CorrectionError

        if self._yes and not self._dry_run:
            found = self._corrector.carry_out(change, wait=self._wait, shown=SHOWN)
            self._show(change, found)
            self._written(change, found)
            return
        found = self._corrector.preview(change)
        self._show(change, found)
        if found.refusal:
            raise CorrectionError(found.refusal)
        if self._dry_run or (change.added and len(found.known) == len(change.added)):
            return
        these = "this correction" if len(change.added) < 2 else f"these {len(change.added)} corrections"
        if not click.confirm(f"take {change.removed} back?" if change.removed else f"write {these}?"):
            raise click.ClickException("nothing was changed")
        expected = Expected(found.fingerprint)
        self._written(change, self._corrector.carry_out(change, wait=self._wait, expected=expected))

    def _show(self, change: Change, found: Found) -> None:
        from corpus.corrections.changes import difference
        from corpus.naming import printable

        for known, number in found.known.items():
            click.echo(f"line {number} of {self._file.name} says so already: {known}", err=True)
        if change.added and len(found.known) == len(change.added):
            return
        for before, after in found.shown:
            known_as = after or before
            assert known_as is not None
            gone = "" if after else "  (gone)"
            new = "" if before else "  (new)"
            title = known_as.title or "(no title)"
            click.echo(printable(f"{known_as.article.id}  {title}  {known_as.source.path}{gone}{new}"))
            lines = list(difference(before, after)) if after else []
            for line in lines[:LINES]:
                click.echo(printable(f"  {line}"))
            if len(lines) > LINES:
                click.echo(f"  … {len(lines) - LINES} more lines")
        articles, sources = found.articles, found.sources
        more = f", {len(found.shown)} of them shown" if articles > len(found.shown) else ""
        click.echo(f"changes {articles} article{'s' * (articles != 1)} on {sources} source{'s' * (sources != 1)}{more}")
        for lapse in found.lapsed:
            what = f"{lapse.correction} of line {lapse.line} will not apply any more: {printable(lapse.reason)}"
            click.echo(what, err=True)

    def _written(self, change: Change, found: Found) -> None:
        for each in change.added:
            if each.id not in found.known:
                click.echo(f"{each.id} written to {self._file.name}; take it back: --undo {each.id}", err=True)
        if change.removed is not None and change.removed not in found.known:
            click.echo(f"{change.removed} taken out of {self._file.name}", err=True)
