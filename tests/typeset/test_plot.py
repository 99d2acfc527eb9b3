"""Where the marks of money's charts stand: steps meet, nothing leaves the drawing, no word covers another."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.typeset.plot import bullet, grouped, waterfall, year
from uppsikt.typeset.plot.parts import NARROW, WIDE, Box, Dot, Line, Plot, Word, even_marks, width_of, wrapped

WIDTHS = [NARROW, 560, WIDE]
amounts = st.decimals(-9_999_999, 9_999_999, places=3)
names = st.lists(
    st.sampled_from(
        [
            "Bidrag",
            "och",
            "köp",
            "lokalförsörjningsverksamhet",
            "bostadsanpassningsbidragshandläggarorganisationen",
            "IT",
        ]
    ),
    min_size=1,
    max_size=9,
).map(" ".join)


def rows(values: st.SearchStrategy[Decimal | None], count: int) -> st.SearchStrategy[list[Decimal | None]]:
    return st.lists(values, min_size=count, max_size=count)


def edges(mark: object) -> tuple[list[Decimal], list[Decimal]]:
    if isinstance(mark, Box):
        return [mark.x, mark.x + mark.width], [mark.y, mark.y + mark.height]
    if isinstance(mark, Line):
        return [x for x, _ in mark.points], [y for _, y in mark.points]
    if isinstance(mark, Dot):
        return [mark.x - 4, mark.x + 4], [mark.y - 4, mark.y + 4]
    assert isinstance(mark, Word)
    return [mark.left, mark.right], [mark.y - 6, mark.y + 6]


def assert_inside(plot: Plot) -> None:
    for mark in plot.marks:
        across, down = edges(mark)
        assert -1 <= min(across) <= max(across) <= plot.width + 1, mark
        assert -3 <= min(down) <= max(down) <= plot.height + 3, mark


def assert_apart(words: Sequence[Word]) -> None:
    for one, other in itertools.combinations(words, 2):
        beside = one.right <= other.left or other.right <= one.left
        assert beside or abs(one.y - other.y) >= 12, (one, other)


def d(*values: str | int) -> list[Decimal]:
    return [Decimal(value) for value in values]


# --- from one total to another -------------------------------------------------------------------------


@given(amounts, st.lists(amounts, max_size=15))
def test_every_step_begins_where_the_last_ended(start: Decimal, steps: list[Decimal]) -> None:
    values = [start, *steps, start + sum(steps, Decimal(0))]
    assert waterfall.difference(values) == 0
    found = waterfall.spans(["x"] * len(values), values)
    assert [span.end - span.start for span in found[1:-1]] == steps
    assert all(after.start == before.end for before, after in itertools.pairwise(found[:-1]))
    assert found[-1].end == found[-2].end


@given(amounts, st.lists(amounts, min_size=1, max_size=15), st.sampled_from(WIDTHS))
def test_bars_meet_in_the_drawing_too(start: Decimal, steps: list[Decimal], width: int) -> None:
    values = [start, *steps, start + sum(steps, Decimal(0))]
    plot = waterfall.plot([str(at) for at in range(len(values))], values, width=width)
    level: Decimal | None = None
    for step, box in zip([s for s in steps if s], [b for b in plot.boxes if b.name == "step"], strict=True):
        begins, ends = (box.x, box.x + box.width) if step > 0 else (box.x + box.width, box.x)
        if level is not None:
            assert abs(begins - level) <= Decimal("1.5")  # the least a bar is drawn with
        level = ends


@settings(max_examples=60)
@given(st.data(), st.sampled_from(WIDTHS))
def test_a_waterfall_keeps_within_its_drawing(data: st.DataObject, width: int) -> None:
    steps = data.draw(st.lists(amounts, max_size=15))
    start = data.draw(amounts)
    labels = [data.draw(names) for _ in range(len(steps) + 2)]
    values = [start, *steps, start + sum(steps, Decimal(0))]
    plot = waterfall.plot(labels, values, decimals=data.draw(st.sampled_from([None, 0, 1])), width=width)
    assert_inside(plot)
    assert_apart(plot.words)


def test_steps_beside_huge_totals_are_seen_and_the_scale_says_so() -> None:
    """Costs of 818 with steps of at most 30: the scale holds what happens and not zero."""
    plot = waterfall.plot(["Budget", "A", "B", "Utfall"], d("-818", "-30", "10", "-838"), width=WIDE)
    assert plot.cut is not None
    assert plot.cut[0] <= -848
    assert -818 < plot.cut[1] < 0
    steps = [box for box in plot.boxes if box.name == "step"]
    assert steps[0].width > plot.width / 8


def test_a_scale_from_zero_says_nothing() -> None:
    assert waterfall.plot(["Budget", "A", "Utfall"], d(10, -8, 2), width=WIDE).cut is None


def test_better_and_worse_differ_by_sign_symbol_and_filling() -> None:
    plot = waterfall.plot(
        ["Budget", "A", "B", "C", "Utfall"], d(10, 4, "-2.25", 0, "11.75"), decimals=1, width=WIDE
    )
    assert [word.text for word in plot.words if word.anchor == "end"] == [
        "10,0",
        "▲ +4,0",
        "▼ −2,3",
        "0,0",
        "11,8",
    ]
    better, worse = (box for box in plot.boxes if box.name == "step")
    assert (better.fill, worse.fill) == ("paper", "bad")


# --- a year --------------------------------------------------------------------------------------------


def a_year(**lines: list[Decimal | None]) -> Plot:
    named = {role: (role.title(), values) for role, values in lines.items()}
    return year.plot([str(at) for at in range(1, 13)], named, decimals=1, width=WIDE)


def test_the_outcome_stops_at_the_cut_off_and_the_forecast_goes_on_from_there() -> None:
    outcome = [*d(*range(10, 90, 10)), None, None, None, None]
    plot = a_year(outcome=outcome, forecast=[*[None] * 11, Decimal("118.25")])
    lines = {mark.name: mark for mark in plot.marks if isinstance(mark, Line) and mark.name}
    assert len(lines["outcome"].points) == 8
    assert lines["forecast"].points[0] == lines["outcome"].points[-1]
    assert len(lines["forecast"].points) == 2
    texts = [word.text for word in plot.words]
    assert "Forecast 118,3" in texts
    assert "Outcome 80,0" in texts


def test_forecasts_of_months_gone_are_not_drawn() -> None:
    outcome = [*d(1, 2, 3), *[None] * 9]
    plot = a_year(outcome=outcome, forecast=d(*range(5, 17)))
    (line,) = (mark for mark in plot.marks if isinstance(mark, Line) and mark.name == "forecast")
    assert len(line.points) == 10


def test_lines_differ_by_dash_and_weight() -> None:
    plot = a_year(outcome=d(*range(12)), budget=d(*range(12)), last_year=d(*range(12)))
    looks = {(mark.dash, mark.weight) for mark in plot.marks if isinstance(mark, Line) and mark.name}
    assert len(looks) == 3


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_runs_through_the_outcome_so_far(width: int) -> None:
    """Last year above the outcome, the budget below, the forecast on between them: all fall from left to right."""
    lines = {
        "outcome": ("Utfall", [*d(*range(-66, -66 * 7, -66)), *[None] * 6]),
        "budget": ("Budget", d(*range(-68, -68 * 13, -68))),
        "forecast": ("Prognos", [*[None] * 11, Decimal(-800)]),
        "last_year": ("Förra året", d(*range(-60, -60 * 13, -60))),
    }
    plot = year.plot([str(at) for at in range(1, 13)], lines, width=width)
    word = next(word for word in plot.words if word.text.endswith("−396"))
    for line in (mark for mark in plot.marks if isinstance(mark, Line) and mark.name):
        for (x1, y1), (x2, y2) in itertools.pairwise(line.points):
            within = [x for x in (word.left, word.x, word.right) if x1 <= x <= x2]
            assert all(abs(y1 + (y2 - y1) * (x - x1) / (x2 - x1) - word.y) > 7 for x in within)


def test_words_stand_in_front_and_the_scale_behind() -> None:
    plot = a_year(outcome=d(*range(12)), budget=d(*range(12)))
    kinds = [type(mark) for mark in plot.marks]
    assert kinds[0] is Line
    assert kinds[kinds.index(Word) :] == [Word] * len(plot.words)


@settings(max_examples=60)
@given(st.data(), st.sampled_from(WIDTHS), st.integers(0, 12))
def test_a_year_keeps_within_its_drawing(data: st.DataObject, width: int, cut_off: int) -> None:
    outcome = [*data.draw(rows(amounts, cut_off)), *[None] * (12 - cut_off)]
    lines = {
        "outcome": ("Utfall 2024", outcome),
        "budget": ("Budget", data.draw(rows(amounts, 12))),
        "forecast": ("Prognos", [*[None] * 11, data.draw(amounts)]),
        "last_year": ("Utfall 2023", data.draw(rows(amounts, 12))),
    }
    plot = year.plot(
        ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        lines,
        decimals=1,
        width=width,
    )
    assert_inside(plot)
    assert_apart(plot.words)


# --- lying bars ----------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.data(), st.sampled_from(WIDTHS), st.integers(1, 9))
def test_bullets_keep_within_their_drawing(data: st.DataObject, width: int, count: int) -> None:
    labels = [data.draw(names) for _ in range(count)]
    some = st.none() | amounts
    measures = {
        role: (name, data.draw(rows(some, count)))
        for role, name in (("budget", "Beslutad budget"), ("outcome", "Utfall"), ("forecast", "Prognos"))
    }
    plot = bullet.plot(labels, measures, decimals=1, width=width)
    assert_inside(plot)
    assert_apart(plot.words)


@settings(max_examples=60)
@given(st.data(), st.sampled_from(WIDTHS), st.integers(1, 7), st.integers(1, 4))
def test_groups_keep_within_their_drawing(data: st.DataObject, width: int, count: int, series: int) -> None:
    labels = [data.draw(names) for _ in range(count)]
    given_series = [(str(2021 + at), data.draw(rows(st.none() | amounts, count))) for at in range(series)]
    plot = grouped.plot(labels, given_series, decimals=1, width=width)
    assert_inside(plot)
    assert_apart(plot.words)


def test_costs_lie_from_the_left_and_the_larger_is_longer() -> None:
    plot = grouped.plot(["A", "B"], [("2024", d(-10, -20))], width=WIDE)
    small, large = (box for box in plot.boxes if box.name == "2024")
    assert small.x == large.x
    assert large.width == 2 * small.width


def test_incomes_and_costs_lie_on_each_side_of_zero() -> None:
    plot = grouped.plot(["A", "B"], [("2024", d(-10, 20))], width=WIDE)
    cost, income = (box for box in plot.boxes if box.name == "2024")
    assert cost.x + cost.width == income.x


def test_the_last_year_is_the_strongest() -> None:
    plot = grouped.plot(["A"], [("2023", d(1)), ("2024", d(2))], width=WIDE)
    assert [box.fill for box in plot.boxes if box.name] == ["tint", "accent"]


def test_planned_is_an_outline_spent_is_filled_and_expected_a_tick() -> None:
    plot = bullet.plot(
        ["A"],
        {"outcome": ("Utfall", d(50)), "forecast": ("Prognos", d(75)), "budget": ("Budget", d(100))},
        width=WIDE,
    )
    budget, outcome = (box for box in plot.boxes if box.name)
    assert (budget.fill, outcome.fill) == ("none", "accent")
    assert budget.width == 2 * outcome.width
    (tick,) = (mark for mark in plot.marks if isinstance(mark, Line) and mark.name == "forecast")
    assert tick.points[0][0] == budget.x + budget.width * 3 / 4


# --- words and scales ----------------------------------------------------------------------------------


@pytest.mark.parametrize("strong", [False, True])
@given(names, st.integers(60, 300))
def test_labels_keep_their_room(strong: bool, text: str, room: int) -> None:
    lines = wrapped(text, Decimal(room), lines=3, strong=strong)
    assert 1 <= len(lines) <= 3
    assert all(width_of(line, strong=strong) <= room for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert " ".join(lines) == text


@given(amounts, amounts)
def test_marks_of_a_scale_are_even_and_within(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    marks = [value for value, _ in even_marks(low, high)]
    assert all(low <= value <= high for value in marks)
    assert len({after - before for before, after in itertools.pairwise(marks)}) <= 1
