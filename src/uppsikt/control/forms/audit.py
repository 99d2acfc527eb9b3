"""What may be sent about reviews, recommendations and auditors' questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.control.rules.words import CHOICES
from uppsikt.control.selectors.audit import AuditReview, Recommendation, RecommendationFacts, version_of
from uppsikt.kernel import clock
from uppsikt.organisation.selectors import Body
from uppsikt.planning.forms.plan import DAY, PlanForm, decision_in

LINES = forms.Textarea(attrs={"rows": 4})
FEW = forms.Textarea(attrs={"rows": 2})
NONE_YET = ("", "–")

Bodies = Sequence[tuple[Body, str]]


class ReviewForm(PlanForm):
    """An audit report, a letter or an external review."""

    kind = forms.ChoiceField(label=_("Slag"), choices=CHOICES["ReviewKind"])
    title = forms.CharField(label=_("Rubrik"), max_length=300)
    year = forms.TypedChoiceField(label=_("Avser år"), coerce=int)
    case_number = forms.CharField(label=_("Ärendenummer"), max_length=60, required=False)
    auditor = forms.CharField(
        label=_("Granskare"),
        max_length=200,
        required=False,
        help_text=_("Revisorerna, det anlitade företaget eller myndigheten."),
    )
    date = forms.DateField(label=_("Daterad"), widget=DAY, required=False)
    bodies = forms.MultipleChoiceField(label=_("Granskade organ"), widget=forms.CheckboxSelectMultiple)
    judgement = forms.CharField(label=_("Samlad bedömning"), max_length=300, required=False)
    summary = forms.CharField(label=_("Sammanfattning"), widget=LINES, required=False)
    answer_due = forms.DateField(
        label=_("Svar senast"),
        widget=DAY,
        required=False,
        help_text=_("Gäller alla rekommendationer som inte har en egen dag."),
    )

    def __init__(self, *args: Any, bodies: Bodies, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {row.key: row for row, _name in bodies}
        offered, year = self.fields["bodies"], self.fields["year"]
        assert isinstance(offered, forms.MultipleChoiceField)
        assert isinstance(year, forms.TypedChoiceField)
        offered.choices = [(row.key, name) for row, name in bodies]
        year.choices = [(number, str(number)) for number in years]

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return data | {"bodies": [self._bodies[key] for key in data["bodies"]]}


def review_initial(review: AuditReview) -> dict[str, Any]:
    """What the form starts with for a review that is registered."""
    fields = ("kind", "title", "case_number", "auditor", "date", "judgement", "summary", "answer_due")
    return {field: getattr(review, field) for field in fields} | {
        "version": version_of(review),
        "year": review.year_id,
        "bodies": [body.key for body in review.bodies.all()],
    }


class RecommendationForm(PlanForm):
    """What a review asks a body to do."""

    body = forms.ChoiceField(label=_("Till"))
    number = forms.CharField(label=_("Nummer"), max_length=20, required=False)
    text = forms.CharField(label=_("Rekommendation"), widget=LINES)
    theme = forms.CharField(
        label=_("Område"),
        max_length=200,
        required=False,
        help_text=_("Till exempel Inköp. Samma område igen föreslås som återkommande."),
    )
    background = forms.CharField(label=_("Risk eller bakgrund"), widget=LINES, required=False)
    answer_due = forms.DateField(
        label=_("Svar senast"),
        widget=DAY,
        required=False,
        help_text=_("Lämna tomt om det är granskningens dag."),
    )

    def __init__(self, *args: Any, bodies: Bodies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {row.key: row for row, _name in bodies}
        offered = self.fields["body"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [(row.key, name) for row, name in bodies]

    @property
    def chosen_body(self) -> Body:
        """The body chosen among those offered."""
        return self._bodies[self.cleaned_data["body"]]

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        kept = ("number", "text", "theme", "background", "answer_due")
        return {name: self.cleaned_data[name] for name in kept}


def recommendation_initial(row: Recommendation) -> dict[str, Any]:
    """What the form starts with for a recommendation that is registered."""
    fields = ("number", "text", "theme", "background", "answer_due")
    return {field: getattr(row, field) for field in fields} | {
        "version": version_of(row),
        "body": row.body.key,
    }


class _Dated(PlanForm):
    """A form with a day that cannot lie ahead."""

    day_field = ""

    def clean(self) -> dict[str, Any] | None:
        """Say so when the day is still to come."""
        data = super().clean()
        day: dt.date | None = self.cleaned_data.get(self.day_field)
        if day is not None and day > clock.today():
            self.add_error(self.day_field, _("Dagen ligger framåt i tiden. Skriv den dag då det gjordes."))
        return data


class AnswerForm(_Dated):
    """The body's answer to a recommendation."""

    day_field = "answered_on"

    stance = forms.ChoiceField(
        label=_("Ställningstagande"), choices=[NONE_YET, *CHOICES["Stance"]], required=False
    )
    text = forms.CharField(label=_("Svar"), widget=LINES)
    answered_on = forms.DateField(label=_("Besvarad"), widget=DAY)
    decision_body = forms.CharField(label=_("Beslutat av"), max_length=200, required=False)
    decision_date = forms.DateField(label=_("Beslutsdatum"), widget=DAY, required=False)
    decision_section = forms.CharField(
        label=_("Paragraf"), max_length=20, required=False, help_text=_("Bara siffran, till exempel 41.")
    )
    decision_case = forms.CharField(label=_("Ärendenummer"), max_length=60, required=False)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = self.cleaned_data
        kept = {name: data[name] for name in ("stance", "text", "answered_on")}
        return kept | {"decision": decision_in(data)}


def answer_initial(facts: RecommendationFacts) -> dict[str, Any]:
    """What the form starts with: the answer that stands, else an empty one of today."""
    held, version = facts.answer, version_of(facts.recommendation)
    if held is None:
        return {"version": version, "answered_on": clock.today()}
    fields = (
        "stance",
        "text",
        "answered_on",
        "decision_body",
        "decision_date",
        "decision_section",
        "decision_case",
    )
    return {field: getattr(held, field) for field in fields} | {"version": version}


class FollowUpForm(_Dated):
    """What the auditor found when looking again."""

    day_field = "date"

    date = forms.DateField(label=_("Datum"), widget=DAY)
    verdict = forms.ChoiceField(label=_("Bedömning"), choices=CHOICES["FollowUpVerdict"])
    comment = forms.CharField(label=_("Kommentar"), widget=LINES, required=False)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        return {name: self.cleaned_data[name] for name in ("date", "verdict", "comment")}


def follow_up_initial() -> dict[str, Any]:
    """What the form starts with: today."""
    return {"date": clock.today()}


class ReturnForm(PlanForm):
    """Which earlier recommendation this one is."""

    earlier = forms.ChoiceField(label=_("Återkommer från"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["earlier"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Ingen, den är ny")), *offered]


class QuestionForm(PlanForm):
    """A question from an auditor to a body."""

    body = forms.ChoiceField(label=_("Till"))
    subject = forms.CharField(label=_("Ämne"), max_length=300)
    text = forms.CharField(label=_("Fråga"), widget=LINES)
    due = forms.DateField(label=_("Svar senast"), widget=DAY, required=False)
    about = forms.CharField(
        label=_("Gäller"),
        max_length=200,
        required=False,
        help_text=_("Det i Uppsikt som frågan handlar om. Fylls i när du frågar från revisorns rum."),
    )
    as_of = forms.DateField(
        label=_("Sett som det var den"),
        widget=DAY,
        required=False,
        help_text=_("Lämna tomt om frågan gäller läget i dag."),
    )

    def __init__(self, *args: Any, bodies: Bodies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {row.key: row for row, _name in bodies}
        offered = self.fields["body"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [(row.key, name) for row, name in bodies]

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action. A day means its end."""
        data = self.cleaned_data
        day: dt.date | None = data["as_of"]
        moment = dt.datetime.combine(day, dt.time.max, clock.STOCKHOLM) if day else None
        kept = {name: data[name] for name in ("subject", "text", "due", "about")}
        return kept | {"as_of": moment, "body": self._bodies[data["body"]]}


class QuestionAnswerForm(PlanForm):
    """A body's answer to an auditor's question."""

    text = forms.CharField(label=_("Svar"), widget=LINES)
