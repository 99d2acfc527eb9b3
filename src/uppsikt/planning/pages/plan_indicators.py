"""Choosing a series for a plan, and setting a target with its consequences in view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import Section, SteeringModel
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors
from uppsikt.planning.pages import figures, links
from uppsikt.planning.pages.editing import Conflict, EditPage, edit_page
from uppsikt.planning.pages.words import capital, noun
from uppsikt.planning.rules.judgement import Direction, TargetFact
from uppsikt.planning.rules.target_words import how_judged
from uppsikt.planning.selectors import Goal, IndicatorUse
from uppsikt.web.parts import Action, Crumb, Empty, Text
from uppsikt.web.tables import Cell, Column, Row, Table

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class PickPage:
    """Series to choose among for a goal. `query`: what was searched for."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    query: str
    hidden: tuple[tuple[str, str], ...]
    table: Table
    new: Action
    back: str


@dataclass(frozen=True, slots=True)
class TargetPreview:
    """A target as it will be printed and judged. Empty before anything can be said."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class TargetPage:
    """The form of a target, what it will mean, and the latest outcomes to hold it against."""

    title: Text
    crumbs: tuple[Crumb, ...]
    edit: EditPage
    preview: TargetPreview
    outcomes: Table
    earlier: Table | None


def pick_page(body: Body, year: int, under: Goal | Section | None, query: str) -> PickPage:
    """Series whose name, key or Kolada id holds every word of the query; those in the plan already are marked."""
    model = cycle.model_for(year)
    rows = selectors.search_indicators(query)[:MOST_FOUND]
    there = set(selectors.uses(year).filter(body=body).values_list("indicator_id", flat=True))
    address = reverse("planning:use_new", args=[body.key, year])
    name = organisation.body_name(body, dt.date(year, 12, 31))
    back = links.plan(body.key, year)
    hidden = ("goal" if isinstance(under, Goal) else "section", under.key if under else "")
    placed = f"{address}?{hidden[0]}={hidden[1]}"
    named = under.name if isinstance(under, Goal) else under.label if under else ""
    word = noun(model, "indicator")
    title = _("Lägg till %(word)s") % {"word": word}
    return PickPage(
        title=title,
        lead=_("Under ”%(goal)s”. Välj en serie som redan finns, så följer dess utfall med.") % {"goal": named},
        crumbs=(Crumb(name, back), Crumb(f"{capital(model.word('plan'))} {year}", back), Crumb(title)),
        query=query,
        hidden=(hidden,),
        table=Table(
            key="serier",
            caption=_("Serier"),
            caption_hidden=True,
            columns=(
                Column("name", capital(word), width="wide"),
                Column("measure", _("Måttenhet")),
                Column("source", _("Källa")),
            ),
            rows=tuple(
                Row(
                    (
                        Cell(row.name, sub=_("finns redan i planen") if row.pk in there else ""),
                        Cell(row.measure, muted=True),
                        Cell(row.source, sub=row.kolada_ids, muted=True),
                    ),
                    href=f"{placed}&indicator={row.key}",
                )
                for row in rows
            ),
            empty=Empty(
                _("Ingen serie motsvarar sökningen"),
                _("Pröva ett annat ord, eller skapa en ny."),
                Action(_("Skapa en ny serie"), f"{placed}&indicator=new", primary=True),
                "chart-line",
            ),
        ),
        new=Action(_("Skapa en ny serie"), f"{placed}&indicator=new", icon="plus"),
        back=back,
    )  # fmt: skip


def target_preview(use: IndicatorUse, fact: TargetFact | None, model: SteeringModel) -> TargetPreview:
    """The target in print and how the rule will judge it."""
    if fact is None:
        return TargetPreview("", "")
    how = how_judged(
        fact,
        year=use.year_id,
        direction=Direction(use.indicator.direction),
        lag_years=use.lag_years,
        bare_by_direction=model.indicators.bare_target_by_direction,
        future_counts=model.indicators.future_target_counts == "always",
    )
    return TargetPreview(fact.text, how)


def target_page(
    use: IndicatorUse, role: str, form: Any, preview: TargetPreview
) -> Callable[[Conflict | None], TargetPage]:
    """The page around the target's form, once it is known whether there are two versions."""
    model = cycle.model_for(use.year_id)
    word = capital(noun(model, "target" if role == "milestone" else "final_target"))
    title = f"{word}: {use.label or use.indicator.name}"
    name = organisation.body_name(use.body, dt.date(use.year_id, 12, 31))
    standing = selectors.target_of_role(use, role, model)
    remove = (
        Action(_("Ta bort målet"), reverse("planning:target_remove", args=[use.key, role]), post=True, danger=True, icon="trash-2")
        if standing
        else None
    )  # fmt: skip

    def page(conflict: Conflict | None) -> TargetPage:
        edit = edit_page(
            title=title,
            form=form,
            body=use.body,
            body_name=name,
            year=use.year_id,
            plan_word=model.word("plan"),
            remove=remove,
            conflict=conflict,
        )
        return TargetPage(title, edit.crumbs, edit, preview, _outcomes(use), _earlier(use, role))

    return page


def _outcomes(use: IndicatorUse) -> Table:
    view = selectors.indicator_view(use)
    latest = [each for each in view.series if each.value is not None][-5:]
    return Table(
        key="utfall",
        caption=_("Senaste utfall"),
        unit=use.indicator.measure,
        dense=True,
        columns=(Column("period", _("Period")), Column("value", _("Utfall"), "num")),
        rows=tuple(
            Row((Cell(capital(each.period.label)), Cell(figures.figure_text(view.figure(each.period.code)))))
            for each in reversed(latest)
        ),
        empty=Empty(_("Inga utfall än"), icon="chart-line"),
    )


def _earlier(use: IndicatorUse, role: str) -> Table | None:
    rows = [row for row in selectors.targets_ever(use) if row.role == role and row.superseded_at]
    if not rows:
        return None
    return Table(
        key="tidigare",
        caption=_("Tidigare satta"),
        dense=True,
        columns=(Column("target", _("Mål")), Column("by", _("Av")), Column("until", _("Gällde till"))),
        rows=tuple(
            Row(
                (
                    Cell(f"{row.year}: {selectors.fact_of(row).text}"),
                    Cell(row.recorded_by_name, muted=True),
                    Cell(row.superseded_at.date().isoformat() if row.superseded_at else "", muted=True),
                )
            )
            for row in rows
        ),
    )
