"""Writing the rows of a dataset through the domain's actions, in the order they depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from uppsikt.exchange.actions import (
    apply_audit,
    apply_control,
    apply_control_results,
    apply_economy,
    apply_investments,
    apply_organisation,
    apply_planning,
    apply_procurement,
    apply_reporting,
    apply_years,
)
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Identity, Row
from uppsikt.exchange.rules.whole import OCCASION
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
    "risks": apply_control.risk,
    "risk_assessments": apply_control.risk_assessment,
    "risk_treatments": apply_control.risk_treatment,
    "reviews": apply_audit.review,
    "recommendations": apply_audit.recommendation,
    "recommendation_answers": apply_audit.answer,
    "auditor_follow_ups": apply_audit.follow_up,
    "group_controls": apply_control.group_control,
    "controls": apply_control.control,
    "control_measures": apply_control.measure,
    "occasions": apply_control.occasion,
    "deficiencies": apply_control.deficiency,
    "mitigations": apply_control.mitigation,
    "dependencies": apply_control.dependency,
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
    "purchase_limits": apply_procurement.limit,
    "suppliers": apply_procurement.supplier,
    "agreements": apply_procurement.agreement,
    "procurements": apply_procurement.procurement,
    "purchase_handlings": apply_procurement.handling,
    "supplier_checks": apply_procurement.supplier_check,
    "agreement_follow_ups": apply_procurement.follow_up,
}

# Rows that are written a group at a time, of one table or of several: the tables, the fields that make a group, and
# its writer. What a summary assessment is held against is written before it.
GROUP_WRITERS: tuple[tuple[tuple[str, ...], tuple[str, ...], GroupWriter], ...] = (
    (("coding",), ("year",), apply_economy.coding),
    (("budget",), ("body", "year"), apply_economy.budget),
    (("forecasts",), ("body", "round"), apply_economy.forecasts),
    (("project_amounts",), ("project",), apply_investments.amounts),
    (("project_phases",), ("project",), apply_investments.phases),
    (("control_results", "control_figures"), OCCASION, apply_control_results.of_occasion),
    (("group_results", "group_figures"), ("group", "period"), apply_control_results.of_group),
    (("control_summaries",), ("body", "round"), apply_control_results.summary),
)


def apply(wanted: Mapping[str, Sequence[Row]], here: Here) -> None:
    """Write the rows. What a row's action refuses becomes a problem at that row, and the rest goes on."""
    for name in WRITERS:
        if name == "deficiencies":  # written among the occasions
            continue
        together = [*wanted.get(name, []), *(wanted.get("deficiencies", []) if name == "occasions" else [])]
        for row in _in_order(together):
            _write(partial(WRITERS[row.table.key], row, here), row, here)
    for names, fields, group_writer in GROUP_WRITERS:
        groups: dict[tuple[object, ...], list[Row]] = {}
        for row in chain.from_iterable(wanted.get(name, []) for name in names):
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


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """The rows so that each comes after those among them that it points at."""
    names = {id(row): _names(row) for row in rows}
    needs = {id(row): _needs(row) for row in rows}
    if not any(needs.values()):
        return list(rows)
    waiting = set(names.values())
    left, ordered = list(rows), []
    while left:
        ready = [row for row in left if needs[id(row)].isdisjoint(waiting)]
        ready = ready or left[:1]  # a circle has been complained of, or stands in different years
        ordered += ready
        taken = {id(row) for row in ready}
        left = [row for row in left if id(row) not in taken]
        waiting = {names[id(row)] for row in left}
    return ordered


def _names(row: Row) -> Identity:
    """What others point at the row by."""
    return (row.table.key, *(row.identity if row.table.key == "occasions" else row.identity[:1]))


def _needs(row: Row) -> set[Identity]:
    """What the row points at among the rows that it is written with: its own table's, and for an occasion and a
    deficiency each other's.
    """
    table, values = row.table.key, row.values
    found: set[Identity] = {
        (table, values[field.key]) for field in row.table.fields if field.table == table and values[field.key]
    }
    if table == "occasions" and values["retest_of"]:
        found.add(("deficiencies", values["retest_of"]))
    if table == "deficiencies":
        found.add(("occasions", *(values[name] for name in OCCASION)))
    return found
