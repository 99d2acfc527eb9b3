"""What controls found, against the year's steering model and the controls' own measures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from uppsikt.control.rules.figures import PartInput, faults_of
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.exchange.rules.checks.control import has_occasion
from uppsikt.exchange.rules.checks.planning import among
from uppsikt.exchange.rules.checks.reporting import round_of
from uppsikt.exchange.rules.rows import Dataset, Known, Row, Values
from uppsikt.exchange.rules.tables.control_results import FIGURES
from uppsikt.exchange.rules.tables.reporting import NOT_SET
from uppsikt.exchange.rules.whole import measures_of

Models = Mapping[int, SteeringModel]
Measures = Mapping[tuple[str, str], set[str]]


def check_control_results(dataset: Dataset, known: Known, models: Models) -> None:
    """What the tables of controls' results demand."""
    measures = measures_of(
        [one for one in known.every("control_measures") if one["group"] or one["control"]],
        list(known.every("controls")),
    )
    for row in dataset.rows.get("control_results", []):
        has_occasion(row, known, dataset)
        _check_words(row, "control", known.values("controls", row.values["control"]), known, models, dataset)
    for row in dataset.rows.get("control_figures", []):
        if has_occasion(row, known, dataset):
            _check_figures(row, "control", measures, dataset)
    for row in dataset.rows.get("group_results", []):
        group = known.values("group_controls", row.values["group"])
        _check_words(row, "group", group, known, models, dataset)
    for row in dataset.rows.get("group_figures", []):
        _check_figures(row, "group", measures, dataset)
    for row in dataset.rows.get("control_summaries", []):
        _check_summary(row, known, models, dataset)


def _check_words(
    row: Row, name: str, owner: Values | None, known: Known, models: Models, dataset: Dataset
) -> None:
    if row.values["round"]:
        round_of(row, owner, name, known, dataset)
    model = models.get(owner["year"]) if owner and owner["year"] and row.sound(name) else None
    if model is not None and row.values["judgement"]:
        scale = model.control_results
        among(row, "judgement", "Resultatet", [one.key for one in scale.steps] if scale else [], dataset)


def _check_figures(row: Row, owner: str, measures: Measures, dataset: Dataset) -> None:
    values = row.values
    if not row.sound(owner, "measure"):
        return
    held = measures.get((owner, values[owner]), set())
    if values["measure"] not in held:
        if dataset.broken.isdisjoint(("control_measures", "controls")) and not _doubtful(row, owner, dataset):
            listed = (
                f"Kontrollen har: {', '.join(sorted(held))}." if held else "Lägg till det i Kontrollmått."
            )
            dataset.faults.at(
                row, "measure", "reference", f"Kontrollen har inget mått ”{values['measure']}”.", listed
            )
        row.faulty.add("measure")
    elif row.sound(*(field.key for field in FIGURES)):
        part = _part(values)
        if part.is_empty:
            dataset.faults.at(
                row, "value", "required", "Raden har inga siffror.", "Fyll i, eller ta bort raden."
            )
        for field, message, remedy in faults_of(part):
            dataset.faults.at(row, field, "figures", f"{message[0].upper()}{message[1:]}", remedy)


def _doubtful(row: Row, owner: str, dataset: Dataset) -> bool:
    """Whether the measure may be one whose own row is faulty, which is complained of there."""
    return any(
        not one.sound("key", "control", "group")
        and (owner == "control" or one.values[owner] in ("", row.values[owner]))
        for one in dataset.rows.get("control_measures", [])
    )


def _part(values: Values) -> PartInput:
    given = {field.key: values[field.key] for field in FIGURES}
    value = given.pop("value")
    faults = [{"kind": kind, "count": count} for kind, count in given.pop("faults")]
    return PartInput(value=None if value is None else Decimal(value), faults=faults or (), **given)


def _check_summary(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    round_ = known.values("rounds", row.values["round"]) if row.sound("round") else None
    model = models.get(round_["year"]) if round_ and round_["year"] else None
    if round_ is None or model is None:
        return
    if row.values["step"] not in ("", NOT_SET):
        scale = model.control_summary
        among(row, "step", "Bedömningen", [one.key for one in scale.steps] if scale else [], dataset)
    source = known.row("rounds", row.values["round"])
    if source is not None and not source.sound("kind"):
        return
    steps = [one.key for one in model.status_scale(round_["kind"]).steps]
    for _of, step, _count in row.values["stated"] if row.sound("stated") else ():
        if step not in steps:
            dataset.faults.at(
                row,
                "stated",
                "steering",
                f"Statusen ”{step}” finns inte i årets styrmodell.",
                f"Välj något av: {', '.join(steps)}.",
            )
