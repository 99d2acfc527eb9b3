"""One group-wide control: every committee side by side for a period, the total, and what does not follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import control_words as words
from uppsikt.control.pages.group_table import Against, chart_of, table_of
from uppsikt.control.rules import occasions
from uppsikt.control.rules.consistency import Doubt
from uppsikt.control.rules.words import RowsOf
from uppsikt.control.selectors import GroupControl
from uppsikt.control.selectors.control_rows import group_measures, subject
from uppsikt.control.selectors.doubts import group_doubts, step_labels
from uppsikt.control.selectors.groups import GroupTable, group_table
from uppsikt.cycle import selectors as cycle
from uppsikt.history import selectors as history
from uppsikt.history.presenters import sentence
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.period import format_date
from uppsikt.planning.pages.assignment import HistoryLine
from uppsikt.planning.pages.words import listed
from uppsikt.web.chart import Chart
from uppsikt.web.chrome import Option, Select
from uppsikt.web.parts import Action, Crumb, Empty, Fact, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class GroupRights:
    """What the reader may do. `bodies`: whose rows may be read; None for all."""

    control: bool
    history: bool
    bodies: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group-wide control for a period. `selects`: the period, and what it is put beside."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    judgement: Symbol | None
    change: Text
    actions: tuple[Action, ...]
    selects: tuple[Select, ...]
    comment: str
    recommendation: str
    recommended: Text
    table: Table
    charts: tuple[Chart, ...]
    measures: Table
    measure_action: Action | None
    doubts: tuple[Doubt, ...]
    told: tuple[tuple[Text, str], ...]
    facts: tuple[Fact, ...]
    hidden: Text
    history: tuple[HistoryLine, ...]


def group_page(group: GroupControl, period: str, against: str, rights: GroupRights) -> GroupPage:
    """The page for a period (empty: the latest), beside another (empty: the one before)."""
    whole = group_table(group, period)
    other = group_table(group, against) if against in whole.periods and against != whole.period else None
    table = _readable(whole, rights)
    beside = Against(table, other)
    scale = cycle.model_for(group.year_id).control_results
    doubts = [
        replace(doubt, place=doubt.place.removeprefix(f"{group.name}, "))
        for doubt in group_doubts(table, step_labels(scale))
    ]
    result = table.result
    hidden = len(whole.rows) - len(table.rows)
    return GroupPage(
        title=group.name,
        lead=_lead(table),
        eyebrow=" · ".join(filter(None, (_("Kommungemensam kontroll"), group.process))),
        crumbs=(
            Crumb(_("Hela kommunen")),
            Crumb(str(group.year_id)),
            Crumb(_("Kommungemensamma kontroller"), words.groups_href()),
            Crumb(group.name),
        ),
        judgement=words.judgement_symbol(scale, table.judgement, result.judgement_text if result else ""),
        change=_change(table),
        actions=_actions(table) if rights.control else (),
        selects=tuple(_selects(table, beside)),
        comment=result.comment if result else "",
        recommendation=result.recommendation if result else "",
        recommended="" if result and result.recommendation else recommended_text(table, part=bool(hidden)),
        table=table_of(table, beside, scale, may_set=rights.control),
        charts=tuple(chart_of(table, measure, beside) for measure in table.measures if _drawable(table)),
        measures=_measures(group, rights),
        measure_action=_add_measure(group) if rights.control else None,
        doubts=tuple(doubts),
        told=tuple(
            (label, text)
            for label, text in (
                (_("Varför görs kontrollen?"), group.purpose),
                (_("Så görs kontrollen"), group.method),
            )
            if text
        ),
        facts=_facts(table),
        hidden=_("Här visas raderna för de nämnder du får läsa. Totalen gäller alla %(count)s.")
        % {"count": len(whole.rows)}
        if hidden
        else "",
        history=tuple(_history(group)) if rights.history else (),
    )


def _readable(table: GroupTable, rights: GroupRights) -> GroupTable:
    """The table with the rows that the reader may see; the totals are everyone's."""
    if rights.bodies is None:
        return table
    return replace(table, rows=tuple(row for row in table.rows if row.body.key in rights.bodies))


def _drawable(table: GroupTable) -> bool:
    return sum(row.reported for row in table.rows) > 1


def _lead(table: GroupTable) -> str:
    count = len(table.rows)
    if not count:
        return ""
    reported = sum(row.reported for row in table.rows)
    below = len(table.recommended)
    parts = [
        _("%(period)s: %(done)s av %(all)s har rapporterat.")
        % {"period": table.label[:1].upper() + table.label[1:], "done": reported, "all": count},
        ngettext("%(n)s ligger under gränsen.", "%(n)s ligger under gränsen.", below) % {"n": below}
        if below
        else "",
    ]
    return " ".join(filter(None, parts))


def _change(table: GroupTable) -> str:
    said = table.result.get_change_display() if table.result and table.result.change else ""
    if not said:
        return ""
    before = occasions.label(table.previous_period) if table.previous_period else _("förra gången")
    return _("%(word)s jämfört med %(before)s") % {"word": said, "before": before}


def recommended_text(table: GroupTable, *, part: bool = False) -> str:
    """Whom a recommendation should be given to, by the thresholds; empty when nobody.

    Args: part: the table has only the rows that the reader may see.
    """
    names = [row.name for row in table.recommended]
    if not names:
        return ""
    if len(names) == len(table.rows) and not part:
        return _("Alla ligger under gränsen för godkänt och bör rekommenderas att vidta åtgärder.")
    return _("Under gränsen för godkänt och bör rekommenderas att vidta åtgärder: %(names)s.") % {
        "names": listed(names)
    }


def _actions(table: GroupTable) -> tuple[Action, ...]:
    key = [table.group.key]
    report = Action(
        _("Skriv samlat resultat"),
        f"{reverse('control:group_report', args=key)}?period={table.period}",
        primary=bool(table.rows),
        icon="pencil",
    )
    give = Action(
        _("Lägg ut på nämnder"),
        reverse("control:group_give", args=key),
        primary=not table.rows,
        icon="share-2",
    )
    change = Action(_("Ändra"), reverse("control:group_change", args=key), icon="settings-2")
    return (change, give, report) if table.period else (change, give)


def _selects(table: GroupTable, beside: Against) -> list[Select]:
    if len(table.periods) < 2:
        return []
    names = {code: occasions.label(code) for code in table.periods}
    shown = tuple(Option(code, text, code == table.period) for code, text in reversed(list(names.items())))
    others = [
        Option("", _("Förra gången"), beside.other is None),
        *(
            Option(code, text, beside.other is not None and beside.other.period == code)
            for code, text in reversed(list(names.items()))
            if code != table.period
        ),
    ]
    return [
        Select("period", _("Period"), shown),
        Select("against", _("Jämför med"), tuple(others)),
    ]


def _measures(group: GroupControl, rights: GroupRights) -> Table:
    """What is measured, with limits; where rows are categories each is one of these."""
    return Table(
        key="matt",
        caption=_("Vad som mäts"),
        columns=(Column("label", _("Mått")), Column("kind", _("Slag")), Column("limits", _("Gränser"))),
        rows=tuple(
            Row(
                (
                    Cell(one.label, sub=one.unit_text),
                    Cell(one.get_kind_display(), muted=True),
                    Cell(words.limits_text(one) or _("Inga"), muted=one.approved_from is None),
                ),
                href=reverse("control:group_measure_change", args=[group.key, one.key])
                if rights.control
                else "",
            )
            for one in group_measures(group)
        ),
        sticky=False,
        empty=Empty(
            _("Inga mått"),
            _("Resultatet lämnas som bedömning och kommentar. Lägg till ett mått för att jämföra siffror."),
            icon="gauge",
        ),
    )


def _add_measure(group: GroupControl) -> Action:
    return Action(_("Lägg till mått"), reverse("control:group_measure_new", args=[group.key]), icon="plus")


def _facts(table: GroupTable) -> tuple[Fact, ...]:
    group = table.group
    facts = [
        Fact(_("Hur ofta"), words.frequency_text(group.frequency, group.period_text)),
        Fact(_("Rader per"), RowsOf(group.rows_of).label),
    ]
    return tuple(fact for fact in facts if fact.text)


def _history(group: GroupControl) -> Sequence[HistoryLine]:
    return [
        HistoryLine(
            sentence(event.kind, event.label),
            event.actor_name,
            format_date(event.at.astimezone(STOCKHOLM).date()),
        )
        for event in history.about(subject(group))[:30]
    ]
