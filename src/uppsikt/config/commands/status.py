"""Visa läget för ett organ vid ett uppföljningstillfälle: mål, indikatorer, uppdrag och avvikande bedömningar."""

from __future__ import annotations

import argparse
import json
from typing import Any

from uppsikt.config.commands import choice
from uppsikt.config.database import ensure_database
from uppsikt.kernel.problems import refuse
from uppsikt.planning import selectors as planning
from uppsikt.planning.rules.judgement import Verdict


def configure(parser: argparse.ArgumentParser) -> None:
    choice.add(parser)
    parser.add_argument("--json", action="store_true", help="skriv som JSON (docs/formats/status.md)")


def run(options: argparse.Namespace) -> int:
    ensure_database()
    body, round_ = choice.chosen(options)
    try:
        view = planning.snapshot(year=round_.year_id, round_=round_, body=body)
    except LookupError as error:
        raise refuse("no-model", f"År {round_.year_id} saknar styrmodell.") from error
    found = planning.status(view)
    print(json.dumps(found, ensure_ascii=False, indent=2) if options.json else in_words(found))
    return 0


def in_words(found: dict[str, Any]) -> str:
    """The same figures for a person to read."""
    goals, indicators, assignments = found["goals"], found["indicators"], found["assignments"]
    lines = [
        f"{found['body']}, {found['round']}",
        "",
        f"Mål                {goals['total']:>4}",
        *_steps(goals["by_step"]),
        f"Indikatorer        {indicators['total']:>4}",
        *_steps(
            {
                "uppnådda enligt regeln": indicators["met"],
                "inte uppnådda": indicators["not_met"],
                "inte bedömda": indicators["not_judged"],
                "rapporterade som uppnådda": indicators["reported_met"],
            }
        ),
        f"Uppdrag            {assignments['total']:>4}",
        *_steps({**assignments["by_status"], "överflyttade": assignments["carried_over"]}),
    ]
    if found["disagreements"]:
        lines += ["", "Avviker från regelns förslag"]
        lines += [
            f"  {row['key']}: regeln ”{_verdict(row['rule'])}”, rapporterat ”{_verdict(row['reported'])}”. "
            f"{row['reason']}".rstrip()
            for row in found["disagreements"]
        ]
    return "\n".join(lines)


def _verdict(key: str) -> str:
    """An indicator's judgement in words; a goal's is a label already."""
    return Verdict(key).label if key in set(Verdict) else key or "inget"


def _steps(counts: dict[str, int]) -> list[str]:
    return [f"{number:>9}  {label}" for label, number in counts.items()]
