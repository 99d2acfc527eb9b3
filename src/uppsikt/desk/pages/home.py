"""My page: what is left for me, what I have begun, how it stands where I work, and what has happened."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.accounts.selectors import User
from uppsikt.cycle.context import Context
from uppsikt.cycle.selectors import Round
from uppsikt.desk.pages import addresses
from uppsikt.desk.pages.control import control_errands
from uppsikt.desk.pages.money import Errand, errands
from uppsikt.desk.pages.questions import waiting_questions
from uppsikt.desk.selectors import Ahead, ahead
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind
from uppsikt.history.pages import Day, summary
from uppsikt.kernel import clock
from uppsikt.kernel.numbers import count_of, round_half_away
from uppsikt.kernel.period import format_date
from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Grants, Permission
from uppsikt.planning import selectors as planning
from uppsikt.planning.pages import figures, links
from uppsikt.planning.pages.reporting_words import days_left
from uppsikt.planning.pages.words import capital, noun
from uppsikt.planning.rules.judgement import Verdict
from uppsikt.planning.rules.reporting import Task, TaskKind, progress
from uppsikt.planning.selectors import Snapshot
from uppsikt.publishing import selectors as publishing
from uppsikt.texts import selectors as texts
from uppsikt.texts.pages import moment_text
from uppsikt.web.parts import Action, Crumb, Empty, Progress, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

LATELY = 8
LOOKED_AT = 150
NEWS = tuple(
    kind.value
    for kind in (
        EventKind.STATUS_REPORTED, EventKind.OBSERVATION_RECORDED, EventKind.INDICATOR_REPORTED,
        EventKind.GOAL_ASSESSED, EventKind.GOAL_TEXT_SAVED, EventKind.PLAN_ADOPTED, EventKind.REPORT_ADOPTED,
        EventKind.ROUND_OPENED, EventKind.ROUND_CLOSED, EventKind.ROUND_REOPENED, EventKind.ASSIGNMENT_SAVED,
    )
)  # fmt: skip
ADOPTED = 5


@dataclass(frozen=True, slots=True)
class Share:
    """How many of something stand at one step, with the share of all as an SVG length."""

    symbol: Symbol
    count: int
    width: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How many stand at each step: goals, indicators or assignments. `href` leads to them."""

    label: Text
    total: Text
    href: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Something begun and not saved."""

    label: Text
    when: str
    href: str


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a person departs from the rule: what it is about, and both judgements."""

    name: str
    text: Text
    href: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adopted report or plan."""

    title: str
    body: str
    text: Text
    href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """My page. `todo` None: this person reports nothing; `mine` is how far they have come.

    `money`: what waits in the economy; `questions`: auditors' that wait for an answer. `rounds`: how far each body has
    come, for those who follow several. `standing` is empty before anything is planned.
    """

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    action: Action | None
    todo: Table | None
    drafts: tuple[Draft, ...]
    rounds: tuple[Table, ...]
    standing_title: Text
    standing_href: str
    standing: tuple[Standing, ...]
    departures: tuple[Departure, ...]
    departures_more: Text
    mine: tuple[Progress, ...]
    lately: tuple[Day, ...]
    adopted: tuple[Adopted, ...]
    money: tuple[Errand, ...] = ()
    questions: tuple[Errand, ...] = ()
    control: tuple[Errand, ...] = ()


def home_page(user: User, context: Context) -> HomePage:
    """The page. A constant number of queries for each open round."""
    held = access.grants(user)
    today = clock.today()
    rounds = ahead(user)
    names = organisation.body_names(context.round.cutoff if context.round else today)
    view = _view(context)
    departures = _departures(view)
    return HomePage(
        title=_("Min sida"),
        lead=_lead(rounds, today) or _where(context, names),
        crumbs=(Crumb(_("Min sida")),),
        action=_action(rounds),
        todo=_todo(rounds, today) if rounds and any(each.mine for each in rounds) else None,
        drafts=_drafts(user),
        rounds=tuple(_rounds(rounds, names, held, today)),
        standing_title=names.get(context.body.key, "") if context.body else _("Alla nämnder"),
        standing_href=links.goals(context.round, context.body.key if context.body else ""),
        standing=_standing(view, context.round) if view else (),
        departures=departures[:5],
        departures_more=_("%(count)s till") % {"count": len(departures) - 5} if len(departures) > 5 else "",
        mine=_mine(rounds),
        lately=_lately(held, context),
        adopted=_adopted(access.readable_bodies(user), names),
        money=errands(held, context),
        questions=waiting_questions(held),
        control=control_errands(user, held, context, today),
    )


def _lead(rounds: Sequence[Ahead], today: dt.date) -> str:
    """What is left, in a sentence for each open round."""
    told = []
    for each in rounds:
        if not each.mine:
            continue
        when = each.round.deadline
        words = {
            "round": each.round.name, "count": len(each.left), "day": format_date(when) if when else "",
            "left": days_left(when, today),
        }  # fmt: skip
        if not each.left:
            told.append(_("Du är klar med %(round)s.") % words)
        elif when:
            told.append(
                ngettext(
                    "En sak är kvar för dig i %(round)s, senast %(day)s (%(left)s).",
                    "%(count)s saker är kvar för dig i %(round)s, senast %(day)s (%(left)s).",
                    len(each.left),
                )
                % words
            )
        else:
            told.append(
                ngettext(
                    "En sak är kvar för dig i %(round)s.",
                    "%(count)s saker är kvar för dig i %(round)s.",
                    len(each.left),
                )
                % words
            )
    return " ".join(told)


def _where(context: Context, names: dict[str, str]) -> str:
    """Whose state and when the page shows, for those who have nothing of their own to report."""
    if context.round is None:
        return _("Inget uppföljningstillfälle är upplagt än.")
    body = names.get(context.body.key, "") if context.body else _("alla nämnder")
    words = {"body": body, "round": context.round.name, "day": format_date(context.round.cutoff)}
    return _("Läget för %(body)s i %(round)s.") % words


def _action(rounds: Sequence[Ahead]) -> Action | None:
    for each in rounds:
        if each.left:
            return Action(_("Fortsätt rapportera"), addresses.of_task(each.left[0], each.round), primary=True)
    return None


def _todo(rounds: Sequence[Ahead], today: dt.date) -> Table:
    """What is left for the person, by round and goal."""
    rows: list[Row] = []
    for each in rounds:
        if len([one for one in rounds if one.left]) > 1 and each.left:
            name = f"{each.round.name}, {days_left(each.round.deadline, today)}"
            rows.append(Row((Cell(name),), kind="section"))
        rows.extend(_task_row(task, each.round) for task in each.left)
    return Table(
        key="todo",
        caption=_("Kvar för mig"),
        columns=(
            Column("what", _("Vad"), width="wide"),
            Column("kind", _("Rapportera")),
        ),
        rows=tuple(rows),
        sticky=False,
        empty=None
        if rows
        else Empty(
            _("Allt är rapporterat"), _("När något nytt ska rapporteras står det här."), icon="circle-check"
        ),
    )


def _task_row(task: Task, round_: Round) -> Row:
    kinds = {
        TaskKind.INDICATOR: _("utfall och analys"),
        TaskKind.ASSIGNMENT: _("status och kommentar"),
        TaskKind.TEXT: _("text"),
        TaskKind.GOAL: _("bedömning"),
    }
    return Row(
        (
            Cell(task.name, sub="" if task.kind is TaskKind.GOAL else task.goal_name),
            Cell(kinds[task.kind], muted=True),
        ),
        href=addresses.of_task(task, round_),
    )


def _drafts(user: User) -> tuple[Draft, ...]:
    rows = list(texts.drafts_of(user.key)[:10])
    hrefs = addresses.of_drafts([row.slot for row in rows])
    return tuple(
        Draft(row.label or _("Text"), moment_text(row.saved_at), hrefs[row.slot])
        for row in rows
        if row.slot in hrefs
    )


def _rounds(rounds: Sequence[Ahead], names: dict[str, str], held: Grants, today: dt.date) -> Iterable[Table]:
    """For those who answer for more than their own part: how far each body has come, the one furthest behind first."""
    whole = [grant for grant in held.rows if not grant.units]
    if not whole:
        return
    for each in rounds:
        by_body: dict[str, list[Task]] = defaultdict(list)
        for task in each.tasks:
            by_body[task.body].append(task)
        counts = {key: progress(tasks) for key, tasks in by_body.items()}
        listed = sorted(counts.items(), key=lambda pair: (pair[1].percent, pair[0]))
        rows = [
            Row(
                (
                    Cell(names.get(key, key)),
                    Cell(progress=Progress(_("Rapporterat"), count.reported, count.total)),
                    Cell(str(count.left) if count.left else _("klart"), tone="" if count.left else "good"),
                ),
                href=reverse("planning:report_body", args=[each.round.key, key]),
            )
            for key, count in listed
        ]
        if rows:
            yield Table(
                key=f"round-{each.round.key}",
                caption=each.round.name,
                unit=days_left(each.round.deadline, today),
                columns=(
                    Column("body", _("Nämnd"), width="wide"),
                    Column("progress", _("Rapporterat"), width="wide"),
                    Column("left", _("Kvar"), align="num", width="fit"),
                ),
                rows=tuple(rows),
                sticky=False,
            )


def _view(context: Context) -> Snapshot | None:
    """The chosen body's state in the chosen round; of all bodies only the goals' own counts would be cheap."""
    if context.round is None or context.body is None:
        return None
    body = organisation.body(context.body.key)
    try:
        return planning.snapshot(year=context.year, round_=context.round, body=body)
    except LookupError:
        return None


def _standing(view: Snapshot, round_: Round | None) -> tuple[Standing, ...]:
    model = view.model
    found = []
    key = view.body.key if view.body else ""
    goals = len(view.committee_goals)
    if model.fulfilment and goals:
        steps = [(figures.step_symbol(step), count) for step, count in view.rollup.by_step]
        if view.rollup.unassessed:
            steps.append((figures.step_symbol(None), view.rollup.unassessed))
        label = capital(noun(model, "goal", 2))
        told = _("%(count)s bedömda") % {"count": count_of(goals - view.rollup.unassessed, goals)}
        found.append(Standing(label, told, links.goals(round_, key), _shares(steps)))
    verdicts = view.verdicts()
    if view.indicators:
        judged = [
            (Symbol("check", _("Uppnått"), "good"), verdicts[Verdict.MET]),
            (Symbol("cross", _("Ej uppnått"), "bad"), verdicts[Verdict.NOT_MET]),
            (
                Symbol("dash", _("Utfall saknas"), "neutral"),
                verdicts[Verdict.NO_OUTCOME] + verdicts[Verdict.NOT_DUE],
            ),
            (Symbol("diamond", _("Kan inte bedömas"), "neutral"), verdicts[Verdict.CANNOT_JUDGE]),
        ]
        total = verdicts[Verdict.MET] + verdicts[Verdict.NOT_MET]
        label = capital(noun(model, "indicator", 2))
        told = _("%(count)s bedömda uppnådda") % {"count": count_of(verdicts[Verdict.MET], total)}
        found.append(Standing(label, told, links.goals(round_, key), _shares(judged)))
    scale = view.status_scale
    if view.assignments and scale:
        counts = Counter(row.step.key if row.step else "" for row in view.assignments)
        rows = [(figures.status_symbol(step), counts[step.key]) for step in scale.steps]
        rows.append((figures.status_symbol(None), counts[""]))
        label = capital(noun(model, "assignment", 2))
        total = len(view.assignments)
        told = _("%(count)s rapporterade") % {"count": count_of(total - counts[""], total)}
        found.append(Standing(label, told, reverse("planning:assignments"), _shares(rows)))
    return tuple(found)


def _shares(rows: Sequence[tuple[Symbol, int]]) -> tuple[Share, ...]:
    total = sum(count for _symbol, count in rows) or 1
    return tuple(
        Share(symbol, count, str(round_half_away(Decimal(100 * count) / total, 0)))
        for symbol, count in rows
        if count
    )


def _departures(view: Snapshot | None) -> tuple[Departure, ...]:
    """Where people have departed from the rule in the round."""
    if view is None or view.round is None:
        return ()
    found = [
        Departure(
            goal.goal.name,
            _("bedömt %(step)s, regeln föreslår %(proposed)s")
            % {"step": goal.step.label.lower(), "proposed": goal.proposal.step.label.lower()},
            links.goal(goal.goal.key, view.round),
        )
        for goal in view.committee_goals
        if goal.disagrees and goal.step and goal.proposal
    ]
    found.extend(
        Departure(
            row.name,
            _("rapporterat som uppnått, regeln säger %(rule)s")
            % {"rule": row.judgement.verdict.label.lower()}
            if row.reported == "met"
            else _("rapporterat som ej uppnått, regeln säger %(rule)s")
            % {"rule": row.judgement.verdict.label.lower()},
            links.indicator(row.indicator.key, use=row.use.key, round_=view.round),
        )
        for row in view.indicators
        if row.disagrees
    )
    return tuple(found)


def _mine(rounds: Sequence[Ahead]) -> tuple[Progress, ...]:
    """How far the person's own part has come in each round."""
    counts = [(each.round.name, progress(each.mine)) for each in rounds if each.mine]
    return tuple(
        Progress(
            name,
            count.reported,
            count.total,
            _("%(count)s klara") % {"count": count_of(count.reported, count.total)},
        )
        for name, count in counts
    )


def _lately(held: Grants, context: Context) -> tuple[Day, ...]:
    """What has been reported and decided lately where one may read."""
    if context.body is not None:
        events = history.recent(body_key=context.body.key)
    else:
        readable = held.bodies(Permission.READ)
        events = history.recent() if readable is None else history.recent().filter(body_key__in=readable)
    rows = list(events.filter(kind__in=NEWS)[:LOOKED_AT])
    return summary(rows, LATELY, hrefs=addresses.of_subjects({row.subject for row in rows}))


def _adopted(readable: frozenset[str] | None, names: dict[str, str]) -> tuple[Adopted, ...]:
    rows = publishing.publications().filter(superseded_by__isnull=True)
    if readable is not None:
        rows = rows.filter(body__key__in=readable)
    return tuple(
        Adopted(
            title=row.title,
            body=names.get(row.body.key, row.body.key),
            text=_("Fastställd %(day)s")
            % {"day": format_date(row.decision_date or row.adopted_at.astimezone(clock.STOCKHOLM).date())},
            href=reverse("reports:publication", args=[row.pk]),
        )
        for row in rows[:ADOPTED]
    )
