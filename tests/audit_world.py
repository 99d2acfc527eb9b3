"""A review with a recommendation and a question, built through actions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests import build
from uppsikt.control.actions import audit, audit_questions
from uppsikt.control.selectors.audit import AuditReview, Recommendation
from uppsikt.control.selectors.audit_questions import AuditQuestion
from uppsikt.desk.actions import packing
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock

AUDITOR = Actor("rev", "Rut Revisor")


def review(*, key: str = "2024-inkop", at: tuple[str, ...] = ("ks",), **more: Any) -> AuditReview:
    """An audit report of spring 2025, to be answered by 20 September."""
    build.year()
    values = {
        "kind": "audit_report", "year": 2024, "title": "Granskning av inköp", "case_number": "REV-2025/7",
        "auditor": "Granskarna AB", "date": dt.date(2025, 3, 10), "answer_due": dt.date(2025, 9, 20),
    } | more  # fmt: skip
    bodies = [build.body(key=one) for one in at]
    return audit.save_review(key=key, bodies=bodies, by=AUDITOR, **values)[0]  # type: ignore[arg-type]


def recommendation(
    *, key: str = "r1", of: AuditReview | None = None, at: str = "ks", **more: Any
) -> Recommendation:
    """A recommendation about purchases."""
    values = {"number": key, "text": "Säkerställ att avtal finns vid inköp", "theme": "Inköp"} | more
    row, _ = audit.save_recommendation(
        key=key, review=of or review(), body=build.body(key=at), by=AUDITOR, **values
    )
    return row


def question(*, at: str = "ks", subject: str = "Attest", **more: Any) -> AuditQuestion:
    """A question about who approves."""
    values = {"text": "Vem attesterar?"} | more
    return audit_questions.ask_question(body=build.body(key=at), subject=subject, by=AUDITOR, **values)


def pack(*, at: str = "ks") -> str:
    """A pack of a body's 2024 that has been taken out: its digest. Lies in the media folder at hand."""
    build.year()
    bodies = frozenset({build.body(key=at).key})
    return packing.pack(year=2024, bodies=bodies, moment=clock.now(), scope=at.upper(), by=AUDITOR).digest
