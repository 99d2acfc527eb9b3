"""The sign-in form."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """E-mail and password, with messages that say what to do."""

    error_messages = {
        "invalid_login": _("E-postadressen eller lösenordet stämmer inte. Kontrollera och försök igen."),
        "inactive": _("Kontot är avstängt. Be den som administrerar Uppsikt hos er att öppna det."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-postadress")
        self.fields["password"].label = _("Lösenord")
        self.fields["username"].widget.attrs["inputmode"] = "email"
