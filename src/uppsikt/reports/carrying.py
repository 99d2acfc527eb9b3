"""Beginning from the last report: which of its texts belong where in this one, and which nobody has gone through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.planning import selectors as planning
from uppsikt.planning.rules.reporting import goal_slot
from uppsikt.planning.selectors import Snapshot
from uppsikt.reports import selectors
from uppsikt.reports.composition import chapter_slot
from uppsikt.reports.rules.outline import Document
from uppsikt.reports.selectors import Report
from uppsikt.texts import selectors as texts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text of this report stands. `goal` and `kind` are empty for a chapter, `chapter` for a goal's text.

    Args: title: what it is called in the report. origin: the id of the goal that `goal` was carried over from.
    """

    slot: str
    title: str
    chapter: str = ""
    goal: str = ""
    kind: str = ""
    origin: int | None = None


def places(report: Report, view: Snapshot, outline: Document) -> list[Place]:
    """Every place one may begin from last time: the chapters, and while the round is open the goals' texts."""
    found = [Place(chapter_slot(report.key, row["key"]), row["title"], chapter=row["key"]) for row in outline]
    round_ = report.round
    if round_ is None or round_.state != RoundState.OPEN.value:
        return found
    for goal in view.goals:
        for kind in view.model.texts_for(goal.level.key):
            slot = goal_slot(goal.goal.key, round_.key, report.body.key, kind.key)
            found.append(
                Place(
                    slot,
                    f"{goal.goal}: {kind.label}",
                    goal=goal.goal.key,
                    kind=kind.key,
                    origin=goal.goal.carried_over_from_id,
                )
            )
    return found


def sources(report: Report, before: Report, wanted: Sequence[Place]) -> dict[str, str]:
    """The slot in the report before, for each place's own.

    Goals are matched by the chain they were carried over in, within the year by their key. At most one query.
    """
    origins: dict[int, str] = {}
    if report.year_id != before.year_id:
        ids = {place.origin for place in wanted if place.origin is not None}
        origins = dict(planning.goals(before.year_id).filter(pk__in=ids).values_list("pk", "key"))
    return dict(_pairs(report, before, wanted, origins))


def _pairs(
    report: Report, before: Report, wanted: Sequence[Place], origins: dict[int, str]
) -> Iterator[tuple[str, str]]:
    for place in wanted:
        if place.chapter:
            yield place.slot, chapter_slot(before.key, place.chapter)
        elif before.round is not None:
            same_year = report.year_id == before.year_id
            goal = place.goal if same_year else origins.get(place.origin or 0, "")
            if goal:
                yield place.slot, goal_slot(goal, before.round.key, report.body.key, place.kind)


def untouched(report: Report, wanted: Sequence[Place], user_key: str) -> tuple[Place, ...]:
    """The places where the person's draft is still last report's text, word for word.

    One query when the person has no drafts here.
    """
    drafts = texts.drafts_for([place.slot for place in wanted], user_key)
    before = selectors.earlier_report(report) if drafts else None
    if before is None:
        return ()
    begun = [place for place in wanted if place.slot in drafts]
    matched = sources(report, before, begun)
    then = texts.contents(list(matched.values()))
    return tuple(
        place for place in begun if drafts[place.slot].content == then.get(matched.get(place.slot, ""))
    )
