"""Reading deficiencies with their actions, their retests, and whether the same control has failed before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.db.models import QuerySet

from uppsikt.control.models import Control, ControlResult, Deficiency, Occasion, ResultPart
from uppsikt.control.rules import deficiencies as rules
from uppsikt.control.rules import figures
from uppsikt.control.rules.deficiencies import DeficiencyState, Retest
from uppsikt.control.selectors import control_rows
from uppsikt.control.selectors.mitigations import MitigationFacts
from uppsikt.control.selectors.mitigations import facts_of as mitigations_of
from uppsikt.control.selectors.mitigations import mitigations as mitigation_rows
from uppsikt.control.selectors.mitigations import subject as mitigation_subject
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel, Step
from uppsikt.followup import selectors as followup
from uppsikt.followup.selectors import Item
from uppsikt.history import selectors as history
from uppsikt.history.superseding import not_removed
from uppsikt.kernel import clock
from uppsikt.organisation.selectors import Body

_RELATED = (
    "occasion__control__item__body", "occasion__control__item__unit", "occasion__control__item__responsible",
    "occasion__control__group", "occasion__control__risk", "occasion__retest_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RetestFacts:
    """A retest with its result. `step`: what it was judged, by a person or else by the thresholds; None: not yet."""

    occasion: Occasion
    result: ControlResult | None
    step: Step | None

    @property
    def fact(self) -> Retest:
        """As the rules see it."""
        passed = self.step.done if self.step is not None else None
        return Retest(passed, self.made_on or self.occasion.due)

    @property
    def made_on(self) -> dt.date | None:
        """When it was made; the day its result was written where that is not told."""
        if self.result is None:
            return None
        return self.result.performed_on or self.result.recorded_at.astimezone(clock.STOCKHOLM).date()


@dataclass(frozen=True, slots=True)
class DeficiencyFacts:
    """A deficiency with all that decides where it stands.

    `mitigations` carry their latest status, whichever round it was told in. `earlier`: deficiencies that the same
    control had before this one, the latest first. `overdue`: it is open, and an action or a retest is late.
    """

    deficiency: Deficiency
    state: DeficiencyState
    mitigations: tuple[MitigationFacts, ...]
    retests: tuple[RetestFacts, ...]
    earlier: tuple[Deficiency, ...]
    overdue: bool

    @property
    def control(self) -> Control:
        """The control that found it."""
        return self.deficiency.occasion.control

    @property
    def body(self) -> Body:
        """Whose it is."""
        return self.control.item.body

    @property
    def open(self) -> bool:
        """Whether no retest has passed yet."""
        return self.state is not DeficiencyState.CLOSED

    @property
    def recurring(self) -> bool:
        """Whether the same control has had a deficiency before."""
        return bool(self.earlier)

    @property
    def failed_retests(self) -> int:
        """How many retests have not passed."""
        return sum(one.step is not None and not one.step.done for one in self.retests)

    @property
    def closed_on(self) -> dt.date | None:
        """The day of the retest that closed it; None while it is open."""
        made = rules.latest([one.fact for one in self.retests])
        return made.on if made is not None and not self.open else None


def deficiencies(moment: dt.datetime | None = None) -> QuerySet[Deficiency]:
    """Deficiencies that stood at `moment`, in the order they were found."""
    rows = Deficiency.objects.select_related(*_RELATED).filter(
        not_removed(moment), not_removed(moment, "occasion__control__item__")
    )
    return rows if moment is None else rows.filter(found_on__lte=moment.astimezone(clock.STOCKHOLM).date())


def deficiency_facts(
    year: int, bodies: Iterable[str] | None, moment: dt.datetime | None = None
) -> list[DeficiencyFacts]:
    """Deficiencies of a year's controls, and those of earlier years that were still open when it began; worst first.

    Args: bodies: of these only; None: of all. The queries grow only with the number of years behind.
    """
    rows = deficiencies(moment).filter(occasion__control__item__year_id__lte=year)
    if bodies is not None:
        rows = rows.filter(occasion__control__item__body__key__in=list(bodies))
    start = dt.date(year, 1, 1)
    found = facts_of(history.those_begun(rows, subject, moment), moment)
    return [
        one
        for one in found
        if one.control.item.year_id == year or one.closed_on is None or one.closed_on >= start
    ]


def facts_of(found: Sequence[Deficiency], moment: dt.datetime | None = None) -> list[DeficiencyFacts]:
    """The facts of some deficiencies, the worst first."""
    if not found:
        return []
    today = moment.astimezone(clock.STOCKHOLM).date() if moment else clock.today()
    models = {
        year: cycle.model_for(year, moment) for year in {row.occasion.control.item.year_id for row in found}
    }
    actions, retests = _actions(found, moment), _retests(found, models, moment)
    earlier = _earlier(found, moment)
    listed = []
    for row in found:
        mine, tested = actions[row.pk], retests[row.pk]
        facts = [one.fact for one in tested]
        state = rules.state([one.done for one in mine], facts)
        late = rules.is_late([one.overdue(today) for one in mine], facts, today)
        is_open = state is not DeficiencyState.CLOSED
        listed.append(
            DeficiencyFacts(row, state, tuple(mine), tuple(tested), tuple(earlier[row.pk]), late and is_open)
        )
    return sorted(
        listed,
        key=lambda one: (
            *rules.urgency(one.state, late=one.overdue, found_on=one.deficiency.found_on),
            one.deficiency.key,
        ),
    )


def of_occasion(found: Occasion, moment: dt.datetime | None = None) -> list[DeficiencyFacts]:
    """What an occasion found wrong, the worst first."""
    return facts_of(list(deficiencies(moment).filter(occasion=found)), moment)


def of_control(found: Control, moment: dt.datetime | None = None) -> list[DeficiencyFacts]:
    """What a control has found wrong in its year, the worst first."""
    return facts_of(list(deficiencies(moment).filter(occasion__control=found)), moment)


def by_key(key: str) -> Deficiency | None:
    """The deficiency with this key, removed or not."""
    return Deficiency.objects.select_related(*_RELATED).filter(key=key).first()


def keys() -> QuerySet[Deficiency, str]:
    """Every key in use."""
    return Deficiency.objects.values_list("key", flat=True)


def subject(found: Deficiency) -> str:
    """What the history calls the deficiency."""
    return f"deficiency:{found.key}"


def version_of(found: Deficiency) -> str:
    """What a form started from: the same as long as nobody has changed anything of the deficiency. One query."""
    event = history.about(subject(found)).first()
    return str(event.sequence) if event else ""


def _actions(found: Sequence[Deficiency], moment: dt.datetime | None) -> Mapping[int, list[MitigationFacts]]:
    """The actions about each deficiency, with the latest status of each."""
    added = mitigation_rows(None, moment, of="deficiency").filter(deficiency__in=found)
    rows = history.those_begun(added, mitigation_subject, moment)
    grouped: dict[int, list[MitigationFacts]] = defaultdict(list)
    if not rows:
        return grouped
    told = followup.latest_statuses([row.item_id for row in rows], None, moment)
    models = {year: cycle.model_for(year, moment) for year in {row.item.year_id for row in rows}}
    for fact in mitigations_of(rows, None, moment):
        entry = told.get(fact.item.pk)
        model = models[fact.item.year_id]
        step = model.status_scale(entry.round.kind).step(entry.status) if entry else None
        assert fact.mitigation.deficiency_id is not None  # they were chosen by it
        grouped[fact.mitigation.deficiency_id].append(replace(fact, entry=entry, step=step))
    return grouped


def _retests(
    found: Sequence[Deficiency], models: Mapping[int, SteeringModel], moment: dt.datetime | None
) -> Mapping[int, list[RetestFacts]]:
    """The retests of each deficiency in order, with what each was judged."""
    grouped: dict[int, list[RetestFacts]] = defaultdict(list)
    rows = list(
        Occasion.objects.filter(not_removed(moment), retest_of__in=found).select_related(
            "control__item__body", "control__group"
        )
    )
    if not rows:
        return grouped
    ids = [row.pk for row in rows]
    results = {
        row.occasion_id: row for row in ControlResult.objects.all().as_of(moment).filter(occasion_id__in=ids)
    }
    verdicts = _verdicts(rows, moment)
    for row in sorted(rows, key=lambda one: (one.due or dt.date.max, one.period, one.pk)):
        result = results.get(row.pk)
        scale = models[row.control.item.year_id].control_results
        judgement = (
            (result.judgement or ("" if result.judgement_text else verdicts[row.pk])) if result else ""
        )
        step = scale.step(judgement) if scale and judgement else None
        assert row.retest_of_id is not None  # they were chosen by it
        grouped[row.retest_of_id].append(RetestFacts(row, result, step))
    return grouped


def _verdicts(rows: Iterable[Occasion], moment: dt.datetime | None) -> Mapping[int, str | None]:
    """What the thresholds make of each occasion's figures."""
    occasions = list(rows)
    measures = list(
        control_rows.measures(
            [row.control.group_id for row in occasions if row.control.group_id is not None],
            [row.control_id for row in occasions],
        )
    )
    shares: dict[int, dict[str, Fraction | None]] = defaultdict(dict)
    for part in ResultPart.objects.all().as_of(moment).filter(occasion__in=occasions):
        shares[part.occasion_id][part.measure] = figures.share(part)
    found: dict[int, str | None] = {}
    for row in occasions:
        mine = [
            one
            for one in measures
            if one.control_id == row.control_id
            or (one.group_id is not None and one.group_id == row.control.group_id)
        ]
        found[row.pk] = figures.verdict(shares[row.pk], mine)
    return found


def _earlier(found: Sequence[Deficiency], moment: dt.datetime | None) -> Mapping[int, list[Deficiency]]:
    """The deficiencies that the same control had before each. The same: carried over, or the body's of the same name."""
    bodies = {row.occasion.control.item.body_id for row in found}
    every = list(deficiencies(moment).filter(occasion__control__item__body_id__in=bodies))
    roots = _roots(
        {row.occasion.control.item_id: row.occasion.control.item.carried_over_from_id for row in every}
    )
    by_kin: dict[object, list[Deficiency]] = defaultdict(list)
    for row in every:
        for kin in _kin(row, roots):
            by_kin[kin].append(row)
    earlier: dict[int, list[Deficiency]] = defaultdict(list)
    for row in found:
        others = {one.pk: one for kin in _kin(row, roots) for one in by_kin[kin]}
        before = [
            one
            for one in others.values()
            if one.occasion_id != row.occasion_id and (one.found_on, one.pk) < (row.found_on, row.pk)
        ]
        earlier[row.pk] = sorted(before, key=lambda one: (one.found_on, one.pk), reverse=True)
    return earlier


def _kin(row: Deficiency, roots: Mapping[int, int]) -> tuple[object, object]:
    control = row.occasion.control
    name = " ".join(control_rows.name_of(control).casefold().split())
    return roots.get(control.item_id, control.item_id), (control.item.body_id, name)


def _roots(parents: Mapping[int, int | None]) -> Mapping[int, int]:
    """The first of the items that each was carried over from. One query for each year behind."""
    known = dict(parents)
    missing = {parent for parent in known.values() if parent is not None} - known.keys()
    while missing:
        known.update(Item.objects.filter(pk__in=missing).values_list("pk", "carried_over_from_id"))
        missing = {parent for parent in known.values() if parent is not None} - known.keys()

    def root(item: int) -> int:
        seen: set[int] = set()
        while (parent := known.get(item)) is not None and item not in seen:
            seen.add(item)
            item = parent
        return item

    return {item: root(item) for item in parents}
