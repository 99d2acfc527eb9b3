"""The list of controls: by process, when each is made, what was found last, and how it goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import control_words as words
from uppsikt.control.pages.tabs import tabs
from uppsikt.control.rules.figures import APPROVED, DEFICIENT, FAILED
from uppsikt.control.rules.occasions import OccasionState
from uppsikt.control.selectors.controls import ControlFacts, OccasionFacts, control_facts
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.steering import Scale, SteeringModel
from uppsikt.kernel.period import MONTHS
from uppsikt.planning.pages.figures import status_symbol
from uppsikt.web.chrome import Option, Select
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Link, Symbol, Text, Trend

SQUARES = 13
"""The most occasions that are drawn one by one: a year's months and a retest. More are counted."""
SHOWN = ("late", "bad", "unreported")
_STATES = {
    OccasionState.DONE: ("check", "good"),
    OccasionState.LATE: ("cross", "bad"),
    OccasionState.COMING: ("circle-0", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Square:
    """An occasion in small: its sign, a short name, and all of it for those who listen."""

    shape: str
    colour: str
    label: str
    spoken: str


@dataclass(frozen=True, slots=True)
class ControlLine:
    """A control in the list. `squares_words` stands in for squares where they are too many."""

    name: str
    href: str
    about: str
    badges: tuple[Badge, ...]
    squares: tuple[Square, ...]
    squares_words: str
    judgement: Symbol | None
    figures: tuple[str, ...]
    period: str
    trend: Trend | None
    status: Symbol


@dataclass(frozen=True, slots=True)
class ProcessGroup:
    """The controls of one goal or process (and body, when several are shown)."""

    title: str
    lines: tuple[ControlLine, ...]


@dataclass(frozen=True, slots=True)
class ControlsPage:
    """The list with its filters; `legend` says what the signs of occasions mean."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    tabs: tuple[Link, ...]
    chips: tuple[Link, ...]
    selects: tuple[Select, ...]
    kept: tuple[tuple[str, str], ...]
    groups: tuple[ProcessGroup, ...]
    legend: tuple[Symbol, ...]
    empty: Empty | None


def controls_page(
    context: Context,
    params: QueryDict,
    bodies: frozenset[str] | None,
    today: dt.date,
    *,
    may_add: bool,
) -> ControlsPage:
    """The chosen body's controls in the year and round, filtered by the address. A constant number of queries."""
    round_ = context.round if context.round and context.round.year_id == context.year else None
    facts = control_facts(context.year, bodies, round_)
    model = _model(context.year)
    scale = model.control_results if model else None
    found = [one for one in facts if _wanted(one, params, today)]
    title = f"{_('Kontroller')} {context.year}"
    return ControlsPage(
        title=title,
        lead=_lead(facts, today),
        crumbs=(
            Crumb(context.body.name if context.body else _("Alla nämnder")),
            Crumb(str(context.year)),
            Crumb(_("Kontroller")),
        ),
        actions=(
            (Action(_("Lägg till kontroll"), reverse("control:control_new"), primary=True, icon="plus"),)
            if may_add
            else ()
        ),
        tabs=tabs("controls", context.round),
        chips=tuple(_chips(facts, params, today)) if facts else (),
        selects=tuple(_selects(facts, params)),
        kept=(("show", show),) if (show := params.get("show")) else (),
        groups=_groups(found, context, scale, today, model),
        legend=tuple(Symbol(*_sign(state)) for state in OccasionState),
        empty=None if found else _empty(context, filtered=bool(facts), may_add=may_add),
    )


def _model(year: int) -> SteeringModel | None:
    try:
        return cycle.model_for(year)
    except LookupError:
        return None


def _sign(state: OccasionState) -> tuple[str, str, str]:
    shape, colour = _STATES[state]
    return shape, state.label, colour


def _wanted(one: ControlFacts, params: QueryDict, today: dt.date) -> bool:
    show = params.get("show", "")
    process, frequency = params.get("process", ""), params.get("frequency", "")
    return (
        (not show or _is(one, show, today))
        and (not process or one.process == process)
        and (not frequency or one.frequency == frequency)
    )


def _is(one: ControlFacts, show: str, today: dt.date) -> bool:
    match show:
        case "late":
            return one.overdue(today)
        case "bad":
            return one.judgement in (DEFICIENT, FAILED)
        case "unreported":
            return one.latest is None
        case _:
            return True


def _lead(facts: Sequence[ControlFacts], today: dt.date) -> str:
    if not facts:
        return ""
    count = len(facts)
    done = sum(one.done for one in facts)
    late = sum(one.overdue(today) for one in facts)
    judged = {step: sum(one.judgement == step for one in facts) for step in (APPROVED, DEFICIENT, FAILED)}
    parts = [
        ngettext(
            "%(done)s av %(n)s kontroll är klar för året.",
            "%(done)s av %(n)s kontroller är klara för året.",
            count,
        )
        % {"done": done, "n": count},
        ngettext("%(n)s är underkänd.", "%(n)s är underkända.", judged[FAILED]) % {"n": judged[FAILED]}
        if judged[FAILED]
        else "",
        ngettext("%(n)s har bristfälligt resultat.", "%(n)s har bristfälligt resultat.", judged[DEFICIENT])
        % {"n": judged[DEFICIENT]}
        if judged[DEFICIENT]
        else "",
        ngettext("%(n)s är försenad.", "%(n)s är försenade.", late) % {"n": late} if late else "",
    ]
    return " ".join(filter(None, parts))


def address(params: QueryDict, **changes: str) -> str:
    """The address of the list with some of its filters changed."""
    query = params.copy()
    for name in ("page", "body", "round"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _chips(facts: Sequence[ControlFacts], params: QueryDict, today: dt.date) -> list[Link]:
    chosen = params.get("show", "")
    chips = [Link(_("Alla"), address(params, show=""), not chosen, str(len(facts)))]
    names = {"late": _("Försenade"), "bad": _("Brister"), "unreported": _("Utan resultat")}
    for key in SHOWN:
        count = sum(_is(one, key, today) for one in facts)
        if count or chosen == key:
            chips.append(Link(names[key], address(params, show=key), chosen == key, str(count)))
    return chips


def _selects(facts: Sequence[ControlFacts], params: QueryDict) -> list[Select]:
    offered = (
        (
            "process",
            _("Mål eller process"),
            _("Alla processer"),
            [(one.process, one.process) for one in facts],
        ),
        (
            "frequency",
            _("Hur ofta"),
            _("Oavsett hur ofta"),
            [(one.frequency, words.frequency_text(one.frequency)) for one in facts],
        ),
    )
    found = []
    for name, label, every, pairs in offered:
        options = {key: text for key, text in pairs if key}
        chosen = params.get(name, "")
        if len(options) > 1 or chosen:
            listed = [Option("", every, not chosen)]
            listed.extend(Option(key, text, key == chosen) for key, text in options.items())
            found.append(Select(name, label, tuple(listed)))
    return found


def _groups(
    facts: Sequence[ControlFacts],
    context: Context,
    scale: Scale | None,
    today: dt.date,
    model: SteeringModel | None,
) -> tuple[ProcessGroup, ...]:
    names = {} if context.body else {row.key: row.name for row in context.bodies}
    shared = model.control.shared_text if model else ""
    held: dict[str, list[ControlLine]] = {}
    for one in facts:
        body = names.get(one.item.body.key, "")
        title = " · ".join(filter(None, (body, one.process))) or _("Utan process")
        held.setdefault(title, []).append(_line(one, context, scale, today, shared))
    return tuple(ProcessGroup(title, tuple(lines)) for title, lines in held.items())


def _line(
    one: ControlFacts, context: Context, scale: Scale | None, today: dt.date, shared: str
) -> ControlLine:
    badges = [Badge(shared or _("kommungemensam"), "accent")] if one.group else []
    late = one.late(today)
    if late or one.overdue(today):
        badges.append(Badge(_("Försenad"), "bad", "circle-alert"))
    latest = one.latest
    changes = list(latest.changes(one.measures).values()) if latest else []
    return ControlLine(
        name=one.name,
        href=words.control_href(one.item.key, context.round),
        about=_about(one),
        badges=tuple(badges),
        squares=tuple(square(each, today) for each in one.occasions) if len(one.occasions) <= SQUARES else (),
        squares_words=_counted(one, today),
        judgement=words.occasion_symbol(scale, latest) if latest else None,
        figures=tuple(
            f"{words.figure_text(latest.parts[measure.key], measure)} {words.small_label(measure)}"
            if len(one.measures) > 1
            else words.figure_text(latest.parts[measure.key], measure)
            for measure in one.measures
            if latest and measure.key in latest.parts
        ),
        period=latest.label if latest else "",
        trend=words.trend_of(changes[0]) if len(set(changes)) == 1 else None,
        status=status_symbol(one.step),
    )


def _about(one: ControlFacts) -> str:
    parts = [
        words.frequency_text(one.frequency),
        _("utförs av %(who)s") % {"who": one.performer} if one.performer else "",
        _("granskas av %(who)s") % {"who": one.reviewer} if one.reviewer else "",
    ]
    return ", ".join(filter(None, parts))


def square(one: OccasionFacts, today: dt.date) -> Square:
    """An occasion in small."""
    state = one.state(today)
    shape, colour = _STATES[state]
    return Square(shape, colour, _short(one), f"{one.label}: {state.label.lower()}")


def _short(one: OccasionFacts) -> str:
    """A period in a few letters: "T1", "mar", "v 7", "2024"."""
    code = one.occasion.period
    if one.occasion.retest_of_id is not None:
        return _("omtest")
    if "-W" in code:
        return f"v {int(code.rpartition('W')[2])}"
    tail = code.partition("-")[2]
    if tail[:1] in ("T", "Q"):
        return tail
    if len(tail) == 2 and tail.isdigit() and 1 <= int(tail) <= len(MONTHS):
        return MONTHS[int(tail) - 1][:3]
    return code.partition("/")[0]


def _counted(one: ControlFacts, today: dt.date) -> str:
    """Occasions in words: "2 av 3 gjorda, 1 försenad"."""
    count = len(one.occasions)
    if not count:
        return _("Inga tillfällen")
    done = sum(each.done for each in one.occasions)
    late = one.late(today)
    found = ngettext("%(done)s av %(n)s gjort", "%(done)s av %(n)s gjorda", count) % {
        "done": done,
        "n": count,
    }
    return found + (ngettext(", %(n)s försenat", ", %(n)s försenade", late) % {"n": late} if late else "")


def _empty(context: Context, *, filtered: bool, may_add: bool) -> Empty:
    if filtered:
        return Empty(_("Inget motsvarar filtret"), icon="list-checks")
    return Empty(
        _("Inga kontroller för %(year)s än") % {"year": context.year},
        _("Här står vad som kontrolleras, varför, hur och hur ofta, vem som gör det och vad som kom fram. Lägg till en kontroll, så läggs årets tillfällen upp efter hur ofta den görs."),
        Action(_("Lägg till kontroll"), reverse("control:control_new"), primary=True, icon="plus")
        if may_add
        else None,
        icon="list-checks",
    )  # fmt: skip
