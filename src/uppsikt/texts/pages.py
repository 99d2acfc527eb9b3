"""What the pages of a text show: the editor, the choice between two versions, the earlier versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.kernel import clock
from uppsikt.kernel.period import format_date
from uppsikt.texts import selectors
from uppsikt.texts.rules import Node, merge, to_plain, to_reading, words
from uppsikt.texts.rules.place import Place
from uppsikt.web.diff import DiffRow, side_by_side


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """The writer has begun something that is not saved: since when, and who has saved meanwhile ("" nobody)."""

    saved_at: str
    overtaken_by: str


@dataclass(frozen=True, slots=True)
class Editor:
    """The editor of one text. Template: texts/editor.html.

    `saved` says who saved what stands and when ("" when nothing stands); `draft_at` is the draft's moment in
    milliseconds, which the browser compares with what it kept itself; `writer_key` keeps two people's copies
    in one browser apart.
    """

    place: Place
    form: forms.Form
    saved: str
    words: str
    draft: DraftNotice | None
    draft_at: int
    number: int | None
    writer_key: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Two saved at once: both versions word by word, and three ways on. Template: texts/conflict.html.

    `yours` is the writer's version, ready to be sent in again; `form` holds both as one text, and `clashes`
    says in how many places both stand after each other. `writer_key` and `draft_at` as in `Editor`.
    """

    place: Place
    title: str
    rows: tuple[DiffRow, ...]
    theirs_by: str
    theirs_at: str
    theirs_number: int
    yours: str
    form: forms.Form
    clashes: str
    writer_key: str
    draft_at: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list: who, when, how long."""

    number: int
    by: str
    at: str
    words: str
    current: bool


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """All that has stood in a place, and one version against the one before. Template: texts/versions.html."""

    place: Place
    title: str
    versions: tuple[VersionRow, ...]
    shown: int | None
    before_label: str
    after_label: str
    rows: tuple[DiffRow, ...]


FormMaker = Callable[[list[Node], int | None], forms.Form]


def editor(
    place: Place, *, writer_key: str, make_form: FormMaker, refused: forms.Form | None = None
) -> Editor:
    """The editor, holding the writer's draft if there is one and otherwise what stands.

    Args: make_form: the form for a content and the version it began from.
        refused: what was sent in and could not be saved; stands in the place of all else.
    """
    standing = selectors.current(place.slot)
    draft = selectors.draft(place.slot, writer_key)
    number = standing.number if standing else None
    notice = None
    if refused is not None:
        form = refused
    elif draft is not None:
        overtaken = standing.recorded_by_name if standing and draft.base_number != number else ""
        notice = DraftNotice(moment_text(draft.saved_at), overtaken)
        form = make_form(draft.content, draft.base_number)
    else:
        form = make_form(standing.content if standing else [], number)
    return Editor(
        place=place,
        form=form,
        saved=_saved_text(standing) if standing else "",
        words=words_text(standing.content) if standing else "",
        draft=notice,
        draft_at=_milliseconds(draft.saved_at) if draft else 0,
        number=number,
        writer_key=writer_key,
    )


def conflict_page(
    place: Place,
    *,
    yours: list[Node],
    theirs: list[Node],
    base: list[Node],
    theirs_number: int,
    theirs_by: str,
    theirs_at: dt.datetime,
    writer_key: str,
    make_form: FormMaker,
) -> ConflictPage:
    """The choice between two versions."""
    merged = merge(base, yours, theirs)
    clashes = ngettext(
        "På ett ställe har ni båda ändrat. Där står bådas text efter varandra, din först.",
        "På %(count)s ställen har ni båda ändrat. Där står bådas text efter varandra, din först.",
        merged.clashes,
    ) % {"count": merged.clashes}
    return ConflictPage(
        place=place,
        title=_("Två har skrivit i samma text"),
        rows=side_by_side(to_reading(theirs, _values(place)), to_reading(yours, _values(place))),
        theirs_by=theirs_by,
        theirs_at=moment_text(theirs_at),
        theirs_number=theirs_number,
        yours=to_plain(yours),
        form=make_form(merged.content, theirs_number),
        clashes=clashes if merged.clashes else _("Ni har ändrat på olika ställen. Allt är med."),
        writer_key=writer_key,
        draft_at=_milliseconds(clock.now()),
    )


def versions_page(place: Place, *, number: int | None = None) -> VersionsPage:
    """The versions of a text, and what version `number` (None: the latest) changed."""
    found = list(selectors.versions(place.slot))
    shown = next((row for row in found if row.number == number), found[0] if found else None)
    before = next((row for row in found if shown and row.number == shown.number - 1), None)
    return VersionsPage(
        place=place,
        title=_("Versioner av %(label)s") % {"label": place.label},
        versions=tuple(
            VersionRow(
                row.number,
                row.recorded_by_name,
                moment_text(row.recorded_at),
                words_text(row.content),
                current=row.superseded_at is None,
            )
            for row in found
        ),
        shown=shown.number if shown else None,
        before_label=_("Version %(number)s") % {"number": before.number} if before else _("Innan"),
        after_label=_("Version %(number)s") % {"number": shown.number} if shown else "",
        rows=side_by_side(
            to_reading(before.content, _values(place)) if before else "",
            to_reading(shown.content, _values(place)) if shown else "",
        ),
    )


def _values(place: Place) -> dict[str, str]:
    return {figure.key: figure.text for figure in place.figures}


def words_text(content: list[Node]) -> str:
    """The length of a text in words."""
    count = words(content)
    return ngettext("%(count)s ord", "%(count)s ord", count) % {"count": count}


def time_text(moment: dt.datetime) -> str:
    """The time of day in Sweden, as 14.32."""
    return f"{moment.astimezone(clock.STOCKHOLM):%H.%M}"


def moment_text(moment: dt.datetime) -> str:
    """A moment for people: "i dag 14.32", otherwise the date in words with the time."""
    day = moment.astimezone(clock.STOCKHOLM).date()
    name = _("i dag") if day == clock.today() else format_date(day)
    return f"{name} {time_text(moment)}"


def _milliseconds(moment: dt.datetime) -> int:
    return int(moment.timestamp() * 1000)


def _saved_text(standing: selectors.TextVersion) -> str:
    return _("Sparad %(when)s av %(who)s") % {
        "when": moment_text(standing.recorded_at),
        "who": standing.recorded_by_name,
    }
