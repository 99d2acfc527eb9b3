"""Every kind of event can be told, and every kind is told by somebody."""

from __future__ import annotations

import ast

from tests.architecture.source import files, tree
from uppsikt.history.events import EventKind
from uppsikt.history.presenters import PRESENTERS


def test_every_event_has_a_presenter() -> None:
    assert set(EventKind) == set(PRESENTERS)


def test_every_sentence_takes_a_name() -> None:
    assert [kind for kind in EventKind if "Örby" not in PRESENTERS[kind].text("Örby")] == []


def test_only_actions_record() -> None:
    """History is written in the same function as the change, and changes are made by actions."""
    elsewhere = [
        str(path)
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "uppsikt.history.actions"
        and path.stem != "actions"
        and "actions" not in path.parts
    ]
    assert elsewhere == []
