"""Writing the summary assessment of internal control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from uppsikt.control.actions.writing import Changed
from uppsikt.control.models import ControlSummary
from uppsikt.control.selectors.summaries import subject, version_of
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body


@atomic
def sum_up(
    *,
    body: Body,
    round_: Round,
    step: str,
    rationale: str = "",
    proposed: str = "",
    stated: Sequence[Mapping[str, Any]] = (),
    by: Actor,
    importing: bool = False,
) -> tuple[ControlSummary, bool]:
    """Set a body's summary assessment of its internal control in a round.

    Args: proposed: the step the rule proposed when this was set, empty when it proposed none. stated: counts that the
        text states, to be held against the lists they are about.
    Raises: InputError when the round is not open, the step is not on the scale, or the assessment departs from the
        proposal without a rationale.
    """
    require_open(round_, year=round_.year_id, importing=importing)
    scale = cycle.model_for(round_.year_id).control_summary
    if step and (scale is None or scale.step(step) is None):
        steps = ", ".join(s.label for s in scale.steps) if scale else "den saknas i årets styrmodell"
        raise refuse("step", f"”{step}” finns inte på skalan.", field="step", remedy=f"Giltigt: {steps}.")
    rationale = rationale.strip()
    if step and proposed and step != proposed and not rationale and not importing:
        raise refuse(
            "rationale",
            "Bedömningen avviker från regelns förslag men motivering saknas.",
            field="rationale",
            remedy="Skriv varför. Motiveringen följer med i rapporten.",
        )
    standing = ControlSummary.objects.all().current().filter(body=body, round=round_).first()
    wanted = {"step": step, "proposed": proposed, "rationale": rationale, "stated": list(map(dict, stated))}
    before = {name: getattr(standing, name) for name in wanted} if standing else dict.fromkeys(wanted)
    if standing is not None and before == wanted:
        return standing, False
    row = supersede(standing, ControlSummary(body=body, round=round_, **wanted), by=by)
    record(
        EventKind.CONTROL_SUMMED_UP,
        by=by,
        subject=subject(body, round_),
        label=str(round_),
        body_key=body.key,
        data={"round": round_.key}
        | {name: [before[name], value] for name, value in wanted.items() if before[name] != value},
    )
    return row, True


@atomic
def sum_up_from(
    *, body: Body, round_: Round, version: str, step: str, rationale: str, proposed: str, by: Actor
) -> bool:
    """As `sum_up`, from a form: never over somebody else's. The counts that the text states stay as they are.

    Raises: Changed; InputError as `sum_up`.
    """
    if version_of(body, round_) != version:
        raise Changed
    standing = ControlSummary.objects.all().current().filter(body=body, round=round_).first()
    stated = standing.stated if standing else ()
    return sum_up(
        body=body, round_=round_, step=step, rationale=rationale, proposed=proposed, stated=stated, by=by
    )[1]
