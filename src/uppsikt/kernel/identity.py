"""Organisation numbers, and personal numbers that must never be kept, shown or sent.

A Swedish number has ten digits and the last is a check digit (Luhn). The third and fourth are at least 20 in an
organisation's number and a month in a person's (lag 1974:174 om identitetsbeteckning för juridiska personer m.fl.),
so a sole trader, who goes by a personal number, is told by them alone. A sole trader's VAT number is the same ten digits
between "SE" and "01".
"""

from __future__ import annotations

import re

SOLE_TRADER = "Enskild näringsidkare"
HIDDEN = "innehåller personuppgifter"

_LEAST_OF_ORGANISATIONS = 20
_MONTHS = range(1, 13)
_DAYS = (*range(1, 32), *range(61, 92))  # a coordination number has 60 added to its day
_WRITTEN = re.compile(
    r"(?<![\d.,])(?:18|19|20)?(\d{2})(\d{2})(\d{2})[-+\u2013\u2212 ]?(\d{4})(?:(?<=[Ss][Ee]\d{10})01)?(?!\d)"
)
_VAT = re.compile(r"^SE(?=\d{10}01$)|(?<=^SE\d{10})01$", re.IGNORECASE)
_CENTURY = re.compile(r"^(?:16|18|19|20)(?=\d{10}$)")


def digits(number: str) -> str:
    """The number's own ten digits: no century, hyphen or space, nor what makes it a VAT number. Else empty."""
    plain = re.sub(r"[\s\-+\u2013\u2212]", "", number)
    plain = _CENTURY.sub("", _VAT.sub("", plain))
    return plain if re.fullmatch(r"[0-9]{10}", plain) else ""


def is_personal(number: str) -> bool:
    """Whether a number, or a code that is written as one or holds one, is a person's.

    The check digit is not asked for, so that a mistyped number is kept out too. A code filled up with zeros is none.
    """
    plain = digits(number)
    return (bool(plain) and 0 < int(plain[2:4]) < _LEAST_OF_ORGANISATIONS) or holds_personal(number)


def is_valid(number: str) -> bool:
    """Whether the check digit is the right one."""
    plain = digits(number)
    return bool(plain) and _checks(plain)


def written(number: str) -> str:
    """An organisation's number as it is printed ("556036-0793"); a foreign number as it was given."""
    plain = digits(number)
    return f"{plain[:6]}-{plain[6:]}" if plain else number.strip()


def holds_personal(text: str) -> bool:
    """Whether a personal number stands somewhere in a text."""
    return any(_is_person(found) for found in _WRITTEN.finditer(text))


def masked(text: str) -> str:
    """The text with every personal number taken out."""
    return _WRITTEN.sub(lambda found: f"[{HIDDEN}]" if _is_person(found) else found[0], text)


def shown(code: str) -> str:
    """A code as it may be shown: words in place of one that is a person's number."""
    return HIDDEN if is_personal(code) else code


def _is_person(found: re.Match[str]) -> bool:
    year, month, day, last = found.groups()
    return int(month) in _MONTHS and int(day) in _DAYS and _checks(year + month + day + last)


def _checks(plain: str) -> bool:
    total = 0
    for place, digit in enumerate(plain):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product - 9 if product > 9 else product
    return total % 10 == 0
