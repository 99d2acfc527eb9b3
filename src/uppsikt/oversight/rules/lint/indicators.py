"""Rules about indicators and their targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from uppsikt.oversight.rules.lint.goals import Fault
from uppsikt.oversight.rules.lint.steering import LintIndicator, Steering
from uppsikt.planning.rules.judgement import COMPARATORS, Direction, TargetFact

UPWARD, DOWNWARD = ("ge", "gt"), ("le", "lt")
WITH_VALUE = (*UPWARD, *DOWNWARD, "eq", "interval", "bare")
FAULTS = {
    "no_earlier": "det finns inget tidigare jämförbart utfall att jämföra med",
    "no_reference": "jämförelsevärdet är inte registrerat",
    "other_period": "målet gäller en annan period än utfallet",
}
"""Why a target cannot be judged on the outcomes there are, in words."""


def without_target(steering: Steering) -> Iterator[Fault]:
    """An indicator under a goal with nothing to reach. Those of sections (personnel) are followed without targets."""
    for row in steering.indicators:
        if row.under_goal and row.target is None:
            yield row.place, f"Indikatorn ”{row.name}” har inget mål för {steering.year}."


def without_owner(steering: Steering) -> Iterator[Fault]:
    """An indicator that no person and no unit answers for."""
    for row in steering.indicators:
        if not row.owner:
            yield row.place, f"Ingen ansvarar för indikatorn ”{row.name}”."


def without_value(steering: Steering) -> Iterator[Fault]:
    """An indicator that nobody has ever registered an outcome of."""
    for row in steering.indicators:
        if not row.has_value:
            yield row.place, f"Indikatorn ”{row.name}” har inget utfall, för något år."


def cannot_be_judged(steering: Steering) -> Iterator[Fault]:
    """A target that no outcome could be held against, or that cannot be by the outcomes there are."""
    for row in steering.indicators:
        if row.target is None:
            continue
        by_direction = steering.model.indicators.bare_target_by_direction
        why = _unclear(row.target, row.direction, by_direction) or FAULTS.get(row.fault, "")
        if why:
            yield row.place, f"Målet ”{row.target.text}” för ”{row.name}” kan inte bedömas: {why}."


def _unclear(target: TargetFact, direction: Direction, by_direction: bool) -> str:
    """Why the target itself does not say when it is met."""
    if target.kind in WITH_VALUE and target.value is None:
        return "det saknar värde"
    if target.kind == "interval" and (target.upper is None or target.upper < (target.value or 0)):
        return "intervallets övre gräns saknas eller är lägre än den undre"
    if target.kind == "reference" and not target.reference:
        return "det säger inte vad utfallet ska jämföras med"
    if target.kind == "bare" and not by_direction:
        return "det är ett värde utan jämförelsetecken"
    if target.kind == "bare" and direction is Direction.NONE:
        return "det saknar jämförelsetecken och indikatorn har ingen önskad riktning"
    return ""


def already_passed(steering: Steering) -> Iterator[Fault]:
    """A target that the latest outcome before the year had already reached."""
    for row in steering.indicators:
        bound = _bound(row, steering)
        if bound and row.before is not None and row.target and row.target.value is not None:
            distance = row.before - row.target.value
            reached = distance if bound in UPWARD else -distance
            if reached > 0 or (reached == 0 and bound in ("ge", "le")):
                yield (
                    row.place,
                    f"Målet ”{row.target.text}” för ”{row.name}” var nått redan innan året började.",
                )


def _bound(row: LintIndicator, steering: Steering) -> str:
    """The comparison of a target that asks for a level; empty for those that keep, compare or hit a figure."""
    if row.target is None:
        return ""
    if row.target.kind in (*UPWARD, *DOWNWARD):
        return row.target.kind
    if row.target.kind == "bare" and steering.model.indicators.bare_target_by_direction:
        return {Direction.UP: "ge", Direction.DOWN: "le", Direction.NONE: ""}[row.direction]
    return ""


def against_direction(steering: Steering) -> Iterator[Fault]:
    """A target that asks for less where more is better, or the other way round."""
    for row in steering.indicators:
        if row.target is None or row.direction is Direction.NONE:
            continue
        kind = row.target.comparator if row.target.kind == "reference" else row.target.kind
        down = kind in (*DOWNWARD, "decrease")
        up = kind in (*UPWARD, "increase")
        if (row.direction is Direction.UP and down) or (row.direction is Direction.DOWN and up):
            better = "högre" if row.direction is Direction.UP else "lägre"
            sign = COMPARATORS.get(kind, {"decrease": "minska", "increase": "öka"}.get(kind, kind))
            yield row.place, f"För ”{row.name}” är {better} bättre, men målet har tecknet {sign}."


def same_source(steering: Steering) -> Iterator[Fault]:
    """Two indicators of the year that take their figures from one series of the same source."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for source_id, indicator, name in steering.others:
        names[source_id][indicator] = name
    for row in steering.indicators:
        for source_id in row.source_ids:
            names[source_id][row.indicator] = row.name
    told: set[str] = set()
    for row in steering.indicators:
        for source_id in row.source_ids:
            others = [name for key, name in names[source_id].items() if key != row.indicator]
            if others and source_id not in told:
                told.add(source_id)
                listed = ", ".join(f"”{name}”" for name in others)
                yield row.place, f"”{row.name}” har samma källid ({source_id}) som {listed}."
