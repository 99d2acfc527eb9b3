"""What a report reads of the economy: the tables its blocks name, where their figures come from, what is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from uppsikt.cycle.rules.steering import OutlineChapter
from uppsikt.cycle.selectors import Round
from uppsikt.economy.pages import links
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.rules.tables import Table
from uppsikt.economy.selectors import forecasts, origins, variances
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors import tables as statements
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.origins import OriginFacts
from uppsikt.economy.selectors.through_year import ThroughYear, through_year
from uppsikt.investments.selectors import tables as investments
from uppsikt.organisation.selectors import Body
from uppsikt.reports.gaps import Gap
from uppsikt.texts.rules import Node

TABLE, CHART, COMMENTS = "economy_table", "economy_chart", "variance_comments"
KINDS = (TABLE, CHART, COMMENTS)
YEAR = "year"
"""The chart that is not of a table: outcome, budget and forecast through the year."""

Follow = Callable[[Table, str, str], OriginFacts]


@dataclass(frozen=True)
class Economy:
    """The economy as the report's blocks read it.

    Args:
        tables: by key. titles: of every table there is, by key. follow: where a figure comes from.
        addresses: of each table's page. comments: what explains a row's variance, by table and row.
        year: the body's whole year month by month, when a block draws it. ledger: the file that outcomes are from.
    """

    tables: Mapping[str, Table] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    follow: Follow | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[tuple[str, str], list[Node]] = field(default_factory=dict)
    year: ThroughYear | None = None
    ledger: str = ""


def choices(year: int) -> tuple[tuple[str, str], ...]:
    """The tables a block may show in a year, as key and title; nothing without an economy model."""
    try:
        model = economy_models.model_for(year)
    except LookupError:
        return ()
    return tuple((spec.key, spec.title) for spec in model.tables)


def read(body: Body, round_: Round | None, chapters: Sequence[OutlineChapter]) -> Economy:
    """What the blocks of these chapters need; nothing is read for a report without any of them."""
    asked = [block for chapter in chapters for block in chapter.blocks if block.kind in KINDS]
    if round_ is None or not asked:
        return Economy()
    try:
        model = economy_models.model_for(round_.year_id)
    except LookupError:
        return Economy()
    wanted = dict.fromkeys(str(block.options.get("table", "")) for block in asked)
    if any(block.kind == COMMENTS and not block.options.get("table") for block in asked):
        wanted |= dict.fromkeys(spec.key for spec in model.tables if spec.commented)
    own, whole = Reading(round_, body, model), Reading(round_, None, model)
    told, told_whole = origins.Origins(own), origins.Origins(whole)
    made = dict(_made(wanted, model, own, whole))
    view = own.ledger if made else None

    def follow(table: Table, row: str, column: str) -> OriginFacts:
        return (told_whole if table.spec.whole else told).of(table, row, column)

    return Economy(
        tables=made,
        titles={spec.key: spec.title for spec in model.tables},
        follow=follow,
        addresses={key: _address(table, round_, body) for key, table in made.items()},
        comments=variances.comments(body, round_),
        year=through_year(own) if any(b.options.get("table") == YEAR for b in asked) else None,
        ledger=f"huvudboken {view.load.name}" if view else "",
    )


def _made(
    wanted: Iterable[str], model: EconomyModel, own: Reading, whole: Reading
) -> Iterable[tuple[str, Table]]:
    for key in wanted:
        spec = model.table(key)
        if spec is None or (spec.round_kinds and own.round.kind not in spec.round_kinds):
            continue
        if spec.source == "projects":
            yield key, investments.compose_table(own.body, own.round, key)
        else:
            yield key, statements.made(spec, whole if spec.whole else own)


def _address(table: Table, round_: Round, body: Body) -> str:
    shown = None if table.spec.whole else body
    if table.spec.source == "projects":
        return links.with_query(
            reverse("investments:table", args=[table.spec.key]), links.place(round_, shown)
        )
    return links.table(table.spec.key, round_, shown)


def gaps(economy: Economy, body: Body, round_: Round | None) -> list[Gap]:
    """What the report's economy lacks: a ledger to read, explanations of large variances, forecasts of lines."""
    statements_ = [table for table in economy.tables.values() if table.spec.source == "statement"]
    if round_ is None or not statements_:
        return []
    place = links.place(round_, body)
    if not economy.ledger:
        text = "Uppföljningen har ingen huvudbok vald, så utfallen är tomma."
        return [Gap("ledger", text, href=links.with_query(reverse("economy:ledger"), place))]
    found = [
        Gap(
            "variance",
            f"{row.label}, {table.spec.title.lower()}",
            href=links.variance(table.spec.key, row.key, round_, body),
        )
        for table in statements_
        for row in table.rows
        if any(cell.over for cell in row.cells) and (table.spec.key, row.key) not in economy.comments
    ]
    asks_forecast = any(column.measure == "forecast" for table in statements_ for column in table.columns)
    if asks_forecast and (unset := forecasts.missing_forecasts(body, round_)):
        text = f"{len(unset)} rader saknar prognos" if len(unset) > 1 else "En rad saknar prognos"
        found.append(Gap("forecast", text, href=links.with_query(reverse("economy:forecast"), place)))
    return found
