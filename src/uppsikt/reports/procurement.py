"""What a report reads of purchases: what was bought as the round sees it, and the register of procurements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from uppsikt.cycle.rules.steering import OutlineChapter
from uppsikt.cycle.selectors import Round
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.procurement import selectors
from uppsikt.procurement.selectors import Procurement
from uppsikt.procurement.selectors.spend import Buying, buying

SUPPLIERS, COMPLIANCE, PROCUREMENTS = "supplier_table", "compliance_table", "procurement_table"
KINDS = frozenset({SUPPLIERS, COMPLIANCE, PROCUREMENTS})


@dataclass(frozen=True)
class Purchases:
    """Purchases as the report's blocks read them: of the whole municipality, and of the body alone.

    Args: names: of bodies, by key. procurements: those of the round's year up to its cut-off, the latest first.
    """

    whole: Buying | None = None
    own: Buying | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    procurements: Sequence[Procurement] = ()


def read(body: Body, round_: Round | None, chapters: Sequence[OutlineChapter]) -> Purchases:
    """What the blocks of these chapters need; nothing is read for a report without any of them."""
    asked = {block.kind for chapter in chapters for block in chapter.blocks} & KINDS
    if round_ is None or not asked:
        return Purchases()
    found = selectors.procurements().filter(date__year=round_.year_id, date__lte=round_.cutoff)
    return Purchases(
        whole=buying(round_),
        own=buying(round_, bodies=[body.key]),
        names=organisation.body_names(round_.cutoff),
        procurements=list(found.select_related("body", "unit", "supplier", "agreement")),
    )
