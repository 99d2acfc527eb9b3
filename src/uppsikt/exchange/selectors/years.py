"""When, as rows, and the steering models that go with the years."""

from __future__ import annotations

from typing import Any

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.presets import names as preset_names
from uppsikt.cycle.presets import preset
from uppsikt.exchange.rules.models_sheet import ordered
from uppsikt.exchange.rules.rows import Values
from uppsikt.planning import selectors as planning


def tables() -> dict[str, list[Values]]:
    """The tables of years, rounds and plans."""
    names = named()
    return {
        "years": [{"year": year, "model": names[year][0]} for year in sorted(names)],
        "rounds": [
            {
                "key": row.key,
                "year": row.year_id,
                "kind": row.kind,
                "name": row.name,
                "cutoff": row.cutoff,
                "opens": row.opens,
                "deadline": row.deadline,
                "state": row.state,
            }
            for row in cycle.rounds().order_by("cutoff", "key")
        ],
        "plans": [
            {
                "body": row.body.key,
                "year": row.year_id,
                "state": "draft" if row.adopted_at is None else "adopted",
                "decision_case": row.decision_case,
                "decision_body": row.decision_body,
                "decision_date": row.decision_date,
                "decision_section": row.decision_section,
            }
            for row in planning.plans().order_by("year_id", "body__position", "body__key")
        ],
    }


def documents() -> dict[str, dict[str, Any]]:
    """The models that are no presets, by name."""
    return {name: document for name, document in named().values() if name not in preset_names()}


def named() -> dict[int, tuple[str, dict[str, Any]]]:
    """Each year's model: a preset's name, or that of the first year that has the model."""
    known = [(name, preset(name)) for name in preset_names()]
    found: dict[int, tuple[str, dict[str, Any]]] = {}
    for year in sorted(row.year for row in cycle.years()):
        document = cycle.document(year)
        if document is None:
            continue
        name = next((name for name, one in known if one == document), str(year))
        known.append((name, document))
        found[year] = (name, ordered(document))
    return found
