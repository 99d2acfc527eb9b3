"""Events as people read them: who did what, when, and what it was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from uppsikt.history.presenters import sentence
from uppsikt.history.selectors import Event
from uppsikt.kernel import clock
from uppsikt.kernel.numbers import format_decimal, parse_decimal
from uppsikt.kernel.period import format_date

LONGEST = 160
FIELDS: Mapping[str, str] = {
    "status": "status", "comment": "kommentar", "step": "bedömning", "rationale": "motivering", "value": "utfall",
    "reported": "bedömning", "reason": "skäl", "analysis": "analys", "name": "namn", "title": "rubrik",
    "text": "text", "description": "beskrivning", "responsible": "ansvarig", "deadline": "ska vara klart",
    "state": "läge", "target": "målvärde", "texts": "prioriteringar", "removed": "borttagen", "unit": "enhet",
    "position": "ordning", "goal": "mål", "number": "nummer", "background": "bakgrund", "origin": "ursprung",
    "cutoff": "avser läget till", "opens": "öppnar", "email": "e-postadress", "password": "lösenord",
    "words": "antal ord", "version": "version", "label": "namn i planen", "parent": "under målet", "note": "anmärkning",
    "preliminary": "preliminärt", "source": "källa", "body": "organ", "role": "roll", "valid_from": "från",
    "valid_to": "till", "decision_case": "ärendenummer", "decision_date": "beslutsdatum",
    "decision_section": "paragraf", "decision_body": "beslutat av", "year_id": "år", "level": "nivå",
    "kind": "slag", "key": "nyckel", "short": "kortnamn", "accent": "färg", "indicator": "indikator",
    "year": "år", "round": "tillfälle", "rule": "regeln", "proposed": "regelns förslag", "report": "rapport",
    "section": "avsnitt", "breakdowns": "uppdelningar", "lag_years": "eftersläpning", "measure": "måttenhet",
    "direction": "önskad riktning", "decimals": "decimaler", "definition": "definition", "parts": "delar",
    "carried_over_from": "fortsätter från", "carried_from_year": "överflyttad från", "origin_year": "ursprungsår",
    "area": "område", "group": "grupp", "code": "projektkod", "phase": "skede", "schedule": "tidplan",
    "guarantee_until": "garanti till", "spent_before_source": "källa till upparbetat",
    "decided_total_ore": "beslutad totalutgift", "spent_before_ore": "upparbetat tidigare",
    "estimated_total_ore": "bedömd totalutgift", "amount_ore": "belopp",
    "case_number": "ärendenummer", "auditor": "granskare", "judgement": "samlad bedömning", "summary": "sammanfattning",
    "answer_due": "svar senast", "bodies": "granskade organ", "review": "granskning", "theme": "tema",
    "returns": "återkommer från", "stance": "ställningstagande", "answered_on": "besvarad", "verdict": "bedömning",
    "subject": "ämne", "about": "gäller", "as_of": "sett som det var", "due": "svar senast", "closed": "avslutad",
}  # fmt: skip
HIDDEN = frozenset({"version", "position", "digest", "slot", "password"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, in words. `was` empty: it had no value."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One event: when, who, the sentence about what, and the differences. `href` leads to the thing.

    `alike`: so many more of the same kind, by the same person on the same day, that are not listed.
    """

    number: int
    time: str
    who: str
    sentence: str
    href: str
    differences: tuple[Difference, ...]
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A day's events, newest first. Template: history/timeline.html."""

    label: str
    moments: tuple[Moment, ...]


def timeline(
    events: Iterable[Event], *, hrefs: Mapping[str, str] | None = None, words: Mapping[str, str] | None = None
) -> tuple[Day, ...]:
    """The events by day.

    Args: hrefs: the address of each subject that has one. words: labels of stored keys ("on_track": "Blir klart i år").
    """
    days: dict[dt.date, list[Moment]] = {}
    for event in events:
        at = event.at.astimezone(clock.STOCKHOLM)
        moment = Moment(
            number=event.sequence,
            time=f"{at:%H.%M}",
            who=event.actor_name,
            sentence=sentence(event.kind, event.label),
            href=(hrefs or {}).get(event.subject, ""),
            differences=tuple(_differences(event.data, words or {})),
        )
        days.setdefault(at.date(), []).append(moment)
    return tuple(Day(_day(day), tuple(moments)) for day, moments in days.items())


def summary(events: Iterable[Event], most: int, *, hrefs: Mapping[str, str] | None = None) -> tuple[Day, ...]:
    """The latest events in few lines: a run of the same kind by the same person is one line with a count."""
    kept: list[Event] = []
    alike: list[int] = []
    for event in events:
        last = kept[-1] if kept else None
        if last and (last.kind, last.actor_key, last.at.date()) == (
            event.kind,
            event.actor_key,
            event.at.date(),
        ):
            alike[-1] += 1
            continue
        if len(kept) == most:
            break
        kept.append(event)
        alike.append(0)
    counts = {event.sequence: count for event, count in zip(kept, alike, strict=True)}
    days = timeline(kept, hrefs=hrefs)
    return tuple(
        Day(day.label, tuple(replace(moment, alike=counts[moment.number]) for moment in day.moments))
        for day in days
    )


def _day(day: dt.date) -> str:
    today = clock.today()
    if day == today:
        return _("I dag")
    return _("I går") if day == today - dt.timedelta(days=1) else format_date(day)


def _differences(data: Mapping[str, Any], words: Mapping[str, str]) -> Iterable[Difference]:
    for field, pair in data.items():
        if field in HIDDEN or not isinstance(pair, list) or len(pair) != 2:
            continue
        was, now = (_kronor(each) if field.endswith("_ore") else _said(each, words) for each in pair)
        if was != now:
            yield Difference(FIELDS.get(field, field), was, now)


def _kronor(ore: int | None) -> str:
    """An amount in kronor, with its ören where there are any."""
    return "" if ore is None else f"{format_decimal(Decimal(ore).scaleb(-2), 2 if ore % 100 else 0)} kr"


def _said(value: Any, words: Mapping[str, str]) -> str:
    """A stored value in words."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, list):
        return ", ".join(_said(each, words) for each in value)
    if isinstance(value, dict):
        return ", ".join(_said(each, words) for each in value.values())
    text = str(value)
    if text in words:
        return words[text]
    figure = parse_decimal(text) if "." in text and len(text) < 20 else None
    if figure is not None:
        return format_decimal(figure)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
