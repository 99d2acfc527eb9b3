"""A form over something in a plan, and both versions when somebody else was first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from uppsikt.history import selectors as history
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.period import format_date
from uppsikt.organisation.selectors import Body
from uppsikt.planning.pages import links
from uppsikt.planning.pages.words import capital
from uppsikt.planning.selectors import Assignment, Goal, IndicatorUse
from uppsikt.web.diff import DiffRow, side_by_side
from uppsikt.web.parts import Action, Crumb, Text


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two versions of the same thing: the reader's own at the left, what was saved meanwhile at the right."""

    rows: tuple[DiffRow, ...]
    mine: Text
    theirs: Text


@dataclass(frozen=True, slots=True)
class EditPage:
    """A form with its buttons. `back` is where cancel leads; `remove` takes the thing out of the plan."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    form: Form
    submit: Text
    back: str
    remove: Action | None
    conflict: Conflict | None
    links: tuple[Action, ...]


def edit_page(
    *,
    title: str,
    form: Any,
    body: Body,
    body_name: str,
    year: int,
    plan_word: str,
    lead: str = "",
    submit: str = "",
    remove: Action | None = None,
    conflict: Conflict | None = None,
    more: tuple[Action, ...] = (),
) -> EditPage:
    """The page around a form of the plan."""
    back = links.plan(body.key, year)
    return EditPage(
        title=title,
        lead=lead,
        crumbs=(
            Crumb(body_name, back),
            Crumb(f"{capital(plan_word)} {year}", back),
            Crumb(title),
        ),
        form=form,
        submit=submit or (_("Spara min version") if conflict else _("Spara")),
        back=back,
        remove=remove,
        conflict=conflict,
        links=more,
    )


def conflict_of(form: Any, theirs: dict[str, Any], row: Goal | IndicatorUse | Assignment | None) -> Conflict:
    """The form as sent against what stands now, with the name of whoever saved it."""
    return Conflict(
        rows=side_by_side(form.described(form.data), form.described(theirs)),
        mine=_("Din version, inte sparad"),
        theirs=_saved_by(row),
    )


def _saved_by(row: Goal | IndicatorUse | Assignment | None) -> str:
    match row:
        case Goal():
            subject = f"goal:{row.key}"
        case IndicatorUse():
            subject = f"use:{row.key}"
        case Assignment():
            subject = f"assignment:{row.item.key}"
        case _:
            subject = ""
    event = history.about(subject).first() if subject else None
    if event is None:
        return _("Det som är sparat nu")
    at = event.at.astimezone(STOCKHOLM)
    words = {"name": event.actor_name, "day": format_date(at.date()), "time": f"{at:%H.%M}"}
    return _("Sparad av %(name)s %(day)s kl. %(time)s") % words
