"""One Swedish word, one English name: models against the glossary (docs/glossary.md)."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import ROOT
from tests.architecture.test_relations import own_models

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip()[1:-1].split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("|") and not set(line) <= set("|- :")
]


def declared() -> list[type]:
    return [model for model in own_models() if not model._meta.auto_created]


def test_every_model_has_a_docstring_of_its_own() -> None:
    # Django writes "Name(id, field, …)" where the author wrote nothing.
    silent = [
        model.__name__ for model in declared() if (model.__doc__ or "").startswith(f"{model.__name__}(")
    ]
    assert silent == []


def test_every_model_has_a_swedish_name() -> None:
    # Django makes "body name" of BodyName where the author wrote nothing.
    unnamed = [
        model.__name__
        for model in declared()
        if str(model._meta.verbose_name) == re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()
        and str(model._meta.verbose_name) not in {"plan", "risk", "text"}  # the same word in both languages
    ]
    assert unnamed == []


def test_every_model_stands_in_the_glossary() -> None:
    """The table is written by docs/generate.py; a stale one is refused here and by bin/check."""
    named = set(re.findall(r"^\| `([a-z]+\.[A-Z][A-Za-z]+)` \|", GLOSSARY, re.MULTILINE))
    assert named == {model._meta.label for model in declared()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_rows_are_whole(row: list[str]) -> None:
    assert len(row) == 3


def test_no_term_is_explained_twice() -> None:
    terms = [row[0] for row in ROWS if row[0] not in {"Swedish", "Table"}]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []
