"""All plans, and what a year rolled forward would bring along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors
from uppsikt.planning.pages import links
from uppsikt.planning.pages.words import capital, counted, listed, numbered
from uppsikt.planning.selectors import Roll
from uppsikt.web.parts import Badge, Crumb, Empty, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table

# The body's own goals, the others' goals above them, indicators and assignments.
Counts = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PlansPage:
    """Every body's plans, year by year."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    years: tuple[Link, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class RollPage:
    """What comes along from an earlier year. `years`: which year to take it from; `note`: what does not come, and why."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    from_year: int | None
    from_text: str
    years: tuple[Link, ...]
    note: Text
    tables: tuple[Table, ...]
    back: str
    problems: tuple[str, ...]


def plans_page(year: int, readable: frozenset[str] | None) -> PlansPage:
    """The bodies that may plan the year, with how far their plans have come."""
    plans = {plan.body.key: plan for plan in selectors.plans(year)}
    day = dt.date(year, 12, 31)
    bodies = [row for row in organisation.bodies_on(day) if readable is None or row.key in readable]
    rows = []
    for body in bodies:
        plan = plans.get(body.key)
        adopted = plan is not None and plan.adopted_at is not None
        badge = (
            Badge(_("Fastställd"), "good", "lock")
            if adopted
            else Badge(_("Utkast"), "warn", "pencil")
            if plan
            else None
        )
        rows.append(
            Row(
                (
                    Cell(body.name),
                    Cell(badges=(badge,)) if badge else Cell(_("Inte påbörjad"), muted=True),
                    Cell(str(plan.decision) if plan and adopted else "", muted=True),
                ),
                href=links.plan(body.key, year),
            )
        )
    years = [each.year for each in cycle.years()]
    return PlansPage(
        title=_("Planer %(year)s") % {"year": year},
        lead="",
        crumbs=(Crumb(_("Planer")), Crumb(str(year))),
        years=tuple(Link(str(each), f"?year={each}", current=each == year) for each in sorted(years)),
        table=Table(
            key="planer",
            caption=_("Nämndernas planer"),
            caption_hidden=True,
            columns=(
                Column("body", _("Organ"), width="wide"),
                Column("state", _("Läge")),
                Column("decision", _("Beslut"), width="wide"),
            ),
            rows=tuple(rows),
            empty=Empty(_("Inga nämnder än"), icon="clipboard-list"),
        ),
    )


def roll_page(
    body: Body,
    year: int,
    from_year: int | None,
    *,
    creates_for: frozenset[str] | None,
    problems: Sequence[str] = (),
) -> RollPage:
    """The preview: exactly what will be created, and nothing that is there already."""
    model = cycle.model_for(year)
    possible = selectors.years_to_roll_from(body, year)
    chosen = from_year if from_year in possible else (possible[0] if possible else None)
    roll = (
        selectors.to_roll(body, chosen, year, creates_for=creates_for)
        if chosen is not None
        else Roll((), (), ())
    )
    name = organisation.body_name(body, dt.date(year, 12, 31))
    back = links.plan(body.key, year)
    word = capital(model.word("plan"))
    above = sum(goal.body_id != body.pk for goal in roll.goals)
    counts = (len(roll.goals) - above, above, len(roll.uses), len(roll.assignments))
    lead = _("Ingenting finns att hämta: nämnden har inga mål i tidigare år.")
    if chosen is not None:
        said = (
            _("%(parts)s följer med från %(year)s. Det som redan finns i planen rörs inte.")
            if any(counts)
            else _("Inget nytt följer med från %(year)s.")
        )
        lead = said % {"parts": capital(listed(_rolled(model, body, counts))), "year": chosen}
    return RollPage(
        title=_("Hämta från tidigare år"),
        lead=lead,
        crumbs=(Crumb(name, back), Crumb(f"{word} {year}", back), Crumb(_("Hämta från tidigare år"))),
        from_year=chosen,
        from_text=str(chosen or ""),
        years=tuple(
            Link(str(each), f"{reverse('planning:plan_roll', args=[body.key, year])}?from={each}", each == chosen)
            for each in possible
        ),
        note=_withheld(roll, year),
        tables=_tables(roll, model) if chosen is not None else (),
        back=back,
        problems=tuple(problems),
    )  # fmt: skip


def rolled_words(body: Body, year: int, counts: Counts) -> str:
    """What was brought into the plan, in a sentence."""
    if not any(counts):
        return _("Inget nytt fanns att hämta. Det som redan finns i planen står på sin plats.")
    return _("Hämtade %(parts)s.") % {"parts": listed(_rolled(cycle.model_for(year), body, counts))}


def _rolled(model: SteeringModel, body: Body, counts: Counts) -> list[str]:
    own, above, indicators, assignments = counts
    others = ngettext("%(count)s överordnat mål", "%(count)s överordnade mål", above) % {"count": above}
    return [
        _("%(count)s mål") % {"count": own} if body.kind == "council" else counted(model, "goal", own),
        others if above else "",
        counted(model, "indicator", indicators),
        counted(model, "assignment", assignments),
    ]


def _withheld(roll: Roll, year: int) -> str:
    """What to know when goals above are not set up, and that they are somebody else's to set up."""
    if roll.placed:
        said = ngettext(
            "%(count)s mål som redan finns i planen ställs under fullmäktiges mål.",
            "%(count)s mål som redan finns i planen ställs under fullmäktiges mål.",
            len(roll.placed),
        )
        return said % {"count": len(roll.placed)}
    if not roll.withheld:
        return ""
    return ngettext(
        "%(count)s överordnat mål är inte upplagt för %(year)s än, och läggs upp av den som planerar för fullmäktige. "
        "Det som svarar mot det följer med ändå och får sin plats när du hämtar igen.",
        "%(count)s överordnade mål är inte upplagda för %(year)s än, och läggs upp av den som planerar för fullmäktige. "
        "Det som svarar mot dem följer med ändå och får sin plats när du hämtar igen.",
        len(roll.withheld),
    ) % {"count": len(roll.withheld), "year": year}


def _tables(roll: Roll, model: SteeringModel) -> tuple[Table, ...]:
    sections = {section.key: section.label for section in model.sections}
    return (
        _table(
            "mal",
            _("Mål"),
            [(numbered(goal.number, goal.name), str(goal.parent) if goal.parent else "") for goal in roll.goals],
        ),
        _table(
            "indikatorer",
            _("Indikatorer"),
            [(use.label or use.indicator.name, str(use.goal) if use.goal else sections.get(use.section, use.section)) for use in roll.uses],
            note=_("Målvärden för senare år följer med. Årets mål beslutas på nytt."),
        ),
        _table(
            "uppdrag",
            _("Uppdrag som inte är klara"),
            [(numbered(row.number, row.title), str(row.goal) if row.goal else "") for row in roll.assignments],
            note=_("Kedjan till tidigare år behålls."),
        ),
    )  # fmt: skip


def _table(key: str, title: str, rows: Sequence[tuple[str, str]], note: str = "") -> Table:
    return Table(
        key=key,
        caption=f"{title} ({len(rows)})",
        dense=True,
        columns=(Column("name", title, width="wide"), Column("under", _("Under"), width="wide")),
        rows=tuple(Row((Cell(name), Cell(under, muted=True))) for name, under in rows),
        notes=(note,) if note and rows else (),
        empty=Empty(_("Inget nytt att hämta"), icon="check"),
    )
