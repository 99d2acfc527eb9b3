"""The report's outline and texts: nothing written is ever lost."""

from __future__ import annotations

import pytest

from uppsikt.cycle import selectors as cycle
from uppsikt.history import selectors as history
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.rules.reporting import TaskKind
from uppsikt.planning.selectors.reporting_tasks import reporting_tasks
from uppsikt.reports import selectors
from uppsikt.reports.actions.reports import change_outline, ensure_report, reset_outline, save_outline
from uppsikt.reports.actions.texts import carry_texts_forward, discard_carried_texts, save_chapter_text
from uppsikt.reports.assembly import assemble, compose
from uppsikt.reports.models import ReportOutline
from uppsikt.reports.rules.outline import Change
from uppsikt.reports.selectors import Report
from uppsikt.texts import selectors as texts
from uppsikt.texts.actions import Conflict, autosave_draft
from uppsikt.texts.rules import from_plain, to_plain

pytestmark = pytest.mark.django_db
BY = Actor("controller", "Malin Ekestubbe")
OTHER = Actor("central", "Central Controller")


@pytest.fixture
def report(demo_database: None) -> Report:
    found = selectors.report("2025-augusti-ks")
    assert found is not None
    return found


def titles(report: Report) -> list[str]:
    return [chapter["title"] for chapter in compose(report)["chapters"]]


def test_the_outline_begins_as_the_steering_models(report: Report) -> None:
    assert titles(report)[:2] == ["Sammanfattning", "Målbedömning"]
    assert "Årets händelser" not in titles(report)  # only at the year's end
    assert not selectors.outline(report, cycle.model_for(2025)).own


def test_a_hidden_chapter_keeps_its_text(report: Report) -> None:
    before = texts.current("report:2025-augusti-ks:sammanfattning")
    assert change_outline(report=report, change=Change("hide", "sammanfattning"), by=BY)
    assert titles(report)[0] == "Målbedömning"
    assert texts.current("report:2025-augusti-ks:sammanfattning") == before
    assert change_outline(report=report, change=Change("show", "sammanfattning"), by=BY)
    assert titles(report)[0] == "Sammanfattning"


def test_outlines_supersede_each_other_and_the_history_tells(report: Report) -> None:
    change_outline(report=report, change=Change("rename", "sammanfattning", "I korthet"), by=BY)
    change_outline(report=report, change=Change("down", "sammanfattning"), by=BY)
    assert titles(report)[:2] == ["Målbedömning", "I korthet"]
    assert reset_outline(report=report, by=BY)
    assert titles(report)[0] == "Sammanfattning"
    assert ReportOutline.objects.filter(report=report).count() == 3
    kinds = [event.kind for event in history.about("report:2025-augusti-ks")[:3]]
    assert kinds == ["report.saved"] * 3


def test_saving_the_same_outline_changes_nothing(report: Report) -> None:
    outline = selectors.outline(report, cycle.model_for(2025))
    assert save_outline(report=report, chapters=outline.document, by=BY) == (None, False)


@pytest.mark.parametrize(
    "change",
    [
        Change("add", title=" "),
        Change("rename", "sammanfattning", ""),
        Change("add_block", "sammanfattning", kind="gauge"),
        Change("fly", "sammanfattning"),
    ],
)
def test_an_outline_that_cannot_be_printed_is_refused(report: Report, change: Change) -> None:
    with pytest.raises(InputError):
        change_outline(report=report, change=change, by=BY)


def test_two_who_write_at_once_are_both_kept(report: Report) -> None:
    first = save_chapter_text(
        report=report, chapter="effektivisering", content=from_plain("En."), base_number=None, by=BY
    )
    second = save_chapter_text(
        report=report, chapter="effektivisering", content=from_plain("Två."), base_number=None, by=OTHER
    )
    assert first.changed  # type: ignore[union-attr]
    assert isinstance(second, Conflict)
    assert to_plain(second.theirs) == "En."
    draft = texts.draft("report:2025-augusti-ks:effektivisering", "central")
    assert draft is not None
    assert to_plain(draft.content) == "Två."


def test_last_reports_texts_become_drafts_that_nobody_else_sees(report: Report) -> None:
    mine = texts.contents(["report:2025-augusti-ks:sammanfattning"])
    gaps, sequence = assemble(report).gaps, history.last_sequence()
    copied = carry_texts_forward(report=report, by=BY)
    assert copied > 0
    assert texts.contents(["report:2025-augusti-ks:sammanfattning"]) == mine
    assert texts.current("report:2025-augusti-ks:effektivisering") is None
    draft = texts.draft("report:2025-augusti-ks:effektivisering", BY.key)
    then = texts.contents(["report:2024-bokslut-ks:effektivisering"])
    assert draft is not None
    assert [draft.content] == list(then.values())
    assert carry_texts_forward(report=report, by=BY) == 0
    assert (assemble(report).gaps, history.last_sequence()) == (gaps, sequence)


def test_fetched_texts_are_asked_for_until_somebody_has_gone_through_them(report: Report) -> None:
    copied = carry_texts_forward(report=report, by=BY)
    made = assemble(report, reader=BY.key)
    waiting = [gap for gap in made.gaps if gap.kind == "carried"]
    assert len(waiting) == len(made.carried) == copied
    assert {gap.chapter for gap in waiting}.isdisjoint(g.chapter for g in made.gaps if g.kind == "chapter")
    assert assemble(report, reader=OTHER.key).carried == ()
    save_chapter_text(
        report=report,
        chapter="effektivisering",
        content=texts.contents(["report:2024-bokslut-ks:effektivisering"])[
            "report:2024-bokslut-ks:effektivisering"
        ],
        base_number=None,
        by=BY,
    )
    assert len(assemble(report, reader=BY.key).carried) == copied - 1


def test_fetched_texts_go_away_together_and_ones_own_stay(report: Report) -> None:
    slot = "report:2025-augusti-ks:effektivisering"
    copied = carry_texts_forward(report=report, by=BY)
    autosave_draft(slot=slot, content=from_plain("Mitt eget."), base_number=None, by=BY)
    assert discard_carried_texts(report=report, by=BY) == copied - 1
    draft = texts.draft(slot, BY.key)
    assert draft is not None
    assert to_plain(draft.content) == "Mitt eget."
    assert assemble(report, reader=BY.key).carried == ()


def test_what_is_missing_is_listed_by_kind(report: Report) -> None:
    gaps = assemble(report).gaps
    kinds = {gap.kind for gap in gaps}
    assert {"chapter", "assessment", "status", "text"} <= kinds
    assert next(gap.text for gap in gaps if gap.kind == "chapter") == "Effektiviseringsarbete"
    done = selectors.report("2024-bokslut-ks")
    assert done is not None
    assert assemble(done).gaps == ()


def test_what_is_missing_agrees_with_the_rounds_own_page(report: Report) -> None:
    for key in ("2025-augusti-ks", "2024-bokslut-ks"):
        row = selectors.report(key)
        assert row is not None
        assert row.round is not None
        tasks = [task for task in reporting_tasks(row.round, {"ks"}) if not task.done]
        waiting = [task.name for task in tasks if task.kind is TaskKind.INDICATOR]
        assert sorted(gap.text for gap in assemble(row).gaps if gap.kind == "outcome") == sorted(waiting)
    hrefs = {gap.text: gap.href for gap in assemble(report).gaps if gap.kind == "outcome"}
    assert hrefs["Antal anställda"] == "/rounds/2025-augusti/ks/sections/personal/"


def test_a_section_that_is_not_printed_is_not_asked_for(report: Report) -> None:
    chapter = next(
        each["key"]
        for each in selectors.outline(report, cycle.model_for(2025)).document
        if any(block["kind"] == "personnel" for block in each["blocks"])
    )
    change_outline(report=report, change=Change("hide", chapter), by=BY)
    assert "Antal anställda" not in {gap.text for gap in assemble(report).gaps}


def test_a_report_nobody_has_begun_is_shown_and_stored_when_written(demo_database: None) -> None:
    body, round_ = organisation.body("ks"), cycle.round_by_key("2019-bokslut")
    assert body is not None
    assert round_ is not None
    new = selectors.report_or_new(body, round_)
    assert new.pk is None
    assert compose(new)["document"]["title"] == "Verksamhetsberättelse 2019"
    stored = ensure_report(report=new, by=BY)
    assert selectors.report_for(body, round_) == stored


def test_composing_takes_no_more_queries_for_a_report_that_holds_more(report: Report, count_queries) -> None:
    # 2020 has three times the actions and twice the controls, and lacks some kinds of chapters.
    every_kind = count_queries(lambda: compose(report))
    larger = selectors.report("2020-mars-ks")
    assert larger is not None
    assert count_queries(lambda: compose(larger)) <= every_kind
