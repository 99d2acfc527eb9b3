"""What controls found, against the year's steering model and the controls' own measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.control.rules.figures import PartInput, faults_of, share, verdict
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.exchange.rules.checks.control import has_occasion
from uppsikt.exchange.rules.checks.planning import among
from uppsikt.exchange.rules.checks.reporting import round_of
from uppsikt.exchange.rules.rows import Dataset, Known, Row, Values
from uppsikt.exchange.rules.tables.control_results import FIGURES
from uppsikt.exchange.rules.tables.reporting import NOT_SET
from uppsikt.exchange.rules.whole import OCCASION, measures_of

Models = Mapping[int, SteeringModel]
Measures = Mapping[tuple[str, str], set[str]]


@dataclass(frozen=True, slots=True)
class _Limits:
    """A measure's limits, in percent."""

    key: str
    approved_from: Decimal | None
    deficient_from: Decimal | None
    above: bool


def check_control_results(dataset: Dataset, known: Known, models: Models) -> None:
    """What the tables of controls' results demand."""
    measures = measures_of(list(known.every("control_measures")), list(known.every("controls")))
    for row in dataset.rows.get("control_results", []):
        has_occasion(row, known, dataset)
        _check_words(row, "control", known.values("controls", row.values["control"]), known, models, dataset)
    for row in dataset.rows.get("control_figures", []):
        if has_occasion(row, known, dataset):
            _check_figures(row, "control", measures, known, dataset)
    for row in dataset.rows.get("group_results", []):
        group = known.values("group_controls", row.values["group"])
        _check_words(row, "group", group, known, models, dataset)
    for row in dataset.rows.get("group_figures", []):
        _check_figures(row, "group", measures, known, dataset)
    for row in dataset.rows.get("control_summaries", []):
        _check_summary(row, known, models, dataset)
    _judge(dataset, known, models)


def _judge(dataset: Dataset, known: Known, models: Models) -> None:
    """Put in what the thresholds give where a result says nothing itself, as reporting it does.

    One that stands without a judgement keeps doing so: what went out unjudged comes in unjudged.
    """
    rows = [
        row
        for row in dataset.rows.get("control_results", [])
        if not (row.values["judgement"] or row.values["judgement_text"] or row.faulty)
    ]
    if not rows:
        return
    limits: dict[tuple[str, str], list[_Limits]] = defaultdict(list)
    for one in known.every("control_measures"):
        owner = ("group", one["group"]) if one["group"] else ("control", one["control"])
        approved, deficient = (
            None if one[name] is None else Decimal(one[name]) for name in ("approved_from", "deficient_from")
        )
        limits[owner].append(_Limits(one["key"], approved, deficient, one["above"]))
    parts: dict[tuple[object, ...], list[Values]] = defaultdict(list)
    for one in known.every("control_figures"):
        parts[tuple(one[name] for name in OCCASION)].append(one)
    for row in rows:
        before = known.stored.get("control_results", {}).get(row.identity)
        control = known.values("controls", row.values["control"])
        model = models.get(control["year"]) if control and control["year"] else None
        if (
            control is None
            or model is None
            or (before and not before["judgement"] + before["judgement_text"])
        ):
            continue
        held = limits["control", row.values["control"]] + limits["group", control["group"]]
        found = verdict({one["measure"]: share(_part(one)) for one in parts[row.identity]}, held)
        scale = model.control_results
        row.values["judgement"] = found if found and scale and scale.step(found) else ""


def _check_words(
    row: Row, name: str, owner: Values | None, known: Known, models: Models, dataset: Dataset
) -> None:
    if row.values["round"]:
        round_of(row, owner, name, known, dataset)
    model = models.get(owner["year"]) if owner and owner["year"] and row.sound(name) else None
    if model is not None and row.values["judgement"] and not known.stands(row, "judgement"):
        scale = model.control_results
        among(row, "judgement", "Resultatet", [one.key for one in scale.steps] if scale else [], dataset)


def _check_figures(row: Row, owner: str, measures: Measures, known: Known, dataset: Dataset) -> None:
    values = row.values
    if not row.sound(owner, "measure"):
        return
    held = measures.get((owner, values[owner]), set())
    if values["measure"] not in held:
        broken = not dataset.broken.isdisjoint(("control_measures", "controls"))
        if not broken and not _doubtful(row, owner, known, dataset):
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


def _doubtful(row: Row, owner: str, known: Known, dataset: Dataset) -> bool:
    """Whether the measure may be one whose own row is faulty, which is complained of there."""
    mine = {owner: row.values[owner]}
    if owner == "control" and (control := known.values("controls", row.values["control"])):
        mine["group"] = control["group"]
    return any(
        (not one.sound("key") or one.values["key"] == row.values["measure"])
        and (
            not one.sound("group", "control")
            or any(one.values[name] == key for name, key in mine.items() if key)
        )
        for one in dataset.rows.get("control_measures", [])
        if not one.sound("key", "group", "control")
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
    if row.values["step"] not in ("", NOT_SET) and not known.stands(row, "step"):
        scale = model.control_summary
        among(row, "step", "Bedömningen", [one.key for one in scale.steps] if scale else [], dataset)
    source = known.row("rounds", row.values["round"])
    if source is not None and not source.sound("kind"):
        return
    steps = [one.key for one in model.status_scale(round_["kind"]).steps]
    for _of, step, _count in () if known.stands(row, "stated") else row.values["stated"]:
        if step not in steps:
            dataset.faults.at(
                row,
                "stated",
                "steering",
                f"Statusen ”{step}” finns inte i årets styrmodell.",
                f"Välj något av: {', '.join(steps)}.",
            )
