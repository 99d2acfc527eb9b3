"""Attaching a file to what it proves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.files.rules import EVIDENCE, Sent
from uppsikt.planning.forms.plan import PlanForm

ENDINGS = ",".join([*dict.fromkeys(kind.ending for kind in EVIDENCE), ".csv", ".jpeg"])


class SentField(forms.FileField):
    """A file as it came in, read whole; `most` is how large it may be, in mebibytes."""

    def __init__(self, *, most: int, **kwargs: object) -> None:
        super().__init__(allow_empty_file=True, **kwargs)  # type: ignore[arg-type]  # passed on as they are
        self.most = most

    def clean(self, data: object, initial: object = None) -> Sent | None:  # type: ignore[override]
        """What was sent; None when nothing was. Raises: ValidationError when it is too large to be read."""
        upload = super().clean(data, initial)  # type: ignore[no-untyped-call]
        if not upload:
            return None
        if upload.size > self.most * 1024 * 1024:
            message = _("Filen är större än %(most)s MB. Gör den mindre och försök igen.")
            raise forms.ValidationError(message, params={"most": self.most})
        return Sent(upload.name or "", upload.read())


class EvidenceForm(PlanForm):
    """A file with what it is called and what it shows."""

    file = SentField(
        most=max(kind.limit_mib for kind in EVIDENCE),
        label=_("Fil"),
        help_text=_("PDF, Word, Excel, CSV, text, bild eller e-post (.eml, .msg)."),
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )
    name = forms.CharField(
        label=_("Namn"), max_length=200, required=False, help_text=_("Filens eget namn om du lämnar tomt.")
    )
    note = forms.CharField(
        label=_("Vad filen visar"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
