"""Handing in a ledger file, and saying how it is to be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.economy.actions.loads import Options
from uppsikt.economy.rules.loads import LoadMode
from uppsikt.economy.selectors import LedgerLoad
from uppsikt.files.rules import CSV, SIE, XLSX, Kind
from uppsikt.kernel.problems import InputError
from uppsikt.ledger.extract.preview import COLUMNS, Preview
from uppsikt.web.parts import Text

KINDS: dict[str, Kind] = {".se": SIE, ".si": SIE, ".sie": SIE, ".csv": CSV, ".txt": CSV, ".xlsx": XLSX}
ENCODINGS = (
    ("", _("som filen säger")),
    ("cp437", "CP437 (PC8)"),
    ("latin-1", "ISO 8859-1"),
    ("utf-8", "UTF-8"),
)
MODES = (("", _("som filen säger")), *((mode.value, mode.label) for mode in LoadMode))
COLUMN_WORDS: dict[str, Text] = {
    "date": _("Bokföringsdatum"), "series": _("Verifikationsserie"), "number": _("Verifikationsnummer"),
    "account": _("Konto"), "amount": _("Belopp (debet +, kredit −)"), "debit": _("Debet"), "credit": _("Kredit"),
    "text": _("Radtext"), "voucher_text": _("Verifikationstext"),
}  # fmt: skip


class LedgerForm(forms.Form):
    """A form that shows what an action refused at the field it concerns."""

    def add_problems(self, error: InputError) -> None:
        """Show what an action refused."""
        for problem in error.problems:
            field = problem.where.field if problem.where.field in self.fields else None
            self.add_error(field, f"{problem.message} {problem.remedy}".strip())


class UploadForm(LedgerForm):
    """One ledger file."""

    file = forms.FileField(
        label=_("Fil med huvudboken"),
        help_text=_("SIE 1–4 (.se, .si, .sie) eller ett utdrag med rubriker (.csv, .txt, .xlsx)."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(KINDS)}),
    )

    def clean_file(self) -> Any:
        """The file, when its ending says what it is."""
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() not in KINDS:
            raise forms.ValidationError(
                _("Filen ska sluta på .se, .si, .sie, .csv, .txt eller .xlsx. Ta ut den på nytt.")
            )
        return file

    @property
    def kind(self) -> Kind:
        """What the file says it is by its ending."""
        return KINDS[PurePath(self.cleaned_data["file"].name).suffix.lower()]


class SieForm(LedgerForm):
    """How a SIE file is to be read."""

    mode = forms.ChoiceField(
        label=_("Så tas filen in"), choices=MODES, required=False,
        help_text=_("En SIE 4I-fil läggs till det som redan är inläst. Andra filer ersätter sina månader."),
    )  # fmt: skip
    replaces = forms.ChoiceField(
        label=_("Ersätter en tillagd fil"), required=False,
        help_text=_("Bara när en fil som lades till ska bytas mot en rättad."),
    )  # fmt: skip
    encoding = forms.ChoiceField(
        label=_("Teckenkodning"), choices=ENCODINGS, required=False,
        help_text=_("Välj en annan om å, ä och ö blir fel."),
    )  # fmt: skip

    def __init__(self, *args: Any, added: Sequence[LedgerLoad], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._added = {str(row.pk): row for row in added}
        field = self.fields["replaces"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((key, f"{row.name}, {row.year}") for key, row in self._added.items())]
        if not self._added:
            del self.fields["replaces"]

    @property
    def replaced(self) -> LedgerLoad | None:
        """The added load that this one takes the place of."""
        return self._added.get(self.cleaned_data.get("replaces", ""))

    def options(self) -> Options:
        """The options as the action wants them."""
        return Options({}, encoding=self.cleaned_data["encoding"], mode=self.cleaned_data["mode"])


class ExtractForm(SieForm):
    """How an extract is to be read: its year, and which heading holds what."""

    year = forms.IntegerField(label=_("År"), min_value=1990, max_value=2100)

    field_order = ("year",)

    def __init__(self, *args: Any, preview: Preview, words: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["encoding"]
        headings = [("", _("– finns inte –")), *((one, one) for one in preview.headings if one)]
        self._asked = [column for column in COLUMNS if column in COLUMN_WORDS or column in words]
        for column in self._asked:
            self.fields[f"column-{column}"] = forms.ChoiceField(
                label=str(COLUMN_WORDS.get(column) or words[column]),
                choices=headings, required=False, initial=preview.mapping.get(column, ""),
            )  # fmt: skip

    @property
    def columns(self) -> list[Any]:
        """The fields that say which heading holds what."""
        return [self[name] for name in self.fields if name.startswith("column-")]

    @property
    def others(self) -> list[Any]:
        """The other fields."""
        return [self[name] for name in self.fields if not name.startswith("column-")]

    def options(self) -> Options:
        """The options as the action wants them."""
        data = self.cleaned_data
        mapping = {column: data[f"column-{column}"] for column in self._asked if data[f"column-{column}"]}
        return Options(mapping, data["year"], mode=data["mode"])

    def clean(self) -> dict[str, Any]:
        """Without these columns nothing can be read."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for column in ("date", "account"):
            if not data.get(f"column-{column}"):
                self.add_error(f"column-{column}", _("Välj den rubrik som gäller."))
        if not any(data.get(f"column-{column}") for column in ("amount", "debit", "credit")):
            self.add_error("column-amount", _("Välj rubriken för belopp, eller för debet och kredit."))
        return data


def initial_of(options: dict[str, Any], replaces: int | None) -> dict[str, Any]:
    """What the form starts with when a refused file is tried again."""
    held = Options.of(options)
    columns = {f"column-{column}": heading for column, heading in held.mapping.items()}
    return {
        "mode": held.mode, "encoding": held.encoding, "replaces": str(replaces or ""), **columns,
        **({"year": held.year} if held.year else {}),
    }  # fmt: skip
