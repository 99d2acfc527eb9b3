"""What was said in a round, against the year's steering model."""

from __future__ import annotations

import json
from collections.abc import Mapping

from uppsikt.cycle.rules.steering import OutlineChapter, SteeringModel
from uppsikt.cycle.rules.steering_document import parse_outline
from uppsikt.exchange.rules.checks.planning import among, same_year
from uppsikt.exchange.rules.rows import Dataset, Known, Row, Values
from uppsikt.exchange.rules.tables.reporting import ITEM_TABLES, NOT_SET

Models = Mapping[int, SteeringModel]


def check_reporting(dataset: Dataset, known: Known, models: Models) -> None:
    """What the tables of reports demand."""
    for row in dataset.rows.get("indicator_reports", []):
        round_of(row, known.values("uses", row.values["use"]), "use", known, dataset)
    for row in dataset.rows.get("assessments", []):
        _check_assessment(row, known, models, dataset)
    for row in dataset.rows.get("goal_texts", []):
        _check_goal_text(row, known, models, dataset)
    for row in dataset.rows.get("statuses", []):
        _check_status(row, known, models, dataset)
    _check_reports(dataset, known)
    for row in dataset.rows.get("report_texts", []):
        _check_report_text(row, known, models, dataset)


def round_of(row: Row, thing: Values | None, name: str, known: Known, dataset: Dataset) -> Values | None:
    """The row's round, when it is of the same year as what is reported."""
    found = known.values("rounds", row.values["round"]) if row.sound("round", name) else None
    if found is None or thing is None or not found.get("year") or not thing.get("year"):
        return None
    if found["year"] != thing["year"]:
        dataset.faults.at(
            row,
            "round",
            "year",
            f"Uppföljningen hör till {found['year']}, men ”{row.values[name]}” till {thing['year']}.",
            "Välj en uppföljning av samma år.",
        )
        return None
    return found


def _check_assessment(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    goal = known.values("goals", row.values["goal"])
    if round_of(row, goal, "goal", known, dataset) is None or goal is None:
        return
    model = models.get(goal["year"])
    level = model.level(goal["level"]) if model else None
    if model is None or level is None:
        return
    if not level.assessed or model.fulfilment is None:
        dataset.faults.at(
            row,
            "goal",
            "not-assessed",
            f"Mål på nivån {level.label or level.key} bedöms inte i årets styrmodell.",
            "Ta bort raden.",
        )
    elif row.values["step"] not in ("", NOT_SET):
        among(row, "step", "Bedömningen", [step.key for step in model.fulfilment.steps], dataset)


def _check_goal_text(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    goal = known.values("goals", row.values["goal"])
    if round_of(row, goal, "goal", known, dataset) is None or goal is None or not row.sound("kind"):
        return
    model = models.get(goal["year"])
    if model is None or model.level(goal["level"]) is None:
        return
    kind, colon, position = row.values["kind"].partition(":")
    per = "priority" if colon else "goal"
    allowed = [
        f"{one.key}:1" if one.per == "priority" else one.key
        for one in model.goal_texts
        if goal["level"] in one.levels
    ]
    if not any(
        one.key == kind and one.per == per and goal["level"] in one.levels for one in model.goal_texts
    ):
        among(row, "kind", "Texten", allowed, dataset)
    elif colon and not (
        position.isdigit() and known.values("priorities", row.values["goal"], int(position)) is not None
    ):
        dataset.faults.at(
            row,
            "kind",
            "reference",
            f"Målet har ingen prioritering {position}.",
            "Rätta siffran efter kolon.",
        )


def _check_status(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    round_ = round_of(row, item_of(row.values["item"], known), "item", known, dataset)
    model = models.get(round_["year"]) if round_ else None
    round_row = known.row("rounds", row.values["round"])
    if model is None or round_ is None or row.values["status"] in ("", NOT_SET):
        return
    if round_row is None or round_row.sound("kind"):
        among(row, "status", "Statusen", [s.key for s in model.status_scale(round_["kind"]).steps], dataset)


def item_of(key: str, known: Known) -> Values | None:
    """What has a status under this key: an assignment, a mitigation or a control."""
    return next((found for one in ITEM_TABLES if (found := known.values(one, key)) is not None), None)


def _check_reports(dataset: Dataset, known: Known) -> None:
    taken = {
        _place(values): values["key"]
        for identity, values in known.stored.get("reports", {}).items()
        if identity not in known.given["reports"]
    }
    for row in dataset.rows.get("reports", []):
        values = row.values
        if row.sound("kind", "round") and (values["kind"] == "report") != bool(values["round"]):
            report = values["kind"] == "report"
            what = (
                "En rapport hör till en uppföljning."
                if report
                else "En plan hör inte till någon uppföljning."
            )
            dataset.faults.at(row, "round", "either", what, "Fyll i den." if report else "Lämna fältet tomt.")
            continue
        if values["round"]:
            same_year(row, "round", known.values("rounds", values["round"]), "Uppföljningen", dataset)
        if row.sound("key", "kind", "body", "year", "round"):
            other = taken.setdefault(_place(values), values["key"])
            if other != values["key"]:
                dataset.faults.at(
                    row,
                    "key",
                    "duplicate",
                    f"”{other}” gäller redan samma organ och tillfälle.",
                    "Behåll en av dem.",
                )


def _place(values: Values) -> tuple[object, ...]:
    return values["kind"], values["body"], values["round"] or values["year"]


def _check_report_text(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    report = known.values("reports", row.values["report"]) if row.sound("report", "chapter") else None
    model = models.get(report["year"]) if report and report.get("year") else None
    source = known.row("reports", row.values["report"])
    if report is None or model is None or (source is not None and not source.sound("kind")):
        return
    outline = model.outline_of(report["kind"])
    if report.get("outline") and (source is None or source.sound("outline")):
        outline, _problems = parse_outline(json.loads(report["outline"])["chapters"])
    if known.stored.get("report_texts", {}).get(row.identity) is None:  # its chapter may have been taken out
        among(row, "chapter", "Kapitlet", [one.key for one in outline if _has_text(one)], dataset)


def _has_text(chapter: OutlineChapter) -> bool:
    return any(block.kind == "text" for block in chapter.blocks)
