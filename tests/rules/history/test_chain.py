"""The history's chain shows every tampering, and survives lawful erasure."""

from __future__ import annotations

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.history.rules import GENESIS, Link, canonical_json, digest, first_break


def chain(length: int) -> list[tuple[Link, str]]:
    links: list[tuple[Link, str]] = []
    previous = GENESIS
    for number in range(1, length + 1):
        link = Link(
            sequence=number,
            at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=number),
            actor_key="anna",
            kind="goal.saved",
            subject=f"goal:{number}",
            body_key="ks",
            data_digest=digest({"n": number}),
            previous_hash=previous,
        )
        previous = link.hash()
        links.append((link, previous))
    return links


def test_a_chain_that_nobody_touched_holds() -> None:
    assert first_break(chain(20)) is None
    assert first_break([]) is None


@given(st.integers(1, 12), st.sampled_from(["actor_key", "kind", "subject", "body_key", "data_digest"]))
def test_a_changed_event_is_found_where_it_stands(place: int, field: str) -> None:
    links = chain(12)
    link, stored = links[place - 1]
    links[place - 1] = (dataclasses.replace(link, **{field: "changed"}), stored)
    assert first_break(links) == place


@given(st.integers(1, 11))
def test_a_removed_event_is_missed_by_the_next(place: int) -> None:
    links = chain(12)
    del links[place - 1]
    assert first_break(links) == place + 1


@given(st.integers(1, 11))
def test_events_cannot_change_places(place: int) -> None:
    links = chain(12)
    links[place - 1], links[place] = links[place], links[place - 1]
    assert first_break(links) == place + 1


def test_a_rewritten_event_with_a_new_hash_breaks_at_the_next() -> None:
    links = chain(5)
    forged = dataclasses.replace(links[2][0], subject="goal:other")
    links[2] = (forged, forged.hash())
    assert first_break(links) == 4


def test_the_same_data_give_the_same_text_whatever_their_order() -> None:
    assert canonical_json({"b": 1, "a": "å"}) == canonical_json({"a": "å", "b": 1}) == '{"a":"å","b":1}'
