"""A deficiency as a line of a table: the same in the list, on the control's page and on the occasion's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.rules.deficiencies import DeficiencyState
from uppsikt.control.rules.occasions import label
from uppsikt.control.selectors import Control, Occasion
from uppsikt.control.selectors.control_rows import name_of
from uppsikt.control.selectors.deficiencies import DeficiencyFacts, of_control, of_occasion
from uppsikt.kernel.numbers import count_of
from uppsikt.kernel.period import format_date
from uppsikt.web.parts import Action, Badge, Empty, Symbol
from uppsikt.web.tables import Cell, Column, Row, Table

_SYMBOLS: Mapping[DeficiencyState, tuple[str, str]] = {
    DeficiencyState.NO_ACTION: ("cross", "bad"),
    DeficiencyState.RETEST_FAILED: ("cross", "bad"),
    DeficiencyState.ACTING: ("triangle-half", "warn"),
    DeficiencyState.WAITING: ("circle-3", "warn"),
    DeficiencyState.CLOSED: ("check", "good"),
}


def deficiency_href(key: str) -> str:
    """The page of a deficiency."""
    return reverse("control:deficiency", args=[key])


def state_symbol(state: DeficiencyState) -> Symbol:
    """Where a deficiency stands, as shape and word."""
    shape, colour = _SYMBOLS[state]
    return Symbol(shape, state.label, colour)


def deficiency_badges(facts: DeficiencyFacts) -> list[Badge]:
    """What to notice: late, found before, failed again."""
    found = []
    if facts.overdue:
        found.append(Badge(_("Försenad"), "bad", "circle-alert"))
    if facts.earlier:
        found.append(Badge(_("Återkommer från %(when)s") % {"when": when(facts)}, "warn", "repeat"))
    if facts.failed_retests > (facts.state is DeficiencyState.RETEST_FAILED):
        words = ngettext("%(n)s omtest underkänt", "%(n)s omtest underkända", facts.failed_retests)
        found.append(Badge(words % {"n": facts.failed_retests}, "warn"))
    return found


def when(facts: DeficiencyFacts) -> str:
    """When the same control last had a deficiency: the year, or the occasion when it was the same year."""
    last = facts.earlier[0]
    year = last.occasion.control.item.year_id
    if year != facts.control.item.year_id:
        return str(year)
    return label(last.occasion.period, last.occasion.period_text)


def deficiency_columns() -> tuple[Column, ...]:
    """The columns of `deficiency_row`."""
    return (
        Column("title", _("Brist"), width="wide"),
        Column("state", _("Läge")),
        Column("actions", _("Åtgärder"), "num"),
        Column("found", _("Funnen"), "end", "fit"),
    )


def deficiency_row(facts: DeficiencyFacts, *, under: str = "") -> Row:
    """One deficiency. Args: under: what stands below its title; the control's name when empty."""
    row = facts.deficiency
    done = sum(one.done for one in facts.mitigations)
    planned = next((one.occasion.due for one in facts.retests if one.step is None), None)
    closed = facts.closed_on
    sub = (
        _("omtest senast %(day)s") % {"day": format_date(planned)}
        if planned and facts.open
        else format_date(closed)
        if closed
        else ""
    )
    actions = _("%(count)s klara") % {"count": count_of(done, len(facts.mitigations))}
    return Row(
        (
            Cell(row.title, sub=under or name_of(facts.control), badges=tuple(deficiency_badges(facts))),
            Cell(symbol=state_symbol(facts.state), sub=sub),
            Cell(actions if facts.mitigations else "–", muted=not facts.mitigations),
            Cell(row.found_on.isoformat()),
        ),
        href=deficiency_href(row.key),
        key=row.key,
    )


def deficiencies_table(facts: Sequence[DeficiencyFacts], *, caption_hidden: bool = False) -> Table:
    """Deficiencies on another page, each with the occasion that found it."""
    return Table(
        key="brister",
        caption=_("Brister"),
        caption_hidden=caption_hidden,
        columns=deficiency_columns(),
        rows=tuple(
            deficiency_row(
                one, under=label(one.deficiency.occasion.period, one.deficiency.occasion.period_text)
            )
            for one in facts
        ),
        empty=Empty(_("Inga brister är funna"), icon="shield-check"),
        sticky=False,
    )


def control_deficiencies(control: Control) -> Table | None:
    """What a control has found wrong; None when it has found nothing."""
    found = of_control(control)
    return deficiencies_table(found) if found else None


def occasion_deficiencies(occasion: Occasion, *, may_add: bool) -> tuple[Table, Action | None]:
    """What an occasion found wrong, and the way to write down more."""
    address = reverse("control:deficiency_new", args=[occasion.pk])
    action = Action(_("Lägg till brist"), address, icon="plus") if may_add else None
    return deficiencies_table(of_occasion(occasion), caption_hidden=True), action
