"""Goals, indicators with targets and outcomes, and assignments, against the year's steering model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.exchange.rules.rows import Dataset, Known, Row, Values
from uppsikt.kernel.period import parse_period
from uppsikt.kernel.tree import circular

Models = Mapping[int, SteeringModel]
_WITH_VALUE = ("ge", "gt", "le", "lt", "eq", "interval", "bare")


def check_planning(dataset: Dataset, known: Known, models: Models) -> None:
    """What the tables of the plan demand."""
    for row in dataset.rows.get("goals", []):
        _check_level(row, known, models, dataset)
    _check_circles(dataset, known, "goals", "parent")
    _check_priorities(dataset, known)
    for table in ("goals", "assignments"):
        check_carried(dataset, known, table)
    for row in dataset.rows.get("uses", []):
        _check_use(row, known, models, dataset)
    for row in dataset.rows.get("assignments", []):
        _check_assignment(row, known, models, dataset)
    for row in dataset.rows.get("targets", []):
        _check_target(row, known, models, dataset)
    for row in dataset.rows.get("observations", []):
        _check_observation(row, models, dataset)


def among(row: Row, name: str, what: str, allowed: Iterable[str], dataset: Dataset) -> bool:
    """Whether the cell is one of the steering model's keys; complain when it is not."""
    value, choices = row.values[name], list(allowed)
    if not row.sound(name):
        return False
    if value in choices:
        return True
    listed = (
        f"Välj något av: {', '.join(choices)}."
        if choices
        else "Styrmodellen har inget sådant: lämna fältet tomt."
    )
    dataset.faults.at(row, name, "steering", f"{what} ”{value}” finns inte i årets styrmodell.", listed)
    return False


def same_year(row: Row, name: str, target: Values | None, what: str, dataset: Dataset) -> bool:
    """Whether what the row points at is of the row's own year; complain when it is not."""
    if target is None or not target.get("year") or not row.values["year"] or not row.sound(name, "year"):
        return False
    if target["year"] == row.values["year"]:
        return True
    dataset.faults.at(
        row,
        name,
        "year",
        f"{what} hör till {target['year']}, men raden till {row.values['year']}.",
        "Rätta det ena.",
    )
    return False


def _model(row: Row, models: Models) -> SteeringModel | None:
    return models.get(row.values["year"]) if row.sound("year") else None


def _check_level(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    model = _model(row, models)
    parent = known.values("goals", row.values["parent"]) if row.values["parent"] else None
    order = [level.key for level in model.levels] if model else []
    sound = model is not None and among(row, "level", "Nivån", order, dataset)
    if parent is None or not same_year(row, "parent", parent, "Målet ovanför", dataset):
        return
    if sound and parent["level"] in order and order.index(parent["level"]) > order.index(row.values["level"]):
        dataset.faults.at(
            row, "parent", "level", "Målet ovanför är på en lägre nivå.", "Välj ett mål på en högre nivå."
        )


def _check_circles(dataset: Dataset, known: Known, table: str, name: str) -> None:
    goals = [values for values in known.every(table) if values["key"]]
    turning = {
        values["key"] for values in circular(goals, lambda one: one["key"], lambda one: one[name] or None)
    }
    rows = [
        row for row in dataset.rows.get(table, []) if row.values["key"] in turning and row.sound("key", name)
    ]
    if rows:
        dataset.faults.at(
            rows[-1],
            name,
            "circle",
            f"Raderna {', '.join(sorted(turning))} ligger under varandra.",
            "Rätta så att ett av målen står överst.",
        )


def _check_priorities(dataset: Dataset, known: Known) -> None:
    """A goal's priorities are numbered from 1 without gaps."""
    positions: dict[str, set[int]] = defaultdict(set)
    for values in known.every("priorities"):
        positions[values["goal"]].add(values["position"] or 0)
    for row in dataset.rows.get("priorities", []):
        held = positions[row.values["goal"]]
        if row.sound("goal", "position") and held != set(range(1, len(held) + 1)):
            missing = min(set(range(1, len(held) + 1)) - held)
            if row.values["position"] == min(one for one in held if one > missing):
                dataset.faults.at(
                    row,
                    "position",
                    "position",
                    f"Målet har ingen prioritering {missing}.",
                    "Numrera utan luckor.",
                )


def check_carried(dataset: Dataset, known: Known, table: str) -> None:
    """What continues from something continues from an earlier year."""
    for row in dataset.rows.get(table, []):
        source = row.values["carried_over_from"]
        earlier = known.values(table, source) if source and row.sound("carried_over_from", "year") else None
        if earlier and earlier.get("year") and row.values["year"] and earlier["year"] >= row.values["year"]:
            dataset.faults.at(
                row,
                "carried_over_from",
                "year",
                f"”{source}” hör till {earlier['year']}, som inte är ett tidigare år.",
                "Ange samma sak ett tidigare år.",
            )


def _check_use(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    goal, section = row.values["goal"], row.values["section"]
    if row.sound("goal", "section") and bool(goal) == bool(section):
        what = "Både mål och avsnitt är angivna." if goal else "Varken mål eller avsnitt är angivet."
        dataset.faults.at(row, "goal", "either", what, "Ange ett mål eller ett avsnitt.")
        return
    if goal:
        same_year(row, "goal", known.values("goals", goal), "Målet", dataset)
    model = _model(row, models)
    if model and section:
        among(row, "section", "Avsnittet", [one.key for one in model.sections], dataset)


def _check_assignment(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    model = _model(row, models)
    if model and row.values["origin"]:
        among(row, "origin", "Ursprunget", [one.key for one in model.origins], dataset)
    if row.values["goal"]:
        same_year(row, "goal", known.values("goals", row.values["goal"]), "Målet", dataset)
    from_year, own = row.values["carried_from_year"], row.values["year"]
    if from_year and own and row.sound("carried_from_year", "year") and from_year >= own:
        dataset.faults.at(
            row, "carried_from_year", "year", "Året är inte före uppdragets eget år.", "Rätta året."
        )


def _check_target(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    values, faults = row.values, dataset.faults
    use = known.values("uses", values["use"]) if row.sound("use") else None
    model = models.get(use["year"]) if use and use["year"] else None
    if not row.sound("kind") or (model and not among(row, "kind", "Måltypen", model.targets.kinds, dataset)):
        return
    kind = values["kind"]
    if kind in _WITH_VALUE and values["value"] is None and row.sound("value"):
        faults.at(row, "value", "value", "Målet saknar värde.", "Skriv ett tal.")
    if kind == "interval" and row.sound("upper", "value"):
        if values["upper"] is None:
            faults.at(row, "upper", "value", "Intervallet saknar övre värde.", "Skriv ett tal.")
        elif Decimal(values["upper"]) < Decimal(values["value"]):
            faults.at(row, "upper", "order", "Det övre värdet är mindre än det undre.", "Byt plats på dem.")
    if kind == "reference" and not values["reference"]:
        faults.at(row, "reference", "value", "Det står inte vad målet jämförs med.", "Skriv t.ex. Länssnitt.")


def _check_observation(row: Row, models: Models, dataset: Dataset) -> None:
    values = row.values
    if row.sound("value", "status"):
        if values["status"] == "value" and values["value"] is None:
            dataset.faults.at(
                row,
                "value",
                "value",
                "Utfallet saknas.",
                "Skriv ett tal, eller välj i läge varför det saknas.",
            )
        elif values["status"] != "value" and values["value"] is not None:
            dataset.faults.at(
                row,
                "status",
                "value",
                f"Utfallet är {values['value']}, men läget säger att det saknas.",
                "Ta bort talet eller välj läget value (utfall).",
            )
    if values["breakdown"] and row.sound("breakdown"):
        _check_breakdown(row, models, dataset)


def _check_breakdown(row: Row, models: Models, dataset: Dataset) -> None:
    """A dimension that the period's year lists has only the values listed there; others are free."""
    if not row.sound("period"):
        return
    year = parse_period(row.values["period"]).year
    nearest = sorted(models, key=lambda known: (abs(known - year), known))
    listed: dict[str, tuple[tuple[str, str], ...]] = {}
    for known in reversed(nearest):
        listed.update((one.key, one.values) for one in models[known].dimensions)
    for part in row.values["breakdown"].split(","):
        dimension, _, value = part.partition("=")
        keys = [key for key, _label in listed.get(dimension, ())]
        if keys and value not in keys:
            dataset.faults.at(
                row,
                "breakdown",
                "breakdown",
                f"”{value}” är inget värde av {dimension}.",
                f"Välj något av: {', '.join(keys)}.",
            )
