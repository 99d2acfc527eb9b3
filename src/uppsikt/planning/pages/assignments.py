"""The list of assignments: who is to do what, by whom it was asked, when, and how it goes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.steering import SteeringModel, Step
from uppsikt.cycle.selectors import Round
from uppsikt.followup.rules import is_overdue
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.numbers import NBSP
from uppsikt.planning import selectors
from uppsikt.planning.pages import figures, links
from uppsikt.planning.pages.tree_lead import assignments as in_words
from uppsikt.planning.pages.words import capital, noun, numbered
from uppsikt.planning.selectors import AssignmentView
from uppsikt.web.chrome import Option, Select
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table, sort_state, with_sorting

PER_PAGE = 100
SORTABLE = ("title", "status", "origin", "responsible", "deadline")


@dataclass(frozen=True, slots=True)
class AssignmentsPage:
    """The list with its filters. `selects` are sent with GET, with `kept` beside them."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    chips: tuple[Link, ...]
    selects: tuple[Select, ...]
    kept: tuple[tuple[str, str], ...]
    workbook: Action | None
    table: Table
    page_obj: Page[Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed. `views` is the whole year's, `found` what the filters leave, sorted; `model` None: no year."""

    model: SteeringModel | None
    views: list[AssignmentView]
    found: list[AssignmentView]


def listing(
    context: Context, params: QueryDict, *, today: dt.date, readable: frozenset[str] | None
) -> Listing:
    """The year's assignments in the chosen round, as the address filters and sorts them."""
    bodies = frozenset({context.body.key}) if context.body else readable
    try:
        model = cycle.model_for(context.year)
        views = selectors.assignment_list(context.year, context.round, bodies)
    except LookupError:
        return Listing(None, [], [])
    found = [row for row in views if _matches(row, params, today)]
    key, descending = sort_state(params)
    if key in SORTABLE:
        found.sort(key=lambda row: _sort_key(row, key), reverse=descending)
    return Listing(model, views, found)


def assignments_page(
    context: Context, params: QueryDict, *, today: dt.date, readable: frozenset[str] | None
) -> AssignmentsPage:
    """The year's assignments in the chosen round, filtered and sorted. A constant number of queries."""
    listed = listing(context, params, today=today, readable=readable)
    model, views, found = listed.model, listed.views, listed.found
    page_obj = Paginator(found, PER_PAGE).get_page(params.get("page"))
    counts = Counter(row.step.key if row.step else "" for row in views)
    word = capital(noun(model, "assignment", 2)) if model else _("Uppdrag")
    return AssignmentsPage(
        title=f"{word} {context.year}",
        lead=in_words(model, context.round, counts) if model and context.round else "",
        crumbs=(
            Crumb(context.body.name if context.body else _("Alla nämnder")),
            Crumb(str(context.year)),
            Crumb(word),
        ),
        chips=tuple(_chips(views, params, context.round, model, today)) if model else (),
        selects=tuple(_selects(views, params, model)) if model else (),
        kept=tuple((name, str(params[name])) for name in ("status", "only", "sort") if params.get(name)),
        workbook=Action(
            _("Hämta till Excel"),
            reverse("planning:assignments_workbook") + _address(params),
            icon="download",
        )
        if found
        else None,
        table=_table(list(page_obj.object_list), params, context, model, today, word),
        page_obj=page_obj,
    )


def _matches(row: AssignmentView, params: QueryDict, today: dt.date) -> bool:
    item = row.assignment.item
    status, only = params.get("status", ""), params.get("only", "")
    return all(
        (
            not status or (row.step.key if row.step else "none") == status,
            only != "overdue" or is_overdue(item.deadline, row.done, today),
            only != "carried" or row.carried_over,
            not params.get("origin") or row.assignment.origin == params["origin"],
            not params.get("responsible")
            or (item.responsible is not None and item.responsible.key == params["responsible"]),
        )
    )


def _sort_key(row: AssignmentView, key: str) -> tuple[bool, Any]:
    """What a column sorts by; what is missing stands last."""
    item = row.assignment.item
    values: Mapping[str, Any] = {
        "title": row.assignment.title.casefold(),
        "status": row.step.rank if row.step else None,
        "origin": row.assignment.origin or None,
        "responsible": item.responsible.name.casefold() if item.responsible else None,
        "deadline": item.deadline,
    }
    value = values[key]
    return value is None, value if value is not None else 0


def _address(params: QueryDict, **changes: str) -> str:
    query = params.copy()
    for name in ("page", "body", "round"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _chips(
    views: Sequence[AssignmentView],
    params: QueryDict,
    round_: Round | None,
    model: SteeringModel,
    today: dt.date,
) -> list[Link]:
    status, only = params.get("status", ""), params.get("only", "")
    counts = Counter(row.step.key if row.step else "none" for row in views)
    steps: Sequence[Step] = model.status_scale(round_.kind).steps if round_ else ()
    overdue = sum(is_overdue(row.assignment.item.deadline, row.done, today) for row in views)
    carried = sum(row.carried_over for row in views)
    chips = [Link(_("Alla"), _address(params, status="", only=""), not status and not only, str(len(views)))]
    chips.extend(
        Link(
            step.label,
            _address(params, status=step.key, only=""),
            status == step.key,
            str(counts[step.key]),
            step.symbol,
        )
        for step in steps
        if counts[step.key] or status == step.key
    )
    if round_ and counts["none"]:
        chips.append(
            Link(
                _("Inte rapporterat"),
                _address(params, status="none", only=""),
                status == "none",
                str(counts["none"]),
                "dash",
            )
        )
    if overdue or only == "overdue":
        chips.append(
            Link(_("Försenade"), _address(params, status="", only="overdue"), only == "overdue", str(overdue))
        )
    if carried or only == "carried":
        chips.append(
            Link(
                _("Överflyttade"),
                _address(params, status="", only="carried"),
                only == "carried",
                str(carried),
            )
        )
    return chips


def _selects(views: Sequence[AssignmentView], params: QueryDict, model: SteeringModel) -> list[Select]:
    origins = {row.assignment.origin for row in views if row.assignment.origin}
    people = {
        row.assignment.item.responsible.key: row.assignment.item.responsible.name
        for row in views
        if row.assignment.item.responsible
    }
    chosen_origin, chosen_person = params.get("origin", ""), params.get("responsible", "")
    found = []
    if len(origins) > 1:
        options = [Option("", _("Alla ursprung"), not chosen_origin)]
        options.extend(
            Option(origin.key, origin.short or origin.label or origin.key, origin.key == chosen_origin)
            for origin in model.origins
            if origin.key in origins
        )
        found.append(Select("origin", _("Ursprung"), tuple(options)))
    if len(people) > 1:
        options = [Option("", _("Alla ansvariga"), not chosen_person)]
        by_name = sorted(people.items(), key=lambda pair: pair[1].casefold())
        options.extend(Option(key, name, key == chosen_person) for key, name in by_name)
        found.append(Select("responsible", _("Ansvarig"), tuple(options)))
    return found


def _table(
    views: Sequence[AssignmentView],
    params: QueryDict,
    context: Context,
    model: SteeringModel | None,
    today: dt.date,
    word: str,
) -> Table:
    columns = with_sorting(
        (
            Column("title", capital(noun(model, "assignment", 1)) if model else word, width="wide"),
            Column("status", capital(model.word("status")) if model else _("Status")),
            Column("origin", _("Ursprung")),
            Column("responsible", _("Ansvarig")),
            Column("deadline", _("Klart senast"), "end"),
        ),
        params,
        sortable=SORTABLE,
    )
    filtered = any(params.get(name) for name in ("status", "only", "origin", "responsible"))
    names = {} if context.body else {row.key: row.short or row.name for row in context.bodies}
    return Table(
        key="uppdrag",
        caption=word,
        caption_hidden=True,
        columns=columns,
        rows=tuple(_row(view, model, today, names, context.round) for view in views if model),
        empty=Empty(
            _("Inget motsvarar filtret") if filtered else _("Inga uppdrag för %(year)s än") % {"year": context.year},
            "" if filtered else _("Här står det som fullmäktige och nämnden har gett i uppdrag, med status vid varje tillfälle."),
            icon="list-checks",
        ),
    )  # fmt: skip


def _reference(decision: Decision) -> str:
    """The decision in few words: case and paragraph."""
    paragraph = f"§{NBSP}{decision.section}" if decision.section else ""
    return " ".join(filter(None, [decision.case, paragraph]))


def _row(
    view: AssignmentView,
    model: SteeringModel,
    today: dt.date,
    names: Mapping[str, str],
    round_: Round | None,
) -> Row:
    assignment, item = view.assignment, view.assignment.item
    goal = assignment.goal
    origin = model.origin(assignment.origin)
    late = is_overdue(item.deadline, view.done, today)
    under = [names.get(item.body.key, ""), numbered(goal.number, goal.name) if goal else ""]
    return Row(
        (
            Cell(
                numbered(assignment.number, assignment.title),
                sub=" · ".join(filter(None, under)),
                badges=(Badge(_("Överflyttad")),) if view.carried_over else (),
            ),
            Cell(symbol=figures.status_symbol(view.step)) if round_ else Cell(""),
            Cell(
                (origin.short or origin.label) if origin else "",
                sub=_reference(assignment.decision),
                muted=True,
            ),
            Cell(item.responsible.name if item.responsible else "", muted=True),
            Cell(
                item.deadline.isoformat() if item.deadline else "",
                badges=(Badge(_("Försenad"), "bad", "circle-alert"),) if late else (),
            ),
        ),
        href=links.assignment(item.key),
        key=item.key,
    )
