"""Granska ett organs styrning ett år: det som saknas eller säger emot sig självt i mål, uppdrag, risker och kontroller.

Slutkod 0 när inget är fel (varningar får finnas), 1 när någon anmärkning är ett fel.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from uppsikt.config.commands import choice
from uppsikt.config.database import ensure_database
from uppsikt.kernel.problems import refuse
from uppsikt.oversight.rules.lint import Finding, lint
from uppsikt.oversight.rules.lint.registry import fails
from uppsikt.oversight.selectors.lint import steering


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("body", metavar="ORGAN", help="organets nyckel, t.ex. ks")
    parser.add_argument("year", metavar="ÅR", type=int, help="året, t.ex. 2025")
    parser.add_argument("--json", action="store_true", help="skriv som JSON (docs/lint.md)")


def run(options: argparse.Namespace) -> int:
    ensure_database()
    body = choice.body(options.body)
    try:
        findings = lint(steering(body, options.year, lambda _kind, _key: ""))
    except LookupError as error:
        raise refuse("no-model", f"År {options.year} saknar styrmodell.") from error
    print(as_json(findings) if options.json else in_words(findings))
    return int(fails(findings))


def as_json(findings: Sequence[Finding]) -> str:
    """The documented form (docs/lint.md)."""
    rows = [
        {
            "rule": one.rule,
            "severity": one.severity.value,
            "message": one.message,
            "object": one.object,
            "remedy": one.remedy,
        }
        for one in findings
    ]
    return json.dumps({"findings": rows}, ensure_ascii=False, indent=2)


def in_words(findings: Sequence[Finding]) -> str:
    """The same for a person to read, as a compiler says it: where, how grave, what, which rule."""
    if not findings:
        return "Inget att anmärka på."
    return "\n".join(
        f"{one.object}: {one.severity.label.lower()}: {one.message} [{one.rule}]\n    {one.remedy}"
        for one in findings
    )
