"""What does not follow: a printed status, count, percentage, word of change or recommendation against its ground.

Nothing is corrected. A report is printed as it was decided; what it contradicts is said beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from uppsikt.control.rules import figures
from uppsikt.control.rules.figures import APPROVED, CHANGE_WORDS, FEWER, MNKR_ORE, MORE, UNCHANGED, Part
from uppsikt.kernel.numbers import decimals_of, round_half_away

COUNT_WORDS: Mapping[str, str] = {"mitigation": "åtgärder", "control": "kontroller"}
KIND_OF_COUNT = (
    ("checked", "kontrollerade"),
    ("faulty", "fel"),
    ("count", "antal"),
    ("extra_count", "därutöver"),
)
AMOUNTS = (("total_ore", "belopp"), ("outside_ore", "utanför"))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something stated that its ground does not give. `subject`: what it is about, as the history calls it."""

    rule: str
    message: str
    place: str
    subject: str = ""


def status_doubts(
    verdict: str | None, stated: str, labels: Mapping[str, str], place: str, subject: str = ""
) -> list[Doubt]:
    """CONSISTENT-1: a stated status that the thresholds do not give.

    Args: verdict: what the thresholds give, None when nothing. stated: the step reported, empty when none is.
    """
    if not stated or verdict is None or stated == verdict:
        return []
    message = (
        f"Resultatet är angivet som {labels.get(stated, stated)}, "
        f"men kontrollens gränser ger {labels.get(verdict, verdict)}."
    )
    return [Doubt("status", message, place, subject)]


def percent_doubts(part: Part, place: str, subject: str = "") -> list[Doubt]:
    """CONSISTENT-2: a stated percentage that is not that of the counts or the amounts beside it, as printed."""
    if part.value is None:
        return []
    decimals = decimals_of(part.value)
    for computed, what in ((figures.from_counts(part), "antalen"), (figures.from_amounts(part), "beloppen")):
        if computed is None or round_half_away(figures.as_decimal(computed), decimals) == part.value:
            continue
        message = (
            f"Andelen är angiven till {figures.percent_text(Fraction(part.value), decimals)}, "
            f"men {what} bredvid ger {figures.percent_text(computed, max(decimals, 1))}."
        )
        if what == "beloppen" and _within_rounding(part, decimals):
            message += " Skillnaden kan bero på att beloppen är avrundade."
        return [Doubt("percent", message, place, subject)]
    return []


def _within_rounding(part: Part, decimals: int) -> bool:
    """Whether amounts that round to those stated could give the stated percentage."""
    total, outside, value = part.total_ore, part.outside_ore, part.value
    if total is None or outside is None or value is None:
        return False
    grain = Fraction(_grain(total, outside), 2)
    lowest = 100 * (1 - (outside + grain) / (total - grain)) if total > grain else Fraction(0)
    highest = 100 * (1 - max(outside - grain, Fraction(0)) / (total + grain))
    half = Fraction(1, 2 * 10**decimals)
    return lowest - half <= Fraction(value) <= highest + half


def _grain(*amounts: int) -> int:
    """The coarsest power of ten, at most a million kronor, that divides all the amounts: how finely they were told."""
    grain = MNKR_ORE
    while any(amount % grain for amount in amounts):
        grain //= 10
    return grain


def total_doubts(stated: Part, computed: Part, label: str, place: str, subject: str = "") -> list[Doubt]:
    """CONSISTENT-3: a stated total that is not the sum of its rows. Only what both say is compared."""
    found = []
    for field, word in (*KIND_OF_COUNT, *AMOUNTS):
        said, summed = getattr(stated, field), getattr(computed, field)
        if said is None or summed is None or said == summed:
            continue
        unit, divisor = (" mnkr", MNKR_ORE) if field.endswith("_ore") else ("", 1)
        numbers = [
            f"{Fraction(one, divisor)}" if divisor == 1 else figures.mnkr_text(one) for one in (said, summed)
        ]
        message = f"{label}: totalen anger {numbers[0]}{unit} ({word}), men raderna summerar till {numbers[1]}{unit}."
        found.append(Doubt("total", message, place, subject))
    share = figures.share(computed)
    if stated.value is not None and share is not None and figures.from_counts(stated) is None:
        decimals = decimals_of(stated.value)
        if round_half_away(figures.as_decimal(share), decimals) != stated.value:
            message = (
                f"{label}: totalen är angiven till {figures.percent_text(Fraction(stated.value), decimals)}, "
                f"men raderna ger tillsammans {figures.percent_text(share, max(decimals, 1))}."
            )
            found.append(Doubt("total", message, place, subject))
    return found


def stated_doubts(
    stated: Iterable[Mapping[str, object]],
    counted: Mapping[tuple[str, str], int],
    labels: Mapping[str, str],
    place: str,
    subject: str = "",
) -> list[Doubt]:
    """CONSISTENT-4: a count in a summary's text that is not that of its list.

    Args: stated: [{"of": "mitigation" or "control", "status": step or empty for all, "count": n}].
        counted: how many there are, by (of, step); step empty for all.
    """
    found = []
    for one in stated:
        of, step, count = str(one.get("of", "")), str(one.get("status", "")), one.get("count")
        there = counted.get((of, step), 0)
        if count == there:
            continue
        what = COUNT_WORDS.get(of, of)
        which = f" med status {labels.get(step, step)}" if step else ""
        message = f"Texten anger {count} {what}{which}, men listan har {there}."
        found.append(Doubt("count", message, place, subject))
    return found


def change_doubts(stated: str, changes: Iterable[str], place: str, subject: str = "") -> list[Doubt]:
    """CONSISTENT-5: a word of change that no figure bears out. More or fewer may be either better or worse.

    Args: stated: better, unchanged or worse; empty when nothing is said. changes: how each measure has changed.
    """
    known = [word for word in changes if word in CHANGE_WORDS]
    counted = stated != UNCHANGED and not {MORE, FEWER}.isdisjoint(known)
    if not stated or not known or stated in known or counted:
        return []
    words = ", ".join(dict.fromkeys(CHANGE_WORDS[word] for word in known))
    message = f"Resultatet sägs vara {CHANGE_WORDS.get(stated, stated)}, men siffrorna är {words}."
    return [Doubt("change", message, place, subject)]


@dataclass(frozen=True, slots=True)
class Advised:
    """A row of a group-wide control: what it was found to be, and whether it is given a recommendation."""

    name: str
    judgement: str
    recommended: bool
    subject: str = ""


def recommendation_doubts(rows: Sequence[Advised], place: str) -> list[Doubt]:
    """CONSISTENT-6: a recommendation left out for one below the threshold, or given to one that is approved.

    Rows say nothing of it when none of them has a recommendation of its own: it then stands in the common text.
    """
    if not any(row.recommended for row in rows):
        return []
    found = []
    for row in rows:
        if not row.judgement or row.recommended == (row.judgement != APPROVED):
            continue
        message = (
            "Ges en rekommendation fast resultatet är godkänt."
            if row.recommended
            else "Ges ingen rekommendation fast resultatet ligger under gränsen."
        )
        found.append(Doubt("recommendation", message, f"{place}, {row.name}", row.subject))
    return found
