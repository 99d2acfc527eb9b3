"""Programs read what their person may read, and report through the same rules as everyone else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from uppsikt.history import selectors as history

ROUND = "/api/rounds/2025-bokslut"


def call(small: SimpleNamespace, who: str, method: str, address: str, data: Any = None) -> tuple[int, Any]:
    client = Client(headers={"authorization": f"Bearer {small.tokens[who]}"} if who else {})
    answer = client.generic(
        method, address, b"" if data is None else __import__("json").dumps(data), "application/json"
    )
    return answer.status_code, answer.json()


def test_without_a_key_nothing_is_told(small: SimpleNamespace) -> None:
    assert call(small, "", "GET", "/api/bodies")[0] == 401


def test_one_sees_one_s_own_bodies(small: SimpleNamespace) -> None:
    assert [row["key"] for row in call(small, "reader", "GET", "/api/bodies")[1]] == ["ks"]
    assert call(small, "stranger", "GET", f"{ROUND}/bodies/ks/goals")[0] == 404


def test_an_outcome_is_reported_judged_and_read_back(small: SimpleNamespace) -> None:
    observation = {"period": "2025", "value": "37.50", "preliminary": True, "source": "Enkät"}
    assert call(small, "controller", "POST", f"{ROUND}/uses/2025-oro/observations", observation) == (
        200,
        {"changed": True},
    )
    assert call(small, "controller", "POST", f"{ROUND}/uses/2025-oro/observations", observation) == (
        200,
        {"changed": False},
    )
    [goal] = call(small, "reader", "GET", f"{ROUND}/bodies/ks/goals")[1]
    [indicator] = goal["indicators"]
    [figure] = indicator["figures"]
    assert (figure["value"], figure["preliminary"], figure["recorded_by"]) == ("37.50", True, "Controller")
    assert (indicator["verdict"], indicator["distance"]) == ("met", "0.50")


def test_a_departure_from_the_rule_needs_its_reason(small: SimpleNamespace) -> None:
    call(
        small, "controller", "POST", f"{ROUND}/uses/2025-oro/observations", {"period": "2025", "value": "40"}
    )
    status, answer = call(small, "controller", "PUT", f"{ROUND}/uses/2025-oro/report", {"reported": "met"})
    assert status == 422
    assert [problem["field"] for problem in answer["problems"]] == ["reason"]
    report = {"reported": "met", "reason": "Inom felmarginalen."}
    assert call(small, "controller", "PUT", f"{ROUND}/uses/2025-oro/report", report)[0] == 200
    figures = call(small, "reader", "GET", f"{ROUND}/bodies/ks/status")[1]
    assert figures["indicators"] == {"total": 1, "met": 0, "not_met": 1, "not_judged": 0, "reported_met": 1}
    assert figures["disagreements"] == [
        {
            "kind": "indicator",
            "key": "oro",
            "rule": "not_met",
            "reported": "met",
            "reason": "Inom felmarginalen.",
        }
    ]


def test_a_status_is_set_on_the_model_s_scale(small: SimpleNamespace) -> None:
    address = f"{ROUND}/assignments/2025-program/status"
    status, answer = call(small, "controller", "PUT", address, {"status": "almost"})
    assert status == 422
    assert "Klart" in answer["problems"][0]["remedy"]
    assert call(small, "controller", "PUT", address, {"status": "done", "comment": "Antaget."})[0] == 200
    assert call(small, "reader", "GET", f"{ROUND}/bodies/ks/status")[1]["assignments"]["by_status"] == {
        "Klart": 1
    }


def test_a_goal_is_assessed_with_a_rationale_where_it_departs(small: SimpleNamespace) -> None:
    call(
        small, "controller", "POST", f"{ROUND}/uses/2025-oro/observations", {"period": "2025", "value": "40"}
    )
    address = f"{ROUND}/goals/trygg/assessment"
    assert call(small, "controller", "PUT", address, {"step": "very_high"})[0] == 422
    assert call(small, "controller", "PUT", address, {"step": "very_high", "rationale": "Ändå."})[0] == 200


@pytest.mark.parametrize(
    ("method", "address", "data"),
    [
        ("POST", "/uses/2025-oro/observations", {"period": "2025", "value": "1"}),
        ("PUT", "/uses/2025-oro/report", {}),
        ("PUT", "/assignments/2025-program/status", {}),
        ("PUT", "/goals/trygg/assessment", {}),
    ],
)
def test_readers_write_nothing_and_strangers_find_nothing(
    small: SimpleNamespace, method: str, address: str, data: Any
) -> None:
    before = history.recent().count()
    assert call(small, "reader", method, ROUND + address, data)[0] == 403
    assert call(small, "stranger", method, ROUND + address, data)[0] == 404
    assert history.recent().count() == before


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"period": "2025-13", "value": "1"}, "period"),
        ({"period": "2025", "value": "ett"}, "value"),
        ({"period": "2025"}, "value"),
        ({"period": "2025", "value": "1", "status": "missing"}, "value"),
        ({"value": "1"}, "data.period"),
    ],
)
def test_what_is_wrong_is_told_by_field_and_nothing_is_written(
    small: SimpleNamespace, data: Any, field: str
) -> None:
    before = history.recent().count()
    status, answer = call(small, "controller", "POST", f"{ROUND}/uses/2025-oro/observations", data)
    assert (status, [problem["field"] for problem in answer["problems"]]) == (422, [field])
    assert history.recent().count() == before


def test_the_nul_character_is_refused_at_the_door(small: SimpleNamespace) -> None:
    """PostgreSQL cannot keep it, and would fall over."""
    address = f"{ROUND}/assignments/2025-program/status"
    status, _answer = call(small, "controller", "PUT", address, {"status": "done", "comment": "a\x00b"})
    assert status == 422
    assert Client().get("/api/rounds/a%00b/bodies/ks/status").status_code == 400
    assert Client().get("/", {"body": "a\x00b"}).status_code == 400


def test_a_group_s_size_is_told_and_hides_what_it_must(small: SimpleNamespace) -> None:
    small.use.indicator.small_group_limit = 10
    small.use.indicator.save()
    address = f"{ROUND}/uses/2025-oro/observations"
    observation = {"period": "2025", "value": "12.5", "group_size": 4}
    assert call(small, "controller", "POST", address, observation)[0] == 200
    assert call(small, "controller", "POST", address, {"period": "2025", "value": "13.5"})[0] == 200
    [goal] = call(small, "reader", "GET", f"{ROUND}/bodies/ks/goals")[1]
    [indicator] = goal["indicators"]
    [figure] = indicator["figures"]
    assert (figure["value"], figure["hidden"], indicator["distance"]) == (None, True, None)
    assert "13" not in indicator["why"]
