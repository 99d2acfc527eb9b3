"""The ledger's tables, with DuckDB's types."""

from __future__ import annotations

import sqlglot

CODING = tuple(
    (name, "VARCHAR")
    for name in (
        "account", "cost_centre", "activity", "project", "counterparty", "own1", "own2", "own3", "own4",
    )
)  # fmt: skip

COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    # One row of a voucher. `slice`: see `slice_of`. `digits`: see `digits_of`, for finding a voucher.
    "entry": (
        ("slice", "BIGINT"),
        ("load", "INTEGER"),
        ("year", "SMALLINT"),
        ("month", "TINYINT"),
        ("row", "INTEGER"),
        ("date", "DATE"),
        ("series", "VARCHAR"),
        ("number", "VARCHAR"),
        ("digits", "INTEGER"),
        *CODING,
        ("amount_ore", "BIGINT"),
        ("text", "VARCHAR"),
        ("voucher_text", "VARCHAR"),
    ),
    # Entries summed over everything that statements never ask for; made from `entry` by sql/cube.sql.
    "cube": (
        ("slice", "BIGINT"),
        ("month", "TINYINT"),
        ("account", "VARCHAR"),
        ("cost_centre", "VARCHAR"),
        ("activity", "VARCHAR"),
        ("project", "VARCHAR"),
        ("amount_ore", "BIGINT"),
        ("entries", "INTEGER"),
    ),
    # What makes up a version: see `rows.PartRow`.
    "part": (("version", "INTEGER"), ("year", "SMALLINT"), ("month", "TINYINT"), ("load", "INTEGER")),
    # The closure of the hierarchies: see `rows.Members`. Never in the ledger's file.
    "member": (("year", "SMALLINT"), ("axis", "VARCHAR"), ("node", "VARCHAR"), ("leaf", "VARCHAR")),
    # The loads that the file holds.
    "loaded": (("load", "INTEGER"), ("entries", "BIGINT")),
    # The layout of the file; another number than `LAYOUT` means that it must be rebuilt.
    "layout": (("number", "INTEGER"),),
}

STORED = ("entry", "cube", "part", "loaded", "layout")

# Raised with every change of a stored column or of what stands in it.
LAYOUT = 1

DIGITS = 9


def slice_of(load: int, year: int, month: int) -> int:
    """One month of one load as one readable number: load 3, August 2024 is 3202408."""
    return load * 1_000_000 + year * 100 + month


def digits_of(number: str) -> int:
    """A voucher number's own number, 0 when it is not written with one to nine digits alone."""
    return int(number) if number.isascii() and number.isdigit() and len(number) <= DIGITS else 0


def create(table: str, dialect: str = "duckdb", *, temporary: bool = False) -> str:
    """The statement that makes an empty table."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS[table])
    kind = "TEMPORARY TABLE" if temporary else "TABLE"
    return sqlglot.transpile(
        f'CREATE {kind} "{table}" ({columns})', read="duckdb", write=dialect, identify=True
    )[0]
