"""What is wrong with a body's steering, gravest first, each finding leading to where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle.context import Context
from uppsikt.organisation.selectors import Body
from uppsikt.oversight.pages.board import tabs
from uppsikt.oversight.rules.lint import RULES, Finding, Rule, Severity, lint
from uppsikt.oversight.selectors.lint import steering
from uppsikt.web.parts import Action, Crumb, Empty, Link, Symbol, Text

SHAPES = {
    Severity.ERROR: ("cross", "bad"),
    Severity.WARNING: ("triangle-half", "warn"),
    Severity.INFO: ("dot", "neutral"),
}
PAGES = {
    "goal": "planning:goal",
    "assignment": "planning:assignment",
    "risk": "control:risk",
    "control": "control:control",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it is printed."""

    message: str
    href: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A rule with what it found."""

    id: str
    symbol: Symbol
    title: str
    explanation: str
    remedy: str
    found: tuple[Found, ...]

    @property
    def count(self) -> int:
        """How many findings."""
        return len(self.found)


@dataclass(frozen=True, slots=True)
class LintPage:
    """The page. `asked`: the rules that found nothing, by name; `off`: those turned off in the steering model."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    kinds: tuple[Kind, ...] = ()
    asked: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    empty: Empty | None = None


def lint_page(context: Context, body: Body | None) -> LintPage:
    """The chosen body's year. A constant number of queries."""
    title = _("Granska styrningen")
    name = context.body.name if context.body else _("Alla nämnder")
    crumbs = (Crumb(name), Crumb(str(context.year)), Crumb(title))
    row = tabs(context, "lint")
    if body is None:
        return LintPage(title, _help(), crumbs, row, empty=_choose())
    try:
        read = steering(body, context.year, address)
    except LookupError:
        return LintPage(title, _help(), crumbs, row, empty=_no_model(context.year))
    findings = lint(read)
    found = {finding.rule for finding in findings}
    off = read.model.lint.off
    return LintPage(
        title,
        _lead(findings, name, context.year),
        crumbs,
        row,
        kinds=tuple(_kinds(findings)),
        asked=tuple(rule.title for rule in RULES if rule.id not in found and rule.id not in off),
        off=tuple(rule.title for rule in RULES if rule.id in off),
        empty=None if findings else _clean(name, context.year),
    )


def address(kind: str, key: str) -> str:
    """Where a thing is shown; empty where there is no such page. An indicator's key may tell which use of it is meant."""
    key, mark, query = key.partition("?")
    try:
        if kind == "indicator":
            return f"{reverse('planning:indicator', args=[key])}{mark}{query}"
        if kind == "budget":
            return f"{reverse('economy:budget')}?body={key.partition(':')[0]}"
        if kind == "register_item":
            return f"{reverse('economy:registers')}?register={key.partition(':')[0]}"
        return reverse(PAGES[kind], args=[key])
    except NoReverseMatch:
        return ""


def _kinds(findings: Sequence[Finding]) -> Iterable[Kind]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    rules: dict[str, Rule] = {rule.id: rule for rule in RULES}
    for key, listed in by_rule.items():
        rule = rules[key]
        shape, colour = SHAPES[rule.severity]
        yield Kind(
            rule.id,
            Symbol(shape, rule.severity.label, colour),
            rule.title,
            rule.explanation,
            rule.remedy,
            tuple(Found(finding.message, finding.href) for finding in listed),
        )


def _lead(findings: Sequence[Finding], name: str, year: int) -> str:
    if not findings:
        return _help()
    counts = Counter(finding.severity for finding in findings)
    words = {
        Severity.ERROR: ngettext("%(n)s fel", "%(n)s fel", counts[Severity.ERROR]),
        Severity.WARNING: ngettext("%(n)s varning", "%(n)s varningar", counts[Severity.WARNING]),
        Severity.INFO: ngettext("%(n)s att tänka på", "%(n)s att tänka på", counts[Severity.INFO]),
    }
    parts = [words[severity] % {"n": counts[severity]} for severity in Severity if counts[severity]]
    return _("%(name)s %(year)s: %(parts)s.") % {"name": name, "year": year, "parts": ", ".join(parts)}


def _help() -> str:
    return _(
        "Här prövas plan, budget, risker och kontroller mot varandra, som en stavningskontroll för styrningen."
    )


def _choose() -> Empty:
    return Empty(
        _("Välj ett organ"),
        _("Granskningen görs av ett organ i taget. Välj det till vänster."),
        icon="spell-check",
    )


def _no_model(year: int) -> Empty:
    return Empty(
        _("%(year)s har ingen styrmodell") % {"year": year},
        _("Reglerna utgår från styrmodellen. Lägg upp året först."),
        Action(_("Till år och tillfällen"), reverse("cycle:year_list")),
        icon="spell-check",
    )


def _clean(name: str, year: int) -> Empty:
    return Empty(
        _("Inget att anmärka på"),
        _("Ingen regel fann något i %(name)s %(year)s.") % {"name": name, "year": year},
        icon="circle-check",
    )
