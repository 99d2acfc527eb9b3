"""Eight people write at once: nothing is lost, the chain never forks, nobody is told of a lock."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from tests.concurrency.conftest import Writers
from uppsikt.accounts.actions import save_user
from uppsikt.cycle import actions as cycle
from uppsikt.cycle import selectors as years
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.history import selectors as history
from uppsikt.history.rules import Actor
from uppsikt.history.selectors import Event
from uppsikt.history.superseding import SupersedingRow
from uppsikt.kernel.period import parse_period
from uppsikt.kernel.problems import InputError
from uppsikt.planning import selectors
from uppsikt.planning.actions import assignments, goals, indicators
from uppsikt.planning.rules.judgement import TargetFact
from uppsikt.texts.actions import ANY_VERSION, save_text

EACH = 5
PEOPLE = [Actor(f"person-{number}", f"Person {number}") for number in range(8)]


def everything(town: SimpleNamespace, by: Actor, turn: int) -> list[tuple[str, Callable[[], Any]]]:
    """One action of each kind, all about the same things, all told apart by who and when."""
    said = f"{by.name}, varv {turn}"
    figure = Decimal(f"{int(by.key[-1])}{turn}")
    return [
        (
            "status.reported",
            partial(
                assignments.report_status,
                assignment=town.assignment,
                round_=town.round,
                status="done",
                comment=said,
                by=by,
            ),
        ),
        (
            "goal.assessed",
            partial(
                goals.assess,
                goal=town.goal,
                round_=town.round,
                body=town.board,
                step="high",
                rationale=said,
                by=by,
            ),
        ),
        (
            "observation.recorded",
            partial(
                indicators.record_observation,
                indicator=town.series,
                body=town.board,
                period=parse_period("2025"),
                value=figure,
                footnote=said,
                round_=town.round,
                by=by,
            ),
        ),
        (
            "indicator.reported",
            partial(
                indicators.report_indicator,
                use=town.use,
                round_=town.round,
                reported="",
                reason="",
                analysis=said,
                by=by,
            ),
        ),
        (
            "target.set",
            partial(
                indicators.set_target, use=town.use, target=TargetFact("final", 2030, "ge", figure), by=by
            ),
        ),
        (
            "goal.saved",
            partial(
                goals.save_goal,
                key=f"mal-{by.key}-{turn}",
                year=2025,
                body=town.board,
                level="committee_goal",
                name=said,
                parent=town.goal,
                by=by,
            ),
        ),
        (
            "text.saved",
            partial(
                save_text,
                slot="report:x:y",
                label="Text",
                content=[{"type": "paragraph", "children": [{"type": "text", "text": said, "marks": []}]}],
                base_number=ANY_VERSION,
                by=by,
            ),
        ),
    ]


def work(town: SimpleNamespace, by: Actor) -> None:
    for turn in range(EACH):
        acts = everything(town, by, turn)
        begin = int(by.key[-1]) % len(acts)  # everyone begins somewhere else
        for _kind, act in [*acts[begin:], *acts[:begin]]:
            act()


def read(town: SimpleNamespace) -> None:
    for _ in range(EACH):
        view = selectors.snapshot(year=2025, round_=town.round, body=town.board)
        assert view.goal("trygg") is not None


def kept(town: SimpleNamespace) -> SimpleNamespace:
    lines: dict[str, list[SupersedingRow]] = defaultdict(list)
    for rows in [one for one in apps.get_models() if issubclass(one, SupersedingRow)]:
        for row in rows.objects.order_by("recorded_at", "pk"):
            if row.recorded_by_key.startswith("person-"):
                lines[rows.__name__].append(row)
    events = list(Event.objects.filter(actor_key__startswith="person-"))
    return SimpleNamespace(
        lines=lines,
        events=Counter(event.kind for event in events),
        sequence=sorted(Event.objects.values_list("sequence", flat=True)),
        broken=history.broken_at(),
    )


def test_nothing_is_lost_and_the_chain_never_forks(town: SimpleNamespace, writers: Writers) -> None:
    writers.at_once(*(partial(work, town, by) for by in PEOPLE), partial(read, town))
    found = writers.look(lambda: kept(town))
    assert found.broken is None
    assert found.sequence == list(range(1, len(found.sequence) + 1))
    kinds = [kind for kind, _act in everything(town, PEOPLE[0], 0)]
    assert found.events == Counter({kind: len(PEOPLE) * EACH for kind in kinds})
    for name in ("StatusEntry", "Assessment", "Observation", "IndicatorReport", "Target", "TextVersion"):
        rows = found.lines[name]
        assert len(rows) == len(PEOPLE) * EACH, name
        assert [row.superseded_at for row in rows if row.superseded_at is None] == [None], name
        for before, after in itertools.pairwise(rows):
            assert before.superseded_at == after.recorded_at, name


@pytest.mark.parametrize("number", range(7))
def test_two_who_save_the_same_thing_first_are_both_kept_in_order(
    town: SimpleNamespace, writers: Writers, number: int
) -> None:
    kind = everything(town, PEOPLE[0], 0)[number][0]
    writers.at_once(*(everything(town, by, 0)[number][1] for by in PEOPLE[:2]))
    found = writers.look(lambda: kept(town))
    assert found.events == {kind: 2}
    assert found.broken is None


def test_the_same_person_entered_twice_at_once_is_one_person(writers: Writers) -> None:
    saved = writers.at_once(
        *(partial(save_user, key="eva", name="Eva", email="eva@example.org", by=by) for by in PEOPLE)
    )
    assert sorted(changed for _user, changed in saved) == [False] * 7 + [True]
    assert len({user.pk for user, _changed in saved}) == 1


def test_nothing_is_reported_after_the_close(town: SimpleNamespace, writers: Writers) -> None:
    def report(by: Actor) -> bool:
        for turn in range(EACH * 4):
            try:
                assignments.report_status(
                    assignment=town.assignment,
                    round_=town.round,
                    status="done",
                    comment=f"{by.key} {turn}",
                    by=by,
                )
            except InputError:
                return True
        return False

    def close() -> bool:
        held = years.round_by_key("2025-bokslut")
        assert held is not None
        return cycle.move_round(round_=held, state=RoundState.CLOSED, by=PEOPLE[0])

    writers.at_once(*(partial(report, by) for by in PEOPLE[1:]), close)

    def after() -> list[str]:
        closed = Event.objects.get(kind="round.closed").sequence
        return list(Event.objects.filter(sequence__gt=closed).values_list("kind", flat=True))

    assert writers.look(after) == []
