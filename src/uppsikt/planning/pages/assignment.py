"""One assignment: what is to be done and by what right, and its life through years and rounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.followup.rules import carried_badges, is_overdue
from uppsikt.history import selectors as history
from uppsikt.history.presenters import sentence
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors
from uppsikt.planning.pages import figures, links
from uppsikt.planning.pages.goal import round_of_year
from uppsikt.planning.pages.waiting import waiting_tables
from uppsikt.planning.pages.words import capital, noun, numbered
from uppsikt.planning.selectors import Assignment
from uppsikt.planning.selectors import Link as ChainLink
from uppsikt.web.parts import Action, Badge, Crumb, Fact, Symbol, Text
from uppsikt.web.tables import Table


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What was said in one round. `superseded`: the day it was replaced, empty while it stands."""

    round: Text
    status: Symbol
    comment: str
    by: str
    at: str
    superseded: str


@dataclass(frozen=True, slots=True)
class TimelineYear:
    """One year of the chain. `href` is empty for the year one is looking at."""

    year: str
    title: str
    href: str
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened to the assignment."""

    text: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """One assignment. `parts` are (label, text); `waiting`: what it waits for and what waits for it; `history` is empty for those who may not read it."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    status: Symbol | None
    badges: tuple[Badge, ...]
    text: str
    background: str
    background_label: Text
    parts: tuple[tuple[str, str], ...]
    years: tuple[TimelineYear, ...]
    waiting: tuple[Table, ...]
    facts: tuple[Fact, ...]
    actions: tuple[Action, ...]
    history: tuple[HistoryLine, ...]


def assignment_page(
    assignment: Assignment, context: Context, *, today: dt.date, may_plan: bool, may_read_history: bool
) -> AssignmentPage:
    """The page for the chosen round; its queries grow only with the years of the chain."""
    item = assignment.item
    model = cycle.model_for(item.year_id)
    round_ = round_of_year(context, item.year_id)
    chain = selectors.assignment_chain(assignment)
    own = next(link for link in chain if link.assignment.pk == assignment.pk)
    told = next(
        (one for one in own.told if round_ and one.round == round_ and one.superseded_at is None), None
    )
    names = organisation.body_names(round_.cutoff if round_ else dt.date(item.year_id, 12, 31))
    body = names.get(item.body.key, item.body.key)
    step = told.step if told else None
    done = step is not None and step.done
    return AssignmentPage(
        title=numbered(assignment.number, assignment.title),
        lead="",
        eyebrow=capital(noun(model, "assignment")),
        crumbs=(
            Crumb(body, links.goals(round_, item.body.key)),
            Crumb(str(item.year_id), links.goals(round_)),
            Crumb(capital(noun(model, "assignment", 2)), links.assignments(round_)),
            Crumb(assignment.title),
        ),
        status=figures.status_symbol(step) if round_ else None,
        badges=tuple(_badges(assignment, model, late=is_overdue(item.deadline, done, today))),
        text=assignment.text if assignment.text.strip() != assignment.title.strip() else "",
        background=assignment.background,
        background_label=model.words.get("background", _("Bakgrund")),
        parts=tuple((part.get("label", ""), part.get("text", "")) for part in assignment.parts),
        years=tuple(_year(link, assignment) for link in chain),
        waiting=waiting_tables(item, round_, context.bodies),
        facts=_facts(assignment, model, body),
        actions=(Action(_("Ändra i planen"), links.plan(item.body.key, item.year_id), icon="pencil"),)
        if may_plan
        else (),
        history=tuple(_history(link.assignment.item.key for link in chain)) if may_read_history else (),
    )


def _badges(assignment: Assignment, model: SteeringModel, *, late: bool) -> list[Badge]:
    item = assignment.item
    texts = carried_badges(
        carried_from_year=item.carried_from_year,
        origin_year=item.origin_year,
        carried_text=model.assignments.carried_text,
        origin_text=model.assignments.origin_text,
    )
    badges = [Badge(text.rstrip(".")) for text in texts]
    if late:
        badges.append(Badge(_("Försenad"), "bad", "circle-alert"))
    return badges


def _year(link: ChainLink, current: Assignment) -> TimelineYear:
    return TimelineYear(
        year=str(link.year),
        title=link.assignment.title,
        href="" if link.assignment.pk == current.pk else links.assignment(link.assignment.item.key),
        entries=tuple(
            TimelineEntry(
                round=one.round.name,
                status=figures.status_symbol(one.step),
                comment=one.entry.comment,
                by=one.entry.recorded_by_name,
                at=format_date(one.entry.recorded_at.astimezone(STOCKHOLM).date()),
                superseded=format_date(one.superseded_at.astimezone(STOCKHOLM).date())
                if one.superseded_at
                else "",
            )
            for one in link.told
        ),
    )


def _facts(assignment: Assignment, model: SteeringModel, body: str) -> tuple[Fact, ...]:
    item = assignment.item
    origin = model.origin(assignment.origin)
    goal = assignment.goal
    facts = [Fact(_("Nämnd"), body)]
    if goal:
        facts.append(
            Fact(capital(noun(model, "goal")), numbered(goal.number, goal.name), links.goal(goal.key))
        )
    parts = [
        (_("Ursprung"), (origin.label or origin.short) if origin else ""),
        (_("Beslut"), str(assignment.decision)),
        (capital(model.word("responsible")), item.responsible.name if item.responsible else ""),
        (_("Klart senast"), format_date(item.deadline) if item.deadline else ""),
        (_("Ursprungligen från"), str(item.origin_year) if item.origin_year else ""),
    ]
    facts.extend(Fact(label, text) for label, text in parts if text)
    return tuple(facts)


def _history(keys: Iterable[str]) -> list[HistoryLine]:
    events = history.about(*(f"assignment:{key}" for key in keys))[:30]
    return [
        HistoryLine(
            sentence(event.kind, event.label),
            event.actor_name,
            format_date(event.at.astimezone(STOCKHOLM).date()),
        )
        for event in events
    ]
