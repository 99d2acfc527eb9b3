"""The municipality's own words, bent as a sentence needs them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from uppsikt.cycle.rules.steering import Level, Scale, SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.period import MONTHS


def noun(model: SteeringModel, key: str, count: int = 1) -> str:
    """The model's word for one or several of something: goal, indicator, assignment, target."""
    if count == 1:
        return model.word(key)
    return model.words.get(f"{key}s", model.word(key))


def counted(model: SteeringModel, key: str, count: int) -> str:
    """A number with its word: "21 uppdrag", "1 mått"."""
    return f"{count} {noun(model, key, count)}"


def capital(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """With a small first letter, for the middle of a sentence; abbreviations keep theirs."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def listed(parts: Iterable[str]) -> str:
    """Parts in a sentence: "a, b och c"."""
    held = [part for part in parts if part]
    if len(held) < 2:
        return "".join(held)
    return _("%(first)s och %(last)s") % {"first": ", ".join(held[:-1]), "last": held[-1]}


def numbered(number: str, name: str) -> str:
    """A goal's name with its number, where the model numbers."""
    return f"{number} {name}".strip()


def plural(level: Level) -> str:
    """A level's label for several."""
    return level.plural or level.label


def short_round(round_: Round) -> str:
    """A round in few words: "augusti 2024", "bokslutet 2024"."""
    if round_.kind == "year_end":
        return _("bokslutet %(year)s") % {"year": round_.year_id}
    return f"{MONTHS[round_.cutoff.month - 1]} {round_.cutoff.year}"


def statuses_in_words(scale: Scale, counts: dict[str, int]) -> str:
    """How many at each status, in the scale's order: "1 klart, 25 blir klart i år"."""
    told = [f"{counts[step.key]} {small(step.label)}" for step in scale.steps if counts.get(step.key)]
    untold = counts.get("", 0)
    if untold:
        told.append(_("%(count)s inte rapporterade") % {"count": untold})
    return listed(told)
