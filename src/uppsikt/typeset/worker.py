"""Set one report and end: `python -m uppsikt.typeset.worker FOLDER` reads the job there and writes report.pdf.

It loads while the caller still lays out the job, and begins when its standard input ends.
"""

from __future__ import annotations

import gc
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import typst

# Elements of running text, where no table stands; most of the tree.
_WITHOUT_TABLES = frozenset(
    {"/P", "/Span", "/Link", "/TOC", "/Title", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}
)
FONTS = Path(__file__).parent / "fonts"


def main(folder: Path) -> None:
    """Compile the job in the folder, give its rows their headers, and save it the same way every time."""
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    row_headers = json.loads((folder / "row_headers.json").read_text(encoding="utf-8"))
    try:
        compiled = compile_report(folder, data["look"]["date"])
    except typst.TypstError:
        if not _drop_broken_pictures(folder, data):
            raise
        compiled = compile_report(folder, data["look"]["date"])
    (folder / "bare.pdf").write_bytes(compiled)
    mark_row_headers(folder / "bare.pdf", folder / "report.pdf", row_headers)


def compile_report(folder: Path, date: list[int]) -> bytes:
    """Bare typesetting, before the row headers."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    year, month, day = date
    return typst.compile(
        str(folder / "report.typ"),
        root=str(folder),
        font_paths=fonts,
        format="pdf",
        pdf_standards=["ua-1", "a-3a"],
        timestamp=datetime(year, month, day, tzinfo=UTC),
    )


def _drop_broken_pictures(folder: Path, data: dict[str, Any]) -> bool:
    """Find pictures that cannot be read and leave their place empty. False when all could be read."""
    broken = {name for name in _picture_names(data) if not _readable(folder, name)}
    if not broken:
        return False
    _forget(data, broken)
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return True


def _picture_names(data: Any) -> set[str]:
    found: set[str] = set()
    if isinstance(data, dict):
        for key, value in data.items():
            if key in ("path", "file") and isinstance(value, str) and value.startswith(("picture-", "logo.")):
                found.add(value)
            found |= _picture_names(value)
    elif isinstance(data, list):
        for value in data:
            found |= _picture_names(value)
    return found


def _forget(data: Any, broken: set[str]) -> None:
    if isinstance(data, dict):
        if data.get("path") in broken:
            data["path"] = None
        logo = data.get("logo")
        if isinstance(logo, dict) and logo.get("file") in broken:
            data["logo"] = None
        for value in data.values():
            _forget(value, broken)
    elif isinstance(data, list):
        for value in data:
            _forget(value, broken)


def _readable(folder: Path, name: str) -> bool:
    probe = folder / "probe.typ"
    probe.write_text('#image(json("probe.json"))', encoding="utf-8")
    (folder / "probe.json").write_text(json.dumps(name), encoding="utf-8")
    try:
        typst.compile(str(probe), root=str(folder), format="pdf", ignore_system_fonts=True)
    except typst.TypstError:
        return False
    return True


def mark_row_headers(source: Path, target: Path, row_headers: list[list[list[int]]]) -> None:
    """Turn the first cell of each row that has one into a row header, and take away what only kept rows together.

    The typesetter tags body cells as data cells only. Tables come in the structure tree in the order they are
    printed, which is the order of `row_headers`; their body rows likewise.
    """
    with pikepdf.open(source) as pdf:
        tables = list(_elements(pdf.Root.StructTreeRoot, "/Table"))
        if len(tables) != len(row_headers):
            raise RuntimeError(f"{len(tables)} tables were set where {len(row_headers)} were expected")
        for table, flags in zip(tables, row_headers, strict=True):
            _mark_table(table, flags)
        _save(pdf, target)


def _save(pdf: pikepdf.Pdf, target: Path) -> None:
    """Save so that no stream ends in a carriage return.

    Together with the line feed before "endstream" it would read as one line end, and the stream as one byte
    shorter than it says: an error in PDF/A. A compressed stream ends in its checksum, so only other contents
    end otherwise: drawing instructions get one more empty line, and the other objects another grouping.
    """
    for stream in pdf.objects:
        if isinstance(stream, pikepdf.Stream) and stream.read_raw_bytes().endswith(b"\r"):
            _add_line(stream)
    made = _written(pdf, pikepdf.ObjectStreamMode.generate)
    if b"\r\nendstream" in made:
        for owner, key in _regroupings(pdf):
            owner[key] = pdf.make_indirect(owner[key])
            made = _written(pdf, pikepdf.ObjectStreamMode.generate)
            if b"\r\nendstream" not in made:
                break
        else:  # without grouping: a file twice the size, but a right one
            made = _written(pdf, pikepdf.ObjectStreamMode.disable)
    target.write_bytes(made)


def _written(pdf: pikepdf.Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    made = io.BytesIO()
    pdf.save(made, deterministic_id=True, object_stream_mode=mode)
    return made.getvalue()


def _regroupings(pdf: pikepdf.Pdf) -> list[tuple[pikepdf.Object, str]]:
    """Values that may stand as objects of their own instead of inside their owner: it changes nothing but
    how the objects after them are numbered and grouped.
    """
    owners = [pdf.Root, *(page.obj for page in pdf.pages[:6])]
    return [
        (owner, key)
        for owner in owners
        for key, value in owner.items()
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
    ][:12]


def _add_line(stream: pikepdf.Stream) -> None:
    """One more line end after drawing instructions or a character map, where it means nothing."""
    if not set(stream.keys()) & {"/DecodeParms", "/Length1", "/N", "/Width", "/FunctionType", "/ShadingType"}:
        stream.write(stream.read_bytes() + b"\n")


def _mark_table(table: pikepdf.Object, flags: list[list[int]]) -> None:
    for head in _elements(table, "/THead"):
        for row in _elements(head, "/TR"):
            for cell in _children(row):
                attributes = _table_attributes(cell)
                if "/ColSpan" in attributes:  # over the column that keeps rows together
                    del attributes["/ColSpan"]
    rows = [row for body in _elements(table, "/TBody") for row in _elements(body, "/TR")]
    if len(rows) != len(flags):
        raise RuntimeError(f"a table was set with {len(rows)} rows where {len(flags)} were expected")
    for row, (present, flag) in zip(rows, flags, strict=True):
        cells = _children(row)
        if len(cells) > present:
            cells = cells[:present]
            row.K = pikepdf.Array(cells)
        for position, cell in enumerate(cells):
            attributes = _table_attributes(cell)
            # The typesetter lists column headers for each cell; a list would hide the row header from readers
            # by ear, so the scopes are left to speak.
            if "/Headers" in attributes:
                del attributes["/Headers"]
            if flag and position == 0 and cell.S == "/TD":
                cell.S = pikepdf.Name.TH
                attributes["/Scope"] = pikepdf.Name.Row


def _table_attributes(cell: pikepdf.Object) -> pikepdf.Object:
    """The cell's attributes as a table cell, made if there are none."""
    present = cell.get("/A")
    many = [] if present is None else list(present) if isinstance(present, pikepdf.Array) else [present]
    for attributes in many:
        if isinstance(attributes, pikepdf.Dictionary) and attributes.get("/O") == "/Table":
            return attributes
    made = pikepdf.Dictionary(O=pikepdf.Name.Table)
    cell.A = pikepdf.Array([*many, made])
    last: pikepdf.Object = cell.A[len(many)]
    return last


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    many = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in many if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _elements(element: pikepdf.Object, kind: str) -> list[pikepdf.Object]:
    """Descendants of one kind in reading order, not looking inside those found."""
    found: list[pikepdf.Object] = []
    waiting = list(reversed(_children(element)))
    while waiting:
        child = waiting.pop()
        if kind == child.S:
            found.append(child)
        elif str(child.S) not in _WITHOUT_TABLES:
            waiting.extend(reversed(_children(child)))
    return found


if __name__ == "__main__":
    gc.disable()  # one report and out
    sys.stdin.read()
    main(Path(sys.argv[1]))
