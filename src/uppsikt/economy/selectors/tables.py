"""Finished tables of a body in a round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.coding import ALL
from uppsikt.economy.rules.financial_goals import judgement_words, target_words
from uppsikt.economy.rules.model import Column, EconomyModel, RowSpec, TableSpec
from uppsikt.economy.rules.tables import Answers, Ask, Setting, Table, asks, compose, expanded, pruned
from uppsikt.economy.selectors import budget, registers
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors.answers import Reading, answers
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors as planning

OWN = ("statement", "register", "financial_goals")
"""The sources this package answers for; projects are answered for by the package above."""


def specs(model: EconomyModel, round_: Round, *, whole: bool | None = None) -> list[TableSpec]:
    """The tables of the model that this package makes and that belong to the round.

    Args: whole: only those about the whole municipality (True), or only those about a body (False).
    """
    return [
        spec
        for spec in model.tables
        if spec.source in OWN
        and (not spec.round_kinds or round_.kind in spec.round_kinds)
        and (whole is None or spec.whole == whole)
    ]


def table(body: Body | None, round_: Round, key: str) -> Table:
    """One table. Raises: LookupError when the year's model has no such table, or there is no model."""
    model = economy_models.model_for(round_.year_id)
    spec = model.table(key)
    if spec is None or spec.source not in OWN:
        raise LookupError(f"no table {key!r}")
    return made(spec, Reading(round_, None if spec.whole else body, model))


def made(spec: TableSpec, reading: Reading) -> Table:
    """A table from what has been read already."""
    setting = setting_of(reading)
    ready = expanded(_with_goals(spec, reading.model), lambda row: list(nodes(row, reading)), setting)
    found = dict(answers(asks(ready), reading, ALL if spec.whole else ""))
    if spec.source == "statement":
        ready = pruned(ready, found)
    elif spec.source == "financial_goals":
        found = _shares(ready, found, reading)
    texts = _texts(ready, found, reading)
    return compose(ready, found, replace(setting, texts=texts, notes=_notes(ready, reading)))


def setting_of(reading: Reading) -> Setting:
    """The year, the month and the threshold a table is made for."""
    return Setting(reading.year, reading.round.cutoff.month, reading.model.threshold)


def nodes(row: RowSpec, reading: Reading) -> Iterator[tuple[Mapping[str, str], str]]:
    """What a row with `each` becomes: the nodes of an axis with their names, in the municipality's order."""
    coding = reading.coding(reading.year)
    if row.each == "item":
        yield from _items(row, reading)
    elif row.each == "body":
        for each in organisation.bodies_on(reading.round.cutoff):
            if coding.under("place", f"body:{each.key}"):
                yield {"body": each.key}, each.name
    elif row.each == "unit":
        under = coding.under("place", row.under or reading.place)
        for unit in organisation.units_on(reading.round.cutoff):
            if f"unit:{unit.key}" in coding.children["place"].get(row.under or reading.place, ()) or (
                not row.under and unit.depth == 0 and f"unit:{unit.key}" in under
            ):
                yield {"unit": unit.key}, unit.name
    else:
        axis = row.each
        children = coding.children.get(axis, {})
        for node in children.get(row.under, ()) if row.under else _tops(coding.below[axis], children):
            yield {axis: node}, coding.name(axis, node)


def _tops(below: Mapping[str, frozenset[str]], children: Mapping[str, Sequence[str]]) -> list[str]:
    held = {child for listed in children.values() for child in listed}
    return [node for node in below if node != ALL and node not in held]


def _items(row: RowSpec, reading: Reading) -> Iterator[tuple[Mapping[str, str], str]]:
    listed = list(registers.items(row.scope.get("register", ""), reading.year, reading.body))
    listed.sort(key=lambda item: (item.position, item.key))
    for group, rows in groupby(listed, key=lambda item: item.group):
        if row.under and group != row.under:
            continue
        if group and not row.under:
            yield {}, group
        for item in rows:
            yield {"item": item.key}, item.name


def _texts(spec: TableSpec, found: Answers, reading: Reading) -> dict[tuple[str, str], str]:
    """Facts in words: the goal that an item serves; what a financial goal asks and whether it is reached."""
    if not any(column.text for column in spec.columns):
        return {}
    texts: dict[tuple[str, str], str] = {}
    listed = {item.key: item for item in registers.items("", reading.year, reading.body)}
    served = {item.goal for item in listed.values() if item.goal}
    names = dict(planning.goals().filter(key__in=served).values_list("key", "name")) if served else {}
    for row in spec.rows:
        item = listed.get(row.scope.get("item", ""))
        if item is not None:
            texts[row.key, "goal"] = names.get(item.goal, item.goal)
            texts[row.key, "group"] = item.group
    return texts | _goal_texts(spec, found, reading)


# ---------------------------------------------------------------- financial goals


def _with_goals(spec: TableSpec, model: EconomyModel) -> TableSpec:
    """A table of financial goals has a row for each of the model's goals."""
    if spec.source != "financial_goals":
        return spec
    rows = tuple(
        RowSpec(
            label=goal.label,
            key=goal.key,
            scope={"goal": goal.key, "line": goal.line},
            decimals={column.key: goal.decimals for column in spec.columns if column.measure},
        )
        for goal in model.financial_goals
    )
    columns = tuple(replace(column, unit="procent") if column.measure else column for column in spec.columns)
    return replace(spec, rows=rows, columns=columns)


def _shares(
    spec: TableSpec, found: dict[Ask, int | Decimal | None], reading: Reading
) -> dict[Ask, int | Decimal | None]:
    """Each goal's line as a share, in percent, of the line it is measured against (the amount without its sign)."""
    goals = {goal.key: goal for goal in reading.model.financial_goals}
    bases = {
        ask: replace(
            ask, scope=tuple(sorted({**dict(ask.scope), "line": goals[ask.node("goal")].per}.items()))
        )
        for ask in found
        if ask.node("goal") in goals
    }
    told = answers(bases.values(), reading, ALL if spec.whole else "")
    shares: dict[Ask, int | Decimal | None] = {}
    for ask, amount in found.items():
        base = told.get(bases[ask]) if ask in bases else None
        sign = -1 if ask.node("goal") in goals and goals[ask.node("goal")].cost else 1
        shares[ask] = (
            sign * Decimal(amount) * 100 / abs(Decimal(base)) if amount is not None and base else None
        )
    return shares


def _goal_texts(spec: TableSpec, found: Answers, reading: Reading) -> dict[tuple[str, str], str]:
    """What each financial goal asks, and whether the outcome (without one: the forecast) reaches it."""
    if spec.source != "financial_goals":
        return {}
    texts = {}
    for goal in reading.model.financial_goals:
        told = {ask.measure: share for ask, share in found.items() if ask.node("goal") == goal.key}
        share = told.get("outcome") if told.get("outcome") is not None else told.get("forecast")
        texts[goal.key, "target"] = target_words(goal)
        texts[goal.key, "judgement"] = judgement_words(goal, Decimal(share) if share is not None else None)
    return texts


# ---------------------------------------------------------------- notes


def _notes(spec: TableSpec, reading: Reading) -> tuple[str, ...]:
    """Footnotes that follow from what the table shows: why a comparison year is restated."""
    if not any(_restates(column) for column in spec.columns):
        return ()
    reasons = dict.fromkeys(row.reason for row in budget.restatements(reading.year - 1, reading.body))
    year = reading.year - 1
    moved = f"{year} visas i {reading.year} års organisation."
    return (" ".join((moved, *reasons)),)


def _restates(column: Column) -> bool:
    return column.measure == "restated"
