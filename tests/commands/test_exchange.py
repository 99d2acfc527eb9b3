"""Data in and out through the command line: what is said where, and with which exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.test_cli import uppsikt

SMALL = Path(__file__).resolve().parents[1] / "datasets" / "preset_c"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_in_out_and_in_again(tmp_path: Path) -> None:
    tried = uppsikt("import", str(SMALL), "--dry-run", folder=tmp_path / "a")
    assert (tried.returncode, "+ 2025-kf-1" in tried.stdout) == (0, True), tried.stderr
    assert uppsikt("verify", folder=tmp_path / "a").stdout == "Historiken är hel: 0 händelser.\n"

    done = uppsikt("import", str(SMALL), folder=tmp_path / "a")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "Ändrade" in done.stdout
    again = uppsikt("import", str(SMALL), folder=tmp_path / "a")
    assert "Ändrade 0 rader" in again.stdout

    out = uppsikt("export", str(tmp_path / "ut"), folder=tmp_path / "a")
    assert (out.returncode, out.stdout) == (0, "")
    assert uppsikt("export", str(tmp_path / "ut.xlsx"), folder=tmp_path / "a").returncode == 0
    assert uppsikt("import", str(tmp_path / "ut.xlsx"), folder=tmp_path / "b").returncode == 0
    uppsikt("export", str(tmp_path / "ut2"), folder=tmp_path / "b")
    assert contents(tmp_path / "ut") == contents(tmp_path / "ut2")


def test_faults_are_listed_on_standard_error_and_nothing_is_changed(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("key,name,email\nA,,x\nb,B,b@c.se\nb,B,d@c.se\n", encoding="utf-8")
    done = uppsikt("import", str(tmp_path), folder=tmp_path / "var")
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.strip().splitlines()
    assert lines[-1] == "4 fel. Ingenting har ändrats."
    assert sum(line.startswith("people.csv, rad ") for line in lines) == 4
    assert uppsikt("verify", folder=tmp_path / "var").stdout == "Historiken är hel: 0 händelser.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "saknas"], "finns inte"),
        (["export", "--template", "mall.xls"], "arbetsbok"),
        (["export", str(SMALL)], "inte tom"),
    ],
)
def test_refusals(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = uppsikt(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_template_without_a_database(tmp_path: Path) -> None:
    done = uppsikt("export", "--template", str(tmp_path / "mall.xlsx"), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "mall.xlsx").read_bytes().startswith(b"PK")
    assert not (tmp_path / "uppsikt.sqlite3").exists()


def test_a_reset_wipes_the_demo_and_nothing_else(tmp_path: Path) -> None:
    uppsikt("import", str(SMALL), folder=tmp_path)
    before = uppsikt("verify", folder=tmp_path).stdout
    for arguments in (["demo", "--reset"], ["demo"]):
        done = uppsikt(*arguments, folder=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert "Granviks kommun" in done.stderr
    assert uppsikt("verify", folder=tmp_path).stdout == before
