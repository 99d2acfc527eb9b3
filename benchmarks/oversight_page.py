"""The oversight page of 290 municipalities: 6,000 bodies with 100,000 controls.

    python benchmarks/oversight_page.py            6,000 bodies, a few minutes
    python benchmarks/oversight_page.py --short    300 bodies, under 30 seconds; never fails on time

Claim: the page as first shown (worst first, fifty rows) takes a constant number of queries and under 300 ms of server time,
everything included: session, rights, navigation, counting, judging, drawing. A process keeps how the bodies stood and reads again
those that something has happened to, so three things are measured: with a change reported in a body before every request
(which the claim is held against), with nothing changed, and with nothing read beforehand, as before a new process has read everything
(config.warming) or after a new steering model. Each body
has some 17 controls with a result each, 5 goals, 6 indicators, 5 assignments, 4 risks, a budget of 6 lines with forecasts and a
recommendation, in two rounds. The ratio is against the same page with 20 bodies, the size of one municipality. The claim is
held against the processor's best turn, which others who work on the same machine disturb least.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIMIT_MS = 300
# On a slower or busier machine, where even the small page takes its time, the ratio to it decides instead.
LIMIT_RATIO = 6
YEAR = 2024
LARGE, SHORT, SMALL = 6_000, 300, 20
CONTROLS = 100_000 // 6_000 + 1
GOALS, INDICATORS, ASSIGNMENTS, RISKS = 5, 6, 5, 4
LINES = ("fees", "grants_received", "personnel_gross", "premises", "purchased_services", "goods_services")
KINDS = ("executive_board", *("committee",) * 13, *("company_board",) * 5, "joint_authority")
SAID = {
    "recorded_at": dt.datetime(YEAR, 9, 1, 12, tzinfo=dt.UTC),
    "recorded_by_key": "system",
    "recorded_by_name": "Uppsikt",
}


@dataclass(frozen=True)
class Measured:
    """One page: median times by the clock and by the processor, its best turn, queries and size."""

    name: str
    milliseconds: float
    processor: float
    best: float
    queries: int
    kilobytes: int


def prepare(folder: Path) -> None:
    """A database of its own, thrown away afterwards (or that of BENCHMARK_DATABASE_URL, which is emptied)."""
    os.environ["UPPSIKT_VAR"] = str(folder)
    os.environ["DATABASE_URL"] = os.environ.get("BENCHMARK_DATABASE_URL", "")
    os.environ["DJANGO_SETTINGS_MODULE"] = "uppsikt.config.settings"
    os.environ["UPPSIKT_DEBUG"] = ""
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()


def store(model: Any, rows: Iterable[Any]) -> list[Any]:
    """Write rows straight into their table: actions for a million rows would take days."""
    found: list[Any] = model.objects.bulk_create(rows, batch_size=5_000)
    return found


def fill(count: int) -> None:
    """So many bodies with everything that the page counts."""
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)
    year, rounds = _cycle()
    bodies = _bodies(count)
    _plans(year, rounds, bodies)
    _controls(year, rounds, bodies)
    _risks_and_audit(year, bodies)
    _money(rounds[1], bodies)


def _cycle() -> tuple[Any, list[Any]]:
    import yaml

    from uppsikt.accounts.models import User
    from uppsikt.cycle.models import FiscalYear, Round, SteeringModelVersion
    from uppsikt.economy.models import EconomyModelVersion
    from uppsikt.organisation.models import RoleAssignment

    year = FiscalYear.objects.create(year=YEAR)
    source = ROOT / "src" / "uppsikt"
    steering = (source / "cycle" / "presets" / "malomrade-2024.yaml").read_text(encoding="utf-8")
    SteeringModelVersion.objects.create(year=year, document=yaml.safe_load(steering), **SAID)
    money = (source / "demo" / "data" / "economy_models" / "namnd-2024.yaml").read_text(encoding="utf-8")
    EconomyModelVersion.objects.create(year=YEAR, document=yaml.safe_load(money), **SAID)
    rounds = [
        Round.objects.create(
            key=f"{YEAR}-{name}",
            year=year,
            kind="interim",
            name=name,
            cutoff=dt.date(YEAR, month, 30),
            deadline=dt.date(YEAR, month + 1, 20),
            state=state,
        )
        for name, month, state in (("april", 4, "closed"), ("augusti", 8, "open"))
    ]
    reader = User.objects.create(key="reader", name="Läsare", email="reader@example.org")
    RoleAssignment.objects.create(user=reader, role="reader", valid_from=dt.date(2000, 1, 1))
    return year, rounds


def _bodies(count: int) -> list[Any]:
    from uppsikt.organisation.models import Body, BodyName

    bodies = store(
        Body, (Body(key=f"n{n}", kind=KINDS[n % len(KINDS)], position=n) for n in range(1, count + 1))
    )
    store(
        BodyName,
        (
            BodyName(
                body=body,
                name=f"Nämnd nummer {body.position}",
                short=body.key,
                valid_from=dt.date(2000, 1, 1),
            )
            for body in bodies
        ),
    )
    return bodies


def _plans(year: Any, rounds: list[Any], bodies: list[Any]) -> None:
    from uppsikt.followup.models import Item, StatusEntry
    from uppsikt.planning.models import (
        Assessment,
        Assignment,
        Goal,
        Indicator,
        IndicatorUse,
        Observation,
    )

    goals = store(
        Goal,
        (
            Goal(key=f"m{body.position}-{n}", year=year, body=body, level="committee_goal", name=f"Mål {n}", position=n)
            for body in bodies
            for n in range(GOALS)
        ),
    )  # fmt: skip
    steps = ("very_high", "high", "high", "partly", "high", "very_high", "not")
    store(
        Assessment,
        (
            Assessment(goal=goal, round=round_, body=goal.body, step=steps[(n * 7 + n // 11 + place) % 7], **SAID)
            for place, round_ in enumerate(rounds)
            for n, goal in enumerate(goals)
            if n % 9
        ),
    )  # fmt: skip
    series = store(
        Indicator,
        (
            Indicator(key=f"i{n}", name=f"Indikator {n}", direction="up", periodicity="month" if n % 3 else "year")
            for n in range(len(bodies) * INDICATORS)
        ),
    )  # fmt: skip
    uses = store(
        IndicatorUse,
        (
            IndicatorUse(key=f"a{n}", year=year, body=bodies[n // INDICATORS],
                         goal=goals[n // INDICATORS * GOALS + n % GOALS], indicator=one, position=n)
            for n, one in enumerate(series)
        ),
    )  # fmt: skip
    store(
        Observation,
        (
            Observation(
                indicator=use.indicator, body=use.body, period=f"{YEAR}-08" if n % 3 else str(YEAR),
                period_end=dt.date(YEAR, 9, 1), value=Decimal(50 + n % 40), round=rounds[1], **SAID,
            )
            for n, use in enumerate(uses)
            if n % 5
        ),
    )  # fmt: skip
    items = store(
        Item,
        (
            Item(key=f"u{body.position}-{n}", kind="assignment", year=year, body=body, position=n,
                 deadline=dt.date(YEAR, 6 + (body.position + n) % 7, 15))
            for body in bodies
            for n in range(ASSIGNMENTS)
        ),
    )  # fmt: skip
    store(Assignment, (Assignment(item=item, title="Ta fram en plan") for item in items))
    told = ("done", "on_track", "done", "likely", "done", "on_track", "not_done")
    store(
        StatusEntry,
        (
            StatusEntry(item=item, round=round_, status=told[(n * 3 + n // 13 - place) % 7], **SAID)
            for place, round_ in enumerate(rounds)
            for n, item in enumerate(items)
            if n % 8
        ),
    )


def _controls(year: Any, rounds: list[Any], bodies: list[Any]) -> None:
    from uppsikt.control.models import Control, ControlResult, Deficiency, Occasion
    from uppsikt.followup.models import Item

    items = store(
        Item,
        (
            Item(key=f"k{body.position}-{n}", kind="control", year=year, body=body, position=n)
            for body in bodies
            for n in range(CONTROLS)
        ),
    )
    controls = store(
        Control, (Control(item=item, name="Attest av fakturor", frequency="tertial") for item in items)
    )
    occasions = store(
        Occasion,
        (
            Occasion(control=control, period=f"{YEAR}-T{1 + n % 2}", due=dt.date(YEAR, 4 + 4 * (n % 2), 30), position=1)
            for n, control in enumerate(controls)
        ),
    )  # fmt: skip
    judged = ("approved",) * 22 + ("deficient", "approved", "failed")
    store(
        ControlResult,
        (
            ControlResult(
                occasion=one, control=one.control, body=one.control.item.body, year=year,
                ends=dt.date(YEAR, 5 + 4 * (n % 2), 1), round=rounds[n % 2],
                judgement=judged[(n * 3 + n // 17) % len(judged)], **SAID,
            )
            for n, one in enumerate(occasions)
            if n % 10
        ),
    )  # fmt: skip
    store(
        Deficiency,
        (
            Deficiency(key=f"b{n}", occasion=one, title="Attest saknas", found_on=dt.date(YEAR, 5, 2))
            for n, one in enumerate(occasions)
            if n % 40 == 1
        ),
    )


def _risks_and_audit(year: Any, bodies: list[Any]) -> None:
    from uppsikt.control.models import (
        AuditReview,
        Recommendation,
        RecommendationAnswer,
        Risk,
        RiskAssessment,
    )

    risks = store(
        Risk,
        (
            Risk(key=f"r{body.position}-{n}", year=year, body=body, title="Fel i utbetalning", position=n)
            for body in bodies
            for n in range(RISKS)
        ),
    )
    store(
        RiskAssessment,
        (
            RiskAssessment(risk=risk, stage=stage, likelihood=1 + (n * 5 + n // 7) % 4, consequence=1 + (n * 3) % 4, **SAID)
            for n, risk in enumerate(risks)
            for stage in (("before", "after") if n % 3 else ("before",))
        ),
    )  # fmt: skip
    review = AuditReview.objects.create(
        key="g1", kind="audit_report", year=year, title="Granskning", date=dt.date(YEAR, 2, 1)
    )
    given = store(
        Recommendation,
        (
            Recommendation(key=f"v{n}", review=review, body=body, text="Inför en rutin.", answer_due=dt.date(YEAR, 5 + n % 6, 1))
            for n, body in enumerate(bodies)
        ),
    )  # fmt: skip
    store(
        RecommendationAnswer,
        (
            RecommendationAnswer(recommendation=one, stance="accepted", text="Vi gör så.", answered_on=dt.date(YEAR, 5, 20), **SAID)
            for n, one in enumerate(given)
            if n % 4
        ),
    )  # fmt: skip


def _money(round_: Any, bodies: list[Any]) -> None:
    from uppsikt.economy.models import BudgetAmount, ForecastAmount

    amounts = [
        (
            body,
            line,
            (1 if place < 2 else -1) * (1_000_000_00 + body.position * 37_00 + place * 250_000_00),
        )
        for body in bodies
        for place, line in enumerate(LINES)
    ]
    store(
        BudgetAmount,
        (
            BudgetAmount(body=body, year=YEAR, line=line, amount_ore=amount, **SAID)
            for body, line, amount in amounts
        ),
    )
    store(
        ForecastAmount,
        (
            ForecastAmount(round=round_, body=body, line=line, amount_ore=amount + (n % 13 - 5) * 40_000_00, **SAID)
            for n, (body, line, amount) in enumerate(amounts)
            if n % 6
        ),
    )  # fmt: skip


def report(turn: int) -> None:
    """Somebody reports the status of an assignment: another body each time."""
    from uppsikt.cycle.selectors import model_for, round_by_key
    from uppsikt.followup.actions import report_status
    from uppsikt.followup.selectors import items
    from uppsikt.history.rules import SYSTEM

    round_ = round_by_key(f"{YEAR}-augusti")
    item = items().filter(kind="assignment").order_by("pk")[turn * 7 % 50]
    assert round_
    comment = f"Klart till del {time.perf_counter_ns()}."
    scale = model_for(YEAR).status_scale(round_.kind)
    report_status(
        item=item, round_=round_, status="on_track", comment=comment, scale=scale, label="Uppdrag", by=SYSTEM
    )


def forget(_turn: int) -> None:
    """As in a process that has just started."""
    from django.core.cache import cache

    cache.clear()


def measure(name: str, address: str, times: int, before: Callable[[int], None] | None = None) -> Measured:
    """Median server time of a page, after one to warm up. Args: before: what happens before every request."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from uppsikt.accounts.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(key="reader"))
    client.get(address)
    if before:
        before(times)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    queries = len(captured)
    assert answer.status_code == 200, (address, answer.status_code)
    taken, worked = [], []
    for turn in range(times):
        if before:
            before(turn)
        start, start_work = time.perf_counter(), time.process_time()
        client.get(address)
        taken.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - start_work) * 1000)
    return Measured(
        name,
        statistics.median(taken),
        statistics.median(worked),
        min(worked),
        queries,
        len(answer.content) // 1024,
    )


def pages(times: int) -> list[Measured]:
    """The pages that the claim is about, and some more."""
    base = f"/oversight/?body=all&round={YEAR}-augusti"
    return [
        measure("as first shown, after a change", base, times, report),
        measure("as first shown, nothing changed", base, times),
        measure("page 100, after a change", f"{base}&page=100", times, report),
        measure("companies with something red", f"{base}&kind=company_board&only=bad", times, report),
        measure("sorted by controls", f"{base}&sort=controls", times, report),
        measure("nothing read beforehand", base, min(times, 5), forget),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true", help="few bodies and few repetitions")
    options = parser.parse_args()
    times = 3 if options.short else 21
    size = SHORT if options.short else LARGE
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill(SMALL)
        base = f"/oversight/?body=all&round={YEAR}-augusti"
        small = measure("the same with 20 bodies, after a change", base, times, report)
        small_first = measure("the same with 20 bodies, first request", base, min(times, 5), forget)
        fill(size)
        large = pages(times)
    print(f"{size} bodies, {size * CONTROLS} controls\n")
    print("| page | median ms | processor ms | best | queries | kB | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in (small, small_first, *large):
        print(
            f"| {row.name} | {row.milliseconds:.0f} | {row.processor:.0f} | {row.best:.0f} | {row.queries} "
            f"| {row.kilobytes} | {row.processor / small.processor:.1f} |"
        )
    limit = max(LIMIT_MS, LIMIT_RATIO * small.best)
    slow = [row.name for row in large[:1] if row.best >= limit]
    grown = [row.name for row in large[:1] if row.queries > small.queries]
    grown += [row.name for row in large[-1:] if row.queries > small_first.queries]
    if slow or grown:
        print(
            f"\nover {limit:.0f} ms: {', '.join(slow) or 'none'}; more queries: {', '.join(grown) or 'none'}"
        )
    return 1 if (slow or grown) and not options.short else 0


if __name__ == "__main__":
    sys.exit(main())
