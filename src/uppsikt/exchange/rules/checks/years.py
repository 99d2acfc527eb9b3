"""Years and their steering models, rounds and plans."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.cycle.presets import names as preset_names
from uppsikt.cycle.presets import preset
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.rules.steering_document import parse
from uppsikt.exchange.rules.rows import Dataset, Known
from uppsikt.exchange.rules.tables import STEERING
from uppsikt.kernel.problems import Problem, Where


def check_years(
    dataset: Dataset, known: Known, stored: Mapping[int, SteeringModel]
) -> dict[int, SteeringModel]:
    """The steering model of each year that has a sound one."""
    models = dict(stored)
    parsed = _parsed_models(dataset)
    for row in dataset.rows.get("years", []):
        name = str(row.values["model"])
        if not row.sound("year", "model"):
            models.pop(row.values["year"] or 0, None)
        elif name in parsed:
            model = parsed[name]
            models.pop(row.values["year"], None)
            if model is None:  # complained of in the model's own file
                row.faulty.add("model")
            else:
                models[row.values["year"]] = model
        elif name in preset_names():
            model, _problems = parse(preset(name))
            assert model is not None  # a test holds the presets to this
            models[row.values["year"]] = model
        elif name == known.stored.get("years", {}).get((row.values["year"],), {}).get("model"):
            continue  # the year's own model, which is not among the files
        elif f"{STEERING}/{name}" in dataset.broken:
            models.pop(row.values["year"], None)
            row.faulty.add("model")
        else:
            models.pop(row.values["year"], None)
            listed = ", ".join([*preset_names(), *dataset.models])
            dataset.faults.at(
                row,
                "model",
                "model",
                f"Det finns ingen styrmodell som heter ”{name}”.",
                f"Det finns: {listed}.",
            )
    _check_rounds(dataset)
    _check_plans(dataset)
    return models


def _parsed_models(dataset: Dataset) -> dict[str, SteeringModel | None]:
    parsed: dict[str, SteeringModel | None] = {}
    for name, document in dataset.models.items():
        parsed[name], problems = parse(document, f"styrmodellen {name}")
        dataset.faults.problems.extend(
            Problem(one.code, Where(f"models/{name}.yaml", None, one.where.field), one.message, one.remedy)
            for one in problems
        )
    return parsed


def _check_rounds(dataset: Dataset) -> None:
    for row in dataset.rows.get("rounds", []):
        opens, deadline = row.values["opens"], row.values["deadline"]
        if opens and deadline and row.sound("opens", "deadline") and deadline < opens:
            dataset.faults.at(
                row, "deadline", "order", "Sista dag är före öppningsdagen.", "Rätta den ena av dagarna."
            )
        cutoff, year = row.values["cutoff"], row.values["year"]
        if row.sound("cutoff", "year") and cutoff.year != year:
            dataset.faults.at(
                row, "cutoff", "order", f"{cutoff} ligger inte i år {year}.", "Rätta dagen eller året."
            )


def _check_plans(dataset: Dataset) -> None:
    for row in dataset.rows.get("plans", []):
        if row.values["state"] != "adopted" or not row.sound("state"):
            continue
        for name, what in (
            ("decision_body", "vem som beslutade"),
            ("decision_date", "vilken dag det beslutades"),
        ):
            if not row.values[name]:
                dataset.faults.at(
                    row, name, "decision", f"Planen är fastställd, men {what} saknas.", "Fyll i beslutet."
                )
