"""What goes out can come in: rows that hang on what has been taken out stay at home with it."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.rules.spec import Field, Table
from uppsikt.exchange.rules.tables import BY_KEY

Rows = Mapping[str, list[Values]]
OCCASION = ("control", "period", "retest_of")
OF_OCCASIONS = ("deficiencies", "control_results", "control_figures")
TABLES = (
    "risks", "risk_assessments", "risk_treatments", "reviews", "recommendations", "recommendation_answers",
    "auditor_follow_ups", "group_controls", "controls", "control_measures", "occasions", "deficiencies",
    "mitigations", "dependencies", "statuses", "control_results", "control_figures", "group_results", "group_figures",
)  # fmt: skip
# References that may be empty, but that the row means nothing without once they are filled.
_NEEDED = {
    "control_measures": {"group", "control"},
    "occasions": {"retest_of"},
    "mitigations": {"risk", "recommendation", "deficiency"},
}


def whole(found: Rows) -> dict[str, list[Values]]:
    """The rows of internal control and audit that point at nothing that is not among them."""
    left = dict(found)
    while True:
        keys = {one: {row[BY_KEY[one].identity[0]] for row in left[one]} for one in _pointed_at()}
        occasions = {tuple(row[name] for name in OCCASION) for row in left["occasions"]}
        measures = measures_of(left["control_measures"], left["controls"])
        kept = {
            name: [row for row in left[name] if _stands(BY_KEY[name], row, keys, occasions, measures)]
            for name in TABLES
        }
        if all(len(kept[name]) == len(left[name]) for name in TABLES):
            return left | {name: [_emptied(BY_KEY[name], row, keys) for row in left[name]] for name in TABLES}
        left |= kept


def measures_of(measures: list[Values], controls: list[Values]) -> dict[tuple[str, str], set[str]]:
    """The measures of every control (those of its group-wide control too) and of every group-wide control.

    Returns: keys of measures, by ("control" or "group", the owner's key).
    """
    found: dict[tuple[str, str], set[str]] = {}
    for row in measures:
        owner = ("group", row["group"]) if row["group"] else ("control", row["control"])
        found.setdefault(owner, set()).add(row["key"])
    for row in controls:
        if shared := found.get(("group", row["group"])):
            found["control", row["key"]] = found.get(("control", row["key"]), set()) | shared
    return found


def _pointed_at() -> set[str]:
    return {one for name in TABLES for field in BY_KEY[name].references for one in field.tables}


def _stands(
    table: Table,
    row: Values,
    keys: Mapping[str, set[object]],
    occasions: set[tuple[object, ...]],
    measures: Mapping[tuple[str, str], set[str]],
) -> bool:
    needed = _NEEDED.get(table.key, set())
    for field in table.references:
        if row[field.key] and (field.required or field.key in needed) and not _there(row, field, keys):
            return False
    if table.key in OF_OCCASIONS and tuple(row[name] for name in OCCASION) not in occasions:
        return False
    owner = {"control_figures": "control", "group_figures": "group"}.get(table.key)
    return owner is None or row["measure"] in measures.get((owner, row[owner]), set())


def _there(row: Values, field: Field, keys: Mapping[str, set[object]]) -> bool:
    return any(row[field.key] in keys[one] for one in field.tables)


def _emptied(table: Table, row: Values, keys: Mapping[str, set[object]]) -> Values:
    gone = {
        field.key: field.default
        for field in table.references
        if row[field.key] and not _there(row, field, keys)
    }
    return row | gone if gone else row
