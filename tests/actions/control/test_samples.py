"""Drawing a sample, judging its rows, and what that gives the control's result."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from types import SimpleNamespace
from typing import Any

import pytest

from tests.samples_world import CLERK, INVOICES, control_world, draw, invoices, judge, workbook
from uppsikt.control.actions import controls, results, samples
from uppsikt.control.rules.figures import PartInput
from uppsikt.control.selectors import ControlResult, ResultPart, SampleDraw, SampleItem, SampleVerdict
from uppsikt.control.selectors import samples as reading
from uppsikt.files import selectors as files
from uppsikt.files.rules import Sent
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world() -> SimpleNamespace:
    return control_world()


def rows(found: SampleDraw) -> list[int]:
    return [one.item.row for one in reading.judged_items(found)]


def items(found: SampleDraw) -> list[SampleItem]:
    return [one.item for one in reading.judged_items(found)]


def test_a_draw_can_be_redone_from_the_stored_file_alone(world: SimpleNamespace) -> None:
    found = draw(world, size=6)
    text = files.content(found.file).decode()
    listed = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    order = sorted(
        range(1, len(listed) + 1), key=lambda n: hashlib.sha256(f"{found.seed}:{n}".encode()).hexdigest()
    )
    assert rows(found) == sorted(order[:6])
    assert {one.row: one.values for one in items(found)} == {n: listed[n - 1] for n in order[:6]}
    assert found.file.digest == hashlib.sha256(INVOICES.encode()).hexdigest()
    assert (found.population, found.size, found.method, found.columns) == (
        40, 6, "sha256-1", ["Faktura", "Leverantör", "Belopp"],
    )  # fmt: skip
    assert (found.drawn_by_key, found.drawn_at) == ("lo", clock.now())


def test_the_same_again_gives_the_same_rows_and_more_keeps_those_there_are(world: SimpleNamespace) -> None:
    first, again, larger = draw(world), draw(world), draw(world, size=12)
    assert rows(first) == rows(again)
    assert set(rows(first)) < set(rows(larger))
    assert rows(draw(world, seed="en annan")) != rows(first)


def test_only_the_drawn_rows_are_kept_as_values(world: SimpleNamespace) -> None:
    draw(world, size=3)
    assert SampleItem.objects.count() == 3


def test_a_seed_is_made_when_none_is_given_and_never_the_same(world: SimpleNamespace) -> None:
    seeds = {draw(world, seed="  ").seed for _time in range(3)}
    assert len(seeds) == 3
    assert all(len(seed) == 16 for seed in seeds)


def test_a_workbook_gives_the_same_rows_as_the_same_list_in_csv(world: SimpleNamespace) -> None:
    lines = [line.split(";") for line in INVOICES.splitlines()]
    content = workbook({(r, c): cell for r, line in enumerate(lines) for c, cell in enumerate(line)})
    found = samples.draw_sample(
        body=world.body, file=Sent("fakturor.xlsx", content), size=5, seed="host-2025", by=CLERK
    )
    assert [one.values for one in items(found)] == [one.values for one in items(draw(world))]


def test_the_draw_is_told_in_the_history_with_what_it_takes_to_redo_it(world: SimpleNamespace) -> None:
    found = draw(world)
    event = history.about(f"sample:{found.pk}").get()
    assert event.kind == EventKind.SAMPLE_DRAWN.value
    assert event.body_key == "gn"
    assert event.data == {
        "file": found.file.digest, "population": 40, "size": 5, "seed": "host-2025", "method": "sha256-1", "measure": "ratt",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"size": 41}, ["size"]),
        ({"size": 0, "seed": "x" * 101}, ["seed", "size"]),
        ({"measure": "annat"}, ["measure"]),
        ({"size": 0, "measure": "annat"}, ["size", "measure"]),
    ],
)
def test_what_cannot_be_drawn_is_refused_whole(
    world: SimpleNamespace, more: dict[str, Any], fields: list[str]
) -> None:
    before = history.last_sequence()
    with pytest.raises(InputError) as caught:
        draw(world, **more)
    assert [problem.where.field for problem in caught.value.problems] == fields
    assert not SampleDraw.objects.exists()
    assert history.last_sequence() == before


def test_another_body_s_occasion_is_refused(world: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="annat organ"):
        samples.draw_sample(occasion=world.occasion, body=world.other, file=invoices(), size=1, by=CLERK)


def test_judging_a_row_is_kept_and_can_be_read_back(world: SimpleNamespace) -> None:
    found = draw(world)
    first = items(found)[0]
    row, changed = samples.judge_item(
        item=first, faulty=True, faults=[" fel  moms ", "fel moms", ""], comment=" Ska vara 6 %. ", by=CLERK
    )
    assert changed
    assert (row.faulty, row.faults, row.comment) == (True, ["fel moms"], "Ska vara 6 %.")
    told = history.last_sequence()
    same, changed = samples.judge_item(
        item=first, faulty=True, faults=["fel moms"], comment="Ska vara 6 %.", by=CLERK
    )
    assert (same.pk, changed, history.last_sequence()) == (row.pk, False, told)
    judge(first)
    assert SampleVerdict.objects.filter(item=first).count() == 2
    assert not reading.judged_items(found)[0].verdict.faulty  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("faulty", "faults"), [(False, ["moms"]), (True, ["x" * 101]), (True, [str(n) for n in range(11)])]
)
def test_what_contradicts_itself_is_refused(world: SimpleNamespace, faulty: bool, faults: list[str]) -> None:
    item = items(draw(world))[0]
    with pytest.raises(InputError) as caught:
        samples.judge_item(item=item, faulty=faulty, faults=faults, by=CLERK)
    assert [problem.where.field for problem in caught.value.problems] == ["faults"]


def test_a_finished_draw_gives_the_result_its_counts(world: SimpleNamespace) -> None:
    """Five drawn, two faulty: 60 % right. One has both faults: moms twice, datum once."""
    found = draw(world)
    first, second, *others = items(found)
    judge(first, "moms", "datum")
    judge(second, "moms")
    for item in others[:-1]:
        judge(item)
    assert reading.proposed_parts(world.occasion) == {}
    with pytest.raises(InputError, match="Granska alla dragna rader"):
        samples.fill_result(occasion=world.occasion, by=CLERK)
    judge(others[-1])
    counts = reading.counts_for([found])[found.pk]
    assert (counts.checked, counts.faulty, counts.faults) == (5, 2, (("moms", 2), ("datum", 1)))
    faults = [{"kind": "moms", "count": 2}, {"kind": "datum", "count": 1}]
    assert reading.proposed_parts(world.occasion) == {"ratt": PartInput(checked=5, faulty=2, faults=faults)}
    result, changed = samples.fill_result(occasion=world.occasion, by=CLERK)
    part = ResultPart.objects.get()
    assert (changed, part.measure, part.checked, part.faulty, part.faults) == (True, "ratt", 5, 2, faults)
    assert (result.performed_on, result.performed_by) == (clock.today(), "Lo Handläggare")
    assert not samples.fill_result(occasion=world.occasion, by=CLERK)[1]


def test_putting_in_the_counts_leaves_what_has_been_said(world: SimpleNamespace) -> None:
    results.report_result(occasion=world.occasion, comment="Ny rutin från mars.", by=CLERK)
    for item in items(draw(world)):
        judge(item)
    samples.fill_result(occasion=world.occasion, by=CLERK)
    assert ControlResult.objects.all().current().get().comment == "Ny rutin från mars."


def test_several_finished_draws_are_added_up(world: SimpleNamespace) -> None:
    """Five with one faulty and three with two faulty: eight and three, not an average."""
    for size, faulty, measure in ((5, 1, "ratt"), (3, 2, "")):
        for place, item in enumerate(items(draw(world, size=size, seed=f"fro {size}", measure=measure))):
            judge(item, *(["moms"] if place < faulty else []))
    part = reading.proposed_parts(world.occasion)["ratt"]
    assert (part.checked, part.faulty, part.faults) == (8, 3, [{"kind": "moms", "count": 3}])


def test_a_draw_without_measure_is_for_the_only_one_there_is(world: SimpleNamespace) -> None:
    for item in items(draw(world, measure="")):
        judge(item)
    assert set(reading.proposed_parts(world.occasion)) == {"ratt"}
    controls.save_measure(control=world.control, key="i-tid", label="I tid", kind="sample", by=CLERK)
    assert reading.proposed_parts(world.occasion) == {}


def test_a_removed_draw_counts_for_nothing_but_is_seen_beside_the_next(world: SimpleNamespace) -> None:
    first = draw(world)
    for item in items(first):
        judge(item)
    assert samples.remove_sample(draw=first, by=CLERK)
    assert not samples.remove_sample(draw=first, by=CLERK)
    assert reading.proposed_parts(world.occasion) == {}
    assert list(reading.draws(occasions=[world.occasion.pk])) == []
    with pytest.raises(InputError, match="borttaget"):
        judge(SampleItem.objects.select_related("draw").first())  # type: ignore[arg-type]
    assert reading.same_list(draw(world, seed="bättre lycka")) == [first]
    assert samples.restore_sample(draw=first, by=CLERK)
    assert set(reading.proposed_parts(world.occasion)) == set()  # the second draw is not finished


def test_an_auditor_draws_for_a_body_without_an_occasion(world: SimpleNamespace) -> None:
    found = samples.draw_sample(body=world.body, file=invoices(), size=4, seed="rev", by=CLERK)
    assert found.occasion is None
    assert list(reading.draws(bodies=["gn"])) == [found]
    assert list(reading.draws(bodies=["fn"])) == []


def test_what_stood_at_a_moment(world: SimpleNamespace) -> None:
    found = draw(world)
    moment = clock.now()
    with clock.frozen(moment + dt.timedelta(hours=1)):
        judge(items(found)[0], "moms")
        samples.remove_sample(draw=found, by=CLERK)
    assert list(reading.draws(moment=moment)) == [found]
    assert reading.counts_for([found], moment)[found.pk].checked == 0
    assert reading.counts_for([found])[found.pk].checked == 1
    assert list(reading.draws()) == []


def test_counts_of_many_draws_take_one_query(world: SimpleNamespace, count_queries: Any) -> None:
    found = [draw(world, seed=str(number)) for number in range(6)]
    assert count_queries(lambda: reading.counts_for(found)) == 1


def test_rows_judged_anew_change_the_result_when_the_counts_are_put_in_again(world: SimpleNamespace) -> None:
    """Nobody set the first judgement: the limits did, and they go on doing so."""
    items = [one.item for one in reading.judged_items(draw(world))]
    for item in items:
        judge(item)
    assert samples.fill_result(occasion=world.occasion, by=CLERK)[0].judgement == "approved"
    for item in items[:2]:
        judge(item, "moms")
    assert samples.fill_result(occasion=world.occasion, by=CLERK)[0].judgement == "failed"
