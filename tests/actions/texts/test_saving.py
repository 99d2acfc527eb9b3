"""A text is superseded, never overwritten; who comes second is shown both versions; a draft survives."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.history import selectors as history
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.texts import selectors
from uppsikt.texts.actions import ANY_VERSION, Conflict, Saved, autosave_draft, discard_draft, save_text
from uppsikt.texts.rules import from_plain, to_plain

pytestmark = pytest.mark.django_db

ANNA = Actor("anna", "Anna Ek")
BO = Actor("bo", "Bo Alm")
SLOT = "report:ks-2024-bokslut:sammanfattning"


def save(text: str, base: int | None, by: Actor = ANNA) -> Saved | Conflict:
    return save_text(slot=SLOT, label="Sammanfattning", content=from_plain(text), base_number=base, by=by)


def test_a_text_is_superseded_and_can_be_read_as_it_stood(moment: dt.datetime) -> None:
    assert save("Ett", None) == Saved(1, from_plain("Ett"), changed=True)
    with clock.frozen(moment + dt.timedelta(days=1)):
        assert save("Två", 1, BO) == Saved(2, from_plain("Två"), changed=True)
    assert selectors.contents([SLOT, "goal:x"]) == {SLOT: from_plain("Två")}
    assert selectors.contents([SLOT], moment) == {SLOT: from_plain("Ett")}
    assert selectors.contents([SLOT], moment - dt.timedelta(days=1)) == {}
    assert [(row.number, row.recorded_by_name) for row in selectors.versions(SLOT)] == [
        (2, "Bo Alm"),
        (1, "Anna Ek"),
    ]


def test_each_save_leaves_one_event_and_an_unchanged_one_leaves_none() -> None:
    save("Ett", None)
    save("Ett", 1)
    save("Ett", 1, BO)
    (event,) = history.about(f"text:{SLOT}")
    assert event.data["words"] == [0, 1]
    assert event.data["version"] == [None, 1]
    assert selectors.versions(SLOT).count() == 1


def test_the_second_writer_is_shown_both_versions_and_loses_nothing() -> None:
    save("Ett\n\nTvå", None)
    save("Ett\n\nTvå, ändrat av Bo", 1, BO)
    outcome = save("Ett, ändrat av Anna\n\nTvå", 1)
    assert isinstance(outcome, Conflict)
    assert to_plain(outcome.yours) == "Ett, ändrat av Anna\n\nTvå"
    assert to_plain(outcome.theirs) == "Ett\n\nTvå, ändrat av Bo"
    assert to_plain(outcome.base) == "Ett\n\nTvå"
    assert (outcome.theirs_number, outcome.theirs_by) == (2, "Bo Alm")
    draft = selectors.draft(SLOT, "anna")
    assert draft is not None
    assert (draft.content, draft.base_number) == (outcome.yours, 1)
    assert save("Båda", outcome.theirs_number) == Saved(3, from_plain("Båda"), changed=True)
    assert selectors.draft(SLOT, "anna") is None


def test_two_first_texts_conflict_too() -> None:
    save("Bo var först", None, BO)
    assert isinstance(save("Anna också", None), Conflict)
    assert isinstance(save("Bo var först", None), Saved)


def test_saving_what_one_began_from_is_no_conflict() -> None:
    save("Ett", None)
    save("Två", 1, BO)
    assert save("Ett", 1) == Saved(2, from_plain("Två"), changed=False)


def test_an_import_replaces_whatever_stands() -> None:
    assert save("", ANY_VERSION) == Saved(None, [], changed=False)
    assert save("Ett", ANY_VERSION) == Saved(1, from_plain("Ett"), changed=True)
    assert save("Två", ANY_VERSION, BO) == Saved(2, from_plain("Två"), changed=True)
    assert save("Två", ANY_VERSION, BO) == Saved(2, from_plain("Två"), changed=False)
    assert save("", ANY_VERSION, BO) == Saved(3, [], changed=True)


def test_a_picture_without_description_is_refused_but_kept_as_draft() -> None:
    content = [{"type": "image", "file": "ab" * 32, "alt": "", "caption": ""}]
    with pytest.raises(InputError, match="beskrivning"):
        save_text(slot=SLOT, label="", content=content, base_number=None, by=ANNA)  # type: ignore[arg-type]
    draft = autosave_draft(slot=SLOT, content=content, base_number=None, by=ANNA)  # type: ignore[arg-type]
    assert draft is not None
    assert draft.content == content


def test_a_draft_is_the_writers_own_and_goes_when_it_is_no_longer_needed() -> None:
    save("Ett", None)
    autosave_draft(slot=SLOT, label="Sammanfattning", content=from_plain("Ett, mer"), base_number=1, by=ANNA)
    autosave_draft(
        slot=SLOT, label="Sammanfattning", content=from_plain("Ett, mer än så"), base_number=1, by=ANNA
    )
    assert [draft.content for draft in selectors.drafts_of("anna")] == [from_plain("Ett, mer än så")]
    assert selectors.draft(SLOT, "bo") is None
    assert list(selectors.drafts_for([SLOT], "anna")) == [SLOT]
    assert autosave_draft(slot=SLOT, content=from_plain("Ett"), base_number=1, by=ANNA) is None
    assert not selectors.drafts_of("anna").exists()
    autosave_draft(slot=SLOT, content=from_plain("Kastas"), base_number=1, by=ANNA)
    assert discard_draft(slot=SLOT, by=ANNA)
    assert not discard_draft(slot=SLOT, by=ANNA)
    assert history.about(f"text:{SLOT}").count() == 1


def test_an_autosave_that_comes_late_does_not_bring_the_draft_back() -> None:
    save("Ett", None)
    save("Ett, mer", 1)
    assert autosave_draft(slot=SLOT, content=from_plain("Ett, mer"), base_number=1, by=ANNA) is None


@given(st.text(max_size=60))
def test_whatever_is_stored_comes_back(text: str) -> None:
    content = from_plain(text)
    save_text(slot="goal:x", label="", content=content, base_number=ANY_VERSION, by=ANNA)
    assert selectors.contents(["goal:x"]).get("goal:x", []) == content


def test_many_places_are_one_query(django_assert_num_queries: pytest.FixtureRequest) -> None:
    for number in range(3):
        save_text(slot=f"goal:{number}", label="", content=from_plain("x"), base_number=None, by=ANNA)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(selectors.contents([f"goal:{number}" for number in range(100)])) == 3
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert {slot: row.number for slot, row in selectors.current_of(["goal:1"]).items()} == {"goal:1": 1}
