"""Where page files lie, told of them as they come from corpus.sources: what the archive calls their places."""

from corpus import containers, tables, urls
from corpus.archive.met import location_of
from corpus.archive.store import content_of
from corpus.given import STANDARD_INPUT
from corpus.naming import shown
from corpus.part_source import Origin
from corpus.rejects import Reject
from corpus.sources import PageFile


class Origins:
    """Knows which file is being read: `begin` hears of every one, `of` of every input, in the order of the inputs."""

    def __init__(self) -> None:
        self._path: str | None = None
        self._location: str | bytes = ""

    def begin(self, path: str) -> None:
        """A file of this system is read from now on."""
        self._path, self._location = shown(path), location_of(path)

    def of(self, item: PageFile | Reject) -> Origin:
        """Where an input lies."""
        if isinstance(item, Reject):
            return self._of_reject(item.path)
        content = content_of(item)
        told = (content.sha256.hex(), content.context)
        if item.path == STANDARD_INPUT or item.path.startswith(f"{STANDARD_INPUT}!"):
            # what is piped in has no place of its own: it is where its content is
            member = item.path.removeprefix(STANDARD_INPUT).removeprefix("!")
            return Origin(STANDARD_INPUT, f"{STANDARD_INPUT}{told[0]}", member, *told)
        if urls.is_url(item.path):
            path = _file_of(item.path)
            return Origin(path, path, item.path.removeprefix(path).removeprefix("!"), *told)
        if self._path is None or item.path.partition(self._path)[0]:
            self.begin(item.path)
        assert self._path is not None
        return Origin(self._path, self._location, item.path.removeprefix(self._path).removeprefix("!"), *told)

    def _of_reject(self, path: str) -> Origin:
        if path == self._path:
            return Origin(path, self._location, None)
        if self._path is not None and path.startswith(f"{self._path}!"):
            return Origin(self._path, self._location, path.removeprefix(f"{self._path}!"))
        return Origin(path, None, None)


def _file_of(url: str) -> str:
    """The file of a source on shared storage, without the member of the archive or the row of the table.

    >>> _file_of("s3://papers/2024.zip!3.txt"), _file_of("s3://papers/wow!/3.txt")
    ('s3://papers/2024.zip', 's3://papers/wow!/3.txt')
    """
    at = url.find("!")
    while at >= 0:
        if containers.kind(url[:at]) or tables.kind(url[:at]):
            return url[:at]
        at = url.find("!", at + 1)
    return url
