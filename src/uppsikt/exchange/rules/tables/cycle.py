"""When: years with their steering models, reporting rounds, plans."""

from __future__ import annotations

from uppsikt.cycle.rules.rounds import RoundKind, RoundState
from uppsikt.exchange.rules.spec import Field, Kind, Table, choice, date, decision, key, reference, text

YEARS = Table(
    "years",
    "År",
    "Åren och den styrmodell som gäller för vart och ett.",
    ("year",),
    (
        Field("year", "År", Kind.YEAR, required=True, default=None),
        text(
            "model",
            "Styrmodell",
            100,
            required=True,
            help="En inbyggd modells namn, eller en egen från mappen models (i Excel bladet Styrmodell).",
        ),
    ),
)

ROUNDS = Table(
    "rounds",
    "Uppföljningar",
    "Tillfällena då det rapporteras.",
    ("key",),
    (
        key("Börja med året: 2024-bokslut."),
        Field("year", "År", Kind.YEAR, required=True, default=None, table="years"),
        choice("kind", "Slag", tuple((kind.value, kind.label) for kind in RoundKind), required=True),
        text("name", "Namn", 200, required=True),
        date("cutoff", "Läget per", required=True, help="Sista dagen som rapporteras."),
        date("opens", "Öppnar"),
        date("deadline", "Sista dag"),
        choice("state", "Läge", tuple((state.value, state.label) for state in RoundState), required=True),
    ),
)

PLANS = Table(
    "plans",
    "Planer",
    "Ett organs plan för ett år, och beslutet om den.",
    ("body", "year"),
    (
        reference("body", "Organ", "bodies", required=True),
        Field("year", "År", Kind.YEAR, required=True, default=None, table="years"),
        choice("state", "Läge", (("draft", "utkast"), ("adopted", "fastställd")), required=True),
        *decision(),
    ),
)
