"""What the components print: small frozen values that pages build and templates only read.

All text is ready for print. Colours are the tokens good, fair, warn, bad, neutral and accent; they never stand
alone, so a `Symbol` without words cannot be made.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Tone = Literal["good", "fair", "warn", "bad", "neutral", "accent", ""]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A step on a scale as shape and word: fulfilment of a goal or status of an assignment.

    `shape` is a key of `svg.SYMBOLS`, as the steering model has it. `note` follows muted, such as
    "höjd från Delvis".
    """

    shape: str
    words: Text
    colour: str = "neutral"
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a printed figure comes from. The same fields as an origin in a report's payload."""

    label: Text
    value: str = ""
    source: Text = ""
    formula: Text = ""
    by: Text = ""
    at: str = ""
    href: str = ""


OUTCOME_WORDS: dict[str, tuple[str, str, Text]] = {
    "met": ("check", "good", _("Uppnått")),
    "not_met": ("cross", "bad", _("Ej uppnått")),
    "no_outcome": ("dash", "neutral", _("Saknar utfall")),
    "cannot_judge": ("diamond", "neutral", _("Kan inte bedömas")),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a target is met, by rule; `departs` says what was reported when a person departs from the rule.

    `outcome` is one of met, not_met, no_outcome, cannot_judge; `words` replaces the usual words.
    """

    outcome: str
    words: Text = ""
    departs: Text = ""

    @property
    def symbol(self) -> Symbol:
        shape, colour, words = OUTCOME_WORDS[self.outcome]
        return Symbol(shape, self.words or words, colour)


_TREND_WORDS: dict[str, tuple[str, Text]] = {
    "better": ("good", _("bättre")),
    "worse": ("bad", _("sämre")),
    "same": ("neutral", _("oförändrad")),
    "unknown": ("neutral", _("förändrad")),
}
_TREND_ICONS = {"up": "arrow-up-right", "down": "arrow-down-right", "flat": "arrow-right"}


@dataclass(frozen=True, slots=True)
class Trend:
    """Which way a series goes, and whether that is for the better, so that nobody has to guess."""

    direction: Literal["up", "down", "flat"]
    meaning: Literal["better", "worse", "same", "unknown"]

    @property
    def icon(self) -> str:
        return _TREND_ICONS[self.direction]

    @property
    def colour(self) -> str:
        return _TREND_WORDS[self.meaning][0]

    @property
    def words(self) -> Text:
        return _TREND_WORDS[self.meaning][1]


@dataclass(frozen=True, slots=True)
class Badge:
    """A short remark in a pill: "Överflyttad från 2023", "Preliminär"."""

    text: Text
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something has come, in words first: "12 av 18 indikatorer rapporterade"."""

    label: Text
    done: int
    total: int
    words: Text = ""
    tone: str = "accent"

    @property
    def count(self) -> Text:
        return self.words or _("%(done)s av %(total)s") % {"done": self.done, "total": self.total}

    @property
    def width(self) -> str:
        """Share of the bar that is filled, in whole percent, as an SVG length."""
        if self.total <= 0:
            return "0"
        share = Decimal(100) * min(self.done, self.total) / self.total
        return str(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Job:
    """Long work under way, or what came of it: its state, a sentence, a bar where its size is known.

    `href` is the job's own page, which answers htmx with the part that changes; empty where nothing is to be asked.
    """

    key: str
    state: Literal["waiting", "running", "done", "failed"]
    words: Text
    progress: Progress | None = None
    href: str = ""
    result_href: str = ""

    @property
    def active(self) -> bool:
        return self.state in {"waiting", "running"}

    @property
    def id(self) -> str:
        """The key as an id in the page."""
        return f"jobb-{slugify(self.key.replace(':', '-'))}"

    @property
    def icon(self) -> str:
        return {"waiting": "clock", "running": "loader", "done": "circle-check", "failed": "circle-alert"}[
            self.state
        ]

    @property
    def tone(self) -> str:
        return {"waiting": "neutral", "running": "accent", "done": "good", "failed": "bad"}[self.state]

    @property
    def said(self) -> str:
        """A mark of what is said now, to know a change by."""
        return f"{zlib.crc32(f'{self.state} {self.words}'.encode()):08x}"

    @property
    def poll(self) -> str:
        """The address to ask for news, empty when there will be none."""
        return f"{self.href}?said={self.said}" if self.active and self.href else ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of where one is. The last one has no address."""

    label: Text
    href: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A filter chip, a tab or a page in a series: a real address, and whether one stands there now."""

    label: Text
    href: str
    current: bool = False
    count: str = ""
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something one can press. With `post` it is a form of its own, else a link."""

    label: Text
    href: str
    primary: bool = False
    post: bool = False
    icon: str = ""
    danger: bool = False
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the few figures at the top of a page."""

    label: Text
    text: Text
    note: Text = ""
    origin: Origin | None = None
    symbol: Symbol | None = None


@dataclass(frozen=True, slots=True)
class Empty:
    """What will stand here and how to begin."""

    title: Text
    text: Text = ""
    action: Action | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value in a list of facts; several lines where a value has several parts."""

    label: Text
    text: Text = ""
    href: str = ""
    symbol: Symbol | None = None
    origin: Origin | None = None
