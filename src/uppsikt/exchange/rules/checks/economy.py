"""Economy models, codes, frames, budgets, forecasts, restatements and registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from uppsikt.economy.rules.document import parse
from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.exchange.rules.cells import in_kronor
from uppsikt.exchange.rules.rows import Dataset, Known, Row, Values
from uppsikt.exchange.rules.tables import ECONOMY
from uppsikt.kernel.numbers import format_decimal
from uppsikt.kernel.problems import Problem, Where
from uppsikt.kernel.tree import circular

Models = Mapping[int, EconomyModel | None]
"""The economy model of every year that has its own; None when something is wrong with it."""


def check_economy(dataset: Dataset, known: Known, stored: Mapping[int, EconomyModel]) -> Models:
    """What the tables of the economy demand. Returns: the years' models, as they will be."""
    models = _check_years(dataset, known, stored)
    _check_coding(dataset, known)
    _check_frames(dataset, known)
    for row in dataset.rows.get("frame_amounts", []):
        _check_frame_amount(row, known, models, dataset)
    activities = _activities(known)
    for row in dataset.rows.get("budget", []):
        _check_line(row, model_for(row, row.values["year"], "year", models, dataset), dataset)
        _check_activity(row, row.values["year"], activities, dataset)
        _check_budget(row, known, dataset)
    for row in dataset.rows.get("forecasts", []):
        round_ = known.values("rounds", row.values["round"]) if row.sound("round") else None
        if round_ is not None and round_["year"]:
            _check_line(row, model_for(row, round_["year"], "round", models, dataset), dataset)
            _check_activity(row, round_["year"], activities, dataset)
    for row in dataset.rows.get("restatements", []):
        _check_line(row, model_for(row, row.values["year"], "year", models, dataset), dataset)
        _check_activity(row, row.values["year"], activities, dataset)
    for row in dataset.rows.get("registers", []):
        model = model_for(row, row.values["year"], "year", models, dataset)
        if model is not None:
            among(row, "register", "Registret", [one.key for one in model.registers], dataset)
    for row in dataset.rows.get("register_amounts", []):
        _check_register_amount(row, known, models, dataset)
    return models


def model_for(row: Row, year: int | None, name: str, models: Models, dataset: Dataset) -> EconomyModel | None:
    """The economy model that holds in the year: its own, else the nearest earlier year's, else the first.

    Args: name: the cell that the year is read from; it is complained of when no year has a model.
    """
    if year is None or not row.sound(name):
        return None
    if not models:
        if "economy_years" in dataset.broken:
            row.faulty.add(name)
        else:
            dataset.faults.at(
                row,
                name,
                "model",
                f"Det finns ingen ekonomimodell för {year}.",
                "Lägg till året i Ekonomiår (economy_years).",
            )
        return None
    earlier = [one for one in models if one <= year]
    model = models[max(earlier) if earlier else min(models)]
    if model is None:  # complained of in its own place
        row.faulty.add(name)
    return model


def among(row: Row, name: str, what: str, allowed: Collection[str], dataset: Dataset) -> bool:
    """Whether the cell is one of the economy model's keys; complain when it is not."""
    if not row.sound(name):
        return False
    if row.values[name] in allowed:
        return True
    listed = f"Välj något av: {', '.join(allowed)}." if allowed else "Modellen har inget sådant."
    dataset.faults.at(
        row, name, "economy", f"{what} ”{row.values[name]}” finns inte i årets ekonomimodell.", listed
    )
    return False


def _check_years(dataset: Dataset, known: Known, stored: Mapping[int, EconomyModel]) -> Models:
    models: dict[int, EconomyModel | None] = dict(stored)
    parsed: dict[str, EconomyModel | None] = {}
    for name, document in dataset.economy_models.items():
        parsed[name], problems = parse(document)
        dataset.faults.problems.extend(
            Problem(one.code, Where(f"{ECONOMY}/{name}.yaml", None, one.where.field), one.message, one.remedy)
            for one in problems
        )
    for row in dataset.rows.get("economy_years", []):
        name, year = str(row.values["model"]), row.values["year"]
        if year is None:
            continue
        held = known.stored.get("economy_years", {}).get((year,), {}).get("model")
        if not row.sound("year", "model"):
            models[year] = None
        elif name in parsed:
            models[year] = parsed[name]
            if parsed[name] is None:
                row.faulty.add("model")
        elif name == held:
            continue
        else:
            models[year] = None
            if f"{ECONOMY}/{name}" in dataset.broken:
                row.faulty.add("model")
                continue
            listed = f"Det finns: {', '.join(parsed)}." if parsed else f"Lägg den i mappen {ECONOMY}."
            dataset.faults.at(row, "model", "model", f"Det finns ingen ekonomimodell ”{name}”.", listed)
    return models


def _check_coding(dataset: Dataset, known: Known) -> None:
    rows = [row for row in dataset.rows.get("coding", []) if row.sound("year", "dimension", "key")]
    if not rows:
        return
    codes: dict[tuple[int, str], dict[str, Values]] = defaultdict(dict)
    for values in known.every("coding"):
        codes[values["year"], values["dimension"]][values["key"]] = values
    for row in rows:
        if not row.sound("parent") or not row.values["parent"]:
            continue
        year, dimension, parent = (row.values[name] for name in ("year", "dimension", "parent"))
        if parent not in codes[year, dimension] and "coding" not in dataset.broken:
            dataset.faults.at(
                row,
                "parent",
                "reference",
                f"Koden ”{parent}” finns inte i koddelen {row.table.field('dimension').label(dimension)} {year}.",
                "Lägg till den, eller rätta överordnad kod.",
            )
    places = {(row.values["year"], row.values["dimension"], row.values["key"]): row for row in rows}
    for (year, dimension), listed in codes.items():
        turning = circular(listed.values(), lambda one: one["key"], lambda one: one["parent"] or None)
        keys = [values["key"] for values in turning]
        found = next((places[year, dimension, key] for key in keys if (year, dimension, key) in places), None)
        if found is not None:
            dataset.faults.at(
                found,
                "parent",
                "circle",
                f"Koderna {', '.join(sorted(keys))} ligger under varandra.",
                "Rätta så att en av dem står överst.",
            )


def _check_frames(dataset: Dataset, known: Known) -> None:
    originals: dict[tuple[object, object], str] = {
        (values["body"], values["year"]): values["key"]
        for identity, values in known.stored.get("frames", {}).items()
        if values["original"] and identity not in known.given["frames"]
    }
    for row in dataset.rows.get("frames", []):
        values = row.values
        if not any(values[name] for name in ("decision_case", "decision_body", "decision_date")):
            dataset.faults.at(
                row,
                "decision_date",
                "decision",
                "Ramen har inget beslut att vila på.",
                "Fyll i beslutande organ och datum, och gärna ärendenummer och paragraf.",
            )
        if values["original"] and row.sound("original", "body", "year", "key"):
            other = originals.setdefault((values["body"], values["year"]), values["key"])
            if other != values["key"]:
                dataset.faults.at(
                    row,
                    "original",
                    "duplicate",
                    f"”{other}” är redan organets ursprungliga ram för {values['year']}.",
                    "Skriv nej: ändringar under året är justeringar.",
                )


def _check_frame_amount(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    frame = known.values("frames", row.values["frame"]) if row.sound("frame") else None
    if frame is not None and (model := model_for(row, frame["year"], "frame", models, dataset)) is not None:
        among(row, "column", "Kolumnen", [one.key for one in model.frame_columns], dataset)


def _check_line(row: Row, model: EconomyModel | None, dataset: Dataset) -> None:
    """An amount stands on a line of the model that sums no others."""
    if model is None:
        return
    key = row.values["line"]
    parents = {line.parent for line in model.lines}
    leaves = [line.key for line in model.lines if line.key not in parents]
    if row.sound("line") and key not in leaves and model.line(key) is not None:
        dataset.faults.at(
            row,
            "line",
            "line",
            f"Raden ”{key}” summerar andra rader.",
            "Skriv beloppet på en rad under den.",
        )
    else:
        among(row, "line", "Raden", leaves, dataset)


def _activities(known: Known) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for values in known.every("coding"):
        if values["dimension"] == "activity" and values["year"]:
            found[values["year"]].add(values["key"])
    return found


def _check_activity(row: Row, year: int | None, activities: Mapping[int, set[str]], dataset: Dataset) -> None:
    """A year that has codes has the one that the amount stands on."""
    known = activities.get(year or 0)
    activity = row.values["activity"]
    if (
        known
        and activity
        and activity not in known
        and row.sound("activity")
        and "coding" not in dataset.broken
    ):
        dataset.faults.at(
            row,
            "activity",
            "reference",
            f"Verksamheten ”{activity}” finns inte i kodplanen {year}.",
            "Rätta koden, eller lägg till den i Kodplan (coding).",
        )


def _check_budget(row: Row, known: Known, dataset: Dataset) -> None:
    values = row.values
    if row.sound("profile", "months", "amount_ore"):
        manual = values["profile"] == Profile.MANUAL.value
        if manual != bool(values["months"]):
            what = (
                "per månad, men månadernas belopp saknas"
                if manual
                else "inte per månad, men månader är ifyllda"
            )
            dataset.faults.at(
                row, "months", "months", f"Fördelningen är {what}.", "Ändra fördelningen eller beloppen."
            )
        elif manual and sum(values["months"]) != values["amount_ore"]:
            dataset.faults.at(
                row,
                "months",
                "months",
                f"Månadernas belopp ger {_kronor(sum(values['months']))}, men året {_kronor(values['amount_ore'])}.",
                "Ange tolv belopp som tillsammans blir årets budget.",
            )
    frame = known.values("frames", values["frame"]) if values["frame"] and row.sound("frame") else None
    if frame is not None and row.sound("body", "year"):
        mine = (values["body"], values["year"])
        if frame["year"] and (frame["body"], frame["year"]) != mine:
            dataset.faults.at(
                row,
                "frame",
                "year",
                f"Rambeslutet gäller {frame['body']} {frame['year']}, men raden {mine[0]} {mine[1]}.",
                "Välj ett rambeslut för samma organ och år.",
            )


def _kronor(ore: int) -> str:
    return f"{format_decimal(in_kronor(ore), 2)} kr"


def _check_register_amount(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    values = row.values
    if not row.sound("register", "item"):
        return
    item = known.values("registers", values["register"], values["item"])
    if item is None:
        if "registers" not in dataset.broken:
            dataset.faults.at(
                row,
                "item",
                "reference",
                f"Registret ”{values['register']}” har ingen post ”{values['item']}”.",
                "Lägg till den i Registerposter (registers), eller rätta nyckeln.",
            )
        row.faulty.add("item")
        return
    source = known.row("registers", values["register"], values["item"])
    if source is not None and not source.sound("register", "year", "body", "name"):
        row.faulty.add("item")
        return
    model = model_for(row, item["year"], "item", models, dataset)
    register = model.register(values["register"]) if model else None
    measures = {one.key: one for one in register.measures} if register else {}
    if not measures or not among(row, "measure", "Måttet", list(measures), dataset):
        return
    if not row.sound("amount_ore", "count"):
        return
    wanted, other = ("count", "amount_ore") if measures[values["measure"]].count else ("amount_ore", "count")
    if values[wanted] is None or values[other] is not None:
        label = row.table.field(wanted).title
        dataset.faults.at(
            row,
            wanted if values[wanted] is None else other,
            "either",
            f"Måttet ”{measures[values['measure']].label}” skrivs i {label}.",
            f"Fyll i {label} och lämna {row.table.field(other).title} tomt.",
        )
