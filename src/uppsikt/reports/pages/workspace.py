"""The report while it is written: outline, chapter as it will be, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle.rules.steering import OutlineChapter
from uppsikt.kernel import clock
from uppsikt.kernel.period import format_date
from uppsikt.publishing import selectors as publishing
from uppsikt.publishing.selectors import Publication
from uppsikt.reports import selectors
from uppsikt.reports.assembly import Assembled
from uppsikt.reports.composition import chapter_slot
from uppsikt.reports.gaps import Gap
from uppsikt.reports.missing import KINDS, wants_text
from uppsikt.reports.pages import links
from uppsikt.reports.rules.figures import ALIASES, live_figures
from uppsikt.reports.selectors import Report
from uppsikt.texts.pages import ConflictPage, Editor
from uppsikt.texts.rules import is_empty
from uppsikt.texts.rules.place import LiveFigure
from uppsikt.typeset.html import render_body
from uppsikt.web.parts import Action, Crumb, Link, Progress, Text

WHOLE = "all"


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One chapter in the outline. `state` is done, carried, missing, live (no text of its own) or hidden."""

    key: str
    title: str
    level: int
    href: str
    state: str
    state_words: Text
    current: bool


@dataclass(frozen=True, slots=True)
class GapGroup:
    """What is missing of one kind: its name, how many, and each with where it is put right."""

    kind: str
    label: Text
    links: tuple[Link, ...]

    @property
    def count(self) -> int:
        """How many are missing."""
        return len(self.links)


@dataclass(frozen=True, slots=True)
class Standing:
    """What has been adopted: when, by what decision, where it is."""

    text: Text
    href: str
    difference_href: str


@dataclass(frozen=True, slots=True)
class WorkspacePage:
    """A report's outline to the left and one of its chapters to the right.

    `preview` is the chapter as it will be printed; `editor` or `conflict` stands above it while one writes.
    """

    title: str
    lead: Text
    crumbs: tuple[Crumb, ...]
    standing: Standing | None
    outline: tuple[OutlineRow, ...]
    whole: Link
    progress: Progress
    gaps: tuple[GapGroup, ...]
    chapter_title: str
    preview: SafeString
    edit_href: str
    next_chapter: Link | None
    downloads: tuple[Action, ...]
    outline_href: str
    carry: Action | None
    uncarry: Action | None
    compare_href: str
    adopt: Action | None
    editor: Editor | None
    conflict: ConflictPage | None

    @property
    def missing(self) -> int:
        """How much is missing in all."""
        return sum(group.count for group in self.gaps)


def workspace_page(
    row: Report,
    asked: str,
    *,
    may_compose: bool,
    may_adopt: bool,
    made: Assembled,
    editor: Editor | None = None,
    conflict: ConflictPage | None = None,
) -> WorkspacePage:
    """The workspace with the chapter asked for (the first when it is none of them; "all" shows every one)."""
    chapters = list(made.outline.chapters(row.round.kind if row.round else ""))
    keys = [chapter.key for chapter in chapters]
    current = asked if asked in keys or asked == WHOLE else (keys[0] if keys else WHOLE)
    chapter = next((each for each in chapters if each.key == current), None)
    body_name = made.payload["document"]["body"]["name"]
    publication = publishing.latest(selectors.subject(row))
    before = selectors.earlier_report(row)
    written = [each for each in chapters if wants_text(each)]
    done = [each for each in written if not is_empty(made.texts.get(chapter_slot(row.key, each.key), []))]
    return WorkspacePage(
        title=row.title,
        lead=body_name,
        crumbs=(*links.crumbs(row, body_name)[:-1], Crumb(row.title)),
        standing=_standing(row, publication),
        outline=tuple(_outline_rows(row, made, chapters, current, hidden=may_compose)),
        whole=Link(_("Hela rapporten"), f"{links.to('workspace', row)}?chapter={WHOLE}", current == WHOLE),
        progress=Progress(_("Skrivna kapitel"), len(done), len(written)),
        gaps=gap_groups(row, made.gaps),
        chapter_title=chapter.title if chapter else row.title,
        preview=_preview(made, chapter),
        edit_href=_edit_href(row, chapter) if may_compose and editor is None and conflict is None else "",
        next_chapter=_next(row, chapters, current),
        downloads=links.downloads(row),
        outline_href=links.to("outline", row) if may_compose else "",
        carry=_carry(row, before) if may_compose and not made.carried and len(done) < len(written) else None,
        uncarry=_uncarry(row, len(made.carried)) if may_compose and made.carried else None,
        compare_href=links.to("earlier", row) if before and row.round else "",
        adopt=_adopt(row, publication) if may_adopt else None,
        editor=editor,
        conflict=conflict,
    )


def _preview(made: Assembled, chapter: OutlineChapter | None) -> SafeString:
    """The chapter as it will be. The renderer escapes every text."""
    keys = [chapter.key] if chapter else None
    return mark_safe(render_body(made.payload, keys))  # noqa: S308 - built from escaped text by typeset


def _outline_rows(
    row: Report, made: Assembled, chapters: Sequence[OutlineChapter], current: str, *, hidden: bool
) -> list[OutlineRow]:
    shown = {chapter.key: chapter for chapter in chapters}
    rows = []
    for each in made.outline.document:
        key = each["key"]
        chapter = shown.get(key)
        if chapter is None and (not hidden or key not in made.outline.hidden):
            continue
        state, words = _state(row, made, chapter)
        href = f"{links.to('workspace', row)}?chapter={key}"
        rows.append(OutlineRow(key, each["title"], each["level"], href, state, words, key == current))
    return rows


def _state(row: Report, made: Assembled, chapter: OutlineChapter | None) -> tuple[str, Text]:
    if chapter is None:
        return "hidden", _("dolt")
    if not wants_text(chapter):
        return "live", _("fylls av underlaget")
    if any(place.chapter == chapter.key for place in made.carried):
        return "carried", _("hämtad, gå igenom")
    if is_empty(made.texts.get(chapter_slot(row.key, chapter.key), [])):
        return "missing", _("text saknas")
    return "done", _("skrivet")


def _standing(row: Report, publication: Publication | None) -> Standing | None:
    if publication is None:
        return None
    day = format_date(publication.adopted_at.astimezone(clock.STOCKHOLM).date())
    frozen = _("Fryst %(day)s av %(who)s.") % {"day": day, "who": publication.adopted_by_name}
    decision = publication.decision
    adopted = _("Fastställd: %(decision)s.") % {"decision": day if decision.is_empty() else decision}
    return Standing(
        f"{adopted} {frozen}",
        links.publication(publication),
        links.to("difference", row),
    )


def gap_groups(row: Report, gaps: Sequence[Gap]) -> tuple[GapGroup, ...]:
    """What is missing, by kind; a missing chapter links to where it is written."""
    groups = []
    for kind, label in KINDS.items():
        found = tuple(
            Link(gap.text, gap.href or links.to("chapter", row, chapter=gap.chapter))
            for gap in gaps
            if gap.kind == kind
        )
        if found:
            groups.append(GapGroup(kind, label, found))
    return tuple(groups)


def missing_words(count: int) -> str:
    """How much is missing, in words."""
    return ngettext("%(count)s uppgift saknas", "%(count)s uppgifter saknas", count) % {"count": count}


def _edit_href(row: Report, chapter: OutlineChapter | None) -> str:
    return links.to("chapter", row, chapter=chapter.key) if chapter and wants_text(chapter) else ""


def _next(row: Report, chapters: Sequence[OutlineChapter], current: str) -> Link | None:
    keys = [chapter.key for chapter in chapters]
    at = keys.index(current) + 1 if current in keys else len(keys)
    if at >= len(chapters):
        return None
    return Link(chapters[at].title, f"{links.to('workspace', row)}?chapter={chapters[at].key}")


def _carry(row: Report, before: Report | None) -> Action | None:
    if before is None:
        return None
    label = _("Hämta texter från %(title)s") % {"title": before.title}
    return Action(label, links.to("carry", row), post=True, icon="copy")


def _uncarry(row: Report, count: int) -> Action:
    label = ngettext("Ta bort %(count)s hämtad text", "Ta bort %(count)s hämtade texter", count)
    return Action(label % {"count": count}, links.to("uncarry", row), post=True, icon="undo-2")


def _adopt(row: Report, publication: Publication | None) -> Action:
    label = _("Fastställ på nytt") if publication else _("Fastställ")
    return Action(label, links.to("adopt", row), primary=publication is None, icon="stamp")


def figures_of(made: Assembled) -> tuple[LiveFigure, ...]:
    """The figures a writer may put into a text, with their values today."""
    words: Mapping[str, str] = made.snapshot.model.words
    found = live_figures(selectors.counts(made.snapshot), words)
    return tuple(
        LiveFigure(figure.key, figure.label, figure.text)
        for key, figure in found.items()
        if key not in ALIASES
    )
