"""Paths to page files: order, archives, links, limits, and a named reject for whatever cannot be read."""

import io
import os
import random
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import containers, limits, sources, unpacking, workers
from corpus import given as given_paths
from corpus.metadata import Metadata, from_path
from corpus.rejects import REMEDIES, Reject
from corpus.sources import PageFile, page_files
from corpus.unpacking import Ahead


def found(*paths: Path | str, **options: object) -> dict[str, str]:
    """Path to "page" or reject reason, the first path being cut to what is below it."""
    top = str(Path(paths[0]))
    result = {}
    for file in page_files(map(str, paths), **options):  # type: ignore[arg-type]
        result[file.path.removeprefix(top).lstrip("/!")] = file.reason if isinstance(file, Reject) else "page"
    return result


def make_zip(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def make_tar(path: Path, mode: str, *members: tuple[str, bytes]) -> Path:
    with tarfile.open(path, mode) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def test_files_of_a_folder_come_sorted_and_paths_in_the_order_given(tmp_path: Path) -> None:
    for name in ("z/1.txt", "a/10.txt", "a/2.txt", "m.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("社区", "utf-8")
    assert list(found(tmp_path)) == ["a/10.txt", "a/2.txt", "m.txt", "z/1.txt"]
    given_order = [file.path for file in page_files([str(tmp_path / "m.txt"), str(tmp_path / "a")])]
    assert [Path(p).name for p in given_order] == ["m.txt", "10.txt", "2.txt"]


def test_hidden_files_and_the_run_s_own_output_are_no_pages(tmp_path: Path) -> None:
    for name in (".DS_Store", ".git/x.txt", "a.txt", "records.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("社区", "utf-8")
    own = Path(os.path.realpath(tmp_path / "records.jsonl"))
    assert found(tmp_path, leave_out={own}) == {"a.txt": "page"}


def test_a_folder_without_pages_and_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert found(tmp_path) == {"": "no_pages"}
    assert found(tmp_path / "typo") == {"": "not_found"}


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # the tests may run as root, who may read everything: the refusal is simulated where it would come from
    path = tmp_path / "a.txt"
    path.write_text("社区", "utf-8")
    (tmp_path / "b.txt").write_text("社区", "utf-8")

    def refuse(name: str, flags: int) -> int:
        if name == str(path):
            raise PermissionError(13, "Permission denied", name)
        return original(name, flags)

    original = sources.at_once
    monkeypatch.setattr(sources, "at_once", refuse)
    assert found(tmp_path) == {"a.txt": "no_permission", "b.txt": "page"}


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("社区", "utf-8")
    original = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return original(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == {"closed": "no_permission", "open.txt": "page"}


def test_a_page_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_bytes(b"a" * 1001)
    (tmp_path / "page.txt").write_bytes(b"a" * 1000)
    assert found(tmp_path, limit=1000) == {"line.txt": "too_large", "page.txt": "page"}


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("社区", "utf-8")
    original = os.fstat

    def growing(handle: int) -> os.stat_result:
        with path.open("ab") as file:
            file.write(b"more")
        return original(handle)

    monkeypatch.setattr(os, "fstat", growing)
    assert found(path) == {"": "changed"}


def test_links_are_followed_and_loops_are_named(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("社区", "utf-8")
    os.symlink(tmp_path, tmp_path / "real" / "up")
    os.symlink("self", tmp_path / "self")
    os.symlink("gone.txt", tmp_path / "torn.txt")
    assert found(tmp_path) == {
        "real/a.txt": "page",
        "real/up": "link_loop",
        "self": "link_loop",
        "torn.txt": "not_found",
    }


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert found(tmp_path) == {"pipe": "not_a_file"}


def test_folders_deeper_than_the_call_stack(tmp_path: Path) -> None:
    deep = 1100
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for _ in range(deep):
            os.mkdir("d")
            os.chdir("d")
        Path("a.txt").write_text("社区", "utf-8")
        assert list(found(tmp_path).values()) == ["page"]
    finally:
        # pytest could not take it away: it does recurse
        Path("a.txt").unlink()
        for _ in range(deep):
            os.chdir("..")
            os.rmdir("d")
        os.chdir(here)


def test_a_name_that_is_not_utf_8_can_be_shown(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/" + "第3版.txt".encode("gbk"), "wb") as file:
        file.write("社区".encode())
    assert found(tmp_path) == {"第3版.txt": "page"}


def test_zip_members_come_sorted_with_their_chinese_names(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "march.zip", ("b/2.txt", b"b"), ("__MACOSX/b", b""), ("a.txt", b"a"), ("d/", b""))
    # how Chinese Windows stores a name: GBK bytes, no UTF-8 flag
    raw = path.read_bytes().replace(b"b/2.txt", "第3版".encode("gbk") + b"ab")
    path.write_bytes(raw)
    assert found(path) == {"a.txt": "page", "第3版ab": "page"}


def test_archives_lie_in_folders_too(tmp_path: Path) -> None:
    make_zip(tmp_path / "m.zip", ("a.txt", b"a"))
    make_tar(tmp_path / "n.tar.xz", "w:xz", ("x/b.txt", b"b"))
    assert found(tmp_path) == {"m.zip!a.txt": "page", "n.tar.xz!x/b.txt": "page"}


@pytest.mark.parametrize("mode", ["", "gz", "bz2", "xz"])
def test_tar_members_with_their_bytes(tmp_path: Path, mode: str) -> None:
    path = make_tar(tmp_path / f"m.tar{'.' + mode if mode else ''}", f"w:{mode}", ("../b.txt", b"bb"), ("a.txt", b"a"))
    assert [file.data for file in page_files([str(path)]) if isinstance(file, PageFile)] == [b"bb", b"a"]
    assert not (tmp_path.parent / "b.txt").exists()


def test_tar_links_and_devices_are_named(tmp_path: Path) -> None:
    path = tmp_path / "m.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("passwd")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert found(path) == {"passwd": "not_a_file"}


def test_what_is_wrong_with_one_member_costs_only_that_one(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(4000)
    path = make_zip(
        tmp_path / "m.zip", ("bad.txt", noise), ("big.txt", b"a" * 9000), ("in.zip", b"PK"), ("z.txt", b"z")
    )
    path.write_bytes(path.read_bytes().replace(noise[1000:1010], b"0123456789"))
    assert found(path, limit=8000) == {
        "bad.txt": "broken_archive",
        "big.txt": "too_large",
        "in.zip": "broken_archive",
        "z.txt": "page",
    }


def test_an_encrypted_member(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "m.zip", ("a.txt", b"a"))
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert found(path) == {"a.txt": "encrypted"}


@pytest.mark.parametrize("name", ["m.zip", "m.tar.gz", "m.tar"])
def test_archives_that_are_none_or_cut_or_empty(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"this is no archive at all, whatever its name says. " * 20)
    assert found(path) == {"": "broken_archive"}
    if name == "m.tar.gz":
        whole = make_tar(path, "w:gz", ("a.txt", random.Random(2).randbytes(5000))).read_bytes()
        path.write_bytes(whole[:3000])
        assert "broken_archive" in found(path).values()


def test_an_archive_without_pages(tmp_path: Path) -> None:
    assert found(make_zip(tmp_path / "m.zip", (".hidden", b"a"))) == {"": "no_pages"}


def test_bombs_are_refused_by_what_they_claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "FREE_BYTES", 100_000)
    zeros = b"\0" * 400_000
    assert found(make_zip(tmp_path / "m.zip", ("0.txt", zeros))) == {"": "archive_bomb"}
    assert found(make_tar(tmp_path / "m.tar.gz", "w:gz", ("0.txt", zeros))) == {"": "archive_bomb"}


def test_a_member_that_lies_about_its_size_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "m.zip", ("a.txt", b"a" * 5000))
    raw = path.read_bytes().replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(raw)
    assert found(path, limit=1000)["a.txt"] == "broken_archive"


@given(data=st.binary(max_size=400))
@example(data=b"\x1f\x8b\x08")  # a gzip header that breaks off
def test_any_bytes_under_an_archive_s_name_give_files_or_rejects(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    for name in ("a.zip", "a.tar"):
        (folder / name).write_bytes(data)
        outcomes = list(page_files([str(folder / name)]))
        assert outcomes
        assert all(isinstance(file, PageFile | Reject) for file in outcomes)


def test_the_count_ahead_is_what_comes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("社区", "utf-8")
    make_zip(tmp_path / "m.zip", ("a.txt", b"a"), ("b.txt", b"b"))
    assert sources.count([str(tmp_path)]) == len(list(page_files([str(tmp_path)]))) == 3
    make_tar(tmp_path / "n.tar", "w", ("a.txt", b"a"))
    assert sources.count([str(tmp_path)]) is None


def test_every_reason_has_a_remedy_and_no_other_is_possible() -> None:
    assert all(REMEDIES.values())
    with pytest.raises(ValueError, match="no remedy is known"):
        Reject("a.txt", "bad luck", "")


@pytest.mark.parametrize(
    ("path", "paper", "date", "page"),
    [
        ("成都晚报/2024-03-12/A05.txt", "成都晚报", "2024-03-12", 5),
        ("20240312.txt", None, "2024-03-12", None),
        ("2024年3月12日第3版.txt", None, "2024-03-12", 3),
        ("2024年3月2日 第十二版.txt", None, "2024-03-02", 12),
        ("2024/03/12/07.txt", None, "2024-03-12", 7),
        ("202403/12/B02版.txt", None, "2024-03-12", 2),
        ("兰州社区报/2024年/3月/12日/A05.txt", "兰州社区报", "2024-03-12", 5),
        ("2024年3月/12日/第3版.txt", None, "2024-03-12", 3),
        ("20240312_03.txt", None, "2024-03-12", 3),
        ("2024031204.txt", None, "2024-03-12", 4),
        ("haerbin-2024.3.12-C11.txt", None, "2024-03-12", 11),
        ("2023-01-01/新民晚报20240312/p3.txt", "新民晚报", "2024-03-12", 3),
        ("西宁晚报 03版.txt", "西宁晚报", None, 3),
        ("archive/昆明社区报.zip!2024-03-12/page_6.txt", "昆明社区报", "2024-03-12", 6),
        ("zunyi-B3.txt", None, None, 3),
        # nothing of the kind
        ("000_27267ff328ea338d.txt", None, None, None),
        ("20241342.txt", None, None, None),
        ("2024-02-30.txt", None, None, None),
        ("13800138000.txt", None, None, None),
        ("工作简报.txt", None, None, None),
        ("page.txt", None, None, None),
        ("a/b/c.txt", None, None, None),
        ("wuhan-02.txt", None, None, None),
    ],
)
def test_paper_date_and_page_from_names(path: str, paper: str | None, date: str | None, page: int | None) -> None:
    assert from_path(path) == Metadata(paper, date, page)


@given(st.text(max_size=60))
def test_any_name_is_read_without_a_crash(path: str) -> None:
    known = from_path(path)
    assert known.page is None or known.page > 0


GOOD = "巷子里的灯亮了\n本报讯（记者 何苗）入夜，柳巷的路灯重新亮起，居民都说走路踏实了。\n"


def tree(top: Path, *names: str) -> Path:
    for name in names:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text("社区", "utf-8")
    return top


NAMES = (
    "2024/03/A01.txt",
    "2024/03/A02.html",
    "2024/04/A01.txt",
    "2024/.hidden/A01.txt",
    "x[1].txt",
    "x1.txt",
    "b.txt",
)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["b.txt", "x1.txt", "x[1].txt"]),
        ("**/*.txt", ["b.txt", "x1.txt", "x[1].txt", "2024/03/A01.txt", "2024/04/A01.txt"]),
        ("2024/*/A01.txt", ["2024/03/A01.txt", "2024/04/A01.txt"]),
        ("2024/0[34]/*.t?t", ["2024/03/A01.txt", "2024/04/A01.txt"]),
        ("2024/**", ["2024/03/A01.txt", "2024/03/A02.html", "2024/04/A01.txt"]),
        ("202*", ["2024"]),
        ("x[1].txt", ["x[1].txt"]),  # it is there: a name and no pattern
        ("x[12].txt", ["x1.txt"]),
        ("2024/.h*/*", ["2024/.hidden/A01.txt"]),
        ("*.pdf", ["not_found"]),
        ("no/*.txt", ["not_found"]),
        ("no.txt", ["no.txt"]),
    ],
)
def test_patterns_name_what_fits_them_sorted(tmp_path: Path, pattern: str, names: list[str]) -> None:
    tree(tmp_path, *NAMES)
    found = given_paths.expand([f"{tmp_path}/{pattern}"])
    assert [each.reason if isinstance(each, Reject) else os.path.relpath(each, tmp_path) for each in found] == names


def test_a_pattern_does_not_follow_links_in_circles(tmp_path: Path) -> None:
    tree(tmp_path, "a/b.txt")
    for name in ("one", "two"):
        os.symlink(tmp_path, tmp_path / "a" / name)
    assert list(given_paths.expand([f"{tmp_path}/**/*.txt"])) == [str(tmp_path / "a" / "b.txt")]


@pytest.mark.parametrize(
    "data",
    [
        "a.txt\n柳巷 第3版.txt\n\nb[1].txt".encode(),
        "a.txt\r\n柳巷 第3版.txt\r\n\r\nb[1].txt\r\n".encode("gbk"),
        "\ufeffa.txt\n柳巷 第3版.txt\nb[1].txt\n".encode(),
        "a.txt\r\n柳巷 第3版.txt\r\nb[1].txt\r\n".encode("utf-16"),
        "a.txt\0柳巷 第3版.txt\0b[1].txt\0".encode(),
    ],
)
def test_lists_of_paths_as_systems_write_them(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "list").write_bytes(data)
    assert list(given_paths.listed(str(tmp_path / "list"))) == ["a.txt", "柳巷 第3版.txt", "b[1].txt"]


def test_a_name_in_a_list_may_be_in_the_encoding_of_the_disk(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + "/第3版.txt".encode("gbk")
    with open(name, "wb") as file:
        file.write(GOOD.encode())
    (tmp_path / "list").write_bytes(name)
    (page,) = page_files(given_paths.listed(str(tmp_path / "list")))
    assert isinstance(page, PageFile)
    assert page.path == f"{tmp_path}/第3版.txt"


@given(data=st.binary(max_size=300))
@example(data=b"a" * 70_000 + b"\nb")
@example(data=b"\xff\xfe\n")
@example(data=b"a\0b\nc")
def test_any_list_gives_paths_or_rejects(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("list") / "list"
    path.write_bytes(data)
    for each in given_paths.listed(str(path)):
        assert isinstance(each, Reject) or (each and "\0" not in each)


class Piped:
    """Standard input that gives `data` a few bytes at a time."""

    closed = False

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BufferedReader(Ahead(b"", io.BytesIO(data)), 16)  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("page.txt", {"-": "page"}),
        ("m.zip", {"-!a.txt": "page", "-!b.txt": "page"}),
        ("m.tar", {"-!a.txt": "page", "-!b.txt": "page"}),
        ("m.tar.gz", {"-!a.txt": "page", "-!b.txt": "page"}),
        ("t.jsonl", {"-!1": "page"}),
        ("t.csv", {"-!1": "page"}),
        ("empty", {"-": "page"}),
    ],
)
def test_standard_input_is_told_by_its_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, found: dict[str, str]
) -> None:
    path = tmp_path / name
    members = (("b.txt", b"b" * 100), ("a.txt", b"a" * 100))
    if name.endswith(".zip"):
        make_zip(path, *members)
    elif ".tar" in name:
        make_tar(path, "w:gz" if name.endswith("gz") else "w", *members)
    else:
        contents = {"t.jsonl": '{"text": "社区"}\n', "t.csv": "标题,正文\n晨练,社区\n", "page.txt": GOOD, "empty": ""}
        path.write_text(contents[name], "utf-8")
    monkeypatch.setattr("sys.stdin", Piped(path.read_bytes()))
    outcomes = {each.path: "page" if isinstance(each, PageFile) else each.reason for each in page_files(["-"])}
    assert outcomes == found


def test_rows_of_tables_are_pages_wherever_the_table_lies(tmp_path: Path) -> None:
    table = "标题,正文\n晨练,居民早起。\n,\n".encode("gbk")
    (tmp_path / "a.csv").write_bytes(table)
    make_zip(tmp_path / "b.zip", ("c.csv", table))
    files = [file for file in page_files([str(tmp_path)]) if isinstance(file, PageFile)]
    assert [file.path.removeprefix(f"{tmp_path}/") for file in files][::2] == ["a.csv!1", "b.zip!c.csv!1"]
    assert {(file.format, file.encoding) for file in files} == {("row", "gb18030")}


def test_what_is_large_depends_on_what_it_is(tmp_path: Path) -> None:
    for name, beginning in {
        "a.pdf": b"%PDF-1.7\n",
        "b.txt": b"",
        "c.xml": b"<?xml version='1.0'?>",
        "d.txt": b"%PDF-",
    }.items():
        (tmp_path / name).write_bytes(beginning.ljust(3000, b"a"))
    make_zip(tmp_path / "e.zip", ("a.pdf", b"%PDF-1.7\n".ljust(3000, b"a")), ("b.txt", b"a" * 3000))
    assert found(tmp_path, limit=1000) == {
        "a.pdf": "page",
        "b.txt": "too_large",
        "c.xml": "page",
        "d.txt": "page",
        "e.zip!a.pdf": "page",
        "e.zip!b.txt": "too_large",
    }


METS = """<?xml version="1.0"?><mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:mods="http://www.loc.gov/mods/v3"><dmdSec ID="D"><mdWrap MDTYPE="MODS"><xmlData><mods:mods>
<mods:titleInfo><mods:title>柳巷社区报</mods:title></mods:titleInfo>
<mods:originInfo><mods:dateIssued>2024-03-12</mods:dateIssued></mods:originInfo></mods:mods></xmlData></mdWrap></dmdSec>
<fileSec><fileGrp><file ID="F"><FLocat xlink:href="file://./alto/0001.xml"/></file></fileGrp></fileSec>
<structMap><div DMDID="D" TYPE="Newspaper"><div TYPE="Page" ORDER="1"><fptr FILEID="F"/></div></div></structMap>
</mets>"""


@pytest.mark.parametrize("form", ["folder", "zip", "tar"])
def test_a_mets_speaks_for_the_files_below_it(tmp_path: Path, form: str) -> None:
    members = (("i/mets.xml", METS.encode()), ("i/alto/0001.xml", b"<alto/>"), ("j/alto/0001.xml", b"<alto/>"))
    if form == "zip":
        make_zip(tmp_path / "m.zip", *reversed(members))
    elif form == "tar":
        make_tar(tmp_path / "m.tar", "w", *members)
    for name, data in members if form == "folder" else ():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    files = {file.path[-15:]: file for file in page_files([str(tmp_path)]) if isinstance(file, PageFile)}
    issue = files["i/alto/0001.xml"].issue
    assert issue is not None
    assert (issue.paper, issue.issue_date) == ("柳巷社区报", "2024-03-12")
    assert files["j/alto/0001.xml"].issue is None


def test_the_document_names_every_remedy_and_limit() -> None:
    text = (Path(__file__).parent.parent / "docs" / "sources.md").read_text("utf-8")
    for reason, remedy in REMEDIES.items():
        (row,) = [line for line in text.split("\n") if line.startswith(f"| `{reason}` |")]
        assert row.endswith(f" | {remedy} |"), "run `make docs`"
        assert "| … |" not in row, "say when it happens"
    megabytes = 2**20
    for number in (
        sources.DEFAULT_LIMIT // megabytes,
        limits.most(b"%PDF-", sources.DEFAULT_LIMIT) // megabytes,
        limits.most(b"<?xml ?>", sources.DEFAULT_LIMIT) // megabytes,
        unpacking.FREE_BYTES // megabytes,
        sources.MOST_NESTED // megabytes,
        containers.MOST_DIRECTORY // megabytes,
        workers.MOST_BYTES // megabytes,
    ):
        assert f" {number} MB" in text, number
