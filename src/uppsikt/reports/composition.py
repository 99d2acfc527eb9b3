"""What the blocks of a report are made from, and what they leave behind: origins of figures and notes to tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.kernel import clock
from uppsikt.planning.rules.reporting import goal_slot
from uppsikt.planning.selectors import Figure, GoalView, IndicatorView, Snapshot
from uppsikt.reports.control import Control
from uppsikt.reports.economy import Economy
from uppsikt.reports.oversight import Stood
from uppsikt.reports.procurement import Purchases
from uppsikt.reports.rules.figures import LiveFigure
from uppsikt.texts.rules import Node, is_empty
from uppsikt.typeset.payload import Origin, TextBlock


def indicator_href(key: str) -> str:
    """Where a figure's story stands in the installation: the indicator's own page."""
    return f"/indicators/{key}/"


def capital(text: str) -> str:
    """The text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Names in a row, the last after "och": A, B och C."""
    return f"{', '.join(names[:-1])} och {names[-1]}" if len(names) > 1 else "".join(names)


class Origins:
    """Where every printed figure comes from, each origin once, numbered in reading order."""

    def __init__(self) -> None:
        self._keys: dict[tuple[tuple[str, str | None], ...], str] = {}
        self.entries: dict[str, Origin] = {}

    def add(
        self,
        label: str,
        value: str,
        *,
        source: str = "",
        formula: str = "",
        by: str = "",
        at: str = "",
        href: str = "",
    ) -> str:
        """The key of this origin."""
        fields = {
            "label": label,
            "value": value,
            "source": source or None,
            "formula": formula or None,
            "by": by or None,
            "at": at or None,
            "href": href or None,
        }
        known = tuple(fields.items())
        key = self._keys.get(known)
        if key is None:
            key = self._keys[known] = f"o{len(self._keys) + 1}"
            self.entries[key] = cast("Origin", fields)
        return key


class Notes:
    """The notes of one table: those a cell points to first, then those about the whole."""

    def __init__(self) -> None:
        self._marked: list[str] = []
        self._whole: list[str] = []

    def mark(self, *sentences: str) -> str | None:
        """The mark of a note that says these sentences; None when there is nothing to say."""
        text = " ".join(sentence.strip() for sentence in sentences if sentence.strip())
        if not text:
            return None
        if text not in self._marked:
            self._marked.append(text)
        return str(self._marked.index(text) + 1)

    def add(self, text: str) -> None:
        """A note about the whole table, once."""
        if text and text not in self._whole:
            self._whole.append(text)

    def all(self) -> list[str]:
        """Every note in print order."""
        return [*self._marked, *self._whole]


@dataclass(frozen=True)
class Composition:
    """Everything the blocks may read. `chapter` is the key of the chapter being composed.

    Args:
        texts: what is written, by slot. earlier: the round before, when some block compares with it.
        plan_source: the decided plan that targets come from, in words. unit_names: by unit key.
        pictures: (media type, base64) by digest. economy: the tables that blocks name, with their origins.
        control, purchases, bodies: internal control, what was bought and how all bodies stand, for the blocks that tell
        of them.
    """

    snapshot: Snapshot
    body_key: str
    report_key: str
    texts: Mapping[str, list[Node]]
    figures: Mapping[str, LiveFigure]
    plan_source: str = ""
    unit_names: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    earlier: Snapshot | None = None
    economy: Economy = field(default_factory=Economy)
    control: Control = field(default_factory=Control)
    purchases: Purchases = field(default_factory=Purchases)
    bodies: Sequence[Stood] = ()
    chapter: str = ""
    chapter_level: int = 1
    place: str = ""
    origins: Origins = field(default_factory=Origins)

    @property
    def model(self) -> SteeringModel:
        """The year's steering model."""
        return self.snapshot.model

    @property
    def reporting(self) -> bool:
        """Whether something is followed up: False in a plan."""
        return self.snapshot.round is not None

    @property
    def years(self) -> tuple[int, ...]:
        """The years that stand in columns: up to the year followed up, in a plan up to the year before."""
        last = self.snapshot.year if self.reporting else self.snapshot.year - 1
        count = max(1, self.model.indicators.columns_years)
        return tuple(range(last - count + 1, last + 1))

    def at(self, chapter: str, level: int, place: str) -> Composition:
        """The same, standing at a block of a chapter."""
        return replace(self, chapter=chapter, chapter_level=level, place=place)

    def word(self, key: str) -> str:
        """The municipality's word with a capital letter, for headings."""
        return capital(self.model.word(key))

    def key(self, *parts: str) -> str:
        """A key for a table or chart at this place, the same every time the report is composed."""
        return "-".join((self.place, *parts))

    # ---- texts

    def chapter_slot(self) -> str:
        """Where the chapter's own text stands."""
        return chapter_slot(self.report_key, self.chapter)

    def goal_text(self, goal_key: str, kind: str) -> list[Node]:
        """What the body wrote about a goal in the round."""
        round_ = self.snapshot.round
        return self.texts.get(goal_slot(goal_key, round_.key, self.body_key, kind), []) if round_ else []

    def text(self, key: str, content: list[Node]) -> list[TextBlock]:
        """The text as a block, live figures and pictures put in; nothing when it is empty."""
        if is_empty(content):
            return []
        return [{"kind": "text", "key": key, "content": [self._node(node) for node in content]}]

    def _node(self, node: Node) -> Node:
        return cast("Node", self._filled(node))

    def _filled(self, value: object) -> object:
        """A copy with live figures resolved and pictures' bytes in place."""
        if isinstance(value, list):
            return [self._filled(each) for each in value]
        if not isinstance(value, dict):
            return value
        if value.get("type") == "figure":
            return self._figure(str(value["key"]))
        copy = {key: self._filled(each) for key, each in value.items()}
        if value.get("type") == "image":
            mime, data = self.pictures.get(str(value.get("file", "")), ("", ""))
            copy |= {"mime": mime, "data": data} if data else {"data": None}
        return copy

    def _figure(self, key: str) -> dict[str, object]:
        figure = self.figures.get(key)
        if figure is None:
            return {"type": "figure", "key": key, "text": f"[{key} finns inte]"}
        origin = self.origins.add(figure.label, figure.text, formula=figure.formula)
        return {"type": "figure", "key": key, "text": figure.text, "origin": origin}

    # ---- goals

    def ancestors(self) -> dict[int, tuple[GoalView, ...]]:
        """The goals above each goal, top first, by the goal's id."""
        by_id = {view.goal.pk: view for view in self.snapshot.goals}
        found: dict[int, tuple[GoalView, ...]] = {}
        for view in self.snapshot.goals:  # parents stand before their children
            parent = by_id.get(view.goal.parent_id) if view.goal.parent_id else None
            found[view.goal.pk] = (*found.get(parent.goal.pk, ()), parent) if parent else ()
        return found

    # ---- origins

    def figure_origin(self, view: IndicatorView, figure: Figure, text: str) -> str:
        """The origin of an outcome."""
        part = self.model.breakdown_label(figure.breakdown)
        label = ", ".join(filter(None, (view.name, part, figure.period.label)))
        return self.origins.add(
            label,
            text,
            source=figure.source,
            by=figure.by,
            at=figure.at.astimezone(clock.STOCKHOLM).date().isoformat(),
            href=indicator_href(view.indicator.key),
        )

    def target_origin(self, view: IndicatorView, role_word: str, year: int, text: str) -> str:
        """The origin of a target: the plan that decided it."""
        return self.origins.add(
            f"{view.name}, {role_word} {year}",
            text,
            source=self.plan_source,
            href=indicator_href(view.indicator.key),
        )


def chapter_slot(report_key: str, chapter: str) -> str:
    """Where a chapter's text is kept."""
    return f"report:{report_key}:{chapter}"


def slots(snapshot: Snapshot, body_key: str, report_key: str, chapters: Iterable[str]) -> list[str]:
    """Every place whose text the report may print."""
    found = [chapter_slot(report_key, chapter) for chapter in chapters]
    if snapshot.round is None:
        return found
    for view in snapshot.goals:
        kinds = [kind.key for kind in snapshot.model.texts_for(view.level.key)]
        for kind in snapshot.model.texts_for(view.level.key, per="priority"):
            kinds += [f"{kind.key}:priority-{number}" for number, _ in enumerate(view.priorities, 1)]
        found += [goal_slot(view.goal.key, snapshot.round.key, body_key, kind) for kind in kinds]
    return found
