"""An economy model document: what is wrong with it is said, all at once, with its place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from uppsikt.economy.rules.document import parse

SOUND: dict[str, Any] = {
    "name": "m",
    "dimensions": [{"key": "cost_centre", "label": "Ansvar", "sie": [1]}],
    "lines": [
        {"key": "result", "label": "Resultat"},
        {"key": "costs", "label": "Kostnader", "parent": "result", "accounts": ["4"]},
    ],
    "tables": [
        {
            "key": "t",
            "title": "T",
            "columns": [
                {"key": "a", "label": "A", "measure": "outcome"},
                {"key": "b", "label": "B", "measure": "budget"},
                {"key": "v", "label": "V", "difference": ["a", "b"]},
            ],
            "rows": [{"label": "Rad", "scope": {"line": "costs"}}],
        }
    ],
}


def test_a_sound_document_has_no_faults() -> None:
    model, problems = parse(SOUND)
    assert problems == []
    assert model is not None
    assert model.sie_dimensions == {1: "cost_centre"}


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    document = deepcopy(SOUND)
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


FAULTS: list[tuple[list[Any], Any, str]] = [
    (["name"], "", "inget namn"),
    (["nonsense"], [], "Okänd del"),
    (["dimensions", 0, "key"], "kst", "kst"),
    (["lines", 1, "parent"], "nowhere", "nowhere"),
    (["lines", 0, "accounts"], ["3"], "egna konton"),
    (["lines", 0, "parent"], "costs", "sin egen överordnade"),
    (["lines", 1, "key"], "result", "flera gånger"),
    (["tables", 0, "unit"], "euro", "euro"),
    (["tables", 0, "source"], "guess", "guess"),
    (["tables", 0, "columns", 2, "difference"], ["a"], "två kolumner"),
    (["tables", 0, "columns", 2, "difference"], ["a", "x"], "”x”"),
    (["tables", 0, "columns", 0, "measure"], "wish", "wish"),
    (["tables", 0, "columns", 0, "measure"], "", "precis ett innehåll"),
    (["tables", 0, "rows", 0, "scope"], {"line": "nope"}, "nope"),
    (["tables", 0, "rows", 0, "role"], "hero", "hero"),
    (["tables", 0, "rows", 0, "sum"], ["r9"], "r9"),
    (["tables", 0, "rows", 0, "decimals"], {"a": 12}, "decimaler"),
    (["tables", 0, "commented"], "z", "”z”"),
    (["threshold"], {"amount": -1}, "negativ"),
    (["financial_goals"], [{"key": "g", "label": "G", "line": "nope", "per": "costs", "target": 1}], "nope"),
]


@pytest.mark.parametrize(("path", "value", "said"), FAULTS, ids=[f"{p[-1]}={v}"[:50] for p, v, _s in FAULTS])
def test_a_fault_is_named_with_its_place(path: list[Any], value: Any, said: str) -> None:
    model, problems = parse(changed(path, value))
    assert model is None
    assert any(said in str(problem) for problem in problems), [str(problem) for problem in problems]


def test_all_faults_are_said_at_once() -> None:
    document = changed(["lines", 1, "parent"], "nowhere")
    document["tables"][0]["unit"] = "euro"
    _model, problems = parse(document)
    assert len(problems) == 2
