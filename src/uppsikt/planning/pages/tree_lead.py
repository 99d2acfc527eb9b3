"""How it stands, in a sentence or two: counts, never an average, and the weakest by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from uppsikt.cycle.rules.steering import SteeringModel, Step
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.numbers import count_of
from uppsikt.planning.pages.words import counted, listed, noun, small, statuses_in_words
from uppsikt.planning.rules.judgement import Verdict
from uppsikt.planning.selectors import Snapshot

MOST_NAMES = 3


def lead(view: Snapshot) -> str:
    """The sentence over the tree of a round; of a plan without a round, what it holds."""
    model, round_ = view.model, view.round
    goals = view.committee_goals
    if round_ is None:
        parts = [
            counted(model, "goal", len(goals)),
            counted(model, "indicator", len(view.indicators)),
            counted(model, "assignment", len(view.assignments)),
        ]
        return _("Planen har %(parts)s.") % {"parts": listed(parts)}
    steps = Counter(each.step.key for each in goals if each.step)
    weak = [each.goal.name for each in goals if view.rollup.worst and each.step == view.rollup.worst]
    statuses = Counter(row.step.key if row.step else "" for row in view.assignments)
    sentences = [
        assessed(model, len(goals), steps),
        weakest(view.rollup.worst, weak),
        _targets(view),
        assignments(model, round_, statuses),
    ]
    return " ".join(filter(None, sentences))


def assessed(model: SteeringModel, total: int, steps: Counter[str]) -> str:
    """How many goals stand at each step: "9 nämndmål: 2 i mycket hög grad, 6 i hög grad och 1 delvis."."""
    scale = model.fulfilment
    if not total:
        return ""
    if scale is None:
        return f"{counted(model, 'goal', total)}."
    done = sum(steps.values())
    if not done:
        words = {"goals": counted(model, "goal", total)}
        return _("%(goals)s, inget bedömt än.") % words
    told = listed(f"{steps[step.key]} {small(step.label)}" for step in scale.steps if steps[step.key])
    if done == total:
        return _("%(goals)s: %(steps)s.") % {"goals": counted(model, "goal", total), "steps": told}
    words = {"count": count_of(done, total), "goals": noun(model, "goal", total), "steps": told}
    return _("%(count)s %(goals)s är bedömda: %(steps)s.") % words


def weakest(worst: Step | None, names: Sequence[str]) -> str:
    """The goals at the lowest step by name, when they are few enough and not fulfilled."""
    if worst is None or worst.counts_as_fulfilled or not names or len(names) > MOST_NAMES:
        return ""
    return _("Svagast: %(names)s (%(step)s).") % {"names": listed(names), "step": small(worst.label)}


def _targets(view: Snapshot) -> str:
    counts = view.verdicts()
    met = counts[Verdict.MET]
    judged = met + counts[Verdict.NOT_MET]
    if not judged:
        return ""
    reported = sum(each.reported_met for each in view.indicators)
    words = {
        "count": count_of(met, judged),
        "targets": noun(view.model, "target", judged),
        "reported": reported,
    }
    if reported == met:
        return _("%(count)s bedömda %(targets)s är uppnådda.") % words
    return (
        _(
            "%(count)s bedömda %(targets)s är uppnådda enligt utfallen; rapporterade som uppnådda är %(reported)s."
        )
        % words
    )


def assignments(model: SteeringModel, round_: Round, statuses: Counter[str]) -> str:
    """How it stands with the assignments, in the words of the round's scale."""
    total = sum(statuses.values())
    if not total:
        return ""
    scale = model.status_scale(round_.kind)
    words = {
        "assignments": counted(model, "assignment", total),
        "statuses": statuses_in_words(scale, dict(statuses)),
    }
    return _("%(assignments)s: %(statuses)s.") % words
