"""What auditors and other reviewers have said, what bodies answered, and what was found afterwards."""

from __future__ import annotations

from uppsikt.control.rules.words import CHOICES
from uppsikt.exchange.rules.spec import (
    Field,
    Kind,
    Table,
    choice,
    date,
    decision,
    key,
    prose,
    reference,
    text,
)
from uppsikt.exchange.rules.tables.planning import BODY, POSITION, YEAR

RECOMMENDATION = reference("recommendation", "Rekommendation", "recommendations", required=True)

REVIEWS = Table(
    "reviews",
    "Granskningar",
    "Revisionsrapporter, skrivelser och andra granskningar.",
    ("key",),
    (
        key(),
        choice("kind", "Slag", CHOICES["ReviewKind"], required=True),
        YEAR,
        text("title", "Rubrik", 300, required=True),
        text("case_number", "Ärendenummer", 60),
        text("auditor", "Granskare", 200),
        date("date", "Daterad"),
        text("judgement", "Samlad bedömning", 300),
        prose("summary", "Sammanfattning"),
        date("answer_due", "Svar senast"),
        Field("bodies", "Granskade organ", Kind.LIST, help="Nycklar i bladet Organ, med semikolon emellan."),
    ),
)

RECOMMENDATIONS = Table(
    "recommendations",
    "Rekommendationer",
    "Vad en granskning rekommenderar ett organ att göra.",
    ("key",),
    (
        key(),
        reference("review", "Granskning", "reviews", required=True),
        BODY,
        text("number", "Nummer", 20),
        prose("text", "Rekommendation", required=True),
        prose("background", "Risk eller bakgrund"),
        text("theme", "Område", 200),
        date("answer_due", "Svar senast", help="Tomt: granskningens dag."),
        reference("returns", "Återkommer från", "recommendations", help="Samma rekommendation tidigare."),
        POSITION,
    ),
)

RECOMMENDATION_ANSWERS = Table(
    "recommendation_answers",
    "Svar på rekommendationer",
    "Organets svar på en rekommendation.",
    ("recommendation",),
    (
        RECOMMENDATION,
        choice("stance", "Ställningstagande", CHOICES["Stance"]),
        prose("text", "Svar", required=True),
        date("answered_on", "Besvarad", required=True),
        *decision(),
    ),
)

AUDITOR_FOLLOW_UPS = Table(
    "auditor_follow_ups",
    "Revisorns uppföljningar",
    "Vad revisorn fann när en rekommendation följdes upp.",
    ("recommendation", "date"),
    (
        RECOMMENDATION,
        date("date", "Datum", required=True),
        choice("verdict", "Bedömning", CHOICES["FollowUpVerdict"], required=True),
        prose("comment", "Kommentar"),
    ),
)
