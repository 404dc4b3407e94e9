"""What can go wrong with a request, told so that it says nothing of the inside and names the next step."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A status of HTTP, what it means here, what to do next (both msgids), and values for `%(name)s` in `remedy`."""

    status: int
    title: str
    remedy: str
    values: tuple[tuple[str, str], ...] = ()


class ProblemError(Exception):
    """A request that cannot be served; its problem is the answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


NOT_FOUND = Problem(404, "There is nothing at this address", "Search the archive, or begin at the home page.")
TOO_LONG = Problem(503, "The answer takes too long", "Narrow the question: fewer days, one district, another word.")
BUSY = Problem(503, "Too many readers at once", "Wait a moment and load the page again.")
UNREADABLE = Problem(503, "The archive cannot be read now", "Look at the terminal where serve runs: it says why.")
FAILED = Problem(500, "Something went wrong here", "Load the page again; the terminal where serve runs says more.")
BY_STATUS = {
    400: Problem(400, "The request cannot be understood", "Go back and try again."),
    404: NOT_FOUND,
    405: Problem(405, "This address is only for reading, or only for changes", "Begin at the home page."),
    413: Problem(413, "Too much was sent at once", "Send less at once."),
}
"""What Starlette itself refuses."""
EXPIRED = Problem(403, "The form has expired", "Go back, load the page again and repeat the change.")
FOREIGN = Problem(403, "Another site has asked for this", "Open the page here and try again.")
READ_ONLY = Problem(403, "This archive is read-only here", "Start serve with --edit to correct it.")
TOO_LONG_ADDRESS = Problem(414, "The address is too long", "Ask for less at once.")
UNKNOWN_HOST = Problem(400, "Unknown host name", "Open the address that serve printed when it started.")
SEVERAL = Problem(409, "Several places are called so", "Say with in=… what it lies in.")
WRONG_QUERY = "The query cannot be read"
WRONG_ADDRESS = "The address asks for something that there is not"


def not_found() -> ProblemError:
    """To raise where there is no such article, place or page."""
    return ProblemError(NOT_FOUND)


def wrong(remedy: str, **values: str) -> ProblemError:
    """To raise for a parameter that cannot be meant; `remedy` is a msgid with `%(name)s` for the values."""
    return ProblemError(Problem(400, WRONG_ADDRESS, remedy, tuple(values.items())))
