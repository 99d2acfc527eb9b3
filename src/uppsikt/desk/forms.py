"""The few fields of the desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TokenForm(forms.Form):
    """What an API key is for."""

    name = forms.CharField(label=_("Vad nyckeln är till för"), max_length=100)
