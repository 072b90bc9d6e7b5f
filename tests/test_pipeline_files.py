"""Zips and folders."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.files import File, sha256, swap_in, text_file, workspace, write, zipped

FILES = [
    text_file("index.html", "<p>Grüße</p>" * 100),
    File("media/größe.bin", bytes(range(256))),
    File("pages/empty.html", b""),
]


def test_zip_is_read_by_others() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as archive:
        assert archive.testzip() is None
        assert [(info.filename, archive.read(info)) for info in archive.infolist()] == [
            (f.path, f.content) for f in FILES
        ]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        # What does not get smaller is stored as it is.
        assert [info.compress_type for info in archive.infolist()] == [
            zipfile.ZIP_DEFLATED,
            zipfile.ZIP_STORED,
            zipfile.ZIP_STORED,
        ]
        assert {(info.extra, info.comment, info.external_attr, info.create_system) for info in archive.infolist()} == {
            (b"", b"", 0, 0)
        }


def test_zip_depends_on_nothing_but_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = zipped(FILES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert zipped(FILES) == first


def test_zip_of_a_day() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FILES, on=datetime(2031, 12, 30, 23, 58)))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2031, 12, 30, 23, 58, 0)}


def test_zip_of_nothing() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped([]))) as archive:
        assert archive.namelist() == []


@given(st.dictionaries(st.text("abc/._-", min_size=1, max_size=12), st.binary(max_size=2_000), max_size=8))
def test_zip_round_trip(contents: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped([File(path, content) for path, content in contents.items()]))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == contents


def test_remembered_members_give_the_same_zip() -> None:
    calls: list[bytes] = []

    def pack(content: bytes) -> tuple[int, int, bytes]:
        from pipeline.files import member

        calls.append(content)
        return member(content)

    assert zipped(FILES, pack) == zipped(FILES)
    assert calls == [file.content for file in FILES]


def test_sha256() -> None:
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_write(tmp_path: Path) -> None:
    write(tmp_path, [text_file("a/b/c.txt", "C"), text_file("d.txt", "D")])
    assert (tmp_path / "a" / "b" / "c.txt").read_text(encoding="utf-8") == "C"
    assert (tmp_path / "d.txt").read_text(encoding="utf-8") == "D"


def test_workspace_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "build"
    with pytest.raises(ZeroDivisionError), workspace(out) as folder:
        (folder / "half").write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert list(out.iterdir()) == []


def test_swap_in(tmp_path: Path) -> None:
    for name in ("made", "place"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(name, encoding="utf-8")
    swap_in(tmp_path / "made", tmp_path / "place")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["place", "place/made.txt"]
