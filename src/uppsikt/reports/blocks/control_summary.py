"""The summary assessment of internal control, what it rests on, and why it was set so.

Options: figures (false leaves out the counts).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.kernel.numbers import count_of
from uppsikt.reports.composition import Composition
from uppsikt.texts.rules import from_plain
from uppsikt.typeset.payload import Block, KeyFigure


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """The assessment as set (with the rule's proposal where it differs), its rationale, and the counts behind it."""
    view = c.control.summary
    if view is None or not c.reporting:
        return []
    blocks: list[Block] = []
    if view.step is not None:
        proposal = (
            f"Regeln föreslog {view.proposal.step.label}: {view.proposal.reason}"
            if view.proposal and view.departs
            else None
        )
        blocks.append(
            {
                "kind": "fulfilment",
                "symbol": view.step.symbol,  # type: ignore[typeddict-item]
                "colour": view.step.colour,  # type: ignore[typeddict-item]
                "label": view.step.label,
                "long": view.step.long,
                "proposal": proposal,
            }
        )
    if view.rationale:
        blocks += c.text(c.key("rationale"), from_plain(view.rationale))
    if options.get("figures", True) and not view.known.is_empty:
        blocks.append({"kind": "key_figures", "items": _figures(c)})
    return blocks


def _figures(c: Composition) -> list[KeyFigure]:
    assert c.control.summary is not None
    known, at = c.control.summary.known, c.control.href
    counted = [
        ("Kontroller gjorda", known.made, known.due),
        ("Godkända", known.approved, known.made),
        ("Åtgärder klara", known.done, known.actions),
    ]
    items: list[KeyFigure] = []
    for label, part, whole in counted:
        if whole:
            text = count_of(part, whole)
            formula = f"{part} av de {whole} som står i registret vid tillfället"
            items.append({"label": label, "text": text, "origin": _origin(c, label, text, formula, at)})
    if known.open:
        text = str(known.open)
        formula = "brister vars nya test inte har godkänts"
        items.append(
            {
                "label": "Öppna brister",
                "text": text,
                "origin": _origin(c, "Öppna brister", text, formula, at),
            }
        )
    return items


def _origin(c: Composition, label: str, text: str, formula: str, href: str) -> str:
    return c.origins.add(label, text, source="Registret över intern kontroll", formula=formula, href=href)
