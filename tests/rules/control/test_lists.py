"""Lists to draw from: what is read, what is refused, and where the fault is said to be."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.samples_world import workbook
from uppsikt.control.rules import lists
from uppsikt.control.rules.lists import SampleList, read_list
from uppsikt.files.rules import Sent
from uppsikt.kernel.problems import InputError


def refused(content: bytes, name: str = "lista.csv") -> list[str]:
    with pytest.raises(InputError) as caught:
        read_list(Sent(name, content))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "content",
    [
        "Namn;Belopp\nÅsa;1,50\nÖrjan;2,25\n".encode(),
        "\ufeffNamn;Belopp\r\nÅsa;1,50\r\nÖrjan;2,25\r\n".encode(),
        "Namn;Belopp\nÅsa;1,50\nÖrjan;2,25".encode("cp1252"),
        "Namn\tBelopp\nÅsa\t1,50\nÖrjan\t2,25\n".encode(),
        'Namn,Belopp\nÅsa,"1,50"\nÖrjan,"2,25"\n'.encode(),
        "sep=|\nNamn|Belopp\nÅsa|1,50\nÖrjan|2,25\n".encode(),
        "\n;\nNamn;Belopp\n\nÅsa;1,50\n ; \nÖrjan;2,25;\n".encode(),
    ],
    ids=["utf-8", "bom and windows lines", "windows-1252", "tabs", "commas", "excel's sep=", "empty rows"],
)
def test_the_same_list_however_it_is_written(content: bytes) -> None:
    found = read_list(Sent("lista.csv", content))
    assert found.columns == ("Namn", "Belopp")
    assert found.rows == (("Åsa", "1,50"), ("Örjan", "2,25"))


def test_a_row_is_found_again_by_its_line() -> None:
    found = read_list(Sent("lista.csv", 'a;b\n"två\nrader";1\n\nsista;2\n'.encode()))
    assert found == SampleList(("a", "b"), (("två\nrader", "1"), ("sista", "2")), (2, 5))


def test_a_workbook_s_first_sheet_is_read_as_it_looks() -> None:
    content = workbook({(1, 1): "Antal", (1, 2): "Andel", (3, 1): 12.0, (3, 2): 0.5})
    assert read_list(Sent("bok.xlsx", content)) == SampleList(
        ("Kolumn 1", "Antal", "Andel"), (("", "12", "0,5"),), (4,)
    )


def test_what_cannot_be_seen_is_not_kept() -> None:
    found = read_list(Sent("bok.xlsx", workbook({(0, 0): "a", (1, 0): "x\x07\x1by"})))
    assert found.rows == (("xy",),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "lista.csv: Filen är tom. Välj en CSV-fil eller en Excelfil (.xlsx)."),
        (b"<html><table>", "lista.csv: Filen är en HTML-fil. Välj en CSV-fil eller en Excelfil (.xlsx)."),
        (b"%PDF-1.7", "lista.csv: Filen är en PDF. Välj en CSV-fil eller en Excelfil (.xlsx)."),
        (
            b"MZ\x90\0\x03",
            "lista.csv: Filens innehåll känns inte igen. Välj en CSV-fil eller en Excelfil (.xlsx).",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "lista.csv: Filen är en arbetsbok i det äldre formatet .xls. Spara den som .xlsx eller som CSV.",
        ),
        (b"a;b\n", "lista.csv: Listan har rubriker men inga rader. Välj en lista med minst en rad."),
        (
            b"a;b\n1;2\n1;2;3\n",
            ("lista.csv, rad 3: Raden har 3 fält men rubrikerna är 2. Sätt citattecken om text som innehåller "
            "skiljetecknet, eller skriv en rubrik till."),
        ),
        (
            b'a;b\n1;2\n3;"4\n5;6\n',
            ("lista.csv, rad 3: Raden är inte rätt skriven CSV; läsningen stannade här. "
            "Se över citattecknen på raden."),
        ),
        (
            b"a\n" + b"x" * 2_001,
            "lista.csv, rad 2: En cell har mer än 2000 tecken. Korta texten eller ta bort kolumnen.",
        ),
        (
            b";".join([b"k"] * 101) + b"\n1",
            "lista.csv, rad 1: Listan har 101 kolumner. Ta bort de som inte behövs: högst 100.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_its_place(content: bytes, said: str) -> None:
    assert refused(content) == [said]


def test_every_faulty_row_is_told_at_once_but_not_thousands() -> None:
    assert [text[:17] for text in refused(b"a\n1;2\n1\n1;2\n")] == ["lista.csv, rad 2:", "lista.csv, rad 4:"]
    assert len(refused(b"a\n" + b"1;2\n" * 5_000)) == 20


def test_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "LARGEST", 1024 * 1024)
    assert refused(b"a\n" + b"1\n" * 600_000)[0].startswith("lista.csv: Filen är större än 1 MB.")
    monkeypatch.setattr(lists, "MOST_ROWS", 3)
    assert refused(b"a\n1\n2\n3\n4\n") == [
        "lista.csv, rad 5: Listan har fler än 3 rader. Dela upp den och dra ur varje del."
    ]
    assert len(read_list(Sent("lista.csv", b"a\n1\n2\n3\n")).rows) == 3


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30 * 1024 * 1024)
    (said,) = refused(out.getvalue(), "bok.xlsx")
    assert said.startswith("bok.xlsx: Uppackad blir filen 31 MB i 3 filer, vilket är för mycket.")


def test_a_workbook_with_a_cell_far_away_is_refused_before_it_is_laid_out() -> None:
    (said,) = refused(workbook({(0, 0): "a", (1_048_575, 16_383): 1}), "bok.xlsx")
    assert said == (
        "bok.xlsx: Ett blad har celler ända till rad 1048576 och kolumn 16384, vilket är för mycket. "
        "Ta bort det som står långt utanför tabellen och spara på nytt."
    )


def test_a_heading_without_end_is_refused() -> None:
    (said,) = refused(b"x" * 200_000 + b"\n1\n")
    assert "Raden är inte rätt skriven CSV" in said
