"""What a run tells its user, as text: a line for a page, for a reject, and the summary. Whoever calls prints it."""

from collections.abc import Iterator, Sequence

from corpus.output import Output
from corpus.rejects import Reject
from corpus.tally import Tally


def page(path: str, tally: Tally, notes: Sequence[str] = ()) -> str:
    """What one page file gave, and what was odd about its bytes."""
    figures = ", ".join(f"{tally.found[kind]} {kind}" for kind in ("places", "counts", "dates", "activities"))
    return f"{path}: {tally.articles} articles, {figures}" + "".join(f"  ({note})" for note in notes)


def reject(rejected: Reject, verbose: bool = False) -> str:
    """What was not read, why, and the remedy; with the traceback where there is one and it is wanted.

    >>> print(reject(Reject("page.txt", "empty", "the file has no text")))
    rejected page.txt: the file has no text [empty]
             remove the file or export the page again
    """
    detail = f"\n{rejected.detail.rstrip()}" if verbose and rejected.detail else ""
    return f"rejected {rejected.path}: {rejected.message} [{rejected.reason}]\n         {rejected.remedy}{detail}"


def summary(total: Tally, rejected: int, seconds: float, out: Output, following: str) -> Iterator[str]:
    """What the run found, how long it took, where it is, and the command to try next."""
    found = total.found
    photos = f" ({found['photo stories']} of them photo stories)" if found["photo stories"] else ""
    pages = f"{found['pages']} page{'s' * (found['pages'] != 1)}"
    yield f"{pages}, {total.articles} articles{photos}, {rejected} rejected, {seconds:.1f} s"
    kinds = ("places", "people", "organizations", "dates", "counts", "activities")
    yield "found      " + ", ".join(f"{found[kind]} {kind}" for kind in kinds)
    if total.types:
        yield "activities " + ", ".join(f"{name} {count}" for name, count in total.types.most_common(8))
    if out.records:
        yield f"records    {out.records}"
    if out.leftovers:
        yield f"no article {out.leftovers}"
    if out.rejects and rejected:
        yield f"rejected   {out.rejects}"
    if total.articles:
        yield f"next       {following}"
