"""Writing from forms: as the other actions, but never over somebody else's change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uppsikt.control.actions.mitigations import report_status, save_mitigation
from uppsikt.control.actions.risks import assess_risk, save_risk, treat_risk, withdraw_assessment
from uppsikt.control.models import Deficiency, Mitigation, Recommendation, Risk
from uppsikt.control.rules.words import RiskDecision, Stage
from uppsikt.control.selectors import mitigations, risks
from uppsikt.cycle.selectors import Round
from uppsikt.followup.selectors import statuses
from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.organisation.selectors import Body
from uppsikt.planning.rules.keys import new_key

WORDS = ("process", "title", "cause", "consequence", "background")


class Changed(Exception):
    """Somebody else has saved since the form was opened. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One stage's assessment as a form gives it."""

    stage: Stage
    likelihood: int
    consequence: int
    comment: str


@dataclass(frozen=True, slots=True)
class Told:
    """A mitigation's status as a form of several gives it. `version`: the number of the row that stood, or empty."""

    mitigation: Mitigation
    version: str
    status: str
    comment: str


@atomic
def add_risk(*, year: int, body: Body, values: Mapping[str, Any], by: Actor) -> Risk:
    """Add a risk last among the body's. Raises: InputError as `save_risk`."""
    key = new_key([str(year), body.key, values["title"]], risks.keys())
    position = risks.last_position(year, body.key) + 1
    return save_risk(key=key, year=year, body=body, position=position, by=by, **values)[0]


@atomic
def change_risk(*, risk: Risk, version: str, values: Mapping[str, Any], by: Actor) -> bool:
    """Change a risk. One that was taken over counts as adapted when its words are no longer the shared one's.

    Raises: Changed; InputError as `save_risk`.
    """
    _unchanged(risks.version_of(risk), version)
    shared = risk.adopted_from
    return save_risk(
        key=risk.key,
        year=risk.year_id,
        body=risk.body,
        unit=risk.unit,
        adopted_from=shared,
        adapted=shared is not None and any(values[word] != getattr(shared, word) for word in WORDS),
        carried_over_from=risk.carried_over_from,
        position=risk.position,
        by=by,
        **({"shared": risk.shared} | dict(values)),
    )[1]


@atomic
def assess(*, risk: Risk, version: str, assessed: list[Assessed], by: Actor) -> bool:
    """Assess a risk in one or both stages; one that is left out is assessed no longer.

    Raises: Changed; InputError as `assess_risk`.
    """
    _unchanged(risks.version_of(risk), version)
    moved = [
        assess_risk(
            risk=risk,
            stage=one.stage,
            likelihood=one.likelihood,
            consequence=one.consequence,
            comment=one.comment,
            by=by,
        )[1]
        for one in assessed
    ]
    told = {one.stage for one in assessed}
    moved += [withdraw_assessment(risk=risk, stage=stage, by=by) for stage in Stage if stage not in told]
    return any(moved)


@atomic
def treat(*, risk: Risk, version: str, decision: RiskDecision, rationale: str, by: Actor) -> bool:
    """Decide about a risk. Raises: Changed."""
    _unchanged(risks.version_of(risk), version)
    return treat_risk(risk=risk, decision=decision, rationale=rationale, by=by)[1]


@atomic
def add_mitigation(
    *,
    year: int,
    body: Body,
    about: Risk | Recommendation | Deficiency,
    values: Mapping[str, Any],
    by: Actor,
) -> Mitigation:
    """Add a mitigation last among those of what it is about. Raises: InputError as `save_mitigation`."""
    key = new_key([str(year), body.key, values["title"]], mitigations.keys())
    position = mitigations.last_position(year, body.key) + 1
    return save_mitigation(
        key=key,
        year=year,
        body=body,
        risk=about if isinstance(about, Risk) else None,
        recommendation=about if isinstance(about, Recommendation) else None,
        deficiency=about if isinstance(about, Deficiency) else None,
        position=position,
        by=by,
        **values,
    )[0]


@atomic
def change_mitigation(*, mitigation: Mitigation, version: str, values: Mapping[str, Any], by: Actor) -> bool:
    """Change a mitigation. Raises: Changed; InputError as `save_mitigation`."""
    _unchanged(mitigations.version_of(mitigation), version)
    item = mitigation.item
    earlier = item.carried_over_from
    return save_mitigation(
        key=item.key,
        year=item.year_id,
        body=item.body,
        risk=mitigation.risk,
        recommendation=mitigation.recommendation,
        deficiency=mitigation.deficiency,
        unit=item.unit,
        carried_over_from=mitigations.by_key(earlier.key) if earlier else None,
        carried_from_year=item.carried_from_year,
        origin_year=item.origin_year,
        position=item.position,
        by=by,
        **values,
    )[1]


@atomic
def report(
    *, mitigation: Mitigation, version: str, round_: Round, status: str, comment: str, by: Actor
) -> bool:
    """Report a mitigation in a round. Raises: Changed; InputError as `report_status`."""
    _unchanged(mitigations.version_of(mitigation), version)
    return report_status(mitigation=mitigation, round_=round_, status=status, comment=comment, by=by)[1]


@atomic
def report_all(*, told: Sequence[Told], round_: Round, by: Actor) -> int:
    """Report several mitigations in a round: all of them, or none. Returns how many changed.

    Raises: Changed when somebody else has reported one of them otherwise; InputError as `report_status`.
    """
    standing = statuses(round_, [one.mitigation.item_id for one in told])
    for one in told:
        row = standing.get(one.mitigation.item_id)
        mine = row is None or row.recorded_by_key == by.key or str(row.pk) == one.version
        if not mine and row is not None and (row.status, row.comment) != (one.status, one.comment):
            raise Changed
    return sum(
        report_status(
            mitigation=one.mitigation, round_=round_, status=one.status, comment=one.comment, by=by
        )[1]
        for one in told
    )


def _unchanged(standing: str, version: str) -> None:
    if standing != version:
        raise Changed
