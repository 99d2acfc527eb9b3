"""The list of vouchers that an auditor draws from: the ledger that was read then, without personal numbers."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from uppsikt.desk.selectors.lists import voucher_list
from uppsikt.kernel import clock
from uppsikt.kernel.identity import holds_personal
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import selectors as organisation

pytestmark = pytest.mark.django_db


def test_vouchers_are_those_of_the_ledger_that_was_read_then(demo_economy: None) -> None:
    body = organisation.body("ks")
    assert body is not None
    text = voucher_list(body, 2024, None).content.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert len(rows) > 100
    assert not any(holds_personal(row[4]) for row in rows)
    before = dt.datetime(2025, 1, 15, tzinfo=clock.STOCKHOLM)
    with pytest.raises(InputError, match="Ingen huvudbok är vald"):
        voucher_list(body, 2024, before)
