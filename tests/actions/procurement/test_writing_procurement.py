"""The registers of procurement: what is refused, what is told in the history, and that no personal number is kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests import build
from tests.procurement_world import BUYER, PERSON, PERSON_TEXT
from uppsikt.history import selectors as history
from uppsikt.kernel.problems import InputError
from uppsikt.procurement import selectors
from uppsikt.procurement.actions import agreements, procurements, settling, suppliers
from uppsikt.procurement.selectors import Agreement, Supplier

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 1, 1)


def supplier(key: str = "alfa", **more: Any) -> Supplier:
    return suppliers.save_supplier(key=key, by=BUYER, **{"name": key.title(), **more})[0]


def agreement(held: Supplier, **more: Any) -> Agreement:
    values = {"key": "avtal", "title": "Avtalet", "supplier": held, "valid_from": DAY, **more}
    return agreements.save_agreement(by=BUYER, **values)[0]


def refused(act: Callable[[], object]) -> set[str]:
    with pytest.raises(InputError) as caught:
        act()
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    return {problem.where.field for problem in caught.value.problems}


def everything_told() -> str:
    return " ".join(
        f"{event.subject} {event.label} {json.dumps(event.data, ensure_ascii=False)}"
        for event in history.recent()
    )


@pytest.mark.parametrize("number", [PERSON, PERSON_TEXT, f"19{PERSON_TEXT}", f"19{PERSON}"])
def test_a_sole_traders_number_is_kept_nowhere(number: str) -> None:
    held, changed = suppliers.save_supplier(key="anna", name="Annas trädgård", org_number=number, by=BUYER)
    assert changed
    assert (held.sole_trader, held.org_number) == (True, "")
    assert "9805" not in json.dumps(list(Supplier.objects.values()), default=str)
    assert "9805" not in everything_told()
    again = suppliers.save_supplier(key="anna", name="Annas trädgård", org_number=number, by=BUYER)
    assert again == (held, False)


def test_a_personal_number_is_refused_in_every_text() -> None:
    held = supplier()
    found = agreement(held)
    text = f"Anna {PERSON_TEXT}"
    assert refused(lambda: supplier("beta", name=text, note=text, exempt=text)) == {"name", "note", "exempt"}
    assert refused(lambda: supplier("beta", codes=f"K1 {PERSON}")) == {"codes"}
    assert refused(lambda: agreement(held, key="b", title=text)) == {"title"}
    assert refused(
        lambda: suppliers.check_supplier(
            supplier=held, date=DAY, kind="skatt", outcome="ok", note=text, by=BUYER
        )
    ) == {"note"}
    assert refused(
        lambda: agreements.follow_up_agreement(agreement=found, date=DAY, finding=text, by=BUYER)
    ) == {"finding"}
    assert refused(
        lambda: settling.handle_purchases(year=2024, supplier=held, category="a", handling=text, by=BUYER)
    ) == {"handling"}
    assert refused(lambda: settling.settle(key="buyer_number", valid_from=DAY, text=PERSON_TEXT, by=BUYER))
    assert "9805" not in everything_told()


def test_a_number_or_a_code_belongs_to_one_supplier() -> None:
    supplier(org_number="165560360793", codes="K1 K2 K1")
    assert selectors.supplier("alfa").code_list == ("K1", "K2")  # type: ignore[union-attr]
    assert refused(lambda: supplier("beta", org_number="556036-0793", codes="K2 K3")) == {
        "org_number",
        "codes",
    }
    assert refused(lambda: supplier("beta", org_number="556036-0794")) == {"org_number"}
    assert refused(lambda: supplier("beta", org_number="hej?")) == {"org_number"}
    assert supplier("beta", org_number="DE 811 234").org_number == "DE 811 234"


def test_nothing_changed_is_no_event() -> None:
    held = supplier(note="Städar")
    found = agreement(held, bodies=[build.body(key="ks")], number="1")
    before = history.recent().count()
    assert suppliers.save_supplier(key="alfa", name="Alfa", note="Städar ", by=BUYER) == (held, False)
    assert agreements.save_agreement(
        key="avtal", title="Avtalet", supplier=held, valid_from=DAY, bodies=found.bodies.all(), number="1", by=BUYER
    )[1] is False  # fmt: skip
    assert history.recent().count() == before


def test_removed_is_put_back_unless_its_place_is_taken() -> None:
    held = supplier(codes="K1")
    found = agreement(held)
    assert refused(lambda: suppliers.remove_supplier(supplier=held, by=BUYER)) == {""}
    assert agreements.remove_agreement(agreement=found, by=BUYER)
    assert suppliers.remove_supplier(supplier=held, by=BUYER)
    assert not suppliers.remove_supplier(supplier=held, by=BUYER)
    assert refused(lambda: agreements.restore_agreement(agreement=found, by=BUYER)) == {"supplier"}
    supplier("beta", codes="K1")
    assert refused(lambda: suppliers.restore_supplier(supplier=held, by=BUYER)) == {"codes"}
    assert held not in selectors.suppliers()


def test_an_agreement_that_cannot_be() -> None:
    held = supplier()
    agreement(held, number="7")
    faults = refused(lambda: agreement(held, key="b", kind="annat", valid_to=dt.date(2023, 1, 1), number="7"))
    assert faults == {"kind", "valid_to", "number"}


def test_whom_an_agreement_holds_for_is_told() -> None:
    board, other = build.body(key="ks"), build.body(key="sn")
    found = agreement(supplier(), bodies=[other, board])
    agreement(found.supplier, bodies=[board])
    assert history.about(selectors.subject(found)).first().data == {"bodies": [["ks", "sn"], ["ks"]]}  # type: ignore[union-attr]
    assert [row.key for row in selectors.agreements(["sn"])] == []
    assert [row.key for row in selectors.agreements(["ks"])] == ["avtal"]


def test_a_procurement_and_what_it_cannot_say() -> None:
    board, held = build.body(key="ks"), supplier()
    found = agreement(held)
    values: dict[str, Any] = {
        "key": "p",
        "title": "Städ",
        "kind": "call_off",
        "body": board,
        "date": DAY,
        "by": BUYER,
    }
    row, changed = procurements.save_procurement(agreement=found, value_ore=5, **values)
    assert (changed, row.supplier) == (True, held)
    assert procurements.save_procurement(agreement=found, value_ore=5, **values)[1] is False
    faults = refused(
        lambda: procurements.save_procurement(
            **values | {"kind": "x"}, value_ore=-1, agreement=found, supplier=supplier("beta"),
            period_from=DAY, period_to=dt.date(2023, 1, 1),
        )
    )  # fmt: skip
    assert faults == {"kind", "value_ore", "agreement", "period_to"}
    assert procurements.remove_procurement(procurement=row, by=BUYER)
    assert not selectors.procurements().exists()
    assert procurements.restore_procurement(procurement=row, by=BUYER)


def test_checks_and_follow_ups_are_corrected_by_a_new_row() -> None:
    held = supplier()
    values: dict[str, Any] = {"supplier": held, "date": DAY, "kind": "Skatteskuld", "by": BUYER}
    assert refused(lambda: suppliers.check_supplier(**values, outcome="remark")) == {"note"}
    assert refused(lambda: suppliers.check_supplier(**values, outcome="kanske")) == {"outcome"}
    assert refused(
        lambda: suppliers.check_supplier(**values | {"date": dt.date(2090, 1, 1)}, outcome="ok")
    ) == {"date"}
    assert suppliers.check_supplier(**values, outcome="ok")[1]
    assert suppliers.check_supplier(**values, outcome="remark", note="Restförd")[1]
    assert not suppliers.check_supplier(**values, outcome="remark", note="Restförd")[1]
    assert [row.outcome for row in selectors.checks(held)] == ["remark"]
    found = agreement(held)
    told: dict[str, Any] = {"agreement": found, "date": DAY, "finding": "Fel pris", "by": BUYER}
    assert refused(lambda: agreements.follow_up_agreement(**told, recovered_ore=-1)) == {"recovered"}
    assert agreements.follow_up_agreement(**told, recovered_ore=100)[1]
    assert not agreements.follow_up_agreement(**told, recovered_ore=100)[1]
    assert agreements.follow_up_agreement(**told, recovered_ore=200)[1]
    assert [row.recovered_ore for row in selectors.follow_ups(found)] == [200]


def test_limits_are_settled_by_date() -> None:
    later = dt.date(2025, 1, 1)
    settling.settle(key="direct", valid_from=DAY, amount_ore=700, by=BUYER)
    row, _ = settling.settle(
        key="direct", valid_from=later, amount_ore=1200, source="Riktlinjer § 4", by=BUYER
    )
    assert not settling.settle(key="direct", valid_from=DAY, amount_ore=700, by=BUYER)[1]
    assert selectors.limits(dt.date(2024, 12, 31)).rows[0].amount_ore == 700
    assert selectors.limits(later).rows[0].amount_ore == 1200
    assert settling.unsettle(row=row, by=BUYER)
    assert selectors.limits(later).rows[0].amount_ore == 700
    assert refused(lambda: settling.settle(key="direct", valid_from=DAY, percent=Decimal(5), by=BUYER))
    assert refused(lambda: settling.settle(key="direct", valid_from=DAY, by=BUYER)) == {"amount_ore"}
    assert refused(
        lambda: settling.settle(key="compliance_good", valid_from=DAY, percent=Decimal(101), by=BUYER)
    ) == {"percent"}
    assert refused(lambda: settling.settle(key="okänd", valid_from=DAY, text="a", by=BUYER)) == {"key"}
