"""Drawing a sample from a list, and judging a drawn row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.control.forms.evidence import SentField
from uppsikt.control.rules.lists import LARGEST, MOST_ROWS
from uppsikt.control.rules.sampling import LONGEST_SEED, MOST_DRAWN
from uppsikt.control.selectors import ControlMeasure
from uppsikt.files.rules import Sent
from uppsikt.kernel.problems import InputError
from uppsikt.planning.forms.plan import PlanForm

RIGHT, FAULTY = "right", "faulty"
_MIB = 1024 * 1024


class DrawForm(PlanForm):
    """The list, how many rows, which figure they are for, and a seed for one who wants to choose it."""

    file = SentField(
        most=LARGEST // _MIB,
        label=_("Lista"),
        help_text=_(
            "CSV eller Excel (.xlsx) med rubriker på första raden, högst %(rows)s rader. Ta bort kolumner med"
            " personuppgifter som inte behövs för granskningen."
        )
        % {"rows": f"{MOST_ROWS:,}".replace(",", "\N{NO-BREAK SPACE}")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    size = forms.IntegerField(label=_("Antal rader att dra"), min_value=1, max_value=MOST_DRAWN)
    measure = forms.ChoiceField(
        label=_("Mått som stickprovet gäller"),
        required=False,
        help_text=_("Dit förs antalet granskade och fel när alla rader är granskade."),
    )
    seed = forms.CharField(
        label=_("Frö"),
        required=False,
        max_length=LONGEST_SEED,
        help_text=_("Avgör vilka rader som dras. Lämna tomt så görs ett; det sparas och visas."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, measures: Sequence[ControlMeasure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.key, row.label) for row in measures]
        if len(measures) != 1:
            field.choices = [("", _("Inget")), *field.choices]
        if not measures:
            field.widget = forms.HiddenInput()

    def add_problems(self, error: InputError) -> None:
        """Show what was refused: at its field, or at the list with the row that it is about."""
        for problem in error.problems:
            listed = problem.where.field not in self.fields
            text = str(problem) if listed else f"{problem.message} {problem.remedy}".strip()
            self.add_error("file" if listed else problem.where.field, text)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = self.cleaned_data
        file: Sent = data["file"]
        return {"file": file, "size": data["size"], "measure": data["measure"], "seed": data["seed"]}


class JudgeForm(PlanForm):
    """What a drawn row was found to be. Kinds of fault are chosen among those there are, or written, comma between."""

    verdict = forms.ChoiceField(
        choices=[(RIGHT, _("Rätt")), (FAULTY, _("Fel"))],
        error_messages={"required": _("Välj rätt eller fel.")},
    )
    other = forms.CharField(required=False, max_length=1_000)
    comment = forms.CharField(required=False, max_length=2_000)

    def values(self) -> dict[str, Any]:
        """What was chosen, by the names of the action. Kinds are left out of a row that is right."""
        data = self.cleaned_data
        faulty = data["verdict"] == FAULTY
        return {"faulty": faulty, "faults": self.kinds() if faulty else [], "comment": data["comment"]}

    def kinds(self) -> list[str]:
        """The kinds of fault chosen and written."""
        chosen = self.data.getlist("kinds")  # type: ignore[attr-defined]  # a QueryDict
        written = re.split(r"[,;\n]", str(self.data.get("other", "")))
        return list(dict.fromkeys(" ".join(kind.split()) for kind in [*chosen, *written] if kind.strip()))
