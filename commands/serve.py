"""cli.py serve: the archive in the browser."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import logging
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.filter_options import archive_option

if TYPE_CHECKING:
    from schemas.layout import Source
    from web.settings import Settings

SHORTEST = 8
"""Characters of a password."""
MOST_AT_ONCE = 256
"""Open connections; more are told to come again."""


@click.command()
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 is every one.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="Name by which others reach this machine.")
@click.option("--edit", is_flag=True, help="Let whoever opens it correct the archive.")
@click.option(
    "--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Whose first line is the password; needed where other machines can reach it.",
)  # fmt: skip
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=10, show_default=True, help="Longest time of a question."
)
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
def serve(
    archive: Path,
    host: str,
    port: int,
    names: Sequence[str],
    edit: bool,
    password_file: Path | None,
    seconds: float,
    browse: bool,
) -> None:
    """Open the archive in the browser: search, articles beside their pages, tables, charts, and an API for programs.

    Only this machine can reach it unless --host says otherwise, and nothing can be changed without --edit. The
    connection is not encrypted: across a network that others use, put it behind a server that speaks HTTPS, or ssh -L.
    """
    password = _password(password_file) if password_file else None
    if not _loopback(host) and password is None:
        raise click.UsageError(
            f"--host {host} can be reached by other machines: protect it with --password-file FILE, "
            "or leave --host out to serve this machine alone"
        )
    settings = _settings(archive, host, names, edit, password, seconds)
    listening = _listen(host, port)
    shown = "localhost" if _loopback(host) or host in ("0.0.0.0", "::") else host
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{listening.getsockname()[1]}/"
    click.echo(f"{archive} is open at {address}", err=True)
    click.echo(
        "corrections are on: they are saved beside the archive, and can be undone" if edit else
        "read-only; --edit lets you correct what was read", err=True,
    )  # fmt: skip
    click.echo("Ctrl+C ends it", err=True)
    if browse:
        click.launch(address)
    _run(settings, listening)


def _settings(
    archive: Path, host: str, names: Sequence[str], edit: bool, password: str | None, seconds: float
) -> Settings:
    """What the site is served by; refused here where the archive cannot be used."""
    import work
    from corpus.archive import database, derive
    from web.settings import LOOPBACK, Limits, Settings

    try:
        with database.reading(archive) as connection, database.told(archive):
            if any(derive.outdated(connection, step) for step in derive.STEPS):
                raise click.ClickException(
                    f"{archive} was indexed by another version of this program; bring it up to date: "
                    f"cli.py index PATH --archive {archive}"
                )
    except database.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    if edit and not (os.access(archive, os.W_OK) and os.access(archive.parent, os.W_OK)):
        raise click.ClickException(
            f"--edit needs to write {archive} and beside it; give yourself permission, or leave --edit out"
        )
    others = {name.strip().lower() for name in (*names, *(() if _loopback(host) else (host, socket.gethostname())))}
    return Settings(
        archive,
        edit=edit,
        hosts=LOOPBACK | others,
        by_number=not _loopback(host),
        password=password,
        limits=Limits(seconds=seconds),
        reader=work.reading_again,
        explain=_explain,
    )


def _explain(source: Source, text: str, article: str | None) -> list[str]:
    import work
    from schemas.layout import Page

    return list(work.extractor(work.Settings()).extract(Page(source, text)).explanation.lines(article))


def _password(path: Path) -> str:
    try:
        password = path.read_text("utf-8-sig").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{path} cannot be read ({error})", param_hint="'--password-file'") from error
    if len(password) < SHORTEST:
        raise click.BadParameter(
            f"the first line of {path} has {len(password)} characters; a password has {SHORTEST} at least",
            param_hint="'--password-file'",
        )
    return password


def _loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens; a usage error that says what else to try."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(where)
            listening.listen(MOST_AT_ONCE)
        except OSError:
            listening.close()
            raise
    except socket.gaierror as error:
        raise click.ClickException(f"{host} is no address here ({error.strerror}); give another --host") from error
    except OSError as error:
        other = port + 1 if 1023 < port < 65535 else 8000
        told = {
            errno.EADDRINUSE: f"port {port} is taken, perhaps by another serve; take another: --port {other}",
            errno.EACCES: f"port {port} is not for you to use; take one above 1023: --port {other}",
            errno.EADDRNOTAVAIL: f"{host} is no address of this machine; give another --host",
        }
        raise click.ClickException(told.get(error.errno or 0, f"{host}:{port}: {error.strerror}")) from error
    return listening


def _run(settings: Settings, listening: socket.socket) -> None:
    import uvicorn

    from web.application import create_app

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    configuration = uvicorn.Config(
        create_app(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
    )
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has ended in order, and raises it once more
        uvicorn.Server(configuration).run(sockets=[listening])
