"""The municipality's own colour, made safe to read: contrast by WCAG 2.1, and a variant for the dark theme.

Source: WCAG 2.1, relative luminance and contrast ratio; success criterion 1.4.3 (4.5:1 for text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

DEFAULT_ACCENT = "#0b5563"
MINIMUM_CONTRAST = Decimal("4.5")
_DARK_CONTRAST = Decimal("6.5")  # thin text on dark ground needs more than the rule asks

# The surfaces accent text stands on, from static/web/layers/tokens.css.
_LIGHT_SURFACES = ("#ffffff", "#f7f7f5", "#f3f4f2")
_DARK_SURFACES = ("#171b1d", "#1f2528")
_DARK_INK = "#07181b"
_TINT = Decimal(
    "0.12"
)  # as strong as --accent-soft, with a margin for the mix being made in another colour space

_CALM = Decimal("0.55")  # a strong colour glows on a dark ground: this is as saturated as it gets there

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_Channels = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Accent:
    """The colour as the stylesheet needs it: for each theme the accent and the text that stands on it."""

    light: str
    light_ink: str
    dark: str
    dark_ink: str


def is_hex(colour: str) -> bool:
    """Whether the text is a colour written as #rrggbb."""
    return _HEX.fullmatch(colour) is not None


def contrast(one: str, other: str) -> Decimal:
    """The contrast ratio of two colours, from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + Decimal("0.05")) / (darker + Decimal("0.05"))


def accent_contrast_ok(colour: str) -> bool:
    """Whether the colour can be used as it is in the light theme: as text on every surface and on its own
    tint, and as a button under white text.
    """
    if not is_hex(colour):
        return False
    grounds = (*_LIGHT_SURFACES, _mix(colour, "#ffffff", _TINT))
    return all(contrast(colour, ground) >= MINIMUM_CONTRAST for ground in grounds)


@lru_cache(maxsize=16)
def accent(colour: str) -> Accent:
    """The colour for both themes; darkened or lightened only as far as it takes to be readable."""
    base = colour if is_hex(colour) else DEFAULT_ACCENT
    light = next(shade for shade in _shades(base, Decimal(0)) if accent_contrast_ok(shade))
    dark = next(shade for shade in _shades(base, Decimal(1)) if _readable_in_dark(shade))
    return Accent(light=light, light_ink="#ffffff", dark=dark, dark_ink=_DARK_INK)


def stylesheet(colour: str) -> str:
    """The two custom properties that carry the accent. Unlayered, so it wins over the tokens."""
    shades = accent(colour)
    return (
        f":root {{ --accent: light-dark({shades.light}, {shades.dark}); "
        f"--accent-ink: light-dark({shades.light_ink}, {shades.dark_ink}); }}\n"
    )


def _readable_in_dark(colour: str) -> bool:
    grounds = (*_DARK_SURFACES, _mix(colour, "#171b1d", _TINT), _DARK_INK)
    return all(contrast(colour, ground) >= _DARK_CONTRAST for ground in grounds)


def _shades(colour: str, end: Decimal) -> list[str]:
    """The colour itself, then ever darker (end 0) or lighter (end 1), with its hue kept."""
    hue, saturation, lightness = _hsl(colour)
    if end == 1:
        saturation = min(saturation, _CALM)
    steps = (lightness + (end - lightness) * step / 40 for step in range(1, 41))
    return [colour.lower(), *(_from_hsl(hue, saturation, step) for step in steps)]


def _hsl(colour: str) -> tuple[Decimal, Decimal, Decimal]:
    """Hue (0-6), saturation and lightness (0-1)."""
    red, green, blue = (Decimal(channel) / 255 for channel in _channels(colour))
    high, low = max(red, green, blue), min(red, green, blue)
    lightness, spread = (high + low) / 2, high - low
    if not spread:
        return Decimal(0), Decimal(0), lightness
    saturation = spread / (1 - abs(2 * lightness - 1))
    if high == red:
        return (green - blue) / spread % 6, saturation, lightness
    if high == green:
        return (blue - red) / spread + 2, saturation, lightness
    return (red - green) / spread + 4, saturation, lightness


def _from_hsl(hue: Decimal, saturation: Decimal, lightness: Decimal) -> str:
    spread = saturation * min(lightness, 1 - lightness)

    def channel(offset: int) -> int:
        place = (offset + hue * 2) % 12
        share = lightness - spread * max(Decimal(-1), min(place - 3, 9 - place, Decimal(1)))
        return int((share * 255).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    return "#" + "".join(f"{channel(offset):02x}" for offset in (0, 8, 4))


def _channels(colour: str) -> _Channels:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(colour: str, ground: str, share: Decimal) -> str:
    mixed = (
        (over * share + under * (1 - share)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        for over, under in zip(_channels(colour), _channels(ground), strict=True)
    )
    return "#" + "".join(f"{int(channel):02x}" for channel in mixed)


def _luminance(colour: str) -> Decimal:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return Decimal("0.2126") * red + Decimal("0.7152") * green + Decimal("0.0722") * blue


def _linear(channel: int) -> Decimal:
    share = Decimal(channel) / 255
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return ((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
