"""Live figures: counts that stand in running text as `[[key]]` and change with the data until adoption.

docs/formats/report-payload.md lists the keys; a test holds the list against `FIGURES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from uppsikt.kernel.numbers import count_of


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything a report counts. `by_step` and `by_status` hold (label, how many) in the scale's order."""

    goals: int = 0
    goals_assessed: int = 0
    goals_fulfilled: int = 0
    by_step: tuple[tuple[str, int], ...] = ()
    indicators: int = 0
    met: int = 0
    not_met: int = 0
    reported_met: int = 0
    assignments: int = 0
    done: int = 0
    carried_over: int = 0
    by_status: tuple[tuple[str, int], ...] = ()
    disagreements: int = 0


@dataclass(frozen=True, slots=True)
class LiveFigure:
    """A figure in a text: what it is called, what is printed, and how it comes about."""

    key: str
    label: str
    text: str
    formula: str


@dataclass(frozen=True, slots=True)
class _Kind:
    label: str
    text: Callable[[Counts], str]
    formula: str


def _listed(pairs: tuple[tuple[str, int], ...]) -> str:
    """Counts in a row, as 2 i mycket hög grad och 1 delvis; an en dash when there is nothing to count."""
    parts = [f"{number} {label[:1].lower()}{label[1:]}" for label, number in pairs if number]
    if len(parts) < 2:
        return parts[0] if parts else "–"
    return f"{', '.join(parts[:-1])} och {parts[-1]}"


# Labels and formulas may name the municipality's own words for things: {goals}, {indicators}, {assignments}, {target}.
FIGURES: Mapping[str, _Kind] = {
    "goals_total": _Kind("Antal {goals}", lambda c: str(c.goals), "Antal {goals} i planen."),
    "goals_assessed_of_total": _Kind(
        "Bedömda {goals}",
        lambda c: count_of(c.goals_assessed, c.goals),
        "{goals} med en bedömning, av alla {goals}.",
    ),
    "goals_fulfilled_of_total": _Kind(
        "Uppfyllda {goals}",
        lambda c: count_of(c.goals_fulfilled, c.goals),
        "{goals} på ett steg som räknas som uppfyllt, av alla {goals}.",
    ),
    "goals_by_step": _Kind(
        "Fördelning av {goals} på skalan",
        lambda c: _listed(c.by_step),
        "Antal {goals} på varje steg, enligt nämndens bedömning.",
    ),
    "indicators_total": _Kind(
        "Antal {indicators}", lambda c: str(c.indicators), "Antal {indicators} under målen."
    ),
    "indicators_met_of_total": _Kind(
        "{indicators} som når sitt {target} enligt regeln",
        lambda c: count_of(c.met, c.indicators),
        "{indicators} vars utfall klarar {target} enligt jämförelsetecknet, av alla {indicators}.",
    ),
    "indicators_not_met_of_total": _Kind(
        "{indicators} som inte når sitt {target} enligt regeln",
        lambda c: count_of(c.not_met, c.indicators),
        "{indicators} vars utfall inte klarar {target} enligt jämförelsetecknet, av alla {indicators}.",
    ),
    "indicators_judged_of_total": _Kind(
        "{indicators} som kan prövas",
        lambda c: count_of(c.met + c.not_met, c.indicators),
        "{indicators} med utfall och ett {target} som går att pröva, av alla {indicators}.",
    ),
    "indicators_reported_met": _Kind(
        "{indicators} som redovisas nå sitt {target}",
        lambda c: count_of(c.reported_met, c.indicators),
        "{indicators} som redovisas som uppnådda: nämndens bedömning, annars regelns. Av alla {indicators}.",
    ),
    "assignments_total": _Kind("Antal {assignments}", lambda c: str(c.assignments), "Antal {assignments}."),
    "assignments_done": _Kind(
        "Klara {assignments}", lambda c: str(c.done), "{assignments} vars status räknas som klar."
    ),
    "assignments_done_of_total": _Kind(
        "Klara {assignments} av alla",
        lambda c: count_of(c.done, c.assignments),
        "{assignments} vars status räknas som klar, av alla {assignments}.",
    ),
    "assignments_by_status": _Kind(
        "Fördelning av {assignments} på status",
        lambda c: _listed(c.by_status),
        "Antal {assignments} med varje status.",
    ),
    "assignments_carried_over": _Kind(
        "Överflyttade {assignments}",
        lambda c: str(c.carried_over),
        "{assignments} som kommer från ett tidigare år.",
    ),
    "disagreements_total": _Kind(
        "Bedömningar som avviker från regeln",
        lambda c: str(c.disagreements),
        "Bedömningar av mål och {indicators} där nämnden har bedömt annat än regeln.",
    ),
}

# Other names for the same thing, so that a text may use the municipality's word.
ALIASES: Mapping[str, str] = {
    "commitments_total": "assignments_total",
    "commitments_done": "assignments_done",
    "commitments_done_of_total": "assignments_done_of_total",
    "commitments_by_status": "assignments_by_status",
    "commitments_carried_over": "assignments_carried_over",
}


def live_figures(counts: Counts, words: Mapping[str, str]) -> dict[str, LiveFigure]:
    """Every live figure by key, aliases too, in the municipality's own words."""
    named = {
        "goals": words.get("goals", "mål"),
        "indicators": words.get("indicators", "indikatorer"),
        "assignments": words.get("assignments", "uppdrag"),
        "target": words.get("target", "målvärde"),
    }

    def sentence(text: str) -> str:
        written = text.format(**named)
        return written[:1].upper() + written[1:]

    found = {
        key: LiveFigure(key, sentence(kind.label), kind.text(counts), sentence(kind.formula))
        for key, kind in FIGURES.items()
    }
    return found | {alias: found[key] for alias, key in ALIASES.items()}
