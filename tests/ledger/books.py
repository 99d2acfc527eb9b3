"""A small ledger for tests: staged files, hierarchies, and a store made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from uppsikt.ledger.parts import LoadSpan, parts_of
from uppsikt.ledger.rows import STAGED_COLUMNS, Members
from uppsikt.ledger.staging import HEADING, cell
from uppsikt.ledger.store import LedgerStore

Entry = Mapping[str, object]

# Three vouchers of 2024 (öre): a fee with grants, a purchase for a project, and a salary in February.
FIRST_LOAD: tuple[Entry, ...] = (
    {"row": 2, "date": "2024-01-05", "series": "A", "number": "1", "account": "1930", "amount_ore": 30000},
    {"row": 3, "date": "2024-01-05", "series": "A", "number": "1", "account": "3010", "cost_centre": "101", "activity": "500", "amount_ore": -10000, "text": 'Avgift "maj", del 1'},
    {"row": 4, "date": "2024-01-05", "series": "A", "number": "1", "account": "3510", "cost_centre": "102", "activity": "500", "amount_ore": -20000},
    {"row": 5, "date": "2024-01-20", "series": "L", "number": "LF-7", "account": "4010", "cost_centre": "102", "activity": "200", "project": "9001", "counterparty": "811", "own1": "x", "amount_ore": 7550, "text": "Möbler\ntill salen", "voucher_text": "Leverantör"},
    {"row": 6, "date": "2024-01-20", "series": "L", "number": "LF-7", "account": "2440", "amount_ore": -7550},
    {"row": 7, "date": "2024-02-25", "series": "A", "number": "2", "account": "5010", "cost_centre": "101", "activity": "500", "amount_ore": 50001},
    {"row": 8, "date": "2024-02-25", "series": "A", "number": "2", "account": "1930", "amount_ore": -50001},
)  # fmt: skip
# February again, corrected: the salary was 10 kronor less, and a consultant was hired.
SECOND_LOAD: tuple[Entry, ...] = (
    {"row": 2, "date": "2024-02-25", "series": "A", "number": "2", "account": "5010", "cost_centre": "101", "activity": "500", "amount_ore": 49001},
    {"row": 3, "date": "2024-02-25", "series": "A", "number": "2", "account": "1930", "amount_ore": -49001},
    {"row": 4, "date": "2024-02-28", "series": "A", "number": "3", "account": "4010", "cost_centre": "101", "activity": "200", "counterparty": "812", "amount_ore": 123},
    {"row": 5, "date": "2024-02-28", "series": "A", "number": "3", "account": "2440", "amount_ore": -123},
)  # fmt: skip

SPANS = (LoadSpan(1, 2024, 1, 2), LoadSpan(2, 2024, 2, 2))

TREES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "line": {"revenue": ("3010", "3510"), "costs": ("4010", "5010"), "result": ("3010", "3510", "4010", "5010")},
    "place": {"unit:school": ("101",), "unit:office": ("102",), "body:board": ("101", "102"), "101": ("101",)},
    "activity": {"500": ("500",), "200": ("200",)},
    "project": {"group": ("9001",)},
    "counterparty": {"8": ("811", "812")},
}  # fmt: skip


def members(fingerprint: str = "first", *, restated: bool = True) -> Members:
    """The hierarchies of 2024; those of 2025, where both cost centres belong to the office, if `restated`."""
    rows = [
        (2024, axis, node, leaf)
        for axis, nodes in TREES.items()
        for node, leaves in nodes.items()
        for leaf in leaves
    ]
    if restated:
        rows += [(2025, "place", "unit:office", leaf) for leaf in ("101", "102")]
    year, axis, node, leaf = zip(*rows, strict=True)
    return Members(fingerprint, year, axis, node, leaf)


def stage(path: Path, entries: Iterable[Entry]) -> Path:
    """A staged file, as the readers of SIE and extracts write it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADING)
        for entry in entries:
            file.write(",".join(cell(str(entry.get(name, ""))) for name in STAGED_COLUMNS) + "\n")
    return path


def two_loads(folder: Path) -> Path:
    """A store of both loads above."""
    path = folder / "ledger.duckdb"
    store = LedgerStore(path)
    store.add(1, [stage(folder / "1.csv", FIRST_LOAD)], parts=parts_of(SPANS[:1]))
    store.add(2, [stage(folder / "2.csv", SECOND_LOAD)], parts=parts_of(SPANS))
    return path
