"""Addresses that hold when an archive is indexed anew, of namesakes too, and what one that holds no longer gives."""

from corpus.archive import addresses, matched
from corpus.archive.addresses import Address
from corpus.archive.filters import Filters
from tests.searchable import Written, settled


def test_addresses_of_namesakes_and_of_what_is_gone() -> None:
    city, street = ("district", "河西区", "120103", None), ("street", "城北街道", None, 1)
    made, columns = settled([
        Written(blocks=("甲",), paper="晚报", entities=(city, street, ("community", "明珠社区", None, 2))),
        Written(blocks=("乙",), paper="早报", entities=(("community", "明珠社区", None, None),)),
        Written(blocks=("丙",), paper="午报", entities=(("community", "明珠社区", None, None),)),
    ])  # fmt: skip
    named = addresses.of_places(made, [row[0] for row in made.execute("SELECT id FROM place WHERE name = '明珠社区'")])
    assert {each.address.path for each in named.values()} == {
        "120103/城北街道/明珠社区", "@早报/明珠社区", "@午报/明珠社区",
    }  # fmt: skip
    for place, each in named.items():
        assert [found.id for found in addresses.find(made, each.address).places] == [place]
        rows = matched.articles(made, columns, "", Filters(communities=(each.address.path,)))
        assert rows.total == 1

    def state(address: Address) -> str:
        return addresses.find(made, address).state

    assert state(Address("community", "明珠社区")) == "several"
    assert state(Address("street", "城北街道", within="河东区")) == "moved"
    assert state(Address("street", "城北街道")) == "found"
    assert state(Address("weather", "城北街道")) == "gone"
    assert state(Address("street", "城北街道", within="/" * 5000)) == "moved"
    assert addresses.find(made, Address("community", "明珠小区")) == addresses.Resolved("gone", near=("明珠社区",))
