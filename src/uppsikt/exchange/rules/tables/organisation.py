"""Who: the municipality, its bodies and units, people and their roles."""

from __future__ import annotations

from uppsikt.exchange.rules.spec import Field, Kind, Table, choice, date, key, reference, text
from uppsikt.organisation.rules import BodyKind, Role

VALID = (
    date("valid_from", "Gäller från", required=True, help="Första dagen."),
    date("valid_to", "Gäller till", help="Första dagen då det inte längre gäller. Tomt: tills vidare."),
)

MUNICIPALITY = Table(
    "municipality",
    "Kommun",
    "En rad: kommunen som installationen tillhör.",
    ("key",),
    (
        key(),
        text("name", "Namn", 200, required=True),
        Field("accent", "Färg", Kind.COLOUR, default="#0b5563", help="Rapporternas färg, t.ex. #0b5563."),
        Field("logo", "Logotyp", Kind.FILE, help="Namnet på en PNG- eller JPEG-fil i datamängdens mapp."),
    ),
)

BODIES = Table(
    "bodies",
    "Organ",
    "Nämnder och andra organ. En rad för varje tid med ett namn: samma nyckel igen betyder nytt namn.",
    ("key", "valid_from"),
    (
        key(),
        choice("kind", "Slag", tuple((kind.value, kind.label) for kind in BodyKind), required=True),
        text("name", "Namn", 200, required=True),
        text("short", "Kortnamn", 30),
        *VALID,
    ),
)

SUCCESSIONS = Table(
    "successions",
    "Efterföljare",
    "När ett organ tar över från ett annat. En delning har en rad för varje efterföljare.",
    ("predecessor", "successor"),
    (
        reference("predecessor", "Föregångare", "bodies", required=True),
        reference("successor", "Efterföljare", "bodies", required=True),
        date("date", "Datum", required=True, help="Efterföljarens första dag."),
        choice(
            "kind",
            "Slag",
            (("rename", "ersätter"), ("split", "delning"), ("merge", "sammanslagning")),
            required=True,
        ),
    ),
)

UNITS = Table(
    "units",
    "Enheter",
    "Förvaltningens delar. En rad för varje placering: samma nyckel igen betyder flytt eller nytt namn.",
    ("key", "valid_from"),
    (
        key(),
        text("name", "Namn", 200, required=True),
        reference("body", "Organ", "bodies", required=True),
        reference("parent", "Överordnad enhet", "units"),
        *VALID,
    ),
)

PEOPLE = Table(
    "people",
    "Personer",
    "De som loggar in eller är ansvariga för något.",
    ("key",),
    (
        key(),
        text("name", "Namn", 200, required=True),
        Field(
            "email", "E-postadress", Kind.EMAIL, required=True, maximum=254, help="Används för att logga in."
        ),
        text("title", "Titel", 200),
    ),
)

ROLES = Table(
    "roles",
    "Roller",
    "Vem som får göra vad. Utan organ och enhet gäller rollen hela kommunen.",
    ("person", "role", "body", "unit", "valid_from"),
    (
        reference("person", "Person", "people", required=True),
        choice("role", "Roll", tuple((role.value, role.label) for role in Role), required=True),
        reference("body", "Organ", "bodies"),
        reference("unit", "Enhet", "units"),
        *VALID,
    ),
    as_csv=True,
)
