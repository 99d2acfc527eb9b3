"""Reviews and recommendations."""

from __future__ import annotations

from uppsikt.exchange.rules.rows import Dataset, Known, Row
from uppsikt.kernel.tree import circular


def check_audit(dataset: Dataset, known: Known) -> None:
    """What the tables of audit demand."""
    bodies = {values["key"] for values in known.every("bodies")}
    for row in dataset.rows.get("reviews", []):
        _check_bodies(row, bodies, dataset)
        if row.sound("date", "answer_due"):
            _not_before(row, "answer_due", row.values["date"], dataset)
    for name, day in (("recommendation_answers", "answered_on"), ("auditor_follow_ups", "date")):
        for row in dataset.rows.get(name, []):
            recommendation = known.values("recommendations", row.values["recommendation"])
            review = known.values("reviews", recommendation["review"]) if recommendation else None
            if review is not None and row.sound(day) and not known.stands(row, day):
                _not_before(row, day, review["date"], dataset)
    _check_returns(dataset, known)


def _check_bodies(row: Row, bodies: set[object], dataset: Dataset) -> None:
    keys = sorted({key.strip() for key in row.values["bodies"].split(";") if key.strip()})
    unknown = [key for key in keys if key not in bodies]
    if unknown and "bodies" in dataset.broken:
        row.faulty.add("bodies")
    elif unknown:
        dataset.faults.at(
            row,
            "bodies",
            "reference",
            f"”{unknown[0]}” finns inte i tabellen Organ (bodies).",
            "Lägg till det där, eller rätta nyckeln.",
        )
    row.values["bodies"] = ";".join(keys)  # whatever order they were written in


def _not_before(row: Row, name: str, dated: object, dataset: Dataset) -> None:
    day = row.values[name]
    if day is not None and dated is not None and day < dated:
        dataset.faults.at(
            row, name, "order", f"{day} är före granskningens dag, {dated}.", "Rätta den ena av dagarna."
        )


def _check_returns(dataset: Dataset, known: Known) -> None:
    every = [values for values in known.every("recommendations") if values["key"]]
    turning = {
        values["key"]
        for values in circular(every, lambda one: one["key"], lambda one: one["returns"] or None)
    }
    rows = [
        row
        for row in dataset.rows.get("recommendations", [])
        if row.values["key"] in turning and row.sound("key", "returns")
    ]
    if rows:
        dataset.faults.at(
            rows[-1],
            "returns",
            "circle",
            f"Rekommendationerna {', '.join(sorted(turning))} återkommer från varandra.",
            "Ange bara den tidigare.",
        )
