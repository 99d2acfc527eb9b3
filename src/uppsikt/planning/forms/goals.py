"""The form of a goal in a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.rules.steering import COUNCIL, SteeringModel
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors
from uppsikt.planning.forms.plan import PersonField, PlanForm
from uppsikt.planning.selectors import Goal, version_of


class GoalForm(PlanForm):
    """A goal: its level, what it stands under, its name. Only fields that the steering model uses are there."""

    level = forms.ChoiceField(label=_("Nivå"))
    parent = forms.ChoiceField(label=_("Under"), required=False)
    number = forms.CharField(label=_("Nummer"), max_length=20, required=False)
    name = forms.CharField(
        label=_("Målets namn"), max_length=300, help_text=_("Som det ska stå i planen och rapporten.")
    )
    description = forms.CharField(
        label=_("Inledande text"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    priorities = forms.CharField(
        label=_("Särskilt prioriterat"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("En prioritering per rad."),
    )
    responsible = PersonField(label=_("Ansvarig"))

    def __init__(self, *args: Any, model: SteeringModel, body: Body, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [level for level in model.levels if (level.owner == COUNCIL) == (body.kind == "council")]
        self._choose("level", [(level.key, level.label) for level in levels])
        order = [level.key for level in model.levels]
        above = [goal for goal in selectors.goals(year) if goal.level != order[-1]]
        self._goals = {str(goal.pk): goal for goal in above}
        self._choose("parent", [("", _("Överst")), *((pk, str(goal)) for pk, goal in self._goals.items())])
        if len(levels) == 1:
            self.fields["level"].widget = forms.HiddenInput()
            self.fields["level"].initial = levels[0].key
        held = {
            "number": any(level.numbered for level in levels),
            "description": any(level.description for level in levels),
            "priorities": any(level.priorities for level in levels),
        }
        for name, wanted in held.items():
            if not wanted:
                del self.fields[name]
        if "priorities" in self.fields and "priorities" in model.words:
            self.fields["priorities"].label = model.words["priorities"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = self.cleaned_data
        return {
            "version": data["version"],
            "level": data["level"],
            "parent": self._goals.get(data["parent"]),
            "number": data.get("number", ""),
            "name": data["name"],
            "description": data.get("description", ""),
            "priorities": data.get("priorities", "").splitlines(),
            "responsible": data["responsible"],
        }


def goal_initial(goal: Goal) -> dict[str, Any]:
    """What the form starts with for an existing goal."""
    return {
        "version": version_of(goal),
        "level": goal.level,
        "parent": str(goal.parent_id or ""),
        "number": goal.number,
        "name": goal.name,
        "description": goal.description,
        "priorities": "\n".join(each.text for each in goal.priorities.all()),
        "responsible": goal.responsible.key if goal.responsible else "",
    }
