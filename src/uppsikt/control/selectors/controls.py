"""Everything about each control of a year as a round sees it: occasions, results, what thresholds give, status."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from uppsikt.control.models import (
    Control,
    ControlMeasure,
    ControlResult,
    GroupControl,
    Occasion,
    ResultPart,
)
from uppsikt.control.rules import figures, occasions
from uppsikt.control.rules.occasions import OccasionState
from uppsikt.control.selectors import control_rows as rows
from uppsikt.control.selectors.evidence import standing
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import Step
from uppsikt.cycle.selectors import Round
from uppsikt.followup import selectors as followup
from uppsikt.followup.rules import is_overdue
from uppsikt.followup.selectors import Item, StatusEntry
from uppsikt.history import selectors as history


@dataclass(frozen=True, slots=True)
class OccasionFacts:
    """An occasion with what was found. `verdict`: what the thresholds give; `previous`: the one before with a result.

    `shares`: exact percent by measure, None where there is none. `evidence`: how many files.
    """

    occasion: Occasion
    result: ControlResult | None = None
    parts: Mapping[str, ResultPart] = field(default_factory=dict)
    shares: Mapping[str, Fraction | None] = field(default_factory=dict)
    verdict: str | None = None
    previous: OccasionFacts | None = None
    evidence: int = 0

    @property
    def done(self) -> bool:
        """Whether it has a result."""
        return self.result is not None

    @property
    def label(self) -> str:
        """What it is called."""
        return occasions.label(self.occasion.period, self.occasion.period_text)

    @property
    def judgement(self) -> str:
        """The step it was found to be: as reported, else by the thresholds; empty when freely put, or neither."""
        if self.result is None:
            return ""
        return self.result.judgement or ("" if self.result.judgement_text else self.verdict or "")

    @property
    def departs(self) -> bool:
        """Whether the reporter's step is another than the thresholds'."""
        given = self.result.judgement if self.result else ""
        return bool(given and self.verdict and given != self.verdict)

    def state(self, today: dt.date) -> OccasionState:
        """Where it stands on a day."""
        return occasions.state(self.occasion.due, self.done, today)

    def changes(self, measures: Iterable[ControlMeasure]) -> dict[str, str]:
        """How each measure has changed since the occasion before, where that can be told."""
        if self.previous is None:
            return {}
        found = {}
        for measure in measures:
            now, before = self.parts.get(measure.key), self.previous.parts.get(measure.key)
            word = figures.change(now, before, measure.kind) if now and before else None
            if word is not None:
                found[measure.key] = word
        return found


@dataclass(frozen=True, slots=True)
class ControlFacts:
    """A control as a round sees it. `latest`: the newest occasion with a result that was known at the round."""

    control: Control
    item: Item
    group: GroupControl | None
    measures: tuple[ControlMeasure, ...] = ()
    occasions: tuple[OccasionFacts, ...] = ()
    entry: StatusEntry | None = None
    step: Step | None = None
    latest: OccasionFacts | None = None

    @property
    def name(self) -> str:
        """What it is called."""
        return rows.name_of(self.control)

    @property
    def process(self) -> str:
        """The goal or process it is about."""
        return self._told("process")

    @property
    def purpose(self) -> str:
        """Why it is made."""
        return self._told("purpose")

    @property
    def method(self) -> str:
        """How it is made."""
        return self._told("method")

    @property
    def frequency(self) -> str:
        """How often it is made; a `Frequency`, or empty."""
        return self._told("frequency")

    @property
    def period_text(self) -> str:
        """What period it is of, in words."""
        return self._told("period_text")

    @property
    def footnote(self) -> str:
        """What is said under its table."""
        return self._told("footnote")

    @property
    def performer(self) -> str:
        """Who makes it."""
        person = self.control.performer
        return person.name if person else self.control.performer_text

    @property
    def reviewer(self) -> str:
        """Who reviews it."""
        person = self.control.reviewer
        return person.name if person else self.control.reviewer_text

    @property
    def judgement(self) -> str:
        """The step of the latest result; empty when there is none or it was freely put."""
        return self.latest.judgement if self.latest else ""

    @property
    def done(self) -> bool:
        """Whether it is done for the year: as its status says, else when every occasion has a result."""
        if self.step is not None:
            return self.step.done
        return bool(self.occasions) and all(one.done for one in self.occasions)

    def overdue(self, today: dt.date) -> bool:
        """Whether an occasion's day, or the control's own, has passed without its being done."""
        if is_overdue(self.item.deadline, self.done, today):
            return True
        return any(one.state(today) is OccasionState.LATE for one in self.occasions)

    def late(self, today: dt.date) -> int:
        """How many occasions have passed without a result."""
        return sum(one.state(today) is OccasionState.LATE for one in self.occasions)

    def _told(self, field: str) -> str:
        own: str = getattr(self.control, field)
        shared: str = getattr(self.group, field) if self.group else ""
        return own or shared


def control_facts(
    year: int,
    bodies: Iterable[str] | None,
    round_: Round | None = None,
    moment: dt.datetime | None = None,
) -> list[ControlFacts]:
    """The year's controls of some bodies (None: all), in their order. A fixed number of queries.

    Args: round_: whose status, and up to which, the latest result is given. moment: results and status as known then.
    """
    found = history.those_begun(rows.controls(year, bodies, moment), rows.subject, moment)
    return facts_of(found, year, round_, moment)


def facts_of(
    controls: Sequence[Control],
    year: int,
    round_: Round | None = None,
    moment: dt.datetime | None = None,
) -> list[ControlFacts]:
    """As `control_facts`, for controls that are read already, of one year."""
    earlier = _earlier(controls)
    everyone = [*controls, *earlier.values()]
    measures = _measures(everyone)
    found = _occasion_facts(everyone, measures, moment)
    entries: dict[int, StatusEntry] = {}
    scale = None
    if round_ is not None and controls:
        entries = followup.statuses(round_, [one.item_id for one in controls], moment)
        scale = cycle.model_for(year, moment).status_scale(round_.kind)
    listed = []
    for control in controls:
        before = earlier.get(control.item.carried_over_from_id or 0)
        held = _linked(found[control.pk], found[before.pk] if before else [])
        entry = entries.get(control.item_id)
        listed.append(
            ControlFacts(
                control=control,
                item=control.item,
                group=control.group,
                measures=measures[control.pk],
                occasions=tuple(held),
                entry=entry,
                step=scale.step(entry.status) if scale and entry else None,
                latest=_latest(held, round_),
            )
        )
    return listed


def _earlier(controls: Iterable[Control]) -> dict[int, Control]:
    """The controls that some continue from, by their item's id."""
    items = [pk for one in controls if (pk := one.item.carried_over_from_id) is not None]
    if not items:
        return {}
    return {one.item_id: one for one in Control.objects.filter(item_id__in=items).select_related("group")}


def _measures(controls: Iterable[Control]) -> dict[int, tuple[ControlMeasure, ...]]:
    """Each control's measures: those of the group-wide control, then its own."""
    listed = list(controls)
    by_group: dict[int, list[ControlMeasure]] = defaultdict(list)
    by_control: dict[int, list[ControlMeasure]] = defaultdict(list)
    groups = {one.group_id for one in listed if one.group_id is not None}
    for row in rows.measures(groups, [one.pk for one in listed]) if listed else ():
        if row.group_id is not None:
            by_group[row.group_id].append(row)
        elif row.control_id is not None:
            by_control[row.control_id].append(row)
    return {
        one.pk: (*(by_group[one.group_id] if one.group_id else ()), *by_control[one.pk]) for one in listed
    }


def _occasion_facts(
    controls: Iterable[Control],
    measures: Mapping[int, tuple[ControlMeasure, ...]],
    moment: dt.datetime | None,
) -> dict[int, list[OccasionFacts]]:
    """Each control's occasions in time order, a retest after what it tests."""
    by_id = {one.pk: one for one in controls}
    found: dict[int, list[OccasionFacts]] = {pk: [] for pk in by_id}
    listed = _in_time(rows.occasions(by_id, moment))
    if not listed:
        return found
    wanted = [row.pk for row in listed]
    results = {
        row.occasion_id: row
        for row in ControlResult.objects.all()
        .as_of(moment)
        .filter(occasion_id__in=wanted)
        .select_related("round")
    }
    parts: dict[int, dict[str, ResultPart]] = defaultdict(dict)
    for part in ResultPart.objects.all().as_of(moment).filter(occasion_id__in=wanted):
        parts[part.occasion_id][part.measure] = part
    files = standing(moment).filter(occasion_id__in=wanted).values_list("occasion_id", flat=True)
    evidence = Counter(files)
    for row in listed:
        row.control = by_id[row.control_id]
        held = parts[row.pk]
        shares = {key: figures.share(part) for key, part in held.items()}
        found[row.control_id].append(
            OccasionFacts(
                occasion=row,
                result=results.get(row.pk),
                parts=held,
                shares=shares,
                verdict=figures.verdict(shares, measures[row.control_id]),
                evidence=evidence[row.pk],
            )
        )
    return found


def _in_time(found: Iterable[Occasion]) -> list[Occasion]:
    """Occasions in time order. A retest comes after what it tests, also where that is of the whole year."""
    by_id = {one.pk: one for one in found}

    def place(one: Occasion) -> tuple[Any, ...]:
        own = occasions.order(one.period)
        tested = by_id.get(one.retest_of.occasion_id) if one.retest_of else None
        if tested is None:
            return own, 0, own, one.pk
        order, depth, *_rest = place(tested)
        return max(own, order), depth + 1, own, one.pk

    return sorted(by_id.values(), key=place)


def _linked(own: Iterable[OccasionFacts], earlier: Iterable[OccasionFacts]) -> list[OccasionFacts]:
    """The occasions, each with the one before that has a result; the first goes back to the year before."""
    previous: OccasionFacts | None = None
    for one in earlier:
        if one.done and one.occasion.retest_of_id is None:
            previous = one
    last = previous
    held = []
    for one in own:
        retest = one.occasion.retest_of_id is not None
        linked = replace(one, previous=last if retest else previous)
        held.append(linked)
        if one.done:
            last = linked
            previous = previous if retest else linked
    return held


def _latest(held: Sequence[OccasionFacts], round_: Round | None) -> OccasionFacts | None:
    return next(
        (one for one in reversed(held) if one.result and known(one.result, one.occasion.period, round_)), None
    )


def known(result: ControlResult, period: str, round_: Round | None) -> bool:
    """Whether a result was known at a round: reported there or before, else of days up to its cut-off."""
    if round_ is None:
        return True
    if result.round is not None:
        return result.round.cutoff <= round_.cutoff
    if result.performed_on is not None:
        return result.performed_on <= round_.cutoff
    try:
        return occasions.span(period).start <= round_.cutoff
    except ValueError:
        return True
