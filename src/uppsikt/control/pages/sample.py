"""A drawn sample: how the draw can be redone, each drawn row with what it was found to be, and the counts so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import control_words as words
from uppsikt.control.pages.editing import EditPage, around
from uppsikt.control.pages.evidence import size_text
from uppsikt.control.pages.matrix import address
from uppsikt.control.pages.sample_rows import others_table
from uppsikt.control.rules import sampling
from uppsikt.control.rules.occasions import label
from uppsikt.control.rules.sampling import SampleCounts
from uppsikt.control.selectors import Occasion, SampleDraw, SampleVerdict, control_rows
from uppsikt.control.selectors import samples as selectors
from uppsikt.control.selectors.samples import JudgedItem
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.period import format_date
from uppsikt.planning.forms.plan import PlanForm
from uppsikt.web.parts import Action, Badge, Crumb, Fact, Link, Progress, Text
from uppsikt.web.tables import Table

PER_PAGE = 50
SHOWN_CELLS = 8
RIGHT, FAULTY = "right", "faulty"


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent of a row and not saved: the form's values, what is wrong, and what somebody else had found."""

    row: int
    verdict: str
    kinds: Sequence[str]
    comment: str
    faults: Sequence[str] = ()
    clash: bool = False


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A drawn row. `cells` and `more` are (heading, value); `kinds` (name, chosen); `state` who has found it so."""

    number: int
    key: str
    href: str
    cells: tuple[tuple[str, str], ...]
    more: tuple[tuple[str, str], ...]
    verdict: str
    words: Text
    kinds: tuple[tuple[str, bool], ...]
    told: str
    comment: str
    version: str
    state: Text
    faults: tuple[str, ...] = ()
    clash: Text = ""


@dataclass(frozen=True, slots=True)
class SamplePage:
    """The sample. `done`: every row is checked; `fill`: puts the counts into the result; `ways`: how to redo it."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    badges: tuple[Badge, ...]
    actions: tuple[Action, ...]
    progress: Progress
    counts: Text
    kinds: tuple[tuple[str, int], ...]
    fill: Action | None
    filled: Text
    chips: tuple[Link, ...]
    rows: tuple[SampleRow, ...]
    page_obj: Page[Any]
    editable: bool
    facts: tuple[Fact, ...]
    ways: str
    others: Table | None
    remove: Action | None
    known: tuple[str, ...] = field(default=())


def sample_page(
    draw: SampleDraw, params: QueryDict, *, editable: bool, sent: Sent | None = None
) -> SamplePage:
    """The page, fifty rows at a time, filtered by the address. Its queries do not grow with the rows."""
    judged = selectors.judged_items(draw)
    counts = _counts(draw, judged)
    known = selectors.fault_kinds(draw)
    only = params.get("only", "")
    kept = [one for one in judged if _keeps(one, only) or (sent is not None and one.item.row == sent.row)]
    page_obj = Paginator(kept, PER_PAGE).get_page(params.get("page"))
    standing = editable and draw.removed_at is None
    return SamplePage(
        title=_("Stickprov ur %(name)s") % {"name": draw.file_name},
        lead=_lead(draw, counts),
        eyebrow=_eyebrow(draw.occasion),
        crumbs=_crumbs(draw),
        badges=(Badge(_("Borttaget"), "neutral"),) if draw.removed_at else (),
        actions=_downloads(draw),
        progress=progress_of(counts),
        counts=counts_words(counts),
        kinds=counts.faults,
        fill=_fill(draw, counts) if standing else None,
        filled=_filled(draw),
        chips=tuple(_chips(judged, params)),
        rows=tuple(row_view(draw, one, known, sent) for one in page_obj.object_list),
        page_obj=page_obj,
        editable=standing,
        facts=tuple(_facts(draw)),
        ways=redo(draw),
        others=others_table(draw),
        remove=_remove(draw) if standing else None,
        known=tuple(known),
    )


@dataclass(frozen=True, slots=True)
class ToldPage:
    """What htmx is answered with when a row has been sent in: what became of it, and the counts."""

    row: SampleRow
    progress: Progress
    counts: Text
    kinds: tuple[tuple[str, int], ...]
    fill: Action | None
    filled: Text


def told_page(draw: SampleDraw, number: int, sent: Sent | None) -> ToldPage:
    """The part of the page that a saved (or refused) row changes."""
    judged = selectors.judged_items(draw)
    counts = _counts(draw, judged)
    one = next(one for one in judged if one.item.row == number)
    return ToldPage(
        row=row_view(draw, one, selectors.fault_kinds(draw), sent),
        progress=progress_of(counts),
        counts=counts_words(counts),
        kinds=counts.faults,
        fill=_fill(draw, counts),
        filled=_filled(draw),
    )


def draw_page(occasion: Occasion, form: PlanForm) -> Callable[..., EditPage]:
    """The page around a new draw for an occasion."""
    control = occasion.control
    name, period = control_rows.name_of(control), label(occasion.period, occasion.period_text)
    back = words.occasion_href(occasion.pk)
    return around(
        title=_("Dra stickprov"),
        lead=_("Samma lista, frö och antal ger alltid samma rader, så att vem som helst kan göra om dragningen."),
        crumbs=(Crumb(name, words.control_href(control.item.key)), Crumb(period, back), Crumb(_("Stickprov"))),
        form=form,
        back=back,
        submit=_("Dra"),
        beside_title=_("Så går det till"),
        beside=(
            Fact(_("Listan"), _("Lägg in hela listan: alla fakturor, avtal eller ärenden under perioden.")),
            Fact(_("Dragningen"), _("Raderna dras och visas med sina uppgifter; resten av listan läses inte in.")),
            Fact(_("Granskningen"), _("Granska rad för rad. Varje rad sparas genast.")),
            Fact(_("Resultatet"), _("När alla är granskade förs antalen in i kontrollens resultat.")),
        ),
    )  # fmt: skip


def row_view(draw: SampleDraw, one: JudgedItem, known: Iterable[str], sent: Sent | None) -> SampleRow:
    """One drawn row: as it stands, or as it was sent when that could not be saved."""
    item, verdict = one.item, one.verdict
    mine = sent if sent is not None and sent.row == item.row else None
    chosen = list(mine.kinds) if mine else list(verdict.faults) if verdict else []
    pairs = [(column, value) for column, value in zip(draw.columns, item.values, strict=False) if value]
    return SampleRow(
        number=item.row,
        key=f"rad-{item.row}",
        href=reverse("control:sample_judge", args=[draw.pk, item.row]),
        cells=tuple(pairs[:SHOWN_CELLS]),
        more=tuple(pairs[SHOWN_CELLS:]),
        verdict=mine.verdict if mine else _verdict(verdict),
        words=_words(verdict),
        kinds=tuple((kind, kind in chosen) for kind in dict.fromkeys([*known, *chosen])),
        told=", ".join(verdict.faults) if verdict else "",
        comment=mine.comment if mine else verdict.comment if verdict else "",
        version=selectors.version_of(verdict),
        state=_state(verdict) if mine is None else "",
        faults=tuple(mine.faults) if mine else (),
        clash=_clash(verdict) if mine is not None and mine.clash else "",
    )


def progress_of(counts: SampleCounts) -> Progress:
    """How many of the drawn rows are checked."""
    return Progress(
        _("Granskade rader"), counts.checked, counts.drawn, tone="good" if counts.done else "accent"
    )


def counts_words(counts: SampleCounts) -> str:
    """How it stands: "2 fel av 5 granskade"."""
    if not counts.checked:
        return _("Inget är granskat än.")
    return _("%(faulty)s fel av %(checked)s granskade.") % {
        "faulty": counts.faulty,
        "checked": counts.checked,
    }


def redo(draw: SampleDraw) -> str:
    """The draw as a few lines of Python, for one who has nothing but the seed and the number of rows."""
    return (
        "import hashlib\n"
        f"seed, rows, size = {draw.seed!r}, {draw.population}, {draw.size}\n"
        "place = lambda n: hashlib.sha256(f'{seed}:{n}'.encode()).hexdigest()\n"
        "print(sorted(sorted(range(1, rows + 1), key=place)[:size]))"
    )


def _counts(draw: SampleDraw, judged: Sequence[JudgedItem]) -> SampleCounts:
    found = [(one.verdict.faulty, one.verdict.faults) for one in judged if one.verdict is not None]
    return sampling.counted(draw.size, found)


def _lead(draw: SampleDraw, counts: SampleCounts) -> str:
    drawn = ngettext("%(size)s rad", "%(size)s rader", draw.size) % {"size": draw.size}
    what = _("%(drawn)s ur en lista med %(rows)s.") % {"drawn": drawn, "rows": draw.population}
    return f"{what} {counts_words(counts)}"


def _eyebrow(occasion: Occasion | None) -> str:
    if occasion is None:
        return _("Revisorns stickprov")
    return f"{control_rows.name_of(occasion.control)}, {label(occasion.period, occasion.period_text)}"


def _crumbs(draw: SampleDraw) -> tuple[Crumb, ...]:
    occasion = draw.occasion
    if occasion is None:
        return (Crumb(_("Revision"), reverse("control:reviews")), Crumb(draw.file_name))
    item = occasion.control.item
    return (
        Crumb(_("Kontroller"), words.controls_href(body=item.body.key)),
        Crumb(control_rows.name_of(occasion.control), words.control_href(item.key)),
        Crumb(label(occasion.period, occasion.period_text), words.occasion_href(occasion.pk)),
        Crumb(draw.file_name),
    )


def _downloads(draw: SampleDraw) -> tuple[Action, ...]:
    return (
        Action(_("Excel"), reverse("control:sample_workbook", args=[draw.pk]), icon="download"),
        Action(_("CSV"), reverse("control:sample_csv", args=[draw.pk]), icon="download"),
    )


def _fill(draw: SampleDraw, counts: SampleCounts) -> Action | None:
    if draw.occasion is None or not counts.done:
        return None
    if not selectors.proposed_parts(draw.occasion):
        return None
    href = reverse("control:sample_fill", args=[draw.pk])
    return Action(_("För in i resultatet"), href, primary=True, post=True, icon="check")


def _filled(draw: SampleDraw) -> str:
    """That the result has the counts already, or why it cannot have them."""
    occasion = draw.occasion
    if occasion is None:
        return ""
    proposed = selectors.proposed_parts(occasion)
    standing = control_rows.parts_of(occasion) if proposed else {}
    if proposed and all(
        measure in standing
        and (standing[measure].checked, standing[measure].faulty) == (part.checked, part.faulty)
        for measure, part in proposed.items()
    ):
        return _("Antalen står i kontrollens resultat.")
    if not draw.measure and len(selectors.countable(occasion.control)) != 1:
        return _("Stickprovet hör inte till något mått, så antalen förs inte in i resultatet.")
    return ""


def _keeps(one: JudgedItem, only: str) -> bool:
    match only:
        case "left":
            return one.verdict is None
        case "faulty":
            return one.verdict is not None and one.verdict.faulty
        case "right":
            return one.verdict is not None and not one.verdict.faulty
        case _:
            return True


def _chips(judged: Sequence[JudgedItem], params: QueryDict) -> list[Link]:
    only = params.get("only", "")
    counts = Counter("left" if one.verdict is None else _verdict(one.verdict) for one in judged)
    named = (("left", _("Kvar")), (FAULTY, _("Fel")), (RIGHT, _("Rätt")))
    return [
        Link(_("Alla"), address(params, only=""), not only, str(len(judged))),
        *(
            Link(name, address(params, only=key), only == key, str(counts[key]))
            for key, name in named
            if counts[key] or only == key
        ),
    ]


def _verdict(verdict: SampleVerdict | None) -> str:
    return "" if verdict is None else FAULTY if verdict.faulty else RIGHT


def _words(verdict: SampleVerdict | None) -> str:
    if verdict is None:
        return _("Inte granskad")
    return _("Fel") if verdict.faulty else _("Rätt")


def _state(verdict: SampleVerdict | None) -> str:
    if verdict is None:
        return ""
    at = verdict.recorded_at.astimezone(STOCKHOLM)
    return _("Sparat av %(name)s %(day)s kl. %(time)s") % {
        "name": verdict.recorded_by_name,
        "day": format_date(at.date()),
        "time": f"{at:%H.%M}",
    }


def _clash(verdict: SampleVerdict | None) -> str:
    if verdict is None:
        return _(
            "Raden har ändrats sedan du öppnade sidan. Ditt är inte sparat; spara igen om det ska gälla."
        )
    found = _words(verdict)
    told = f"{found} ({', '.join(verdict.faults)})" if verdict.faults else found
    return _("%(name)s hann före och fann: %(found)s. Ditt är inte sparat; spara igen om det ska gälla.") % {
        "name": verdict.recorded_by_name,
        "found": told,
    }


def _facts(draw: SampleDraw) -> list[Fact]:
    listed = reverse("control:sample_list", args=[draw.pk])
    at = draw.drawn_at.astimezone(STOCKHOLM)
    return [
        Fact(_("Lista"), f"{draw.file_name} ({size_text(draw.file.size)})", href=listed),
        Fact(_("Listans SHA-256"), draw.file.digest),
        Fact(_("Rader i listan"), str(draw.population)),
        Fact(_("Dragna rader"), str(draw.size)),
        Fact(_("Frö"), draw.seed),
        Fact(_("Metod"), draw.method),
        Fact(_("Dragen"), f"{format_date(at.date())} {at:%H.%M}, {draw.drawn_by_name}"),
    ]


def _remove(draw: SampleDraw) -> Action:
    href = reverse("control:sample_remove", args=[draw.pk])
    return Action(_("Ta bort stickprovet"), href, post=True, icon="trash-2", danger=True)
