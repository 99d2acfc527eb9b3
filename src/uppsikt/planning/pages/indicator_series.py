"""An indicator's figures as chart and tables: one line for each series, one column for each period."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import MISSING, format_decimal
from uppsikt.kernel.period import MONTHS, Period, format_date
from uppsikt.planning.pages import figures, links
from uppsikt.planning.pages.words import capital
from uppsikt.planning.selectors import Holder, Indicator, IndicatorView, Said
from uppsikt.web.chart import Chart, Series, chart
from uppsikt.web.parts import Badge, Empty, Origin
from uppsikt.web.tables import Cell, Column, Row, Table

MOST_PERIODS = 12
MOST_LINES = 4
KINDS = {
    "year": gettext_lazy("Helår"),
    "tertial": gettext_lazy("Tertial"),
    "quarter": gettext_lazy("Kvartal"),
    "month": gettext_lazy("Månader"),
    "rolling12": gettext_lazy("Rullande tolv månader"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One series: of the plan's own body, of a part of it, or of someone to compare with."""

    name: str
    own: bool
    breakdown: str
    said: Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Lines:
    """The series of one kind of period, with the periods they have, in time order."""

    kind: str
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]


def series_of(
    view: IndicatorView | None, said: Sequence[Said], model: SteeringModel, names: Mapping[str, str]
) -> tuple[Lines, ...]:
    """The figures that stand, by kind of period; the kind that the judgement rests on first."""
    standing = [one for one in said if one.superseded_at is None]
    own = _own_holders(view, standing)
    kinds = Counter(one.period.kind for one in standing)
    observed = view.judgement.observed if view else None
    first = observed.period.kind if observed else ""
    order = sorted(kinds, key=lambda kind: (kind != first, -kinds[kind]))
    return tuple(_lines(kind, standing, own, model, names) for kind in order)


def _own_holders(view: IndicatorView | None, standing: Sequence[Said]) -> set[Holder]:
    """Whose figures are the plan's own: exactly those the plan itself reads."""
    if view is None:
        return {one.holder for one in standing if not one.holder.unit}
    read = {(figure.at, figure.period.code, figure.breakdown) for figure in view.figures.values()}
    return {one.holder for one in standing if (one.at, one.period.code, one.breakdown) in read}


def _lines(
    kind: str,
    standing: Sequence[Said],
    own: set[Holder],
    model: SteeringModel,
    names: Mapping[str, str],
) -> Lines:
    rows = [one for one in standing if one.period.kind == kind]
    periods = sorted({one.period for one in rows}, key=lambda period: period.end)[-MOST_PERIODS:]
    codes = {period.code for period in periods}
    found: dict[tuple[bool, str], dict[str, Said]] = {}
    for one in rows:
        if one.period.code not in codes:
            continue
        is_own = one.holder in own
        found.setdefault((is_own, _name(one, model, names, is_own=is_own)), {})[one.period.code] = one
    lines = [
        Line(name, mine, next(iter(held.values())).breakdown, held) for (mine, name), held in found.items()
    ]
    places = _places(model)
    lines.sort(key=lambda line: (not line.own, [places.get(part, 99) for part in line.breakdown.split(",")]))
    return Lines(kind, tuple(periods), tuple(lines))


def _places(model: SteeringModel) -> dict[str, int]:
    """Where each breakdown stands: the total first, then as the model lists its dimensions and their values."""
    listed = [
        f"{dimension.key}={value}" for dimension in model.dimensions for value, _label in dimension.values
    ]
    return {"": 0} | {part: place for place, part in enumerate(listed, start=1)}


def _name(one: Said, model: SteeringModel, names: Mapping[str, str], *, is_own: bool) -> str:
    if one.breakdown.startswith("reference="):
        return capital(one.breakdown.partition("=")[2])
    part = model.breakdown_label(one.breakdown)
    if is_own:
        return part or _("Totalt")
    whose = one.holder.unit or names.get(one.holder.body, one.holder.body) or _("Hela kommunen")
    return f"{whose}, {part.lower()}" if part else whose


def chart_of(
    name: str, indicator: Indicator, view: IndicatorView | None, shown: tuple[Lines, ...]
) -> Chart | None:
    """The chart of the main kind of period, with the target's line. None when there is nothing to draw."""
    if not shown:
        return None
    main = shown[0]
    drawn = _drawn(main.lines)
    periods = [period for period in main.periods if any(_value(line, period) is not None for line in drawn)]
    if len(periods) < 2:
        return None
    target = view.target if view else None
    bound = figures.bound(target)
    series = [Series(line.name, tuple(_value(line, period) for period in periods)) for line in drawn]
    return chart(
        caption=_("Utveckling"),
        unit=indicator.measure,
        alt=_alt(name, drawn, periods, target.text if target else ""),
        x=[_short(period) for period in periods],
        series=series,
        target=bound,
        target_label=_("mål %(target)s") % {"target": target.text} if target and bound is not None else "",
    )


def _drawn(lines: Sequence[Line]) -> list[Line]:
    """The lines that belong in one picture: the total with the parts of one dimension, and whom to compare with."""
    held = [line for line in lines if any(one.value is not None for one in line.said.values())]
    parts = [line.breakdown.partition("=")[0] for line in held if line.own and line.breakdown]
    dimension = next((part for part in parts if part != "reference"), "")
    wanted = {"", "reference", dimension}
    fit = [line for line in held if line.breakdown.partition("=")[0] in wanted and "," not in line.breakdown]
    return fit[:MOST_LINES]


def _value(line: Line, period: Period) -> Decimal | None:
    one = line.said.get(period.code)
    return one.value if one else None


def _alt(name: str, drawn: Sequence[Line], periods: Sequence[Period], target: str) -> str:
    """The chart in words: where each line begins and ends."""
    parts = []
    for line in drawn:
        held = [
            (period, one)
            for period in periods
            if (one := line.said.get(period.code)) and one.value is not None
        ]
        if held:
            (start, first), (end, last) = held[0], held[-1]
            words = {
                "line": line.name, "start": start.label, "first": said_text(first), "end": end.label,
                "last": said_text(last),
            }  # fmt: skip
            parts.append(_("%(line)s: %(first)s (%(start)s) till %(last)s (%(end)s)") % words)
    aim = _(" Mål: %(target)s.") % {"target": target} if target else ""
    return f"{name}. {'; '.join(parts)}.{aim}"


def _short(period: Period) -> str:
    match period.kind:
        case "year":
            return str(period.year)
        case "rolling12" | "month":
            last = period.end - dt.timedelta(days=1)
            return f"{MONTHS[last.month - 1][:3]} {last.year}"
        case _:
            return period.code[2:]


def tables_of(
    view: IndicatorView | None, indicator: Indicator, shown: tuple[Lines, ...], round_: Round | None
) -> tuple[Table, ...]:
    """All figures that stand, one table for each kind of period."""
    if not shown:
        return (
            Table(
                key="utfall",
                caption=_("Utfall"),
                columns=(),
                rows=(),
                empty=Empty(_("Inga utfall än"), _("Här står utfallen när de rapporteras, med källa."), icon="chart-line"),
            ),
        )  # fmt: skip
    judged = view.judgement.observed.period.code if view and view.judgement.observed else ""
    return tuple(
        Table(
            key=f"utfall-{lines.kind}",
            caption=_("Utfall") if len(shown) == 1 else str(KINDS[lines.kind]),
            unit=indicator.measure,
            columns=(
                Column("series", "", width="wide", spoken=_("Serie")),
                *(Column(period.code, _short(period), "num") for period in lines.periods),
            ),
            rows=tuple(
                Row(
                    (
                        Cell(line.name, strong=line.own and line.name == _("Totalt"), muted=not line.own),
                        *(_cell(line, period, indicator, judged, round_) for period in lines.periods),
                    )
                )
                for line in lines.lines
            ),
            notes=tuple(sorted({one.footnote for line in lines.lines for one in line.said.values() if one.footnote})),
        )
        for lines in shown
    )  # fmt: skip


def _cell(line: Line, period: Period, indicator: Indicator, judged: str, round_: Round | None) -> Cell:
    one = line.said.get(period.code)
    if one is None:
        return Cell(MISSING, muted=True)
    text = said_text(one)
    origin = Origin(
        label=f"{line.name}, {period.label}",
        value=text,
        source=one.source or _("Ingen källa angiven"),
        by=one.by,
        at=format_date(one.at.astimezone(STOCKHOLM).date()),
        href=links.indicator(indicator.key, round_=round_) + "#tabell-registrerat",
    )
    marked = line.own and period.code == judged and line.name == _("Totalt")
    return Cell(
        text, origin=origin, strong=marked, muted=one.value is None, sub=_("preliminärt") if one.preliminary else ""
    )  # fmt: skip


def said_text(one: Said) -> str:
    """A registered outcome in print."""
    if one.hidden:
        return _("för få")
    if one.value is None:
        return figures.WHY_EMPTY.get(one.status, MISSING)
    return format_decimal(one.value)


def registered_table(said: Sequence[Said], model: SteeringModel, names: Mapping[str, str]) -> Table:
    """Everything that was registered, the superseded struck out: who said what, when."""
    rows = []
    for one in said[:200]:
        whose = one.holder.unit or names.get(one.holder.body, one.holder.body) or _("Hela kommunen")
        badges = [Badge(_("Ersatt %(day)s") % {"day": _day(one.superseded_at)})] if one.superseded_at else []
        if one.preliminary:
            badges.append(Badge(_("Preliminärt"), "warn"))
        rows.append(
            Row(
                (
                    Cell(capital(one.period.label), badges=tuple(badges)),
                    Cell(", ".join(filter(None, [whose, model.breakdown_label(one.breakdown).lower()])), muted=True),
                    Cell(said_text(one), strong=one.superseded_at is None),
                    Cell(one.by, sub=_day(one.at)),
                    Cell(one.round or _("utanför tillfälle"), muted=True),
                    Cell(one.source, muted=True),
                ),
                kind="removed" if one.superseded_at else "row",
            )
        )  # fmt: skip
    more = len(said) - len(rows)
    return Table(
        key="registrerat",
        caption=_("Allt som registrerats"),
        dense=True,
        columns=(
            Column("period", _("Period")),
            Column("whose", _("Avser")),
            Column("value", _("Utfall"), "num"),
            Column("by", _("Av")),
            Column("round", _("Vid")),
            Column("source", _("Källa"), width="wide"),
        ),
        rows=tuple(rows),
        notes=(_("%(count)s äldre värden visas inte här; de finns i exporten.") % {"count": more},)
        if more > 0
        else (),
        empty=Empty(_("Inget registrerat än"), icon="history"),
    )


def _day(moment: dt.datetime | None) -> str:
    return moment.astimezone(STOCKHOLM).date().isoformat() if moment else ""
