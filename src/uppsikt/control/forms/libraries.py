"""What may be sent about libraries: a file, and what to take out of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from uppsikt.control.rules.library import LARGEST, Library
from uppsikt.organisation.selectors import Body
from uppsikt.planning.forms.plan import PlanForm


class LibraryFileForm(PlanForm):
    """A library's file."""

    file = forms.FileField(
        label=_("Biblioteksfil"),
        help_text=_("En YAML-fil i formatet för bibliotek, till exempel från en annan kommun."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def clean_file(self) -> UploadedFile:
        """The file, when it is not too large to read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Filen är större än 1 MB."))
        return file


class TakeForm(PlanForm):
    """What of a library to take, and for which body. `document`: the library itself, so that nothing need be kept."""

    document = forms.CharField(widget=forms.HiddenInput, max_length=LARGEST)
    body = forms.ChoiceField(label=_("Nämnd"))
    risks = forms.MultipleChoiceField(label=_("Risker"), required=False, widget=forms.CheckboxSelectMultiple)
    controls = forms.MultipleChoiceField(
        label=_("Kontroller"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        library: Library,
        bodies: Sequence[tuple[Body, str]],
        held: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """Args: held: titles, in small letters, that the body has already."""
        super().__init__(*args, **kwargs)
        self._bodies = {row.key: row for row, _name in bodies}
        self._choose("body", [(row.key, name) for row, name in bodies])
        there = str(_("finns redan"))

        def words(title: str, process: str) -> str:
            mark = f" ({there})" if title.casefold() in held else ""
            return f"{process}: {title}{mark}" if process else f"{title}{mark}"

        self._choose("risks", [(row.key, words(row.title, row.process)) for row in library.risks])
        self._choose("controls", [(row.key, words(row.name, row.process)) for row in library.controls])
        for name in ("risks", "controls"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]

    @property
    def chosen_body(self) -> Body:
        """The body chosen among those offered."""
        return self._bodies[self.cleaned_data["body"]]

    def chosen(self, name: str) -> list[str]:
        """The keys chosen of `risks` or `controls`."""
        return list(self.cleaned_data.get(name, []))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
