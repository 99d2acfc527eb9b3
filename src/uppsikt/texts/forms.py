"""The field one writes a long text in: an editor where there is JavaScript, plain signs where there is not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from uppsikt.texts.rules import Node, from_html, from_plain, is_empty, normalise, to_html, to_plain, validate
from uppsikt.texts.rules.place import LiveFigure, Place

FORMATS = ("plain", "html", "json")


@dataclass(frozen=True, slots=True)
class Posted:
    """What the browser sent: the text, and how it is spelled there (plain, html or json)."""

    text: str
    format: str

    def nodes(self) -> list[Node]:
        """The structured text of it. Never raises: what cannot be read as its format is read as plain."""
        if self.format == "html":
            return from_html(self.text)[0]
        if self.format == "json":
            try:
                return normalise(json.loads(self.text))
            except (ValueError, RecursionError):
                return []
        return from_plain(self.text)


class TextEditor(forms.Widget):
    """The editor. Without JavaScript a plain field with the same text."""

    template_name = "texts/widgets/editor.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        rows: int = 14,
        upload_url: str = "",
        figures: Sequence[LiveFigure] = (),
    ) -> None:
        super().__init__(attrs)
        self.rows = rows
        self.upload_url = upload_url
        self.figures = tuple(figures)

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002 - Django's signature
        return False  # the field is hidden when the editor stands in its place

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        nodes = value.nodes() if isinstance(value, Posted) else normalise(value)
        context["editor"] = {
            "plain": to_plain(nodes),
            "html": to_html(nodes),
            "rows": self.rows,
            "upload_url": self.upload_url,
            "figures": self.figures,
        }
        return context

    def format_value(self, value: Any) -> Any:
        return value

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002 - Django's signature
        name: str,
    ) -> Posted | None:
        text = data.get(name)
        if text is None:
            return None
        given = data.get(f"{name}-format")
        return Posted(str(text), given if given in FORMATS else "plain")

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002 - Django's signature
        name: str,
    ) -> bool:
        return name not in data


class TextField(forms.Field):
    """A structured text. Its cleaned value is a list of nodes, empty when nothing is written."""

    widget = TextEditor

    def to_python(self, value: Any) -> list[Node]:
        return value.nodes() if isinstance(value, Posted) else normalise(value)

    def validate(self, value: list[Node]) -> None:
        if self.required and is_empty(value):
            raise ValidationError(self.error_messages["required"], code="required")
        if problems := validate(value):
            raise ValidationError(
                [
                    ValidationError(f"{problem.message} {problem.remedy}".strip(), code=problem.code)
                    for problem in problems
                ]
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class TextForm(forms.Form):
    """One long text, with the version the writer began from."""

    content = TextField(label=_("Text"), required=False)
    base_number = forms.IntegerField(
        required=False, min_value=1, max_value=99_999_999, widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: Any,
        label: str = "",
        help_text: str = "",
        upload_url: str = "",
        figures: Sequence[LiveFigure] = (),
        rows: int = 14,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["content"]
        field.label = label or field.label
        field.help_text = help_text
        field.widget.rows = rows  # type: ignore[attr-defined]
        field.widget.upload_url = upload_url  # type: ignore[attr-defined]
        field.widget.figures = tuple(figures)  # type: ignore[attr-defined]


def text_form(place: Place, data: Mapping[str, Any] | None = None, **initial: Any) -> TextForm:
    """The form of a place: bound to what was sent in, or holding `content` and `base_number`."""
    form = TextForm(
        data,
        initial=initial,
        label=place.label,
        help_text=place.help_text,
        upload_url=place.upload_url,
        figures=place.figures,
        rows=place.rows,
        auto_id=f"{place.html_id}-%s",
    )
    form.fields["content"].required = place.required
    return form
