"""Writing the rows of a dataset through the domain's actions, in the order they depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from uppsikt.exchange.actions import (
    apply_economy,
    apply_investments,
    apply_organisation,
    apply_planning,
    apply_reporting,
    apply_years,
)
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Row
from uppsikt.exchange.rules.spec import Table
from uppsikt.exchange.rules.tables import BY_KEY
from uppsikt.kernel.problems import InputError, Problem
from uppsikt.planning.selectors import outside_model

Writer = Callable[[Row, Here], None]
GroupWriter = Callable[[Sequence[Row], Here], None]

# What an assessment is held against (outcomes, statuses) is written before it.
WRITERS: dict[str, Writer] = {
    "municipality": apply_organisation.municipality,
    "bodies": apply_organisation.body,
    "successions": apply_organisation.succession,
    "units": apply_organisation.unit,
    "people": apply_organisation.person,
    "roles": apply_organisation.role,
    "years": apply_years.year,
    "rounds": apply_years.round_,
    "plans": apply_years.plan,
    "goals": apply_planning.goal,
    "priorities": apply_planning.priorities,
    "indicators": apply_planning.indicator,
    "uses": apply_planning.use,
    "targets": apply_planning.target,
    "observations": apply_planning.observation,
    "assignments": apply_planning.assignment,
    "statuses": apply_reporting.status,
    "indicator_reports": apply_reporting.indicator_report,
    "assessments": apply_reporting.assessment,
    "goal_texts": apply_reporting.goal_text,
    "reports": apply_reporting.report,
    "report_texts": apply_reporting.report_text,
    "economy_years": apply_economy.year,
    "frames": apply_economy.frame,
    "frame_amounts": apply_economy.frame_amount,
    "restatements": apply_economy.restatement,
    "registers": apply_economy.register_item,
    "register_amounts": apply_economy.register_amount,
    "projects": apply_investments.project,
}

# Tables of many short rows are written a group at a time: the fields that make a group, and its writer.
GROUP_WRITERS: dict[str, tuple[tuple[str, ...], GroupWriter]] = {
    "coding": (("year",), apply_economy.coding),
    "budget": (("body", "year"), apply_economy.budget),
    "forecasts": (("body", "round"), apply_economy.forecasts),
    "project_amounts": (("project",), apply_investments.amounts),
    "project_phases": (("project",), apply_investments.phases),
}


def apply(wanted: Mapping[str, Sequence[Row]], here: Here) -> None:
    """Write the rows. What a row's action refuses becomes a problem at that row, and the rest goes on."""
    for name, writer in WRITERS.items():
        for row in _in_order(BY_KEY[name], wanted.get(name, [])):
            _write(partial(writer, row, here), row, here)
    for name, (fields, group_writer) in GROUP_WRITERS.items():
        groups: dict[tuple[object, ...], list[Row]] = {}
        for row in wanted.get(name, []):
            groups.setdefault(tuple(row.values[field] for field in fields), []).append(row)
        for rows in groups.values():
            _write(partial(group_writer, rows, here), rows[0], here)
    for row in wanted.get("years", []):
        for problem in outside_model(row.values["year"]):
            here.dataset.faults.problems.append(
                Problem(problem.code, row.where("model"), problem.message, problem.remedy)
            )


def _write(writing: Callable[[], None], row: Row, here: Here) -> None:
    """Write one row, or a group of which `row` is the first: what is refused is said there."""
    try:
        with transaction.atomic():
            writing()
    except InputError as error:
        for problem in error.problems:
            here.dataset.faults.at(
                row,
                problem.where.field if problem.where.field in row.values else "",
                problem.code,
                problem.message,
                problem.remedy,
            )
    except ValidationError as error:
        _refused(row, error, here)
    except KeyError:  # it points at a row that has just been refused, and that has been said
        if not here.dataset.faults.problems:
            raise


def _refused(row: Row, error: ValidationError, here: Here) -> None:
    if not hasattr(error, "error_dict"):
        here.dataset.faults.at(row, "", "refused", " ".join(error.messages), "Rätta raden.")
        return
    for name, messages in error.message_dict.items():
        field = name if name in row.values and name != NON_FIELD_ERRORS else ""
        here.dataset.faults.at(row, field, "refused", " ".join(messages), "Rätta värdet.")


def _in_order(table: Table, rows: Sequence[Row]) -> list[Row]:
    """The rows so that each comes after the rows of its own table that it points at."""
    own = [field.key for field in table.fields if field.table == table.key]
    if not own:
        return list(rows)
    waiting = {row.values["key"] for row in rows}
    left, ordered = list(rows), []
    while left:
        ready = [row for row in left if not any(row.values[name] in waiting for name in own)]
        ready = ready or left[:1]  # a circle has been complained of, or stands in different years
        ordered += ready
        taken = {id(row) for row in ready}
        left = [row for row in left if id(row) not in taken]
        waiting = {row.values["key"] for row in left}
    return ordered
