"""How every body's economy stands in a round: budget, what the year is thought to come to, and how near forecasts came.

All amounts are öre on the model's result line, with income positive and cost negative. Sums are made in SQL and grouped by
body; the ledger is asked once a year. Held against `Sheet.total` and the tables by tests/web/oversight/test_counts.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundKind
from uppsikt.cycle.selectors import Round
from uppsikt.economy.models import BudgetAmount, ForecastAmount
from uppsikt.economy.rules.coding import PLACE, trees
from uppsikt.economy.rules.forecast import Accuracy, accuracy
from uppsikt.economy.rules.forecast_sheet import expected
from uppsikt.economy.rules.grain import Nodes
from uppsikt.economy.rules.model import EconomyModel, Threshold
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors.ledger import LedgerView

Bodies = Collection[int] | None
"""Ids of the bodies that are asked about; None is every body."""

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class EconomyStanding:
    """A body's year on the result line. None: not reported.

    `outcome`: at the year's end what was booked, else None. `forecast`: what the year is thought to come to, where a
    line without a forecast counts as its budget (FORECAST-7). `kept`: how each forecast of the latest finished year
    turned out, in `kept_year`.
    """

    budget: int | None = None
    forecast: int | None = None
    outcome: int | None = None
    kept: tuple[Accuracy, ...] = ()
    kept_year: int | None = None

    @property
    def variance(self) -> int | None:
        """Outcome, else forecast, minus budget; positive is better than the budget."""
        told = self.outcome if self.outcome is not None else self.forecast
        return None if told is None or self.budget is None else told - self.budget


@dataclass(frozen=True, slots=True)
class EconomyStandings:
    """Every body's, by id, with the model's threshold. `year_end`: the outcome is held against the budget."""

    rows: Mapping[int, EconomyStanding]
    threshold: Threshold
    year_end: bool


def economy_standings(
    round_: Round, keys: Mapping[int, str], bodies: Bodies = None
) -> EconomyStandings | None:
    """How the bodies' economy stands, None when the year has no economy model. A constant number of queries.

    Args: keys: every body's key by its id.
    """
    try:
        model = economy_models.model_for(round_.year_id)
    except LookupError:
        return None
    lines = result_lines(model)
    budgets = dict(
        _of(_budget(round_.year_id, lines), bodies).values_list("body_id").annotate(total=Sum("amount_ore"))
    )
    forecasts = _forecast(round_, lines, bodies)
    view = ledgers.view(round_)
    year_end = round_.kind == RoundKind.YEAR_END.value
    outcomes = _outcomes(view, model, keys, round_.year_id) if view and year_end else {}
    year, kept = _kept(round_, view, model, lines, keys, bodies)
    rows = {}
    for body in {*budgets, *forecasts, *kept, *(outcomes if bodies is None else set(outcomes) & set(bodies))}:
        rows[body] = EconomyStanding(
            budget=budgets.get(body),
            forecast=forecasts.get(body),
            outcome=outcomes.get(body, 0 if outcomes and body in budgets else None),
            kept=tuple(kept.get(body, ())),
            kept_year=year if body in kept else None,
        )
    return EconomyStandings(rows, model.threshold, year_end)


def result_lines(model: EconomyModel) -> list[str]:
    """The lines that the result is made of."""
    return [line.key for line in trees(model.lines).get(model.result_line, [])]


def _budget(year: int, lines: Collection[str]) -> QuerySet[BudgetAmount]:
    return BudgetAmount.objects.all().current().filter(year=year, line__in=lines).order_by()


def _of(rows: QuerySet[BudgetAmount], bodies: Bodies) -> QuerySet[BudgetAmount]:
    return rows if bodies is None else rows.filter(body_id__in=list(bodies))


def _forecast(round_: Round, lines: Collection[str], bodies: Bodies) -> dict[int, int]:
    """What the bodies with any forecast are thought to come to. Two queries."""
    told = ForecastAmount.objects.all().current().filter(round=round_, line__in=lines).order_by()
    asked = told if bodies is None else told.filter(body_id__in=list(bodies))
    set_ = dict(asked.values_list("body_id").annotate(total=Sum("amount_ore")))
    if not set_:
        return {}
    same = told.filter(body_id=OuterRef("body_id"), line=OuterRef("line")).alias(at=Coalesce("unit_id", 0))
    waiting = _of(_budget(round_.year_id, lines), set_ if bodies is not None else None).filter(
        ~Exists(same.filter(at=Coalesce(OuterRef("unit_id"), 0)))
    )
    unset = dict(waiting.values_list("body_id").annotate(total=Sum("amount_ore")))
    return {body: amount + expected(None, unset.get(body)) for body, amount in set_.items()}


def _outcomes(view: LedgerView, model: EconomyModel, keys: Mapping[int, str], year: int) -> dict[int, int]:
    """What each body with cost centres booked in the year. One query of the ledger."""
    if year not in view.years():
        return {}
    last = DECEMBER if year != view.year else view.month
    sums = view.sums("cost_centre", view.scope(Nodes(line=model.result_line), year=year, last=last))
    coding = view.coding(year)
    leaves = coding.leaves[PLACE]
    found = {}
    for pk, key in keys.items():
        under = coding.under(PLACE, f"body:{key}") & leaves
        if under:
            found[pk] = sum(sums.get(leaf, 0) for leaf in under)
    return found


def _kept(
    round_: Round,
    view: LedgerView | None,
    model: EconomyModel,
    lines: Collection[str],
    keys: Mapping[int, str],
    bodies: Bodies,
) -> tuple[int | None, dict[int, list[Accuracy]]]:
    """How the forecasts of the latest year that is over and booked turned out, by body."""
    if view is None:
        return None, {}
    told = ForecastAmount.objects.all().current().filter(round__cutoff__lte=round_.cutoff)
    over = Q(round__year_id__lt=round_.year_id)
    if round_.cutoff.month == DECEMBER:
        over |= Q(round__year_id=round_.year_id)
    rounds = cycle.rounds().filter(pk__in=told.filter(over).values("round_id"))
    booked = [one for one in rounds if DECEMBER in view.ledger.months(view.version, one.year_id)]
    year = max((one.year_id for one in booked), default=None)
    if year is None:
        return None, {}
    outcomes = _outcomes(view, model, keys, year)
    found: dict[int, list[Accuracy]] = defaultdict(list)
    for one in booked:
        if one.year_id == year:
            for body, amount in _forecast(one, lines, bodies).items():
                found[body].append(accuracy(amount, outcomes.get(body, 0)))
    return year, found
