"""The generic table: groups, squares under their columns, sorting by address."""

from __future__ import annotations

from django.http import QueryDict

from uppsikt.web.tables import Cell, Column, Expand, Row, Table, sort_state, with_sorting

COLUMNS = (Column("name", "Namn"), Column("first", "Ett", "num"), Column("second", "Två", "num"))


def table(*rows: Row) -> Table:
    return Table(key="t", caption="Tabell", columns=COLUMNS, rows=rows)


def test_plain_rows_stand_in_one_group() -> None:
    groups = table(Row((Cell("a"),)), Row((Cell("b"),))).groups
    assert [len(group.lines) for group in groups] == [2]


def test_a_tree_row_has_a_group_of_its_own() -> None:
    tree = Row((Cell("b"),), key="b", expand=Expand("?open=b"))
    assert [group.key for group in table(Row((Cell("a"),)), tree, Row((Cell("c"),))).groups] == ["", "b", ""]


def test_a_closed_row_hides_what_it_holds() -> None:
    child = Row((Cell("inne"),), level=1)
    for is_open, count in ((True, 2), (False, 1)):
        tree = Row((Cell("a"),), key="a", expand=Expand("?", is_open), children=(child,))
        assert len(table(tree).group(tree).lines) == count


def test_cells_stand_under_their_columns_past_spans_and_covered_squares() -> None:
    wide = table(Row((Cell("a", colspan=2), Cell("b")))).groups[0].lines[0].squares
    assert [square.column.key for square in wide] == ["name", "second"]
    covered = table(Row((None, Cell("b"), Cell("c")))).groups[0].lines[0].squares
    assert [(square.column.key, square.is_header) for square in covered] == [
        ("first", False),
        ("second", False),
    ]


def test_the_first_cell_is_the_row_header() -> None:
    squares = table(Row((Cell("a"), Cell("1"), Cell("2")))).groups[0].lines[0].squares
    assert [square.is_header for square in squares] == [True, False, False]


def test_sorting_keeps_the_other_parameters_but_not_the_page() -> None:
    columns = with_sorting(COLUMNS, QueryDict("filter=late&page=3"), sortable=("name",))
    assert columns[0].sort is not None
    assert columns[0].sort.href == "?filter=late&sort=name"
    assert columns[1].sort is None


def test_a_second_press_turns_the_order_round() -> None:
    columns = with_sorting(COLUMNS, QueryDict("sort=name"), sortable=("name", "first"))
    assert [(column.sort.href, column.sort.state) for column in columns[:2] if column.sort] == [
        ("?sort=-name", "ascending"),
        ("?sort=first", "none"),
    ]


def test_sort_state_reads_the_minus() -> None:
    assert sort_state(QueryDict("sort=-name")) == ("name", True)
    assert sort_state(QueryDict(""), default="first") == ("first", False)
