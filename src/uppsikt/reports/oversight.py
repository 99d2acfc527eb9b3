"""What a report reads of all bodies side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.cycle.rules.rounds import seen_on
from uppsikt.cycle.rules.steering import OutlineChapter
from uppsikt.cycle.selectors import Round
from uppsikt.kernel import clock
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import BodyRow
from uppsikt.oversight.rules.board import Standing, worst_first
from uppsikt.oversight.selectors.board import standings

OVERSIGHT = "oversight_table"


@dataclass(frozen=True, slots=True)
class Stood:
    """A body and how it stands in the round."""

    body: BodyRow
    standing: Standing


def read(round_: Round | None, chapters: Sequence[OutlineChapter]) -> tuple[Stood, ...]:
    """Every body that anything is known of, the worst first; nothing is read for a report without the block."""
    asked = any(block.kind == OVERSIGHT for chapter in chapters for block in chapter.blocks)
    if round_ is None or not asked:
        return ()
    judged = standings(round_, seen_on(round_.state, round_.cutoff, clock.today()))
    rows = [
        (worst_first(judged[body.pk], place), Stood(body, judged[body.pk]))
        for place, body in enumerate(organisation.bodies_on(round_.cutoff))
        if body.pk in judged and judged[body.pk].judged
    ]
    return tuple(one for _order, one in sorted(rows, key=lambda row: row[0]))
