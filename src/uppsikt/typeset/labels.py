"""Small printed texts shared by the outputs: numbers as a Swede writes them, dates, and which chart values show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.typeset.payload import Adopted, Document

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
NBSP = "\u00a0"
MINUS = "\u2212"


def decimal(canonical: str) -> str:
    """A canonical decimal as printed: "-1234.50" becomes "−1 234,50". No rounding."""
    sign, digits = (MINUS, canonical[1:]) if canonical.startswith("-") else ("", canonical)
    whole, _, fraction = digits.partition(".")
    groups: list[str] = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    groups.insert(0, whole)
    return sign + NBSP.join(groups) + ("," + fraction if fraction else "")


def long_date(iso: str) -> str:
    """A date as words, "26 mars 2025"; anything else as it is."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return iso
    return f"{int(parts[2])}{NBSP}{MONTHS[int(parts[1]) - 1]} {parts[0]}"


def all_labelled(chart: Mapping[str, Any]) -> bool:
    """Whether every value of a chart can stand at its point; otherwise the chart's table is printed too."""
    points = len(chart["x"])
    if chart["type"] in {"waterfall", "bullet", "grouped"}:
        return True
    if chart["type"] == "year":
        return False
    if chart["type"] == "bar":
        return points * len(chart["series"]) <= 14
    return (len(chart["series"]) == 1 and points <= 12) or (len(chart["series"]) == 2 and points <= 8)


def short_fingerprint(fingerprint: str) -> str:
    """A hash as a reader can compare it: first and last four characters."""
    return f"{fingerprint[:4]}…{fingerprint[-4:]}" if len(fingerprint) > 12 else fingerprint


def footer_state(document: Document) -> str:
    """What every page says about the report's standing."""
    adopted = document.get("adopted")
    if document["state"] == "draft" or not adopted:
        return document["state_text"]
    fingerprint = adopted.get("fingerprint")
    return document["state_text"] + (f" · {short_fingerprint(fingerprint)}" if fingerprint else "")


def _decision_facts(adopted: Adopted) -> list[tuple[str, str]]:
    """The decision first: what is adopted is so by it. The freezing comes second."""
    frozen = f"{long_date(adopted['at'])} av {adopted['by']}"
    day = adopted.get("decision_date")
    if not day:
        told = [("Beslut", adopted.get("decision") or "")] if adopted.get("decision") else []
        return [*told, ("Fastställd", frozen)]
    section, body = adopted.get("decision_section"), adopted.get("decision_body")
    when = f"{day} §\u00a0{section}" if section else day
    case = adopted.get("decision_case")
    return [
        ("Fastställd", f"{when} av {body}" if body else when),
        *([("Ärende", case)] if case else []),
        ("Fryst", frozen),
    ]


def title_facts(document: Document) -> list[tuple[str, str]]:
    """What the title page says below the title, as label and text."""
    facts: list[tuple[str, str]] = []
    round_ = document.get("round")
    if round_ and round_["name"] and round_["name"] != document["title"]:
        facts.append(("Uppföljning", round_["name"]))
    if round_ and round_.get("cutoff"):
        facts.append(("Uppgifterna avser", "till och med " + long_date(round_.get("cutoff") or "")))
    adopted = document.get("adopted")
    if document["state"] == "adopted" and adopted:
        facts += _decision_facts(adopted)
        if adopted.get("fingerprint"):
            facts.append(("Kontrollsumma", adopted.get("fingerprint") or ""))
    else:
        facts.append(("Sammanställd", long_date(document["date"])))
    return facts
