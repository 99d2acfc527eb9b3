"""Bodies are renamed and split, units move in mid-year, and roles follow."""

from __future__ import annotations

import datetime as dt

import pytest

from uppsikt.accounts import actions as accounts
from uppsikt.history import selectors as history
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import actions, selectors
from uppsikt.organisation.rules import Permission, Role
from uppsikt.organisation.selectors import Body

pytestmark = pytest.mark.django_db

EARLY, MIDSUMMER, LATE = dt.date(2020, 1, 1), dt.date(2024, 7, 1), dt.date(2024, 12, 31)


def body(key: str, name: str = "") -> Body:
    row, _ = actions.save_body(key=key, kind="committee", by=SYSTEM)
    actions.name_body(body=row, name=name or key, valid_from=EARLY, by=SYSTEM)
    return row


def test_a_renamed_body_keeps_its_key_and_both_names() -> None:
    row = body("un")
    actions.name_body(body=row, name="Skolnämnden", valid_from=EARLY, valid_to=MIDSUMMER, by=SYSTEM)
    actions.name_body(body=row, name="Utbildningsnämnden", valid_from=MIDSUMMER, by=SYSTEM)
    assert selectors.body_name(row, dt.date(2024, 6, 30)) == "Skolnämnden"
    assert selectors.body_names(LATE)["un"] == "Utbildningsnämnden"
    assert [found.name for found in selectors.bodies_on(LATE)] == ["Utbildningsnämnden"]


def test_two_names_at_a_time_are_refused_and_nothing_is_kept() -> None:
    row = body("un", "Skolnämnden")
    with pytest.raises(InputError, match="gäller samtidigt"):
        actions.name_body(body=row, name="Utbildningsnämnden", valid_from=MIDSUMMER, by=SYSTEM)
    assert selectors.body_names(LATE)["un"] == "Skolnämnden"


def test_a_split_body_lives_on_in_its_successors_comparisons() -> None:
    old, first, second = body("bun"), body("fsn"), body("gsn")
    for new in (first, second):
        actions.succeed_body(predecessor=old, successor=new, date=MIDSUMMER, kind="split", by=SYSTEM)
    assert selectors.lineage(first) == ["fsn", "bun"]
    assert selectors.ancestry() == {first.pk: [first.pk, old.pk], second.pk: [second.pk, old.pk]}


def test_a_unit_moves_in_mid_year_with_those_who_report_for_it() -> None:
    before, after = body("ks"), body("kfn")
    actions.place_unit(
        key="kultur", name="Kultur", body=before, parent=None, valid_from=EARLY, valid_to=MIDSUMMER, by=SYSTEM
    )
    actions.place_unit(key="kultur", name="Kultur", body=after, parent=None, valid_from=MIDSUMMER, by=SYSTEM)
    unit = selectors.unit("kultur")
    assert unit is not None
    assert selectors.body_of_unit(unit, dt.date(2024, 6, 30)) == "ks"
    assert selectors.body_of_unit(unit, LATE) == "kfn"
    user, _ = accounts.save_user(key="eva", name="Eva", email="eva@example.org", by=SYSTEM)
    actions.give_role(user=user, role=Role.REPORTER, unit=unit, valid_from=EARLY, by=SYSTEM)
    spring, autumn = selectors.grants(user, dt.date(2024, 3, 1)), selectors.grants(user, dt.date(2024, 9, 1))
    assert spring.allows(Permission.REPORT, body="ks", unit="kultur")
    assert not autumn.allows(Permission.REPORT, body="ks", unit="kultur")
    assert autumn.allows(Permission.REPORT, body="kfn", unit="kultur")


def test_units_stand_as_a_tree() -> None:
    home = body("ks")
    actions.place_unit(key="hr", name="HR", body=home, parent=None, valid_from=EARLY, by=SYSTEM)
    actions.place_unit(
        key="lon", name="Lön", body=home, parent=selectors.unit("hr"), valid_from=EARLY, by=SYSTEM
    )
    assert [(row.key, row.depth) for row in selectors.units_on(LATE, body="ks")] == [("hr", 0), ("lon", 1)]


def test_a_role_ends_but_stays_on_record() -> None:
    user, _ = accounts.save_user(key="eva", name="Eva", email="eva@example.org", by=SYSTEM)
    row, _ = actions.give_role(user=user, role=Role.CONTROLLER, body=body("ks"), valid_from=EARLY, by=SYSTEM)
    assert selectors.grants(user).allows(Permission.PLAN, body="ks")
    actions.end_role(assignment=row, by=SYSTEM)
    assert not selectors.grants(user, dt.date(2030, 1, 1)).anywhere(Permission.READ)
    assert {"role.given", "role.ended"} <= {event.kind for event in history.about("user:eva")}


def test_everything_again_changes_nothing() -> None:
    def everything() -> list[bool]:
        row, made = actions.save_body(key="ks", kind="executive_board", by=SYSTEM)
        user, new = accounts.save_user(key="eva", name="Eva", email="Eva@Example.org", by=SYSTEM)
        return [
            made,
            new,
            actions.save_municipality(key="ek", name="Ekköping", by=SYSTEM)[1],
            actions.name_body(body=row, name="Kommunstyrelsen", valid_from=EARLY, by=SYSTEM)[1],
            actions.place_unit(key="hr", name="HR", body=row, parent=None, valid_from=EARLY, by=SYSTEM)[1],
            actions.give_role(user=user, role=Role.READER, body=row, valid_from=EARLY, by=SYSTEM)[1],
        ]

    assert all(everything())
    count = history.recent().count()
    assert not any(everything())
    assert history.recent().count() == count
