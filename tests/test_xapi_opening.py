"""Where files are that are kept beside a store."""

from __future__ import annotations

from errno import EACCES
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli, main
from xapi.reports.ledger_file import path_of
from xapi.store.opening import folder

DATABASE = "postgresql:///masterclass"
NAME = sha256(DATABASE.encode()).hexdigest()[:12]


@pytest.mark.parametrize(
    ("data", "state", "expected"),
    [
        ("data", "", Path("data")),
        ("data", "/var/lib/masterclass", Path("data")),
        (DATABASE, "", Path("data")),
        (DATABASE, "/var/lib/masterclass", Path("/var/lib/masterclass")),
        (DATABASE, "/var/lib/masterclass:/var/lib/other", Path("/var/lib/masterclass")),
    ],
)
def test_files_are_beside_a_folders_store_or_where_systemd_lets_a_service_write(
    data: str, state: str, expected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", state)
    assert folder(data) == expected
    assert path_of(data) == expected / "reports" / (f"{NAME}.duckdb" if "://" in data else "facts.duckdb")


def test_a_folder_of_somebody_else_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A command run as another user than the server: no traceback."""

    def refused(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refused)
    monkeypatch.setattr("sys.argv", ["masterclass", "lrs", "key", "list", "--data", str(tmp_path / "new")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == (
        f"Error: {tmp_path / 'new'}: Permission denied. Is this the user whose file or folder it is?"
    )


def test_an_address_that_is_no_store_is_refused_and_makes_no_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["report", "progress", "--data", "https://me:secret@lrs.example/xapi"])
    assert (result.exit_code, result.output) == (
        1,
        "Error: https:// is no store: --data takes a folder, or postgresql://…; reports read another LRS by --lrs\n",
    )
    assert list(tmp_path.iterdir()) == []
