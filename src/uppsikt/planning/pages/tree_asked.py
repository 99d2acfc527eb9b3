"""What the reader of the goal tree has asked for, and the addresses that ask for something else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from uppsikt.planning.rules.judgement import Verdict
from uppsikt.planning.selectors import AssignmentView, GoalView, IndicatorView

FILTERS = ("all", "not_met", "departs", "no_outcome", "unreported")


@dataclass(frozen=True, slots=True)
class Asked:
    """The query of the goal tree. `opened` None: nothing chosen yet. `row`: the row group htmx wants back."""

    filter: str = "all"
    opened: frozenset[str] | None = None
    row: str = ""
    compare: bool = False
    year: int | None = None

    def href(self) -> str:
        """The address that asks for this."""
        query: list[tuple[str, str]] = []
        if self.year:
            query.append(("year", str(self.year)))
        if self.filter != "all":
            query.append(("filter", self.filter))
        if self.compare:
            query.append(("compare", "1"))
        if self.opened is not None:
            query.extend(("open", key) for key in sorted(self.opened) or [""])
        if self.row:
            query.append(("row", self.row))
        return f"?{urlencode(query)}" if query else "?"

    def toggled(self, key: str, group: str) -> str:
        """The address that opens a closed row or closes an open one; `group` is what htmx swaps."""
        opened = (self.opened or frozenset()) ^ {key}
        return f"{replace(self, opened=opened, row=group).href()}#rad-mal-{key}"


def asked(params: QueryDict, *, part: bool = False) -> Asked:
    """The query as asked; what is not understood is left out.

    Args: part: whether only the row group ?row= is wanted, and not the whole page.
    """
    chosen = params.get("filter", "all")
    year = params.get("year", "")
    return Asked(
        filter=chosen if chosen in FILTERS else "all",
        opened=frozenset(filter(None, params.getlist("open"))) if "open" in params else None,
        row=params.get("row", "") if part else "",
        compare=params.get("compare") == "1",
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
    )


def keeps_goal(view: GoalView, name: str) -> bool:
    """Whether the goal itself is what the filter is after."""
    match name:
        case "not_met":
            return view.step is not None and not view.step.counts_as_fulfilled
        case "departs":
            return view.disagrees
        case "unreported":
            return view.level.assessed and view.step is None
        case _:
            return name == "all"


def keeps_indicator(view: IndicatorView, name: str) -> bool:
    """Whether the indicator is what the filter is after."""
    match name:
        case "not_met":
            return view.judgement.verdict is Verdict.NOT_MET
        case "departs":
            return view.disagrees
        case "no_outcome":
            return view.judgement.verdict is Verdict.NO_OUTCOME
        case "unreported":
            return view.judgement.verdict is Verdict.NO_OUTCOME and view.report is None
        case _:
            return name == "all"


def keeps_assignment(row: AssignmentView, name: str) -> bool:
    """Whether the assignment is what the filter is after."""
    match name:
        case "not_met":
            return row.step is not None and not row.step.done and row.step.carries_over
        case "unreported":
            return row.step is None
        case _:
            return name == "all"


def narrowed(view: GoalView, name: str) -> GoalView | None:
    """The goal with what the filter leaves of it, None when nothing is left.

    A goal that is itself what one looks for keeps everything under it.
    """
    if keeps_goal(view, name):
        return view
    indicators = tuple(each for each in view.indicators if keeps_indicator(each, name))
    assignments = tuple(each for each in view.assignments if keeps_assignment(each, name))
    if not indicators and not assignments:
        return None
    return replace(view, indicators=indicators, assignments=assignments)
