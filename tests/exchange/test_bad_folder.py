"""Faults in files: each said once, at its line, without a tail of others that only follow from it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.exchange.reading import BY, PRESET_C
from tests.samples_world import workbook
from uppsikt.exchange import exporting
from uppsikt.exchange.actions import ImportResult, import_dataset
from uppsikt.history import selectors as history

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small dataset, to be spoilt."""
    for path in PRESET_C.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def places(result: ImportResult) -> list[tuple[str, str, int | None, str]]:
    return [(one.code, one.where.file, one.where.row, one.where.field) for one in result.problems]


def test_each_fault_has_its_line(folder: Path) -> None:
    swap(folder / "goals.yaml", "  name: Granvik använder", "  nmae: Granvik använder")
    swap(
        folder / "targets.csv",
        "2025-belysning-lagad,final,2026,bare,95",
        "2025-belysning-lagad,final,2026,ge,95",
    )
    swap(folder / "observations.csv", "nara-park,tn,,2024,,89.4", "nara-prak,tx,,2024,,89.4")
    swap(folder / "statuses.yaml", "status: delayed", "status: forsenat")
    swap(folder / "assignments.yaml", "origin: own", "origin: egen")
    result = import_dataset(folder, by=BY)
    assert places(result) == [
        ("steering", "assignments.yaml", 10, "origin"),
        ("required", "goals.yaml", 16, "name"),
        ("unknown-field", "goals.yaml", 22, "nmae"),
        ("reference", "observations.csv", 19, "body"),
        ("reference", "observations.csv", 19, "indicator"),
        ("steering", "statuses.yaml", 5, "status"),
        ("steering", "targets.csv", 4, "kind"),
    ]
    assert "Där finns: kf, ks, tn." in str(result.problems[3])
    assert "Menade du ”nara-park”?" in str(result.problems[4])
    assert history.recent().count() == 0


@pytest.mark.parametrize("name", ["goals.yaml", "indicators.yaml", "people.yaml", "rounds.yaml", "uses.csv"])
def test_a_file_that_cannot_be_read_is_one_fault(folder: Path, name: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text + ('\n"' if name.endswith(".csv") else "\n{"), encoding="utf-8")
    result = import_dataset(folder, by=BY)
    assert [(code, file) for code, file, _row, _field in places(result)] == [(name.split(".")[1], name)]


@pytest.mark.parametrize(("name", "wrong"), [("goals.yaml", "gaols.yaml"), ("bodies.yaml", "bodys.yaml")])
def test_a_misspelt_file_is_one_fault(folder: Path, name: str, wrong: str) -> None:
    (folder / name).rename(folder / wrong)
    assert [(code, file) for code, file, _row, _field in places(import_dataset(folder, by=BY))] == [
        ("unknown-file", wrong)
    ]


def test_a_key_that_is_wrong_is_one_fault(folder: Path) -> None:
    swap(folder / "goals.yaml", "- {key: 2025-tn-1-1,", "- {key: null,")
    assert places(import_dataset(folder, by=BY)) == [("required", "goals.yaml", 12, "key")]


def test_a_year_that_is_not_set_up(folder: Path) -> None:
    swap(folder / "assignments.yaml", "year: 2025", "year: 2031")
    assert places(import_dataset(folder, by=BY)) == [("reference", "assignments.yaml", 1, "year")]


def test_other_files_are_left_alone(folder: Path) -> None:
    (folder / "README.md").write_text("Hej", encoding="utf-8")
    (folder / ".hidden.yaml").write_text("{", encoding="utf-8")
    assert import_dataset(folder, by=BY).problems == ()


def test_wrong_encoding(folder: Path) -> None:
    (folder / "people.yaml").write_bytes("- {key: a, name: Åsa, email: a@b.se}".encode("latin-1"))
    assert [code for code, *_rest in places(import_dataset(folder, by=BY))] == ["encoding"]


def test_a_comma_too_many(folder: Path) -> None:
    swap(folder / "observations.csv", "belysning-lagad,tn,,2024,,91,", "belysning-lagad,tn,,2024,,91,5,")
    assert places(import_dataset(folder, by=BY)) == [("columns", "observations.csv", 13, "")]


def test_another_format(folder: Path) -> None:
    (folder / "dataset.yaml").write_text("format: uppsikt-dataset 9\n", encoding="utf-8")
    assert [code for code, *_rest in places(import_dataset(folder, by=BY))] == ["format"]


def test_a_model_with_faults_is_complained_of_by_its_own(folder: Path) -> None:
    (folder / "models").mkdir()
    (folder / "models" / "egen.yaml").write_text("name: Egen\nlevels: []\n", encoding="utf-8")
    swap(folder / "years.yaml", "kolumner-ett-malar", "egen")
    found = places(import_dataset(folder, by=BY))
    assert found
    assert {file for _code, file, _row, _field in found} == {"models/egen.yaml"}


def test_another_municipality_is_not_mixed_in(folder: Path, demo_database: None) -> None:
    for path in folder.iterdir():
        if path.stem not in ("municipality", "people"):
            path.unlink()
    before = exporting.files()
    assert [code for code, *_rest in places(import_dataset(folder, by=BY))] == ["municipality"]
    assert exporting.files() == before


def test_nothing_there(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    assert [code for code, *_rest in places(import_dataset(tmp_path / "tom", by=BY))] == ["empty"]
    assert [code for code, *_rest in places(import_dataset(tmp_path / "saknas", by=BY))] == ["source"]


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_of_the_folder(folder: Path) -> None:
    files = {f"granvik/{path.name}": path.read_bytes() for path in folder.iterdir()}
    result = import_dataset(("granvik.zip", packed({**files, "__MACOSX/x": b""})), by=BY)
    assert (result.problems, result.rows_changed > 80) == ((), True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed({"goals.yaml": b"0" * 150_000_000}), "size"),
        (packed({f"goals-{n}.yaml": b"" for n in range(1_100)}), "size"),
        (packed({"xl/workbook.xml": b"<x>", "[Content_Types].xml": b""}), "workbook"),
        (workbook({(0, 0): "a", (1_048_575, 16_383): 1}), "size"),
        (packed({"goals.yaml": b"[]"})[:-30], "archive"),
        (b"hej", "source"),
        (b"", "source"),
    ],
    ids=["bomb", "many files", "no workbook", "a cell far away", "cut off", "text", "empty"],
)
def test_files_from_others(content: bytes, code: str) -> None:
    result = import_dataset(("fil.zip", content), by=BY)
    assert [one.code for one in result.problems] == [code]


def test_yaml_that_grows_is_not_followed(tmp_path: Path) -> None:
    lines = ["- key: &a0 x"] + [
        f"  f{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 12)
    ]
    (tmp_path / "goals.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert {one.code for one in import_dataset(tmp_path, by=BY).problems} <= {
        "unknown-field",
        "required",
        "yaml",
    }
