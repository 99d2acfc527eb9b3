"""Every rule of the lint, with what it means and what to do, in the order they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from uppsikt.oversight.rules.lint import doing, goals, indicators
from uppsikt.oversight.rules.lint.goals import Fault
from uppsikt.oversight.rules.lint.steering import Finding, Severity, Steering

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, how grave its findings are, its name, why it matters, what to do, and what finds them."""

    id: str
    severity: Severity
    title: str
    explanation: str
    remedy: str
    check: Callable[[Steering], Iterable[Fault]]


RULES: tuple[Rule, ...] = (
    Rule(
        "goal-without-indicator", WARNING, "Mål utan indikator",
        "Ett mål som inget mäter kan bara bedömas på känsla.",
        "Lägg till en indikator under målet, eller under ett mål som bryter ner det.",
        goals.without_indicator,
    ),
    Rule(
        "too-many-goals", WARNING, "Fler mål än kommunens gräns",
        "Många mål styr mindre än få. Gränsen står i styrmodellen (lint.max_goals).",
        "Slå ihop eller ta bort mål, eller ändra gränsen i styrmodellen.",
        goals.too_many,
    ),
    Rule(
        "money-without-goal", WARNING, "Pengar utan mål",
        "Pengar som inget mål styr: en budget för ett år utan mål, eller en post i ett register som ska visa sitt mål.",
        "Sätt mål för året, eller ange vilket mål posten tjänar.",
        goals.money_without_goal,
    ),
    Rule(
        "indicator-without-target", WARNING, "Indikator utan mål",
        "En indikator under ett mål behöver ett värde att nå, annars säger utfallet inget om målet.",
        "Sätt ett etappmål eller ett målvärde, eller flytta indikatorn till ett avsnitt som bara följs.",
        indicators.without_target,
    ),
    Rule(
        "indicator-without-owner", WARNING, "Indikator utan ansvarig",
        "Utan ansvarig person eller enhet vet ingen vem som ska rapportera.",
        "Ange en ansvarig person eller enhet för indikatorn i planen.",
        indicators.without_owner,
    ),
    Rule(
        "indicator-without-value", WARNING, "Indikator utan utfall",
        "Inget utfall har registrerats för något år, så målet saknar utgångsläge.",
        "Registrera det senaste kända utfallet, eller byt till en indikator som mäts.",
        indicators.without_value,
    ),
    Rule(
        "target-cannot-be-judged", WARNING, "Mål som inte kan bedömas",
        "Målet säger inte när det är nått, eller så finns inte det som det ska jämföras med.",
        "Skriv ett värde med jämförelsetecken, eller registrera det som målet jämförs med.",
        indicators.cannot_be_judged,
    ),
    Rule(
        "target-already-passed", INFO, "Mål som var nått redan innan året började",
        "Det senaste utfallet före året når redan målet, så målet kräver ingen förbättring.",
        "Höj målet, eller skriv att nivån ska behållas.",
        indicators.already_passed,
    ),
    Rule(
        "target-against-direction", ERROR, "Riktning och jämförelsetecken som säger emot varandra",
        "Indikatorns önskade riktning och målets tecken drar åt var sitt håll: ett bättre utfall skulle underkännas.",
        "Ändra målets jämförelsetecken eller indikatorns riktning.",
        indicators.against_direction,
    ),
    Rule(
        "same-source", WARNING, "Samma källid för två indikatorer",
        "Två indikatorer hämtar samma serie från samma källa. Samma utfall räknas två gånger.",
        "Använd en indikator på båda ställena, eller rätta källans id.",
        indicators.same_source,
    ),
    Rule(
        "assignment-without-receiver", ERROR, "Uppdrag utan mottagare",
        "Varken någon person eller någon enhet ska utföra uppdraget.",
        "Ange ansvarig person eller enhet.",
        doing.without_receiver,
    ),
    Rule(
        "assignment-without-date", WARNING, "Uppdrag utan datum",
        "Utan dag kan ett uppdrag aldrig bli försenat, och aldrig klart i tid.",
        "Ange när uppdraget ska vara klart.",
        doing.without_date,
    ),
    Rule(
        "assignment-without-decision", WARNING, "Uppdrag utan beslut",
        "Det framgår inte vem som gav uppdraget och när, så det kan inte återrapporteras dit.",
        "Ange ärendenummer, organ, datum eller paragraf för beslutet.",
        doing.without_decision,
    ),
    Rule(
        "high-risk-unanswered", ERROR, "Hög risk utan åtgärd eller kontroll",
        "Riskvärdet ligger där styrmodellen kräver att något görs, men inget är planerat.",
        "Lägg till en åtgärd eller en kontroll av risken.",
        doing.high_risk_unanswered,
    ),
    Rule(
        "control-without-frequency", WARNING, "Kontroll utan frekvens",
        "Ingen kan se om kontrollen görs så ofta som den ska.",
        "Ange hur ofta kontrollen görs.",
        doing.without_frequency,
    ),
    Rule(
        "deficient-control-without-action", ERROR, "Bristfällig kontroll utan åtgärd",
        "Kontrollens senaste resultat är bristfälligt eller underkänt och inget har beslutats om det.",
        "Registrera bristen och lägg till en åtgärd med ansvarig och datum.",
        doing.deficient_without_action,
    ),
)  # fmt: skip
"""All rules, in the order their findings are told."""

_ORDER = list(Severity)


def lint(steering: Steering) -> tuple[Finding, ...]:
    """Everything that is wrong with a body's steering, the gravest first, then in the order of the rules.

    Rules that the steering model turns off (lint.off) are not asked.
    """
    found = [
        Finding(rule.id, rule.severity, message, place.object, rule.remedy, place.href)
        for rule in RULES
        if rule.id not in steering.model.lint.off
        for place, message in rule.check(steering)
    ]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity)))


def fails(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(finding.severity is ERROR for finding in findings)
