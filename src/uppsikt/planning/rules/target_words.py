"""How a target will be judged, in words, before there is any outcome: what its author is promised."""

from __future__ import annotations

from uppsikt.kernel.numbers import format_decimal
from uppsikt.planning.rules.judgement import Direction, TargetFact


def how_judged(
    target: TargetFact,
    *,
    year: int,
    direction: Direction,
    lag_years: int = 0,
    bare_by_direction: bool = False,
    future_counts: bool = False,
) -> str:
    """The rule that `judgement.judge` will follow for the target, as a sentence or two.

    Args: year: the plan's year; the rest as in `judge`.
    """
    outcome_year = year - lag_years
    when = f"{outcome_year} års utfall"
    rule = _rule(target, when, direction, bare_by_direction)
    later = ""
    if target.year > year and not future_counts:
        later = f" Målet avser {target.year}: till dess visas avståndet, men det räknas inte som uppnått eller ej."
    elif lag_years:
        later = f" Utfallet kommer {lag_years} år efteråt, därför prövas {outcome_year} mot målet för {target.year}."
    return f"{rule}{later}"


def _rule(target: TargetFact, when: str, direction: Direction, bare_by_direction: bool) -> str:
    value = format_decimal(target.value)
    match target.kind:
        case "ge":
            return f"Uppnått när {when} är {value} eller högre."
        case "gt":
            return f"Uppnått när {when} är högre än {value}; {value} räcker inte."
        case "le":
            return f"Uppnått när {when} är {value} eller lägre."
        case "lt":
            return f"Uppnått när {when} är lägre än {value}; {value} räcker inte."
        case "eq":
            return f"Uppnått när {when} är exakt {value}."
        case "interval":
            return f"Uppnått när {when} ligger från {value} till {format_decimal(target.upper)}, gränserna inräknade."
        case "decrease":
            return f"Uppnått när {when} är lägre än det närmast föregående jämförbara."
        case "increase":
            return f"Uppnått när {when} är högre än det närmast föregående jämförbara."
        case "keep":
            return _keep(when, direction)
        case "reference":
            words = {"lt": "lägre än", "le": "högst lika med", "gt": "högre än", "ge": "minst lika med"}
            than = words.get(target.comparator or "ge", "minst lika med")
            return (
                f"Uppnått när {when} är {than} {target.reference}; jämförelsevärdet registreras som utfall."
            )
        case _:
            return _bare(value, when, direction, bare_by_direction)


def _keep(when: str, direction: Direction) -> str:
    words = {
        Direction.UP: "inte är lägre än",
        Direction.DOWN: "inte är högre än",
        Direction.NONE: "är samma som",
    }
    return f"Uppnått när {when} {words[direction]} det närmast föregående jämförbara."


def _bare(value: str, when: str, direction: Direction, bare_by_direction: bool) -> str:
    if not bare_by_direction:
        return "Bedöms inte av regeln: ett värde utan jämförelsetecken. Den som rapporterar bedömer själv."
    if direction is Direction.NONE:
        return (
            "Bedöms inte av regeln: indikatorn har ingen önskad riktning. Den som rapporterar bedömer själv."
        )
    way = "högre" if direction is Direction.UP else "lägre"
    return f"Uppnått när {when} är {value} eller {way}, eftersom {way} är bättre för indikatorn."
