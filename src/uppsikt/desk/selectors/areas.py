"""The auditor's room as areas: one list of each kind of thing, ready for the page and for the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from uppsikt.control.rules.audit import QuestionState, RecommendationState
from uppsikt.control.rules.words import CHOICES, ReviewKind
from uppsikt.control.selectors.controls import ControlFacts
from uppsikt.control.selectors.mitigations import MitigationFacts
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.cycle.rules.steering import Step
from uppsikt.cycle.selectors import Round
from uppsikt.desk.rules.areas import NOTHING, Area, Mark, Record
from uppsikt.desk.selectors.room import Room
from uppsikt.economy.selectors import ledger
from uppsikt.kernel import clock
from uppsikt.kernel.numbers import format_decimal, round_half_away

FREQUENCIES = dict(CHOICES["Frequency"])
_BAD, _WARN, _GOOD = "bad", "warn", "good"


def areas(room: Room, rounds: Iterable[Round] = ()) -> tuple[Area, ...]:
    """Everything in the room, area by area, in the order an auditor goes. Args: rounds: whose ledgers are named."""
    return (
        _goals(room),
        _assignments(room),
        _risks(room),
        _mitigations(room),
        _controls(room),
        _results(room),
        _deficiencies(room),
        _reviews(room),
        _recommendations(room),
        _questions(room),
        _economy(room, list(rounds)),
        _publications(room),
    )


def step_mark(step: Step | None, without: str = "") -> Mark:
    """A step on a scale; what has none says so."""
    return (
        Mark(step.label, step.symbol, step.colour) if step else Mark(without or _("Inte rapporterat"), "dash")
    )


def state_mark(state: RecommendationState | QuestionState) -> Mark:
    """How a recommendation or a question stands."""
    late = state in (RecommendationState.OVERDUE, RecommendationState.NOT_FOLLOWED, QuestionState.OVERDUE)
    waits = state in (
        RecommendationState.UNANSWERED, RecommendationState.PARTLY_FOLLOWED, QuestionState.UNANSWERED,
    )  # fmt: skip
    ended = state in (RecommendationState.DONE, RecommendationState.FOLLOWED, QuestionState.CLOSED)
    if late:
        return Mark(state.label, "cross", _BAD)
    if waits:
        return Mark(state.label, "circle-0", _WARN)
    return Mark(state.label, "check", _GOOD) if ended else Mark(state.label, "circle-2", "fair")


def _area(key: str, title: str, columns: Iterable[tuple[str, str]], records: Iterable[Record]) -> Area:
    return Area(key, title, tuple(columns), tuple(records))


def _goals(room: Room) -> Area:
    columns = (
        ("name", _("Mål")), ("body", _("Organ")), ("level", _("Nivå")), ("assessment", _("Bedömning")),
        ("rationale", _("Motivering")), ("by", _("Bedömt av")), ("at", _("Bedömt")),
    )  # fmt: skip
    records = []
    for view in room.goals:
        subject, said = f"goal:{view.goal.key}", view.assessment
        then = room.then(subject)
        records.append(
            Record(
                subject,
                (
                    " ".join(filter(None, (then["number"], then["name"]))),
                    room.body(view.goal.body.key),
                    view.level.label,
                    step_mark(view.step, _("Inte bedömt")) if view.level.assessed else NOTHING,
                    said.rationale if said else "",
                    said.recorded_by_name if said else "",
                    _day(said.recorded_at) if said else "",
                ),
            )
        )
    return _area("goals", _("Mål"), columns, records)


def _assignments(room: Room) -> Area:
    columns = (
        ("title", _("Uppdrag")), ("body", _("Organ")), ("responsible", _("Ansvarig")), ("deadline", _("Ska vara klart")),
        ("status", _("Status")), ("comment", _("Kommentar")),
    )  # fmt: skip
    return _area(
        "assignments",
        _("Uppdrag"),
        columns,
        (
            Record(
                subject,
                (
                    room.then(subject)["title"],
                    room.body(view.assignment.item.body.key),
                    room.person(subject),
                    room.then(subject)["deadline"] or "",
                    step_mark(view.step),
                    view.entry.comment if view.entry else "",
                ),
            )
            for view in room.assignments
            for subject in (f"assignment:{view.assignment.item.key}",)
        ),
    )


def _risks(room: Room) -> Area:
    columns = (
        ("title", _("Risk")), ("process", _("Område eller process")), ("body", _("Organ")), ("before", _("Före åtgärd")),
        ("after", _("Efter åtgärd")), ("decision", _("Beslut")), ("responsible", _("Ansvarig")),
    )  # fmt: skip
    return _area("risks", _("Risker"), columns, (_risk(room, facts) for facts in room.risks))


def _risk(room: Room, facts: RiskFacts) -> Record:
    subject = f"risk:{facts.risk.key}"
    then = room.then(subject)
    return Record(
        subject,
        (
            then["title"],
            then["process"],
            room.body(facts.risk.body.key),
            _risk_mark(facts, facts.value_before),
            _risk_mark(facts, facts.value_after),
            facts.decision.label if facts.decision else "",
            room.person(subject),
        ),
    )


def _risk_mark(facts: RiskFacts, value: int | None) -> Mark:
    if value is None:
        return Mark(_("Inte bedömd"), "dash")
    band = facts.policy.band(value)
    return Mark(f"{value} {band.label}", band.symbol, band.colour) if band else Mark(str(value))


def _mitigations(room: Room) -> Area:
    columns = (
        ("title", _("Åtgärd")), ("about", _("Gäller")), ("body", _("Organ")), ("responsible", _("Ansvarig")),
        ("deadline", _("Ska vara klar")), ("status", _("Status")), ("comment", _("Kommentar")),
    )  # fmt: skip
    return _area("mitigations", _("Åtgärder"), columns, (_mitigation(room, one) for one in room.mitigations))


def _mitigation(room: Room, facts: MitigationFacts) -> Record:
    subject = f"mitigation:{facts.item.key}"
    then = room.then(subject)
    return Record(
        subject,
        (
            then["title"],
            str(getattr(facts.mitigation, facts.of)),
            room.body(facts.item.body.key),
            room.person(subject),
            then["deadline"] or "",
            step_mark(facts.step),
            facts.entry.comment if facts.entry else "",
        ),
    )


def _controls(room: Room) -> Area:
    columns = (
        ("name", _("Kontroll")), ("process", _("Mål eller process")), ("body", _("Organ")), ("frequency", _("Hur ofta")),
        ("occasions", _("Tillfällen")), ("done", _("Utförda")), ("late", _("Försenade")), ("status", _("Status")),
        ("result", _("Senaste resultat")),
    )  # fmt: skip
    return _area("controls", _("Kontroller"), columns, (_control(room, facts) for facts in room.controls))


def _control(room: Room, facts: ControlFacts) -> Record:
    subject = f"control:{facts.item.key}"
    then = room.then(subject)
    frequency = then["frequency"] or facts.frequency
    return Record(
        subject,
        (
            then["name"] or facts.name,
            then["process"] or facts.process,
            room.body(facts.item.body.key),
            FREQUENCIES.get(frequency, frequency),
            str(len(facts.occasions)),
            str(sum(one.done for one in facts.occasions)),
            str(facts.late(room.day)),
            step_mark(facts.step),
            _judgement(room, facts.judgement, facts.latest.result.judgement_text if facts.latest and facts.latest.result else ""),
        ),
    )  # fmt: skip


def _judgement(room: Room, key: str, words: str) -> Mark:
    scale = room.model.control_results if room.model else None
    step = scale.step(key) if scale and key else None
    if step:
        return step_mark(step)
    return Mark(words or key) if words or key else Mark(_("Inget resultat"), "dash")


def _results(room: Room) -> Area:
    """Every result, with its figures: the ground behind each control's status."""
    columns = (
        ("control", _("Kontroll")), ("body", _("Organ")), ("period", _("Tillfälle")), ("result", _("Resultat")),
        ("shares", _("Andel")), ("sample", _("Stickprov")), ("comment", _("Kommentar")), ("performed_on", _("Utförd")),
        ("by", _("Rapporterat av")),
    )  # fmt: skip
    records = []
    for facts in room.controls:
        subject = f"control:{facts.item.key}"
        for one in facts.occasions:
            if one.result is None:
                continue
            sample = "; ".join(
                _("%(faulty)s fel av %(checked)s") % {"faulty": part.faulty or 0, "checked": part.checked}
                for part in one.parts.values()
                if part.checked is not None
            )
            shares = "; ".join(
                f"{key} {percent(share)} %" for key, share in one.shares.items() if share is not None
            )
            records.append(
                Record(
                    subject,
                    (
                        room.then(subject)["name"] or facts.name,
                        room.body(facts.item.body.key),
                        one.label,
                        _judgement(room, one.judgement, one.result.judgement_text),
                        shares,
                        sample,
                        one.result.comment,
                        one.result.performed_on.isoformat() if one.result.performed_on else "",
                        one.result.recorded_by_name,
                    ),
                )
            )
    return _area("results", _("Kontrollresultat"), columns, records)


def percent(share: Fraction) -> str:
    """An exact share as a Swedish figure with one decimal."""
    return format_decimal(round_half_away(Decimal(share.numerator) / Decimal(share.denominator), 1))


def _deficiencies(room: Room) -> Area:
    columns = (
        ("title", _("Brist")), ("body", _("Organ")), ("found_on", _("Funnen")), ("control", _("Kontroll")),
        ("state", _("Läge")), ("actions", _("Åtgärder")), ("overdue", _("Försenad")),
    )  # fmt: skip
    return _area(
        "deficiencies",
        _("Brister"),
        columns,
        (
            Record(
                subject,
                (
                    room.then(subject)["title"],
                    room.body(facts.body.key),
                    room.then(subject)["found_on"],
                    str(facts.control),
                    Mark(_("Öppen"), "circle-0", _WARN) if facts.open else Mark(_("Stängd"), "check", _GOOD),
                    str(len(facts.mitigations)),
                    _("ja") if facts.overdue else _("nej"),
                ),
            )
            for facts in room.deficiencies
            for subject in (f"deficiency:{facts.deficiency.key}",)
        ),
    )


def _reviews(room: Room) -> Area:
    columns = (
        ("title", _("Granskning")), ("kind", _("Slag")), ("case", _("Ärendenummer")), ("auditor", _("Granskare")),
        ("date", _("Daterad")), ("judgement", _("Samlad bedömning")), ("answered", _("Besvarade")), ("open", _("Öppna")),
        ("overdue", _("Försenade svar")),
    )  # fmt: skip
    return _area(
        "reviews",
        _("Granskningar"),
        columns,
        (
            Record(
                f"review:{facts.review.key}",
                (
                    facts.review.title,
                    ReviewKind(facts.review.kind).label,
                    facts.review.case_number,
                    facts.review.auditor,
                    facts.review.date.isoformat() if facts.review.date else "",
                    facts.review.judgement,
                    str(facts.answered),
                    str(facts.open),
                    str(facts.overdue),
                ),
            )
            for facts in room.reviews
        ),
    )


def _recommendations(room: Room) -> Area:
    columns = (
        ("text", _("Rekommendation")), ("review", _("Granskning")), ("body", _("Organ")), ("state", _("Läge")),
        ("due", _("Svar senast")), ("answer", _("Svar")), ("answered_on", _("Besvarad")), ("actions", _("Åtgärder")),
        ("returns", _("Återkommer från")),
    )  # fmt: skip
    return _area(
        "recommendations",
        _("Rekommendationer"),
        columns,
        (
            Record(
                f"recommendation:{one.recommendation.key}",
                (
                    " ".join(filter(None, (one.recommendation.number, one.recommendation.text))),
                    review.review.title,
                    room.body(one.recommendation.body.key),
                    state_mark(one.state),
                    one.clock.due.isoformat() if one.clock.due else "",
                    one.answer.text if one.answer else "",
                    one.answer.answered_on.isoformat() if one.answer else "",
                    str(len(one.mitigations)),
                    "; ".join(earlier.review.title for earlier in one.returns_from),
                ),
            )
            for review in room.reviews
            for one in review.recommendations
        ),
    )


def _questions(room: Room) -> Area:
    columns = (
        ("subject_text", _("Fråga")), ("body", _("Till")), ("state", _("Läge")), ("asked", _("Ställd")),
        ("by", _("Ställd av")), ("due", _("Svar senast")), ("text", _("Frågan i sin helhet")), ("answer", _("Svar")),
    )  # fmt: skip
    return _area(
        "questions",
        _("Frågor från revisorn"),
        columns,
        (
            Record(
                f"audit_question:{one.question.key}",
                (
                    one.question.subject,
                    room.body(one.question.body.key),
                    state_mark(one.state),
                    _day(one.question.asked_at),
                    one.question.asked_by_name,
                    one.question.due.isoformat() if one.question.due else "",
                    one.question.text,
                    one.answer.text if one.answer else "",
                ),
            )
            for one in room.questions
        ),
    )


def _economy(room: Room, rounds: list[Round]) -> Area:
    """Where the economy of each round is read, and from which ledger: the figures are followed on their own pages."""
    columns = (
        ("round", _("Tillfälle")),
        ("cutoff", _("Avser läget till")),
        ("ledger", _("Huvudbok")),
        ("chosen", _("Vald")),
    )
    chosen = ledger.chosen_by_round(rounds, room.moment) if rounds else {}
    return _area(
        "economy",
        _("Budget, prognos och utfall"),
        columns,
        (
            Record(
                f"round:{round_.key}",
                (
                    round_.name,
                    round_.cutoff.isoformat(),
                    Mark(held.load.name, "check", _GOOD) if held else Mark(_("Ingen vald"), "dash"),
                    _day(held.recorded_at) if held else "",
                ),
            )
            for round_ in rounds
            for held in (chosen.get(round_.pk),)
        ),
    )  # fmt: skip


def _publications(room: Room) -> Area:
    columns = (
        ("title", _("Handling")), ("body", _("Organ")), ("adopted", _("Fastställd")), ("by", _("Fastställd av")),
        ("decision", _("Beslut")), ("fingerprint", _("Kontrollsumma")),
    )  # fmt: skip
    return _area(
        "publications",
        _("Fastställda handlingar"),
        columns,
        (
            Record(
                f"publication:{row.pk}",
                (
                    row.title,
                    room.body(row.body.key),
                    _day(row.adopted_at),
                    row.adopted_by_name,
                    str(row.decision),
                    row.fingerprint,
                ),
            )
            for row in room.publications
        ),
    )


def _day(moment: dt.datetime) -> str:
    return moment.astimezone(clock.STOCKHOLM).date().isoformat()
