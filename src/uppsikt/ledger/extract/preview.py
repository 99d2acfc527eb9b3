"""What an extract's columns are: its headings, its first rows and which column each heading seems to be."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from uppsikt.kernel.problems import Problem, Where
from uppsikt.ledger.extract.table import Cell, Unreadable, table_of
from uppsikt.ledger.extract.values import code_of
from uppsikt.ledger.rows import DIMENSIONS

NAMES = tuple(f"{column}_name" for column in DIMENSIONS)
COLUMNS = (
    "date", "series", "number", *DIMENSIONS, "amount", "debit", "credit", "text", "voucher_text", *NAMES,
)  # fmt: skip
"""What a heading can be mapped to; `<dimension>_name` holds the code's name."""

_HEADINGS: dict[str, tuple[str, ...]] = {
    "date": ("bokföringsdatum", "bokfdatum", "bokföringsdag", "verifikationsdatum", "verdatum", "datum", "transdatum", "transaktionsdatum", "date"),
    "series": ("serie", "verserie", "verifikationsserie", "vertyp", "verifikationstyp", "verifikatserie"),
    "number": ("vernr", "vernummer", "verifikationsnummer", "verifikationsnr", "verifikatnummer", "verifikatnr", "verifikation", "verifikat", "ver"),
    "account": ("konto", "kontonr", "kontonummer", "kontokod"),
    "cost_centre": ("ansvar", "ansvarskod", "ansvarsnr", "kst", "kostnadsställe", "kostnadsställenr", "enhet"),
    "activity": ("verksamhet", "verksamhetskod", "vht", "verks", "vksh"),
    "project": ("projekt", "projektnr", "projektkod", "proj", "aktivitet", "aktivitetskod"),
    "counterparty": ("motpart", "motpartskod", "motp"),
    "amount": ("belopp", "beloppsek", "beloppkr", "netto", "nettobelopp", "utfall"),
    "debit": ("debet", "debetbelopp", "debit"),
    "credit": ("kredit", "kreditbelopp", "credit"),
    "text": ("text", "radtext", "transaktionstext", "transtext", "beskrivning", "kommentar"),
    "voucher_text": ("verifikationstext", "vertext", "verifikattext", "verrubrik", "rubrik"),
    "account_name": ("kontonamn", "kontotext", "kontobenämning"),
    "cost_centre_name": ("ansvarnamn", "ansvarsnamn", "ansvartext", "kstnamn", "kostnadsställenamn"),
    "activity_name": ("verksamhetsnamn", "verksamhetnamn", "verksamhettext", "vhtnamn"),
    "project_name": ("projektnamn", "projekttext", "projektbenämning"),
    "counterparty_name": ("motpartsnamn", "motpartnamn", "motparttext"),
}  # fmt: skip
_HEAD_ROWS = 30
_SHOWN = 10
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """An extract before it is mapped. `heading_row` is the row number of the headings; `mapping` column -> heading."""

    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    heading_row: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def columns_of(source: Path, *, name: str = "") -> Preview:
    """The headings, the first rows and a guessed mapping; with a problem when the file is no table."""
    try:
        table = table_of(source)
        start = list(itertools.islice(table.rows(), _HEAD_ROWS + _SHOWN))
    except Unreadable as fault:
        remedy = "Välj en CSV-fil eller en Excelfil med rubriker på en rad."
        return Preview(problems=(Problem("unreadable", Where(name or source.name), str(fault), remedy),))
    place = heading_place([cells for _, cells in start])
    number, cells = start[place]
    headings = tuple(code_of(cell) for cell in cells)
    return Preview(
        headings=headings,
        rows=tuple(tuple(code_of(cell) for cell in row) for _, row in start[place + 1 : place + 1 + _SHOWN]),
        mapping=guessed(headings),
        heading_row=number,
        facts=table.facts,
    )


def heading_place(rows: list[list[Cell]]) -> int:
    """Which of the first rows holds the headings: the first with three known words, else the first of full width."""
    for place, cells in enumerate(rows[:_HEAD_ROWS]):
        if len(guessed(code_of(cell) for cell in cells)) >= _ENOUGH:
            return place
    widths = [sum(1 for cell in cells if code_of(cell)) for cells in rows[:_HEAD_ROWS]]
    return widths.index(max(widths))


def guessed(headings: Iterable[str]) -> dict[str, str]:
    """Column -> heading by Swedish heading words; the most telling word wins, and no heading is used twice."""
    by_word: dict[str, str] = {}
    for heading in headings:
        by_word.setdefault(_word(heading), heading)
    found = {
        column: next(by_word[word] for word in words if word in by_word)
        for column, words in _HEADINGS.items()
        if any(word in by_word for word in words)
    }
    if "amount" in found and "debit" not in found:
        found.pop("credit", None)
    elif "debit" in found and "credit" in found:
        found.pop("amount", None)
    return found


def _word(heading: str) -> str:
    return re.sub(r"[^a-zåäö0-9]", "", heading.lower())
