"""Packed files from others: what they say of themselves is not taken for granted."""

from __future__ import annotations

import io
import zipfile

import pytest

from uppsikt.kernel.archive import too_large, workbook_too_large

MIB = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"


def packed(inside: bytes, *, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        archive.writestr(SHEET, inside)
    return out.getvalue()


def code(content: bytes) -> str:
    problem = workbook_too_large("bok.xlsx", content)
    return problem.code if problem else ""


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (b'<row r="2"><c r="A2"><v>1</v></c></row>', ""),
        (b'<c r="Z1000"/><c r="A900000"/><x/>', ""),
        (b'<c r="A1"/><c r="XFD1048576"/><x/>', "size"),
        (b"<c r='A1'/><c r = 'xfd1048576'/><x/>", "size"),
        (b'<row r="1048576"/><c r="ZZ1"/><x/>', "size"),
        (b"<c" + b" " * (MIB - 4) + b'r="XFD1048576"/><x/>', "size"),
        (b"<c" + b" " * (5 * MIB) + b'r="A1"/>', "archive"),
    ],
)
@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_sheet_is_measured_before_it_is_read(sheet: bytes, expected: str, kind: int) -> None:
    assert code(packed(sheet, kind=kind)) == expected


def test_a_file_that_says_it_is_small_is_unpacked_no_further_than_it_says() -> None:
    content = bytearray(packed(b"<x/>" * MIB))
    at = content.rindex(b"PK\x01\x02")  # its place in the archive's list, which says how large it is
    content[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    assert too_large("bok.xlsx", bytes(content)) is None
    assert code(bytes(content)) == "size"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", packed(b"<x/>")[:-10], packed(b"<x/>", kind=zipfile.ZIP_BZIP2)]
)
def test_what_cannot_be_unpacked_is_damaged(content: bytes) -> None:
    assert code(content) == "archive"


def test_too_many_files() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(1_001):
            archive.writestr(f"{number}.txt", b"")
    problem = too_large("mapp.zip", out.getvalue())
    assert problem is not None
    assert problem.code == "size"
