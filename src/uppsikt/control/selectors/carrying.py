"""What of a body's risks and mitigations comes along to the next year."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from uppsikt.control.models import Mitigation, Risk
from uppsikt.control.selectors import mitigations, risks
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundKind
from uppsikt.followup import selectors as followup
from uppsikt.organisation.selectors import Body
from uppsikt.planning.rules.keys import next_key


@dataclass(frozen=True, slots=True)
class ToCarry:
    """What is to be carried over. `there`: risks of the new year that continue an old one, by the old one's id.

    `shared`: the new year's shared risks, by the id of the old one they continue.
    """

    risks: tuple[RiskFacts, ...]
    mitigations: tuple[Mitigation, ...]
    there: dict[int, Risk]
    shared: dict[int, Risk]


def to_carry(body: Body, from_year: int, to_year: int) -> ToCarry:
    """What `actions.carrying.carry_over` brings along: only what is not there already, under whatever key."""
    old = risks.facts_of(list(risks.risks(from_year).filter(body=body)))
    keys = {next_key(facts.risk.key, from_year, to_year): facts.risk.pk for facts in old}
    ids = set(keys.values())
    there: dict[int, Risk] = {}
    for row in Risk.objects.filter(Q(carried_over_from__in=ids) | Q(key__in=keys), year_id=to_year):
        continued = row.carried_over_from_id
        there[continued if continued in ids else keys[row.key]] = row
    gone = {pk for pk, row in there.items() if row.removed_at is not None}
    shared = {
        row.carried_over_from_id: row
        for row in risks.shared_risks(to_year)
        if row.carried_over_from_id is not None
    }
    return ToCarry(
        risks=tuple(facts for facts in old if facts.risk.pk not in there),
        mitigations=tuple(
            row
            for row in _unfinished(body, from_year, to_year)
            if row.risk_id is None or (row.risk_id in ids and row.risk_id not in gone)
        ),
        there=there,
        shared=shared,
    )


def _unfinished(body: Body, from_year: int, to_year: int) -> list[Mitigation]:
    """The body's mitigations that have not been carried over and are to be, by their latest status.

    At the year's end that is a step that carries over, before it any that is not done; one never reported too.
    """
    rows = list(mitigations.mitigations(from_year).filter(item__body=body))
    if not rows:
        return []
    told = followup.latest_statuses(row.item_id for row in rows)
    model = cycle.model_for(from_year)
    keys = [next_key(row.item.key, from_year, to_year) for row in rows]
    ids = [row.item_id for row in rows]
    held = followup.Item.objects.filter(Q(carried_over_from__in=ids) | Q(key__in=keys), year_id=to_year)
    continued = set(held.values_list("carried_over_from_id", flat=True))
    taken = set(held.values_list("key", flat=True))

    def left(row: Mitigation) -> bool:
        entry = told.get(row.item_id)
        step = model.status_scale(entry.round.kind).step(entry.status) if entry and entry.status else None
        if step is None or entry is None:
            return True
        return step.carries_over if entry.round.kind == RoundKind.YEAR_END.value else not step.done

    return [
        row
        for row, key in zip(rows, keys, strict=True)
        if row.item_id not in continued and key not in taken and left(row)
    ]
