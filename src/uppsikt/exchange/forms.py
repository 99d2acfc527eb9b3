"""Handing in a dataset."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """One file: a workbook, or a zip of a dataset's folder."""

    file = forms.FileField(
        label=_("Arbetsbok eller zip-fil"),
        help_text=_("En Excel-arbetsbok (.xlsx) eller en zippad mapp med YAML- och CSV-filer."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.zip"}),
    )
