"""Drawing samples, saying what each drawn row was found to be, and putting the counts into the result."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from uppsikt.control.actions.results import report_result
from uppsikt.control.actions.writing import Changed
from uppsikt.control.models import ControlResult, Occasion, SampleDraw, SampleItem, SampleVerdict
from uppsikt.control.rules import figures, sampling
from uppsikt.control.rules.lists import KINDS, read_list
from uppsikt.control.selectors import control_rows, samples
from uppsikt.files.actions import store_file
from uppsikt.files.rules import Sent, safe_name
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError, Problem, Where, refuse
from uppsikt.organisation.selectors import Body

_SEED_BYTES = 8
LONGEST_FAULT = 100
MOST_FAULTS = 10
_RESULT_FIELDS = (
    "judgement", "judgement_text", "comment", "recommendation", "reason", "performed_on", "performed_by",
    "reviewed_on", "reviewed_by",
)  # fmt: skip


@atomic
def draw_sample(
    *,
    occasion: Occasion | None = None,
    body: Body,
    measure: str = "",
    file: Sent,
    size: int,
    seed: str = "",
    by: Actor,
) -> SampleDraw:
    """Draw rows from a list, for a control's occasion or for an auditor who looks at a body (no occasion).

    The file is kept whole by its hash; only the drawn rows become values. The same file, seed and size give the same
    rows (docs/algorithms/sampling.md). Args: measure: which figure the counts are for. seed: one is made when empty.
    Raises: InputError when the list cannot be read, the size is more than its rows, the occasion is another body's, or
        the control has no such measure.
    """
    listed = read_list(file)
    chosen = sampling.spelled(seed) or secrets.token_hex(_SEED_BYTES)
    problems = sampling.faults(chosen, len(listed.rows), size)
    if occasion is not None:
        problems += _occasion_problems(occasion, body, measure)
    if problems:
        raise InputError(*problems)
    stored = store_file(content=file.content, name=file.name, by=by, allowed=KINDS, body_key=body.key)
    drawn = SampleDraw(
        occasion=occasion,
        body=body,
        measure=measure,
        file=stored,
        file_name=safe_name(file.name),
        columns=list(listed.columns),
        population=len(listed.rows),
        size=size,
        seed=chosen,
        method=sampling.METHOD,
        drawn_at=clock.now(),
        drawn_by_key=by.key,
        drawn_by_name=by.name,
    )
    drawn.full_clean()
    drawn.save()
    rows = sorted(sampling.draw(chosen, len(listed.rows), size))
    SampleItem.objects.bulk_create(
        SampleItem(draw=drawn, row=row, values=list(listed.rows[row - 1])) for row in rows
    )
    data: dict[str, object] = {
        "file": stored.digest,
        "population": drawn.population,
        "size": size,
        "seed": chosen,
    }
    _record(EventKind.SAMPLE_DRAWN, drawn, by, data | {"method": drawn.method, "measure": measure})
    return drawn


@atomic
def judge_item(
    *, item: SampleItem, faulty: bool, faults: Iterable[str] = (), comment: str = "", by: Actor
) -> tuple[SampleVerdict, bool]:
    """Say what a drawn row was found to be. Returns the verdict and whether anything changed.

    Args: faults: kinds of fault; only for a faulty row.
    Raises: InputError when a row that is right has faults, the kinds are too many or too long, or the draw has been
        taken out.
    """
    kinds = list(dict.fromkeys(" ".join(kind.split()) for kind in faults if kind.strip()))
    if item.draw.removed_at is not None:
        raise refuse("removed", "Stickprovet är borttaget.", remedy="Dra ett nytt.")
    if kinds and not faulty:
        raise refuse(
            "faults",
            "Raden är rätt men har slag av fel.",
            field="faults",
            remedy="Ta bort dem, eller välj fel.",
        )
    if len(kinds) > MOST_FAULTS or any(len(kind) > LONGEST_FAULT for kind in kinds):
        message = f"Högst {MOST_FAULTS} slag av fel, vart och ett med högst {LONGEST_FAULT} tecken."
        raise refuse("faults", message, field="faults", remedy="Skriv resten i kommentaren.")
    values = {"faulty": faulty, "faults": kinds, "comment": comment.strip()}
    old = samples.verdict_of(item)
    before = {field: getattr(old, field) for field in values} if old else {}
    if old is not None and before == values:
        return old, False
    new = supersede(old, SampleVerdict(item=item, **values), by=by)
    difference: dict[str, object] = {
        field: [before.get(field), value] for field, value in values.items() if before.get(field) != value
    }
    _record(EventKind.SAMPLE_JUDGED, item.draw, by, difference | {"row": item.row})
    return new, True


@atomic
def judge_sent(
    *, item: SampleItem, version: str, faulty: bool, faults: Iterable[str], comment: str, by: Actor
) -> tuple[SampleVerdict, bool]:
    """As `judge_item`, from a form: never over what somebody else has found meanwhile.

    Args: version: of the verdict that the form showed (`selectors.samples.version_of`).
    Raises: Changed; InputError as `judge_item`.
    """
    if samples.version_of(samples.verdict_of(item)) != version:
        raise Changed
    return judge_item(item=item, faulty=faulty, faults=faults, comment=comment, by=by)


@atomic
def remove_sample(*, draw: SampleDraw, by: Actor) -> bool:
    """Take a draw out. It stays to be read, and is shown beside later draws from the same list."""
    if draw.removed_at is not None:
        return False
    draw.removed_at = clock.now()
    draw.save(update_fields=["removed_at"])
    _record(EventKind.SAMPLE_REMOVED, draw, by, {})
    return True


@atomic
def restore_sample(*, draw: SampleDraw, by: Actor) -> bool:
    """Put a removed draw back."""
    if draw.removed_at is None:
        return False
    draw.removed_at = None
    draw.save(update_fields=["removed_at"])
    _record(EventKind.SAMPLE_DRAWN, draw, by, {"removed": [True, False]})
    return True


@atomic
def fill_result(*, occasion: Occasion, by: Actor) -> tuple[ControlResult, bool]:
    """Put the counts of the occasion's finished draws into its result; what is said in words stands as it is.

    A step that was what the thresholds gave goes on following them.
    Raises: InputError when no draw with a measure is finished; as `report_result`.
    """
    parts = samples.proposed_parts(occasion)
    if not parts:
        raise refuse(
            "unfinished",
            "Det finns inget färdigt stickprov med ett mått i kontrollen.",
            remedy="Granska alla dragna rader först.",
        )
    standing = control_rows.result_of(occasion)
    words = {field: getattr(standing, field) for field in _RESULT_FIELDS} if standing else {}
    if standing is not None and standing.judgement == (_verdict(occasion) or ""):
        words["judgement"] = ""
    if not words.get("performed_on"):
        words |= {"performed_on": clock.today(), "performed_by": by.name}
    round_ = standing.round if standing else None
    return report_result(occasion=occasion, round_=round_, parts=parts, by=by, **words)


def _verdict(occasion: Occasion) -> str | None:
    """What the thresholds make of the figures that stand."""
    shares = {key: figures.share(part) for key, part in control_rows.parts_of(occasion).items()}
    return figures.verdict(shares, control_rows.measures_of(occasion.control))


def _occasion_problems(occasion: Occasion, body: Body, measure: str) -> list[Problem]:
    problems = []
    if occasion.control.item.body_id != body.pk:
        message = "Tillfället hör till ett annat organ."
        problems.append(Problem("body", Where(field="body"), message, "Dra för kontrollens eget organ."))
    known = [row.key for row in samples.countable(occasion.control)]
    if measure and measure not in known:
        remedy = f"Välj något av: {', '.join(known)}." if known else "Lämna måttet tomt."
        message = f"Kontrollen har inget mått ”{measure}” som räknas ur ett stickprov."
        problems.append(Problem("measure", Where(field="measure"), message, remedy))
    return problems


def _record(kind: EventKind, draw: SampleDraw, by: Actor, data: dict[str, object]) -> None:
    record(
        kind, by=by, subject=samples.subject(draw), label=draw.file_name, body_key=draw.body.key, data=data
    )
