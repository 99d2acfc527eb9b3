"""A report put together: one reading of the data, one of the texts, and one payload for every output."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import OutlineChapter, SteeringModel
from uppsikt.files import selectors as files
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors as planning
from uppsikt.planning.selectors import Snapshot
from uppsikt.reports import control, economy, oversight, procurement, selectors
from uppsikt.reports.blocks import BLOCKS
from uppsikt.reports.carrying import Place, places, untouched
from uppsikt.reports.composition import Composition, capital, slots
from uppsikt.reports.gaps import Gap
from uppsikt.reports.missing import missing, wants_text, with_carried
from uppsikt.reports.rules.figures import live_figures
from uppsikt.reports.selectors import Outline, Report
from uppsikt.texts import selectors as texts
from uppsikt.texts.rules import Node, images
from uppsikt.typeset.payload import SCHEMA, Adopted, Block, Chapter, Document, Logo, Municipality, Payload

DRAFT_TEXT = "Utkast – inte fastställd"
LOGO_TYPES = frozenset({"image/png", "image/jpeg", "image/svg+xml"})


@dataclass(frozen=True, slots=True)
class Assembled:
    """A composed report with what it rests on and what it lacks.

    Args: carried: the reader's own drafts that are still last report's texts.
    """

    payload: Payload
    gaps: tuple[Gap, ...]
    snapshot: Snapshot
    outline: Outline
    texts: Mapping[str, list[Node]]
    carried: tuple[Place, ...] = ()


def compose(report: Report, moment: dt.datetime | None = None, *, adopted: Adopted | None = None) -> Payload:
    """The report's payload as of now, or as it would have been at `moment`."""
    return assemble(report, moment, adopted=adopted).payload


def assemble(
    report: Report, moment: dt.datetime | None = None, *, adopted: Adopted | None = None, reader: str = ""
) -> Assembled:
    """Read everything once and compose every chapter. A constant number of queries.

    Args: adopted: who, when and by what decision, when the payload is to be frozen; None makes a draft.
        reader: the key of the person who looks: texts they have fetched and not gone through are missing too.
    Raises: LookupError when the year has no steering model.
    """
    view = planning.snapshot(year=report.year_id, round_=report.round, body=report.body, moment=moment)
    outline = selectors.outline(report, view.model, moment)
    chapters = outline.chapters(report.round.kind if report.round else "")
    wanted = slots(view, report.body.key, report.key, [chapter.key for chapter in chapters])
    written = texts.contents(wanted, moment)
    day = report.round.cutoff if report.round else dt.date(report.year_id, 12, 31)
    owner = _municipality()
    c = Composition(
        snapshot=view,
        body_key=report.body.key,
        report_key=report.key,
        texts=written,
        figures=live_figures(selectors.counts(view), view.model.words),
        plan_source=_plan_source(report, view.model),
        unit_names=organisation.unit_names(day),
        pictures=_pictures(written.values()),
        earlier=_earlier(report, chapters, moment),
        purchases=procurement.read(report.body, report.round, chapters),
        bodies=oversight.read(report.round, chapters),
        economy=economy.read(report.body, report.round, chapters),
        control=control.read(report.body, report.year_id, report.round, chapters, moment),
    )
    composed = _chapters(c, chapters, final=adopted is not None)
    payload: Payload = {
        "schema": SCHEMA,
        "language": "sv",
        "document": _document(report, organisation.body_name(report.body, day), owner, adopted),
        "chapters": composed,
        "origins": c.origins.entries,
        "xlsx_name": f"{report.key}.xlsx",
    }
    gaps = missing(view, chapters, written, report_key=report.key, body_key=report.body.key)
    gaps += economy.gaps(c.economy, report.body, report.round)
    gaps += control.gaps(c.control, report.round)
    carried = untouched(report, places(report, view, outline.document), reader) if reader else ()
    gaps = with_carried(gaps, carried, report.round)
    return Assembled(payload, tuple(gaps), view, outline, written, carried)


def _chapters(c: Composition, chapters: Sequence[OutlineChapter], *, final: bool) -> list[Chapter]:
    composed: list[Chapter] = []
    for index, chapter in enumerate(chapters):
        blocks: list[Block] = []
        for number, block in enumerate(chapter.blocks, 1):
            place = c.at(chapter.key, chapter.level, f"{chapter.key}-{number}")
            blocks += BLOCKS[block.kind](place, block.options)
        heads = index + 1 < len(chapters) and chapters[index + 1].level > chapter.level
        if not blocks and not heads:
            if final:
                continue  # nothing was written: an adopted report has no empty chapters
            what = "Här ska stå en text." if wants_text(chapter) else "Kapitlet är tomt."
            blocks = [{"kind": "note", "tone": "info", "text": what}]
        composed.append(
            {
                "key": chapter.key,
                "title": chapter.title,
                "level": chapter.level,
                "number": None,
                "blocks": blocks,
            }
        )
    return composed


def _document(
    report: Report, body_name: str, municipality: Municipality, adopted: Adopted | None
) -> Document:
    round_ = report.round
    return {
        "title": report.title,
        "subtitle": body_name,
        "kind": "report" if report.round else "plan",
        "body": {"key": report.body.key, "name": body_name},
        "municipality": municipality,
        "year": report.year_id,
        "round": {"key": round_.key, "name": round_.name, "cutoff": round_.cutoff.isoformat()}
        if round_
        else None,
        "date": (adopted["at"][:10] if adopted else clock.today().isoformat()),
        "state": "adopted" if adopted else "draft",
        "state_text": f"Fastställd {_adopted_when(adopted)}" if adopted else DRAFT_TEXT,
        "adopted": adopted,
    }


def _adopted_when(adopted: Adopted) -> str:
    """The decision's day and section; the moment of freezing only where no decision is told of."""
    day = adopted.get("decision_date") or ""
    if not day:
        return adopted["at"][:10]
    return Decision(date=dt.date.fromisoformat(day), section=adopted.get("decision_section") or "").meeting


def _municipality() -> Municipality:
    owner = organisation.municipality()
    if owner is None:
        return {"key": "kommun", "name": "Kommunen", "accent": None, "logo": None}
    return {
        "key": owner.key,
        "name": owner.name,
        "accent": owner.accent,
        "logo": _logo(owner.logo, owner.name),
    }


def _logo(digest: str, name: str) -> Logo | None:
    stored = files.by_digest(digest) if digest else None
    if stored is None or stored.media_type not in LOGO_TYPES:
        return None
    data = base64.b64encode(files.content(stored)).decode()
    return {"mime": stored.media_type, "data": data, "alt": name}


def _plan_source(report: Report, model: SteeringModel) -> str:
    """The plan that targets are decided in, with its decision."""
    plan = planning.plan(report.body, report.year_id)
    name = f"{capital(model.word('plan'))} {report.year_id}"
    return f"{name}, {plan.decision}" if plan and not plan.decision.is_empty() else name


def _pictures(written: Iterable[list[Node]]) -> dict[str, tuple[str, str]]:
    digests = {image["file"] for nodes in written for image in images(nodes)}
    if not digests:
        return {}
    found = {}
    for digest, stored in files.by_digests(digests).items():
        try:
            found[digest] = (stored.media_type, base64.b64encode(files.content(stored)).decode())
        except files.DamagedFile:
            continue  # the report says "Bild saknas" and its description
    return found


def _earlier(
    report: Report, chapters: Iterable[OutlineChapter], moment: dt.datetime | None
) -> Snapshot | None:
    """The year's round before, when some block compares with it."""
    if report.round is None or not any(
        block.options.get("earlier") for ch in chapters for block in ch.blocks
    ):
        return None
    before = cycle.earlier_rounds(report.round).filter(year_id=report.year_id).first()
    if before is None:
        return None
    return planning.snapshot(year=before.year_id, round_=before, body=report.body, moment=moment)
