"""What an evidence pack is made of, without a database."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.desk.rules.areas import Area, Mark, Record, harmless
from uppsikt.desk.rules.pack import About, PackWriter, csv_pieces, json_pieces, plain_name

MOMENT = dt.datetime(2025, 6, 30, 23, 59, tzinfo=dt.UTC)
AREA = Area(
    "risks",
    "Risker",
    (("title", "Risk"), ("value", "Värde")),
    (Record("risk:a", ("=1+1", Mark("12 Hög", "cross", "bad"))), Record("risk:b", ("<b>fet</b>", "3"))),
)


def about(created: str = "2025-09-10 10:00:00") -> About:
    return About("Underlag", "Kommunen", "Nämnden", 2025, "2025-06-30 23:59:00", created, "Rut Revisor")


def packed(created: str = "2025-09-10 10:00:00") -> bytes:
    target = io.BytesIO()
    writer = PackWriter(target, MOMENT)
    writer.add_area(AREA)
    writer.finish(about(created), [AREA])
    return target.getvalue()


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_run_as_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12", "-1 234,5", "Risk", "", "12 Hög", "a=b"])
def test_what_is_no_formula_is_left_alone(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=10))
def test_rows_come_back_from_csv_and_json_as_they_were(rows: list[list[str]]) -> None:
    text = b"".join(csv_pieces(rows)).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert read == [[harmless(cell) for cell in row] for row in rows]
    objects = [dict(zip("ab", row, strict=True)) for row in rows]
    assert json.loads(b"".join(json_pieces(objects))) == objects


def test_the_same_data_give_the_same_bytes() -> None:
    assert packed() == packed()
    one, other = (zipfile.ZipFile(io.BytesIO(packed(when))) for when in ("2025-09-10", "2025-09-11"))
    differs = {name for name in one.namelist() if one.read(name) != other.read(name)}
    assert differs == {"index.html", "README.txt", "SHA256SUMS"}


def test_the_sums_are_those_of_the_files() -> None:
    archive = zipfile.ZipFile(io.BytesIO(packed()))
    sums = dict(reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines())
    assert set(sums) == set(archive.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())


def test_the_index_shows_text_as_text() -> None:
    index = zipfile.ZipFile(io.BytesIO(packed())).read("index.html").decode()
    assert "&lt;b&gt;fet&lt;/b&gt;" in index
    assert "<b>fet" not in index
    assert "12 Hög" in index


def test_a_file_that_was_changed_is_left_out_and_told_of(tmp_path: Path) -> None:
    kept, changed = tmp_path / "a.pdf", tmp_path / "b.pdf"
    kept.write_bytes(b"as it was")
    changed.write_bytes(b"not as it was")
    target = io.BytesIO()
    writer = PackWriter(target, MOMENT)
    writer.add_stored("evidence/a.pdf", "A", "Bevis", kept, hashlib.sha256(b"as it was").hexdigest())
    writer.add_stored("evidence/b.pdf", "B", "Bevis", changed, hashlib.sha256(b"as it was").hexdigest())
    writer.add_stored("evidence/c.pdf", "C", "Bevis", tmp_path / "gone.pdf", "0" * 64)
    writer.finish(about(), [])
    archive = zipfile.ZipFile(target)
    assert [name for name in archive.namelist() if name.startswith("evidence")] == ["evidence/a.pdf"]
    assert "Bevis: B" in archive.read("README.txt").decode()
    assert "<li>Bevis: C</li>" in archive.read("index.html").decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Årsredovisning 2024/25", "arsredovisning-2024-25.pdf"), ("../../etc", "etc.pdf"), ("", "fil.pdf")],
)
def test_names_stay_in_their_folder(text: str, expected: str) -> None:
    assert plain_name(text, ".pdf") == expected
