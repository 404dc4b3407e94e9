"""One walk from an ending to the left edge of its name, with what was taken on the way for the judgement."""

from dataclasses import dataclass, field

from extract.org_forms import Head
from schemas.annotations import Mention


@dataclass(slots=True)
class Walk:
    """`start` moves left from `head.start`; what was taken is kept."""

    head: Head
    start: int
    places: list[Mention] = field(default_factory=list)  # right before the name, outermost first
    stem: list[str] = field(default_factory=list)  # the words of the proper name
    tags: list[str] = field(default_factory=list)
    inner: int = 0  # characters of inner words (综合行政执法)
    owner: Head | None = None  # the outermost larger body that the name holds
    below: tuple[int, tuple[str, ...], tuple[str, ...]] = (0, (), ())  # start, stem and tags below the owner
    founder: str = ""  # 共青团 and the like, before the place
    quoted: bool = False
    enclosed: bool = False  # the whole name stands in quotation marks, which are not part of it
    posted: bool = False  # 驻 and a place were crossed: 农业银行|驻|石桥镇|工作队
    national: bool = False
    ordinal: bool = False
    firm: bool = True  # False: the walk was cut off for its length

    @property
    def proper(self) -> str:
        """The words of the proper name, put together: 向阳 of 莲湖区|向阳|小学."""
        return "".join(self.stem)

    def lower(self) -> "Walk | None":
        """The part of the name below its owner, where that part has a name of its own: 公安分局|通江派出所."""
        start, stem, tags = self.below
        return Walk(self.head, start, stem=list(stem), tags=list(tags)) if self.owner and stem else None
