"""The form of an assignment in a plan."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors
from uppsikt.planning.forms.plan import DAY, PersonField, PlanForm, decision_in
from uppsikt.planning.selectors import Assignment, version_of

_PART = re.compile(r"^\s*(?P<label>\w{1,3})\)\s*(?P<text>.+)$")


class AssignmentForm(PlanForm):
    """An assignment: what, by what right, by whom and when."""

    title = forms.CharField(label=_("Rubrik"), max_length=300)
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Uppdraget så som det är beslutat."),
    )
    parts = forms.CharField(
        label=_("Delar"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("En del per rad, till exempel: a) kartlägg behoven"),
    )
    background = forms.CharField(
        label=_("Bakgrund"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    goal = forms.ChoiceField(label=_("Under målet"), required=False)
    number = forms.CharField(label=_("Nummer"), max_length=20, required=False)
    origin = forms.ChoiceField(label=_("Ursprung"), required=False)
    responsible = PersonField(label=_("Ansvarig"))
    deadline = forms.DateField(label=_("Klart senast"), widget=DAY, required=False)
    decision_body = forms.CharField(label=_("Beslutat av"), max_length=200, required=False)
    decision_date = forms.DateField(label=_("Beslutsdatum"), widget=DAY, required=False)
    decision_section = forms.CharField(label=_("Paragraf"), max_length=20, required=False)
    decision_case = forms.CharField(label=_("Ärendenummer"), max_length=60, required=False)

    def __init__(self, *args: Any, model: SteeringModel, body: Body, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = {level.key for level in model.levels if level.assignments}
        rows = [goal for goal in selectors.goals(year).filter(body=body) if goal.level in allowed]
        self._goals = {str(goal.pk): goal for goal in rows}
        goal, origin = self.fields["goal"], self.fields["origin"]
        assert isinstance(goal, forms.ChoiceField)
        assert isinstance(origin, forms.ChoiceField)
        goal.choices = [("", _("Inget mål")), *((pk, str(each)) for pk, each in self._goals.items())]
        origin.choices = [("", "–"), *((each.key, each.short or each.label) for each in model.origins)]
        if not model.assignments.parts:
            del self.fields["parts"]
        if not model.assignments.background:
            del self.fields["background"]

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = self.cleaned_data
        kept = ("version", "title", "text", "number", "origin", "responsible", "deadline")
        return {name: data[name] for name in kept} | {
            "background": data.get("background", ""),
            "parts": parts_in(data.get("parts", "")),
            "goal": self._goals.get(data["goal"]),
            "decision": decision_in(data),
        }


def parts_in(text: str) -> list[dict[str, str]]:
    """Parts written a line each; a line without its own letter gets the next in the alphabet."""
    found = []
    for number, line in enumerate(filter(str.strip, text.splitlines())):
        match = _PART.match(line)
        label, words = (match["label"], match["text"]) if match else (chr(ord("a") + number % 26), line)
        found.append({"label": label, "text": words.strip()})
    return found


def assignment_initial(assignment: Assignment) -> dict[str, Any]:
    """What the form starts with for an existing assignment."""
    item, decision = assignment.item, assignment.decision
    return {
        "version": version_of(assignment),
        "title": assignment.title,
        "text": assignment.text,
        "parts": "\n".join(f"{part.get('label', '')}) {part.get('text', '')}" for part in assignment.parts),
        "background": assignment.background,
        "goal": str(assignment.goal_id or ""),
        "number": assignment.number,
        "origin": assignment.origin,
        "responsible": item.responsible.key if item.responsible else "",
        "deadline": item.deadline,
        "decision_body": decision.body,
        "decision_date": decision.date,
        "decision_section": decision.section,
        "decision_case": decision.case,
    }
