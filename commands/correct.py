"""cli.py correct: what an editor puts right, as a line of the corrections file, shown before it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.filter_options import archive_option

if TYPE_CHECKING:
    from corpus.corrections.correction import Correction
    from schemas.record import ArticleRecord

_PARTS = (
    click.option("--split-before", metavar="BLOCK", help="From this block on it is another article."),
    click.option("--join", metavar="ID2", help="The article ID2 of the same page goes on where this one ends."),
    click.option("--move", metavar="BLOCK", help="This block belongs to the article named with --to."),
    click.option("--to", metavar="ID2", help="Where --move moves it."),
    click.option("--drop", metavar="BLOCK", help="This block belongs to no article."),
    click.option("--take", metavar="WORDS", help="These words of the page, in no article so far, belong to this one."),
    click.option("--title", metavar="WORDS", help="These words are the main headline."),
    click.option("--role", nargs=2, metavar="BLOCK ROLE",
                 help="The block is a kicker, main, subtitle, crosshead, paragraph, caption or credit."),
    click.option("--byline", "bylines", multiple=True, metavar="'ROLE NAME'",
                 help="Who is credited, as 记者 何苗; repeat for each, all of them."),
    click.option("--no-byline", is_flag=True, help="Nobody is credited."),
)  # fmt: skip
_NAMES = (
    click.option("--name", metavar="NAME", help="The name that the next options are about; TYPE:NAME tells which."),
    click.option("--is", "is_", metavar="TYPE", help="NAME is a community, an estate, a person …, wherever printed."),
    click.option("--called", metavar="NAME2", help="Its canonical name is NAME2."),
    click.option("--same-as", metavar="TYPE:NAME2", help="It is NAME2, which may be named too."),
    click.option("--in", "in_", metavar="TYPE:NAME2", help="It lies in, or belongs to, NAME2; '' for nothing."),
    click.option("--code", metavar="DIGITS", help="Its official code; '' for none."),
    click.option("--not-a-name", metavar="NAME", help="NAME names nothing."),
    click.option("--not-a-place", metavar="NAME", help="NAME is no place."),
    click.option("--not-a-person", metavar="NAME", help="NAME is no person."),
    click.option("--not-an-organization", metavar="NAME", help="NAME is no organization."),
    click.option("--mark", nargs=2, metavar="WORDS TYPE", help="Here these words name something, or are a date."),
    click.option("--unmark", metavar="WORDS", help="Here these words name nothing."),
)
_FACTS = (
    click.option("--activity", metavar="NAME", help="The activity that --set is about, by name or as a1."),
    click.option("--count", metavar="WORDS", help="The figure that --set is about, as printed or as c1."),
    click.option("--date", metavar="WORDS", help="The date that --set is about, as printed or as d1."),
    click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE",
                 help="What is right: type=health, value=30, date=3月5日; lists as places=甲社区;乙社区."),
    click.option("--not-an-activity", metavar="NAME", help="That is no activity."),
    click.option("--not-a-count", metavar="WORDS", help="That is no figure."),
    click.option("--not-a-date", metavar="WORDS", help="That is no date."),
)  # fmt: skip
_SEEN = (click.option("--reviewed", is_flag=True, help="The article has been looked at and is right as it is."),)
_SCOPE = (
    click.option("--everywhere", is_flag=True, help="It holds for every article: only for names."),
    click.option("--paper", metavar="NAME", help="It holds for every article of this paper: only for names."),
    click.option("--note", metavar="TEXT", help="Why, for whoever reads the file.  [default: what it says]"),
    click.option("--by", metavar="NAME", help="Who says so."),
)
_RUN = (
    click.option("--list", "listed", is_flag=True, help="List the corrections, and what became of them."),
    click.option("--undo", metavar="CORRECTION", help="Take a correction back."),
    click.option("--import", "imported", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
                 help="Take in what was corrected in Label Studio: its export as JSON or JSON-MIN."),
    click.option("--yes", is_flag=True, help="Do not ask."),
    click.option("--dry-run", is_flag=True, help="Only show what it would change."),
    click.option("--wait", type=click.FloatRange(min=0), default=0, metavar="SECONDS",
                 help="How long to wait for another writer."),
)  # fmt: skip


def _options(command: Any) -> Any:
    for option in reversed((*_PARTS, *_NAMES, *_FACTS, *_SEEN, *_SCOPE, *_RUN)):
        command = option(command)
    return command


@click.command()
@click.argument("article_id", metavar="[ID]", required=False)
@archive_option
@_options
def correct(article_id: str | None, archive: Path, **said: Any) -> None:
    """Put right what was read from the article ID, or what a name means everywhere.

    The correction is shown as it changes the archive, and then written as a line of ARCHIVE.corrections.jsonl, which
    index replays whenever it reads the article again. With ID alone the article is shown with the numbers of its
    blocks, figures, dates and activities. BLOCK is a number or words of the block; docs/corrections.md has examples.
    """
    from commands import correcting
    from corpus.archive import database
    from corpus.corrections.correction import CorrectionError
    from corpus.workers import WorkersError

    run = correcting.Run(archive, said["yes"], said["dry_run"], said["wait"])
    try:
        if said["listed"]:
            run.list()
        elif said["undo"]:
            run.undo(said["undo"])
        elif said["imported"]:
            run.take_in(said["imported"], said["by"])
        else:
            _put_right(run, article_id, said)
    except (database.ArchiveError, CorrectionError, WorkersError) as error:
        raise click.ClickException(str(error)) from error


def _put_right(run: Any, article_id: str | None, said: Mapping[str, Any]) -> None:
    everywhere = said["everywhere"] or said["paper"]
    if article_id is None and not everywhere:
        raise click.UsageError("name the article's ID (cli.py search prints them), or say --everywhere or --paper NAME")
    if article_id is not None and everywhere:
        raise click.UsageError("a correction is of one article or of every one: leave out ID, or --everywhere/--paper")
    if said["everywhere"] and said["paper"]:
        raise click.UsageError("--everywhere and --paper exclude each other")
    if article_id is not None and not re.fullmatch(r"[0-9a-f]{16}", article_id):
        what = f"{article_id!r} is no article's id: 16 hex digits, as search prints them"
        raise click.BadParameter(what, param_hint="'ID'")
    record = run.record(article_id) if article_id else None
    corrections = wanted(run, record, said)
    if corrections and said["reviewed"]:
        raise click.UsageError("--reviewed stands alone: say first what is to be put right, look, then that it is")
    if corrections:
        run.add(corrections)
    elif record is not None and said["reviewed"]:
        run.approve(record, said["note"], said["by"])
    elif record is not None:
        run.show(record)
    else:
        raise click.UsageError("say what is right: --name NAME --is TYPE, --not-a-place NAME …; see --help")


def wanted(run: Any, record: ArticleRecord | None, said: Mapping[str, Any]) -> list[Correction]:
    """The corrections that the options ask for; CorrectionError or a usage error where they do not fit."""
    from corpus.corrections import making
    from corpus.corrections.kinds import KINDS
    from corpus.corrections.matching import reference

    asked = [*_names(record, said)]
    if record is not None:
        asked = [*_parts(run, record, said), *asked, *_facts(record, said)]
    else:
        for_one = [name for name in _OF_ONE if said[name]]
        if for_one:
            raise click.UsageError(f"--{for_one[0].replace('_', '-')} corrects one article; name its ID")
    made = []
    for kind, values, what in asked:
        ref = reference(record) if record is not None else None
        assert ref is not None or KINDS[kind].taught
        where = f" in {record.title or 'an untitled article'} ({record.source.path})" if record is not None else ""
        note = said["note"] or _noted(f"{what}{where}")
        made.append(making.correction(kind, values, ref, said["paper"], note=note, by=said["by"], at=run.at))
    return made


_OF_ONE = (
    "split_before", "join", "move", "drop", "take", "title", "role", "bylines", "no_byline", "mark", "unmark",
    "activity", "count", "date", "not_an_activity", "not_a_count", "not_a_date", "reviewed",
)  # fmt: skip
Asked = tuple[str, dict[str, Any], str]
"""Kind, values, and what it says in words."""


def _parts(run: Any, record: ArticleRecord, said: Mapping[str, Any]) -> list[Asked]:
    from corpus.corrections import making

    asked: list[Asked] = []
    if bool(said["move"]) != bool(said["to"]):
        raise click.UsageError("--move BLOCK and --to ID2 go together")
    if said["join"]:
        second = run.record(said["join"])
        asked.append(("join", {"with": making.other(second)}, f"{_opening(second)} goes on with it"))
    if said["split_before"]:
        quote = making.block_quote(record, said["split_before"])
        asked.append(("split", {"before": quote}, f"another article begins with {quote['text']}"))
    if said["move"]:
        quote, second = making.block_quote(record, said["move"]), run.record(said["to"])
        what = f"{quote['text']} belongs to {_opening(second)}"
        asked.append(("move", {"block": quote, "to": making.other(second)}, what))
    if said["drop"]:
        quote = making.block_quote(record, said["drop"])
        asked.append(("drop", {"block": quote}, f"{quote['text']} belongs to no article"))
    if words := said["take"]:
        role = said["role"][1] if said["role"] and said["role"][0] == words else "paragraph"
        quote = making.leftover_quote(run.page_text(record), words)
        asked.append(("take", {"words": quote, "role": role}, f"{words} belongs to it"))
    elif said["role"]:
        block, role = said["role"]
        quote = making.block_quote(record, block)
        asked.append(("role", {"block": quote, "role": role}, f"{quote['text']} is {role}"))
    if said["title"]:
        asked.append(("title", {"title": said["title"]}, f"title is {said['title']}"))
    if said["bylines"] or said["no_byline"]:
        credited = [each.strip().rpartition(" ") for each in said["bylines"]]
        who = {"bylines": [{"name": name, "role": role.strip()} for role, _, name in credited]}
        asked.append(("bylines", who, f"by {', '.join(said['bylines']) or 'nobody'}"))
    return asked


def _names(record: ArticleRecord | None, said: Mapping[str, Any]) -> list[Asked]:
    from corpus.corrections import making

    asked: list[Asked] = []
    name, told = said["name"], {}
    about = [option for option in ("is_", "called", "same_as", "in_", "code") if said[option] is not None]
    if bool(name) != bool(about):
        raise click.UsageError("--name NAME goes with --is, --called, --same-as, --in or --code")
    if said["called"]:
        told["name"] = said["called"]
    if said["in_"] is not None:
        told["in"] = making.typed(record, said["in_"]) if said["in_"] else None
    if said["code"] is not None:
        told["code"] = said["code"] or None
    if said["is_"]:
        which = making.which(name)
        also = {key: told.pop(key) for key in ("in", "code") if told.get(key)}
        asked.append(("is", {"name": which["name"], "type": said["is_"], **also}, f"{name} is {said['is_']}"))
    if told:
        what = f"{name}: {', '.join(f'{key} {_shown(value)}' for key, value in told.items())}"
        asked.append(("entity", {"entity": making.which(name), "set": told}, what))
    if said["same_as"]:
        target = making.typed(record, said["same_as"])
        asked.append(("same", {"entity": making.which(name), "as": target}, f"{name} is {target['name']}"))
    for option, kind in (("name", None), ("place", "place"), ("person", "person"), ("organization", "organization")):
        if not_one := said[f"not_{'an' if kind == 'organization' else 'a'}_{option}"]:
            what = f"{not_one} is no {option}"
            asked.append(("not_entity", {"entity": making.which(not_one, kind)}, what))
    if record is not None and said["mark"]:
        words, kind = said["mark"]
        asked.append(("mark", {"words": making.words_quote(record, words), "type": kind}, f"{words} is {kind}"))
    if record is not None and (words := said["unmark"]):
        asked.append(("unmark", {"words": making.words_quote(record, words)}, f"{words} names nothing"))
    return asked


def _facts(record: ArticleRecord, said: Mapping[str, Any]) -> list[Asked]:
    from corpus.corrections import making

    asked: list[Asked] = []
    about = [kind for kind in ("activity", "count", "date") if said[kind]]
    if len(about) > 1 or bool(about) != bool(said["settings"]):
        raise click.UsageError("--set FIELD=VALUE goes with one of --activity, --count, --date")
    for kind in about:
        thing, told = _thing(record, kind, said[kind]), said["settings"]
        values = {kind: thing, "set": making.settings(record, kind, told)}
        asked.append((kind, values, f"{thing.get('name') or thing['text']}: {', '.join(told)}"))
    for kind, option in (("activity", "not_an_activity"), ("count", "not_a_count"), ("date", "not_a_date")):
        if said[option]:
            thing = _thing(record, kind, said[option])
            asked.append((f"not_{kind}", {kind: thing}, f"{thing.get('name') or thing['text']} is no {kind}"))
    return asked


def _thing(record: ArticleRecord, kind: str, words: str) -> dict[str, Any]:
    from corpus.corrections import making

    if kind == "activity":
        return making.activity_quote(record, words)
    return making.thing_quote(record, words, kind)


def _opening(record: ArticleRecord) -> str:
    from corpus.corrections.matching import OPENING

    return record.title or record.article.text[:OPENING]


def _shown(value: Any) -> str:
    return str(value["name"] if isinstance(value, dict) else value)


def _noted(text: str) -> str:
    from corpus.naming import printable

    return printable(" ".join(text.split()))
