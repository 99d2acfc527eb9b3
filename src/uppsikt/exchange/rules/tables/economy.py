"""What it costs: economy models, codes, frames, budgets, forecasts and registers.

The ledger is no table: its files are kept as they were handed in (docs/formats/dataset.md).
"""

from __future__ import annotations

from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.rules.model import COLUMNS
from uppsikt.exchange.rules.spec import (
    Field,
    Kind,
    Table,
    choice,
    date,
    decision,
    integer,
    key,
    money,
    prose,
    reference,
    text,
)

SIGN = "Intäkt positiv, kostnad negativ."
YEAR = Field("year", "År", Kind.YEAR, required=True, default=None)
BODY = reference("body", "Organ", "bodies", required=True)
LINE = text("line", "Rad", 60, required=True, help="En rad i årets ekonomimodell som inte summerar andra.")
UNIT = reference("unit", "Enhet", "units")
ACTIVITY = text("activity", "Verksamhet", 40, help="En kod i årets kodplan, koddelen verksamhet.")
ROUND = reference("round", "Uppföljning", "rounds", required=True)
LIMIT = 2_147_483_647

_WORDS = {
    "account": "konto", "cost_centre": "ansvar", "activity": "verksamhet", "project": "projekt",
    "counterparty": "motpart", "own1": "egen 1", "own2": "egen 2", "own3": "egen 3", "own4": "egen 4",
}  # fmt: skip
DIMENSIONS = tuple((column, _WORDS[column]) for column in ("account", *COLUMNS))

ECONOMY_YEARS = Table(
    "economy_years",
    "Ekonomiår",
    "Ekonomimodellen som gäller för ett år, och för följande år som inte har någon egen.",
    ("year",),
    (
        YEAR,
        text(
            "model",
            "Ekonomimodell",
            100,
            required=True,
            help="Namnet på en fil i mappen economy_models (i Excel bladet Ekonomimodell).",
        ),
    ),
)

CODING = Table(
    "coding",
    "Kodplan",
    "Koderna som huvudboken konteras med, år för år.",
    ("year", "dimension", "key"),
    (
        YEAR,
        choice("dimension", "Koddel", DIMENSIONS, required=True),
        text("key", "Kod", 40, required=True),
        text("name", "Benämning", 200),
        text("parent", "Överordnad kod", 40, help="En kod i samma koddel och år."),
        reference("unit", "Enhet", "units", help="Vems ansvar det är. Bara för ansvar."),
        reference("body", "Organ", "bodies", help="För ansvar utan enhet."),
    ),
    as_csv=True,
)

FRAMES = Table(
    "frames",
    "Ramar",
    "Beslut om ett organs budgetram: årets ursprungliga, och justeringar under året.",
    ("key",),
    (
        key("Börja med året: 2024-ks-ram."),
        BODY,
        YEAR,
        Field("original", "Ursprunglig ram", Kind.BOOLEAN, default=False, help="En för varje organ och år."),
        date("date", "Datum", required=True, help="Dagen från vilken den räknas."),
        text("text", "Vad beslutet gäller", 300, required=True),
        *decision(),
    ),
)

FRAME_AMOUNTS = Table(
    "frame_amounts",
    "Rambelopp",
    "Vad ett rambeslut ger eller tar i varje kolumn.",
    ("frame", "column"),
    (
        reference("frame", "Rambeslut", "frames", required=True),
        text("column", "Kolumn", 40, required=True, help="En ramkolumn i årets ekonomimodell."),
        money("amount_ore", "Belopp (kr)", required=True, help="Ramens nettokostnad är negativ."),
    ),
    as_csv=True,
)

BUDGET = Table(
    "budget",
    "Budget",
    "Detaljbudgeten för året.",
    ("body", "year", "line", "unit", "activity", "frame"),
    (
        BODY,
        YEAR,
        LINE,
        UNIT,
        ACTIVITY,
        reference("frame", "Rambeslut", "frames", help="Tomt: den ursprungliga detaljbudgeten."),
        money("amount_ore", "Belopp (kr)", required=True, help=SIGN),
        choice(
            "profile",
            "Fördelning över året",
            tuple((profile.value, profile.label) for profile in Profile),
            required=True,
        ),
        Field(
            "months",
            "Per månad (kr)",
            Kind.MONTHS,
            default=(),
            help="Tolv belopp med semikolon emellan. Bara när fördelningen är per månad.",
        ),
    ),
    as_csv=True,
)

FORECASTS = Table(
    "forecasts",
    "Prognoser",
    "Vad en rad väntas bli för hela året, som det sades vid en uppföljning.",
    ("body", "round", "line", "unit", "activity"),
    (
        BODY,
        ROUND,
        LINE,
        UNIT,
        ACTIVITY,
        money("amount_ore", "Prognos för året (kr)", required=True, help=SIGN),
        prose("explanation", "Förklaring"),
    ),
    as_csv=True,
)

RESTATEMENTS = Table(
    "restatements",
    "Omräkningar",
    "Vad ett jämförelseårs utfall flyttas för att gå att jämföra med dagens organisation.",
    ("key",),
    (
        key(),
        BODY,
        YEAR,
        LINE,
        UNIT,
        ACTIVITY,
        money("amount_ore", "Belopp (kr)", required=True, help=SIGN),
        text("reason", "Skäl (fotnot)", 300, required=True),
    ),
)

REGISTERS = Table(
    "registers",
    "Registerposter",
    "Poster i ekonomimodellens register: satsningar, potter, externa medel, eget kapital.",
    ("register", "key"),
    (
        text("register", "Register", 40, required=True, help="Ett register i årets ekonomimodell."),
        key(),
        BODY,
        YEAR,
        text("group", "Grupp", 200),
        text("name", "Benämning", 200, required=True),
        integer("position", "Ordning", default=0, maximum=LIMIT),
        reference("goal", "Mål", "goals", help="Målet som posten tjänar."),
        text("project", "Projektkod", 40, help="Huvudbokens kod, om utfallet läses där."),
    ),
    as_csv=True,
)

REGISTER_AMOUNTS = Table(
    "register_amounts",
    "Registerbelopp",
    "Belopp och antal för registrens poster, vid varje uppföljning.",
    ("register", "item", "round", "measure"),
    (
        text("register", "Register", 40, required=True),
        text("item", "Post", 100, required=True, help="Nyckeln i bladet Registerposter."),
        ROUND,
        text("measure", "Mått", 40, required=True, help="Ett av registrets mått i årets ekonomimodell."),
        money("amount_ore", "Belopp (kr)", help="För mått i pengar."),
        integer("count", "Antal", maximum=LIMIT, help="För mått som är antal."),
        text("source", "Källa", 300, required=True, help="Varifrån uppgiften kommer."),
    ),
    as_csv=True,
)
