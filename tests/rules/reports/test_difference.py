"""What a report would say otherwise: cells by their place, texts by paragraph, and nothing a reader cannot see."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from uppsikt.reports.rules.difference import Change, difference


def text(*paragraphs: str) -> dict[str, Any]:
    nodes = [{"type": "paragraph", "children": [{"type": "text", "text": each}]} for each in paragraphs]
    return {"kind": "text", "key": "t", "content": nodes}


def payload() -> dict[str, Any]:
    table = {
        "kind": "table",
        "key": "t-1",
        "caption": "Indikatorer",
        "columns": [{"key": "name", "title": "Indikator"}, {"key": "2024", "title": "2024"}],
        "rows": [
            {"kind": "row", "cells": [{"text": "NKI"}, {"text": "78", "value": "78", "origin": "o1"}]},
            {"kind": "row", "cells": [{"text": "HME"}, {"text": "79", "value": "79", "note": "1"}]},
        ],
        "notes": ["Preliminär uppgift."],
    }
    blocks = [
        {"kind": "heading", "level": 2, "text": "Näringsliv"},
        {
            "kind": "fulfilment",
            "symbol": "circle-3",
            "colour": "good",
            "label": "Hög",
            "long": "I hög grad uppfyllt",
        },
        text("Första stycket.", "Andra stycket."),
        table,
    ]
    return {
        "document": {"date": "2025-02-01"},
        "chapters": [
            {"key": "mal", "title": "Mål", "level": 1, "blocks": blocks},
            {"key": "slut", "title": "Slut", "level": 1, "blocks": [text("Tack.")]},
        ],
    }


def changed(now: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [(change.place, change.before, change.after) for change in difference(payload(), now)]


def test_the_same_report_differs_in_nothing() -> None:
    now = deepcopy(payload())
    now["document"]["date"] = "2026-01-01"
    assert difference(payload(), now) == []


def test_a_figure_is_found_by_its_row_and_column() -> None:
    now = payload()
    now["chapters"][0]["blocks"][3]["rows"][1]["cells"][1] = {"text": "81", "value": "81"}
    assert changed(now) == [("Indikatorer: HME, 2024", "79", "81")]


def test_a_new_row_is_not_taken_for_the_next() -> None:
    now = payload()
    now["chapters"][0]["blocks"][3]["rows"].insert(
        0, {"kind": "row", "cells": [{"text": "Ny"}, {"text": "5", "value": "5"}]}
    )
    assert changed(now) == [("Indikatorer: Ny, Indikator", None, "Ny"), ("Indikatorer: Ny, 2024", None, "5")]


def test_an_assessment_and_a_paragraph() -> None:
    now = payload()
    now["chapters"][0]["blocks"][1]["long"] = "Delvis uppfyllt"
    now["chapters"][0]["blocks"][2] = text("Första stycket.", "Ett nytt stycke.", "Andra stycket.")
    assert changed(now) == [
        ("Bedömningen under ”Näringsliv”", "I hög grad uppfyllt", "Delvis uppfyllt"),
        ("Texten under ”Näringsliv”", None, "Ett nytt stycke."),
    ]


def test_chapters_that_came_went_or_were_renamed() -> None:
    now = payload()
    now["chapters"][0]["title"] = "Mål och resultat"
    now["chapters"][1] = {"key": "nytt", "title": "Nytt", "level": 1, "blocks": []}
    assert difference(payload(), now) == [
        Change("mal", "Mål", "Rubriken", "Mål", "Mål och resultat"),
        Change("slut", "Slut", "Kapitlet", "Slut", None),
        Change("nytt", "Nytt", "Kapitlet", None, "Nytt"),
    ]


def grouped(*groups: tuple[str, tuple[str, ...]]) -> dict[str, Any]:
    """A list of assignments, each with a comment, under their statuses."""
    rows: list[dict[str, Any]] = []
    for heading, names in groups:
        rows.append({"kind": "section", "cells": [{"text": heading}]})
        rows += [
            {
                "kind": "row",
                "cells": [{"text": name}, {"text": heading, "symbol": {"shape": "dot"}}, {"text": "Pågår."}],
            }
            for name in names
        ]
    columns = [
        {"key": "title", "title": "Uppdrag"},
        {"key": "status", "title": "Status"},
        {"key": "comment", "title": "Kommentar"},
    ]
    made = payload()
    made["chapters"][0]["blocks"] = [
        {"kind": "table", "key": "t-2", "caption": "Uppdrag: alla", "columns": columns, "rows": rows}
    ]
    return made


def test_a_row_that_moves_between_groups_is_one_change() -> None:
    before = grouped(("Klart", ("Lager",)), ("Blir klart", ("Laddning", "Återbruk")))
    after = grouped(("Klart", ("Lager", "Återbruk")), ("Blir klart", ("Laddning",)))
    assert [(c.place, c.before, c.after) for c in difference(before, after)] == [
        ("Uppdrag: alla: Återbruk, grupp", "Blir klart", "Klart")
    ]


def test_what_else_has_changed_in_a_row_that_moves_is_told_too() -> None:
    before = grouped(("Klart", ("Lager",)), ("Blir klart", ("Laddning", "Återbruk")))
    after = grouped(("Klart", ("Lager", "Återbruk")), ("Blir klart", ("Laddning",)))
    after["chapters"][0]["blocks"][0]["rows"][2]["cells"][2]["text"] = "Avslutat."
    assert [(c.place, c.before, c.after) for c in difference(before, after)][1:] == [
        ("Uppdrag: alla: Återbruk, Kommentar", "Pågår.", "Avslutat.")
    ]
