"""Writing audit: reviews, recommendations, what bodies answer and what the auditor found afterwards."""

from __future__ import annotations

from uppsikt.control.actions import audit
from uppsikt.exchange.actions.apply_years import decision
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Row

REVIEW = (
    "key", "kind", "year", "title", "case_number", "auditor", "date", "judgement", "summary", "answer_due",
)  # fmt: skip
RECOMMENDATION = ("key", "number", "text", "background", "theme", "answer_due", "position")


def review(row: Row, here: Here) -> None:
    values = row.values
    here.reviews[values["key"]], _changed = audit.save_review(
        **{name: values[name] for name in REVIEW},
        bodies=[here.bodies[key] for key in values["bodies"].split(";") if key],
        by=here.by,
    )


def recommendation(row: Row, here: Here) -> None:
    values = row.values
    here.recommendations[values["key"]], _changed = audit.save_recommendation(
        **{name: values[name] for name in RECOMMENDATION},
        review=here.reviews[values["review"]],
        body=here.bodies[values["body"]],
        returns=here.recommendations[values["returns"]] if values["returns"] else None,
        by=here.by,
    )


def answer(row: Row, here: Here) -> None:
    values = row.values
    audit.answer_recommendation(
        recommendation=here.recommendations[values["recommendation"]],
        stance=values["stance"],
        text=values["text"],
        answered_on=values["answered_on"],
        decision=decision(values),
        by=here.by,
    )


def follow_up(row: Row, here: Here) -> None:
    values = row.values
    audit.follow_up_recommendation(
        recommendation=here.recommendations[values["recommendation"]],
        date=values["date"],
        verdict=values["verdict"],
        comment=values["comment"],
        by=here.by,
    )
