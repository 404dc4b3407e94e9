"""cli.py schema: the published JSON Schemas."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema NAME; without a name, list what there is."""
    from schemas import published

    if name is None:
        for each in published.names():
            title = published.load(each)
            click.echo(f"{each:10} {title['title']:12} {title['description'].partition('. ')[0].rstrip('.')}.")
    elif name in published.names():
        click.echo(published.text(name), nl=False)
    else:
        raise click.BadParameter(f"there is none named {name!r}; there are: {', '.join(published.names())}")
