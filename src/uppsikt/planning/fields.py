"""How figures are stored."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.kernel.numbers import canonical

if TYPE_CHECKING:
    TextColumn = models.CharField[Decimal | None, Decimal | None]
else:
    TextColumn = models.CharField


class FigureField(TextColumn):
    """A `Decimal` kept exactly as it was given, decimals included ("2.0" stays "2.0").

    Stored as text: SQLite keeps decimals as binary floats, and a figure in print must be the figure reported.
    Sums and comparisons are made in rules, never in SQL.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Decimal | None:  # noqa: ARG002
        """Text from the database as a figure."""
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Text from a form or an import as a figure. Raises: ValidationError."""
        if value is None or value == "":
            return None
        try:
            figure = Decimal(str(value))
        except InvalidOperation as error:
            raise ValidationError(_("”%(value)s” är inget tal."), params={"value": value}) from error
        if not figure.is_finite():
            raise ValidationError(_("”%(value)s” är inget tal."), params={"value": value})
        return figure

    def get_prep_value(self, value: Any) -> str | None:
        """The figure as text for the database."""
        figure = self.to_python(value)
        return None if figure is None else canonical(figure)

    def run_validators(self, value: Any) -> None:
        """Length is checked on the text, not on the figure."""
        super().run_validators("" if value is None else canonical(value))
