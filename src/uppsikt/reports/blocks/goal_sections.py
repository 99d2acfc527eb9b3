"""Every goal with what belongs to it, in the plan's order, goals above it as headings.

Options: level (the goals that get a section), parts (of description, fulfilment, rationale, analysis, priorities,
indicators, measures, assignments and the steering model's own texts, in print order), indicator_columns,
assignments (table or cards), assignment_columns, charts (true draws each indicator).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from uppsikt.kernel.period import format_date
from uppsikt.planning.selectors import AssignmentView, GoalView
from uppsikt.reports import cells, indicator_table
from uppsikt.reports.blocks import assignment_list
from uppsikt.reports.blocks.indicator_chart import WORTH_DRAWING, chart
from uppsikt.reports.blocks.measures_by_gender import measures, named
from uppsikt.reports.composition import Composition
from uppsikt.texts.rules import from_plain
from uppsikt.typeset.payload import Block, CommitmentBlock, HeadingBlock, HeadingStyle, Node, Part

DEFAULT_PARTS = (
    "description", "fulfilment", "rationale", "analysis", "work_done", "priorities", "indicators", "assignments",
)  # fmt: skip
DEFAULT_ASSIGNMENT_COLUMNS = ("status", "text", "comment")
DEEPEST = 5


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """A section for each goal at the level, headings for the goals above those."""
    above = c.ancestors()
    level = str(options.get("level") or _lowest(c))
    sections = [view for view in c.snapshot.goals if view.goal.level == level and view.own]
    wanted = {view.goal.pk for goal in sections for view in (*above[goal.goal.pk], goal)}
    wanted |= {view.goal.pk for view in c.snapshot.goals if view.own and view.level.owner == "committee"}
    blocks: list[Block] = []
    for view in c.snapshot.goals:
        if view.goal.pk in wanted:
            own = view.own and view.level.owner == "committee"
            blocks += _Section(c, view, options, own=own).blocks()
    if not blocks:
        blocks.append({"kind": "note", "tone": "info", "text": f"Inga {c.model.word('goals')} är beslutade."})
    if c.snapshot.loose_assignments and "assignments" in _parts(options):
        blocks += _loose(c, options)
    return blocks


def _lowest(c: Composition) -> str:
    levels = c.model.committee_levels or c.model.levels
    return levels[-1].key


def _parts(options: Mapping[str, Any]) -> Sequence[str]:
    asked = options.get("parts")
    return [str(part) for part in asked] if isinstance(asked, list) else DEFAULT_PARTS


def _loose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """Assignments that stand under no goal."""
    heading: HeadingBlock = {
        "kind": "heading",
        "level": min(c.chapter_level + 1, DEEPEST),
        "text": f"Övriga {c.model.word('assignments')}",
    }
    return [
        heading,
        *_assignments(c, c.snapshot.loose_assignments, options, "loose", "", c.chapter_level + 2),
    ]


class _Section:
    """One goal's section while it is put together."""

    def __init__(self, c: Composition, view: GoalView, options: Mapping[str, Any], *, own: bool) -> None:
        self.c, self.view, self.options, self.own = c, view, options, own
        self.level = min(c.chapter_level + 1 + view.depth, DEEPEST)
        self.key = view.goal.key

    def blocks(self) -> list[Block]:
        """The heading and every part that has something to say."""
        heading: HeadingBlock = {
            "kind": "heading",
            "level": self.level,
            "text": str(self.view.goal),
            "eyebrow": self.view.level.label,
            "style": self._style(),
        }
        found: list[Block] = [heading]
        for part in self._order():
            found += self._part(part)
        return found

    def _style(self) -> HeadingStyle:
        """The goals reported on stand out; those at the top group them, those between say where they belong."""
        if self.own:
            return "lead"
        return "context" if self.view.depth else "band"

    def _order(self) -> list[str]:
        parts = list(_parts(self.options))
        kinds = [kind.key for kind in self.c.model.texts_for(self.view.level.key)]
        if not self.own:
            # A goal above says what it is, what is written of it, and its figures; nobody here assesses it.
            figures = [part for part in parts if part in ("indicators", "measures")]
            return ["description", *kinds, *figures, "assignments"]
        return parts

    def _part(self, part: str) -> list[Block]:
        view, c = self.view, self.c
        match part:
            case "description":
                return list(c.text(f"{self.key}-description", from_plain(view.goal.description)))
            case "fulfilment":
                return self._fulfilment()
            case "rationale":
                written = view.assessment.rationale if view.assessment else ""
                return self._headed(c.word("rationale"), part, from_plain(written))
            case "analysis":
                return self._headed(c.word("analysis"), part, list(self._analysis()))
            case "priorities":
                return self._priorities()
            case "indicators":
                return self._indicators()
            case "measures":
                caption = f"{c.word('indicators')}: {view.goal}"
                return (
                    measures(c, view.indicators, key=c.key("m", self.key), caption=caption) + self._charts()
                )
            case "assignments":
                return _assignments(
                    c, view.assignments, self.options, self.key, str(view.goal), self.level + 1
                )
        return self._text(part)

    def _headed(self, title: str, part: str, nodes: list[Node]) -> list[Block]:
        text = self.c.text(f"{self.key}-{part}", nodes)
        if not text:
            return []
        level = min(self.level + 1, DEEPEST)
        return [{"kind": "heading", "level": level, "text": title}, *text]

    def _text(self, kind: str) -> list[Block]:
        """A text of the steering model's own; the first of a goal above stands without a heading."""
        label = next((t.label for t in self.c.model.texts_for(self.view.level.key) if t.key == kind), None)
        if label is None:
            return []
        nodes = self.c.goal_text(self.key, kind)
        return (
            self._headed(label, kind, nodes)
            if self.own and self.view.level.assessed
            else list(self.c.text(f"{self.key}-{kind}", nodes))
        )

    def _fulfilment(self) -> list[Block]:
        view = self.view
        if not view.level.assessed or not self.c.reporting:
            return []
        if view.step is None:
            return [{"kind": "note", "tone": "warn", "text": f"{view.level.label}et är inte bedömt."}]
        departs = view.disagrees and view.proposal is not None
        proposal = (
            f"Regeln föreslog {view.proposal.step.label}: {view.proposal.reason}"
            if departs and view.proposal
            else None
        )
        mark = cells.symbol(view.step)
        return [
            {
                "kind": "fulfilment",
                "symbol": mark["shape"],
                "colour": mark["colour"],
                "label": view.step.label,
                "long": view.step.long,
                "proposal": proposal,
            }
        ]

    def _analysis(self) -> Iterable[Node]:
        for indicator in self.view.indicators:
            if indicator.report and indicator.report.analysis.strip():
                yield from named(indicator.name, from_plain(indicator.report.analysis))

    def _priorities(self) -> list[Block]:
        """What is given priority, each with how it went."""
        view, c = self.view, self.c
        if not view.priorities:
            return []
        kinds = c.model.texts_for(view.level.key, per="priority")
        nodes: list[Node] = []
        for number, text in enumerate(view.priorities, 1):
            nodes.append(
                {
                    "type": "quote",
                    "children": [{"type": "paragraph", "children": [{"type": "text", "text": text}]}],
                }
            )
            for kind in kinds:
                nodes += c.goal_text(self.key, f"{kind.key}:priority-{number}")
        return self._headed(c.word("priorities"), "priorities", nodes)

    def _indicators(self) -> list[Block]:
        view, c = self.view, self.c
        if not view.indicators:
            return []
        asked = self.options.get("indicator_columns")
        columns = (
            [str(name) for name in asked]
            if isinstance(asked, list)
            else list(indicator_table.DEFAULT_COLUMNS)
        )
        caption = f"{c.word('indicators')}: {view.goal}"
        table = indicator_table.table(
            c, view.indicators, columns=columns, key=c.key("i", self.key), caption=caption
        )
        return [table, *self._charts()]

    def _charts(self) -> list[Block]:
        if not self.options.get("charts"):
            return []
        return [
            drawn for view in self.view.indicators if (drawn := chart(self.c, view, fewest=WORTH_DRAWING))
        ]


def _assignments(
    c: Composition,
    rows: Sequence[AssignmentView],
    options: Mapping[str, Any],
    key: str,
    goal: str,
    level: int,
) -> list[Block]:
    if not rows:
        return []
    if options.get("assignments") == "cards":
        return [_card(c, row, options, level) for row in rows]
    asked = options.get("assignment_columns")
    columns = [str(name) for name in asked] if isinstance(asked, list) else list(DEFAULT_ASSIGNMENT_COLUMNS)
    if not c.reporting:
        columns = [name for name in columns if name not in ("status", "comment")]
    return [
        assignment_list.table(
            c,
            rows,
            columns=columns,
            key=c.key("a", key),
            caption=f"{c.word('assignments')}: {goal}" if goal else c.word("assignments"),
            empty="",
        )
    ]


def _card(c: Composition, row: AssignmentView, options: Mapping[str, Any], level: int) -> CommitmentBlock:
    """An assignment told in full."""
    assignment, item = row.assignment, row.assignment.item
    known = {
        "responsible": (c.word("responsible"), assignment_list.responsible(c, row).replace("\n", ", ")),
        "deadline": ("Klart senast", format_date(item.deadline) if item.deadline else ""),
        "decision": ("Ärende och beslut", assignment_list.decision(c, row)),
    }
    asked = options.get("facts") or (["decision"] if c.reporting else ["responsible", "deadline", "decision"])
    facts: list[Part] = [
        {"label": known[name][0], "text": known[name][1]}
        for name in asked
        if name in known and known[name][1]
    ]
    card: CommitmentBlock = {
        "kind": "commitment",
        "key": item.key,
        "title": assignment.title,
        "badges": list(row.badges),
        "background": assignment.background or None,
        "text": assignment.text,
        "parts": [{"label": part["label"], "text": part["text"]} for part in assignment.parts],
        "status": None,
        "comment": (row.entry.comment or None) if row.entry else None,
        "facts": facts,
        "labels": {
            "text": c.word("assignment"),
            "background": c.word("background"),
            "status": c.word("status"),
            "comment": c.word("comment"),
        },
        "level": min(level, DEEPEST + 1),
    }
    if c.reporting:
        cell = cells.status(row)
        mark = cell.get("symbol")
        assert mark is not None
        card["status"] = {"symbol": mark["shape"], "colour": mark["colour"], "label": cell["text"]}
    return card
