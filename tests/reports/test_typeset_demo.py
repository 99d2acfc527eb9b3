"""The demo's own reports as files: accessible, archivable, and broken over pages where a reader would want it."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import page
import pikepdf
import pytest

from uppsikt.reports import selectors
from uppsikt.reports.assembly import compose
from uppsikt.typeset.fonts import covered
from uppsikt.typeset.payload import Payload
from uppsikt.typeset.pdf import render_pdf
from uppsikt.typeset.prepare import prepare
from uppsikt.typeset.worker import _children, _elements

pytestmark = pytest.mark.django_db

REPORTS = ("2024-bokslut-ks", "2020-mars-ks", "2024-augusti-ks", "2025-augusti-ks")


@pytest.fixture
def composed(demo_database: None) -> Callable[[str], Payload]:
    def make(key: str) -> Payload:
        report = selectors.report(key)
        assert report is not None
        return compose(report)

    return make


@pytest.mark.parametrize("key", REPORTS)
def test_the_demos_reports_break_no_rule(composed: Callable[[str], Payload], key: str) -> None:
    data = render_pdf(composed(key))
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [(f.rule_id, f.message) for f in report.failures]
        assert report.rules.total > 90


def test_tables_tell_readers_by_ear_what_the_payload_holds(composed: Callable[[str], Payload]) -> None:
    """Rows are kept together by a column that must not be heard."""
    payload = composed("2024-bokslut-ks")
    blocks = [
        block for chapter in prepare(payload, glyphs=covered())["chapters"] for block in chapter["blocks"]
    ]
    # A chart whose figures do not all stand in it has its table printed after it.
    tabled = [block.get("table") if block.get("print_table") else block for block in blocks]
    printed = [one for one in tabled if one and one["kind"] == "table" and one["rows"]]
    with pikepdf.open(io.BytesIO(render_pdf(payload))) as pdf:
        tables = _elements(pdf.Root.StructTreeRoot, "/Table")
        assert len(tables) == len(printed)
        for table, block in zip(tables, printed, strict=True):
            (head,) = _elements(table, "/THead")
            assert [len(_children(row)) for row in _children(head)] == [len(block["columns"])]
            rows = [row for body in _elements(table, "/TBody") for row in _children(body)]
            cells = [sum(cell is not None for cell in row["cells"]) for row in block["rows"]]
            assert [len(_children(row)) for row in rows] == cells


def test_headings_go_down_one_step_at_a_time(composed: Callable[[str], Payload]) -> None:
    with pikepdf.open(io.BytesIO(render_pdf(composed("2024-bokslut-ks")))) as pdf:
        levels = _levels(pdf.Root.StructTreeRoot)
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def _levels(element: Any) -> list[int]:
    name = str(element.get("/S", ""))
    own = [int(name[2])] if len(name) == 3 and name[:2] == "/H" and name[2].isdigit() else []
    return own + [level for child in _children(element) for level in _levels(child)]


def test_no_row_stands_alone_at_a_pages_edge(composed: Callable[[str], Payload]) -> None:
    """The list of all commitments runs over several pages; a status never stands last on one."""
    data = render_pdf(composed("2020-mars-ks"))
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    ).stdout
    pages = [
        [line.strip() for line in p.splitlines() if line.strip()] for p in text.decode().split("\f") if p
    ]
    groups = ("Klart (", "Blir klart i år (", "Troligen klart i år (", "Ej klart i år (")
    found = 0
    for lines in pages:
        body = lines[1:-1]  # without running head and foot
        found += sum(line.startswith(groups) for line in body)
        assert not body or not body[-1].startswith(groups)
    assert found == 4
